"""A corpus on disk: open it, add to it, read from it."""

import datetime as dt
import json
import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.corpus import overlay
from analytics.corpus.admitted import Added, admitted
from analytics.corpus.check import faults
from analytics.corpus.held import Identities, Rejections
from analytics.corpus.identity import address, contents
from analytics.corpus.places import Places, rows_of, take
from analytics.corpus.renewal import renew
from analytics.corpus.scan import scan
from analytics.corpus.tables import Table
from analytics.errors import CorpusError
from analytics.model import ANALYSIS, ARTICLES, REJECTED
from analytics.place import Place

Name = Literal["articles", "analysis", "rejected"]
# Opened in this order: an analysis row is written after its article, so a reader who opens `analysis` first never
# sees a row whose article is missing.
SCHEMAS: dict[Name, pa.Schema] = {"analysis": ANALYSIS, "articles": ARTICLES, "rejected": REJECTED}

KEYS: dict[Name, str] = {"articles": "id", "analysis": "article"}
MARK = "jarchi.json"
INDEX = "identity"  # what the tables hold, by key; derived
FORMAT = 1  # raised when an older program could not read what a newer one writes
AT_ONCE = 20_000  # articles whose texts are read at a time, and perhaps their mentions: 100 MB
BATCH = 2_000  # articles analysed at a time: some 5 to 10 MB of text


