"""The office words beside a name: right before it, before its body and its state or a list of names, and behind it."""

import re

from analytics.mentions.field import Field
from analytics.mentions.held import says_how
from analytics.mentions.languages import APPOSED, BODY_BETWEEN, CAPITAL_OFFICES, OFFICE_FIRST
from analytics.mentions.names import ARTICLES, COURTESY, PARTICLE, is_name_word
from analytics.mentions.phrases import ABBREVIATION
from analytics.mentions.spans import Found, Text
from analytics.model import LANGUAGES

# Words between an office and its holder: `səfiri vəzifəsini X tutub`, `president-elect X`.
_FILLER = frozenset(
    "vəzifəsini vəzifəsinə vəzifəsində postuna elect designate general görevine görevini қызметін".split()
)
# Ranks between an office and its holder: `müdafiə nazirinin müavini general-leytenant X`.
_RANKS = {"az": frozenset("general mayor admiral vitse kontr şeyxülislam".split())}
_BEFORE_HOLDER: dict[str, frozenset[str]] = {
    lang: COURTESY | _FILLER | _RANKS.get(lang, frozenset()) for lang in LANGUAGES
}
TAIL = 16  # words between an office and its holder, the body and the country of the office among them
# Words of such a tail in Russian and English, when they are not capitalised: prepositions, adjectives, genitives.
_TAIL = {
    "ru": re.compile(
        r"по|и|с|за|в|на|при|о|об|над|из|рубежом|дел|прав|сил|войск|программ|средств|служб|наук|стран|реформ"
        r"|.{2,}(?:ого|его|ой|ей|ых|их|ым|им|[ая]м|ии|ия|ий|ов|ев|ства|[бвгджзклмнпрстфхцчшщ]и|ы|а)"
    ),
    "en": re.compile(r"of|the|for|and|to"),
}
# The endings of cases that no office has before its holder's name, in plain letters; but `eski bakanlardan X` is one.
_BENT = {lang: re.compile(r"(?!l[ae]r\w*d[ae]n)\w*(?:n?[iu]n|[dt][ae]n?|[ny]?[ae]|n[iu])") for lang in ("az", "tr")}
_AND = frozenset("və ve и and мен және bəy oğlu qızı xanım".split())
_PLURAL = {
    "az": re.compile("^l[ae]r"),
    "tr": re.compile("^l[ae]r"),
    "kk": re.compile("^[лдт][ае]р"),
    "en": re.compile("s$"),
    "ru": re.compile("(?:ы|и|ов|ев|ами|ями|ам|ям|ах|ях)$"),
}
_VERB = re.compile(r".{2,}(?:ла|ло|ли|лся|лась|ет|ит|ют|ат|ят)")
# Whose relative somebody is: `X, wife of Vice President Y`.
_KIN = frozenset(
    "wife husband widow widower son daughter brother sister father mother nephew niece uncle aunt cousin grandson"
    " granddaughter жена супруга вдова муж супруг сын дочь брат сестра отец мать зять племянник племянница внук внучка"
    " дядя тетя".split()
)
# What parts a name from an office in another clause: `X, while the president`, `X, whom the mayor`.
_APART = _KIN | frozenset("while whom whose when because but if where than until".split())
# The ending of whose, in plain letters: `prezidentin`; and a Russian adjective's, of a body: `мэр Нижнего Новгорода`.
_WHOSE = {lang: re.compile(r"\w*n?[iu]n") for lang in ("az", "tr")} | {"kk": re.compile(r"\w*[ндт][ыі]ң")}
_ADJECTIVE = re.compile(r".{2,}(?:ого|его|ой|ей|ых|их)")


def right_before(field: Field, at: int) -> Found | None:
    """The office words that end right before word `at`, but for a courtesy, a rank or an article between."""
    between = _BEFORE_HOLDER[field.text.language]
    while at >= 1 and (field.text.folded(at - 1) in between or _article(field, at - 1)):
        at -= 1
    if says_how(field.text, at - 1) and field.close(at - 1) and not any(r.last == at - 1 for r in field.offices):
        return _ending_at(field, at - 2)
    return _ending_at(field, at - 1, bent=False)


def _ending_at(field: Field, last: int, *, bent: bool = True) -> Found | None:
    """The longest office words that end with this word. `bent`: also in a case, as before `müavini`."""
    ending = [r for r in field.offices if r.last == last and field.close(last) and (bent or not _bent(field, r))]
    return max(ending, key=lambda r: r.words, default=None)


def _bent(field: Field, role: Found) -> bool:
    """Whether the office has the ending of a case, which only the name behind it would have: `müdürünün Ahmet`."""
    bent = _BENT.get(field.text.language)
    return bent is not None and bool(bent.fullmatch(role.rest))


def _article(field: Field, at: int) -> bool:
    """Whether the article of an Arabic surname is all that stands between an office and it: `Prezident əs-Sisi`."""
    return len(field.text.words[at]) <= PARTICLE and field.text.gap(at) == "-" and field.text.plain(at) in ARTICLES


