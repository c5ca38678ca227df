"""A corpus on disk: open it, add to it, read from it."""

import datetime as dt
import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Literal, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analytics.corpus import overlay
from analytics.corpus.check import faults
from analytics.corpus.identity import Known
from analytics.corpus.places import Places, rows_of
from analytics.corpus.scan import scan
from analytics.corpus.tables import Table
from analytics.errors import CorpusError
from analytics.model import ANALYSIS, ARTICLES, REJECTED
from analytics.whole import write

Name = Literal["articles", "analysis", "rejected"]
# Opened in this order: an analysis row is written after its article, so a reader who opens `analysis` first never
# sees a row whose article is missing.
SCHEMAS: dict[Name, pa.Schema] = {"analysis": ANALYSIS, "articles": ARTICLES, "rejected": REJECTED}

KEYS: dict[Name, str] = {"articles": "id", "analysis": "article"}
MARK = "jarchi.json"
FORMAT = 1  # raised when an older program could not read what a newer one writes
BATCH = 2_000  # articles analysed at a time: some 5 to 10 MB of text


@dataclass(frozen=True, slots=True)
class Added:
    """What became of some records.

    `accepted` are new articles, `reprints` are new but word-for-word copies of another and count once with it,
    `known` were in the corpus already, `rejected` could not be read.
    """

    accepted: int = 0
    reprints: int = 0
    known: int = 0
    rejected: int = 0

    @property
    def duplicates(self) -> int:
        """Records that say what another article already said."""
        return self.reprints + self.known

    @property
    def records(self) -> int:
        """All records that were read: every one is in exactly one of the others."""
        return self.accepted + self.duplicates + self.rejected

    def __add__(self, other: Self) -> Self:
        return type(self)(
            self.accepted + other.accepted,
            self.reprints + other.reprints,
            self.known + other.known,
            self.rejected + other.rejected,
        )


