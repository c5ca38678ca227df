"""Arrow tables -> a layout. A million articles take seconds: Arrow numbers strings, rows are sorted as one number."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from analytics.cube.calendar import from_number, to_number
from analytics.cube.codes import Codes, Ints, coded, first_of
from analytics.cube.layout import UNDATED, Articles, Layout, Mentions, Seen, Topics
from analytics.cube.terms import Terms
from analytics.model import SENSES, Kind, Sense
from analytics.periods import PRECISIONS, next_start


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
    said = _Said(analysis, articles["id"].combine_chunks(), part or {})
    return Layout(
        articles=_articles(articles, said),
        mentions=said.mentions(),
        topics=said.topics(),
        terms=said.terms(),
        entities=tuple(said.entity.levels),
        seen=tuple(said.seen()),
        themes=tuple(said.theme.levels),
    )


class _Said:
    """What the analysis says: flat columns of mentions, topics and terms, each with the row of its article."""

    def __init__(self, analysis: Iterable[pa.RecordBatch], ids: pa.Array, part: Mapping[str, str]) -> None:
        read = _Columns()
        for batch in analysis:
            read.take(batch)
        self.articles = len(ids)
        rows = numbers(read.ids(), ids)
        here = rows >= 0
        self.analysed = np.zeros(len(ids), dtype=np.bool_)
        self.analysed[rows[here]] = True
        story = read.strings("story")
        self.story = Codes(story.levels, np.full(len(ids), -1, dtype=np.int32))
        self.story.codes[rows[here]] = story.codes[here]
        self.entity, self.role, self.first = read.strings("entity"), read.strings("role"), read.first
        self.named = rows[read.numbers("named")]
        self.sense = _places_in(read.strings("sense"), SENSES)
        self.titled = _places_in(read.strings("field"), ("title",)) == 0
        self.theme, self.about = _counted_as(read.strings("topic"), part), rows[read.numbers("about")]
        self.score, self.weight = read.numbers("score"), read.numbers("weight")
        self.term, self.spoke = read.strings("term"), read.numbers("spoke")

    def mentions(self) -> dict[Sense, Mentions]:
        """Mentions of one entity in one article become one row, for each sense apart."""
        found = {}
        for code, name in enumerate(SENSES):
            rows = np.flatnonzero((self.sense == code) & (self.named >= 0))
            key = self.entity.codes[rows] * np.int64(max(self.articles, 1)) + self.named[rows]
            once = np.ones(len(rows), dtype=np.int32)
            found[name] = merge(key, once, self.titled[rows], len(self.entity.levels), self.articles)
        return found

    def topics(self) -> Topics:
        """Topics sorted by topic and article."""
        here = np.flatnonzero(self.about >= 0)
        topic, article = self.theme.codes[here], self.about[here]
        order = np.argsort(topic * np.int64(max(self.articles, 1)) + article, kind="stable")
        return Topics(
            topic=topic[order],
            article=article[order],
            score=self.score[here][order],
            bounds=np.searchsorted(topic[order], np.arange(len(self.theme.levels) + 1)),
        )

    def terms(self) -> Terms:
        """The terms that spoke for the topics."""
        article, topic = self.about[self.spoke], self.theme.codes[self.spoke]
        here = np.flatnonzero(article >= 0)
        term = Codes(self.term.levels, self.term.codes[here])
        return Terms.of(article[here], topic[here], term, self.weight[here], self.articles)

    def seen(self) -> list[Seen]:
        """One for each entity, as it was first mentioned, with the role in which it is mentioned most."""
        roles = self._roles()
        return [Seen(*self.first[entity], roles.get(code, "")) for code, entity in enumerate(self.entity.levels)]

    def _roles(self) -> dict[int, str]:
        """The role in which each official is mentioned most often; the one seen first where two are level."""
        some = np.array([bool(role) for role in self.role.levels] + [False])  # -1 is for none
        here = np.flatnonzero(some[self.role.codes])
        width = max(len(self.role.levels), 1)
        pairs, counts = np.unique(self.entity.codes[here] * np.int64(width) + self.role.codes[here], return_counts=True)
        order = np.lexsort((-(pairs % width), counts))  # of one entity the last one stays
        return {pair // width: self.role.levels[pair % width] for pair in pairs[order].tolist()}


class _Columns:
    """The columns of the analysis as they are read: of many equal strings none is kept twice."""

    def __init__(self) -> None:
        self.first: dict[str, tuple[Kind, str]] = {}  # entity id -> kind and name, as first mentioned
        self._ids: list[pa.Array] = []
        self._strings: dict[str, list[pa.DictionaryArray]] = {name: [] for name in _STRINGS}
        self._numbers: dict[str, list[NDArray[Any]]] = {name: [] for name in _NUMBERS}
        self._rows = self._topics = 0  # read so far

    def take(self, batch: pa.RecordBatch) -> None:
        """Take in some rows of analysis."""
        mentions, named = _explode(batch.column("mentions"))
        topics, about = _explode(batch.column("topics"))
        terms, spoke = _explode(topics.field("evidence"))
        self._ids.append(batch.column("article"))
        self._keep(story=batch.column("story"), topic=topics.field("topic"), term=terms.field("term"))
        self._keep(**{name: mentions.field(name) for name in ("entity", "sense", "field", "role")})
        self._count(named=named + self._rows, about=about + self._rows, spoke=spoke + self._topics)
        self._count(score=topics.field("score").to_numpy(False), weight=terms.field("weight").to_numpy(False))
        self._rows += len(batch)
        self._topics += len(topics)
        self._describe(mentions)

    def _keep(self, **columns: pa.Array) -> None:
        for name, column in columns.items():
            self._strings[name].append(column.dictionary_encode())

    def _count(self, **columns: NDArray[Any]) -> None:
        for name, column in columns.items():
            self._numbers[name].append(column)

    def _describe(self, mentions: pa.StructArray) -> None:
        """Note what those are called who have not been mentioned before."""
        encoded = self._strings["entity"][-1]
        place = first_of(encoded.indices.to_numpy(), len(encoded.dictionary))
        there = zip(encoded.dictionary.to_pylist(), place.tolist(), strict=True)
        new = {one: at for one, at in there if one not in self.first}
        at = pa.array(new.values(), pa.int64())
        kinds, names = (mentions.field(name).take(at).to_pylist() for name in ("kind", "name"))
        self.first |= dict(zip(new, zip(kinds, names, strict=True), strict=True))

    def ids(self) -> pa.Array:
        """The article of each row."""
        return pa.concat_arrays(self._ids or [pa.array([], pa.string())])

    def strings(self, name: str) -> Codes:
        """A column of strings."""
        return coded(self._strings.pop(name))

    def numbers(self, name: str) -> NDArray[Any]:
        """A column of numbers: a measure, or the row, or the topic, that each item belongs to."""
        return np.concatenate([np.empty(0, _NUMBERS[name]), *self._numbers.pop(name)])


_STRINGS = ("story", "entity", "sense", "field", "role", "topic", "term")
_NUMBERS = {"named": np.int32, "about": np.int32, "spoke": np.int32, "score": np.float32, "weight": np.float32}


def _explode(column: pa.ListArray) -> tuple[pa.StructArray, Ints]:
    """The items of all lists one after the other, and for each the number of its list."""
    return column.flatten(), pc.list_parent_indices(column).to_numpy(zero_copy_only=False).astype(np.int32)


def numbers(ids: pa.Array, known: pa.Array) -> Ints:
    """The row of each of these ids among the known ones, -1 where it is not there."""
    rows: Ints = pc.index_in(ids.cast(known.type), known).fill_null(-1).to_numpy(zero_copy_only=False)
    return rows


def merge(key: NDArray[np.int64], count: Ints, titled: NDArray[Any], entities: int, articles: int) -> Mentions:
    """Rows with the same key, entity x articles + article, become one. One sort of one number per row."""
    order = np.argsort(key)
    key = key[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    width = max(articles, 1)
    return Mentions(
        article=(key[first] % width).astype(np.int32),
        count=np.add.reduceat(count[order], first, dtype=np.int32) if len(first) else count,
        titled=np.logical_or.reduceat(titled[order] > 0, first) if len(first) else titled > 0,
        bounds=np.searchsorted(key[first], np.arange(entities + 1, dtype=np.int64) * width),
    )


def _places_in(column: Codes, values: Sequence[str]) -> NDArray[np.int8]:
    """Where each string stands among the values, -1 for another or none."""
    table = [values.index(level) if level in values else -1 for level in column.levels]
    return np.array([*table, -1], np.int8)[column.codes]


def _counted_as(column: Codes, same: Mapping[str, str]) -> Codes:
    """The column with some of its strings counted as others."""
    code: dict[str, int] = {}
    table = [code.setdefault(same.get(level, level), len(code)) for level in column.levels]
    return Codes(tuple(code), np.array([*table, -1], np.int32)[column.codes])


def _articles(rows: pa.Table, said: _Said) -> Articles:
    day = rows["published"].cast(pa.int32()).fill_null(UNDATED).to_numpy().astype(np.int32)
    precision = _places_in(coded(rows["precision"].chunks), PRECISIONS)
    return Articles(
        ids=rows["id"].combine_chunks().cast(pa.large_string()),
        day=day,
        last=_last_days(day, precision),
        precision=precision,
        outlet=coded(rows["outlet"].chunks),
        language=coded(rows["language"].chunks),
        title=rows["title"].combine_chunks().cast(pa.large_string()),
        reprint=rows["duplicate_of"].is_valid().to_numpy(),
        family=pc.coalesce(rows["duplicate_of"], rows["id"]).combine_chunks().dictionary_encode().indices.to_numpy(),
        analysed=said.analysed,
        story=said.story,
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
