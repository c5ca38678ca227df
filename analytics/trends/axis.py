"""The axis of time, what each of its periods is worth, and what the figures are shares of."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.cube import MISSING, NOWHERE, Cube, label, ordinal, ordinals, start_of
from analytics.cube.layout import UNDATED, Bools, Ints
from analytics.filters import Filters
from analytics.periods import GRAINS, Grain, next_start

MAX_PERIODS = 20_000  # 54 years of days; beyond that one misread date would make a chart of millions of points
SMALL = 20  # articles; a share of fewer moves by five points or more with every single one


@dataclass(frozen=True)
class Axis:
    """Consecutive periods of one grain. `first` is the ordinal of the first one."""

    grain: Grain
    first: int
    starts: tuple[dt.date, ...]

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def days(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """The first and the last day of each period, as `datetime64[D]`."""
        after = next_start(self.starts[-1], self.grain) if self.starts else None
        bounds = np.array([*self.starts, *([after] if after else [])], dtype="datetime64[D]")
        return bounds[:-1], bounds[1:] - np.timedelta64(1, "D")

    def buckets(self, cube: Cube, mask: Bools) -> Ints:
        """For each article its place on the axis; -1 for one outside the mask, or that has no place on it."""
        number = cube.periods[self.grain]
        placed = mask & (number >= self.first) & (number < self.first + len(self)) & (number != NOWHERE)
        return np.where(placed, number - self.first, -1).astype(np.int32)

    def frame(self) -> pd.DataFrame:
        """Columns period, start, end: one row per period, in order."""
        return pd.DataFrame(
            {
                "period": [label(start, self.grain) for start in self.starts],
                "start": self.days[0].astype("datetime64[s]"),
                "end": self.days[1].astype("datetime64[s]"),
            }
        )


def axis(cube: Cube, filters: Filters) -> Axis:
    """Every period from the first to the last day asked for, as far as the corpus reaches on either side.

    Two charts of one corpus with the same dates have the same axis, whatever else they are filtered by. Where the
    grain asked for would make more than `MAX_PERIODS` periods, the next coarser one that does not is taken.
    """
    for grain in GRAINS[GRAINS.index(filters.by) :]:
        reach = cube.reach(grain)
        if reach is None:
            break
        low, high = max(filters.start or reach[0], reach[0]), min(filters.end or reach[1], reach[1])
        first, last = ordinal(low, grain), ordinal(high, grain)
        if low > high:
            break
        if last - first < MAX_PERIODS:
            return Axis(grain, first, tuple(start_of(number, grain) for number in range(first, last + 1)))
    return Axis(filters.by, 0, ())


def describe_periods(cube: Cube, filters: Filters, time: Axis, today: dt.date | None = None) -> pd.DataFrame:
    """What each period is worth: one row per period.

    Columns: period, start, end (both days included); articles: the denominator; apart: further articles dated only to
    a month or year that overlaps the period (one article may be apart in several); partial: the period is cut by the
    filters, or not over when the corpus ends; reason: "" | "empty" (no article at all) | "cut" | "unfinished"; small:
    so few articles that a share says little.
    """
    frame = time.frame()
    found = time.buckets(cube, cube.base(filters))
    frame["articles"] = np.bincount(found[found >= 0], minlength=len(time))
    frame["apart"] = _apart(cube, filters, time)
    cut = _cut(filters, time)
    unfinished = _unfinished(cube, time, today or dt.datetime.now(dt.UTC).date())
    frame["partial"] = cut | unfinished
    frame["reason"] = np.select([frame["articles"] == 0, cut, unfinished], ["empty", "cut", "unfinished"], "")
    frame["small"] = frame["articles"].between(1, SMALL - 1)
    return frame


def _cut(filters: Filters, time: Axis) -> Bools:
    """Periods of which the filters leave out some days."""
    starts, ends = time.days
    cut: Bools = np.zeros(len(time), dtype=np.bool_)
    if filters.start:
        cut |= starts < np.datetime64(filters.start)
    if filters.end:
        cut |= ends > np.datetime64(filters.end)
    return cut


def _unfinished(cube: Cube, time: Axis, today: dt.date) -> Bools:
    """Periods that were not over on the last day of the corpus, or are not over today."""
    starts, ends = time.days
    reach = cube.reach(time.grain)
    over, now = np.datetime64(reach[1] if reach else today), np.datetime64(today)
    found: Bools = ((starts <= now) & (now <= ends)) | ((starts <= over) & (over < ends))
    return found


def unplaced(cube: Cube, filters: Filters, time: Axis) -> Bools:
    """Articles of this part of the corpus that have no place on the axis because their date is too coarse for it.

    Those dated to a month or year on a finer axis, and those whose month or year sticks out of the filters' dates.
    """
    rows = cube.articles
    coarse: Bools = (rows.day != UNDATED) & (rows.precision > 0) & (time.buckets(cube, cube.base(filters)) < 0)
    return coarse & _overlaps(cube, filters) & cube.base(filters.but(start=None, end=None))


def _apart(cube: Cube, filters: Filters, time: Axis) -> NDArray[np.int64]:
    """How many articles without a place overlap each period."""
    rows = np.flatnonzero(unplaced(cube, filters, time))
    starts = ordinals(cube.articles.day[rows], time.grain) - time.first
    ends = ordinals(cube.articles.last[rows], time.grain) - time.first
    overlap = (ends >= 0) & (starts < len(time))
    begun = np.bincount(np.maximum(starts[overlap], 0), minlength=len(time) + 1)
    over = np.bincount(np.minimum(ends[overlap], len(time) - 1) + 1, minlength=len(time) + 1)
    counts: NDArray[np.int64] = np.cumsum(begun - over)[: len(time)]
    return counts


@dataclass(frozen=True, slots=True)
class Basis:
    """What the figures are shares of: the line under every chart.

    `articles` are counted, `undated` of them lie in no period; `apart` more are dated only to a month or year and have
    no place on the axis, `reprints` more repeat one that is counted. `start` and `end` are the first and last day.
    """

    articles: int
    undated: int
    apart: int
    reprints: int
    outlets: int
    languages: tuple[str, ...]
    start: dt.date | None
    end: dt.date | None
    version: str


def basis(cube: Cube, filters: Filters) -> Basis:
    """The denominator of these filters, in numbers."""
    mask = cube.base(filters)
    rows = cube.articles
    time = axis(cube, filters)
    languages = np.bincount(rows.language.codes[mask], minlength=len(rows.language.levels))
    dated = mask & (rows.day != UNDATED)
    return Basis(
        articles=int(mask.sum()),
        undated=int((mask & (rows.day == UNDATED)).sum()),
        apart=int(unplaced(cube, filters, time).sum()),
        reprints=int(cube.base(filters.but(reprints=True)).sum() - mask.sum()),
        outlets=len({rows.outlet.levels[code] for code in np.unique(rows.outlet.codes[mask])} - {MISSING}),
        languages=tuple(
            rows.language.levels[code] for code in np.argsort(-languages, kind="stable") if languages[code]
        ),
        start=_day(rows.day[dated].min()) if dated.any() else None,
        end=_day(rows.last[dated].max()) if dated.any() else None,
        version=cube.version,
    )


def _overlaps(cube: Cube, filters: Filters) -> Bools:
    """Articles whose date and the dates of the filters have a day in common."""
    rows = cube.articles
    mask: Bools = rows.day != UNDATED
    if filters.start:
        mask = mask & (rows.last >= _number(filters.start))
    if filters.end:
        mask = mask & (rows.day <= _number(filters.end))
    return mask


def _number(day: dt.date) -> int:
    return ordinal(day, "day")


def _day(number: np.int32) -> dt.date:
    return start_of(int(number), "day")
