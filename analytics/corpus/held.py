"""What a table holds, asked by key: an index kept in step with the table, whoever writes to it and whenever they end.

The table is the truth. The index notes which of its files it covers; the rows of others are read before a question is
answered, and an index that holds anything the table does not is made again. Adding to a corpus therefore costs what is
added, however large the corpus.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.corpus.identity import Known, address, other_id
from analytics.corpus.runs import KEY, Index, Keys
from analytics.corpus.scan import scan
from analytics.corpus.tables import Table
from analytics.errors import CorpusError

ROWS = 250_000  # read from a table at once while an index is made: some 100 MB

_IDENTITY = ["id", "content", "duplicate_of", "outlet", "url"]
# A row under the id of each article, and one under the content of each that is no reprint (`original`).
_ENTRY = pa.schema(
    [
        ("id", pa.string()),
        ("high", pa.uint64()),  # the halves of its content
        ("low", pa.uint64()),
        ("address", pa.uint64()),
        ("original", pa.bool_()),
    ]
)
_REJECTION = ["origin", "record", "reason"]
_NOTED = pa.schema([("low", pa.uint64())])


class Held:
    """An index of a table: `entries` makes index rows of its `columns`, `stand_for` says of how many rows they are."""

    def __init__(
        self,
        index: Index,
        table: Table,
        columns: list[str],
        entries: Callable[[pa.Table], pa.Table],
        stand_for: Callable[[pa.Table], int],
    ) -> None:
        self.index, self.table, self.columns = index, table, columns
        self.entries, self.stand_for = entries, stand_for

    def find(self, keys: Keys) -> pa.Table:
        """The index rows of these keys at the open version of the table. Raises CorpusError as reading it does."""
        self._follow()
        return self.index.find(keys)

    def learn(self, rows: pa.Table) -> None:
        """Take in rows that were just written, on top of the version that was asked last."""
        self._extend(self.entries(rows), self.table.records())

    def moved(self, gone: Collection[str], made: Collection[str]) -> None:
        """Cover the files to which the rows of others were moved, where it covers those."""
        if self.index.covers.issuperset(gone):
            self._extend(self.index.schema.empty_table(), self.index.covers.difference(gone).union(made))

    def _follow(self) -> None:
        """Read what the index does not cover yet."""
        files = self.table.records()
        covered = self.index.covers
        if covered == files.keys():
            return
        if not covered.isdisjoint(files):
            self._read(files, [name for name in files if name not in covered])
            if covered <= files.keys() or self._rows() == sum(files.values()):
                return  # files that are gone were put together into others: the same rows
        self.index.clear()
        self._read(files, list(files))

    def _rows(self) -> int:
        return sum(self.stand_for(run.rows) for run in self.index.runs)

    def _read(self, files: dict[str, int], names: Sequence[str]) -> None:
        paths = {Path(path).name: path for path in self.table.files()}
        for group in _groups(names, files):
            with scan("from files", {"files": [paths[name] for name in group]}) as found:
                made = self.entries(found.select(*self.columns).to_arrow_table())
            if len(self.index):
                there = self.index.find(made["key"].to_numpy())
                made = made.join(there, made.schema.names, join_type="left anti")
            self._extend(made, [*(name for name in self.index.covers if name in files), *group])

    def _extend(self, made: pa.Table, covers: Iterable[str]) -> None:
        try:
            self.index.extend(made, covers)
        except OSError as error:
            raise CorpusError(f"{self.index.path}: cannot be written ({error.strerror})") from error


def _groups(names: Sequence[str], rows: dict[str, int]) -> Iterator[list[str]]:
    """Files that are read at once."""
    group: list[str] = []
    for name in names:
        if group and sum(rows[one] for one in group) + rows[name] > ROWS:
            yield group
            group = []
        group.append(name)
    if group:
        yield group


class Identities(Held):
    """The identities of the articles in a corpus."""

    def __init__(self, folder: Path, table: Table) -> None:
        super().__init__(Index(folder, _ENTRY), table, _IDENTITY, _entries, _articles)

    def about(self, ids: Sequence[str], said: Sequence[str], where: Sequence[int]) -> Known:
        """What the corpus knows of records with these ids, contents and addresses."""
        known = Known()
        self._ask(known, np.concatenate([_id_keys(ids), _halves(said)[:, 0]]))
        seen: set[str] = set()
        others = []
        for one, content, place in zip(ids, said, where, strict=True):
            if one in seen or known.records.get(one, (content, place)) != (content, place):
                others.append(other_id(one, content, place))
            seen.add(one)
        if others:
            self._ask(known, _id_keys(others))
        return known

    def _ask(self, known: Known, keys: Keys) -> None:
        for row in self.find(keys).to_pylist():
            content = f"{row['high']:016x}{row['low']:016x}"
            if row["original"]:
                known.originals.setdefault(content, row["id"])
            else:
                known.records[row["id"]] = content, row["address"]


class Rejections(Held):
    """The rejections noted in a corpus."""

    def __init__(self, folder: Path, table: Table) -> None:
        super().__init__(Index(folder, _NOTED), table, _REJECTION, _noted, lambda rows: int(rows.num_rows))

    def new(self, rejected: pa.Table) -> pa.Table:
        """Those of these rejections that are not there yet, the last of several with one key."""
        made = _noted(rejected)
        keys = list(zip(made["key"].to_pylist(), made["low"].to_pylist(), strict=True))
        found = self.find(made["key"].to_numpy())
        there = set(zip(found["key"].to_pylist(), found["low"].to_pylist(), strict=True))
        last = {key: row for row, key in enumerate(keys)}  # in the order in which the keys came
        return rejected.take(pa.array([row for key, row in last.items() if key not in there], pa.int64()))


def _entries(rows: pa.Table) -> pa.Table:
    ids, halves = rows["id"], _halves(rows["content"].to_pylist())
    columns = (rows[name].to_pylist() for name in ("outlet", "url"))
    where = [address(outlet, url) for outlet, url in zip(*columns, strict=True)]
    by_id = pa.table(
        [_id_keys(ids.to_pylist()), ids, halves[:, 0], halves[:, 1], pa.array(where, pa.uint64()), _all(ids, False)],
        schema=pa.schema([KEY, *_ENTRY]),
    )
    first = by_id.filter(pc.is_null(rows["duplicate_of"]))
    by_content = first.set_column(0, KEY, first["high"]).set_column(5, _ENTRY.field("original"), _all(first, True))
    return pa.concat_tables([by_id, by_content])


def _all(rows: pa.Table | pa.ChunkedArray, value: bool) -> pa.Array:
    return pa.repeat(pa.scalar(value), len(rows))


def _articles(rows: pa.Table) -> int:
    """The number of articles that index rows are of."""
    return int(rows.num_rows) - int(pc.sum(rows["original"]).as_py() or 0)


def _noted(rows: pa.Table) -> pa.Table:
    columns = (rows[name].to_pylist() for name in _REJECTION)
    digests = [blake2b("\0".join(key).encode(), digest_size=16).digest() for key in zip(*columns, strict=True)]
    halves = np.frombuffer(b"".join(digests), ">u8").astype(np.uint64).reshape(-1, 2)
    return pa.table([halves[:, 0], halves[:, 1]], schema=pa.schema([KEY, *_NOTED]))


def _id_keys(ids: Sequence[str]) -> Keys:
    digests = [blake2b(one.encode(), digest_size=8).digest() for one in ids]
    return np.frombuffer(b"".join(digests), ">u8").astype(np.uint64)


def _halves(contents: Sequence[str]) -> Keys:
    """The halves of digests in hexadecimal, as numbers: two columns."""
    return np.frombuffer(bytes.fromhex("".join(contents)), ">u8").astype(np.uint64).reshape(-1, 2)
