"""Articles as weighted words: the stems of title and text with their counts, ready for TF-IDF."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.sparse import csr_matrix

from analytics.text import stems, stop_words
from analytics.text.words import Column, Question, Words

Ints = npt.NDArray[np.int64]

TITLE = 2  # how often a word of the title counts
SHORTEST = 2  # letters of a stem that says something
SHORTEST_UNKNOWN = 4  # in a language whose stop words are not known: most of them are shorter


@cache
def counted(language: str) -> Question:
    """The stem of a word type of this language; empty for one that says nothing."""
    stops = stop_words(language)
    least = SHORTEST if stops else SHORTEST_UNKNOWN
    return Question(lambda types: [_kept(stem, stops, least) for stem in stems(types, language)], object)


def _kept(stem: str, stops: frozenset[str], least: int) -> str:
    return "" if stem in stops or len(stem) < least or (stem.isdigit() and len(stem) < 3) else stem


def columns(language: str, numbers: dict[str, int]) -> Question:
    """The number of the stem of a word type of this language, -1 for one that has none."""
    return Question(lambda stems: [numbers.get(stem, -1) for stem in stems], np.int64, of=counted(language))


def stem_numbers(words: Words, language: str) -> tuple[Ints, list[str]]:
    """Numbers for the stems of these words in one language: of each word of `types`, -1 for none; and their names."""
    mine, stems = words.own(language, counted(language))
    coded = pa.array(np.concatenate(([""], stems)), pa.string()).dictionary_encode()  # as they come, none at first
    return _among_all(words, mine, coded.indices.to_numpy()[1:] - 1), coded.dictionary.to_pylist()[1:]


def column_numbers(words: Words, language: str, asked: Question) -> Ints:
    """The numbers that `columns` gives to these words in one language, for each word of `types`; -1 for none."""
    return _among_all(words, *words.own(language, asked))


def _among_all(words: Words, mine: slice, numbers: Ints) -> Ints:
    """Numbers of one language's words, with -1 for all the others of a batch."""
    found = np.full(len(words.types), -1, np.int64)
    found[mine] = numbers
    return found


class Numbered:
    """Some articles of a batch, all in one language, by numbered stems: rows for linear algebra."""

    def __init__(self, words: Words, rows: Sequence[int], number: Ints, size: int) -> None:
        """`number` is the stem of each word of `words.types`, -1 for one that does not count, below `size`."""
        self.rows, self.size, self.number, self._types = list(rows), size, number, words.types
        title, text = words.columns
        self._sides = [_Side(title, self.rows, TITLE), _Side(text, self.rows, 1)]

    def counts(self) -> csr_matrix:
        """How often each stem stands in each article, a row each; the title counts `TITLE` times."""
        row, column, value = self.words()
        return csr_matrix((value, (row, column)), shape=(len(self.rows), self.size), dtype=np.float64)

    def words(self) -> tuple[Ints, Ints, npt.NDArray[np.float64]]:
        """Row, stem number and weight of every word that counts: all titles in order, then all texts."""
        parts = [side.counted(self.number) for side in self._sides]
        row, column, value = (np.concatenate(each) for each in zip(*parts, strict=True))
        return row, column, value

    def forms(self) -> list[str]:
        """How each stem is most often written, in the order of its number."""
        title, text = (np.bincount(side.ids, minlength=len(self._types)) for side in self._sides)
        times = title + text
        word = np.flatnonzero((times > 0) & (self.number >= 0))
        # By stem, then the most frequent first; of equals one that stands in a title.
        word = word[np.lexsort((word, title[word] == 0, -times[word], self.number[word]))]
        first = np.flatnonzero(np.diff(self.number[word], prepend=-1))
        found = [""] * self.size
        for number, form in zip(self.number[word[first]].tolist(), word[first].tolist(), strict=True):
            found[number] = self._types[form]
        return found

    def firsts(self, column: Column) -> tuple[Ints, Ints]:
        """Where stems first stand in title or text: row times `size` plus stem, ascending, and the token of each."""
        tokens = [column.encoded.tokens(row) for row in self.rows]
        token = np.concatenate([np.arange(part.start, part.stop) for part in [*tokens, slice(0, 0)]])
        row = np.repeat(np.arange(len(tokens)), [part.stop - part.start for part in tokens])
        stem = self.number[column.encoded.ids[token]]
        known = stem >= 0
        key, first = np.unique(row[known] * self.size + stem[known], return_index=True)
        return key, token[known][first]


class _Side:
    """Title or text of the chosen articles."""

    def __init__(self, column: Column, rows: list[int], times: int) -> None:
        self._encoded, self._times = column.encoded, times
        parts = [self.of(row) for row in rows]
        self._lengths = [len(part) for part in parts]
        self.ids = np.concatenate([*parts, np.zeros(0, np.int32)])

    def of(self, article: int) -> npt.NDArray[np.int32]:
        """The words of one article."""
        return self._encoded.ids[self._encoded.tokens(article)]

    def counted(self, number: Ints) -> tuple[Ints, Ints, npt.NDArray[np.float64]]:
        """Row, stem number and count of each word that counts."""
        row = np.repeat(np.arange(len(self._lengths)), self._lengths)
        column = number[self.ids]
        known = column >= 0
        return row[known], column[known], np.full(int(known.sum()), float(self._times))
