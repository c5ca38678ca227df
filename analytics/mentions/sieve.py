"""Which words are worth a look: asked once for each word type, answered for all its places with one array operation.

Most words of an article begin no name, and most articles of a corpus name nobody that is looked for. What can be said
of a word by itself is said here; what depends on its neighbours is for the finders, who look at the places left over.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from analytics.mentions.glued import parts
from analytics.mentions.people import PeopleFinder
from analytics.mentions.spans import Finder, Places, Text
from analytics.text.letters import fold_all
from analytics.text.tokens import Encoded
from analytics.text.types import Remembered

NAME, FULL, CAPITAL, SURNAME = 1, 2, 4, 8  # bits of what a word type may be


Kinds = Callable[[Sequence[str]], list[int]]
"""What each of some word types may be, as the sum of the bits above."""


class Sieve:
    """Looks at word types for the finders of one language."""

    def __init__(self, names: Finder, people: PeopleFinder) -> None:
        self._names, self._people = names, people
        self.kinds: Kinds = Remembered(self._kinds)

    def _kinds(self, words: list[str]) -> list[int]:
        folded = fold_all(words, self._names.lexicon.language)
        named = self._names.lexicon.opens(folded)
        found = [NAME if one or parts(word, self._names.lexicon) else 0 for word, one in zip(words, named, strict=True)]
        capital = [at for at, word in enumerate(words) if word[0].isupper()]
        full = self._people.finder.lexicon.opens([folded[at] for at in capital])
        surname = self._people.surnames.may_be_known([words[at] for at in capital])
        for at, first, last in zip(capital, full, surname, strict=True):
            found[at] |= CAPITAL | FULL * first | SURNAME * last
        return found


def beginnings(finder: Finder) -> Kinds:
    """NAME for the word types that a phrase of this finder may begin with."""

    def answer(words: list[str]) -> list[int]:
        return [NAME * one for one in finder.lexicon.opens(fold_all(words, finder.lexicon.language))]

    return Remembered(answer)


def kinds(encoded: Encoded, languages: Sequence[str], of: Callable[[str], Kinds]) -> npt.NDArray[np.uint8]:
    """For each token of a batch the kind of its word in the language of its text."""
    counts = np.diff(encoded.bounds)
    codes, of_text = np.unique(np.array(languages, dtype=object).astype(str), return_inverse=True)
    of_token = np.repeat(of_text, counts)
    found = np.zeros(len(encoded.ids), dtype=np.uint8)
    table = np.zeros(len(encoded.types), dtype=np.uint8)
    for number, code in enumerate(codes):
        mine = slice(None) if len(codes) == 1 else of_token == number
        used = np.flatnonzero(np.bincount(encoded.ids[mine], minlength=len(table)))
        table[used] = of(str(code))([encoded.types[i] for i in used])
        found[mine] = table[encoded.ids[mine]]
    return found


class Column:
    """One field of all articles of a batch: its words and places, unpacked once for all of them."""

    def __init__(self, name: str, encoded: Encoded, texts: Sequence[str], found: npt.NDArray[np.uint8]) -> None:
        """`found` are the `kinds` of the words."""
        self.name, self.encoded, self._texts = name, encoded, texts
        types = np.empty(len(encoded.types), dtype=object)
        types[:] = encoded.types
        self._words: list[str] = types[encoded.ids].tolist()
        self._starts, self._ends = encoded.starts.tolist(), encoded.ends.tolist()
        self._bounds = encoded.bounds.tolist()
        self._places = [_by_text(found & bit, encoded.bounds) for bit in (NAME, FULL, CAPITAL, SURNAME)]

    def places(self, at: int) -> Places:
        """Where something may begin in text number `at`."""
        return Places(*(numbers[cuts[at] : cuts[at + 1]] for numbers, cuts in self._places))

    def whole(self, at: int) -> str:
        """The characters of text number `at`."""
        return self._texts[at]

    def text(self, at: int, language: str) -> Text:
        """Text number `at` with its words."""
        mine = slice(self._bounds[at], self._bounds[at + 1])
        return Text(self._texts[at], self._words[mine], self._starts[mine], self._ends[mine], language)


def _by_text(chosen: npt.NDArray[np.integer[Any]], bounds: npt.NDArray[np.int64]) -> tuple[list[int], list[int]]:
    """The chosen tokens by their number in their own text, and where in this list each text begins."""
    tokens = np.flatnonzero(chosen)
    cuts = np.searchsorted(tokens, bounds)
    return (tokens - np.repeat(bounds[:-1], np.diff(cuts))).tolist(), cuts.tolist()
