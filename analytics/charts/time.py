"""Charts over time: lines, bars and stacked bars."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from analytics.charts import labels
from analytics.charts.axes import Row, bands, edge, middle, rows_of, time_axis, value_axis
from analytics.charts.caption import Caption
from analytics.charts.theme import BAND, GREY, MUTED, SYMBOLS, Figure, colours, dashes, figure, safe
from analytics.filters import Measure, Translate
from analytics.periods import Grain
from analytics.trends.axis import SMALL

Shape = Literal["line", "bar", "stack"]
SHARES: set[Measure] = {"attention", "voice"}
# A frame of topics counts articles alone: what is asked of it beyond that is answered by the nearest it has.
NEAREST: dict[Measure, Measure] = {"mentions": "coverage", "voice": "attention"}
FOOT = 0.035  # of the height, for each line of articles whose date is too coarse for the axis
ROOM = 0.86  # of a period's width that its bars fill


@dataclass(frozen=True, slots=True)
class _Pen:
    """How the figures of a chart are put into words: measure, grain and language are the same for all of them."""

    measure: Measure
    grain: Grain
    language: str
    t: Translate

    def value(self, row: Row) -> float | None:
        """The figure that is drawn; None in a gap."""
        found = row[self.measure]
        return None if found is None else float(found)

    def hover(self, row: Row) -> str:
        """Who, when, how many of how many, and what the figure is worth."""
        t, language = self.t, self.language
        lines = [f"<b>{safe(row['name'])}</b>" if row["name"] else "", self._when(row), self._how_many(row)]
        if row["reason"] in {"cut", "unfinished"}:
            lines.append(
                t("the period is cut by the filters") if row["reason"] == "cut" else t("the period is not over")
            )
        if row["small"] and self.measure in SHARES:
            lines.append(t("few articles: the share says little"))
        if row["apart"]:
            more = labels.number(row["apart"], language)
            lines.append(t("dated only to the month or year, not counted here: {n}").format(n=more))
        return "<br>".join(line for line in lines if line)

    def _when(self, row: Row) -> str:
        return labels.period(row["start"].date(), self.grain, self.language)

    def _how_many(self, row: Row) -> str:
        value, language = self.value(row), self.language
        if value is None:
            return self.t("no articles")
        counted = labels.number(row[self.measure if self.measure == "mentions" else "coverage"], language)
        whole = labels.number(row["total" if self.measure == "voice" else "articles"], language)
        if self.measure == "mentions":
            return self.t("mentions: {n}; articles of the period: {whole}").format(n=counted, whole=whole)
        said = self.t("articles: {n} of {whole}").format(n=counted, whole=whole)
        return f"{labels.percent(value, language)} · {said}" if self.measure in SHARES else said


@dataclass(frozen=True, slots=True)
class _Series:
    """One line of a chart: whose it is, its rows in order of time, and its look."""

    id: str
    rows: Sequence[Row]
    colour: str
    symbol: str
    dash: str

    def points(self, pen: _Pen, places: Sequence[int | None]) -> Figure:
        """Coordinates, words and click-through of the rows in these places; None interrupts the line."""
        rows = [None if place is None else self.rows[place] for place in places]
        return {
            "x": [None if row is None else middle(row) for row in rows],
            "y": [None if row is None else pen.value(row) for row in rows],
            "customdata": [None if row is None else [row["start"].date().isoformat(), self.id] for row in rows],
            "hovertext": ["" if row is None else pen.hover(row) for row in rows],
            "hoverinfo": "text",
            "name": safe(self.rows[0]["name"], 40),
            "legendgroup": self.id,
        }


def over_time(
    frame: pd.DataFrame,
    caption: Caption,
    t: Translate = str,
    language: str = "en",
    *,
    measure: Measure = "coverage",
    shape: Shape = "line",
    apart: pd.DataFrame | None = None,
    bursts: pd.DataFrame | None = None,
) -> Figure:
    """Frames of `trends.over_time` or `trends.topics_over_time`: one line, or one row of bars, per entity or topic.

    A gap is drawn as a gap and shaded, an unfinished or cut period hollow (bars: hatched). `apart` is the frame of
    `trends.apart`: articles that no point stands for are drawn as spans of their month or year along the foot; `bursts`
    that of `trends.bursts`: unusual periods are ringed.
    """
    drawn = measure if measure in frame else NEAREST[measure]
    key = "entity" if "entity" in frame else "topic"
    series = _split(rows_of(frame), key)
    rings = bursts if shape == "line" else None
    return _draw(series, _pen(series, drawn, t, language), caption, shape, apart=apart, bursts=rings)


def _split(rows: Sequence[Row], key: str) -> list[tuple[str, list[Row]]]:
    """The rows of each entity or topic, in the order in which they first appear."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row)
    return list(found.items())


