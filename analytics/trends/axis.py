"""The axis of time, what each of its periods is worth, and what the figures are shares of."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from analytics.cube import MISSING, Cube, labels, ordinal, ordinals, start_of, starts
from analytics.cube.bits import between, pack
from analytics.cube.codes import Bools
from analytics.cube.layout import UNDATED
from analytics.filters import Filters
from analytics.periods import GRAINS, Grain

MAX_PERIODS = 20_000  # 54 years of days; beyond that one misread date would make a chart of millions of points
REASONS = ("", "unfinished", "cut", "empty")
SMALL = 20  # articles; a share of fewer moves by five points or more with every single one

Column = NDArray[Any] | pd.api.extensions.ExtensionArray


def texts(values: Sequence[str] | pa.Array) -> pd.api.extensions.ExtensionArray:
    """A column of texts. Made once of each and taken from as often as it stands there: pandas looks at every object."""
    return pd.array(values if isinstance(values, pa.Array) else list(values), dtype="str")


@dataclass(frozen=True)
class Axis:
    """So many consecutive periods of one grain. `first` is the ordinal of the first one."""

    grain: Grain
    first: int
    size: int

    def __len__(self) -> int:
        return self.size

    @cached_property
    def days(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """The first and the last day of each period, as `datetime64[D]`."""
        bounds = starts(np.arange(self.first, self.first + self.size + 1), self.grain)
        return bounds[:-1], bounds[1:] - np.timedelta64(1, "D")

    @cached_property
    def labels(self) -> Column:
        """What each period is called in files."""
        return texts(labels(self.days[0], self.grain))

    def bounds(self, cube: Cube) -> NDArray[np.int64]:
        """The rows of the cube with which each period begins, and the one after the last."""
        first, last = self.days
        if not len(self):
            return np.zeros(1, np.int64)
        return cube.stretches(np.append(first, last[-1:] + np.timedelta64(1, "D")))

    def counts(self, cube: Cube, mask: Bools) -> NDArray[np.int64]:
        """The articles of a mask in each period."""
        return between(pack(mask & cube.placed(self.grain)), self.bounds(cube))

    def on(self, cube: Cube, rows: NDArray[np.integer]) -> NDArray[np.intp]:
        """The place of each of these articles on the axis; -1 for one that has none."""
        found = np.searchsorted(self.bounds(cube), rows, side="right") - 1
        return np.where((found < len(self)) & cube.placed(self.grain)[rows], found, -1)

    def columns(self) -> dict[str, Column]:
        """Columns period, start, end: one value per period, in order."""
        first, last = self.days
        return {"period": self.labels, "start": first.astype("datetime64[s]"), "end": last.astype("datetime64[s]")}

    def frame(self) -> pd.DataFrame:
        """The same, as a frame."""
        return pd.DataFrame(self.columns())


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
            return _axis(grain, first, last - first + 1)
    return Axis(filters.by, 0, 0)


_axis = lru_cache(64)(Axis)  # every chart of a page has the same, with its days and labels


def describe_periods(cube: Cube, filters: Filters, time: Axis, today: dt.date | None = None) -> dict[str, Column]:
    """What each period is worth: columns of one value per period.

    Columns: period, start, end (both days included); articles: the denominator; apart: further articles dated only to
    a month or year that overlaps the period (one article may be apart in several); partial: the period is cut by the
    filters, or not over when the corpus ends; reason: "" | "empty" (no article at all) | "cut" | "unfinished"; small:
    so few articles that a share says little.
    """
    articles = time.counts(cube, cube.base(filters))
    cut = _cut(filters, time)
    unfinished = _unfinished(cube, time, today or dt.datetime.now(dt.UTC).date())
    reason = np.zeros(len(time), np.intp)
    reason[unfinished], reason[cut], reason[articles == 0] = 1, 2, 3  # the last word is the reason
    return time.columns() | {
        "articles": articles,
        "apart": _apart(cube, filters, time),
        "partial": cut | unfinished,
        "reason": texts(REASONS).take(reason),
        "small": (articles >= 1) & (articles < SMALL),
    }


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


def unplaced(cube: Cube, filters: Filters, time: Axis) -> NDArray[np.intp]:
    """Articles of this part of the corpus that have no place on the axis because their date is too coarse for it.

    Those dated to a month or year on a finer axis, and those whose month or year sticks out of the filters' dates.
    """
    rows = cube.coarse
    placed = cube.base(filters)[rows] & (time.on(cube, rows) >= 0)
    rows = rows[~placed & _overlaps(cube, filters, rows)]
    return rows[cube.base(filters.but(start=None, end=None))[rows]] if len(rows) else rows


def _apart(cube: Cube, filters: Filters, time: Axis) -> NDArray[np.int64]:
    """How many articles without a place overlap each period."""
    rows = unplaced(cube, filters, time)
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

    `articles` are counted, `undated` of them lie in no period; `apart` are dated only to a month or year and have no
    place on the axis, `outside` of them are not counted: their month or year sticks out of the dates asked for.
    `reprints` more repeat one that is counted. `start` and `end` are the first and last day.
    """

    articles: int
    undated: int
    apart: int
    outside: int
    reprints: int
    outlets: int
    languages: tuple[str, ...]
    start: dt.date | None
    end: dt.date | None
    version: str


