"""What a chart over time says of its periods and lines: everything that is put into words, each once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from analytics.charts import labels
from analytics.charts.axes import Row, middle, rows_of, values_of
from analytics.charts.theme import SYMBOLS, Figure, colours, dashes, safe
from analytics.filters import Measure, Translate
from analytics.periods import Grain

SHARES: set[Measure] = {"attention", "voice"}
ALIKE = ("start", "end", "articles", "total", "apart", "partial", "reason", "small")  # the same for all lines


@dataclass(frozen=True, slots=True)
class Period:
    """What all lines of a chart say of one period alike: put into words once, and not once for each line.

    `middle` is where it is drawn, `day` its first day, `when` what it is called, `whole` how many the figures are of.
    """

    row: Row
    middle: str
    day: str
    when: str
    whole: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pen:
    """How the figures of a chart are put into words: measure, periods and language are the same for all of them."""

    measure: Measure
    grain: Grain
    periods: Sequence[Period]
    language: str
    t: Translate
    words: str

    def hover(self, one: "Series", place: int) -> str:
        """Who, when, how many of how many, and what the figure is worth."""
        period = self.periods[place]
        lines = (f"<b>{one.called}</b>" if one.called else "", period.when, self._how_many(one, place), *period.notes)
        return "<br>".join(line for line in lines if line)

    def _how_many(self, one: "Series", place: int) -> str:
        value = one.heights[place]
        if value is None:
            return self.t("no articles")
        counted = labels.number(one.counted[place], self.language)
        said = self.words.format(n=counted, whole=self.periods[place].whole)
        return f"{labels.percent(value, self.language)} · {said}" if self.measure in SHARES else said


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a chart: whose it is, its look, and for each period what is drawn and counted, None in a gap."""

    id: str
    name: str
    called: str
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


def pen_of(frame: pd.DataFrame, measure: Measure, t: Translate, language: str) -> Pen:
    """The pen of a chart whose first line is this frame: its periods are those of all lines."""
    grain = labels.grain_of(frame["period"].iloc[0]) if len(frame) else "month"
    whole = "total" if measure == "voice" else "articles"
    periods = [
        Period(
            row,
            middle(row),
            row["start"].date().isoformat(),
            labels.period(row["start"].date(), grain, language),
            "" if row[whole] is None else labels.number(row[whole], language),
            tuple(_notes(row, measure, t, language)),
        )
        for row in rows_of(frame[[name for name in ALIKE if name in frame]])
    ]
    mentions = t("mentions: {n}; articles of the period: {whole}")
    return Pen(
        measure, grain, periods, language, t, mentions if measure == "mentions" else t("articles: {n} of {whole}")
    )


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


def series_of(frame: pd.DataFrame, places: dict[str, slice], measure: Measure) -> list[Series]:
    """The lines of a frame, each with the periods in these places of it."""
    hues, strokes = colours(places), dashes(places)
    names = values_of(frame["name"])
    values = [None if value is None else float(value) for value in values_of(frame[measure])]
    counted = values_of(frame["mentions" if measure == "mentions" else "coverage"])
    return [
        Series(
            thing,
            safe(names[mine.start], 40),
            safe(names[mine.start]),
            hues[thing],
            SYMBOLS[number % len(SYMBOLS)],
            strokes[thing],
            values[mine],
            counted[mine],
        )
        for number, (thing, mine) in enumerate(places.items())
    ]
