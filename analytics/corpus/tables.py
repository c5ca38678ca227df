"""One Delta table: read a version, and write the next one only if nobody else has."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, WriterProperties, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError

from analytics.errors import CorpusError, WriteConflictError

ATTEMPTS = 50  # commits of other processes that one write gives way to
_ONCE = CommitProperties(max_commit_retries=0)  # fail when somebody committed since our snapshot: compare and set
_WRITER = WriterProperties(compression="ZSTD")


class Table:
    """A Delta table with a fixed schema, opened at its newest version; `refresh` looks for a newer one."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.path, self.schema = path, schema
        try:
            self.delta = DeltaTable(path)
        except TableNotFoundError as error:
            raise CorpusError(f"{path}: not a table; the corpus is incomplete, run the build again") from error
        except (DeltaError, OSError) as error:
            raise CorpusError(f"{path}: the table's log cannot be read ({error}); restore it from a copy") from error

    @staticmethod
    def create(path: Path, schema: pa.Schema) -> None:
        """Make an empty table, unless there is one or another process makes it at this moment."""
        try:
            DeltaTable.create(path, schema, mode="ignore", commit_properties=_ONCE)
        except (CommitFailedError, DeltaError) as error:
            if not DeltaTable.is_deltatable(str(path)):
                raise CorpusError(f"{path}: the table cannot be made ({error})") from error

    @property
    def version(self) -> int:
        """The number of the version that is open."""
        return int(self.delta.version())

    def refresh(self) -> None:
        """Open the newest version."""
        self.delta.update_incremental()

    def files(self) -> list[str]:
        """The Parquet files of this version, for DuckDB."""
        return [uri.removeprefix("file://") for uri in self.delta.file_uris()]

    def read(self, columns: list[str] | None = None) -> pa.Table:
        """The rows of this version. Raises CorpusError when one of its files is gone or damaged."""
        try:
            table = self.delta.to_pyarrow_table(columns=columns)
        except (OSError, pa.ArrowException, DeltaError) as error:
            raise CorpusError(f"{self.path}: a data file cannot be read ({error}); restore it from a copy") from error
        wanted = self.schema if columns is None else pa.schema([self.schema.field(name) for name in columns])
        return table.select(wanted.names).cast(wanted)

    def append(self, rows: Callable[[], pa.Table]) -> pa.Table:
        """Add what `rows` returns in one commit. It is asked again, after `refresh`, when somebody else was faster."""
        for _ in range(ATTEMPTS):
            new = rows()
            if not new.num_rows:
                return new
            try:
                write_deltalake(
                    self.delta, new.cast(self.schema), mode="append", commit_properties=_ONCE, writer_properties=_WRITER
                )
            except CommitFailedError:
                self.refresh()
            else:
                return new  # `delta` now stands at our own commit, even where others have written since
        raise WriteConflictError(f"{self.path}: other processes keep writing; try again when they are done")

    def replace(self, rows: pa.RecordBatchReader) -> None:
        """Put these rows in place of all others, in one commit.

        Raises WriteConflictError when somebody else committed meanwhile; the table is then as they left it.
        """
        try:
            write_deltalake(self.delta, rows, mode="overwrite", commit_properties=_ONCE, writer_properties=_WRITER)
        except CommitFailedError as error:
            raise WriteConflictError(
                f"{self.path}: another process wrote while the analysis was made again; run the command again"
            ) from error
        self.refresh()
