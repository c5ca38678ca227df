"""Countries and organisations in one text: which phrase counts, and in which sense.

A phrase from the lexicon is a mention when its letters are right (`spelling`), no longer phrase covers it, and the
words around it do not make it something else (one function for each kind of ambiguity).
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from analytics.mentions.common import meant
from analytics.mentions.glued import parts
from analytics.mentions.inflection import SUFFIXES
from analytics.mentions.languages import OFFICE_FIRST, PEOPLES_ARE_SURNAMES
from analytics.mentions.lexicon import Lexicon
from analytics.mentions.named import APART, Named
from analytics.mentions.names import begins_name
from analytics.mentions.phrases import ABBREVIATION
from analytics.mentions.spans import PATRONYMIC, Finder, Found, Text
from analytics.mentions.spelling import ending, names_state, written_right
from analytics.model import Rule, Sense
from analytics.text import stop_words
from analytics.text.letters import fold, plain
from analytics.text.suffixes import stem

# Names of countries that people have too.
PEOPLE_TOO: dict[str, frozenset[str]] = {
    "az": frozenset({"çad", "fin"}),
    "tr": frozenset({"çad"}),
    "ru": frozenset({"чад", "доминика"}),
    "en": frozenset({"chad", "jordan", "georgia", "israel", "kenya", "holland"}),
    "kk": frozenset({"чад"}),
}
# Names of countries that are men's given names as well, before a surname: `İsrail Abbasov`, but `İsrail Prezidenti`.
_GIVEN = {"az": frozenset({"israil", "misir"}), "tr": frozenset({"israil"})}
_SURNAME = re.compile(r".{2,}(?:[oey]v|zade|oglu)")  # a man's, in plain letters, without the ending of a case
# What follows a Turkic (not a Turkish) `türk`, in plain letters.
_TURKIC = re.compile(
    r"(dunya|devlet|dovlet|xalqlar|halklar|dilli|sura|kenes|konsey|birliy|birlig|akademi|cografiya|soylu|toplulu|elem|tarix"
    r"|medeniyyet|ittifaq|respublika|cumhur|lesdir|yurd|mifolog|ocag|ocaq|kultur|dil|мемлекет|әлем|кеңес|халы|академия)"
)
# The word that ends the name of a public or private body, in plain letters: what stands before it is inside that name.
_BODY = re.compile(
    r"(nazirliy|komitesi|assambleya|partiyas|surasi|agentliy|fondu|cemiyyet|akademiyas|universitet|federasiyasi|assosiasiya"
    r"|birliyi|ittifaq|institutu|palatas|konfederasiya|evi\b|evinin|ocagi|konqresi|forumu|klubu|liqasi|kubok"
    r"|bakanlig|kurulu|dernegi|vakfi|partisi|universitesi|birligi|kurumu|odasi|federasyonu|merkezi"
    r"|министрліг|комитет|ассамблея|партия|қоры|университет|академия|қоғам)"
)
_OF = frozenset({"of", "the"})  # before a state that owns a body
_CONNECTING = frozenset("uzre ve ile for of the and isler".split())
# Cities of a federal state that is called as a country is.
_CITIES = {"en": {"GE": frozenset("atlanta augusta savannah macon athens columbus marietta brunswick".split())}}
# Where a people's name is a town's as well: the endings of being there and coming from there, and what follows it or
# its district: Qazax rayonu.
_AT_A_PLACE = {"az": frozenset("da de dan den daki deki".split())}
_TOWN = {"az": re.compile(r"rayon|seher")}
_ETHNONYMS = {"kk": frozenset({"AZ"})}  # states whose name, written small, is one of the people
# What may follow a person's name and is no noun, in plain letters: small words, and verbs of the past.
_PARTICLES = frozenset("ve ile ise icin de da ki gibi kimi ucun".split())
_VERB = re.compile(r".{2,}(?:[aeiulmnrvyz]d[iu]|[fsckptsh]t[iu]|m[iu]s(?:d[iu]r)?|[iu]yor|[iu]b)|dedi|deyir|diyor")
_SPAN = 8  # words that the name of a body may have after the country
FIRST_HALF = 2  # letters of the first half of an abbreviation like MÜ-YAP at the most


def find_named(text: Text, finder: Finder, places: Iterable[int]) -> tuple[list[Named], list[Found]]:
    """The countries and organisations of a text in reading order, and the office words among them.

    `places` are the words where one may begin, in order.
    """
    named: list[Named] = []
    roles: list[Found] = []
    free = 0  # the first word that no name has taken yet
    for at in places:
        if at < free or _second_half(text, at, finder):
            continue
        taken = [f for f in finder.at(text, at) if written_right(f, text)]
        roles.extend(_longest_roles(taken))
        best = _best([f for f in taken if f.phrase.kind != "role"], text)
        if best is None:
            named.extend(_glued(text, at, finder.lexicon))
            continue
        if best.phrase.kind == "organisation":
            named.extend(_inside(text, best, finder))
            roles.extend(_beyond(text, best, finder))
        reading = _read(best, text, finder)
        if reading is not None:
            named.append(reading)
        free = best.last + 1
    return meant(named, text, frozenset(role.first for role in roles)), roles


def in_company(named: Sequence[list[Named]]) -> list[list[Named]]:
    """The names of an article's fields without weak aliases of what is nowhere in the article named outright."""
    outright = {one.found.phrase.target for field in named for one in field if not one.found.phrase.weak}
    return [[n for n in field if not n.found.phrase.weak or n.found.phrase.target in outright] for field in named]


