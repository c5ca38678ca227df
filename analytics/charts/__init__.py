"""Frames -> Plotly figures, as plain dicts: what is drawn is what the frame says, and what stands under it.

Every figure carries its title, its filters in words and its source line inside, so that whatever is made of it says
what it shows. Labels and hover texts come from strangers' articles and are neutralised (`theme.safe`): Plotly makes
links out of HTML. A figure says all of how it looks; draw it with `theme=None` and `config=CONFIG`.

A click on a point gives `customdata`: [first day of the period, id] in charts over time, [id] in rankings, [id, id]
in the matrix, [article] in the timeline.
"""

from analytics.charts.axes import ids_of, rows_of
from analytics.charts.caption import HALF, LINE, Caption, Coarse, Counted, caption
from analytics.charts.labels import number, percent, period, span
from analytics.charts.rank import matrix, ranking
from analytics.charts.story import timeline
from analytics.charts.theme import CONFIG, Figure, Hues, colours, safe
from analytics.charts.time import growth, over_time

__all__ = [
    "CONFIG",
    "HALF",
    "LINE",
    "Caption",
    "Coarse",
    "Counted",
    "Figure",
    "Hues",
    "caption",
    "colours",
    "growth",
    "ids_of",
    "matrix",
    "number",
    "over_time",
    "percent",
    "period",
    "ranking",
    "rows_of",
    "safe",
    "span",
    "timeline",
]
