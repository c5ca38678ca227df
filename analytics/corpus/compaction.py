"""Small files put together, and old ones cleared away.

Every commit writes a file, and what reads a table opens each of them. Files are put together with those of like size
only, so a file is written again a few times in its life, however large the corpus: the price follows what is new. It
is one commit like any other. A build that is killed before it has lost the work and nothing else; a writer that was
faster wins; a reader who stands at an older version keeps its files until they are `KEPT` old.
"""

import datetime as dt
import json
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.fs as pa_fs
import pyarrow.parquet as pq
from deltalake.exceptions import CommitFailedError, DeltaError
from deltalake.fs import DeltaStorageHandler
from deltalake.transaction import AddAction, RemoveAction

from analytics.corpus.scan import scan
from analytics.corpus.store import BATCH, Corpus
from analytics.corpus.tables import ONCE, Table
from analytics.errors import CorpusError

KEPT = dt.timedelta(days=30)  # for so long a version can be read after the next one was written
MANY = 16  # files below a size that are put together
SIZES = (8_000_000, 64_000_000)  # bytes; some 8,000 and 60,000 articles


def compact(corpus: Corpus) -> bool:
    """Put small files together where there are many, and delete those that no kept version has.

    Returns whether anything changed. What another process is changing is left to the next build. Raises CorpusError
    when a table cannot be read or written.
    """
    changed = [_compact(table) for table in corpus.tables.values()]  # all of them, not up to the first
    return any(changed)


def _compact(table: Table) -> bool:
    before = table.version
    try:
        for size in SIZES:
            small = [file for file in _files(table) if file.size < size]
            if len(small) >= MANY and not _replace(table, list(_together(small, size))):
                return False
        if table.version != before:
            _clear(table)
    except (DeltaError, OSError, pa.ArrowException) as error:
        raise CorpusError(f"{table.path}: small files cannot be put together ({error})") from error
    return table.version != before


@dataclass(frozen=True, slots=True)
class _File:
    """A data file as the log knows it."""

    path: str
    size: int
    rows: int


def _files(table: Table) -> list[_File]:
    """All data files of the open version, oldest first."""
    found = pa.table(table.delta.get_add_actions()).sort_by([("modification_time", "ascending"), ("path", "ascending")])
    columns = [found[name].to_pylist() for name in ("path", "size_bytes", "num_records")]
    return [_File(*row) for row in zip(*columns, strict=True)]


def _together(small: list[_File], size: int) -> Iterator[list[_File]]:
    """Neighbours that make a file of some size."""
    part: list[_File] = []
    for file in small:
        part.append(file)
        if sum(one.size for one in part) >= size:
            yield part
            part = []
    if len(part) > 1:
        yield part


def _replace(table: Table, groups: list[list[_File]]) -> bool:
    """Write one file for each group and let it take their place, in one commit. False when somebody else has written.

    Not by the library's own compaction: of two processes that put the same files together both succeed, and every
    article is there twice.
    """
    files = pa_fs.PyFileSystem(DeltaStorageHandler(str(table.delta.table_uri)))
    made = [_write(table, files, group) for group in groups]
    now = int(time.time() * 1000)
    gone = [RemoveAction(file.path, False, now, file.size, {}) for group in groups for file in group]
    try:
        table.delta.create_write_transaction([*made, *gone], "append", table.delta.schema(), commit_properties=ONCE)
    except CommitFailedError:
        for file in made:
            files.delete_file(file.path)
        return False
    finally:
        table.refresh()
    return True


def _write(table: Table, files: pa_fs.FileSystem, group: list[_File]) -> AddAction:
    """A file with the rows of others, in their order."""
    name = f"part-{uuid.uuid4()}.zstd.parquet"
    place = {Path(file).name: file for file in table.files()}
    with (
        scan("from small", {"small": [place[Path(file.path).name] for file in group]}) as rows,
        files.open_output_stream(name) as out,
        pq.ParquetWriter(out, table.schema, compression="zstd") as parquet,
    ):
        for batch in rows.select(*table.schema.names).to_arrow_reader(BATCH):
            parquet.write_table(pa.Table.from_batches([batch]).cast(table.schema))
    size, count = files.get_file_info(name).size, sum(file.rows for file in group)
    stats = json.dumps({"numRecords": count, "minValues": {}, "maxValues": {}, "nullCount": {}})
    return AddAction(name, size, {}, int(time.time() * 1000), data_change=False, stats=stats)


def _clear(table: Table) -> None:
    """Delete the files that no version of the last `KEPT` has, and those that a killed build left behind."""
    hours = int(KEPT.total_seconds() // 3600)
    if table.delta.vacuum(hours, dry_run=True, full=True):  # a vacuum is two commits, whether it finds anything or not
        table.delta.vacuum(hours, dry_run=False, full=True)
