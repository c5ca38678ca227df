"""Articles as weighted words: the stems of title and text with their counts, ready for TF-IDF."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from analytics.text import stems, stop_words
from analytics.text.tokens import Encoded
from analytics.text.types import Remembered

Ints = npt.NDArray[np.int64]

TITLE = 2  # how often a word of the title counts
SHORTEST = 2  # letters of a stem that says something
SHORTEST_UNKNOWN = 4  # in a language whose stop words are not known: most of them are shorter


@cache
def _counted(language: str) -> Remembered[str]:
    """The stems of word types of a language; empty for what says nothing."""
    stops = stop_words(language)
    least = SHORTEST if stops else SHORTEST_UNKNOWN
    return Remembered(lambda types: [_kept(stem, stops, least) for stem in stems(types, language)])


def _kept(stem: str, stops: frozenset[str], least: int) -> str:
    return "" if stem in stops or len(stem) < least or (stem.isdigit() and len(stem) < 3) else stem


class Numbered:
    """Some articles of a batch, all in one language, by numbered stems: rows for linear algebra.

    `numbers` are the stems that count, by name; when it is to `grow`, a new stem gets the next number.
    """

    def __init__(
        self,
        titles: Encoded,
        texts: Encoded,
        rows: Sequence[int],
        language: str,
        numbers: dict[str, int],
        *,
        grow: bool,
    ) -> None:
        self.numbers, self.rows = numbers, list(rows)
        self._sides = [_Side(side, self.rows, times) for side, times in ((titles, TITLE), (texts, 1))]
        for side in self._sides:
            types = side.encoded.types
            stemmed = _counted(language)([types[kind] for kind in side.used.tolist()])
            if grow:
                for stem in stemmed:
                    if stem and stem not in numbers:
                        numbers[stem] = len(numbers)
            side.number[side.used] = [numbers.get(stem, -1) for stem in stemmed]

    def counts(self) -> csr_matrix:
        """How often each stem stands in each article, a row each; the title counts `TITLE` times."""
        row, column, value = self.words()
        return csr_matrix((value, (row, column)), shape=(len(self.rows), len(self.numbers)), dtype=np.float64)

    def words(self) -> tuple[Ints, Ints, npt.NDArray[np.float64]]:
        """Row, stem number and weight of every word that counts: all titles in order, then all texts."""
        parts = [side.counted() for side in self._sides]
        row, column, value = (np.concatenate(each) for each in zip(*parts, strict=True))
        return row, column, value

    def forms(self) -> list[str]:
        """How each stem is most often written, in the order of its number."""
        written: dict[int, Counter[str]] = defaultdict(Counter)
        for side in self._sides:
            times = np.bincount(np.concatenate([*side.parts, np.zeros(0, np.int32)]), minlength=len(side.number))
            for kind in side.used[side.number[side.used] >= 0].tolist():
                written[int(side.number[kind])][side.encoded.types[kind]] += int(times[kind])
        return [
            written[number].most_common(1)[0][0] if number in written else "" for number in range(len(self.numbers))
        ]

    def tokens(self, row: int) -> list[Ints]:
        """The stem numbers of the words of title and text of one row, in order; -1 for a word that does not count."""
        return [side.number[side.encoded.ids[side.encoded.tokens(self.rows[row])]] for side in self._sides]


class _Side:
    """Title or text of the chosen articles."""

    def __init__(self, encoded: Encoded, rows: list[int], times: int) -> None:
        self.encoded, self.times = encoded, times
        self.parts = [encoded.ids[encoded.tokens(row)] for row in rows]
        self.used = np.unique(np.concatenate([*self.parts, np.zeros(0, np.int32)])).astype(np.int64)
        self.number = np.full(len(encoded.types), -1, dtype=np.int64)

    def counted(self) -> tuple[Ints, Ints, npt.NDArray[np.float64]]:
        """Row, stem number and count of each word that counts."""
        row = np.repeat(np.arange(len(self.parts)), [len(part) for part in self.parts])
        column = self.number[np.concatenate([*self.parts, np.zeros(0, np.int32)])]
        known = column >= 0
        return row[known], column[known], np.full(int(known.sum()), float(self.times))
