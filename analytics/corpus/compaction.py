"""Small files put together, and old ones cleared away.

Every commit writes a file, and what reads a table opens each of them. Files are put together with those of like size
only, so a file is written again a few times in its life, however large the corpus: the price follows what is new. It
is one commit like any other. A build that is killed before it has lost the work and nothing else; a writer that was
faster wins; a reader who stands at an older version keeps its files until they are `KEPT` old.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
from deltalake.exceptions import DeltaError

from analytics.corpus.exchange import File, discard, exchange, listed, written
from analytics.corpus.scan import scan
from analytics.corpus.store import BATCH, Corpus, Name
from analytics.corpus.tables import Table
from analytics.errors import CorpusError

KEPT = dt.timedelta(days=30)  # for so long a version can be read after the next one was written
MANY = 16  # files below a size that are put together
SIZES = (8_000_000, 64_000_000)  # bytes; some 8,000 and 60,000 articles


def compact(corpus: Corpus) -> bool:
    """Put small files together where there are many, and delete those that no kept version has.

    Returns whether anything changed. What another process is changing is left to the next build. Raises CorpusError
    when a table cannot be read or written.
    """
    changed = [_compact(corpus, name) for name in corpus.tables]  # all of them, not up to the first
    return any(changed)


def _compact(corpus: Corpus, name: Name) -> bool:
    table = corpus.tables[name]
    before = table.version
    try:
        for size in SIZES:
            small = [file for file in listed(table) if file.size < size]
            if len(small) < MANY:
                continue
            groups = list(_together(small, size))
            made = _replace(table, groups)
            if made is None:
                return False
            corpus.moved(name, {file.name for group in groups for file in group}, {file.name for file in made})
        if table.version != before:
            _clear(table)
    except (DeltaError, OSError, pa.ArrowException) as error:
        raise CorpusError(f"{table.path}: small files cannot be put together ({error})") from error
    return table.version != before


def _together(small: list[File], size: int) -> Iterator[list[File]]:
    """Neighbours that make a file of some size."""
    part: list[File] = []
    for file in small:
        part.append(file)
        if sum(one.size for one in part) >= size:
            yield part
            part = []
    if len(part) > 1:
        yield part


def _replace(table: Table, groups: list[list[File]]) -> list[File] | None:
    """Let one file take the place of each group, in one commit; the new files. None when somebody else has written."""
    made = [file for group in groups for file in written(table, _rows(table, group))]
    if exchange(table, made, [file for group in groups for file in group], changed=False):
        return made
    discard(table, made)
    return None


def _rows(table: Table, group: list[File]) -> Iterator[pa.Table]:
    """The rows of some files, in their order."""
    place = {Path(file).name: file for file in table.files()}
    with scan("from small", {"small": [place[file.name] for file in group]}) as rows:
        for batch in rows.select(*table.schema.names).to_arrow_reader(BATCH):
            yield pa.Table.from_batches([batch])


def _clear(table: Table) -> None:
    """Delete the files that no version of the last `KEPT` has, and those that a killed build left behind."""
    hours = int(KEPT.total_seconds() // 3600)
    if table.delta.vacuum(hours, dry_run=True, full=True):  # a vacuum is two commits, whether it finds anything or not
        table.delta.vacuum(hours, dry_run=False, full=True)