class Corpus:
    """A corpus, open at one version of its tables; `refresh` moves on to the newest.

    `path` is its directory; that of a corpus on S3 is the copy on this machine.
    """

    def __init__(self, place: Place) -> None:
        self.place, self.path = place, place.path
        place.pull()
        self.tables = {name: Table(place, name, schema) for name, schema in SCHEMAS.items()}
        self._pending_version = -1
        self._settled: frozenset[str] = frozenset()  # files of articles that are known to be analysed, all of them
        self._settle()

    @classmethod
    def open(cls, where: str | os.PathLike[str], *, create: bool = False) -> Self:
        """Open the corpus in this directory, or at s3://BUCKET/PREFIX; `create` makes an empty one where there is none.

        Raises CorpusError when there is no corpus, it is damaged, or it was written by a newer version.
        """
        place = Place.of(where)
        if create and place.read(MARK) is None:
            _create(place)
        _check_mark(place)
        return cls(place)

    @property
    def data(self) -> Path:
        """The analyst's own names and topics, laid over ours. May not exist."""
        return self.path / "data"

    def adopt(self, data: Path) -> None:
        """Keep a copy of the analyst's names and topics, in place of those kept before."""
        self.place.edit(lambda: overlay.adopt(data, self.data))

    @property
    def version(self) -> str:
        """The versions of articles, analysis and rejected: changes when, and only when, one of them does."""
        return ".".join(str(self.tables[name].version) for name in ("articles", "analysis", "rejected"))

    def refresh(self) -> None:
        """Move on to the newest version of every table, and of the analyst's names and topics."""
        self.place.pull()
        for table in self.tables.values():
            table.refresh()
        self._settle()

    def unsettle(self) -> None:
        """Forget which files are known to be analysed: the tables were moved to another version than the newest."""
        self._settled = frozenset()

    def _settle(self) -> None:
        """Note the files of articles if nothing waits: what is added later lies in others, and is sought there alone.

        Only right after the tables were opened in their order, for then no analysed article is missing among them.
        """
        if not self.waiting():
            self._settled = frozenset(self.tables["articles"].records())

    def table(self, name: Name, columns: list[str] | None = None) -> pa.Table:
        """The rows of a table, whole or some of its columns."""
        return self.tables[name].read(columns)

    def files(self, name: Name) -> list[str]:
        """The Parquet files of a table, for DuckDB. None at all while the table is empty."""
        return self.tables[name].files()

    def places(self, name: Name) -> Places:
        """Where each row of this version of a table lies: for `documents`."""
        return Places.of(self.files(name), KEYS[name])

    def documents(self, ids: Sequence[str], places: Mapping[Name, Places]) -> dict[str, dict[str, Any]]:
        """These articles with mentions, topics and story (None where not analysed), by id; others are left out.

        `places` are those of `articles` and `analysis` at this version. Raises CorpusError for a damaged file.
        """
        articles, analysis = (
            rows_of(self.files(name), places[name], KEYS[name], ids) for name in ("articles", "analysis")
        )
        made = ("mentions", "topics", "story")
        return {one: row | {name: analysis.get(one, {}).get(name) for name in made} for one, row in articles.items()}

    def urls(self, ids: Sequence[str]) -> dict[str, str]:
        """The addresses of these articles, by id, as they were read; others are left out."""
        wanted = pa.table({"id": pa.array(ids, pa.string())})
        found = list(self.batches("select id, url from articles semi join wanted using (id)", AT_ONCE, wanted=wanted))
        return {one: url for part in found for one, url in zip(*part.to_pydict().values(), strict=True)}

    def count(self, name: Name) -> int:
        """The number of rows of a table, from its log alone."""
        return int(self.tables[name].delta.count())

    def add(self, articles: pa.Table, rejected: pa.Table) -> Added:
        """Keep what is new of these articles and rejections; nothing is written for what is there already.

        `articles` has the columns of `model.ARTICLES` without `duplicate_of` and `content`.
        """
        given, said = articles["id"].to_pylist(), contents(articles)
        places = zip(articles["outlet"].to_pylist(), articles["url"].to_pylist(), strict=True)
        where = [address(outlet, url) for outlet, url in places]

        def new() -> pa.Table:
            known = self._identities.about(given, said, where)
            return admitted(articles, said, list(map(known.admit, given, said, where)))

        written = self.tables["articles"].append(new)
        if written.num_rows:
            self._identities.learn(written)
        self._add_rejected(rejected)
        reprints = written.num_rows - written["duplicate_of"].null_count
        return Added(
            accepted=written.num_rows - reprints,
            reprints=reprints,
            known=articles.num_rows - written.num_rows,
            rejected=rejected.num_rows,
        )

    def _add_rejected(self, rejected: pa.Table) -> None:
        if rejected.num_rows:
            written = self.tables["rejected"].append(lambda: self._rejections.new(rejected))
            if written.num_rows:
                self._rejections.learn(written)

    @cached_property
    def _identities(self) -> Identities:
        return Identities(self.path / INDEX / "articles", self.tables["articles"])

    @cached_property
    def _rejections(self) -> Rejections:
        return Rejections(self.path / INDEX / "rejected", self.tables["rejected"])

    def moved(self, name: Name, gone: Collection[str], made: Collection[str]) -> None:
        """Take note that the rows of some files of a table lie in others now, so that nobody reads them for news."""
        if name != "analysis":
            (self._identities if name == "articles" else self._rejections).moved(gone, made)

    def waiting(self) -> int:
        """The number of articles that are not analysed yet."""
        return self.count("articles") - self.count("analysis")

    def _views(self, sql: str) -> dict[str, list[str] | pa.Table]:
        """The tables that a query names; an empty one has no files."""
        return {name: self.files(name) or schema.empty_table() for name, schema in SCHEMAS.items() if name in sql}

    def rows(self, sql: str, **values: Any) -> pa.Table:
        """The result of a query over `articles`, `analysis` and `rejected`; `values` fill its $names.

        Raises CorpusError when a data file is gone or damaged.
        """
        with scan(sql, self._views(sql), values) as found:
            return found.to_arrow_table()

    def batches(self, sql: str, size: int = BATCH, **values: Any) -> Iterator[pa.Table]:
        """The same, so many rows at a time. An Arrow table among the values is a view of that name."""
        given = {name: value for name, value in values.items() if isinstance(value, pa.Table)}
        rest = {name: value for name, value in values.items() if name not in given}
        yield from _batches(sql, self._views(sql) | given, rest, size)

    def pending(self, *, again: bool = False, size: int = BATCH) -> Iterator[pa.Table]:
        """Articles without an analysis, or all of them `again`, in order of date and id (undated last), by batches.

        The columns are those that analysis reads: id, published, precision, outlet, language, title, text.
        """
        self._pending_version = -1 if again else self.tables["analysis"].version
        views: dict[str, list[str] | pa.Table] = {}
        skip = ""
        if not again and self._others_are_analysed():
            views["analysis"] = self.files("analysis") or ANALYSIS.empty_table()
            skip = "anti join analysis on id = article"
        sql = f"select file, row from articles_at {skip} order by published nulls last, id"  # noqa: S608 (constants)
        if files := [file for file in self.files("articles") if again or Path(file).name not in self._settled]:
            for at in _batches(sql, views | {"articles": files}, {}, AT_ONCE):
                yield from _in_batches(_taken(files, at, _READ), size)

    def _others_are_analysed(self) -> bool:
        """Whether any article is analysed beside those in the settled files."""
        held = self.tables["articles"].records()
        return self.count("analysis") != sum(rows for name, rows in held.items() if name in self._settled)

    def window(self, start: dt.date, end: dt.date, *, exact: dt.date, near: dt.date, most: int) -> Iterator[pa.Table]:
        """Analysed articles published on these days, both included, with their mentions and story, in order.

        Those that are dated to a day are wanted from the day `exact` on. Where there are more than `most`, they are
        those nearest to the day `near`, and of days as near the latest.
        """
        yield from self._analysed(_WINDOW, _MADE, start=start, end=end, exact=exact, near=near, most=most)

    def undated(self, most: int) -> Iterator[pa.Table]:
        """The same of the articles without a date; the last by id where there are more than `most`."""
        yield from self._analysed(_UNDATED, _MADE, most=most)

    def analysed(self, wanted: pa.Table) -> Iterator[pa.Table]:
        """The analysed ones of these articles (a column `article`), with their story, in order."""
        yield from self._analysed(_WANTED, pa.schema([_MADE.field("story")]), wanted=wanted)

    def _analysed(self, which: str, columns: pa.Schema, **values: Any) -> Iterator[pa.Table]:
        for at in self.batches(_FOUND.format(which=which), AT_ONCE, **values):
            articles = _taken(self.files("articles"), at, _READ)
            made = _taken(self.files("analysis"), at.select(["made_file", "made_row"]), columns)
            yield from _in_batches(pa.table([*articles, *made], names=[*_READ.names, *columns.names]), BATCH)

    def put_analysis(self, analysis: pa.Table) -> int:
        """Keep these analysis rows, in one commit; articles that somebody else analysed meanwhile keep theirs.

        Returns the number of rows written.
        """
        store = self.tables["analysis"]

        def new() -> pa.Table:
            if store.version == self._pending_version:  # nobody has written since `pending` left out what was there
                return analysis
            self._pending_version = -1
            there = store.read(["article"])["article"].combine_chunks()
            return analysis.filter(pc.invert(pc.is_in(analysis["article"], value_set=there)))

        written = int(store.append(new).num_rows)
        if self._pending_version >= 0:
            self._pending_version = store.version
        return written

    def replace_analysis(self, analysis: Iterable[pa.Table]) -> int:
        """Put these analysis rows in place of those of the same articles, in one commit; returns their number."""
        return renew(self.tables["analysis"], KEYS["analysis"], analysis)

    def methods(self) -> dict[str, int]:
        """How many articles were analysed by which method."""
        found = self.rows("""select "method", count(*) as number from analysis group by "method" order by all""")
        return dict(zip(found["method"].to_pylist(), found["number"].to_pylist(), strict=True))

    def report(self) -> dict[str, Any]:
        """What is in the corpus and what was left out: counts for the corpus page and for `check`."""
        articles = self.table("articles", ["published", "precision", "duplicate_of", "flags"])
        reasons = self.table("rejected", ["reason"])["reason"].to_pylist()
        flags = Counter(flag for flags in articles["flags"].to_pylist() for flag in flags or ())
        return {
            "articles": articles.num_rows,
            "reprints": articles.num_rows - articles["duplicate_of"].null_count,
            "undated": articles["published"].null_count,
            "analysed": self.count("analysis"),
            "rejected": len(reasons),
            "reasons": dict(Counter(reasons).most_common()),
            "flags": dict(flags.most_common()),
            "precisions": dict(Counter(p for p in articles["precision"].to_pylist() if p)),
        }

    def rejections(self, limit: int) -> list[dict[str, Any]]:
        """The first records that could not become articles, by file and place: rows of `model.REJECTED`."""
        found: list[dict[str, Any]] = self.rows(_REJECTED, limit=limit).to_pylist()
        return found

    def forms(self, entity: str) -> list[dict[str, Any]]:
        """How an entity is written, the commonest first: form, sense and rule that found it, mentions, articles."""
        found: list[dict[str, Any]] = self.rows(_FORMS, entity=entity).to_pylist()
        return found

    def check(self) -> list[str]:
        """What is wrong with this corpus, a line each. Empty when all is well."""
        return faults(self)


