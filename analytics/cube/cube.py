"""The cube: which articles a filter means, and how often whom they mention."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from babel import Locale, UnknownLocaleError
from numpy.typing import NDArray

from analytics.corpus import Corpus
from analytics.corpus.store import KEYS
from analytics.cube.calendar import from_number, ordinals, to_number
from analytics.cube.kept import Kept
from analytics.cube.layout import UNDATED, Bools, Codes, Ints, Layout, Mentions, Seen, lay_out, merge, numbers
from analytics.cube.presence import Members, Presence, pack, sums
from analytics.filters import Filters, Name
from analytics.gazetteer import Gazetteer
from analytics.model import SENSES, Entity, Kind, Sense, Topic
from analytics.periods import COUNTED_IN, GRAINS, PRECISIONS, Grain
from analytics.search import Asked

NO_TOPIC = "none"  # stands among topic ids for the articles that belong to no topic
OTHER = "…"  # stands among ids for all those that a ranking does not list
MISSING = ""  # stands for the outlet or language of an article that names none
WORDS = {
    NO_TOPIC: {"az": "mövzusuz", "en": "no topic"},
    OTHER: {"az": "digərləri", "en": "others"},
    MISSING: {"az": "göstərilməyib", "en": "not given"},
}

ARTICLE_COLUMNS = ["id", "published", "precision", "outlet", "language", "title", "duplicate_of"]
MENTION_FIELDS = ("entity", "kind", "name", "sense", "field", "role")
TOPIC_FIELDS = ("topic", "score", "evidence")
NOWHERE = np.iinfo(np.int32).min  # below every ordinal: those of periods before 1970 are negative
MERGED = 2  # combinations of senses kept merged: at 20 M mentions each is 150 MB and takes 4 s to make
REMEMBERED = 32  # masks kept: at 1 M articles each is 1 MB
PARTS = 256  # of the search index whose articles' rows are remembered
LARGE = 20_000  # articles from which a layout is kept on the disk: it takes a second to make

Search = Callable[[str], Iterable[Asked]]
"""The articles that were asked, in some parts, and which of them match."""
Keep = Callable[[str, Callable[[], Ints]], Ints]
"""Row numbers by name: those that are kept, or those now made."""


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


@dataclass(frozen=True, slots=True)
class Someone:
    """An entity of the corpus: kind, what to call it, role mentioned most, and whether the gazetteer knows it."""

    kind: Kind
    names: Mapping[str, str]
    role: str
    known: bool


def _someone(seen: Seen, known: Entity | None) -> Someone:
    """Named by the gazetteer, or by the corpus where the gazetteer does not know them."""
    if known is None:
        return Someone(seen.kind, {"az": seen.name}, seen.role, known=False)
    return Someone(known.kind, known.names, seen.role, known=True)


class Cube:
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
        keep: Keep = lambda _, make: make(),
    ) -> None:
        self.version = version
        self.articles, self.topics = layout.articles, layout.topics
        self.entities, self.themes = layout.entities, layout.themes
        self.places = layout.places
        self.people = tuple(
            _someone(one, gazetteer.get(id_)) for id_, one in zip(layout.entities, layout.seen, strict=True)
        )
        self.entity_code = {entity: code for code, entity in enumerate(self.entities)}
        self.theme_code = {topic: code for code, topic in enumerate(self.themes)}
        self._gazetteer, self._themes = gazetteer, topics
        self._search, self._keep = search, keep
        self._asked: dict[str, Ints] = {}
        self.periods: dict[Grain, Ints] = {grain: _periods(layout, grain) for grain in GRAINS}
        self._by_sense = layout.mentions
        self._merged = lru_cache(MERGED)(self._merge)
        self._presence = lru_cache(MERGED + len(SENSES))(self._present)
        self.ordered = lru_cache(REMEMBERED)(self._ordered)
        self._together = lru_cache(REMEMBERED)(self._counted_together)
        self.where = lru_cache(REMEMBERED)(self._where)
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

    def __len__(self) -> int:
        return len(self.articles.ids)

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
        placed = (self.periods[grain] != NOWHERE) & self.articles.analysed
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

    def kind(self, entity: str) -> Kind | None:
        """What kind of entity this is, or None when neither the corpus nor the gazetteer knows it."""
        if entity in self._gazetteer:
            return self._gazetteer[entity].kind
        someone = self.someone(entity)
        return someone.kind if someone else None

    def someone(self, entity: str) -> Someone | None:
        """Names, kind and role of an entity, or None when the corpus does not mention it."""
        code = self.entity_code.get(entity)
        return None if code is None else self.people[code]

    def name(self, kind: str, thing: str, language: str = "az") -> str:
        """What to call an entity, topic, outlet or language; the id itself where nothing better is known."""
        if thing in WORDS and (thing != NO_TOPIC or kind == "topic"):
            return WORDS[thing].get(language, WORDS[thing]["en"])
        if kind == "entity" and (someone := self.someone(thing)):
            return someone.names.get(language) or someone.names["az"]
        if kind == "entity" and thing in self._gazetteer:
            return self._gazetteer[thing].name(language)
        if kind == "topic" and thing in self._themes:
            return self._themes[thing].name(language)
        return _language_name(thing, language) if kind == "language" else thing

    def names(self, language: str = "az") -> Name:
        """`name` in one language, as `Filters.describe` wants it."""
        return lambda kind, thing: self.name(kind, thing, language)

    # Which articles

    def select(self, filters: Filters) -> list[str]:
        """The ids of the articles that these filters mean, in order of (published, id), the undated last.

        Those that mention any of the entities, in a sense that is counted; all of the part where none is chosen.
        Word-for-word reprints only if `filters.reprints`, or where the article they repeat lies outside.
        """
        chosen: list[str] = self.articles.ids.filter(pa.array(self.select_rows(filters))).to_pylist()
        return chosen

    def base(self, filters: Filters) -> Bools:
        """The denominator: the analysed articles of this part of the corpus, whoever they mention."""
        return self.where(_part(filters)) & self.articles.analysed

    def _select_rows(self, filters: Filters) -> Bools:
        base = self.where(_part(filters))
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
        return Presence(self.mentions(tuple(senses)), len(self))

    def _ordered(self, senses: frozenset[Sense], kind: Kind | None) -> tuple[int, ...]:
        """The codes of all entities of a kind that are mentioned, those that most articles mention first."""
        total = self.presence(tuple(senses)).total
        order = np.argsort(-total, kind="stable").tolist()
        return tuple(code for code in order if total[code] and kind in {None, self.people[code].kind})

    def mentioning(self, entities: Sequence[str], senses: Sequence[Sense]) -> Bools:
        """The articles that mention any of these entities in any of these senses."""
        there = self.presence(senses)
        mask = np.zeros(len(self), np.bool_)
        for entity in entities:
            if (code := self.entity_code.get(entity)) is not None:
                mask |= there.mask(code)
        return mask

    @cached_property
    def discovered(self) -> tuple[str, ...]:
        """The topics of this corpus that nobody named."""
        return tuple(topic for topic, found in zip(self.themes, self._found, strict=True) if found)

    @cached_property
    def named(self) -> tuple[str, ...]:
        """The topics that were named, in order of id, whether the corpus has them or not."""
        return tuple(sorted(topic for topic, known in self._themes.items() if known.seeds))

    def theme(self, topic: str) -> Topic | None:
        """A topic's names and seeds, or None where only the corpus knows it."""
        return self._themes.get(topic)

    def family(self, topic: str) -> str:
        """The discovered topic under which a discovered one stands; itself where it stands alone or leads."""
        known = self._themes.get(topic)
        return known.family if known and known.family in self._themes else topic

    def theme_language(self, topic: str) -> str:
        """The language in which a topic was discovered, or the first it is named in."""
        known = self._themes.get(topic)
        return next(iter(known.names), "en") if known else "en"

    @cached_property
    def _found(self) -> Bools:
        """For each topic code whether the topic was discovered: it has no seeds."""
        known = self._themes
        return np.array([topic in known and not known[topic].seeds for topic in self.themes], dtype=np.bool_)

    @cached_property
    def spoken(self) -> NDArray[np.int64]:
        """Where the rows of each topic and term begin among those of terms, and the number of all of them."""
        rows = self.topics
        new = (rows.term_topic[1:] != rows.term_topic[:-1]) | (rows.term.codes[1:] != rows.term.codes[:-1])
        return np.concatenate([[0], np.flatnonzero(new) + 1, [len(rows.term_topic)]])[: None if len(new) else 1]

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

    def _where(self, filters: Filters) -> Bools:
        """The articles of a part of the corpus. Kept for the last `REMEMBERED` parts asked for."""
        rows = self.articles
        mask = np.ones(len(self), np.bool_)
        if filters.start or filters.end:
            mask = rows.day != UNDATED
        if filters.start:
            mask &= rows.day >= to_number(filters.start)
        if filters.end:
            mask &= rows.last <= to_number(filters.end)
        if filters.topics:
            mask &= self.about(filters.topics)
        if filters.outlets:
            mask &= _among(rows.outlet, filters.outlets)
        if filters.languages:
            mask &= _among(rows.language, filters.languages)
        if filters.query:
            mask &= self._matching(filters.query)
        if not filters.reprints:
            mask &= ~self._repeated(mask)
        mask.flags.writeable = False
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

    def _repeated(self, mask: Bools) -> Bools:
        """Reprints of an article that is itself in the mask. Of several whose original is outside, the first stays."""
        reprints, family, original = self._reprints
        here = mask[reprints]
        reprints, family, original = reprints[here], family[here], original[here]
        later = np.append(False, family[1:] == family[:-1])[: len(family)]
        return self._mask(reprints[later | ((original >= 0) & mask[original])])

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
        found: Bools = self.periods[grain] != NOWHERE
        return found

    @cached_property
    def dated(self) -> int:
        """The number of dated articles: the rows before those of the undated."""
        return int(np.searchsorted(self.articles.day, UNDATED))

    @cached_property
    def coarse(self) -> NDArray[np.intp]:
        """The dated articles whose date is a month or a year."""
        return np.flatnonzero((self.articles.day != UNDATED) & (self.articles.precision > 0))

    @cached_property
    def story_rows(self) -> Members:
        """The articles of each story."""
        return Members(self.articles.story.codes, len(self.articles.story.levels))

    def tally(self, mask: Bools, bounds: NDArray[np.int64], entities: Sequence[str], senses: Sequence[Sense]) -> Tally:
        """Counts per entity over the articles of a mask, between each bound (a row) and the next.

        An entity that is not in the corpus counts 0.
        """
        there, packed = self.presence(senses), pack(mask)
        shape = (len(entities), len(bounds) - 1)
        coverage, mentions = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        for line, entity in enumerate(entities):
            if (code := self.entity_code.get(entity)) is not None:
                coverage[line], mentions[line] = there.over(code, mask, packed, bounds)
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
        self, mask: Bools, senses: Sequence[Sense], kind: Kind | None, top: int
    ) -> tuple[NDArray[np.intp], Totals]:
        """Those of a kind (None: of any) that most articles of a mask mention, by code, with their counts.

        At least `top`, where there are so many, and all that are level with the last.
        """
        there = self.presence(senses)
        found = there.leaders(self.ordered(frozenset(senses), kind), mask, top)
        codes = np.array([code for _, code in found], np.intp)
        coverage = np.array([articles for articles, _ in found], np.int64)
        mentions = np.array([there.mentions(code, mask, articles) for articles, code in found], np.int64)
        titled = np.array([there.titled(code, mask) for _, code in found], np.int64)
        return codes, Totals(coverage, mentions, titled)

    def everybody(self, mask: Bools, senses: Sequence[Sense], kind: Kind | None) -> tuple[int, int, int]:
        """Coverage, mentions and titles over the articles of a mask, summed over the entities of a kind (None: all)."""
        coverage, mentions, titled = (int((counts * mask).sum()) for counts in self._together(frozenset(senses), kind))
        return coverage, mentions, titled

    def _counted_together(self, senses: frozenset[Sense], kind: Kind | None) -> tuple[Ints, Ints, Ints]:
        return self.presence(tuple(senses)).together(self.ordered(senses, kind))

    def volume(self, rows: NDArray[np.integer], entities: Sequence[str], senses: Sequence[Sense]) -> NDArray[np.int64]:
        """How often each of these articles mentions any of these entities; anybody, where none is named."""
        codes = [self.entity_code[e] for e in entities if e in self.entity_code] if entities else None
        return self.presence(senses).volume(codes, rows)


