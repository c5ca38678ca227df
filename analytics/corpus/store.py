"""A corpus on disk: open it, add to it, read from it."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from analytics.corpus.identity import Known
from analytics.corpus.tables import Table
from analytics.errors import CorpusError
from analytics.model import ANALYSIS, ARTICLES, REJECTED

Name = Literal["articles", "analysis", "rejected"]
SCHEMAS: dict[Name, pa.Schema] = {"articles": ARTICLES, "analysis": ANALYSIS, "rejected": REJECTED}

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

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, create: bool = False) -> Self:
        """Open the corpus in this directory; `create` makes an empty one where there is none.

        Raises CorpusError when the directory is not a corpus, is damaged, or was written by a newer version.
        """
        folder = Path(path)
        mark = folder / MARK
        if create and not mark.exists():
            _create(folder)
        if not mark.exists():
            raise CorpusError(
                f"{folder}: not a corpus; make one with: python -m analytics build INPUT --corpus {folder}"
            )
        try:
            written = json.loads(mark.read_text(encoding="utf-8"))["format"]
        except (ValueError, KeyError, TypeError, OSError) as error:
            raise CorpusError(f'{mark}: cannot be read ({error}); it should say {{"format": {FORMAT}}}') from error
        if written != FORMAT:
            raise CorpusError(
                f"{folder}: written in format {written}, this version reads {FORMAT}; use a newer version"
            )
        return cls(folder)

    @property
    def data(self) -> Path:
        """The analyst's own names and topics, laid over ours. May not exist."""
        return self.path / "data"

    @property
    def version(self) -> str:
        """The versions of articles, analysis and rejected: changes when, and only when, one of them does."""
        return ".".join(str(self.tables[name].version) for name in SCHEMAS)

    def refresh(self) -> None:
        """Move on to the newest version of every table."""
        for table in self.tables.values():
            table.refresh()

    def table(self, name: Name, columns: list[str] | None = None) -> pa.Table:
        """The rows of a table, whole or some of its columns."""
        return self.tables[name].read(columns)

    def files(self, name: Name) -> list[str]:
        """The Parquet files of a table, for DuckDB."""
        return self.tables[name].files()

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
            rows = [row for record in records if (row := known.admit(record)) is not None]
            return pa.Table.from_pylist(rows, schema=ARTICLES)

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
            rows = store.read(["id", "content", "duplicate_of"])
            self._known = Known()
            self._known.learn(*(rows[name].to_pylist() for name in ("id", "content", "duplicate_of")))
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

    def pending(self, *, again: bool = False) -> Iterator[pa.Table]:
        """Articles without an analysis, or all of them `again`, in order of date and id (undated last), by batches."""
        done = self.files("analysis")
        skip = "" if again or not done else "anti join (select article from read_parquet($done)) on id = article"
        files = self.files("articles")
        if not files:
            return
        values: dict[str, Any] = {"files": files} | ({"done": done} if skip else {})
        with duckdb.connect() as db:
            rows = db.sql(
                f"select * from read_parquet($files) {skip} order by published nulls last, id",  # noqa: S608 (no input in it)
                params=values,
            )
            for batch in rows.to_arrow_reader(BATCH):
                yield pa.Table.from_batches([batch]).cast(ARTICLES)

    def put_analysis(self, rows: pa.Table) -> None:
        """Keep these analysis rows, in one commit; articles that somebody else analysed meanwhile keep theirs."""
        store = self.tables["analysis"]

        def new() -> pa.Table:
            there = store.read(["article"])["article"]
            return rows.filter(pc.invert(pc.is_in(rows["article"], value_set=there.combine_chunks())))

        store.append(new)

    def replace_analysis(self, rows: Iterator[pa.Table]) -> None:
        """Put these analysis rows in place of all others, in one commit."""
        batches = (batch for table in rows for batch in table.cast(ANALYSIS).to_batches())
        self.tables["analysis"].replace(pa.RecordBatchReader.from_batches(ANALYSIS, batches))

    def article(self, article: str) -> dict[str, Any] | None:
        """One article with all its columns, or None when there is none of this id."""
        return self._one("articles", "id", article)

    def analysis(self, article: str) -> dict[str, Any] | None:
        """What was made of one article, or None when it is not analysed yet."""
        return self._one("analysis", "article", article)

    def _one(self, name: Name, key: str, value: str) -> dict[str, Any] | None:
        files = self.files(name)
        if not files:
            return None
        with duckdb.connect() as db:
            found = db.sql(f"select * from read_parquet($f) where {key} = $v", params={"f": files, "v": value})  # noqa: S608
            rows: list[dict[str, Any]] = found.to_arrow_table().to_pylist()
        return rows[0] if rows else None

    def report(self) -> dict[str, Any]:
        """What is in the corpus and what was left out: counts for the corpus page and for `check`."""
        rows = self.table("articles", ["published", "precision", "duplicate_of", "flags"])
        reasons = self.table("rejected", ["reason"])["reason"].to_pylist()
        flags = Counter(flag for flags in rows["flags"].to_pylist() for flag in flags or ())
        return {
            "articles": rows.num_rows,
            "reprints": rows.num_rows - rows["duplicate_of"].null_count,
            "undated": rows["published"].null_count,
            "analysed": self.count("analysis"),
            "rejected": len(reasons),
            "reasons": dict(Counter(reasons).most_common()),
            "flags": dict(flags.most_common()),
            "precisions": dict(Counter(p for p in rows["precision"].to_pylist() if p)),
        }


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
    part = folder / f"{MARK}.{os.getpid()}.part"
    part.write_text(json.dumps({"format": FORMAT}) + "\n", encoding="utf-8")
    part.replace(folder / MARK)
