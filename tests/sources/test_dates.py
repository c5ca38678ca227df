"""The laws of `analytics.sources.dates`: a date is what the text says, or none and the reason."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.sources.dates import AHEAD, read_date

TODAY = dt.date(2026, 6, 15)
days = st.dates(min_value=dt.date(1950, 1, 1), max_value=TODAY)


def read(text: str) -> str:
    """What a date is read as: its first day with its precision, or the flag."""
    when = read_date(text, TODAY)
    return f"{when.period.start} {when.period.precision}" if when.period else when.flag


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-11-09", "2021-11-09 day"),
        ("2021-11-09T07:45:00+04:00", "2021-11-09 day"),
        ("2021-11-09 07:45:00", "2021-11-09 day"),
        ("2021/11/09", "2021-11-09 day"),
        ("20211109", "2021-11-09 day"),
        ("09.11.2021", "2021-11-09 day"),
        ("9.11.2021, 07:45", "2021-11-09 day"),
        ("07:45 09.11.2021", "2021-11-09 day"),
        ("Tue, 09 Nov 2021 07:45:00 +0400", "2021-11-09 day"),
        ("1636416000", "2021-11-09 day"),
        ("1636416000000", "2021-11-09 day"),
        ("29.02.2024", "2024-02-29 day"),
    ],
)
def test_usual_forms_of_a_day(text: str, expected: str) -> None:
    """ISO, dotted, compact, mail and epoch forms give their day."""
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9 noyabr 2021", "2021-11-09 day"),
        ("9 Noyabr 2021-ci il", "2021-11-09 day"),
        ("21 İyun 2022", "2022-06-21 day"),
        ("9 Kasım 2021 Salı", "2021-11-09 day"),
        ("3 Ağustos 2020", "2020-08-03 day"),
        ("9 ноября 2021 г.", "2021-11-09 day"),
        ("7 мая 2019, 18:20", "2019-05-07 day"),
        ("November 9, 2021", "2021-11-09 day"),
        ("9 Nov 2021", "2021-11-09 day"),
        ("2021 жылғы 9 қараша", "2021-11-09 day"),
        ("14 ақпан 2023", "2023-02-14 day"),
    ],
)
def test_month_names_in_five_languages(text: str, expected: str) -> None:
    """A month is known by its name in Azerbaijani, Turkish, Russian, English and Kazakh, with its case endings."""
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021", "2021-01-01 year"),
        ("2021 г.", "2021-01-01 year"),
        ("2021-11", "2021-11-01 month"),
        ("11.2021", "2021-11-01 month"),
        ("ноябрь 2021", "2021-11-01 month"),
        ("Kasım 2021", "2021-11-01 month"),
        ("November 2021", "2021-11-01 month"),
    ],
)
def test_a_date_is_as_precise_as_it_was_written(text: str, expected: str) -> None:
    """A year stays a year and a month a month: no day is added."""
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("", "date-missing"),
        ("  \n", "date-missing"),
        ("2021-02-31", "date-impossible"),
        ("2021-13-01", "date-impossible"),
        ("30.02.2021", "date-impossible"),
        ("29.02.2023", "date-impossible"),
        ("0000-00-00", "date-impossible"),
        ("1066-10-14", "date-impossible"),
        ("31 iyun 2021", "date-impossible"),
        ("03/04/2020", "date-ambiguous"),
        ("3-4-2020", "date-ambiguous"),
        ("2031-01-01", "date-future"),
        ("2031", "date-future"),
        ("dünən", "date-unreadable"),
        ("3 часа назад", "date-unreadable"),
        ("9 noyabr", "date-unreadable"),
        ("07:45", "date-unreadable"),
        ("9 mart - 3 aprel 2021", "date-unreadable"),
        ("no date here", "date-unreadable"),
    ],
)
def test_a_date_that_cannot_be_read_says_why(text: str, flag: str) -> None:
    """An article with such a date is undated, and its flag tells the reader the reason."""
    assert read(text) == flag


@pytest.mark.parametrize("text", ["25/12/2020", "12/25/2020", "25-12-2020"])
def test_a_number_that_is_no_month_settles_the_order(text: str) -> None:
    """With a stroke or a dash the order is read only when one number cannot be a month."""
    assert read(text) == "2020-12-25 day"


def test_tomorrow_is_still_today_somewhere() -> None:
    """An outlet east of us may be one day ahead, never two."""
    assert read_date((TODAY + AHEAD).isoformat(), TODAY).period is not None
    assert read_date((TODAY + AHEAD + dt.timedelta(days=1)).isoformat(), TODAY).flag == "date-future"


@given(
    days, st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%Y%m%d", "%d %B %Y", "%B %d, %Y", "%Y-%m-%dT23:59Z"])
)
def test_every_day_is_read_back(day: dt.date, form: str) -> None:
    """Whatever the day, each usual form of it gives the same day."""
    assert read(day.strftime(form)) == f"{day} day"


@given(days)
def test_every_month_and_year_is_read_back(day: dt.date) -> None:
    """A month and a year are read with their own precision."""
    assert read(f"{day:%Y-%m}") == f"{day.replace(day=1)} month"
    assert read(f"{day:%Y}") == f"{day.replace(month=1, day=1)} year"


pieces = st.sampled_from(
    "2020 1999 03 3 31 12 noyabr mayıs мая жылғы dekabrın Mon 12:40 . / - , г. il +0400 dünən Z T 1636416000".split()
)
EPOCH = re.compile(r"\d{10}(?:\d{3})?")


@given(st.one_of(st.text(max_size=40), st.lists(pieces, max_size=6).map(" ".join), st.lists(pieces).map("".join)))
def test_no_date_is_invented(text: str) -> None:
    """Whatever the text, nothing is raised; a year, month or day that was read stands in it; else a flag says why."""
    when = read_date(text, TODAY)
    assert (when.period is None) == bool(when.flag)
    if when.period is None or EPOCH.fullmatch(text.strip()):
        return
    digits = [int(run) for run in re.findall(r"\d+", text)]
    joined = "".join(re.findall(r"\d+", text))
    assert str(when.period.start.year) in text or when.period.start.year in digits
    if when.period.precision == "day":
        assert when.period.start.day in digits or f"{when.period.start.day:02}" in joined
    assert when.period.start <= TODAY + AHEAD
