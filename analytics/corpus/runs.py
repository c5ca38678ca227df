"""An index on disk that grows by what is new, and can be made again at any time.

Rows stand in runs sorted by their key, each run a file that never changes. New rows make a new run; runs of like size
are merged, so that there are few however many rows there are, and a row is written again a few times in its life (a
log-structured merge tree). A small file names the runs that count; it is replaced whole, last. So whatever moment a
writer is ended at, and whoever writes beside it, what is read is one consistent state: at worst an old one, which does
not cover what was added since. A file that is missing, cut or damaged makes the index empty; it covers nothing then.
"""

import os
import secrets
import time
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa

from analytics.whole import write

Keys = npt.NDArray[np.uint64]

KEY = pa.field("key", pa.uint64())
LIST = "runs.json"
FORMAT = 1  # raised when the meaning of the rows changes: an index of another format is made again
LIKE = 4  # a run is merged with one before it that is no more than so many times as long
MOST = 4_000_000  # rows of one run: merging holds them in memory
ABANDONED = 24 * 3600  # seconds after which a file that no list names is nobody's
_DAMAGE = (OSError, ValueError, KeyError, TypeError, pa.ArrowException)


@dataclass(frozen=True, slots=True)
class Run:
    """Rows in order of their keys, in a file of this name."""

    name: str
    rows: pa.Table
    sum: int

    @property
    def keys(self) -> Keys:
        """The keys, in order."""
        return self.rows["key"].chunk(0).to_numpy() if self.rows.num_rows else np.empty(0, np.uint64)


class Index:
    """Rows under keys, several to a key if need be, in a directory of their own."""

    def __init__(self, path: Path, payload: pa.Schema) -> None:
        self.path, self.schema = path, pa.schema([KEY, *payload])
        self.covers: frozenset[str] = frozenset()
        self.runs: list[Run] = []
        try:
            listed = orjson.loads((path / LIST).read_bytes())
            if listed["format"] == FORMAT:
                self.runs = [self._open(**run) for run in listed["runs"]]
                self.covers = frozenset(listed["covers"])
        except _DAMAGE:
            self.clear()

    def __len__(self) -> int:
        """The number of rows."""
        return sum(int(run.rows.num_rows) for run in self.runs)

    def clear(self) -> None:
        """Forget all rows. What is on disk stays until the next `extend`."""
        self.runs, self.covers = [], frozenset()

    def find(self, keys: Keys) -> pa.Table:
        """The rows with one of these keys, those that were added first before the others of their key."""
        wanted = np.unique(keys)
        found = [self.schema.empty_table()]
        for run in self.runs:
            first, end = (np.searchsorted(run.keys, wanted, side) for side in ("left", "right"))
            there = np.flatnonzero(end > first)
            if len(there):
                at = np.concatenate([np.arange(first[n], end[n]) for n in there])
                found.append(run.rows.take(pa.array(at)))
        return pa.concat_tables(found)

    def extend(self, rows: pa.Table, covers: Iterable[str]) -> None:
        """Add rows, and note what the index covers now. Raises OSError when that cannot be written."""
        runs, merged = list(self.runs), rows.select(self.schema.names).cast(self.schema)
        while runs and runs[-1].rows.num_rows <= LIKE * merged.num_rows and _size(runs[-1].rows, merged) <= MOST:
            merged = pa.concat_tables([runs.pop().rows, merged])
        self.path.mkdir(parents=True, exist_ok=True)
        if merged.num_rows:
            runs.append(self._write(merged))
        gone = {run.name for run in self.runs} - {run.name for run in runs}
        self.runs, self.covers = runs, frozenset(covers)
        listed = [{"name": run.name, "sum": run.sum} for run in runs]
        write(self.path / LIST, orjson.dumps({"format": FORMAT, "covers": sorted(self.covers), "runs": listed}))
        self._sweep(gone)

    def _open(self, name: str, sum: int) -> Run:  # noqa: A002 (as the list calls it)
        """A run that is what was written, to the bit; ValueError for any other. Its pages are the system's to keep."""
        with pa.memory_map(str(self.path / name)) as file:
            data = file.read_buffer()
        if zlib.crc32(data) != sum:
            raise ValueError(name)
        rows = pa.ipc.open_file(data).read_all()
        if rows.schema != self.schema:
            raise ValueError(name)
        return Run(name, rows, sum)

    def _write(self, rows: pa.Table) -> Run:
        order = np.argsort(rows["key"].to_numpy(), kind="stable")
        out = pa.BufferOutputStream()
        with pa.ipc.new_file(out, self.schema) as file:
            file.write_table(rows.take(pa.array(order)).combine_chunks())
        data = out.getvalue()
        name, total = f"{secrets.token_hex(8)}.arrow", zlib.crc32(data)
        write(self.path / name, data)
        return self._open(name, total)

    def _sweep(self, gone: set[str]) -> None:
        """Delete what was merged, and what ended writers left; not what another writer may be about to list.

        One who still lists what was merged here has an index that misses a file, and so one that is made again.
        """
        named = {LIST, *(run.name for run in self.runs)}
        for file in os.scandir(self.path):
            with suppress(FileNotFoundError):  # another writer has just given it its name, or swept as well
                abandoned = file.name not in named and time.time() - file.stat().st_mtime > ABANDONED
                if abandoned or file.name in gone:
                    Path(file.path).unlink()


def _size(*tables: Any) -> int:
    return sum(int(table.num_rows) for table in tables)
