"""Periods as numbers: consecutive periods of a grain have consecutive ordinals, so time is an axis of an array."""

import datetime as dt

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from analytics.periods import Grain

_EPOCH = dt.date(1970, 1, 1)
_THURSDAY = 3  # 1 January 1970 was a Thursday: three days after the Monday that its week begins with
_MONTHS: dict[Grain, int] = {"month": 1, "quarter": 3, "year": 12}

Ints = NDArray[np.int32]


def ordinals(days: Ints, grain: Grain) -> Ints:
    """The ordinal of the period in which each day lies. Days are counted from 1 January 1970."""
    if grain == "day":
        return days
    if grain == "week":
        return ((days + _THURSDAY) // 7).astype(np.int32)
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int32)
    return (months // _MONTHS[grain]).astype(np.int32)


def ordinal(day: dt.date, grain: Grain) -> int:
    """The ordinal of the period in which this day lies."""
    return int(ordinals(np.array([to_number(day)], dtype=np.int32), grain)[0])


def starts(numbers: NDArray[np.integer], grain: Grain) -> NDArray[np.datetime64]:
    """The first days of the periods with these ordinals: the inverse of `ordinals`."""
    if grain == "day":
        return numbers.astype("datetime64[D]")
    if grain == "week":
        return (numbers * 7 - _THURSDAY).astype("datetime64[D]")
    return (numbers * _MONTHS[grain]).astype("datetime64[M]").astype("datetime64[D]")


def start_of(number: int, grain: Grain) -> dt.date:
    """The first day of the period with this ordinal: the inverse of `ordinal`."""
    return from_number(int(starts(np.array([number]), grain).astype(np.int64)[0]))


def to_number(day: dt.date) -> int:
    """Days since 1 January 1970."""
    return (day - _EPOCH).days


def from_number(days: int) -> dt.date:
    """The inverse of `to_number`."""
    return _EPOCH + dt.timedelta(days=days)


def labels(days: NDArray[np.datetime64], grain: Grain) -> pa.Array:
    """What the periods that begin on these days are called in files: 2020-01-31, 2020-W05, 2020-01, 2020-Q1, 2020."""
    dates = pa.array(days.astype("datetime64[D]"))
    written = dates.cast(pa.string())
    match grain:
        case "day":
            return written
        case "week":
            week = pc.utf8_lpad(pc.iso_week(dates).cast(pa.string()), 2, "0")
            return pc.binary_join_element_wise(pc.iso_year(dates).cast(pa.string()), week, "-W")
        case "month":
            return pc.utf8_slice_codeunits(written, 0, 7)
        case "quarter":
            quarter = pc.quarter(dates).cast(pa.string())
            return pc.binary_join_element_wise(pc.utf8_slice_codeunits(written, 0, 4), quarter, "-Q")
        case "year":
            return pc.utf8_slice_codeunits(written, 0, 4)
