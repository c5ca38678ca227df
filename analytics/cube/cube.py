"""The cube: whom the articles of a filter mention, and how often."""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from analytics.cube.bits import Bits, none, union, unpacked
from analytics.cube.calendar import from_number
from analytics.cube.codes import Bools, Ints
from analytics.cube.counted import Counted, Mask, sums
from analytics.cube.keep import Keep, Numbers, made_now
from analytics.cube.laying import lay_out, merge
from analytics.cube.layout import UNDATED, Layout, Mentions
from analytics.cube.members import Members
from analytics.cube.names import MISSING, NO_TOPIC
from analytics.cube.parts import REMEMBERED, Parts, Search
from analytics.cube.presence import Presence
from analytics.filters import Filters
from analytics.model import KINDS, SENSES, Entity, Kind, Sense, Topic
from analytics.periods import COUNTED_IN, PRECISIONS, Grain

MERGED = 2  # combinations of senses kept merged: at 20 M mentions each is 150 MB and takes 4 s to make
SUMS = 8  # numbers over all of a kind kept: at 1 M articles each is 12 MB


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Counts by entity (rows) and period (columns): articles that mention it, and mentions."""

    coverage: NDArray[np.int64]
    mentions: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Totals:
    """Counts by entity: articles that mention it, mentions, articles that mention it in the title."""

    coverage: NDArray[np.int64]
    mentions: NDArray[np.int64]
    titled: NDArray[np.int64]

    def of(self, places: NDArray[np.intp]) -> "Totals":
        """Those of the entities at these places."""
        return Totals(self.coverage[places], self.mentions[places], self.titled[places])


class Cube(Parts):
    """An analysed corpus laid out for counting. Read-only: every thread may use it at once.

    Articles are meant by their row number, in order of (published, id), the undated last.
    """

    def __init__(
        self,
        layout: Layout,
        gazetteer: Mapping[str, Entity],
        topics: Mapping[str, Topic],
        *,
        version: str = "",
        search: Search | None = None,
        keep: Keep = made_now,
    ) -> None:
        super().__init__(layout, gazetteer, topics, search, keep)
        self.version = version
        self.terms, self.places = layout.terms, layout.places
        self._by_sense = layout.mentions
        self._merged = lru_cache(MERGED)(self._merge)
        self._presence = lru_cache(MERGED + len(SENSES))(self._present)
        self.ordered = lru_cache(REMEMBERED)(self._ordered)
        self._together = lru_cache(REMEMBERED)(self._counted_together)
        self._numbers = lru_cache(SUMS)(self._numbers_together)
        self.select_rows = lru_cache(REMEMBERED)(self._select_rows)

    @classmethod
    def from_tables(
        cls,
        articles: pa.Table,
        analysis: pa.Table,
        gazetteer: Mapping[str, Entity] | None = None,
        topics: Mapping[str, Topic] | None = None,
        *,
        version: str = "",
        search: Search | None = None,
    ) -> Self:
        """A cube of tables in memory; `articles` and `analysis` as in `model`, fewer columns will do (`lay_out`)."""
        layout = lay_out(articles, analysis.to_batches())
        return cls(layout, gazetteer or {}, topics or {}, version=version, search=search)

    # What there is

    @cached_property
    def first(self) -> dt.date | None:
        """The first day of the earliest date in the corpus, or None when no article is dated."""
        dated = self.articles.day[self.articles.day != UNDATED]
        return from_number(int(dated[0])) if len(dated) else None

    @cached_property
    def last(self) -> dt.date | None:
        """The last day of the latest date in the corpus, or None when no article is dated."""
        dated = self.articles.last[self.articles.day != UNDATED]
        return from_number(int(dated.max())) if len(dated) else None

    @cache  # noqa: B019 (a cube lives as long as its corpus version is looked at; five small values)
    def reach(self, grain: Grain) -> tuple[dt.date, dt.date] | None:
        """The first and last day of the articles that have a place among periods of this grain, or None for none."""
        placed = self.placed(grain) & self.articles.analysed
        if not placed.any():
            return None
        first, last = self.articles.day[placed].min(), self.articles.last[placed].max()
        return from_number(int(first)), from_number(int(last))

    @cached_property
    def known(self) -> dict[str, tuple[str, ...]]:
        """The ids that exist in this corpus, per parameter of a query: what `Filters.from_query` checks against."""
        return {
            "entities": self.entities,
            "topics": (*sorted({*self.themes, *self._themes}), NO_TOPIC),
            "outlets": tuple(sorted(self.articles.outlet.code.keys() - {MISSING})),
            "languages": tuple(sorted(self.articles.language.code.keys() - {MISSING})),
        }

    # Which articles

    def select(self, filters: Filters) -> list[str]:
        """The ids of the articles that these filters mean, in order of (published, id), the undated last.

        Those that mention any of the entities, in a sense that is counted; all of the part where none is chosen.
        Word-for-word reprints only if `filters.reprints`, or where the article they repeat lies outside.
        """
        chosen: list[str] = self.articles.ids.filter(pa.array(self.select_rows(filters))).to_pylist()
        return chosen

    def _select_rows(self, filters: Filters) -> Bools:
        base = self.part(filters)
        return base & self.mentioning(filters.entities, filters.senses) if filters.entities else base

    def mentions(self, senses: Sequence[Sense]) -> Mentions:
        """Who is mentioned where, in any of these senses: one row per entity and article."""
        return self._by_sense[senses[0]] if len(senses) == 1 else self._merged(frozenset(senses))

    def _merge(self, senses: frozenset[Sense]) -> Mentions:
        parts = [self._by_sense[sense] for sense in senses]
        entity = [np.repeat(np.arange(len(self.entities), dtype=np.int64), np.diff(part.bounds)) for part in parts]
        return merge(
            np.concatenate([e * max(len(self), 1) + part.article for e, part in zip(entity, parts, strict=True)]),
            np.concatenate([part.count for part in parts]),
            np.concatenate([part.titled for part in parts]),
            len(self.entities),
            len(self),
        )

    def presence(self, senses: Sequence[Sense]) -> Presence:
        """The same, ready to be counted under any mask."""
        return self._presence(frozenset(senses))

    def _present(self, senses: frozenset[Sense]) -> Presence:
        return Presence(self.mentions(tuple(senses)), len(self), self._keep_of(senses))

    def _keep_of(self, senses: frozenset[Sense]) -> Keep:
        """Where numbers of one sense are kept; those of several, which are many, are not."""

        def keep(name: str, make: Callable[[], Numbers]) -> Numbers:
            return self._keep("-".join((name, *senses)), make)

        return keep if len(senses) == 1 else made_now

    def _ordered(self, senses: frozenset[Sense], kind: Kind | None) -> NDArray[np.intp]:
        """The codes of all entities of a kind that are mentioned, those that most articles mention first."""
        total = self.presence(tuple(senses)).total
        order = np.argsort(-total, kind="stable")
        alike = np.array([kind in {None, self.people[code].kind} for code in order.tolist()], np.bool_)
        return order[(total[order] > 0) & alike]

    def mentioning(self, entities: Sequence[str], senses: Sequence[Sense]) -> Bools:
        """The articles that mention any of these entities in any of these senses."""
        return unpacked(union((self.mentioning_bits(entity, senses) for entity in entities), len(self)), len(self))

    def mentioning_bits(self, entity: str, senses: Sequence[Sense]) -> Bits:
        """The articles that mention an entity, one bit for each: see `pack`."""
        code = self.entity_code.get(entity)
        return none(len(self)) if code is None else self.presence(senses).bits(code)

    def naming(self, entity: str) -> int:
        """In how many articles an entity is named."""
        code = self.entity_code.get(entity)
        return 0 if code is None else int(self.presence(("name",)).total[code])

    def prepare(self) -> None:
        """Make what takes long, and is kept beside the layout, where it is not."""
        senses: tuple[Sense, ...] = ("name",)
        there = self.presence(senses)
        _ = there.again, there.titled, there.named, self.story_rows
        for kind in (None, *KINDS):
            self._numbers(frozenset(senses), kind)

    # How many

    def stretches(self, starts: NDArray[np.datetime64]) -> NDArray[np.int64]:
        """The row with which each period begins, by its first day: its articles lie from there to the next one's.

        Among them lie those that are dated too coarsely to be of one period: see `placed`.
        """
        found: NDArray[np.int64] = np.searchsorted(self.articles.day, starts.astype("datetime64[D]").astype(np.int32))
        return found

    @cache  # noqa: B019 (as `reach`)
    def placed(self, grain: Grain) -> Bools:
        """The articles that have a place among periods of this grain."""
        rows = self.articles
        exact = np.zeros(len(PRECISIONS) + 1, np.bool_)  # the last one is for articles without a date, which have -1
        exact[[PRECISIONS.index(each) for each in COUNTED_IN[grain]]] = True
        found: Bools = exact[rows.precision] & (rows.day != UNDATED)
        return found

    @cached_property
    def coarse(self) -> NDArray[np.intp]:
        """The dated articles whose date is a month or a year."""
        return np.flatnonzero((self.articles.day != UNDATED) & (self.articles.precision > 0))

    @cached_property
    def story_rows(self) -> Members:
        """The articles of each story."""
        story = self.articles.story
        return Members.kept(self._keep, "stories", lambda: Members.grouped(story.codes, len(story.levels)))

    def reports(self, story: str) -> Ints:
        """The articles of one story; none for an unknown id."""
        code = self.articles.story.code.get(story)
        return self.story_rows.of(code) if code is not None else np.zeros(0, np.int32)

    def telling(self, story: str) -> Bools:
        """The same as a mask."""
        return self._mask(self.reports(story))

    def tally(self, mask: Bools, bounds: NDArray[np.int64], entities: Sequence[str], senses: Sequence[Sense]) -> Tally:
        """Counts per entity over the articles of a mask, between each bound (a row) and the next.

        An entity that is not in the corpus counts 0.
        """
        there, counted = self.presence(senses), Mask.of(mask)
        shape = (len(entities), len(bounds) - 1)
        coverage, mentions = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        for line, entity in enumerate(entities):
            if (code := self.entity_code.get(entity)) is not None:
                coverage[line], mentions[line] = there.over(code, counted, bounds)
        return Tally(coverage, mentions)

    def totals(self, mask: Bools, senses: Sequence[Sense]) -> Totals:
        """Counts per entity, in the order of `entities`, over the articles of a mask."""
        rows = self.mentions(senses)
        inside = mask.take(rows.article, mode="clip")  # twice as fast as by index
        return Totals(
            coverage=sums(inside, rows.bounds),
            mentions=sums(rows.count * inside, rows.bounds),
            titled=sums(rows.titled & inside, rows.bounds),
        )

    def leaders(
        self, mask: Bools, senses: Sequence[Sense], kind: Kind | None, top: int, *, by_mentions: bool = False
    ) -> tuple[NDArray[np.intp], Totals]:
        """Those of a kind (None: any) whom most articles of a mask mention, or most often, by code, with their counts.

        At least `top`, where there are so many, and all that are level with the last.
        """
        there, counted = self.presence(senses), Mask.of(mask)
        leading = there.most_mentioned if by_mentions else there.leaders
        found = [code for _, code in leading(self.ordered(frozenset(senses), kind), counted, top)]
        coverage, again, titled = (
            np.array([count(code, counted) for code in found], np.int64)
            for count in (there.inside, there.mentions_again, there.in_titles)
        )
        return np.array(found, np.intp), Totals(coverage, coverage + again, titled)

    def everybody(self, mask: Bools, senses: Sequence[Sense], kind: Kind | None) -> tuple[int, int, int]:
        """Coverage, mentions and titles over the articles of a mask, summed over the entities of a kind (None: all)."""
        counted = Mask.of(mask)
        coverage, mentions, titled = (numbers.sum(counted) for numbers in self._together(frozenset(senses), kind))
        return coverage, mentions, titled

    def _counted_together(self, senses: frozenset[Sense], kind: Kind | None) -> tuple[Counted, Counted, Counted]:
        every = np.arange(len(self), dtype=np.int32)
        coverage, mentions, titled = (Counted.of(every, line, len(self)) for line in self._numbers(senses, kind))
        return coverage, mentions, titled

    def _numbers_together(self, senses: frozenset[Sense], kind: Kind | None) -> NDArray[np.int32]:
        """What `Presence.together` says of all of a kind: half a second over 20 M mentions, and so kept."""
        codes = self.ordered(senses, kind)

        def make() -> NDArray[np.int32]:
            return self.presence(tuple(senses)).together(codes.tolist())

        whom = hashlib.blake2b(codes.astype(np.int64).tobytes(), digest_size=8).hexdigest()
        return self._keep_of(senses)(f"together-{whom}", make)

    def volume(self, rows: NDArray[np.integer], entities: Sequence[str], senses: Sequence[Sense]) -> NDArray[np.int64]:
        """How often each of these articles mentions any of these entities; anybody, where none is named."""
        if not entities:
            mentions: NDArray[np.int64] = self._numbers(frozenset(senses), None)[1][rows].astype(np.int64)
            return mentions
        codes = [self.entity_code[e] for e in entities if e in self.entity_code]
        return self.presence(senses).volume(codes, rows)
