"""Sources: files of strangers, read into articles. Every record of a file is an article or a rejection, never neither.

One file for each format (`plain`, `pages`, `tables`, `jsons`, `feeds`), one for each question about a record (`decode`,
`dates`, `clean`, `article`). `discover` finds files and `files` unpacks them; `child` and `reader` keep all of it in a
process of its own.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from analytics.model import ARTICLES, REJECTED, Article, Rejected
from analytics.sources.ahead import ahead
from analytics.sources.discover import Source, discover
from analytics.sources.limits import DEFAULT, Limits
from analytics.sources.reader import Reader, ReaderDiedError

__all__ = ["GIVEN", "Batch", "Limits", "discover", "read"]

GIVEN = pa.schema([field for field in ARTICLES if field.name not in {"duplicate_of", "content"}])
"""What a file says of an article: the columns of `model.ARTICLES` without those that a corpus adds."""

AHEAD = 8  # batches, of at most a few megabytes each, that are read while those before them are worked on


@dataclass(frozen=True, slots=True)
class Batch:
    """Some records of one input, each in exactly one of two tables: `given` (see `GIVEN`) or `refused` (`REJECTED`)."""

    origin: str
    given: pa.Table
    refused: pa.Table

    @property
    def articles(self) -> list[Article]:
        """The articles, one by one."""
        return [Article(**{**row, "flags": tuple(row["flags"])}) for row in self.given.to_pylist()]

    @property
    def rejected(self) -> list[Rejected]:
        """The rejections, one by one."""
        return [Rejected(**row) for row in self.refused.to_pylist()]

    @property
    def records(self) -> int:
        """How many records were read."""
        return int(self.given.num_rows + self.refused.num_rows)


def read(inputs: Sequence[str | Path], limits: Limits = DEFAULT, today: dt.date | None = None) -> Iterator[Batch]:
    """Read files, folders and patterns, a batch at a time. `today` is what a date must not lie after.

    Raises SourceError, before anything is read, for an input that does not exist. A file that cannot be read, and one
    that kills its reader, is a rejected record; the next file is read all the same.
    """
    sources = discover(inputs)
    return ahead(_read(sources, limits, today or dt.datetime.now(dt.UTC).date()), AHEAD)


def _read(sources: list[Source], limits: Limits, today: dt.date) -> Iterator[Batch]:
    with Reader(limits) as reader:
        for source in sources:
            seen = 0
            try:
                for frame in reader.read(source, today):
                    batch = Batch(source.origin, _table(frame["articles"], GIVEN), _table(frame["rejected"], REJECTED))
                    seen += batch.records
                    yield batch
            except ReaderDiedError as error:
                where = f"from record {seen + 1}" if seen else ""
                lost = pa.table([[source.origin], [where], [str(error)], [""]], schema=REJECTED)
                yield Batch(source.origin, GIVEN.empty_table(), lost)


def _table(columns: dict[str, list[Any]], schema: pa.Schema) -> pa.Table:
    return pa.table([_array(columns[field.name], field.type) for field in schema], schema=schema)


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    """A column of a frame. JSON has no dates: they come as text, the same few again and again."""
    if pa.types.is_date(kind):
        return pa.array(values, pa.string()).dictionary_encode().cast(kind)
    return pa.array(values, kind)
