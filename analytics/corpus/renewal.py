"""Rows put in place of those with the same keys: files without any of them stay, and all is one commit."""

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from deltalake.exceptions import DeltaError
from numpy.typing import NDArray

from analytics.corpus.exchange import File, discard, exchange, listed, written
from analytics.corpus.scan import scan
from analytics.corpus.tables import ATTEMPTS, Table
from analytics.errors import CorpusError, WriteConflictError


def renew(table: Table, key: str, rows: Iterable[pa.Table]) -> int:
    """Keep these rows in place of all with their keys, the values of the column `key`; returns their number.

    A reader sees all old rows or all new ones. Raises CorpusError when the table cannot be read or written.
    """
    keys = [pa.chunked_array([], table.schema.field(key).type)]

    def noted() -> Iterator[pa.Table]:
        for part in rows:
            keys.append(part[key])
            yield part

    try:
        new = written(table, noted())
        ours = pa.table({key: pa.chunked_array([chunk for each in keys for chunk in each.chunks], keys[0].type)})
        try:
            _put(table, key, ours, new)
        except BaseException:
            discard(table, new)
            raise
    except (DeltaError, OSError, pa.ArrowException) as error:
        raise CorpusError(f"{table.path}: rows cannot be replaced ({error})") from error
    return int(ours.num_rows)


def _put(table: Table, key: str, ours: pa.Table, new: list[File]) -> None:
    """Let files with the rows of these keys take the place of those that hold any, and of their other rows a copy."""
    for _ in range(ATTEMPTS):
        gone = _holding(table, key, ours)
        rest = [file for path, rows in gone.values() for file in written(table, _without(path, rows))]
        if exchange(table, [*new, *rest], list(gone), changed=True):
            return
        discard(table, rest)
    raise WriteConflictError(f"{table.path}: other processes keep writing; try again when they are done")


def _holding(table: Table, key: str, ours: pa.Table) -> dict[File, tuple[str, NDArray[np.int64]]]:
    """The files that hold rows with these keys: where each is on this machine, and the numbers of the rows in it."""
    paths = table.files()
    if not paths:
        return {}
    views = {"theirs": paths, "ours": ours}
    with scan(f"select file, row from theirs_at join ours using ({key})", views) as found:  # noqa: S608 (constants)
        at = found.to_arrow_table()
    file, row = (at[name].to_numpy().astype(np.int64) for name in ("file", "row"))
    files = {one.name: one for one in listed(table)}
    path_of = {number: paths[number] for number in np.unique(file).tolist()}
    return {files[path.rpartition("/")[2]]: (path, np.sort(row[file == number])) for number, path in path_of.items()}


def _without(path: str, rows: NDArray[np.int64]) -> Iterator[pa.Table]:
    """What else is in a file."""
    with pq.ParquetFile(path) as parquet:
        first = 0
        for group in range(parquet.metadata.num_row_groups):
            size = parquet.metadata.row_group(group).num_rows
            kept = np.ones(size, np.bool_)
            kept[rows[(rows >= first) & (rows < first + size)] - first] = False
            first += size
            if kept.any():
                yield parquet.read_row_group(group).filter(pa.array(kept))
