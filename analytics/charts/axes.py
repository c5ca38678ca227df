"""The axes of charts over time: where periods lie, what stands under them, where there is nothing."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from analytics.charts import labels
from analytics.charts.theme import BAND, Figure
from analytics.periods import Grain

Row = dict[str, Any]  # one row of a frame, by column
TICKS = 10  # labels that fit under a narrow chart
DAY = dt.timedelta(days=1)
KEYS = ("entity", "outlet", "language", "term", "topic")


def rows_of(frame: pd.DataFrame, names: Iterable[str] = (), some: slice | None = None) -> list[Row]:
    """The rows of a frame, in order, or `some` of them, with these columns or all; None where a value is missing."""
    chosen = [str(name) for name in names or frame.columns]  # once: iterating over an index of pandas is slow
    columns = [values_of(frame[name] if some is None else frame[name].iloc[some]) for name in chosen]
    return [dict(zip(chosen, values, strict=True)) for values in zip(*columns, strict=True)]


def values_of(column: pd.Series) -> list[Any]:
    """The values of a column, None where one is missing.

    By Arrow, and dates by numpy: pandas makes an object of its own of each, at ten times the price.
    """
    if column.dtype.kind == "M":
        return list(column.to_numpy("datetime64[us]").tolist())
    if column.dtype.kind == "O":
        return [None if gap else value for value, gap in zip(column, column.isna(), strict=True)]
    plain = isinstance(column.dtype, np.dtype)
    return list(pa.array(column.to_numpy() if plain else column.array, from_pandas=True).to_pylist())


def key_of(frame: pd.DataFrame) -> str:
    """The column that says whom or what a frame is about; empty for none."""
    return next((name for name in KEYS if name in frame), "")


def ids_of(frame: pd.DataFrame) -> tuple[str, ...]:
    """Whom or what a frame is about, each once, in the order of its rows: what has a colour in a chart of it."""
    key = key_of(frame)
    return tuple(frame[key].unique()) if key else ()


def middle(row: Row) -> str:
    """The middle of a period: a month's point stands over the month, not over its first day."""
    start, last = row["start"], row["end"]
    return str((start + (last + DAY - start) / 2).isoformat())


def edge(row: Row) -> str:
    """The moment at which a period is over."""
    return str((row["end"] + DAY).isoformat())


def time_axis(periods: Sequence[Row], grain: Grain, language: str) -> Figure:
    """A date axis from the start of the first period to the end of the last, labelled in the reader's language."""
    if not periods:
        return {"type": "date", "visible": False, "fixedrange": True}
    ticks = _ticks(periods, grain)
    starts = [row["start"].date() for row in ticks]
    turns = [place == 0 or start.year != starts[place - 1].year for place, start in enumerate(starts)]
    return {
        "type": "date",
        "range": [periods[0]["start"].isoformat(), edge(periods[-1])],
        "anchor": "free",  # below the foot, where there is one
        "position": 0,
        "tickmode": "array",
        "tickvals": [middle(row) for row in ticks],
        "ticktext": [labels.tick(s, grain, language, year) for s, year in zip(starts, turns, strict=True)],
        "fixedrange": True,
    }


def _ticks(periods: Sequence[Row], grain: Grain) -> list[Row]:
    """At most `TICKS` periods to label: every n-th, and for months and quarters those that a year divides evenly."""
    if grain in {"month", "quarter"}:
        months = 1 if grain == "month" else 3
        for step in (1, 2, 3, 4, 6, 12, 24, 36, 60, 120, 240):
            chosen = [
                row for row in periods if (row["start"].year * 12 + row["start"].month - 1) % (step * months) == 0
            ]
            if 0 < len(chosen) <= TICKS:
                return chosen
    return list(periods[:: -(-len(periods) // TICKS)])


def value_axis(highest: float, share: bool, foot: float) -> Figure:
    """An axis of values from zero. `foot` is the part of the height below it that something else takes."""
    if share:
        found: Figure = {"tickformat": ".0%" if highest > 0.05 else ".1%"}
    else:
        found = {"tickformat": ",d"} | ({"dtick": 1} if highest <= 5 else {})
    top = highest * 1.08 if highest else 1
    return {"range": [0, top], "rangemode": "tozero", "domain": [foot, 1], "fixedrange": True, "nticks": 6, **found}


def bands(periods: Sequence[Row]) -> list[Figure]:
    """A shaded rectangle over each run of periods without a single article."""
    runs = [list(run) for empty, run in groupby(periods, lambda row: row["reason"] == "empty") if empty]
    return [
        {
            "type": "rect",
            "xref": "x",
            "yref": "paper",
            "x0": run[0]["start"].isoformat(),
            "x1": edge(run[-1]),
            "y0": 0,
            "y1": 1,
            "fillcolor": BAND,
            "line": {"width": 0},
            "layer": "below",
        }
        for run in runs
    ]
