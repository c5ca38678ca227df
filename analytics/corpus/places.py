"""Where each row of a table lies, so that an article is read without looking through a million others."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from analytics.errors import CorpusError

OPEN = 16  # row groups kept decoded, some 3 MB each: what is newest is asked for again and again, of both tables


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """For each row, in order of the digest of its key: the data file, by its place among their sorted names, and row.

    Two keys may have one digest, so that what is found is compared with what was looked for.
    """

    digest: NDArray[np.uint64]
    file: NDArray[np.int32]
    row: NDArray[np.int32]

    @classmethod
    def of(cls, files: Sequence[str], key: str) -> "Places":
        """The places of all rows of these files; `key` is the column that names a row."""
        keys = [pq.read_table(file, columns=[key])[key].to_pylist() for file in sorted(files)]
        sizes = [len(each) for each in keys]
        digest = _digests([one for each in keys for one in each])
        order = np.argsort(digest, kind="stable")
        file = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        row = np.concatenate([np.zeros(0, np.int32), *(np.arange(size, dtype=np.int32) for size in sizes)])
        return cls(digest[order], file[order], row[order])

    def find(self, keys: Sequence[str]) -> Iterator[tuple[int, int]]:
        """File and row of each row that may have one of these keys, in order."""
        wanted = _digests(keys)
        low, high = np.searchsorted(self.digest, wanted), np.searchsorted(self.digest, wanted, side="right")
        at = [place for first, last in zip(low.tolist(), high.tolist(), strict=True) for place in range(first, last)]
        yield from sorted(zip(self.file[at].tolist(), self.row[at].tolist(), strict=True))


def _digests(keys: Sequence[str]) -> NDArray[np.uint64]:
    return pd.util.hash_array(np.array(keys, dtype=object), categorize=False)


def rows_of(files: Sequence[str], places: Places, key: str, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The rows with these keys, by key; one that is not there is left out. Raises CorpusError for a damaged file."""
    names, found = sorted(files), {}
    with _readable():
        for file, row in places.find(keys):
            group = bisect_right(_begin(names[file]), row) - 1
            (one,) = _group(names[file], group).slice(row - _begin(names[file])[group], 1).to_pylist()
            found[one[key]] = one
    return {one: found[one] for one in keys if one in found}


def take(files: Sequence[str], file: NDArray[np.int64], row: NDArray[np.int64], schema: pa.Schema) -> pa.Table:
    """Rows of these files, each by the place of its file among them and its number there, in this order.

    No row group without one is read. Raises CorpusError for a damaged file.
    """
    order, found = np.lexsort((row, file)), [schema.empty_table()]
    with _readable():
        for at in np.unique(file).tolist():
            rows = row[order][file[order] == at]
            begin = _begin(files[at])
            groups = np.searchsorted(begin, rows, side="right") - 1
            with pq.ParquetFile(files[at]) as parquet:
                for group in np.unique(groups).tolist():
                    here = pa.array(rows[groups == group] - begin[group])
                    found.append(parquet.read_row_group(group, columns=schema.names).take(here).cast(schema))
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    return pa.concat_tables(found).take(pa.array(place))


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        raise CorpusError(f"a data file of the corpus cannot be read: {error}; restore it from a copy") from error


@lru_cache(4096)
def _begin(file: str) -> list[int]:
    """The row with which each row group of a file begins, and the number of all rows."""
    metadata = pq.ParquetFile(file).metadata
    sizes = [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)]
    return [0, *np.cumsum(sizes).tolist()]


@lru_cache(OPEN)
def _group(file: str, group: int) -> pa.Table:
    """A row group of a data file. Data files are never written twice."""
    with pq.ParquetFile(file) as parquet:
        return parquet.read_row_group(group, use_threads=False)
