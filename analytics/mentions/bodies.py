"""Whose office it is: whether a public body's, and which country's."""

import re

from analytics.mentions.countries import APART
from analytics.mentions.offices import Field
from analytics.mentions.person import NOTHING_SAID, Said
from analytics.mentions.spans import Found, Text

BESIDE = 2  # words between an office and its body, one article or adjective included
FAR = 5  # words between the genitive of a body and its office
HEADS = frozenset("chair head special-representative authorised-representative".split())  # that own such an office
_GENITIVE = re.compile(r"n?[iu]n")
_ENDS = frozenset(".!?;\n")  # what a sentence, or the half of one, ends with
NEAR = 12  # words before a name in which its office's body and country are looked for
# Offices that anybody may hold; they make an official only at a public body.
ANYBODY = frozenset(
    "chair director deputy-chair first-deputy-chair co-chair head deputy-head director-general managing-director "
    "leader party-leader secretary organisation-president adviser commander special-representative "
    "authorised-representative".split()
)
CHAIRS = frozenset("chair first-deputy-chair deputy-chair".split())
_PUBLIC = re.compile(
    r"(komite|senat|nazirli|agentliy|mecli|administrasiya|hokumet|kabinet|mehkeme|prokuror|xidmet|icra(?!ci)|hakimiyyet|rayon|parlament"
    r"|assambley|sura|komissiya|idare|dovlet|katib|qosun|ordu|polis|quvve|kuvvet|jandarma|emniyet|bakanlig|bakanlik|meclis|hukumet|belediye|valili|kurul"
    r"|\bkurumu|diyanet|komisyon|konsey|mahkeme|danistay|yargitay|sayistay"
    r"|комитет|министерств|агентств|парламент|администраци|правительств|суд|прокуратур|совет|комисси|дум|сенат|управлени"
    r"|департамент|полици|надзор|мвд|мид|мчс|област|мәжіліс|министрліг|үкімет|әкімші|сот|ассамбле|committee|ministry|agency"
    r"|parliament|administration|government|cabinet|court|council|commission|department|senate|congress|police|army)"
)
_PRIVATE = re.compile(
    r"(cemiyyet|klub|kulub|kulup|takim|holding|sendika|federasiya|assosiasiya|sirket|bank|universitet|akademiya|institut|mekteb|teatr|muzey|diaspor|dernek"
    r"|dernegi|vakf|federasyon|konfederasyon|\bodas|\bodalar|borsa|\bbaro\b|\bbarosu|fond|birliy|birlig|ittifaq|mer[kc]ez|redak|qezet|icma|команд|клуб|федерац|компани|банк|универс|диаспор"
    r"|объединени|союз|обществ|центр|фонд|company|club|federation|association|bank|university|diaspora|cent(?:re|er)"
    r"|foundation|union|community)"
)
# A board that every company has, read backwards in plain letters: `yönetim kurulu`. Its body is named before it.
_BOARD = re.compile(
    r"\bkurul\w* (?:yonetim|icra|yurutme|denetim|danisma|disiplin|mutevelli|genel|divan|yayin|hakem|teknik|bilim)\b"
)
# Offices of states that clubs and companies have as well.
SHARED = frozenset(
    {
        "president",
        "vice-president",
        "chancellor",
        "minister",
        "member-of-parliament",
        "secretary-general",
        "spokesperson",
    }
)


def is_public(field: Field, role: Found) -> bool:
    """Whether the office is a public one, by its kind or by the body it belongs to: the body named nearest decides."""
    if role.phrase.weak:
        return True  # it is a state's
    words = _around(field, role)
    bodies = _BOARD.sub("", " ".join(words)).split()
    kinds = ((bool(_PUBLIC.search(word)), bool(_PRIVATE.search(word))) for word in bodies)
    public, private = next((kind for kind in kinds if any(kind)), (False, False))
    if field.kind(role) in ANYBODY:
        return public or _international(field, role)
    if field.kind(role) == "spokesperson" and field.text.language in {"ru", "en"}:
        return public or (not private and _speaks_for_power(field, role))
    if field.kind(role) not in SHARED or _international(field, role):
        return True
    return not ((private and not public) or _of_a_club(field, role))