def growth(frame: pd.DataFrame, caption: Caption, t: Translate = str, language: str = "en") -> Figure:
    """A frame of `trends.growth`: the articles of each period, as bars."""
    counted = frame["articles"].astype("Int64").mask(frame["articles"] == 0)
    rows = rows_of(frame.assign(name=t("articles"), coverage=counted))
    series = [("", rows)] if rows else []
    return _draw(series, _pen(series, "coverage", t, language), caption, "bar")


def _pen(series: Sequence[tuple[str, list[Row]]], measure: Measure, t: Translate, language: str) -> _Pen:
    grain = labels.grain_of(series[0][1][0]["period"]) if series else "month"
    return _Pen(measure, grain, language, t)


def _draw(
    found: Sequence[tuple[str, list[Row]]],
    pen: _Pen,
    caption: Caption,
    shape: Shape,
    *,
    apart: pd.DataFrame | None = None,
    bursts: pd.DataFrame | None = None,
) -> Figure:
    periods = found[0][1] if found else []
    hues, strokes = colours(thing for thing, _ in found), dashes(thing for thing, _ in found)
    series = [
        _Series(thing, rows, hues[thing], SYMBOLS[place % len(SYMBOLS)], strokes[thing])
        for place, (thing, rows) in enumerate(found)
    ]
    foot = [] if apart is None else _foot(apart, hues, pen)
    small = sum(row["small"] for row in periods) if pen.measure in SHARES else 0
    if small:
        words = pen.t("periods with fewer than {small} articles, of which a share says little: {n} of {whole}")
        note = words.format(small=SMALL, n=small, whole=len(periods))
        caption = replace(caption, source=(*caption.source, note))
    height = FOOT * len(foot)
    drawn = figure(
        [
            *(_lines(series, pen) if shape == "line" else _bars(series, pen, shape)),
            *([] if bursts is None or not len(bursts) else _rings(series, pen, rows_of(bursts))),
            *foot,
            *_legend(periods, pen.t, shape),
        ],
        caption,
        pen.language,
        xaxis=time_axis(periods, pen.grain, pen.language),
        yaxis=value_axis(_highest(series, pen, shape), pen.measure in SHARES, height + 0.02 if foot else 0.0),
        shapes=bands(periods),
        barmode="stack" if shape == "stack" else "overlay",
    )
    if foot:
        axis = {"domain": [0, height], "range": [len(foot) - 0.5, -0.5], "visible": False, "fixedrange": True}
        drawn["layout"]["yaxis2"] = axis
    return drawn


def _lines(series: Sequence[_Series], pen: _Pen) -> list[Figure]:
    return [trace for one in series for trace in _line(one, pen)]


def _line(one: _Series, pen: _Pen) -> Iterator[Figure]:
    """The finished periods as a line; each unfinished one hollow, at the end of a dotted stroke."""
    partial = [place for place, row in enumerate(one.rows) if row["partial"]]
    solid = [None if row["partial"] else place for place, row in enumerate(one.rows)]
    size = 8 if len(one.rows) <= 60 else 5
    look = {"type": "scatter", "mode": "lines+markers", "connectgaps": False}
    if any(place is not None for place in solid):
        yield (
            look
            | one.points(pen, solid)
            | {
                "line": {"color": one.colour, "width": 2.2, "dash": one.dash},
                "marker": {"color": one.colour, "size": size, "symbol": one.symbol},
            }
        )
    if partial:
        places, hollow = _strokes(partial, len(one.rows))
        drawn = one.points(pen, places)
        drawn["hovertext"] = [text if h else "" for text, h in zip(drawn["hovertext"], hollow, strict=True)]
        drawn["hoverinfo"] = ["text" if h else "skip" for h in hollow]
        yield (
            look
            | drawn
            | {
                "line": {"color": one.colour, "width": 1.6, "dash": "dot"},
                "marker": {
                    "color": one.colour,
                    "size": [size + 2 if h else 0 for h in hollow],
                    "opacity": 1,
                    "symbol": f"{one.symbol}-open",
                    "line": {"width": 2, "color": one.colour},
                },
                "showlegend": len(partial) == len(one.rows),
            }
        )


