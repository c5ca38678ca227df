"""Counting under any filter: whom the articles of a mask mention, how often, and when.

A filter is a mask of one byte per article. Whoever many articles mention is kept as one bit per article, so that what
both say is one AND and one count of bits; whoever few mention is looked up article by article. Articles lie in order
of time, so that the periods of a chart are stretches of rows, given by their `bounds`.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.cube.codes import Bools, Ints
from analytics.cube.layout import Mentions

MANY = 32  # one article in so many: there a bit for each article takes no more room than a number for each of them
BATCH = 128  # entities that few mention, counted together
KEPT = 1024  # entities kept as bits: at 1 M articles each is 125 kB
Bits = NDArray[np.uint64]
Counts = NDArray[np.int64]


class Presence:
    """The mentions of one or more senses, ready to be counted. Read-only: every thread may use it at once."""

    def __init__(self, rows: Mentions, articles: int) -> None:
        self.rows, self.articles = rows, articles
        self.total: Counts = np.diff(rows.bounds)
        self.bits = lru_cache(KEPT)(self._bits)
        self.joined = lru_cache(KEPT // BATCH * 8)(self._joined)  # the batches of each kind are always the same ones

    def inside(self, code: int, mask: Bools, packed: Bits) -> int:
        """How many articles of a mask mention an entity; `packed` is the mask as bits."""
        if self._many(code):
            return int(np.bitwise_count(self.bits(code) & packed).sum(dtype=np.int64))
        return int(np.count_nonzero(mask.take(self.rows.article[self.rows.of(code)], mode="clip")))

    def mentions(self, code: int, mask: Bools, coverage: int) -> int:
        """How often they mention it, given how many do."""
        article, more = self._more(code)
        return coverage + int(more[mask.take(article, mode="clip")].sum())

    def titled(self, code: int, mask: Bools) -> int:
        """How many of them mention it in the title."""
        return int(np.count_nonzero(mask.take(self._in_titles(code), mode="clip")))

    def over(self, code: int, mask: Bools, packed: Bits, bounds: Counts) -> tuple[Counts, Counts]:
        """Articles and mentions between each bound and the next."""
        if self._many(code):
            coverage = sums(unpacked(self.bits(code) & packed, self.articles), bounds)
        else:
            article = self.rows.article[self.rows.of(code)]
            coverage = sums(mask.take(article, mode="clip"), np.searchsorted(article, bounds))
        article, more = self._more(code)
        again = sums(more * mask.take(article, mode="clip"), np.searchsorted(article, bounds))
        return coverage, coverage + again

    def mask(self, code: int) -> Bools:
        """The articles that mention an entity."""
        if self._many(code):
            return unpacked(self.bits(code), self.articles)
        found = np.zeros(self.articles, np.bool_)
        found[self.rows.article[self.rows.of(code)]] = True
        return found

    def leaders(self, codes: Sequence[int], mask: Bools, top: int) -> list[tuple[int, int]]:
        """Those of these entities that most articles of a mask mention, as (articles, code), in no order.

        At least `top` of them, where so many are mentioned, and all that are level with the last. `codes` are in order
        of `total`, the largest first: nobody is mentioned more in a part than in the whole, so the rest is not counted.
        """
        packed = pack(mask)
        found: list[tuple[int, int]] = []
        best: list[int] = []
        for batch in self._batches(codes):
            least = best[-1] if len(best) == top else 1
            if self.total[batch[0]] < least:
                break
            counts = self._counts(batch, mask, packed)
            found += [(count, code) for count, code in zip(counts, batch, strict=True) if count >= least]
            best = sorted([*best, *counts], reverse=True)[:top]
            best = [count for count in best if count]
        return [(count, code) for count, code in found if len(best) < top or count >= best[-1]]

    def _batches(self, codes: Sequence[int]) -> Iterator[Sequence[int]]:
        """Those whom many mention one by one, the rest so many at once that numpy's price for a call is small."""
        many = sum(map(self._many, codes))
        yield from ((code,) for code in codes[:many])
        size = 8
        while many < len(codes):
            yield codes[many : many + size]
            many, size = many + size, min(size * 2, BATCH)

    def _counts(self, codes: Sequence[int], mask: Bools, packed: Bits) -> list[int]:
        """How many articles of a mask mention each of these entities."""
        if len(codes) == 1:
            return [self.inside(codes[0], mask, packed)]
        rows, bounds = self.joined(tuple(codes))
        counts: list[int] = sums(mask.take(rows, mode="clip"), bounds).tolist()
        return counts

    def _joined(self, codes: tuple[int, ...]) -> tuple[Ints, Counts]:
        """The articles of these entities in one array, and where those of each lie in it."""
        rows = [self.rows.article[self.rows.of(code)] for code in codes]
        return np.concatenate(rows), np.cumsum([0, *map(len, rows)])

    def volume(self, codes: Iterable[int] | None, rows: NDArray[Any]) -> Counts:
        """How often each of these articles mentions any of these entities; anybody, where None is given."""
        if codes is None:
            every: Counts = self.all_mentions[rows].astype(np.int64)
            return every
        found = np.zeros(len(rows), np.int64)
        for code in codes:
            mine = self.rows.of(code)
            article = self.rows.article[mine]
            at = np.minimum(np.searchsorted(article, rows), max(len(article) - 1, 0))
            if len(article):
                found += np.where(article[at] == rows, self.rows.count[mine][at], 0)
        return found

    @cached_property
    def all_mentions(self) -> Ints:
        """How often each article mentions anybody."""
        return np.bincount(self.rows.article, self.rows.count, minlength=self.articles).astype(np.int32)

    def together(self, codes: Sequence[int]) -> tuple[Ints, Ints, Ints]:
        """For each article how many of these entities it mentions, how often, and how many in the title."""
        found = np.zeros((3, self.articles), np.int32)
        for code in codes:
            mine = self.rows.article[self.rows.of(code)]
            found[0][mine] += 1
            found[1][mine] += self.rows.count[self.rows.of(code)]
            found[2][self._in_titles(code)] += 1
        return found[0], found[1], found[2]

    def _many(self, code: int) -> bool:
        return bool(self.total[code] * MANY >= self.articles)

    def _bits(self, code: int) -> Bits:
        found = np.zeros(self.articles, np.bool_)
        found[self.rows.article[self.rows.of(code)]] = True
        return pack(found)

    @cached_property
    def _again(self) -> tuple[Ints, Ints, Counts]:
        """Articles that mention an entity more than once, and how many times more; where those of each entity lie."""
        at = np.flatnonzero(self.rows.count > 1)
        return self.rows.article[at], self.rows.count[at] - 1, np.searchsorted(at, self.rows.bounds)

    def _more(self, code: int) -> tuple[Ints, Ints]:
        article, more, bounds = self._again
        mine = slice(bounds[code], bounds[code + 1])
        return article[mine], more[mine]

    @cached_property
    def _titled(self) -> tuple[Ints, Counts]:
        """Articles that mention an entity in the title, and where those of each entity lie."""
        at = np.flatnonzero(self.rows.titled)
        return self.rows.article[at], np.searchsorted(at, self.rows.bounds)

    def _in_titles(self, code: int) -> Ints:
        article, bounds = self._titled
        return article[bounds[code] : bounds[code + 1]]


