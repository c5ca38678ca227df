"""The timeline of one story."""

import pandas as pd

from analytics.charts import labels
from analytics.charts.axes import Row, edge, middle, rows_of
from analytics.charts.caption import Caption
from analytics.charts.rank import ROW
from analytics.charts.theme import Figure, Hues, colours, figure, room_for, safe
from analytics.filters import Translate

DAYS = 8  # labels under the chart


def timeline(
    frame: pd.DataFrame,
    caption: Caption,
    t: Translate = str,
    language: str = "en",
    *,
    hues: Hues | None = None,
) -> Figure:
    """A frame of `trends.timeline`: each article on the line of its outlet, at its day or over its month or year.

    Undated articles have no place and are left out; the caption says how many there are. `hues` as in `over_time`.
    """
    rows = rows_of(frame[frame["start"].notna()])
    outlets = list(dict.fromkeys(row["outlet"] for row in rows))
    hues = hues or colours(outlets)
    traces = [
        _outlet([row for row in rows if row["outlet"] == outlet], line, hues[outlet], t, language)
        for line, outlet in enumerate(outlets)
    ]
    names = [safe(outlet or t("outlet not named"), 34) for outlet in outlets]
    lines = {"tickmode": "array", "tickvals": list(range(len(outlets))), "ticktext": names}
    return figure(
        traces,
        caption,
        language,
        height=20 + ROW * len(outlets),
        left=room_for(names),
        axes={
            "xaxis": _days(rows, language),
            "yaxis": lines | {"range": [len(outlets) - 0.5, -0.5], "fixedrange": True, "zeroline": False},
        },
    )


def _outlet(rows: list[Row], line: int, colour: str, t: Translate, language: str) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [x for row in rows for x in (row["start"].isoformat(), middle(row), edge(row), None)],
        "y": [y for _ in rows for y in (line, line, line, None)],
        "customdata": [data for row in rows for data in ([row["id"]],) * 3 + (None,)],
        "hovertext": [text for row in rows for text in (_hover(row, t, language),) * 4],
        "hoverinfo": "text",
        "line": {"color": colour, "width": 5},
        "marker": {"color": colour, "size": [s for _ in rows for s in (0, 11, 0, 0)], "opacity": 1},
        "showlegend": False,
    }


def _hover(row: Row, t: Translate, language: str) -> str:
    when = labels.span(row["start"].date(), row["end"].date(), language)
    mentions = t("mentions: {n}").format(n=labels.number(row["mentions"], language))
    return f"<b>{safe(row['title'] or '—')}</b><br>{safe(row['outlet'])} · {when}<br>{mentions}"


def _days(rows: list[Row], language: str) -> Figure:
    if not rows:
        return {"type": "date", "visible": False, "fixedrange": True}
    first, last = min(row["start"] for row in rows), max(row["end"] for row in rows) + pd.Timedelta(days=1)
    marks = pd.date_range(first, last, periods=min(DAYS, (last - first).days + 1)).normalize().unique()
    edge_room = (last - first) * 0.03  # no point on the very edge
    days = [mark.date() for mark in marks]
    return {
        "type": "date",
        "range": [(first - edge_room).isoformat(), (last + edge_room).isoformat()],
        "tickmode": "array",
        "tickvals": [day.isoformat() for day in days],
        "ticktext": [
            labels.tick(day, "day", language, at == 0 or day.year != days[at - 1].year) for at, day in enumerate(days)
        ],
        "fixedrange": True,
    }