def open_cube(corpus: Corpus, search: Search | None = None, known: Gazetteer | None = None) -> Cube:
    """The cube of a corpus at the version at which it is open.

    `search` says which articles match a full-text query; `known` is the corpus's gazetteer, where it is loaded
    already. Raises CorpusError for a damaged corpus,
    GazetteerError and TopicError for a fault in the analyst's own data.
    """
    # Imported here: they bring scikit-learn (1 s), and a cube of tables in memory needs neither.
    from analytics import gazetteer, topics

    entities = (known or gazetteer.load(corpus.data)).entities
    themes = topics.catalogue(corpus.data)
    kept = kept_of(corpus, themes.part)
    layout = _layout(corpus, kept, themes.part)
    return Cube(layout, entities, themes.topics, version=corpus.version, search=search, keep=kept.rows)


def _layout(corpus: Corpus, kept: Kept, part: Mapping[str, str]) -> Layout:
    """The layout that is kept of this version; one that was made now, and is kept if it took long."""
    found = kept.read()
    if found is None:
        found = laid_out(corpus, part)
        # Whoever looks back to an older version must not put out the layout of the newest.
        if corpus.count("articles") >= LARGE and corpus.version == Corpus.open(str(corpus.place)).version:
            kept.write(found)
    return found


def laid_out(corpus: Corpus, part: Mapping[str, str]) -> Layout:
    """The layout of this version of a corpus, made from its tables."""
    found = lay_out(corpus.table("articles", ARTICLE_COLUMNS), _analysis(corpus.files("analysis")), part)
    return replace(found, places={name: corpus.places(name) for name in KEYS})


