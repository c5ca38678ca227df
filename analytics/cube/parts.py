"""Parts of a corpus: which articles lie between two days, in an outlet, a language, a topic, and answer a search.

Whom they mention is no matter here.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.cube.calendar import to_number
from analytics.cube.codes import Bools, Ints
from analytics.cube.keep import Keep
from analytics.cube.laying import numbers
from analytics.cube.layout import UNDATED, Layout
from analytics.cube.names import NO_TOPIC, Names
from analytics.filters import Filters
from analytics.model import Entity, Topic
from analytics.search import Asked

REMEMBERED = 32  # masks kept: at 1 M articles each is 1 MB
PARTS = 256  # of the search index whose articles' rows are remembered

Search = Callable[[str], Iterable[Asked]]
"""The articles that were asked, in some parts, and which of them match."""


class Parts(Names):
    """The articles of a layout, and which of them a filter means whoever they mention.

    Articles are meant by their row number, in order of (published, id), the undated last.
    """

    def __init__(
        self,
        layout: Layout,
        gazetteer: Mapping[str, Entity],
        topics: Mapping[str, Topic],
        search: Search | None,
        keep: Keep,
    ) -> None:
        super().__init__(layout, gazetteer, topics)
        self.articles, self.topics = layout.articles, layout.topics
        self._search, self._keep = search, keep
        self._asked: dict[str, Ints] = {}
        self.where = lru_cache(REMEMBERED)(self._where)

    def __len__(self) -> int:
        return len(self.articles.ids)

    def base(self, filters: Filters) -> Bools:
        """The denominator: the analysed articles of this part of the corpus, whoever they mention."""
        there = self.part(filters)
        return there if self._all_analysed else there & self.articles.analysed

    def part(self, filters: Filters) -> Bools:
        """The articles of this part of the corpus, analysed or not, whoever they mention."""
        return self.where(_part(filters))

    @cached_property
    def _all_analysed(self) -> bool:
        return bool(self.articles.analysed.all())

    def about(self, topics: Sequence[str]) -> Bools:
        """The articles that belong to any of these topics, or to no named one for `NO_TOPIC`."""
        mask = np.zeros(len(self), np.bool_)
        if NO_TOPIC in topics:
            mask = self._unnamed.copy()
        for topic in topics:
            if (code := self.theme_code.get(topic)) is not None:
                mask[self.topics.article[slice(*self.topics.bounds[code : code + 2])]] = True
        return mask

    @cached_property
    def _unnamed(self) -> Bools:
        """The articles that belong to no named topic."""
        unnamed: Bools = ~self._mask(self.topics.article[~self._found[self.topics.topic]])
        return unnamed

    @cached_property
    def dated(self) -> int:
        """The number of dated articles: the rows before those of the undated."""
        return int(np.searchsorted(self.articles.day, UNDATED))

    def _where(self, filters: Filters) -> Bools:
        """The articles of a part of the corpus. Kept for the last `REMEMBERED` parts asked for."""
        rows = self.articles
        mask = self._dated(filters.start, filters.end)
        if filters.topics:
            mask &= self.about(filters.topics)
        if filters.outlets:
            mask &= rows.outlet.among(filters.outlets)
        if filters.languages:
            mask &= rows.language.among(filters.languages)
        if filters.query:
            mask &= self._matching(filters.query)
        if not filters.reprints:
            mask[self._repeated(mask)] = False
        mask.flags.writeable = False
        return mask

    def _dated(self, start: dt.date | None, end: dt.date | None) -> Bools:
        """The articles whose date lies between two days, both included; without either the undated as well."""
        rows, mask = self.articles, np.zeros(len(self), np.bool_)
        first = np.searchsorted(rows.day, to_number(start)) if start else 0
        if end:
            after = np.searchsorted(rows.day, to_number(end), side="right")
            mask[first:after] = rows.last[first:after] <= to_number(end)
        else:
            mask[first : self.dated if start else len(self)] = True
        return mask

    def _matching(self, query: str) -> Bools:
        if self._search is None:
            raise ValueError("this cube was made without a full-text search")
        mask = np.zeros(len(self) + 1, np.bool_)  # the last one is for articles of other versions
        for part in self._search(query):
            mask[self._rows_of(part)[part.matching]] = True
        return mask[:-1]

    def _rows_of(self, part: Asked) -> Ints:
        """The rows of the articles that were asked, -1 where another version has them. Made once for each part."""
        if part.name not in self._asked:
            if len(self._asked) >= PARTS:
                self._asked.clear()
            self._asked[part.name] = self._keep(part.name, lambda: numbers(part.ids, self.articles.ids))
        return self._asked[part.name]

    def _repeated(self, mask: Bools) -> Ints:
        """Reprints of an article that is itself in the mask. Of several whose original is outside, the first stays."""
        reprints, family, original = self._reprints
        here = mask[reprints]
        reprints, family, original = reprints[here], family[here], original[here]
        later = np.append(False, family[1:] == family[:-1])[: len(family)]
        return reprints[later | ((original >= 0) & mask[original])]

    @cached_property
    def _reprints(self) -> tuple[Ints, Ints, Ints]:
        """The rows of all reprints, each family's together and in order; their family; the original's row, or -1."""
        rows = self.articles
        originals = np.full(int(rows.family.max(initial=-1)) + 1, -1, np.int32)
        first = np.flatnonzero(~rows.reprint)
        originals[rows.family[first]] = first
        reprints = np.flatnonzero(rows.reprint).astype(np.int32)
        reprints = reprints[np.argsort(rows.family[reprints], kind="stable")]
        family = rows.family[reprints]
        return reprints, family, originals[family]

    def _mask(self, rows: NDArray[np.integer]) -> Bools:
        mask = np.zeros(len(self), np.bool_)
        mask[rows] = True
        return mask


def _part(filters: Filters) -> Filters:
    """The part of the corpus that filters mean, equal for all that count it differently."""
    return filters.but(entities=(), by="month", measure="coverage", senses=("name",))
