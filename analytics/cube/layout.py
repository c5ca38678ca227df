"""Arrow tables -> sorted arrays: the form in which counting is cheap."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from analytics.corpus.places import Places
from analytics.corpus.store import Name
from analytics.cube.calendar import from_number, to_number
from analytics.cube.codes import Bools, Coder, Codes, Ints
from analytics.cube.terms import Terms
from analytics.model import SENSES, Kind, Sense
from analytics.periods import PRECISIONS, next_start

UNDATED = np.iinfo(np.int32).max  # sorts last, and lies in no period


@dataclass(frozen=True, slots=True, eq=False)
class Articles:
    """One row per article, in order of date and id, undated ones last. Row numbers are what all else refers to.

    `day` and `last` are the first and last day of the article's date, in days since 1970 (`UNDATED` for none);
    `precision` is an index into `periods.PRECISIONS`, -1 for none. `family` is equal for an article and its
    reprints. `story` is -1 for none.
    """

    ids: pa.LargeStringArray
    day: Ints
    last: Ints
    precision: NDArray[np.int8]
    outlet: Codes
    language: Codes
    title: pa.LargeStringArray
    reprint: Bools
    family: Ints
    analysed: Bools
    story: Codes


@dataclass(frozen=True, slots=True, eq=False)
class Mentions:
    """One row per entity and article, in that order. `bounds[e]:bounds[e + 1]` are the rows of entity e.

    `count` is the number of mentions, `titled` whether one of them stands in the title.
    """

    article: Ints
    count: Ints
    titled: Bools
    bounds: NDArray[np.int64]

    def of(self, code: int) -> slice:
        """The rows of one entity; none for -1."""
        return slice(int(self.bounds[code]), int(self.bounds[code + 1])) if code >= 0 else slice(0, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Topics:
    """One row per topic and article, in that order. `bounds[t]:bounds[t + 1]` are the rows of topic t."""

    topic: Ints
    article: Ints
    score: NDArray[np.float32]
    bounds: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Seen:
    """An entity as the corpus knows it: what kind it is, its name, and the role in which it is mentioned most."""

    kind: Kind
    name: str
    role: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """All arrays of a cube. `entities` and `seen` are in the order of entity codes, `themes` of topic codes.

    `places` say where the rows of `articles` and `analysis` lie; a layout of tables in memory has none.
    """

    articles: Articles
    mentions: Mapping[Sense, Mentions]
    topics: Topics
    terms: Terms
    entities: tuple[str, ...]
    seen: tuple[Seen, ...]
    themes: tuple[str, ...]
    places: Mapping[Name, Places] = field(default_factory=dict)


def lay_out(
    articles: pa.Table,
    analysis: Iterable[pa.RecordBatch],
    part: Mapping[str, str] | None = None,
) -> Layout:
    """Sort a corpus into arrays.

    `articles` needs id, published, precision, outlet, language, title and duplicate_of of `model.ARTICLES`;
    `analysis` is batches of `model.ANALYSIS`, of whose mentions only entity, kind, name, sense, field and role are
    read. Rows of analysis whose article is not there are passed over. A topic that is `part` of another is counted with
    it.
    """
    order = pc.sort_indices(articles, [("published", "ascending"), ("id", "ascending")])  # nulls last, by default
    articles = articles.take(order).combine_chunks()
    gathered = _Gathered(pd.Index(articles["id"].to_pylist(), dtype=object), part or {})
    for batch in analysis:
        gathered.take(batch)
    mentions = gathered.mentions()
    return Layout(
        articles=_articles(articles, gathered),
        mentions=mentions,
        topics=gathered.topics(),
        terms=gathered.terms(),
        entities=tuple(gathered.entity.code),
        seen=tuple(gathered.seen()),
        themes=tuple(gathered.theme.code),
    )


class _Gathered:
    """What the analysis says, gathered batch by batch: flat arrays of mentions, topics and terms."""

    def __init__(self, ids: pd.Index, part: Mapping[str, str]) -> None:
        self.ids = ids
        self.analysed = np.zeros(len(ids), dtype=np.bool_)
        self.entity, self.term, self.role, self.story = Coder(), Coder(), Coder(), Coder()
        self.theme = Coder(same=part)
        self.stories = np.full(len(ids), -1, dtype=np.int32)
        self.described: dict[str, tuple[Kind, str]] = {}  # entity id -> kind and name, as first mentioned
        self.parts: dict[str, list[NDArray[Any]]] = {name: [] for name in _PARTS}

    def take(self, batch: pa.RecordBatch) -> None:
        """Take in some rows of analysis."""
        rows = self.ids.get_indexer(batch.column("article").to_pylist())
        here = rows >= 0
        self.analysed[rows[here]] = True
        self.stories[rows[here]] = self.story.codes(batch.column("story"))[here]
        self._take_mentions(batch.column("mentions"), rows)
        self._take_topics(batch.column("topics"), rows)

    def _take_mentions(self, column: pa.ListArray, rows: NDArray[np.intp]) -> None:
        flat, article = _explode(column, rows)
        entity = flat.field("entity")
        codes = self.entity.codes(entity)
        for at in np.unique(codes, return_index=True)[1].tolist():
            one = flat[at].as_py()
            self.described.setdefault(one["entity"], (one["kind"], one["name"]))
        self._keep(
            entity=codes,
            article=article,
            sense=_codes_in(flat.field("sense"), SENSES),
            titled=pc.equal(flat.field("field"), "title").to_numpy(zero_copy_only=False).astype(np.int32),
            role=self.role.codes(flat.field("role")),
        )

    def _take_topics(self, column: pa.ListArray, rows: NDArray[np.intp]) -> None:
        flat, article = _explode(column, rows)
        topic = self.theme.codes(flat.field("topic"))
        self._keep(topic=topic, topic_article=article, score=flat.field("score").to_numpy(zero_copy_only=False))
        terms, which = _explode(flat.field("evidence"), np.arange(len(flat)))
        self._keep(
            term=self.term.codes(terms.field("term")),
            term_topic=topic[which],
            term_article=article[which],
            weight=terms.field("weight").to_numpy(zero_copy_only=False),
        )

    def _keep(self, **arrays: NDArray[Any]) -> None:
        for name, array in arrays.items():
            self.parts[name].append(array)

    def _whole(self, name: str) -> NDArray[Any]:
        return np.concatenate([np.empty(0, _PARTS[name]), *self.parts[name]]).astype(_PARTS[name])

    def mentions(self) -> dict[Sense, Mentions]:
        """Mentions of one entity in one article become one row, for each sense apart."""
        entity, article = self._whole("entity").astype(np.int64), self._whole("article")
        sense, titled = self._whole("sense"), self._whole("titled")
        once = np.ones(len(entity), dtype=np.int32)
        found = {}
        for code, name in enumerate(SENSES):
            rows = np.flatnonzero((sense == code) & (article >= 0))
            key = entity[rows] * max(len(self.ids), 1) + article[rows]
            found[name] = merge(key, once[rows], titled[rows], len(self.entity.code), len(self.ids))
        return found

    def topics(self) -> Topics:
        """Topics sorted by topic and article."""
        topic, article = self._whole("topic"), self._whole("topic_article")
        order = np.lexsort((article, topic))
        order = order[article[order] >= 0]
        return Topics(
            topic=topic[order],
            article=article[order],
            score=self._whole("score")[order],
            bounds=np.searchsorted(topic[order], np.arange(len(self.theme.code) + 1)),
        )

    def terms(self) -> Terms:
        """The terms that spoke for the topics."""
        article = self._whole("term_article")
        kept = np.flatnonzero(article >= 0)
        topic, term, weight = (self._whole(name)[kept] for name in ("term_topic", "term", "weight"))
        return Terms.of(article[kept], topic, self.term.column(term), weight, len(self.ids))

    def seen(self) -> Iterator[Seen]:
        """One for each entity."""
        roles = self._roles()
        return (Seen(*self.described[entity], roles.get(entity, "")) for entity in self.entity.code)

    def _roles(self) -> dict[str, str]:
        """The role in which each official is mentioned most often; the one seen first where two are level."""
        entity, role = self._whole("entity"), self._whole("role")
        pairs, counts = np.unique(np.stack([entity, role], axis=1), axis=0, return_counts=True)
        ids, roles = tuple(self.entity.code), tuple(self.role.code)
        ranked = sorted(zip(pairs.tolist(), counts.tolist(), strict=True), key=lambda pair: (pair[1], -pair[0][1]))
        return {ids[e]: roles[r] for (e, r), _ in ranked if r >= 0 and roles[r]}


def numbers(ids: pa.Array, known: pa.Array) -> Ints:
    """The row of each of these ids among the known ones, -1 where it is not there."""
    rows: Ints = pc.index_in(ids.cast(known.type), known).fill_null(-1).to_numpy(zero_copy_only=False)
    return rows


def merge(key: NDArray[np.int64], count: Ints, titled: NDArray[Any], entities: int, articles: int) -> Mentions:
    """Rows with the same key, entity x articles + article, become one. One sort of one number per row."""
    order = np.argsort(key, kind="stable")
    rows, first = np.unique(key[order], return_index=True)
    width = max(articles, 1)
    return Mentions(
        article=(rows % width).astype(np.int32),
        count=np.add.reduceat(count[order], first, dtype=np.int32) if len(first) else count,
        titled=np.logical_or.reduceat(titled[order] > 0, first) if len(first) else titled > 0,
        bounds=np.searchsorted(rows, np.arange(entities + 1, dtype=np.int64) * width),
    )


_PARTS: dict[str, type[np.generic]] = {
    "entity": np.int32,
    "article": np.int32,
    "sense": np.int8,
    "titled": np.int32,
    "role": np.int32,
    "topic": np.int32,
    "topic_article": np.int32,
    "score": np.float32,
    "term": np.int32,
    "term_topic": np.int32,
    "term_article": np.int32,
    "weight": np.float32,
}


def _explode(column: pa.ListArray, rows: NDArray[np.intp]) -> tuple[pa.StructArray, Ints]:
    """The items of all lists one after the other, and for each the row it belongs to."""
    return column.flatten(), rows[pc.list_parent_indices(column).to_numpy(zero_copy_only=False)].astype(np.int32)


def _codes_in(column: pa.Array, values: Sequence[str]) -> NDArray[np.int8]:
    found = pc.index_in(column, value_set=pa.array(values, column.type)).fill_null(-1)
    codes: NDArray[np.int8] = found.to_numpy(zero_copy_only=False).astype(np.int8)
    return codes


def _articles(rows: pa.Table, gathered: _Gathered) -> Articles:
    day = rows["published"].cast(pa.int32()).fill_null(UNDATED).to_numpy().astype(np.int32)
    precision = _codes_in(rows["precision"].combine_chunks(), PRECISIONS)
    outlet, language, family = Coder(), Coder(), Coder()
    original = pc.coalesce(rows["duplicate_of"], rows["id"]).combine_chunks()
    return Articles(
        ids=rows["id"].combine_chunks().cast(pa.large_string()),
        day=day,
        last=_last_days(day, precision),
        precision=precision,
        outlet=outlet.column(outlet.codes(rows["outlet"].combine_chunks())),
        language=language.column(language.codes(rows["language"].combine_chunks())),
        title=rows["title"].combine_chunks().cast(pa.large_string()),
        reprint=rows["duplicate_of"].is_valid().to_numpy(),
        family=family.codes(original),
        analysed=gathered.analysed,
        story=gathered.story.column(gathered.stories),
    )


def _last_days(day: Ints, precision: NDArray[np.int8]) -> Ints:
    """The last day of each article's date. Few dates differ, so the calendar is asked once for each."""
    last = day.copy()
    for code, grain in enumerate(PRECISIONS):
        if grain == "day":
            continue
        at = np.flatnonzero((precision == code) & (day != UNDATED))
        dates, back = np.unique(day[at], return_inverse=True)
        ends = [to_number(next_start(from_number(d), grain)) - 1 for d in dates.tolist()]
        last[at] = np.array(ends, dtype=np.int32)[back]
    return last