def kept_of(corpus: Corpus, part: Mapping[str, str]) -> Kept:
    """Where the layout of this version of a corpus is kept."""
    return Kept(corpus.path / "cube", [*corpus.files("articles"), *corpus.files("analysis")], part)


def _analysis(files: Iterable[str]) -> Iterator[pa.RecordBatch]:
    """Only those parts of the nested columns that are counted: surfaces, sentences and offsets stay on the disk."""
    for path in files:
        with pq.ParquetFile(path) as parquet:
            leaves = (column.path for column in (parquet.schema.column(i) for i in range(len(parquet.schema))))
            yield from parquet.iter_batches(20_000, columns=[leaf for leaf in leaves if _is_counted(leaf.split("."))])


def _is_counted(leaf: Sequence[str]) -> bool:
    """Whether a leaf of the Parquet schema is read: `mentions.list.element.entity` and its like."""
    match leaf:
        case ["mentions", _, _, field]:
            return field in MENTION_FIELDS
        case ["topics", _, _, field, *_]:
            return field in TOPIC_FIELDS
        case _:
            return leaf[0] in {"article", "story"}


def _part(filters: Filters) -> Filters:
    """The part of the corpus that filters mean, equal for all that count it differently."""
    return filters.but(entities=(), by="month", measure="coverage", senses=("name",))


def _periods(layout: Layout, grain: Grain) -> Ints:
    """The ordinal of each article's period, -1 where its date is coarser than the grain, or not there at all."""
    rows = layout.articles
    counted = np.isin(rows.precision, [PRECISIONS.index(p) for p in COUNTED_IN[grain]]) & (rows.day != UNDATED)
    found = np.full(len(rows.day), NOWHERE, dtype=np.int32)
    found[counted] = ordinals(rows.day[counted], grain)
    return found


def _among(column: Codes, wanted: Iterable[str]) -> Bools:
    among = np.zeros(len(column.levels) + 1, np.bool_)
    among[[column.code[value] for value in wanted if value in column.code]] = True
    return among[column.codes]


@cache
def _language_name(code: str, language: str) -> str:
    """The name of a language in another, by CLDR; the code itself where CLDR has none."""
    try:
        return Locale.parse(language).languages.get(code) or code
    except (UnknownLocaleError, ValueError):
        return code
