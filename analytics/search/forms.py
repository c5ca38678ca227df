"""The forms of a word: which words of an index are the one that was typed, inflected.

Nothing is stemmed when an article is indexed: a stem either leaves endings on or cuts words into one another. A query
word is compared with the words that are there. In Azerbaijani, Turkish and Kazakh both may carry a chain of endings
that the language's grammar allows; in Russian both are in one declension, or they have the same Snowball stem, as in
English.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from analytics.text import az, en, kk, ru, tr
from analytics.text.letters import fold, plain, plain_all

Lookup = Callable[[str], Iterable[str]]
"""The words of an index that begin so."""

MIN_WORD = 3  # a shorter word is looked for as it stands: `an` is not `ana`
MIN_BASE = 4  # letters that must be left of a word whose ending is taken off
# What a Russian noun or adjective ends in where it is quoted; "" for a consonant.
_QUOTED = ("", "а", "я", "ия", "й", "ь", "ы", "ий", "ый")
# The last consonant of a word before a vowel: birlik, birliyi; krallıq, krallığın.
_SOFTENED = {"k": ("y", "ğ", "g"), "q": ("ğ", "g")}


def forms(word: str, lookup: Lookup, *, bare: bool) -> set[str]:
    """The word itself, and those of an index that are forms of it. `bare` when the index is without diacritics."""
    found: set[str] = set()
    for folded in {fold(word), fold(word, "az")}:
        form = plain(folded) if bare else folded
        found.add(form)
        if len(form) >= MIN_WORD:
            found |= set(_chained(form, lookup)) | set(_stemmed(form, lookup)) | set(_declined(form, lookup))
    return found


def _chained(word: str, lookup: Lookup) -> Iterator[str]:
    """Words that share a base with this one, both with endings in an order that one language allows."""

    @cache
    def beginning(start: str) -> list[tuple[str, str]]:
        terms = list(lookup(start))
        return list(zip(terms, plain_all([term[len(start) :] for term in terms]), strict=True))

    for language in (az, tr, kk):
        for base in _bases(word, language.SUFFIXES.reading):
            for start, softened in [(base, False), *((base[:-1] + c, True) for c in _SOFTENED.get(base[-1], ()))]:
                for term, rest in beginning(start):
                    if language.SUFFIXES.reading(rest) == "name" and (rest or not softened):
                        yield term


def _bases(word: str, reading: Callable[[str], str | None]) -> Iterator[str]:
    """The word, and what is left of it when an ending is taken off."""
    yield word
    for end in range(MIN_BASE, len(word)):
        if reading(plain(word[end:])) == "name":
            yield word[:end]


def _stemmed(word: str, lookup: Lookup) -> Iterator[str]:
    """Words with the same stem, in the language that is written in this alphabet."""
    stem = en.stem if word.isascii() else ru.stem
    ours = stem(word)
    for term in lookup(ours[: max(MIN_WORD, len(ours) - 1)]):  # a stem may end otherwise than its words: happi, happy
        if stem(term) == ours:
            yield term


def _declined(word: str, lookup: Lookup) -> Iterator[str]:
    """Words in one Russian declension with this one. Snowball takes some case endings for those of verbs."""
    if word.isascii():
        return
    tries = {word[: len(word) - cut] + end for cut in range(min(4, len(word) - MIN_WORD)) for end in _QUOTED}
    declensions = [found for quoted in tries if len(quoted) >= MIN_BASE and word in (found := ru.forms(quoted))]
    yield from frozenset(lookup(word[: max(MIN_WORD, len(word) - 3)])) & frozenset().union(*declensions)
