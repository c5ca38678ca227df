"""The laws of `analytics.periods`."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.periods import (
    GRAINS,
    PRECISIONS,
    Grain,
    Precision,
    format_prefix,
    next_start,
    parse_prefix,
    period_start,
)

days = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2020", dt.date(2020, 1, 1), dt.date(2021, 1, 1), "year"),
        ("2020-01", dt.date(2020, 1, 1), dt.date(2020, 2, 1), "month"),
        ("2020-12", dt.date(2020, 12, 1), dt.date(2021, 1, 1), "month"),
        ("2020-02-29", dt.date(2020, 2, 29), dt.date(2020, 3, 1), "day"),
    ],
)
def test_a_prefix_is_the_whole_interval(text: str, start: dt.date, end: dt.date, precision: Precision) -> None:
    """A month-only date is the month, from its first day to the first of the next, and stays one."""
    period = parse_prefix(text)
    assert (period.start, period.end, period.precision) == (start, end, precision)
    assert str(period) == text


@pytest.mark.parametrize(
    "text", ["", "20", "2020-1", "2020-13", "2019-02-29", "2020-01-01T00:00", "01.02.2020", "2020-01\n"]
)
def test_what_is_not_a_prefix_is_refused(text: str) -> None:
    """Impossible days and other forms raise; no date is guessed."""
    with pytest.raises(ValueError, match=r"ISO date|day|month|year"):
        parse_prefix(text)


@given(days, st.sampled_from(PRECISIONS))
def test_writing_a_prefix_loses_no_more_than_its_precision(day: dt.date, precision: Precision) -> None:
    """What `format_prefix` writes is read back as the period of that precision that holds the day."""
    period = parse_prefix(format_prefix(day, precision))
    assert period.start <= day < period.end
    assert period.precision == precision


@given(days, st.sampled_from(GRAINS))
def test_periods_tile_the_calendar(day: dt.date, grain: Grain) -> None:
    """Every day lies in exactly one period of each grain, and the next one begins where it ends."""
    start = period_start(day, grain)
    after = next_start(start, grain)
    assert start <= day < after
    assert period_start(after, grain) == after
    assert period_start(after - dt.timedelta(days=1), grain) == start


def test_weeks_begin_on_monday() -> None:
    """Weeks are ISO weeks, also across a change of year."""
    assert period_start(dt.date(2021, 1, 3), "week") == dt.date(2020, 12, 28)