class Members:
    """The rows of each group, in order; -1 is no group."""

    def __init__(self, groups: Ints, number: int) -> None:
        order = np.argsort(groups, kind="stable").astype(np.int32)
        self.rows = order[np.count_nonzero(groups < 0) :]
        self.bounds = np.searchsorted(groups[self.rows], np.arange(number + 1))

    def of(self, group: int) -> Ints:
        """The rows of a group."""
        return self.rows[self.bounds[group] : self.bounds[group + 1]]


def pack(mask: Bools) -> Bits:
    """A mask as bits, in whole words."""
    packed = np.packbits(mask)
    return np.pad(packed, (0, -len(packed) % 8)).view(np.uint64)


def unpacked(bits: Bits, size: int) -> Bools:
    """The inverse of `pack`."""
    return np.unpackbits(bits.view(np.uint8), count=size).view(np.bool_)


def sums(values: NDArray[Any], bounds: NDArray[Any]) -> Counts:
    """The sum of the values between each bound and the next; 32 bits take half the time of 64 over 20 M values."""
    found = np.zeros(len(bounds) - 1, dtype=np.int64)
    some = bounds[1:] > bounds[:-1]  # `reduceat` has no empty stretch
    if some.any():
        starts = bounds[:-1][some]
        whole = np.add.reduceat(values[: bounds[-1]], starts, dtype=np.int32)
        found[some] = whole
    return found
