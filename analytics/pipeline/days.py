"""Batches that end where a day ends: the articles of a day are grouped into stories together."""

from collections.abc import Iterable, Iterator

import pyarrow as pa


def whole_days(batches: Iterable[pa.Table], most: int) -> Iterator[pa.Table]:
    """The same articles, in order of `published` as they come, in batches that do not cut a day.

    A day of more than `most` articles is cut, at multiples of `most` from its first: wherever the batches that come
    in were cut, no turn of grouping begins elsewhere. The undated are a day of their own.
    """
    rest: pa.Table | None = None
    for batch in batches:
        table = batch if rest is None else pa.concat_tables([rest, batch])
        cut = _last_day(table)
        cut += (table.num_rows - cut) // most * most
        if cut:
            yield table.slice(0, cut)
        rest = table.slice(cut)
    if rest is not None and rest.num_rows:
        yield rest


def _last_day(table: pa.Table) -> int:
    """Where the last day begins."""
    days = table["published"].to_pylist()
    return next((at + 1 for at in range(len(days) - 2, -1, -1) if days[at] != days[-1]), 0)
