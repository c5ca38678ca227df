"""A date is as precise as its source was: "2020-01" is a month, not a day.

`published` holds the first day of the interval, `precision` says how long it is. Nothing in the
project turns a month into a day; `Precision` travels with the date up to the axis label.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal, get_args

Precision = Literal["day", "month", "year"]
Grain = Literal["day", "week", "month", "quarter", "year"]

PRECISIONS: tuple[Precision, ...] = get_args(Precision)
GRAINS: tuple[Grain, ...] = get_args(Grain)

# The coarsest precision whose articles can be placed in a period of each grain.
COUNTED_IN: dict[Grain, tuple[Precision, ...]] = {
    "day": ("day",),
    "week": ("day",),
    "month": ("day", "month"),
    "quarter": ("day", "month"),
    "year": ("day", "month", "year"),
}

_PREFIX = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A half-open interval of days: `start` is in it, `end` is not."""

    start: dt.date
    end: dt.date
    precision: Precision

    @property
    def last(self) -> dt.date:
        """The last day that belongs to the period."""
        return self.end - dt.timedelta(days=1)

    def __str__(self) -> str:
        return format_prefix(self.start, self.precision)


def parse_prefix(text: str) -> Period:
    """The period an ISO date or a prefix of one stands for: `2020`, `2020-01`, `2020-01-31`.

    Raises ValueError for anything else, impossible days included.
    """
    found = _PREFIX.match(text)
    if not found:
        raise ValueError(f"not an ISO date, month or year: {text!r}")
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    if month is None:
        return Period(dt.date(year, 1, 1), next_start(dt.date(year, 1, 1), "year"), "year")
    if day is None:
        start = dt.date(year, month, 1)
        return Period(start, next_start(start, "month"), "month")
    start = dt.date(year, month, day)
    return Period(start, start + dt.timedelta(days=1), "day")


def format_prefix(start: dt.date, precision: Precision) -> str:
    """The inverse of `parse_prefix`: as many parts of the ISO date as are known."""
    return start.isoformat()[: {"year": 4, "month": 7, "day": 10}[precision]]


def period_start(day: dt.date, grain: Grain) -> dt.date:
    """The first day of the period of this grain that `day` lies in. Weeks begin on Monday (ISO 8601)."""
    match grain:
        case "day":
            return day
        case "week":
            return day - dt.timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=day.month - (day.month - 1) % 3, day=1)
        case "year":
            return day.replace(month=1, day=1)


def next_start(start: dt.date, grain: Grain) -> dt.date:
    """The first day of the period after the one that begins at `start`."""
    match grain:
        case "day":
            return start + dt.timedelta(days=1)
        case "week":
            return start + dt.timedelta(days=7)
        case "month" | "quarter":
            months = start.month - 1 + (1 if grain == "month" else 3)
            return dt.date(start.year + months // 12, months % 12 + 1, 1)
        case "year":
            return dt.date(start.year + 1, 1, 1)
