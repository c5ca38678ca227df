"""Whether the letters of a text are those of a name: its capitals, its diacritics, its ending."""

from analytics.mentions.inflection import IS_PLURAL, SUFFIXES
from analytics.mentions.languages import ALL_LETTERS, APOSTROPHES, SMALL_NATIONALITIES
from analytics.mentions.spans import Found, Text
from analytics.text.letters import fold
from analytics.text.suffixes import Reading

LONG = 8  # letters; a name this long is meant even where a careless hand wrote it small
EXACT = 2  # letters; an abbreviation this short has to have its own, to the dot of an İ
# In Russian a state in the plural is a surname (`Ливанов`), unless there are several: of all of these, or counted.
_MANIFOLD = frozenset("америка корея".split())
_SEVERAL = frozenset("оба обе обоих обеих обоим обеим обоими обеими два две двух двум двумя".split())
_NEW = frozenset("yeni new новая жаңа".split())  # a new Mexico is not New Mexico
_VOWELS = frozenset("aeiouəıöüаеиоыі")


def names_state(found: Found, text: Text) -> bool:
    """Whether the phrase names a state, rather than its people, and is written as a name."""
    return found.phrase.reads == ending(found, text) == "name" and written_right(found, text)


def written_right(found: Found, text: Text) -> bool:
    """Whether the letters are those of the name: capitals of an abbreviation, diacritics of a short name."""
    raw = text.words[found.last][: found.length]
    phrase = found.phrase
    if phrase.kind == "none":
        return text.capital(found.first) or text.folded(found.first) not in _NEW
    if phrase.kind == "role":
        return ending(found, text) == "name"  # nazir-i, but not Nazir-liyi
    if phrase.abbreviation:
        return _abbreviated(found, text)
    short = (found.words == 1 or phrase.reads == "demonym") and phrase.short
    if _plural_of_a_state(found, text) or (short and not _own_letters(raw, found, text)):
        return False
    nationality = phrase.reads == "demonym" or (found.words == 1 and ending(found, text) == "demonym")
    if nationality and text.language in SMALL_NATIONALITIES:
        return True
    return text.capital(found.first) or (found.words == 1 and len(raw) >= LONG)


def _abbreviated(found: Found, text: Text) -> bool:
    """Whether an abbreviation is written as one: in capitals and with its own letters; `YAPIN` is a verb.

    A text without any diacritics may lack those of ÇHC, but `AI` is never Aİ. Turkish has an apostrophe before an
    ending, in capitals too.
    """
    last = text.words[found.last]
    capitals = [*text.words[found.first : found.last], last[: found.length]]
    glued = text.language in APOSTROPHES and last[found.length :].isupper()
    if glued or not all(word.isupper() for word in capitals):
        return False
    if len(capitals) == 1 and len(capitals[0]) <= EXACT:
        return fold(capitals[0], text.language) == fold(found.phrase.words[0], text.language)
    return text.text.isascii() or _own_letters(capitals[-1], found, text)


def _plural_of_a_state(found: Found, text: Text) -> bool:
    """Whether a word would be a state in the plural, which a Russian surname is rather: `Ливанов`, `Оманы`."""
    is_plural = IS_PLURAL.get(text.language)
    if is_plural is None or found.words > 1 or found.phrase.kind != "country" or found.phrase.reads != "name":
        return False
    state = fold(found.phrase.text)
    counted = found.first > 0 and text.folded(found.first - 1) in _SEVERAL
    return is_plural(text.folded(found.first), state) and state not in _MANIFOLD and not counted


def ending(found: Found, text: Text) -> Reading | None:
    """What the ending makes of a name."""
    suffixes = SUFFIXES.get(text.language)
    return suffixes.reading(found.rest) if suffixes and found.rest else "name"


def _dotted(word: str, language: str) -> str:
    """A word in small letters whose ı and i are one: capitals without a language do not tell them apart."""
    return fold(word, language).replace("ı", "i")


def _own_letters(raw: str, found: Found, text: Text) -> bool:
    last = found.phrase.words[-1]
    if text.language in ALL_LETTERS:
        return True
    written, own = _dotted(raw, text.language), _dotted(last, text.language)
    softened = found.rest[:1] in _VOWELS and written[:-1] == own[:-1]  # Krallıq, Krallığın
    return written == own or softened
