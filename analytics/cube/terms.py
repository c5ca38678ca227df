"""The terms that spoke for the topics of each article, laid out to be summed up over any part of a corpus."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from analytics.cube.bits import Counts
from analytics.cube.codes import Bools, Codes, Ints, first_of
from analytics.cube.sparse import by_rows
from analytics.text.letters import fold_all

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

ROOT, ENDING = 5, 6  # letters of a term that its forms begin with, and of their endings at most
HEAVY = 16.0  # the weight that a term has in an article at most, on average over a corpus; of news it is .35
FEW = 6  # of so many articles fewer than one: their rows are picked out; of more, all are gone through
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Terms:
    """One row per article, topic and term that spoke for it there, in order of article.

    Those of article a are `bounds[a]:bounds[a + 1]`, in order of pair. Row r is of pair `pair[r]`, a topic and a
    term, and says `says[r]`: two numbers in one, to be added up at once and exactly. The higher bits are one article,
    the lower ones what the term weighs there. Pairs are in order of topic, then of root, the term that theirs is a
    form of, then of term; pair p is of `topic[p]`, and its term is `term.levels[term.codes[p]]`. A term that stands in
    the article behind another form of its root is `again[p]`, a pair of its own: so those that are not count articles.
    """

    pair: Ints
    says: NDArray[np.int64]
    bounds: NDArray[np.int64]
    topic: Ints
    root: Ints
    again: Bools
    term: Codes

    @classmethod
    def of(cls, article: Ints, topic: Ints, term: Codes, weight: NDArray[np.float32], articles: int) -> Self:
        """The layout of rows in any order."""
        root = same(fold_all(list(term.levels)))
        rank = np.empty(len(root), np.int64)
        rank[np.lexsort((np.arange(len(root)), root))] = np.arange(len(root))
        key = topic * np.int64(len(root)) + rank[term.codes]  # one number for topic, root and term, in that order
        order = np.argsort(article * (key.max(initial=0) + 1) + key)
        key, article, topic, codes = key[order], article[order], topic[order], term.codes[order]
        again = _as_before(article, topic, root[codes])
        scale = Scale.of(articles)
        pairs = pa.array(2 * key + again).dictionary_encode()  # few differ: sorting those is a tenth of the work
        pair, ranked = pairs.indices.to_numpy(), np.argsort(pairs.dictionary.to_numpy())
        number = np.empty(len(ranked), np.int32)
        number[ranked] = np.arange(len(ranked))
        first = first_of(pair, len(ranked))[ranked]
        return cls(
            pair=number[pair],
            says=scale.one + np.rint(weight[order] / scale.unit).astype(np.int64),
            bounds=np.searchsorted(article, np.arange(articles + 1)),
            topic=topic[first],
            root=root[codes[first]].astype(np.int32),
            again=again[first],
            term=Codes(term.levels, codes[first]),
        )

    def rows(self, mask: Bools) -> NDArray[np.int64]:
        """The rows of the articles of a mask, in order."""
        articles = np.flatnonzero(mask)
        counts = self.bounds[articles + 1] - self.bounds[articles]
        rows = np.repeat(self.bounds[articles] - np.cumsum(counts) + counts, counts)
        rows += np.arange(len(rows))
        return rows

    def articles(self, rows: NDArray[np.integer]) -> NDArray[np.intp]:
        """The article of each of these rows."""
        return np.searchsorted(self.bounds, rows, side="right") - 1

    def weight(self, rows: NDArray[np.integer]) -> Floats:
        """What the term of each of these rows weighs in its article."""
        return self._scale.weight(self.says[rows])

    @cached_property
    def _scale(self) -> "Scale":
        return Scale.of(len(self.bounds) - 1)

    @cached_property
    def groups(self) -> NDArray[np.intp]:
        """The first pair of each topic and root."""
        return np.flatnonzero(~_as_before(self.topic, self.root))

    @cached_property
    def forms(self) -> NDArray[np.intp]:
        """The first pair of each topic and term."""
        return np.flatnonzero(~_as_before(self.topic, self.term.codes))

    @cached_property
    def within(self) -> NDArray[np.intp]:
        """The first form of each group, and one after the last."""
        return np.searchsorted(self.forms, np.append(self.groups, len(self.topic)))

    def spoke(self, mask: Bools) -> tuple[Floats, Counts]:
        """How much each pair weighs in the articles of a mask, and in how many of them it stands."""
        articles = np.flatnonzero(mask)
        low, high = (int(articles[0]), int(articles[-1]) + 1) if len(articles) else (0, 0)
        if FEW * len(articles) < high - low:
            said = self._by_article[articles].T @ np.ones(len(articles), np.int64)
        else:
            said = self._between(low, high).T @ mask[low:high].astype(np.int64)
        return self._scale.weight(said), self._scale.articles(said)

    @cached_property
    def _by_article(self) -> "csr_matrix":
        """What articles (rows) say of pairs (columns)."""
        return by_rows(self.says, self.pair, self.bounds, len(self.topic))

    def _between(self, low: int, high: int) -> "csr_matrix":
        """The same of articles that lie together; a slice of the other would copy it."""
        all_of_it = self._by_article
        bounds = all_of_it.indptr[low : high + 1]
        rows = slice(bounds[0], bounds[-1])
        return by_rows(all_of_it.data[rows], all_of_it.indices[rows], bounds - bounds[0], len(self.topic))


@dataclass(frozen=True, slots=True)
class Scale:
    """How a number of articles, and a weight in units, are one number: as fine as sums over a whole corpus allow."""

    bits: int
    unit: float

    @classmethod
    def of(cls, articles: int) -> Self:
        """That of a corpus of so many articles. For a million of them the unit is two millionths."""
        most = max(articles, 1).bit_length()
        return cls(63 - most, HEAVY * 2.0 ** (2 * most - 63))

    @property
    def one(self) -> int:
        """An article."""
        return 1 << self.bits

    def weight(self, said: NDArray[np.int64]) -> Floats:
        """The weight in these numbers."""
        return (said & (self.one - 1)).astype(np.float64) * self.unit

    def articles(self, said: NDArray[np.int64]) -> Counts:
        """The articles in these numbers."""
        return said >> self.bits


def _as_before(*columns: NDArray[Any]) -> Bools:
    """Whether each row has in all columns what the row before has."""
    found = np.zeros(len(columns[0]), np.bool_)
    found[1:] = np.logical_and.reduce([column[1:] == column[:-1] for column in columns])
    return found


def same(terms: Sequence[str]) -> NDArray[np.int64]:
    """A number for each term, the same for one and its inflected forms: what begins with it, and ends soon after."""
    found = np.arange(len(terms))
    roots: list[tuple[int, str]] = []  # those that the term before begins with, the longest last
    for at, term in sorted(enumerate(terms), key=itemgetter(1)):
        while roots and not term.startswith(roots[-1][1]):
            roots.pop()
        for root, word in roots:
            if len(word) >= ROOT and len(term) <= len(word) + ENDING and " " not in term[len(word) :]:
                found[at] = root
                break
        else:
            roots.append((at, term))
    return found