_REJECTED = "select * from rejected order by origin, record limit $limit"
_FORMS = """
    select m.surface as form, m.sense, m.rule, count(*) as mentions, count(distinct article) as articles
    from (select article, unnest(mentions) as m from analysis) where m.entity = $entity
    group by all order by mentions desc, form"""
_READ = pa.schema(
    [ARTICLES.field(name) for name in ("id", "published", "precision", "outlet", "language", "title", "text")]
)
_MADE = pa.schema([ANALYSIS.field(name) for name in ("mentions", "story")])
# Told by file and row, so that their texts are read from the row groups that hold them and from no others.
_FOUND = """
    select file, row, made_file, made_row from (
        select a.file, a.row, b.file as made_file, b.row as made_row, published, id
        from articles_at a join analysis_at b on a.id = b.article {which})
    order by published nulls last, id"""
_WANTED = "join wanted w on w.article = a.id"
_WINDOW = """
    where published between $start and $end and (published >= $exact or "precision" <> 'day')
    order by abs(published - $near), published desc, id desc limit $most"""
_UNDATED = "where published is null order by id desc limit $most"


def _batches(
    sql: str, views: Mapping[str, list[str] | pa.Table], values: Mapping[str, Any], size: int
) -> Iterator[pa.Table]:
    """The result of a query over these views, so many rows at a time."""
    with scan(sql, views, values) as found:
        for batch in found.to_arrow_reader(size):
            yield pa.Table.from_batches([batch])


