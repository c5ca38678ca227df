"""Rankings and the matrix of co-mentions."""

from collections.abc import Sequence

import pandas as pd

from analytics.charts import labels
from analytics.charts.axes import Row, key_of, rows_of
from analytics.charts.caption import Caption
from analytics.charts.theme import MUTED, PALETTE, Figure, Hues, colours, figure, room_for, safe
from analytics.cube import OTHER
from analytics.filters import Measure, Translate

SHARES = {"attention", "voice", "share"}
SUMMED = {"coverage", "titled"}  # of all others these count an article once for each whom it names
ROW = 30  # pixels for one bar and its label
CELL = 40  # pixels for one square of the matrix
NARROW = 560  # pixels that the plot of a narrow page has from side to side: there the squares touch


def ranking(
    frame: pd.DataFrame,
    caption: Caption,
    t: Translate = str,
    language: str = "en",
    *,
    measure: Measure | str = "coverage",
    one_colour: bool = False,
    hues: Hues | None = None,
) -> Figure:
    """One horizontal bar per row, in the order of the frame: entities, outlets, languages, or the terms of a topic.

    `measure` is any column of numbers; a row in which it is missing is left out. The row of all others has its number
    and no bar: next to it nobody's would be seen. `hues` as in `over_time`; with `one_colour` the bars
    do not take the colours that their ids have elsewhere: for lists in which colour would say nothing.
    """
    key = key_of(frame)
    rows = rows_of(frame[frame[measure].notna()])
    hues = hues or colours(row[key] for row in rows)
    lengths = [0.0 if row[key] == OTHER else float(row[measure]) for row in rows]
    bars: Figure = {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(rows))),
        "x": lengths,
        "marker": {"color": [PALETTE[0] if one_colour else hues[row[key]] for row in rows]},
        "text": [_value(row[measure], measure, language) for row in rows],
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": [[row[key]] for row in rows],
        "hovertext": [_hover(row, measure, t, language) for row in rows],
        "hoverinfo": "text",
        "showlegend": False,
    }
    highest = max(lengths, default=0.0) or 1.0
    names = [safe(_name(row, key, measure, t), 34) for row in rows]
    return figure(
        [bars],
        caption,
        language,
        height=20 + ROW * len(rows),
        left=room_for(names),
        axes={
            "xaxis": {"range": [0, highest * 1.18], "visible": False, "fixedrange": True},
            "yaxis": _names(names, len(rows)) | {"zeroline": False},
        },
    )


def _name(row: Row, key: str, measure: str, t: Translate) -> str:
    if row[key] == OTHER and measure in SUMMED:
        return t("others, added up")
    return str(row["term"] if key == "term" else row["name"]) or "—"


def _names(names: Sequence[str], size: int) -> Figure:
    """An axis of names, first on top. By place, not by name: two entities of one name stay two bars."""
    return {
        "tickmode": "array",
        "tickvals": list(range(len(names))),
        "ticktext": list(names),
        "range": [size - 0.5, -0.5],
        "showgrid": False,
        "fixedrange": True,
    }


def _value(value: float, measure: str, language: str) -> str:
    if measure in SHARES:
        return labels.percent(float(value), language)
    return labels.number(float(value), language, 0 if float(value).is_integer() else 2)


def _hover(row: Row, measure: str, t: Translate, language: str) -> str:
    lines = [f"<b>{safe(str(row.get('name') or row.get('term') or '—'))}</b>"]
    if row.get("entity") == OTHER:
        said = t("articles, once for each whom they name: {n}")
        lines.append(said.format(n=labels.number(row["coverage"], language)))
    elif "coverage" in row and "articles" in row and row["coverage"] is not None:
        counts = {"n": labels.number(row["coverage"], language), "whole": labels.number(row["articles"], language)}
        lines.append(t("articles: {n} of {whole}").format(**counts))
    elif "articles" in row:
        lines.append(t("articles: {n}").format(n=labels.number(row["articles"], language)))
    if row.get("mentions") is not None:
        lines.append(t("mentions: {n}").format(n=labels.number(row["mentions"], language)))
    if measure in SHARES:
        lines.append(_value(row[measure], measure, language))
    return "<br>".join(lines)


def matrix(pairs: pd.DataFrame, caption: Caption, t: Translate = str, language: str = "en") -> Figure:
    """A frame of `trends.co_mentions` as a square of squares, darker the more articles mention both.

    Drawn as points: a click on a heat map does not reach Streamlit. Entities stand in order of their own coverage.
    """
    names = _entities(pairs)
    axis = _names([safe(name, 22) for name in names.values()], len(names))
    return figure(
        [_squares(pairs, list(names), t, language)],
        caption,
        language,
        height=CELL * len(names),
        left=room_for(axis["ticktext"]),
        above=round(0.6 * room_for(axis["ticktext"])),
        axes={
            "xaxis": axis
            | {
                "range": [-0.5, max(len(names) - 0.5, 0.5)],
                "domain": [0, min(1, len(names) * CELL / NARROW)],
                "side": "top",
                "tickangle": -35,
                "ticks": "",
            },
            "yaxis": axis | {"zeroline": False},
        },
    )


def _squares(pairs: pd.DataFrame, order: list[str], t: Translate, language: str) -> Figure:
    """Two squares for each pair, one on either side of the diagonal."""
    cells = [(row, row[x], row[y]) for row in rows_of(pairs) for x, y in (("a", "b"), ("b", "a"))]
    highest = max((row["coverage"] for row, _, _ in cells), default=0) or 1
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [order.index(x) for _, x, _ in cells],
        "y": [order.index(y) for _, _, y in cells],
        "text": [labels.number(row["coverage"], language) if row["coverage"] else "" for row, _, _ in cells],
        "textfont": {"color": ["#FFFFFF" if row["coverage"] > highest / 2 else MUTED for row, _, _ in cells]},
        "customdata": [[row["a"], row["b"]] for row, _, _ in cells],
        "hovertext": [_pair(row, t, language) for row, _, _ in cells],
        "hoverinfo": "text",
        "marker": {"color": [row["coverage"] for row, _, _ in cells], "cmax": highest} | _SQUARE,
        "showlegend": False,
    }


_SQUARE: Figure = {
    "symbol": "square",
    "size": CELL - 4,
    "cmin": 0,
    "colorscale": [[0, "#F1F4F8"], [0.5, "#7FB2D6"], [1, "#0B4F80"]],
    "line": {"width": 0},
}


def _entities(pairs: pd.DataFrame) -> dict[str, str]:
    """Ids and names of all entities of the pairs, most covered first."""
    sides = [pairs[[side, f"name_{side}", f"coverage_{side}"]].set_axis(["id", "name", "n"], axis=1) for side in "ab"]
    every = pd.concat(sides).drop_duplicates("id").sort_values(["n", "id"], ascending=[False, True])
    return dict(zip(every["id"], every["name"], strict=True))


def _pair(row: Row, t: Translate, language: str) -> str:
    lines = [
        f"<b>{safe(row['name_a'])} · {safe(row['name_b'])}</b>",
        t("articles that mention both: {n}").format(n=labels.number(row["coverage"], language)),
    ]
    if row["lift"] is not None:
        lines.append(t("times as often as by chance: {n}").format(n=labels.number(row["lift"], language, 1)))
    return "<br>".join(lines)
