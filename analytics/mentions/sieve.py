"""Which words are worth a look: asked once for each word type, answered for all its places with one array operation.

Most words of an article begin no name, and most articles of a corpus name nobody that is looked for. What can be said
of a word by itself is said here; what depends on its neighbours is for the finders, who look at the places left over.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from analytics.mentions.glued import parts
from analytics.mentions.people import PeopleFinder
from analytics.mentions.spans import Finder, Places, Text
from analytics.text.letters import fold_all
from analytics.text.words import Column, Question

NAME, FULL, CAPITAL, SURNAME = 1, 2, 4, 8  # bits of what a word type may be


class Sieve:
    """Looks at word types for the finders of one language."""

    def __init__(self, names: Finder, people: PeopleFinder) -> None:
        self._names, self._people = names, people
        self.kinds = Question(self._kinds, np.uint8)  # what a word type may be, as the sum of the bits above

    def _kinds(self, words: list[str]) -> list[int]:
        folded = fold_all(words, self._names.lexicon.language)
        named = self._names.lexicon.opens(folded)
        lexicon = self._names.lexicon
        found = [
            NAME if one or (not word.islower() and parts(word, lexicon)) else 0  # small letters alone are one word
            for word, one in zip(words, named, strict=True)
        ]
        capital = [at for at, word in enumerate(words) if word[0].isupper()]
        full = self._people.finder.lexicon.opens([folded[at] for at in capital])
        surname = self._people.surnames.bearers.may_be_known(
            [words[at] for at in capital], [folded[at] for at in capital]
        )
        for at, first, last in zip(capital, full, surname, strict=True):
            found[at] |= CAPITAL | FULL * first | SURNAME * last
        return found


def beginnings(finder: Finder) -> Question:
    """NAME for the word types that a phrase of this finder may begin with."""

    def answer(words: list[str]) -> list[int]:
        return [NAME * one for one in finder.lexicon.opens(fold_all(words, finder.lexicon.language))]

    return Question(answer, np.uint8)


class Sifted:
    """One field of all articles of a batch with the places that are worth a look."""

    def __init__(self, column: Column, kinds: npt.NDArray[np.uint8], folded: list[str]) -> None:
        """`kinds` has what each word of the batch may be, `folded` what it is folded."""
        self.name, self.column, self._folded = column.name, column, folded
        self._types = np.array(column.encoded.types, np.object_)  # many are picked out of it in half the time
        found = kinds[column.encoded.ids]
        self._places = [_by_text(found & bit, column.encoded.bounds) for bit in (NAME, FULL, CAPITAL, SURNAME)]

    def places(self, at: int) -> Places:
        """Where something may begin in text number `at`."""
        return Places(*(numbers[cuts[at] : cuts[at + 1]] for numbers, cuts in self._places))

    def text(self, at: int, language: str) -> Text:
        """Text number `at` with its words, to be read by the rules of a language."""
        return Text.of(self.column, at, language, self._types, self._folded)


def _by_text(chosen: npt.NDArray[np.integer[Any]], bounds: npt.NDArray[np.int64]) -> tuple[list[int], list[int]]:
    """The chosen tokens by their number in their own text, and where in this list each text begins."""
    tokens = np.flatnonzero(chosen)
    cuts = np.searchsorted(tokens, bounds)
    return (tokens - np.repeat(bounds[:-1], np.diff(cuts))).tolist(), cuts.tolist()
