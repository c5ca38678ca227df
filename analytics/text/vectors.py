"""Articles as weighted words: the stems of title and text with their counts, ready for TF-IDF."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from analytics.text import stems, stop_words
from analytics.text.tokens import Encoded

Ints = npt.NDArray[np.int64]

TITLE = 2  # how often a word of the title counts
SHORTEST = 2  # letters of a stem that says something
SHORTEST_UNKNOWN = 4  # in a language whose stop words are not known: most of them are shorter


class Bags:
    """The words of a batch of articles. Stems are made once for each word type and language."""

    def __init__(self, titles: Encoded, texts: Encoded) -> None:
        self._sides = ((titles, TITLE), (texts, 1))
        self._stems: dict[str, tuple[dict[int, str], dict[int, str]]] = {}

    def counts(self, at: int, language: str) -> Counter[str]:
        """How often each stem stands in article number `at`; stop words, letters and small numbers do not count."""
        found: Counter[str] = Counter()
        for (side, times), known in zip(self._sides, self._stems.setdefault(language, ({}, {})), strict=True):
            kinds = side.ids[side.tokens(at)].tolist()
            new = [kind for kind in set(kinds) if kind not in known]
            if new:
                known.update(zip(new, _stemmed([side.types[kind] for kind in new], language), strict=True))
            for kind in kinds:
                if known[kind]:
                    found[known[kind]] += times
        return found


def _stemmed(types: list[str], language: str) -> list[str]:
    """The stems of word types; empty for what says nothing."""
    stops = stop_words(language)
    least = SHORTEST if stops else SHORTEST_UNKNOWN
    return [_kept(stem, stops, least) for stem in stems(types, language)]


def _kept(stem: str, stops: frozenset[str], least: int) -> str:
    return "" if stem in stops or len(stem) < least or (stem.isdigit() and len(stem) < 3) else stem


def sublinear(counts: Counter[str]) -> Iterator[tuple[str, float]]:
    """Each stem with 1 + log of its count: the tenth occurrence says less than the first (Salton and Buckley 1988)."""
    return ((stem, 1 + math.log(count)) for stem, count in counts.items())


def unit(vector: dict[str, float]) -> dict[str, float]:
    """The vector at length 1; an empty one stays empty."""
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {name: value / length for name, value in vector.items()} if length else {}


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
            stemmed = _stemmed([side.encoded.types[kind] for kind in side.used], language)
            if grow:
                for stem in stemmed:
                    if stem:
                        numbers.setdefault(stem, len(numbers))
            side.number[side.used] = [numbers.get(stem, -1) for stem in stemmed]

    def counts(self) -> csr_matrix:
        """How often each stem stands in each article, a row each; the title counts `TITLE` times."""
        parts = [side.counted() for side in self._sides]
        row, column, value = (np.concatenate(each) for each in zip(*parts, strict=True))
        return csr_matrix((value, (row, column)), shape=(len(self.rows), len(self.numbers)), dtype=np.float64)

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