def far_before(field: Field, at: int, apart: str = "") -> Found | None:
    """The office words before a body and a country in the genitive: `министр иностранных дел Грузии X`.

    `apart` may stand between them and the name.
    """
    tail = _TAIL.get(field.text.language)
    if tail is None:
        return None
    for word in range(at - 1, max(-1, at - TAIL), -1):
        if not set(field.text.gap(word)) <= set(' "«»“”-') and (word < at - 1 or field.text.gap(word) != apart):
            return None
        here = [r for r in field.offices if r.last == word]
        if here:
            return max(here, key=lambda r: r.words)
        if word not in field.covered and not _in_tail(field, word, tail, last=word == at - 1):
            return None
    return None


def _in_tail(field: Field, word: int, tail: re.Pattern[str], *, last: bool) -> bool:
    """Whether a word may stand between an office and its holder. The last may not be a preposition's."""
    small = field.text.folded(word)
    if field.text.capital(word):  # of a body's name; capitals in a row are rather somebody's name
        if field.text.language not in BODY_BETWEEN:
            return False
        before = field.text.words[word - 1]
        alone = not before[0].isupper() or any(r.last == word - 1 for r in field.roles)
        return alone or _short(before) or _short(field.text.words[word])
    return bool(tail.fullmatch(small)) and not _VERB.fullmatch(small) and not (last and len(small) <= 3)


def apposed(field: Field, first: int, last: int) -> Found | None:
    """The office that an English name is in apposition to, between commas: `Spain's trade minister, X, …`."""
    text = field.text
    if text.language not in APPOSED or first < 1 or text.gap(first - 1) != ", ":
        return None
    if text.gap(last)[:1] not in {",", "."}:
        return None
    return far_before(field, first, apart=", ")


def before_list(field: Field, at: int) -> Found | None:
    """The office of all the names of a list: `sədrin müavinləri X, Y və Z`."""
    for word in range(at - 1, max(-1, at - TAIL), -1):
        plural = [r for r in field.offices if r.last == word]
        if plural:
            return plural[0] if word < at - 1 and _plural(field, plural[0]) else None
        if field.text.gap(word) not in {" ", ", ", ".", ". "}:
            return None
        if not field.text.capital(word) and field.text.folded(word) not in _AND:
            return None
    return None


def _plural(field: Field, role: Found) -> bool:
    """Whether the office words are in the plural."""
    word = field.text.folded(role.last)
    return bool(_PLURAL[field.text.language].search(role.rest or word))


def _short(word: str) -> bool:
    """Whether a word is an abbreviation of a body."""
    return word.isupper() and 1 < len(word) <= ABBREVIATION


def behind(field: Field, at: int) -> Found | None:
    """The office words that follow word `at` as an apposition: `X, министр иностранных дел …`."""
    if at + 1 >= len(field.text.words) or field.text.gap(at).strip() not in {",", "–", "—", "-", "("}:
        return None
    beginning = [r for r in field.offices if at < r.first <= at + 4 and field.same_sentence(at + 1, r.first)]
    kin = {r.first for r in beginning if any(field.text.folded(word) in _APART for word in range(at + 1, r.first))}
    beginning = [r for r in beginning if r.first not in kin and not _only_owner(field, r) and not _of_next(field, r)]
    return min(beginning, key=lambda r: (r.first, -r.words), default=None)


def _only_owner(field: Field, role: Found) -> bool:
    """Whether an office is only whose something is: `X, prezidentin oğlu`. A deputy's is an office all the same."""
    return _ONLY_OWNER.get(field.text.language, _in_genitive)(field.text, role)


def _in_genitive(text: Text, role: Found) -> bool:
    """Whether the words have the ending of whose, behind an apostrophe or not."""
    whose, apart = _WHOSE.get(text.language), text.gap(role.last) in {"'", "’"}
    if whose is None or says_how(text, role.last + 1):
        return False
    return bool(whose.fullmatch(text.plain(role.last + 1) if apart else role.rest))


def _with_s(text: Text, role: Found) -> bool:
    """Whether an English 's is behind the words; without its apostrophe it is a plural."""
    return text.gap(role.last) in {"'", "’"} and text.words[role.last + 1] == "s"


_ONLY_OWNER = {"en": _with_s}


def _of_next(field: Field, role: Found) -> bool:
    """Whether an office behind a name is the next one's, who is named behind it: `X, İzmir valisi Y`.

    Russian and English have the body there, so that it takes two words of a name.
    """
    text, at = field.text, role.last + 1 + says_how(field.text, role.last + 1)
    while at in field.covered:
        at += 1
    if not _names(field, at):
        return False
    if text.language not in OFFICE_FIRST or (text.language in CAPITAL_OFFICES and text.capital(role.first)):
        return True
    return _names(field, at + 1) and not _ADJECTIVE.fullmatch(text.folded(at))


def _names(field: Field, at: int) -> bool:
    """Whether a word behind another may be a name's."""
    text = field.text
    return at < len(text.words) and at not in field.covered and text.gap(at - 1) == " " and is_name_word(text, at)
