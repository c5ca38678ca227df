"""Periods as numbers: consecutive periods of a grain have consecutive ordinals, so time is an axis of an array."""

import datetime as dt

import numpy as np
from numpy.typing import NDArray

from analytics.periods import Grain, period_start

_EPOCH = dt.date(1970, 1, 1)
_THURSDAY = 3  # 1 January 1970 was a Thursday: three days after the Monday that its week begins with

Ints = NDArray[np.int32]


def ordinals(days: Ints, grain: Grain) -> Ints:
    """The ordinal of the period in which each day lies. Days are counted from 1 January 1970."""
    if grain == "day":
        return days
    if grain == "week":
        return ((days + _THURSDAY) // 7).astype(np.int32)
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int32)
    return (months // {"month": 1, "quarter": 3, "year": 12}[grain]).astype(np.int32)


def ordinal(day: dt.date, grain: Grain) -> int:
    """The ordinal of the period in which this day lies."""
    return int(ordinals(np.array([to_number(day)], dtype=np.int32), grain)[0])


def start_of(number: int, grain: Grain) -> dt.date:
    """The first day of the period with this ordinal: the inverse of `ordinal`."""
    if grain == "day":
        return from_number(number)
    if grain == "week":
        return from_number(number * 7 - _THURSDAY)
    year, month = divmod(number * {"month": 1, "quarter": 3, "year": 12}[grain], 12)
    return dt.date(1970 + year, month + 1, 1)


def to_number(day: dt.date) -> int:
    """Days since 1 January 1970."""
    return (day - _EPOCH).days


def from_number(days: int) -> dt.date:
    """The inverse of `to_number`."""
    return _EPOCH + dt.timedelta(days=days)


def label(day: dt.date, grain: Grain) -> str:
    """What the period in which `day` lies is called in files: 2020-01-31, 2020-W05, 2020-01, 2020-Q1, 2020."""
    start = period_start(day, grain)
    match grain:
        case "day":
            return start.isoformat()
        case "week":
            year, week, _ = start.isocalendar()
            return f"{year}-W{week:02d}"
        case "month":
            return start.isoformat()[:7]
        case "quarter":
            return f"{start.year}-Q{(start.month + 2) // 3}"
        case "year":
            return f"{start.year:04d}"