def _taken(files: Sequence[str], at: pa.Table, schema: pa.Schema) -> pa.Table:
    """Columns of rows of files, which are told by file and row. Texts are read when it is known which."""
    file, row = (at.column(number).to_numpy().astype(np.int64) for number in (0, 1))
    return take(files, file, row, schema)


def _in_batches(rows: pa.Table, size: int) -> Iterator[pa.Table]:
    return (rows.slice(at, size) for at in range(0, rows.num_rows, size))


def _check_mark(place: Place) -> None:
    mark = place.read(MARK)
    if mark is None:
        raise CorpusError(f"{place}: not a corpus; make one with: python -m analytics build INPUT --corpus {place}")
    try:
        written = json.loads(mark)["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise CorpusError(f'{place}/{MARK}: cannot be read ({error}); it should say {{"format": {FORMAT}}}') from error
    if written != FORMAT:
        raise CorpusError(f"{place}: written in format {written}, this version reads {FORMAT}; use a newer version")


def _create(place: Place) -> None:
    """Make an empty corpus. Several processes may do so at once; the mark is put last, and whole."""
    if place.names() - {*SCHEMAS, MARK, "data", "search", INDEX}:
        raise CorpusError(f"{place}: holds other files and is not a corpus; name an empty or new directory")
    place.prove()
    for name, schema in SCHEMAS.items():
        Table.create(place, name, schema)
    place.write(MARK, json.dumps({"format": FORMAT}).encode() + b"\n")
