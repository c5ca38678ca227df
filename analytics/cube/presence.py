"""Counting under any filter: whom the articles of a mask mention, how often, and when.

Articles lie in order of time, so that the periods of a chart are stretches of rows, given by their `bounds`.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from analytics.cube.bits import Bits, Counts, ones, pack
from analytics.cube.codes import Ints
from analytics.cube.counted import MANY, Counted, Mask, many, sums
from analytics.cube.keep import Keep, made_now
from analytics.cube.layout import Mentions
from analytics.cube.members import Members
from analytics.cube.sparse import by_rows

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

BATCH = 128  # entities that few mention, counted together
FEW = 20  # where a mask has one article in so many, or fewer, all whom they mention are counted article by article
KEPT = 1024  # entities kept as bits: at 1 M articles each is 125 kB


class Presence:
    """The mentions of one or more senses, ready to be counted. Read-only: every thread may use it at once."""

    def __init__(self, rows: Mentions, articles: int, keep: Keep = made_now) -> None:
        self.rows, self.articles, self._keep = rows, articles, keep
        self.once = Members(rows.article, rows.bounds)
        self.total: Counts = np.diff(rows.bounds)
        self._of_many = lru_cache(KEPT)(self._as_bits)
        self.joined = lru_cache(KEPT // BATCH * 8)(self._joined)  # the batches of each kind are always the same ones

    @cached_property
    def again(self) -> Members:
        """The articles that mention an entity more than once, each as often as it does after the first time."""
        return Members.kept(self._keep, "again", self.made_again)

    def made_again(self) -> Members:
        """The same, made anew: a fifth of a second over 20 M mentions."""
        at = np.flatnonzero(self.rows.count > 1)
        more = self.rows.count[at] - 1
        before = np.concatenate([[0], np.cumsum(more, dtype=np.int64)])
        return Members(np.repeat(self.rows.article[at], more), before[np.searchsorted(at, self.rows.bounds)])

    @cached_property
    def titled(self) -> Members:
        """The articles of each entity that mention it in the title."""
        return Members.kept(self._keep, "titled", self.made_titled)

    def made_titled(self) -> Members:
        """The same, made anew."""
        at = np.flatnonzero(self.rows.titled)
        return Members(self.rows.article[at], np.searchsorted(at, self.rows.bounds))

    @cached_property
    def named(self) -> Members:
        """The entities that each article mentions."""
        return Members.kept(self._keep, "named", self.made_named)

    def made_named(self) -> Members:
        """The same, made anew: 80 MB and a second over 20 M mentions."""
        there = np.ones(len(self.rows.article), np.bool_)
        found = by_rows(there, self.rows.article, self.rows.bounds, self.articles).T.tocsr()
        return Members(found.indices, found.indptr)

    def _counted(self, members: Members, code: int) -> Counted:
        rows = members.of(code)
        return self._of_many(members, code) if many(len(rows), self.articles) else Counted((), rows)

    def _as_bits(self, members: Members, code: int) -> Counted:
        return Counted.of_repeated(members.of(code), self.articles)

    def inside(self, code: int, mask: Mask) -> int:
        """How many articles of a mask mention an entity."""
        return self._counted(self.once, code).sum(mask)

    def mentions_again(self, code: int, mask: Mask) -> int:
        """How often they mention it after the first time in each."""
        return self._counted(self.again, code).sum(mask)

    def in_titles(self, code: int, mask: Mask) -> int:
        """How many of them mention it in the title."""
        return self._counted(self.titled, code).sum(mask)

    def over(self, code: int, mask: Mask, bounds: Counts) -> tuple[Counts, Counts]:
        """Articles and mentions between each bound and the next."""
        coverage = self._counted(self.once, code).between(mask, bounds)
        return coverage, coverage + self._counted(self.again, code).between(mask, bounds)

    def bits(self, code: int) -> Bits:
        """The articles that mention an entity."""
        counted = self._counted(self.once, code)
        if counted.planes:
            return counted.planes[0]
        found = np.zeros(self.articles, np.bool_)
        found[counted.rest] = True
        return pack(found)

    def leaders(self, codes: NDArray[np.intp], mask: Mask, top: int) -> list[tuple[int, int]]:
        """Those of these entities that most articles of a mask mention, as (articles, code), in no order.

        At least `top` of them, where so many are mentioned, and all that are level with the last. `codes` are in order
        of `total`, the largest first: nobody is mentioned more in a part than in the whole, so the rest is not counted.
        """
        if ones(mask.bits) * FEW <= self.articles:
            return self._leaders_of_few(codes, mask, top)
        found: list[tuple[int, int]] = []
        best: list[int] = []
        for batch in self._batches(codes):
            least = best[-1] if len(best) == top else 1
            if self.total[batch[0]] < least:
                break
            counts = self._counts(batch, mask)
            found += [(count, code) for count, code in zip(counts, batch, strict=True) if count >= least]
            best = sorted([*best, *counts], reverse=True)[:top]
            best = [count for count in best if count]
        return [(count, code) for count, code in found if len(best) < top or count >= best[-1]]

    def most_mentioned(self, codes: NDArray[np.intp], mask: Mask, top: int) -> list[tuple[int, int]]:
        """Those of these entities whom the articles of a mask mention most often, as (mentions, code), in no order.

        At least `top` of them, where so many are mentioned, and all that are level with the last.
        """
        if ones(mask.bits) * FEW <= self.articles:  # whom they mention at all is soon told
            codes = codes[self._counts_of_few(codes, mask) > 0]
        often = self.total + np.diff(self.again.bounds)
        found: list[tuple[int, int]] = []
        best: list[int] = []
        for code in codes[np.argsort(-often[codes], kind="stable")].tolist():
            if len(best) == top and often[code] < best[-1]:
                break
            mentions = self.inside(code, mask) + self.mentions_again(code, mask)
            if mentions:
                found.append((mentions, code))
                best = sorted([*best, mentions], reverse=True)[:top]
        return [(mentions, code) for mentions, code in found if mentions >= best[-1]]

    def _leaders_of_few(self, codes: NDArray[np.intp], mask: Mask, top: int) -> list[tuple[int, int]]:
        """The same under a mask of few articles: everybody's count falls far below `total`, which rules nobody out."""
        counts = self._counts_of_few(codes, mask)
        least = max(1, np.partition(counts, -top)[-top]) if len(counts) > top else 1
        leading = np.flatnonzero(counts >= least)
        return list(zip(counts[leading].tolist(), codes[leading].tolist(), strict=True))

    def _counts_of_few(self, codes: NDArray[np.intp], mask: Mask) -> NDArray[np.intp]:
        named = self._by_article[np.flatnonzero(mask.bytes)].indices
        return np.bincount(named, minlength=len(self.total))[codes]

    @cached_property
    def _by_article(self) -> "csr_matrix":
        """Articles (rows) by entities (columns)."""
        there = np.ones(len(self.named.rows), np.bool_)
        return by_rows(there, self.named.rows, self.named.bounds, len(self.total))

    def _batches(self, codes: NDArray[np.intp]) -> Iterator[tuple[int, ...]]:
        """Those whom many mention one by one, the rest so many at once that numpy's price for a call is small."""
        at = int(np.count_nonzero(self.total[codes] * MANY >= self.articles))
        yield from ((code,) for code in codes[:at].tolist())
        size = 8
        while at < len(codes):
            yield tuple(codes[at : at + size].tolist())
            at, size = at + size, min(size * 2, BATCH)

    def _counts(self, codes: tuple[int, ...], mask: Mask) -> list[int]:
        """How many articles of a mask mention each of these entities."""
        if len(codes) == 1:
            return [self.inside(codes[0], mask)]
        rows, bounds = self.joined(codes)
        counts: list[int] = sums(mask.bytes.take(rows, mode="clip"), bounds).tolist()
        return counts

    def _joined(self, codes: tuple[int, ...]) -> tuple[Ints, Counts]:
        """The articles of these entities in one array, and where those of each lie in it."""
        rows = [self.once.of(code) for code in codes]
        return np.concatenate(rows), np.cumsum([0, *map(len, rows)])

    def volume(self, codes: Iterable[int], rows: NDArray[Any]) -> Counts:
        """How often each of these articles mentions any of these entities."""
        found = np.zeros(len(rows), np.int64)
        for code in codes:
            article = self.once.of(code)
            at = np.minimum(np.searchsorted(article, rows), max(len(article) - 1, 0))
            if len(article):
                found += np.where(article[at] == rows, self.rows.count[self.rows.of(code)][at], 0)
        return found

    def together(self, codes: Iterable[int]) -> NDArray[np.int32]:
        """For each article (column) how many of these entities it mentions, how often, and how many in the title."""
        found = np.zeros((3, self.articles), np.int32)
        for code in codes:
            mine = self.once.of(code)
            found[0][mine] += 1
            found[1][mine] += self.rows.count[self.rows.of(code)]
            found[2][self.titled.of(code)] += 1
        return found
