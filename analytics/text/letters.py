"""Letters: what a stranger's text is mended to before it is kept, and what words are compared by.

`clean` is done once, when an article is read; every offset in the project counts in its result. `fold` keeps
the length of its input, so that a match in folded text is a match at the same place in the text itself.
`str.lower` will not do: it makes two characters of İ, which shifts every offset after it, and it makes i of I,
which in Azerbaijani and Turkish is ı.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

DOTTED_I = "\u0307"  # combining dot above: what lower-casing leaves of a decomposed İ

# None of these is visible, and all of them break a match: soft hyphen, zero-width characters, joiners, bidi marks,
# embeddings and isolates, byte order mark, control characters but tab and line feed.
_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_SPACES = "\x0b\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAKS = "\r\x0c\x85\u2028\u2029"


def _members(ranges: str) -> list[str]:
    """The characters that a regular expression's class of single ones and of ranges stands for."""
    bounds = re.findall("(.)(?:-(.))?", ranges, re.DOTALL)
    return [chr(code) for first, last in bounds for code in range(ord(first), ord(last or first) + 1)]


# What one character is mended to. ǝ and ș are other alphabets' letters in place of ə and ş, whatever the word.
TO_MEND: Mapping[str, str] = {
    **dict.fromkeys(_members(_INVISIBLE), ""),
    **dict.fromkeys(_members(_SPACES), " "),
    **dict.fromkeys(_members(_BREAKS), "\n"),
    "\u01dd": "ə",
    "\u018e": "Ə",
    "ș": "ş",
    "Ș": "Ş",
}
_TO_MEND_TABLE = str.maketrans(dict(TO_MEND))

# Cyrillic letters that look like Latin ones (Unicode confusables, letters of our five alphabets only).
LOOK_ALIKES: Mapping[str, str] = dict(zip("асеіорхуәһјѕАВСЕНІКМОРТХӘЈЅ", "aceiopxyəhjsABCEHIKMOPTXƏJS", strict=True))
_TO_LATIN = str.maketrans(dict(LOOK_ALIKES))
_TO_CYRILLIC = str.maketrans({latin: cyrillic for cyrillic, latin in LOOK_ALIKES.items()})
_LATIN = "A-Za-z\u00c0-\u024f\u0259"
_CYRILLIC = "\u0400-\u052f"
_MIXED_WORD = re.compile(
    f"[{_LATIN}]+[{_CYRILLIC}][{_LATIN}{_CYRILLIC}]*|[{_CYRILLIC}]+[{_LATIN}][{_LATIN}{_CYRILLIC}]*"
)
LATIN_LETTERS = frozenset(_members(_LATIN))
CYRILLIC_LETTERS = frozenset(_members(_CYRILLIC))

WORD = 32  # letters; shorter texts are words, which come again and are remembered
DOTLESS = frozenset({"az", "tr"})  # languages whose I is the capital of ı
_QUOTES = dict.fromkeys("’‘ʼʻ`´′ˈ", "'") | dict.fromkeys("‐‑‒–—−", "-") | {"ё": "е"}
_PLAIN = dict(zip("əışçğöüâîûáéíóúñ", "eiscgouaiuaeioun", strict=True))
ALIKE: Mapping[str, str] = {**_QUOTES, **_PLAIN}  # what `plain(fold(text))` makes of a small letter


def clean(text: str) -> str:
    """Mend what scrapers and keyboards break, without touching what a reader would see. Idempotent.

    Composes letters (NFC), drops the dot that lower-casing leaves on i, drops invisible characters, turns every
    kind of space and line break into the common one, and puts look-alike letters back into their alphabet
    inside a word of mixed letters, where the whole word can be put right.
    """
    if text.isascii() and text.isprintable():
        return text
    while (mended := _mend(text)) != text:  # what stood between a letter and its accent may just have gone
        text = mended
    return text


def _mend(text: str) -> str:
    letters = set(text)  # looking at the distinct characters first is ten times faster than any pattern
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
        letters = set(text)
    if letters & TO_MEND.keys():
        text = text.replace("\r\n", "\n").translate(_TO_MEND_TABLE)
    if DOTTED_I in letters:
        text = text.replace("i" + DOTTED_I, "i")
    if any(letter in CYRILLIC_LETTERS for letter in letters) and any(letter in LATIN_LETTERS for letter in letters):
        text = _MIXED_WORD.sub(lambda found: _one_alphabet(found[0]), text)
    return text


def _one_alphabet(word: str) -> str:
    """The word in the alphabet of most of its letters, or unchanged where some letter has no look-alike there."""
    latin = sum(letter in LATIN_LETTERS for letter in word)
    if 2 * latin == len(word):
        return word  # two words glued together, rather than one in mixed letters
    mended, other = (
        (word.translate(_TO_LATIN), CYRILLIC_LETTERS)
        if 2 * latin > len(word)
        else (word.translate(_TO_CYRILLIC), LATIN_LETTERS)
    )
    return word if any(letter in other for letter in mended) else mended


def fold(text: str, language: str = "") -> str:
    """The form of a cleaned text in which words are compared, character for character as long as the text.

    Lower case by the rule of the language (İ is always i; I is ı in Azerbaijani and Turkish and i elsewhere),
    one apostrophe, one hyphen, and е for ё. Diacritics stay: see `plain`.
    """
    return _fold_word(text, language) if len(text) <= WORD else _fold(text, language)


def fold_all(words: Sequence[str], language: str = "") -> list[str]:
    """`fold` of many words, none with a line break, in a fraction of the time that one by one would take."""
    return _fold("\n".join(words), language).split("\n") if words else []


def plain_all(folded: Sequence[str]) -> list[str]:
    """`plain` of many words, none with a line break."""
    return _replaced("\n".join(folded), _PLAIN).split("\n") if folded else []


def _fold(text: str, language: str) -> str:
    text = text.replace("İ", "i").replace("I", "ı" if language in DOTLESS else "i")
    return _replaced(text.lower(), _QUOTES)


def _replaced(text: str, letters: Mapping[str, str]) -> str:
    """The text with each of these letters replaced: in a long one twenty times as fast as `str.translate`."""
    for letter, other in letters.items():
        text = text.replace(letter, other)
    return text


def plain(folded: str) -> str:
    """A folded text without the diacritics that people leave out: `azərbaycan` is `azerbaycan`. Same length."""
    return _plain_word(folded) if len(folded) <= WORD else _replaced(folded, _PLAIN)


@lru_cache(maxsize=1 << 16)
def _fold_word(word: str, language: str) -> str:
    return _fold(word, language)


@lru_cache(maxsize=1 << 16)
def _plain_word(folded: str) -> str:
    return _replaced(folded, _PLAIN)