def basis(cube: Cube, filters: Filters) -> Basis:
    """The denominator of these filters, in numbers."""
    return _basis(cube, filters, cube.base)


def chosen_basis(cube: Cube, filters: Filters) -> Basis:
    """The same of the articles that mention any of the chosen names, where there are some."""
    return _basis(cube, filters, lambda part: cube.base(part) & cube.select_rows(part))


def story_basis(cube: Cube, filters: Filters, story: str) -> Basis:
    """The same of one story: its reports in this part of the corpus."""
    return _basis(cube, filters.base(), lambda part: cube.base(part) & cube.telling(story))


def _basis(cube: Cube, filters: Filters, part: Callable[[Filters], Bools]) -> Basis:
    """The denominator in numbers, given which articles of any filters it is."""
    mask = part(filters)
    rows = cube.articles
    dated = mask[: cube.dated]
    languages, outlets = rows.language.counts(mask), rows.outlet.counts(mask)
    articles = int(np.count_nonzero(mask))
    apart = unplaced(cube, filters, axis(cube, filters))
    apart = apart[part(filters.but(start=None, end=None))[apart]] if len(apart) else apart
    return Basis(
        articles=articles,
        undated=articles - int(np.count_nonzero(dated)),
        apart=len(apart),
        outside=int(np.count_nonzero(~mask[apart])),
        reprints=int(np.count_nonzero(part(filters.but(reprints=True)))) - articles,
        outlets=sum(rows.outlet.levels[code] != MISSING for code in np.flatnonzero(outlets).tolist()),
        languages=tuple(
            rows.language.levels[code] for code in np.argsort(-languages, kind="stable") if languages[code]
        ),
        start=_day(rows.day[dated.argmax()]) if dated.any() else None,
        end=_day(_last_day(cube, mask)) if dated.any() else None,
        version=cube.version,
    )


def _last_day(cube: Cube, mask: Bools) -> np.int32:
    """The last day of the dates of a mask, in which one is dated: that of its last row, or a month's or year's end."""
    last = cube.dated - 1 - mask[: cube.dated][::-1].argmax()
    latest: np.int32 = cube.articles.last[np.append(cube.coarse[mask[cube.coarse]], last)].max()
    return latest


def _overlaps(cube: Cube, filters: Filters, rows: NDArray[np.intp]) -> Bools:
    """Which of these articles have a day in common with the dates of the filters."""
    first, last = cube.articles.day[rows], cube.articles.last[rows]
    found: Bools = first != UNDATED
    if filters.start:
        found = found & (last >= _number(filters.start))
    if filters.end:
        found = found & (first <= _number(filters.end))
    return found


def _number(day: dt.date) -> int:
    return ordinal(day, "day")


def _day(number: np.int32) -> dt.date:
    return start_of(int(number), "day")