def _speaks_for_power(field: Field, role: Found) -> bool:
    """Whether a state, a known body or an office is right before a spokesman's office, or near behind it."""
    before = role.first - 1
    if before > 0 and field.text.folded(before) == "s":
        before -= 1  # the minister's
    others = [n.found for n in field.named] + [r for r in field.roles if not role.first <= r.first <= role.last]
    near = any(r.last == before or 0 < r.first - role.last <= BESIDE + 1 for r in others)
    return near or (before >= 0 and field.text.folded(before) == "military")


def _international(field: Field, role: Found) -> bool:
    """Whether the office belongs to a body between states: one of the gazetteer that no state owns, right beside it."""
    bodies = (n.found for n in field.named if n.found.phrase.kind == "organisation" and not n.found.phrase.country)
    if field.text.language in {"ru", "en"}:
        return any(0 < body.first - role.last <= BESIDE for body in bodies)
    return any(body.first <= role.last and _owns(field, body, role) for body in bodies)


def _owns(field: Field, body: Found, role: Found) -> bool:
    """Whether a body before an office owns it: right beside it, overlapping it, or in the genitive not far from it.

    `Aİ-nin Bakıdakı nümayəndəliyinin rəhbəri`; Turkish has only capitals between: `AB Türkiye Delegasyonu Başkanı`.
    """
    text, apart = field.text, role.first - body.last
    if apart <= BESIDE:
        return True
    meant = field.meanings(role)
    if apart > FAR or "leader" in meant or not meant & HEADS:
        return False
    between = range(body.last + 1, role.first)
    if not all(APART.issuperset(text.gap(word).strip()) for word in (body.last, *between)):
        return False
    ending = body.rest or (text.plain(body.last + 1) if text.gap(body.last) in APART else "")
    return bool(_GENITIVE.fullmatch(ending)) or (text.language == "tr" and all(map(text.capital, between)))


def _of_a_club(field: Field, role: Found) -> bool:
    """Whether an abbreviation that nobody listed follows the office: `президент ААС`."""
    at = role.last + 1
    if field.text.language not in {"ru", "en"} or at >= len(field.text.words) or at in field.covered:
        return False
    return len(field.text.words[at]) > 1 and field.text.words[at].isupper()


def _around(field: Field, role: Found) -> list[str]:
    """The words that an office's body may be among, nearest first, in plain letters."""
    text = field.text
    first, last = _first_near(text, role), role.last
    own = [*range(role.last, role.first - 1, -1)]
    before = [*range(role.first - 1, first - 1, -1)]
    if text.language == "tr" and field.kind(role) in CHAIRS:
        before = before[: _own(field, before)]
    if text.language in {"ru", "en"}:
        while last + 1 < len(text.words) and last - role.last < NEAR and set(text.gap(last)) <= set(' "«“'):
            last += 1
        return [text.plain(word) for word in (*own, *range(role.last + 1, last + 1), *before)]
    return [text.plain(word) for word in (*own, *before)]


def _own(field: Field, before: list[int]) -> int:
    """How many of the words before an office may name its body: a comma or another office ends it."""
    others = {r.last for r in field.roles}
    ends = (at for at, word in enumerate(before) if "," in field.text.gap(word) or word in others)
    return next(ends, len(before))


def _first_near(text: Text, role: Found) -> int:
    """The first of the words near before an office that are of its sentence."""
    first = role.first
    while first > 0 and role.first - first < NEAR and not _ENDS & set(text.gap(first - 1)):
        first -= 1
    return first


def country_of(field: Field, role: Found) -> str:
    """The country an office belongs to: close before it or behind it in its sentence, as the language prefers.

    Of two before an ambassador's office the first sends and the second receives.
    """
    text, states = field.text, [n for n in field.named if n.found.phrase.kind == "country" and n.sense != "demonym"]
    first = _first_near(text, role)
    before = [n for n in states if first <= n.found.last < role.first]
    after = [n for n in states if 0 < n.found.first - role.last <= 3]
    if after and (field.text.language in {"ru", "en"} or not before):
        return after[0].found.phrase.target
    if not before:
        return ""
    return (before[-2:][0] if role.phrase.target == "ambassador" else before[-1]).found.phrase.target


def said(field: Field, role: Found | None) -> Said:
    """What office words say of somebody whom the gazetteer knows."""
    return Said(field.meanings(role), country_of(field, role)) if role else NOTHING_SAID