def _rings(series: Sequence[_Series], pen: _Pen, bursts: Sequence[Row]) -> list[Figure]:
    """A ring around each point that is unusual, and what rings mean."""
    unusual = {(burst["thing"], burst["start"]): burst for burst in bursts}
    found = [(one, row, burst) for one in series for row in one.rows if (burst := unusual.get((one.id, row["start"])))]
    ring = {"symbol": "circle-open", "size": 17, "color": [one.colour for one, _, _ in found], "line": {"width": 2}}
    hover = []
    for _, row, burst in found:
        expected = labels.number(burst["expected"], pen.language, 1)
        words = pen.t("unusually many: {expected} articles were to be expected").format(expected=expected)
        title = [f"<i>{safe(burst['title'], 80)}</i>"] if burst["title"] else []
        hover.append("<br>".join([pen.hover(row), words, *title]))
    name = pen.t("ringed: unusually many (p < 0.001)")
    base = {"type": "scatter", "mode": "markers", "hoverinfo": "text"}
    key = base | {"x": [None], "y": [None], "name": name, "marker": ring | {"color": MUTED, "size": 12}}
    return [
        base
        | {
            "x": [middle(row) for _, row, _ in found],
            "y": [pen.value(row) for _, row, _ in found],
            "customdata": [[row["start"].date().isoformat(), one.id] for one, row, _ in found],
            "hovertext": hover,
            "marker": ring,
            "showlegend": False,
        },
        key,
    ]


def _strokes(partial: Sequence[int], size: int) -> tuple[list[int | None], list[bool]]:
    """The places that dotted strokes run through, and which of them are the hollow points."""
    places: list[int | None] = []
    for place in partial:
        places += [*([place - 1] if place else []), place, *([place + 1] if place + 1 < size else []), None]
    return places, [place in partial for place in places]


def _bars(series: Sequence[_Series], pen: _Pen, shape: Shape) -> list[Figure]:
    return [_bar(one, pen, place, 1 if shape == "stack" else len(series)) for place, one in enumerate(series)]


def _bar(one: _Series, pen: _Pen, place: int, beside: int) -> Figure:
    """Bars as wide as their period; those of several series side by side in it."""
    widths = [(row["end"] - row["start"]).total_seconds() * 1000 + 86_400_000 for row in one.rows]
    bars: Figure = {"type": "bar"} | one.points(pen, range(len(one.rows)))
    bars["width"] = [width * ROOM / beside for width in widths]
    if beside > 1:
        bars["offset"] = [width * ROOM * (place / beside - 0.5) for width in widths]
    bars["marker"] = {
        "color": one.colour,
        "pattern": {"shape": ["/" if row["partial"] else "" for row in one.rows], "fgopacity": 0.9, "size": 6},
    }
    return bars


def _highest(series: Sequence[_Series], pen: _Pen, shape: Shape) -> float:
    """The highest point that is drawn: of the sums, where bars are stacked."""
    values = [[pen.value(row) or 0.0 for row in one.rows] for one in series]
    if shape == "stack":
        return max((sum(column) for column in zip(*values, strict=True)), default=0.0)
    return max((value for line in values for value in line), default=0.0)


def _legend(periods: Sequence[Row], t: Translate, shape: Shape) -> Iterator[Figure]:
    """What shading and hollow points mean, where there are any."""
    empty = any(row["reason"] == "empty" for row in periods)
    partial = any(row["partial"] and row["reason"] != "empty" for row in periods)
    base = {"type": "scatter", "mode": "markers", "x": [None], "y": [None], "hoverinfo": "skip", "showlegend": True}
    if partial:
        hollow = {"symbol": "circle-open", "size": 10, "color": MUTED, "line": {"width": 2}}
        name = t("hollow: period not whole") if shape == "line" else t("hatched: period not whole")
        yield base | {"name": name, "marker": hollow if shape == "line" else {"symbol": "square-open", "color": MUTED}}
    if empty:
        yield base | {"name": t("no articles"), "marker": {"symbol": "square", "size": 12, "color": BAND}}


def _foot(apart: pd.DataFrame, hues: dict[str, str], pen: _Pen) -> list[Figure]:
    """Articles dated too coarsely for the axis: a span over their month or year, one line per entity."""
    lines = _split(rows_of(apart[apart["coverage"] > 0]), "entity")
    return [_span(rows, line, hues.get(thing, GREY), pen) for line, (thing, rows) in enumerate(lines)]


def _span(rows: Sequence[Row], line: int, colour: str, pen: _Pen) -> Figure:
    said = [
        f"{labels.period(row['start'].date(), row['precision'], pen.language)}<br>"
        + pen.t("dated only to this month or year: {n}").format(n=labels.number(row["coverage"], pen.language))
        for row in rows
    ]
    names = [f"<b>{safe(row['name'])}</b><br>" if row["name"] else "" for row in rows]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "yaxis": "y2",
        "x": [x for row in rows for x in (row["start"].isoformat(), middle(row), edge(row), None)],
        "y": [y for _ in rows for y in (line, line, line, None)],
        "hovertext": [text for name, text in zip(names, said, strict=True) for text in (name + text,) * 4],
        "hoverinfo": "text",
        "line": {"color": colour, "width": 6},
        "marker": {"color": colour, "size": 6, "symbol": "line-ns"},
        "opacity": 0.45,
        "showlegend": False,
    }