def _best(found: list[Found], text: Text) -> Found | None:
    """The longest; in capitals a name before a nationality: `Meksikanın` is Meksika-nın rather than meksikan-ın."""
    longest = [f for f in found if f.last == found[0].last]
    if found and text.capital(found[0].first):
        longest.sort(key=lambda f: f.phrase.reads == "demonym" and bool(f.rest))
    return longest[0] if longest else None


def _longest_roles(found: list[Found]) -> list[Found]:
    roles = [f for f in found if f.phrase.kind == "role"]
    return [f for f in roles if f.last == roles[0].last]


def _inside(text: Text, body: Found, finder: Finder) -> Iterator[Named]:
    """Countries inside the name of an organisation.

    A country that only says whose the body is, behind it (`МИД Казахстана`) or before its abbreviation
    (`Azərbaycan XİN`), is named outright; one that opens a full name (`Qazaxıstan Xalqı Assambleyası`) is part of it,
    and so is one that ends it and owns nothing (`Единая Россия`).
    """
    for at in range(body.first, body.last + 1):
        inner = next((f for f in finder.at(text, at) if f.phrase.kind == "country" and f.last <= body.last), None)
        if inner is None or inner.words == body.words or not names_state(inner, text):
            continue
        behind = text.words[inner.last + 1 : body.last + 1]
        short = all(word.isupper() and len(word) <= ABBREVIATION for word in behind)
        owner = short and (bool(behind) or _owns(text, body, inner))
        rule: Rule = "owner of an organisation" if owner else "inside an organisation's name"
        yield Named(inner, "name" if owner else "in_name", rule)


def _owns(text: Text, body: Found, state: Found) -> bool:
    """Whether a state that ends a body's name says whose it is: by its case, as an abbreviation, or behind `of`."""
    own, base = body.phrase.words[-1], state.phrase.words[-1]
    return own.isupper() or fold(own) != fold(base) or text.folded(state.first - 1) in _OF


def _beyond(text: Text, body: Found, finder: Finder) -> Iterator[Found]:
    """Offices that begin inside the name of an organisation: `Rusiya Federasiya Şurasının sədri`."""
    for at in range(body.first + 1, body.last + 1):
        yield from _longest_roles([f for f in finder.at(text, at) if f.last > body.last and written_right(f, text)])