class Corpus:
    """A corpus directory, open at one version of its tables; `refresh` moves on to the newest."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tables = {name: Table(path / name, schema) for name, schema in SCHEMAS.items()}
        self._known: Known | None = None
        self._known_version = -1
        self._pending_version = -1

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, create: bool = False) -> Self:
        """Open the corpus in this directory; `create` makes an empty one where there is none.

        Raises CorpusError when the directory is not a corpus, is damaged, or was written by a newer version.
        """
        folder = Path(path)
        if create and not (folder / MARK).exists():
            _create(folder)
        _check_mark(folder)
        return cls(folder)

    @property
    def data(self) -> Path:
        """The analyst's own names and topics, laid over ours. May not exist."""
        return self.path / "data"

    def adopt(self, data: Path) -> None:
        """Keep a copy of the analyst's names and topics, in place of those kept before."""
        overlay.adopt(data, self.data)

    @property
    def version(self) -> str:
        """The versions of articles, analysis and rejected: changes when, and only when, one of them does."""
        return ".".join(str(self.tables[name].version) for name in ("articles", "analysis", "rejected"))

    def refresh(self) -> None:
        """Move on to the newest version of every table."""
        for table in self.tables.values():
            table.refresh()

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

    def count(self, name: Name) -> int:
        """The number of rows of a table, from its log alone."""
        return int(self.tables[name].delta.count())

    def add(self, articles: pa.Table, rejected: pa.Table) -> Added:
        """Keep what is new of these articles and rejections; nothing is written for what is there already.

        `articles` has the columns of `model.ARTICLES` without `duplicate_of` and `content`.
        """
        store = self.tables["articles"]
        records = articles.to_pylist()

        def new() -> pa.Table:
            known = self._identities()
            kept = [row for record in records if (row := known.admit(record)) is not None]
            return pa.Table.from_pylist(kept, schema=ARTICLES)

        written = store.append(new)
        self._known_version = store.version
        self._add_rejected(rejected)
        reprints = written.num_rows - written["duplicate_of"].null_count
        return Added(
            accepted=written.num_rows - reprints,
            reprints=reprints,
            known=len(records) - written.num_rows,
            rejected=rejected.num_rows,
        )

    def _identities(self) -> Known:
        """What is known at the open version: read once, then kept up by `add`, and read again after others wrote."""
        store = self.tables["articles"]
        if self._known is None or self._known_version != store.version:
            self._known = Known()
            for batch in store.read(["id", "content", "duplicate_of", "outlet", "url"]).to_batches():
                self._known.learn(batch.to_pylist())
        self._known_version = -1  # until the rows it is about to learn are written; if they are not, it is read anew
        return self._known

    def _add_rejected(self, rejected: pa.Table) -> None:
        key = ["origin", "record", "reason"]

        def new() -> pa.Table:
            there = {tuple(row.values()) for row in self.tables["rejected"].read(key).to_pylist()}
            fresh = {tuple(row[k] for k in key): row for row in rejected.to_pylist()}
            return pa.Table.from_pylist([row for k, row in fresh.items() if k not in there], schema=REJECTED)

        if rejected.num_rows:
            self.tables["rejected"].append(new)

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
        with scan(sql, self._views(sql) | given, rest) as found:
            for batch in found.to_arrow_reader(size):
                yield _as_table(batch)

    def pending(self, *, again: bool = False, size: int = BATCH) -> Iterator[pa.Table]:
        """Articles without an analysis, or all of them `again`, in order of date and id (undated last), by batches.

        The columns are those that analysis reads: id, published, precision, outlet, language, title, text.
        """
        skip = "" if again else "anti join analysis on id = article"
        self._pending_version = -1 if again else self.tables["analysis"].version
        columns = "id, published, precision, outlet, language, title, text"
        yield from self.batches(f"select {columns} from articles {skip} order by published nulls last, id", size)  # noqa: S608 (constants)

    def window(self, start: dt.date | None, end: dt.date | None) -> Iterator[pa.Table]:
        """Analysed articles published on these days, both included, with their mentions and story, in order.

        None for both stands for the undated ones.
        """
        yield from self.batches(
            """select id, published, "precision", language, title, "text", mentions, story
            from articles join analysis on id = article
            where case when $start is null then published is null else published between $start and $end end
            order by published, id""",
            start=start,
            end=end,
        )

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
        """Put these analysis rows in place of those of the same articles, in one commit; returns their number.

        A reader sees all old rows or all new ones. They wait in a temporary file, not in memory.
        """
        store = self.tables["analysis"]
        with tempfile.TemporaryDirectory(prefix="jarchi-") as folder:
            path = Path(folder) / "analysis.parquet"
            with pq.ParquetWriter(path, ANALYSIS, compression="zstd") as out:
                for part in analysis:
                    out.write_table(part.cast(ANALYSIS))
            ours = pq.read_table(path, columns=["article"])

            def both() -> pa.RecordBatchReader:
                theirs = self.batches("from analysis anti join ours using (article)", ours=ours)
                parts = chain(theirs, map(_as_table, pq.ParquetFile(path).iter_batches(BATCH)))
                return pa.RecordBatchReader.from_batches(
                    ANALYSIS, (batch for part in parts for batch in part.cast(ANALYSIS).to_batches())
                )

            store.replace(both)
        return int(ours.num_rows)

    def article(self, article: str) -> dict[str, Any] | None:
        """One article with all its columns, or None when there is none of this id."""
        found = self.rows("from articles where id = $id limit 1", id=article).to_pylist()
        return dict(found[0]) if found else None

    def analysis(self, article: str) -> dict[str, Any] | None:
        """What was made of one article, or None when it is not analysed yet."""
        found = self.rows("from analysis where article = $id limit 1", id=article).to_pylist()
        return dict(found[0]) if found else None

    def methods(self) -> dict[str, int]:
        """How many articles were analysed by which method."""
        return dict(Counter(self.table("analysis", ["method"])["method"].to_pylist()))

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

    def check(self) -> list[str]:
        """What is wrong with this corpus, a line each. Empty when all is well."""
        return faults(self)


def _as_table(batch: pa.RecordBatch) -> pa.Table:
    return pa.Table.from_batches([batch])


def _check_mark(folder: Path) -> None:
    mark = folder / MARK
    if not mark.exists():
        raise CorpusError(f"{folder}: not a corpus; make one with: python -m analytics build INPUT --corpus {folder}")
    try:
        written = json.loads(mark.read_text(encoding="utf-8"))["format"]
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise CorpusError(f'{mark}: cannot be read ({error}); it should say {{"format": {FORMAT}}}') from error
    if written != FORMAT:
        raise CorpusError(f"{folder}: written in format {written}, this version reads {FORMAT}; use a newer version")


def _create(folder: Path) -> None:
    """Make an empty corpus. Several processes may do so at once; the mark is put last, and whole."""
    if folder.is_dir() and any(
        p.name not in {*SCHEMAS, "data", "search"} and p.suffix != ".part" for p in folder.iterdir()
    ):
        raise CorpusError(f"{folder}: holds other files and is not a corpus; name an empty or new directory")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CorpusError(f"{folder}: cannot be made ({error.strerror})") from error
    for name, schema in SCHEMAS.items():
        Table.create(folder / name, schema)
    write(folder / MARK, json.dumps({"format": FORMAT}).encode() + b"\n")
