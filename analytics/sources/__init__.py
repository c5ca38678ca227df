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

from analytics.model import Article, Rejected
from analytics.sources.discover import Source, discover
from analytics.sources.limits import DEFAULT, Limits
from analytics.sources.reader import Reader, ReaderDiedError

__all__ = ["Batch", "Limits", "discover", "read"]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some records of one input: `records` is how many were read, each in exactly one of the two lists."""

    origin: str
    articles: list[Article]
    rejected: list[Rejected]

    @property
    def records(self) -> int:
        """How many records were read."""
        return len(self.articles) + len(self.rejected)


def read(inputs: Sequence[str | Path], limits: Limits = DEFAULT, today: dt.date | None = None) -> Iterator[Batch]:
    """Read files, folders and patterns, a batch at a time. `today` is what a date must not lie after.

    Raises SourceError, before anything is read, for an input that does not exist. A file that cannot be read, and one
    that kills its reader, is a rejected record; the next file is read all the same.
    """
    sources = discover(inputs)
    return _read(sources, limits, today or dt.datetime.now(dt.UTC).date())


def _read(sources: list[Source], limits: Limits, today: dt.date) -> Iterator[Batch]:
    with Reader(limits) as reader:
        for source in sources:
            seen = 0
            try:
                for frame in reader.read(source, today):
                    batch = _batch(source, frame)
                    seen += batch.records
                    yield batch
            except ReaderDiedError as error:
                where = f"from record {seen + 1}" if seen else ""
                yield Batch(source.origin, [], [Rejected(source.origin, where, str(error), "")])


def _batch(source: Source, frame: dict[str, Any]) -> Batch:
    articles = [
        Article(**{**row, "published": _day(row["published"]), "flags": tuple(row["flags"])})
        for row in frame["articles"]
    ]
    return Batch(source.origin, articles, [Rejected(**row) for row in frame["rejected"]])


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