def _second_half(text: Text, at: int, finder: Finder) -> bool:
    """Whether a word ends an abbreviation of two halves, `MÜ-YAP`; two that are known stand side by side: `EU-US`."""
    before = at - 1
    if before < 0 or text.gap(before) != "-" or not (text.words[at].isupper() and text.words[before].isupper()):
        return False
    return 1 < len(text.words[before]) <= FIRST_HALF and not finder.at(text, before)


def _read(found: Found, text: Text, finder: Finder) -> Named | None:
    """The sense in which a phrase stands here, or None when it is something else."""
    phrase = found.phrase
    if phrase.kind == "none" or (phrase.reads == "demonym" and _no_people(found, text, finder)):
        return None
    if phrase.kind == "organisation":
        return _by("alias", found, "name")
    if "demonym" in (ending(found, text), phrase.reads) or _hyphen_demonym(found, text) or _ethnonym(found, text):
        return _by("nationality", found, "demonym")
    if _person(found, text) or _federal_state(found, text):
        return None
    if _in_body(found, text, finder):
        return Named(found, "in_name", "inside an organisation's name")
    return _by("alias", found, "name")


def _by(rule: Rule, found: Found, sense: Sense) -> Named:
    """A name found by this rule and its ending; a short one is found by the full one beside it."""
    if found.phrase.weak:
        return Named(found, sense, "short name, named in full here")
    return Named(found, sense, rule, found.rest)


def _no_people(found: Found, text: Text, finder: Finder) -> bool:
    """Whether a people's name is here something else: Turkic, a town, or a person."""
    return _turkic(found, text) or _town(found, text) or _person(found, text) or _surname(found, text, finder)


def _turkic(found: Found, text: Text) -> bool:
    """Whether `türk` here is Turkic rather than Turkish: `Türk dünyası`, `türkdilli`."""
    if found.phrase.target != "TR":
        return False
    return found.last + 1 < len(text.words) and bool(_TURKIC.match(plain(text.folded(found.last + 1))))


def _ethnonym(found: Found, text: Text) -> bool:
    """Whether a state's name is its people's here: Kazakh writes `әзербайжан` small for an Azerbaijani."""
    return found.phrase.target in _ETHNONYMS.get(text.language, ()) and not text.capital(found.first)


def _town(found: Found, text: Text) -> bool:
    """Whether a people's name is a town's: things happen in Qazax and come from there, but not in a Kazakh."""
    if text.language not in _TOWN or found.words > 1 or not text.capital(found.first):
        return False
    if found.rest in _AT_A_PLACE[text.language]:
        return True
    following = plain(text.folded(found.last + 1)) if found.last + 1 < len(text.words) else ""
    return not found.rest and bool(_TOWN[text.language].match(following))


def _hyphen_demonym(found: Found, text: Text) -> bool:
    """Whether a nationality suffix follows an abbreviation after a hyphen or an apostrophe: `ABŞ-lı`."""
    at = found.last + 1
    suffixes = SUFFIXES.get(text.language)
    if suffixes is None or found.rest or at >= len(text.words) or text.gap(found.last) not in APART:
        return False
    return text.words[at].islower() and suffixes.reading(plain(text.folded(at))) == "demonym"


def _person(found: Found, text: Text) -> bool:
    """Whether a country's name is here a given name or a surname: `Chad Smith`, `Michael Jordan`."""
    name = fold(found.phrase.text, text.language)
    if found.words == 1 and name in _GIVEN.get(text.language, ()) and _before_surname(found, text):
        return True
    if found.words > 1 or name not in PEOPLE_TOO.get(text.language, ()):
        return False
    after, before = found.last + 1, found.first - 1
    if text.capital(after) and text.gap(found.last) == " " and not text.words[after].isupper():
        return True
    return _stands_before(text, before) and not text.starts_sentence(before)


