"""Whose office it is: whether a public body's, and which country's."""

import re

from analytics.mentions.field import Field
from analytics.mentions.languages import COMPOUNDS, OFFICE_FIRST, PEOPLE_FIRST, SPOKESMEN
from analytics.mentions.named import APART
from analytics.mentions.person import NOTHING_SAID, Said
from analytics.mentions.spans import Found, Text
from analytics.text.letters import fold, plain

BESIDE = 2  # words between an office and its body, one article or adjective included
FAR = 5  # words between the genitive of a body and its office
# Offices that such a body may own.
HEADED = frozenset("chair head special-representative authorised-representative".split())
_GENITIVE = re.compile(r"n?[iu]n")
_ENDS = frozenset(".!?;\n")  # what a sentence, or the half of one, ends with
NEAR = 12  # words before a name in which its office's body and country are looked for
# Offices that anybody may hold; they make an official only at a public body.
ANYBODY = frozenset(
    "chair director deputy-chair first-deputy-chair co-chair head deputy-head director-general managing-director "
    "leader party-leader secretary organisation-president adviser commander special-representative "
    "authorised-representative".split()
)
# Offices whose body is named right before them, and no other between: Turkish `başkan` is the chair of anything.
_OWN_BODY = {"tr": frozenset("chair first-deputy-chair deputy-chair".split())}
_OF_AN_OFFICIAL = {"ru": frozenset({"adviser"})}  # offices that may be another official's: `советник губернатора`
_PUBLIC = re.compile(
    r"(komite|senat|nazirli|agentliy|mecli|administrasiya|hokumet|kabinet|mehkeme|prokuror|xidmet|icra(?!ci)|hakimiyyet|rayon|parlament"
    r"|assambley|sura|komissiya|idare|dovlet|katib|qosun|ordu|polis|quvve|kuvvet|jandarma|emniyet|bakanlig|bakanlik|meclis|hukumet|belediye|valili|kurul"
    r"|\bkurumu|diyanet|komisyon|konsey|mahkeme|danistay|yargitay|sayistay"
    r"|комитет|министерств|агентств|парламент|администраци|правительств|суд|прокуратур|совет(?!ник)|ведомств|маслихат|мажилис|акимат|нацбанк|центробанк|комисси|дум|сенат|управлени"
    r"|департамент|полици|надзор|мвд|мид|мчс|област|мәжіліс|министрліг|үкімет|әкімші|сот|ассамбле|committee|ministry|agency"
    r"|parliament|administration|government|cabinet|court|council|commission|department|senate|congress|police|army)"
)
_PRIVATE = re.compile(
    r"(cemiyyet|klub|kulub|kulup|takim|holding|sendika|federasiya|assosiasiya|sirket|bank|universitet|akademiya|institut|mekteb|teatr|muzey|diaspor|dernek"
    r"|dernegi|vakf|federasyon|konfederasyon|\bodas|\bodalar|borsa|\bbaro\b|\bbarosu|fond|birliy|birlig|ittifaq|mer[kc]ez|redak|qezet|icma|команд|клуб|федерац|компани|банк|универс|диаспор"
    r"|объединени|союз|обществ|центр|фонд|холдинг|корпорац|концерн|company|club|federation|association|university|diaspora|cent(?:re|er)"
    r"|foundation|union|community)"
)
# A board that every company has, in plain letters: `совет директоров`; read backwards, `yönetim kurulu`, whose body is
# named before it.
_BOARD = re.compile(
    r"\bkurul\w* (?:yonetim|icra|yurutme|denetim|danisma|disiplin|mutevelli|genel|divan|yayin|hakem|teknik|bilim)\b"
    r"|\bсовет\w* директоров\b"
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
PRESIDENTS = frozenset({"president", "vice-president", "first-vice-president"})
# The second of a party's group, which sits in parliament or in a town's council, in plain letters; what tells which.
_OF_A_GROUP = {"tr": re.compile(r"grup baskan ?vekili")}
_TOWN = re.compile(r"\b(?:belediye|buyuksehir|il genel meclis)")
_TOWN_COUNCIL = re.compile(r"\b(?:belediye(?:si)?|il genel) meclis")
_PARLIAMENT = re.compile(r"\btbmm\b|millet meclis|milletvekil|parlamento")
# What tells of a match, whose judge is a referee, in plain letters; and of a court, beside the office.
_MATCH = {
    "az": re.compile(r"\b(?:penalt|qapici|yarimmudafieci|sari vereqe)"),
    "ru": re.compile(r"\b(?:пенальти|вратар|полузащитник|рефери)"),
}
_COURT = re.compile(r"mehkeme|\bсуд(?!ь|ей)|трибунал")
# Offices that a body of the gazetteer right beside them owns, and not the state that the sentence names.
_OWNED = ANYBODY | PRESIDENTS | {"secretary-general", "spokesperson"}
# Of presidents of whom a firm has many; and what is said of a state's behind `president of`.
_OF_MANY = frozenset("senior executive group corporate regional assistant associate".split())
_OF_A_STATE = frozenset(
    "the a this that our his her its their both all european republic tatarstan chechnya bashkortostan abkhazia ossetia"
    " transnistria catalonia kurdistan dagestan".split()
)
_QUOTE = frozenset('«“"')
_THE = {"en": "the"}  # an article between an office and its body
# Between an ambassador's office and the state that receives him.
_TO = frozenset("to in at в во на".split())


def is_public(field: Field, role: Found) -> bool:
    """Whether the office is a public one, by its kind or by the body it belongs to: the body named nearest decides."""
    if role.phrase.weak:
        return True  # it is a state's
    words = _around(field, role)
    bodies = _BOARD.sub("", " ".join(words)).split()
    kinds = ((bool(_PUBLIC.search(word)), bool(_PRIVATE.search(word))) for word in bodies)
    public, private = next((kind for kind in kinds if any(kind)), (False, False))
    if field.kind(role) in ANYBODY:
        return public or _body(field, role) is not None or _of_an_office(field, role)
    if field.kind(role) == "spokesperson" and field.text.language in SPOKESMEN:
        return public or (not private and _speaks_for_power(field, role))
    groups = _OF_A_GROUP.get(field.text.language)
    if groups and groups.fullmatch(plain(fold(role.phrase.text, field.text.language))):
        return not _in_a_town(field, role)
    if field.kind(role) not in SHARED or _body(field, role) is not None:
        return not (field.kind(role) == "judge" and _of_a_match(field, words))
    return not ((private and not public) or _of_a_club(field, role, public=public))


def _speaks_for_power(field: Field, role: Found) -> bool:
    """Whether a state, a known body or an office is right before a spokesman's office, or near behind it."""
    before = role.first - 1
    if before > 0 and field.text.folded(before) == "s":
        before -= 1  # the minister's
    others = [n.found for n in field.named] + [r for r in field.roles if not role.first <= r.first <= role.last]
    near = any(r.last == before or 0 < r.first - role.last <= BESIDE + 1 for r in others)
    return near or (before >= 0 and field.text.folded(before) == "military")


def _of_a_match(field: Field, near: list[str]) -> bool:
    """Whether a judge is a referee: the text tells of a match, and no court is near the office."""
    match = _MATCH.get(field.text.language)
    if match is None or any(map(_COURT.search, near)):
        return False
    return bool(match.search(plain(fold(field.text.text, field.text.language))))


def _in_a_town(field: Field, role: Found) -> bool:
    """Whether a party's group is one in a town's council: the town is named before it, or only its council at all."""
    before = [*range(role.first - 1, _first_near(field.text, role) - 1, -1)]
    if _TOWN.search(" ".join(map(field.text.plain, reversed(before[: _own(field, before)])))):
        return True
    text = plain(fold(field.text.text, field.text.language))
    return bool(_TOWN_COUNCIL.search(text)) and not _PARLIAMENT.search(text)


def _of_an_office(field: Field, role: Found) -> bool:
    """Whether an adviser is an official's: `советник губернатора`."""
    if field.kind(role) not in _OF_AN_OFFICIAL.get(field.text.language, ()):
        return False
    return any(0 < other.first - role.last <= BESIDE and field.kind(other) not in ANYBODY for other in field.offices)


def _body(field: Field, role: Found) -> Found | None:
    """The body of the gazetteer that the office belongs to, right beside it: one between states, or a state's own."""
    bodies = [n.found for n in field.named if n.found.phrase.kind == "organisation"]
    bodies = [body for body in bodies if body.phrase.public or not body.phrase.country]
    if field.text.language in OFFICE_FIRST:
        return next((body for body in bodies if _next_to(field, body, role)), None)
    return next((body for body in bodies if body.first <= role.last and _owns(field, body, role)), None)


def _next_to(field: Field, body: Found, role: Found) -> bool:
    """Whether a body is right behind its office, or a state's own right before it: `FBI director`."""
    of_the = body.first > 0 and field.text.folded(body.first - 1) == _THE.get(field.text.language)
    if of_the and field.text.gap(body.last) in {"'", "’"}:
        return False  # of something that is the body's
    return 0 < body.first - role.last <= BESIDE + of_the or (body.phrase.public and body.last == role.first - 1)


def _owns(field: Field, body: Found, role: Found) -> bool:
    """Whether a body before an office owns it: right beside it, overlapping it, or in the genitive not far from it.

    `Aİ-nin Bakıdakı nümayəndəliyinin rəhbəri`; Turkish has only capitals between: `AB Türkiye Delegasyonu Başkanı`.
    """
    text, apart = field.text, role.first - body.last
    if apart <= BESIDE:
        return True
    meant = field.meanings(role)
    if apart > FAR or "leader" in meant or not meant & HEADED:
        return False
    between = range(body.last + 1, role.first)
    if not all(APART.issuperset(text.gap(word).strip()) for word in (body.last, *between)):
        return False
    ending = body.rest or (text.plain(body.last + 1) if text.gap(body.last) in APART else "")
    return bool(_GENITIVE.fullmatch(ending)) or (text.language in COMPOUNDS and all(map(text.capital, between)))


def _of_a_club(field: Field, role: Found, *, public: bool) -> bool:
    """Whether what follows an office is nobody's state: an unknown abbreviation, `президент ААС`, or a firm's name."""
    text, at = field.text, role.last + 1
    firm = _OF_A_FIRM.get(text.language)
    if firm is None or at >= len(text.words) or at in field.covered:
        return False
    if len(text.words[at]) > 1 and text.words[at].isupper():
        return True
    if public or field.kind(role) not in PRESIDENTS:
        return False
    return firm(field, role)


def _of_a_russian_firm(field: Field, role: Found) -> bool:
    """Whether a firm is named behind its president, in quotation marks or in Latin letters."""
    text, at = field.text, role.last + 1
    return bool(_QUOTE & set(text.gap(at - 1))) or (text.words[at].isascii() and text.gap(at - 1) == " ")


def _of_an_english_firm(field: Field, role: Found) -> bool:
    """Whether a president's office is a firm's: `senior vice president`, `president of Acme`, `Acme's president`."""
    text, before, at = field.text, role.first - 1, role.last + 1
    if before >= 0 and text.folded(before) in _OF_MANY:
        return True
    if before > 0 and text.words[before] == "s" and text.gap(before - 1) in {"'", "’"}:
        return text.capital(before - 1) and before - 1 not in field.covered
    if text.folded(at) not in {"of", "for", "at"} or at + 1 >= len(text.words):
        return False
    at += 1
    if text.folded(at) == "the" and text.capital(at + 1):
        at += 1
    return at not in field.covered and text.folded(at) not in _OF_A_STATE


_OF_A_FIRM = {"ru": _of_a_russian_firm, "en": _of_an_english_firm}


def _around(field: Field, role: Found) -> list[str]:
    """The words that an office's body may be among, nearest first, in plain letters."""
    text = field.text
    first, last = _first_near(text, role), role.last
    own = [*range(role.last, role.first - 1, -1)]
    before = [*range(role.first - 1, first - 1, -1)]
    close = _OWN_BODY.get(text.language)
    if close and field.kind(role) in close:
        before = before[: _own(field, before)]
    if text.language in OFFICE_FIRST:
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


def _owning_body(field: Field, role: Found) -> Found | None:
    """The body whose office it is. A president without the ending of what is owned is a state's: `prezident X`."""
    kind = field.kind(role)
    if kind not in _OWNED or (kind in PRESIDENTS and field.text.language not in OFFICE_FIRST and not role.rest):
        return None
    return _body(field, role)


def held_for(field: Field, role: Found, country: str) -> tuple[str, str]:
    """The office that is held, and the body or this state for which it is: a body's president is none of a state."""
    owner, held = _owning_body(field, role), role.phrase.target
    if owner is None:
        return held, country
    if held == "leader" and owner.phrase.public:
        held = "head"  # `rəhbər` is both
    return "organisation-president" if held == "president" else held, owner.phrase.target


def country_of(field: Field, role: Found) -> str:
    """The country an office belongs to: close before it or behind it in its sentence, as the language prefers.

    Of two before an ambassador's office the first sends and the second receives.
    """
    owner = _owning_body(field, role)
    if owner is not None and owner.phrase.country:
        return owner.phrase.country
    text, states = field.text, [n for n in field.named if n.found.phrase.kind == "country" and n.sense != "demonym"]
    first = _first_near(text, role)
    before = [n for n in states if first <= n.found.last < role.first]
    after = [n for n in states if 0 < n.found.first - role.last <= 3]
    people = _people_before(field, role)
    if role.phrase.target == "ambassador":
        after = [n for n in after if text.folded(n.found.first - 1) not in _TO]
    if after and (field.text.language in OFFICE_FIRST or not before):
        return after[0].found.phrase.target
    if people and not (before and before[-1].found.last > role.first - BESIDE):
        return people
    if not before:
        return ""
    return (before[-2:][0] if role.phrase.target == "ambassador" else before[-1]).found.phrase.target


def _people_before(field: Field, role: Found) -> str:
    """The state of the people who are named right before an office: `российский министр`, `British ambassador`."""
    if field.text.language not in PEOPLE_FIRST:
        return ""
    right = (n.found for n in field.named if n.sense == "demonym" and n.found.last == role.first - 1)
    return next((n.phrase.target for n in right if field.text.gap(n.last) == " "), "")


def said(field: Field, role: Found | None) -> Said:
    """What office words say of somebody whom the gazetteer knows."""
    return Said(field.meanings(role), country_of(field, role)) if role else NOTHING_SAID
