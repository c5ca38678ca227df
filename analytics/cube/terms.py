"""The terms that spoke for the topics of each article, laid out to be summed up over any part of a corpus."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from analytics.cube.codes import Bools, Codes, Ints
from analytics.text.letters import fold

ROOT, ENDING = 5, 6  # letters of a term that its forms begin with, and of their endings at most


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """One row per article, topic and term that spoke for it there, in order of article.

    Those of article a are `bounds[a]:bounds[a + 1]`, in order of pair. Row r is of pair `pair[r]`: a topic and a
    term. Pairs are in order of topic, then of root, the term that theirs is a form of; pair p is of `topic[p]`, and
    its term is `term.levels[term.codes[p]]`.
    """

    pair: Ints
    weight: NDArray[np.float32]
    bounds: NDArray[np.int64]
    topic: Ints
    root: Ints
    term: Codes

    @classmethod
    def of(cls, article: Ints, topic: Ints, term: Codes, weight: NDArray[np.float32], articles: int) -> Self:
        """The layout of rows in any order."""
        root = same([fold(one) for one in term.levels])
        rank = np.empty(len(root), np.int64)
        rank[np.lexsort((np.arange(len(root)), root))] = np.arange(len(root))
        key = topic * np.int64(len(root)) + rank[term.codes]  # one number for topic, root and term, in that order
        _, first, number = np.unique(key, return_index=True, return_inverse=True)
        order = np.lexsort((number, article))
        return cls(
            pair=number[order].astype(np.int32),
            weight=weight[order],
            bounds=np.searchsorted(article[order], np.arange(articles + 1)),
            topic=topic[first],
            root=root[term.codes[first]].astype(np.int32),
            term=Codes(term.levels, term.codes[first]),
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

    def groups(self) -> NDArray[np.intp]:
        """The first pair of each topic and root."""
        new = (self.topic[1:] != self.topic[:-1]) | (self.root[1:] != self.root[:-1])
        return np.concatenate([[0], np.flatnonzero(new) + 1])[: len(self.topic)]


def same(terms: list[str]) -> NDArray[np.int64]:
    """A number for each term, the same for one and its inflected forms: what begins with it, and ends soon after."""
    found = np.zeros(len(terms), dtype=np.int64)
    roots: list[int] = []  # those that the term before begins with, the longest last
    for at in sorted(range(len(terms)), key=terms.__getitem__):
        while roots and not terms[at].startswith(terms[roots[-1]]):
            roots.pop()
        rests = [(root, terms[at][len(terms[root]) :]) for root in roots if len(terms[root]) >= ROOT]
        found[at] = next((root for root, rest in rests if " " not in rest and len(rest) <= ENDING), at)
        if found[at] == at:
            roots.append(at)
    return found
