"""What a chart over time says of its periods and lines: everything that is put into words, each once."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pandas as pd

from analytics.charts import labels
from analytics.charts.axes import Row, middle, rows_of, values_of
from analytics.charts.theme import SYMBOLS, Figure, Hues, dashes, safe
from analytics.filters import Measure, Translate
from analytics.periods import Grain

SHARES: set[Measure] = {"attention", "voice"}
ALIKE = ("start", "end", "articles", "total", "apart", "partial", "reason", "small")  # the same for all lines


@dataclass(frozen=True, slots=True)
class Period:
    """What all lines of a chart say of one period alike: put into words once, and not once for each line.

    `middle` is where it is drawn, `day` its first day, `when` what it is called; `before` and `after` stand around the
    number of each line, and `notes` under it.
    """

    row: Row
    middle: str
    day: str
    when: str
    before: str
    after: str
    notes: str


@dataclass(frozen=True, slots=True)
class Pen:
    """How the figures of a chart are put into words: measure, periods and language are the same for all of them."""

    measure: Measure
    grain: Grain
    periods: Sequence[Period]
    language: str
    t: Translate

    def hover(self, one: "Series", place: int) -> str:
        """Who, when, how many of how many, and what the figure is worth."""
        period, value = self.periods[place], one.heights[place]
        if value is None:
            return f"{one.heading}{period.when}<br>{self.t('no articles')}{period.notes}"
        share = f"{labels.percent(value, self.language)} · " if self.measure in SHARES else ""
        counted = labels.number(one.counted[place], self.language)
        return f"{one.heading}{period.when}<br>{share}{period.before}{counted}{period.after}{period.notes}"


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a chart: whose it is, its look, and for each period what is drawn and counted, None in a gap."""

    id: str
    name: str
    heading: str
    colour: str
    symbol: str
    dash: str
    heights: Sequence[float | None]
    counted: Sequence[Any]

    def points(self, pen: Pen, places: Sequence[int | None]) -> Figure:
        """Coordinates, words and click-through of the periods in these places; None interrupts the line."""
        periods = [None if place is None else pen.periods[place] for place in places]
        return {
            "x": [None if period is None else period.middle for period in periods],
            "y": [None if place is None else self.heights[place] for place in places],
            "customdata": [None if period is None else [period.day, self.id] for period in periods],
            "hovertext": ["" if place is None else pen.hover(self, place) for place in places],
            "hoverinfo": "text",
            "name": self.name,
            "legendgroup": self.id,
        }


def places_of(keys: Sequence[str]) -> dict[str, slice]:
    """The places of each key, which lie together, in order."""
    starts = [place for place in range(len(keys)) if place == 0 or keys[place] != keys[place - 1]]
    return {keys[low]: slice(low, high) for low, high in pairwise([*starts, len(keys)])}


def pen_of(frame: pd.DataFrame, first: slice, measure: Measure, t: Translate, language: str) -> Pen:
    """The pen of a chart of this frame: the periods of all its lines are those of the first, which has these rows."""
    grain = labels.grain_of(frame["period"].iloc[0]) if len(frame) else "month"
    words = t("articles: {n} of {whole}")
    if measure == "mentions":
        words = t("mentions: {n}; articles of the period: {whole}")
    whole = "total" if measure == "voice" else "articles"
    periods = []
    for row in rows_of(frame, [name for name in ALIKE if name in frame], first):
        number = "" if row[whole] is None else labels.number(row[whole], language)
        before, _, after = words.replace("{whole}", number).partition("{n}")
        notes = "".join(f"<br>{note}" for note in _notes(row, measure, t, language))
        periods.append(Period(row, *_placed(row["start"], row["end"], grain, language), before, after, notes))
    return Pen(measure, grain, periods, language, t)


@lru_cache(labels.MOST)
def _placed(start: dt.datetime, end: dt.datetime, grain: Grain, language: str) -> tuple[str, str, str]:
    """Where a period is drawn, its first day, and what it is called: the same in every chart."""
    return middle({"start": start, "end": end}), start.date().isoformat(), labels.period(start.date(), grain, language)


def _notes(row: Row, measure: Measure, t: Translate, language: str) -> Iterator[str]:
    """What the figures of a period are worth, where there is something to say."""
    if row["reason"] == "cut":
        yield t("the period is cut by the filters")
    if row["reason"] == "unfinished":
        yield t("the period is not over")
    if row["small"] and measure in SHARES:
        yield t("few articles: the share says little")
    if row["apart"]:
        more = labels.number(row["apart"], language)
        yield t("dated only to the month or year, not counted here: {n}").format(n=more)


def series_of(frame: pd.DataFrame, places: dict[str, slice], measure: Measure, hues: Hues) -> list[Series]:
    """The lines of a frame, each with the periods in these places of it."""
    strokes = dashes({thing: hues[thing] for thing in places})
    names = values_of(frame["name"])
    values = [None if value is None else float(value) for value in values_of(frame[measure])]
    counted = values_of(frame["mentions" if measure == "mentions" else "coverage"])
    return [
        Series(
            thing,
            safe(names[mine.start], 40),
            f"<b>{called}</b><br>" if (called := safe(names[mine.start])) else "",
            hues[thing],
            SYMBOLS[number % len(SYMBOLS)],
            strokes[thing],
            values[mine],
            counted[mine],
        )
        for number, (thing, mine) in enumerate(places.items())
    ]
