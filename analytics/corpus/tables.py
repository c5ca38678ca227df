"""One Delta table: read a version, and write the next one only if nobody else has."""

from collections.abc import Callable

import pyarrow as pa
from deltalake import ColumnProperties, CommitProperties, DeltaTable, WriterProperties, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError

from analytics.corpus.scan import scan
from analytics.errors import CorpusError, WriteConflictError
from analytics.place import Place

ATTEMPTS = 50  # commits of other processes that one write gives way to
ONCE = CommitProperties(max_commit_retries=0)  # fail when somebody committed since our snapshot: compare and set
# Columns whose values differ from row to row: a dictionary of them is made in vain, and costs a fifth of a commit.
_DISTINCT = ("id", "title", "text", "url", "origin", "original", "content", "article", "record", "sample")
ROW_GROUP = 1_000  # rows; one is read with its group, which takes some 5 ms, and the files grow by a twentieth
_WRITER = WriterProperties(
    compression="ZSTD",
    max_row_group_size=ROW_GROUP,
    column_properties={name: ColumnProperties(dictionary_enabled=False) for name in _DISTINCT},
)
_UNREADABLE = (DeltaError, OSError, ValueError, pa.ArrowException)  # what deltalake raises for a damaged log or file
_RESTORE = "restore it from a copy, or build the corpus again in a new directory"


def _brief(error: Exception) -> str:
    """The first line of an error, without the traces that libraries add."""
    return str(error).strip().split("\n", maxsplit=1)[0][:200]


class Table:
    """A Delta table with a fixed schema, opened at its newest version; `refresh` looks for a newer one."""

    def __init__(self, place: Place, name: str, schema: pa.Schema) -> None:
        self.place, self.name, self.schema = place, name, schema
        self.path = path = f"{place}/{name}"
        self._added: tuple[int, pa.Table] | None = None  # of a version
        try:
            self.delta = DeltaTable(path)
        except TableNotFoundError as error:
            raise CorpusError(f"{path}: not a table; the corpus is incomplete, run the build again") from error
        except _UNREADABLE as error:
            raise CorpusError(f"{path}: the table's log cannot be read ({_brief(error)}); {_RESTORE}") from error

    @staticmethod
    def create(place: Place, name: str, schema: pa.Schema) -> None:
        """Make an empty table, unless there is one or another process makes it at this moment."""
        path = f"{place}/{name}"
        try:
            DeltaTable.create(path, schema, mode="ignore", commit_properties=ONCE)
        except (CommitFailedError, DeltaError) as error:
            if not DeltaTable.is_deltatable(path):
                raise CorpusError(f"{path}: the table cannot be made ({error})") from error

    @property
    def version(self) -> int:
        """The number of the version that is open."""
        return int(self.delta.version())

    def refresh(self) -> None:
        """Open the newest version."""
        try:
            self.delta.update_incremental()
        except _UNREADABLE as error:
            raise CorpusError(f"{self.path}: the table's log cannot be read ({_brief(error)}); {_RESTORE}") from error

    def added(self) -> pa.Table:
        """What the log says of each data file of this version, oldest first: the same order whoever reads the log."""
        if self._added is None or self._added[0] != self.version:  # reading the log takes a millisecond and more
            order = [("modification_time", "ascending"), ("path", "ascending")]
            self._added = self.version, pa.table(self.delta.get_add_actions()).sort_by(order)
        return self._added[1]

    def files(self) -> list[str]:
        """The Parquet files of this version on this machine, for DuckDB, oldest first."""
        return self.place.fetched(self.name, [path.rpartition("/")[2] for path in self.added()["path"].to_pylist()])

    def gone(self) -> list[str]:
        """Data files of this version that are not where they belong, or not as long as they were written."""
        there = self.place.files(self.name)
        written = self.added()
        rows = zip(written["path"].to_pylist(), written["size_bytes"].to_pylist(), strict=True)
        return [path for path, size in rows if there.get(path) != size]

    def records(self) -> dict[str, int]:
        """The number of rows in each data file of this version, by the name of the file."""
        written = self.added()
        names = (path.rpartition("/")[2] for path in written["path"].to_pylist())
        return dict(zip(names, written["num_records"].fill_null(0).to_pylist(), strict=True))

    def read(self, columns: list[str] | None = None) -> pa.Table:
        """The rows of this version. Raises CorpusError when one of its files is gone or damaged."""
        # Not `delta.to_pyarrow_table`: it reads through a Python file system, which pyarrow's threads may let go of
        # after the interpreter has gone, and the process then ends in an abort.
        wanted = self.schema if columns is None else pa.schema([self.schema.field(name) for name in columns])
        with scan("from everything", {"everything": self.files() or self.schema.empty_table()}) as rows:
            return rows.select(*wanted.names).to_arrow_table().cast(wanted)

    def append(self, rows: Callable[[], pa.Table]) -> pa.Table:
        """Add what `rows` returns in one commit. It is asked again, after `refresh`, when somebody else was faster."""
        for _ in range(ATTEMPTS):
            new = rows().combine_chunks()  # of several the library writes whichever comes first
            if not new.num_rows or self._commit(new):
                return new
        raise WriteConflictError(f"{self.path}: other processes keep writing; try again when they are done")

    def _commit(self, rows: pa.Table) -> bool:
        """Write on top of the open version, and stand at the new one; or refresh when somebody else has written."""
        try:
            write_deltalake(self.delta, rows, mode="append", commit_properties=ONCE, writer_properties=_WRITER)
        except CommitFailedError:
            self.refresh()
            return False
        except (DeltaError, OSError) as error:
            raise CorpusError(f"{self.path}: cannot be written ({_brief(error)})") from error
        return True
