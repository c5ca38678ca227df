"""The words of a part of the index, in order: found by their first letters, without a table of all in memory.

Words stand in the order of their plain letters (`letters.plain`), then of their own, so that those which are alike
without diacritics stand together: one list answers for both ways of typing.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from analytics.text.letters import plain, plain_all
from analytics.text.packed import Packed

STEP = 512  # words from one that is kept in memory to the next: some kilobytes of 100,000 words
ALIKE = 3  # first letters that words looked for together have in common
AFTER = "\U0010ffff"  # stands behind all letters

Run = tuple[int, int]
"""The numbers of some words that stand side by side: the first, and the one after the last."""


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Distinct words in order of (plain, word)."""

    texts: Packed

    def __len__(self) -> int:
        return len(self.texts)

    def place(self, letters: str, word: str = "") -> int:
        """How many words stand before the word with these plain letters."""

        def key(number: int) -> tuple[str, str]:
            there = self.texts[number]
            return plain(there), there

        behind = STEP * bisect_left(self._signposts, (letters, word))
        first, last = max(behind - STEP, 0), min(behind, len(self))
        return bisect_left(range(len(self)), (letters, word), first, last, key=key)

    @cached_property
    def _signposts(self) -> list[tuple[str, str]]:
        """The first of each so many words, as words are compared: to read one of the index takes longest."""
        words = [self.texts[number] for number in range(0, len(self), STEP)]
        return list(zip(plain_all(words), words, strict=True))

    def beginning(self, letters: str) -> Run:
        """The words whose plain letters begin so."""
        return self.place(letters), self.place(letters + AFTER)

    def spelled(self, run: Run, start: str) -> list[Run]:
        """Those of a run that begin so, diacritics and all."""
        return _runs(pc.starts_with(self.texts.array(*run), start), run[0])

    def find(self, words: Iterable[str], *, bare: bool) -> list[Run]:
        """These words where they are there, or if `bare` all that are these without their diacritics."""
        alike: dict[str, list[str]] = {}
        for word in words:
            alike.setdefault(plain(word)[:ALIKE], []).append(word)
        return joined(run for each in alike.values() for run in self._find(each, bare=bare))

    def _find(self, words: list[str], *, bare: bool) -> list[Run]:
        """The same of words that begin alike, so that what lies between them can be looked through."""
        if len(words) == 1:
            letters, word = plain(words[0]), words[0]
            if bare:
                return [(self.place(letters), self.place(letters, AFTER))]
            at = self.place(letters, word)
            return [(at, at + (at < len(self) and self.texts[at] == word))]
        run = self.beginning(_shared([plain(word) for word in words]))
        there = self.texts.array(*run)
        if bare:
            there = pa.array(plain_all(there.to_pylist()), pa.large_string())
        return _runs(pc.is_in(there, pa.array(words, pa.large_string())), run[0])


def _shared(words: list[str]) -> str:
    """What all of these begin with."""
    first, last = min(words), max(words)
    return first[: next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))]


def _runs(kept: pa.BooleanArray, first: int) -> list[Run]:
    """The numbers of words that are kept, counted from the first."""
    edges = np.diff(np.concatenate(([False], kept.to_numpy(zero_copy_only=False), [False])).view(np.int8))
    bounds = (np.flatnonzero(edges) + first).tolist()
    return list(zip(bounds[::2], bounds[1::2], strict=True))


def joined(runs: Iterable[Run]) -> list[Run]:
    """The same words in as few runs as they make, in order."""
    found: list[Run] = []
    for first, last in sorted(run for run in runs if run[0] < run[1]):
        if found and first <= found[-1][1]:
            found[-1] = found[-1][0], max(last, found[-1][1])
        else:
            found.append((first, last))
    return found


def ordered(words: pa.Array) -> tuple[pa.LargeStringArray, NDArray[np.int64]]:
    """The distinct words in their order, and the number that each of the given ones has in it."""
    coded = words.cast(pa.large_string()).dictionary_encode()
    both = pa.table({"plain": pa.array(plain_all(coded.dictionary.to_pylist()), pa.string()), "word": coded.dictionary})
    order = pc.sort_indices(both, [("plain", "ascending"), ("word", "ascending")])
    rank = np.empty(len(order), np.int64)
    rank[order.to_numpy()] = np.arange(len(order))
    return coded.dictionary.take(order), rank[coded.indices.to_numpy()]


def pieces(vocabularies: list[Vocabulary], size: int) -> Iterator[list[Run]]:
    """Runs of all these vocabularies, in order, that hold the same words and some `size` of the largest."""
    largest = max(vocabularies, key=len)
    before = [0] * len(vocabularies)
    for at in range(size, len(largest), size):
        letters = plain(largest.texts[at])
        upto = [vocabulary.place(letters) for vocabulary in vocabularies]
        yield list(zip(before, upto, strict=True))
        before = upto
    yield [(first, len(vocabulary)) for first, vocabulary in zip(before, vocabularies, strict=True)]
