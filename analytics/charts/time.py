"""Charts over time: lines, bars and stacked bars."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

import pandas as pd

from analytics.charts import labels
from analytics.charts.axes import Row, bands, edge, key_of, middle, rows_of, time_axis, value_axis, values_of
from analytics.charts.caption import Caption
from analytics.charts.lines import SHARES, Pen, Series, pen_of, places_of, series_of
from analytics.charts.theme import BAND, GREY, MUTED, Figure, Hues, colours, figure, safe
from analytics.filters import Measure, Translate
from analytics.trends.axis import SMALL

Shape = Literal["line", "bar", "stack"]
# A frame of topics counts articles alone: what is asked of it beyond that is answered by the nearest it has.
NEAREST: dict[Measure, Measure] = {"mentions": "coverage", "voice": "attention"}
FOOT = 0.035  # of the height, for each line of articles whose date is too coarse for the axis
ROOM = 0.86  # of a period's width that its bars fill


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
    hues: Hues | None = None,
) -> Figure:
    """Frames of `trends.over_time` or `trends.topics_over_time`: one line, or one row of bars, per entity or topic.

    A gap is drawn as a gap and shaded, an unfinished or cut period hollow (bars: hatched). `apart` is the frame of
    `trends.apart`: articles that no point stands for are drawn as spans of their month or year along the foot; `bursts`
    that of `trends.bursts`: unusual periods are ringed. `hues` are the colours of the page, where they are given.
    """
    shown = measure if measure in frame else NEAREST[measure]
    places = places_of(values_of(frame[key_of(frame)]))
    pen = pen_of(frame, next(iter(places.values()), slice(0)), shown, t, language)
    series = series_of(frame, places, shown, hues or colours(places))
    periods = [period.row for period in pen.periods]
    foot = [] if apart is None else _foot(apart, {one.id: one.colour for one in series}, pen)
    small = sum(row["small"] for row in periods) if shown in SHARES else 0
    if small:
        said = t("periods with fewer than {small} articles, of which a share says little: {n} of {whole}")
        note = said.format(small=SMALL, n=small, whole=len(periods))
        caption = replace(caption, source=(*caption.source, note))
    height = FOOT * len(foot)
    axes = {
        "xaxis": time_axis(periods, pen.grain, language),
        "yaxis": value_axis(_highest(series, shape), shown in SHARES, height + 0.02 if foot else 0.0),
    }
    if foot:
        axes["yaxis2"] = {
            "domain": [0, height],
            "range": [len(foot) - 0.5, -0.5],
            "visible": False,
            "fixedrange": True,
        }
    return figure(
        [
            *(_lines(series, pen) if shape == "line" else _bars(series, pen, shape)),
            *(_rings(series, pen, rows_of(bursts)) if bursts is not None and len(bursts) and shape == "line" else []),
            *foot,
            *_legend(periods, t, shape),
        ],
        caption,
        language,
        axes=axes,
        shapes=bands(periods),
        barmode="stack" if shape == "stack" else "overlay",
    )


def growth(frame: pd.DataFrame, caption: Caption, t: Translate = str, language: str = "en") -> Figure:
    """A frame of `trends.growth`: the articles of each period, as bars."""
    counted = frame["articles"].astype("Int64").mask(frame["articles"] == 0)
    bars = frame.assign(entity="", name=t("articles"), coverage=counted)
    return over_time(bars, caption, t, language, shape="bar")


def _lines(series: Sequence[Series], pen: Pen) -> list[Figure]:
    return [trace for one in series for trace in _line(one, pen)]


def _line(one: Series, pen: Pen) -> Iterator[Figure]:
    """The finished periods as a line; each unfinished one hollow, at the end of a dotted stroke."""
    partial = [place for place, period in enumerate(pen.periods) if period.row["partial"]]
    solid = [None if period.row["partial"] else place for place, period in enumerate(pen.periods)]
    size = 8 if len(pen.periods) <= 60 else 5
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
        places, hollow = _strokes(partial, len(pen.periods))
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
                "showlegend": len(partial) == len(pen.periods),
            }
        )


def _rings(series: Sequence[Series], pen: Pen, bursts: Sequence[Row]) -> list[Figure]:
    """A ring around each point that is unusual, and what rings mean."""
    unusual = {(burst["thing"], burst["start"]): burst for burst in bursts}
    found = [
        (one, place, burst)
        for one in series
        for place, period in enumerate(pen.periods)
        if (burst := unusual.get((one.id, period.row["start"])))
    ]
    ring = {"symbol": "circle-open", "size": 17, "color": [one.colour for one, _, _ in found], "line": {"width": 2}}
    hover = []
    for one, place, burst in found:
        expected = labels.number(burst["expected"], pen.language, 1)
        words = pen.t("unusually many: {expected} articles were to be expected").format(expected=expected)
        title = [f"<i>{safe(burst['title'], 80)}</i>"] if burst["title"] else []
        hover.append("<br>".join([pen.hover(one, place), words, *title]))
    name = pen.t("ringed: unusually many (p < 0.001)")
    base = {"type": "scatter", "mode": "markers", "hoverinfo": "text"}
    key = base | {"x": [None], "y": [None], "name": name, "marker": ring | {"color": MUTED, "size": 12}}
    return [
        base
        | {
            "x": [pen.periods[place].middle for _, place, _ in found],
            "y": [one.heights[place] for one, place, _ in found],
            "customdata": [[pen.periods[place].day, one.id] for one, place, _ in found],
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


def _bars(series: Sequence[Series], pen: Pen, shape: Shape) -> list[Figure]:
    return [_bar(one, pen, place, 1 if shape == "stack" else len(series)) for place, one in enumerate(series)]


def _bar(one: Series, pen: Pen, place: int, beside: int) -> Figure:
    """Bars as wide as their period; those of several series side by side in it."""
    rows = [period.row for period in pen.periods]
    widths = [(row["end"] - row["start"]).total_seconds() * 1000 + 86_400_000 for row in rows]
    bars: Figure = {"type": "bar"} | one.points(pen, range(len(rows)))
    bars["width"] = [width * ROOM / beside for width in widths]
    if beside > 1:
        bars["offset"] = [width * ROOM * (place / beside - 0.5) for width in widths]
    bars["marker"] = {
        "color": one.colour,
        "pattern": {"shape": ["/" if row["partial"] else "" for row in rows], "fgopacity": 0.9, "size": 6},
    }
    return bars


def _highest(series: Sequence[Series], shape: Shape) -> float:
    """The highest point that is drawn: of the sums, where bars are stacked."""
    values = [[value or 0.0 for value in one.heights] for one in series]
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


def _foot(apart: pd.DataFrame, hues: dict[str, str], pen: Pen) -> list[Figure]:
    """Articles dated too coarsely for the axis: a span over their month or year, one line per entity."""
    lines: dict[str, list[Row]] = {}
    for row in rows_of(apart[apart["coverage"] > 0]):
        lines.setdefault(row["entity"], []).append(row)
    return [_span(rows, line, hues.get(thing, GREY), pen) for line, (thing, rows) in enumerate(lines.items())]


def _span(rows: Sequence[Row], line: int, colour: str, pen: Pen) -> Figure:
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