def _before_surname(found: Found, text: Text) -> bool:
    """Whether a surname follows, in the nominative here or elsewhere: `İsrail Əliyevi dinlədi` is about the state.

    A father's name may follow too: `İsrail Əli oğlu`.
    """
    after = found.last + 1
    if found.rest or not text.capital(after) or text.gap(found.last) != " ":
        return False
    if _SURNAME.fullmatch(text.plain(after)):
        return True
    if after + 1 < len(text.words) and text.gap(after) == " " and text.folded(after + 1) in PATRONYMIC:
        return True
    surname = text.words[after]
    return any(
        word == text.words[found.first]
        and text.gap(at) == " "
        and surname.startswith(text.words[at + 1])
        and bool(_SURNAME.fullmatch(text.plain(at + 1)))
        for at, word in enumerate(text.words[:-1])
    )


def _stands_before(text: Text, at: int) -> bool:
    """Whether word `at` may be the given name before a surname."""
    return at >= 0 and text.gap(at) == " " and begins_name(text, at)


def _surname(found: Found, text: Text, finder: Finder) -> bool:
    """Whether a people's name is a surname: `Ahmet Türk`, behind a given name and with nobody's noun behind it."""
    before = found.first - 1
    if text.language not in PEOPLES_ARE_SURNAMES or found.words > 1 or found.rest:
        return False
    if not text.capital(found.first) or not _stands_before(text, before):
        return False
    if text.starts_sentence(before) or _no_given_name(text, before, finder):
        return False
    return _no_noun(text, found.last)


def _no_given_name(text: Text, at: int, finder: Finder) -> bool:
    """Whether a word is none that a mother gives: a common word, or one that some name or office begins with."""
    common = stem(text.folded(at)) in stop_words(text.language)
    return common or any(written_right(found, text) for found in finder.at(text, at))


def _no_noun(text: Text, at: int) -> bool:
    """Whether what follows word `at` is nothing that a nationality could be said of: no word, or a verb."""
    gap = text.gap(at)
    if gap != " ":
        return not gap.startswith("-")
    following = plain(text.folded(at + 1))
    return not text.capital(at + 1) and bool(_VERB.fullmatch(following) or following in _PARTICLES)


def _federal_state(found: Found, text: Text) -> bool:
    """Whether `Georgia` is the American state: a city of it stands before, `Atlanta, Georgia`."""
    before, cities = found.first - 1, _CITIES.get(text.language, {}).get(found.phrase.target)
    return cities is not None and before >= 0 and text.gap(before) == ", " and text.folded(before) in cities


def _in_body(found: Found, text: Text, finder: Finder) -> bool:
    """Whether the name is the first part of a body's proper name: `Azərbaycan Xarici İşlər Nazirliyi`."""
    if found.rest or text.language in OFFICE_FIRST:
        return False
    for at in range(found.last + 1, min(found.last + _SPAN, len(text.words))):
        word = plain(text.folded(at))
        if (
            not text.joined(at - 1)
            or "\n" in text.gap(at - 1)
            or _begins_another(at, found.phrase.target, text, finder)
        ):
            return False
        if _BODY.match(word) and (text.capital(at) or word.startswith("evi")):
            return True
        if not text.capital(at) and word not in _CONNECTING:
            return False
    return False


def _begins_another(at: int, owner: str, text: Text, finder: Finder) -> bool:
    """Whether another country, or an organisation that is not this country's own, begins at this word."""
    return any(
        names_state(f, text) and (f.phrase.kind == "country" or (f.words > 1 and f.phrase.country != owner))
        for f in finder.at(text, at)
    )


def _glued(text: Text, at: int, lexicon: Lexicon) -> Iterator[Named]:
    for part in parts(text.words[at], lexicon):
        yield Named(Found(part.phrase, at, at, part.end, part.rest, part.begin), "name", "glued to another word")
