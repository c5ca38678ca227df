"""Unusual periods: when somebody or something is written about far more than it was usual shortly before.

The idea is that of disease surveillance (Farrington and others 1996, Noufaily and others 2013): what is expected of a
period is estimated from the periods before it, and a period is unusual when chance would hardly ever bring so many.

- What is counted is set against all articles of the period, so that a day on which everything doubles is no burst.
- On days, each weekday has a rhythm of its own, as far as the past shows one.
- Counts scatter more than chance alone: the scatter is measured in the same past, and the count taken as negative
  binomial, with the uncertainty of the expectation itself in it.
- Periods that were unusual count less in what is expected of later ones: a burst does not hide the next.

`docs/bursts.md` has the rate of false alarms and of bursts that are found, measured on simulated series.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.cube import Cube
from analytics.filters import Filters
from analytics.periods import Grain
from analytics.trends.axis import Axis, axis
from analytics.trends.lists import by_size, told

RARE = 0.001  # of a thousand ordinary periods one is marked
LEAST = 3  # articles without which nothing is a burst
# Periods that are looked back on; of years there are too few.
PAST: dict[Grain, int] = {"day": 56, "week": 26, "month": 18, "quarter": 12, "year": 0}
KNOWN = 0.5  # share of these that there must be: before, nothing is said
RHYTHM = 8.0  # articles of a weekday's past that say as much as the assumption that it is like the others
DAMPED = 3.0  # standard deviations above which a past period counts as no more than this
SCATTER = 2.0  # times as much as chance that counts of news scatter
TRUSTED = 14.0  # periods of one's own past that say as much as that
PASSES = 3  # each remembers the past as the one before has damped it
COLUMNS = ["thing", "name", "start", "end", "articles", "expected", "chance", "story", "title"]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Unusual:
    """For each period what was expected, and how likely chance alone brings so many; NaN where too little is known."""

    expected: Floats
    chance: Floats


def unusual(counts: Floats, whole: Floats, *, past: int, weekly: bool) -> Unusual:
    """How unusual each count of a series is.

    `whole` are all articles of each period, `past` is how many periods are looked back on; `weekly` says that they are
    days, one after the other.
    """
    from scipy.special import betainc

    remembered = counts.astype(np.float64)
    for _ in range(PASSES):
        mean, seen = _usual(remembered, whole, past, weekly=weekly)
        scatter = _scatter(remembered, mean, whole, past)
        beyond = scatter - 1 + mean / (seen + 0.5)  # variance beyond that of chance, per article expected
        limit = mean + DAMPED * np.sqrt(mean * (1 + beyond)) + 1
        remembered = np.where(np.isnan(limit), counts, np.minimum(counts, limit))
    shape = mean / beyond
    chance = np.where(counts >= 1, betainc(np.maximum(counts, 1), shape, mean / (mean + shape)), 1.0)
    known = (_behind(whole > 0, past) >= past * KNOWN) & (whole > 0)
    return Unusual(np.where(known, mean, np.nan), np.where(known, chance, np.nan))


def _usual(counts: Floats, whole: Floats, past: int, *, weekly: bool) -> tuple[Floats, Floats]:
    """What is expected of each period by those before it, and how many articles that goes by."""
    seen = _behind(counts, past)
    rate = (seen + 0.5) / np.maximum(_behind(whole, past), 1.0)
    mean = np.maximum(rate * whole, 1e-6)
    if weekly:
        own, usual = (sum(_shifted(values, 7 * week) for week in range(1, past // 7 + 1)) for values in (counts, mean))
        mean = mean * (own + RHYTHM) / (usual + RHYTHM)
    return mean, seen


def _scatter(counts: Floats, mean: Floats, whole: Floats, past: int) -> Floats:
    """How many times as much as chance the counts before each period scattered about what was expected of them."""
    there = whole > 0
    squares = np.where(there, (counts - mean) ** 2 / np.maximum(mean, 0.05), 0.0)
    found = (_behind(squares, 2 * past) + SCATTER * TRUSTED) / (_behind(there, 2 * past) + TRUSTED)
    at_least: Floats = np.maximum(found, 1.05)
    return at_least


def _behind(values: NDArray[np.generic], past: int) -> Floats:
    """The sum of the values of so many periods before each."""
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    at = np.arange(len(values))
    found: Floats = sums[at] - sums[np.maximum(at - past, 0)]
    return found


def _shifted(values: Floats, by: int) -> Floats:
    """Each period's value so many periods before; 0 before the first."""
    found = np.zeros_like(values)
    if by < len(values):
        found[by:] = values[:-by]
    return found


def bursts(cube: Cube, filters: Filters, frame: pd.DataFrame, *, most: int = 6) -> pd.DataFrame:
    """The most unusual periods of a frame of `over_time` or `topics_over_time`, in order of time.

    Columns: thing (the entity or topic), name, start, end, articles (observed), expected, chance, story (the largest
    among these articles, "" where none has two) and its title. Articles dated more coarsely than the axis are in none.
    """
    time = axis(cube, filters)
    past = PAST[time.grain]
    rows = []
    key = "entity" if "entity" in frame else "topic"
    for thing, series in frame.groupby(key, sort=False) if past else ():
        counts = series["coverage"].fillna(0).to_numpy(np.float64)
        found = unusual(counts, series["articles"].to_numpy(np.float64), past=past, weekly=time.grain == "day")
        for at in np.flatnonzero((found.chance < RARE) & (counts >= LEAST)):
            period = series.iloc[at]
            rows.append(
                {
                    "thing": str(thing),
                    "name": period["name"],
                    "start": period["start"],
                    "end": period["end"],
                    "articles": int(counts[at]),
                    "expected": float(found.expected[at]),
                    "chance": float(found.chance[at]),
                }
            )
    rarest = sorted(rows, key=lambda row: (row["chance"], -row["articles"], row["thing"]))[:most]
    rows = [row | _cause(cube, filters, time, key, row) for row in rarest]
    rows.sort(key=lambda row: (row["start"], row["thing"]))
    return pd.DataFrame(rows, columns=COLUMNS)


def _cause(cube: Cube, filters: Filters, time: Axis, key: str, row: dict[str, Any]) -> dict[str, str]:
    """The largest story among the articles of a burst."""
    thing = row["thing"]
    mine = filters.but(entities=(thing,)) if key == "entity" else filters.but(topics=(thing,))
    place = int(np.searchsorted(time.days[0], np.datetime64(row["start"], "D")))
    here = slice(*time.bounds(cube)[place : place + 2])
    mask = np.zeros(len(cube), np.bool_)
    mask[here] = cube.select_rows(mine)[here] & cube.placed(time.grain)[here]
    found = told(cube, mask, by_size(cube, mask, most=1)[:1])
    return (
        {"story": found["story"].iloc[0], "title": found["title"].iloc[0]} if len(found) else {"story": "", "title": ""}
    )
