"""Dates and numbers as the reader's language writes them."""

import datetime as dt
from functools import lru_cache

from babel.dates import format_date, format_skeleton

from analytics.periods import Grain

# Decimal sign, then the one between thousands (CLDR): also what Plotly calls `separators`.
SEPARATORS = {"az": ",.", "en": ".,"}
_SIGNS = {code: str.maketrans(".,", signs) for code, signs in SEPARATORS.items()}
MOST = 1 << 15  # labels that are kept: those of all days of forty years, in two languages
_SKELETONS: dict[Grain, str] = {"month": "yMMMM", "quarter": "yQQQ", "year": "y"}


def separators(language: str) -> str:
    """The decimal sign and the one between thousands; English ones for a language that is not ours."""
    return SEPARATORS.get(language, SEPARATORS["en"])


def number(value: float, language: str, digits: int = 0) -> str:
    """A number, grouped by thousands. Formatted by hand: CLDR through Babel takes 20 µs, a chart has thousands."""
    if not digits and -1000 < value < 1000 and isinstance(value, int):
        return str(value)
    return f"{value:,.{digits}f}".translate(_SIGNS.get(language, _SIGNS["en"]))


def percent(share: float, language: str) -> str:
    """A share as a percentage: one decimal, none from 10 % on."""
    return number(share * 100, language, 0 if share >= 0.0995 or share == 0 else 1) + "%"


def grain_of(label: str) -> Grain:
    """The grain of a period by its label in a frame: 2020-01-31, 2020-W05, 2020-01, 2020-Q1, 2020."""
    if "W" in label:
        return "week"
    if "Q" in label:
        return "quarter"
    by_length: dict[int, Grain] = {4: "year", 7: "month", 10: "day"}
    return by_length[len(label)]


@lru_cache(MOST)
def period(start: dt.date, grain: Grain, language: str) -> str:
    """A period in words: 5 yanvar 2020, 6 yanvar 2020 – 12 yanvar 2020, yanvar 2020, 1-ci kv. 2020, 2020."""
    if grain == "day":
        return day(start, language)
    if grain == "week":
        return span(start, start + dt.timedelta(days=6), language)
    return str(format_skeleton(_SKELETONS[grain], start, locale=language))


@lru_cache(MOST)
def tick(start: dt.date, grain: Grain, language: str, year: bool) -> str:
    """What stands under a tick: the part of the date that changes, and below it the year where that changes."""
    if grain == "year":
        return str(start.year)
    if grain == "quarter":  # CLDR has no skeleton for a quarter without its year
        short = format_date(start, "QQQ", locale=language)
    else:
        short = format_skeleton("MMM" if grain == "month" else "MMMd", start, locale=language)
    return f"{short}<br>{start.year}" if year else str(short)


def day(date: dt.date, language: str) -> str:
    """A day in words: 5 yanvar 2020."""
    return str(format_date(date, "long", locale=language))


def span(start: dt.date, end: dt.date, language: str) -> str:
    """Two days and what lies between, as briefly as is exact: January 2020; 2018 – 2020; 5 – 9 January 2020."""
    if start == end:
        return day(start, language)
    whole_months = start.day == 1 and (end + dt.timedelta(days=1)).day == 1
    if not whole_months:
        return f"{day(start, language)} – {day(end, language)}"
    if (start.month, end.month) == (1, 12):
        return str(start.year) if start.year == end.year else f"{start.year} – {end.year}"
    first, last = period(start, "month", language), period(end.replace(day=1), "month", language)
    return first if first == last else f"{first} – {last}"
