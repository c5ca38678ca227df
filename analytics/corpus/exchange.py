"""Data files put in place of others, in one commit.

Not by the library's own ways: of two processes that put the same files together both succeed, and every article is
there twice; and to replace some rows it reads and writes whole tables.
"""

import json
import time
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.fs as pa_fs
import pyarrow.parquet as pq
from deltalake.exceptions import CommitFailedError, DeltaError
from deltalake.fs import DeltaStorageHandler
from deltalake.transaction import AddAction, RemoveAction

from analytics.corpus.tables import ONCE, ROW_GROUP, Table
from analytics.errors import CorpusError

LARGEST = 100_000_000  # bytes from which the next rows go to another file


@dataclass(frozen=True, slots=True)
class File:
    """A data file as the log knows it."""

    path: str
    size: int
    rows: int

    @property
    def name(self) -> str:
        """Its name, without the folder."""
        return self.path.rpartition("/")[2]


def listed(table: Table) -> list[File]:
    """All data files of the open version, oldest first."""
    found = table.added()
    columns = [found[name].to_pylist() for name in ("path", "size_bytes", "num_records")]
    return [File(*row) for row in zip(*columns, strict=True)]


def written(table: Table, rows: Iterable[pa.Table]) -> list[File]:
    """Files with these rows, in their order, which belong to no version of the table yet."""
    made: list[File] = []
    out: _Out | None = None
    try:
        for part in rows:
            out = out or _Out(table)
            if out.add(part) >= LARGEST:
                made.append(out.close())
                out = None
        if out:
            made.append(out.close())
    except BaseException:
        discard(table, [*made, *([out.close()] if out else [])])
        raise
    return made


class _Out:
    """A data file that is being written."""

    def __init__(self, table: Table) -> None:
        self.name, self.rows, self.schema, self.place = f"part-{uuid.uuid4()}.zstd.parquet", 0, table.schema, _of(table)
        self.stream = self.place.open_output_stream(self.name)
        self.parquet = pq.ParquetWriter(self.stream, table.schema, compression="zstd")

    def add(self, rows: pa.Table) -> int:
        """Write rows; the bytes that are written so far."""
        self.parquet.write_table(rows.cast(self.schema), ROW_GROUP)
        self.rows += rows.num_rows
        return int(self.stream.tell())

    def close(self) -> File:
        """End the file."""
        self.parquet.close()
        self.stream.close()
        return File(self.name, self.place.get_file_info(self.name).size, self.rows)


def exchange(table: Table, made: Sequence[File], gone: Sequence[File], *, changed: bool) -> bool:
    """Let files that were written take the place of others, and stand at the new version.

    False when somebody else has written meanwhile: nothing is done then but to stand at the newest version. `changed`
    says whether rows are others than before, and not only in other files.
    """
    now = int(time.time() * 1000)
    actions: list[AddAction | RemoveAction] = [
        *(AddAction(file.path, file.size, {}, now, data_change=changed, stats=_stats(file)) for file in made),
        *(RemoveAction(file.path, changed, now, file.size, {}) for file in gone),
    ]
    try:
        table.delta.create_write_transaction(actions, "append", table.delta.schema(), commit_properties=ONCE)
    except CommitFailedError:
        return False
    finally:
        table.refresh()
    return True


def discard(table: Table, made: Sequence[File]) -> None:
    """Delete those of these files that took nobody's place. What cannot be told stays, and is cleared in time.

    An exchange that was cut short may have been done: whoever commits may fail, or be stopped, before the answer.
    """
    try:
        table.refresh()
    except (CorpusError, DeltaError, OSError):
        return
    place, there = _of(table), table.records()
    for file in made:
        if file.name not in there:
            place.delete_file(file.path)


def _of(table: Table) -> pa_fs.FileSystem:
    return pa_fs.PyFileSystem(DeltaStorageHandler(str(table.delta.table_uri)))


def _stats(file: File) -> str:
    return json.dumps({"numRecords": file.rows, "minValues": {}, "maxValues": {}, "nullCount": {}})
