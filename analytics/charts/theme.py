"""How figures look: one palette, one layout, one way to show a stranger's text."""

import hashlib
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from analytics.charts.caption import Caption
from analytics.charts.labels import separators
from analytics.cube import NO_TOPIC, OTHER

Figure = dict[str, Any]
Hues = Mapping[str, str]  # the colour of each id

# Seven colours of Okabe and Ito's set without yellow and black (too pale, too heavy for a line), and two of Paul Tol's.
# The nearest two lie 17 CIELAB units apart as seen with deuteranopia or protanopia; test_charts holds that.
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#332288", "#882255")
GREY = "#8A8F98"
INK, MUTED, GRID, BAND = "#1F2430", "#5B6270", "#E6E8EC", "rgba(120,126,138,0.13)"
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "star", "triangle-down", "hexagon")
DASHES = ("dash", "dashdot", "longdash")  # of lines that have no colour of their own; dots are for the rest
FONT = 'Inter, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", Arial, sans-serif'  # each has ə, ı, ğ and Cyrillic

# What the page passes to Plotly with a figure. MathJax would otherwise read a title with two dollar signs.
CONFIG: dict[str, Any] = {"displayModeBar": False, "typesetMath": False, "responsive": True, "displaylogo": False}

EDGE = 12  # pixels between the edge of the picture and its words
_LINE_HEIGHT = 18
_SIGN = 7  # letters that would stand where an entry of a legend has its sign
_UNPRINTED = dict.fromkeys([*range(32), 127, 0x2028, 0x2029], " ")

# What every layout begins with. It is written into each and not given as a `template`: Plotly takes two templates that
# say the same for different ones, and would draw a chart anew when it is handed the same figure again.
LAYOUT: Figure = {
    "colorway": list(PALETTE),
    "font": {"family": FONT, "size": 13, "color": INK},
    "paper_bgcolor": "#FFFFFF",
    "plot_bgcolor": "#FFFFFF",
    "hoverlabel": {
        "bgcolor": "#FFFFFF",
        "bordercolor": "#C8CCD4",
        "align": "left",
        "font": {"family": FONT, "size": 13, "color": INK},
    },
    "hovermode": "closest",
    "clickmode": "event+select",
    "dragmode": False,
    "legend": {"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom", "font": {"size": 13}, "tracegroupgap": 2},
}
# And every axis, by the first letter of its name. Our margins hold every label, unless a chart is narrower than they
# are. Plotly would measure each, and lay the page out for it, to hide those that stick out.
AXES: dict[str, Figure] = {
    "x": {
        "ticklabeloverflow": "allow",
        "zeroline": False,
        "showgrid": False,
        "linecolor": MUTED,
        "ticks": "outside",
        "tickcolor": MUTED,
    },
    "y": {
        "ticklabeloverflow": "allow",
        "gridcolor": GRID,
        "zeroline": True,
        "zerolinecolor": MUTED,
        "ticks": "",
    },
}


def safe(text: str, most: int = 160) -> str:
    """A stranger's text for any place where Plotly reads HTML: shown letter for letter, never as a tag or a link."""
    short = " ".join(text.translate(_UNPRINTED).split())
    short = short if len(short) <= most else f"{short[: most - 1].rstrip()}…"
    return short.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def wrapped(text: str, most: int) -> list[str]:
    """A text in lines of so many letters at most, each neutralised."""
    return [safe(line, most * 2) for line in textwrap.wrap(text.translate(_UNPRINTED), most)]


def colours(
    ids: Iterable[str], page: Hues = MappingProxyType({}), kind: Callable[[str], str] = lambda _: ""
) -> dict[str, str]:
    """One colour for each id of a chart, and none twice; whoever has one on the `page` already keeps it.

    No colour stands for two ids of one `kind` on a page. An id's digest names its place in the palette, so that it
    mostly has the same colour on every page. Where that is taken, the later in the alphabet takes the next free one.
    The palette is for the first ids, in the order in which they come; further ones, the rest and none are grey.
    """
    things = [i for i in dict.fromkeys(ids) if i not in {OTHER, NO_TOPIC}]
    found = {thing: page[thing] for thing in things if thing in page}
    new = [thing for thing in things if thing not in page]
    theirs = {one: {page[i] for i in page if kind(i) == one} for one in {kind(thing) for thing in new}}
    room = len(set(PALETTE) - set(found.values()) - set(PALETTE).intersection(*theirs.values()))
    for thing in sorted(new[:room]):
        start = int.from_bytes(hashlib.blake2b(thing.encode("utf-8", "surrogatepass"), digest_size=4).digest())
        turns = [PALETTE[(start + step) % len(PALETTE)] for step in range(len(PALETTE))]
        free = (hue for hue in turns if hue not in found.values() and hue not in theirs[kind(thing)])
        found[thing] = next(free, GREY)
    return {OTHER: GREY, NO_TOPIC: GREY} | dict.fromkeys(new[room:], GREY) | found


def dashes(hues: Hues) -> dict[str, str]:
    """How the lines of these colours are drawn: solid, those without a colour of their own dashed, the rest dotted."""
    grey = [thing for thing, hue in hues.items() if hue == GREY and thing not in {OTHER, NO_TOPIC}]
    dashed = {thing: DASHES[place % len(DASHES)] for place, thing in enumerate(grey)}
    return dict.fromkeys(hues, "solid") | {OTHER: "dot", NO_TOPIC: "dot"} | dashed


def figure(
    traces: Sequence[Figure],
    caption: Caption,
    language: str,
    *,
    height: int = 320,
    left: int = 64,
    above: int = 0,
    axes: Mapping[str, Figure],
    **layout: Any,
) -> Figure:
    """A figure with its words inside: title and filters above, the source line below.

    `height` is that of the plot itself; `left` and `above` make room for labels beside and over it. `axes` has what is
    said of each axis, by Plotly's name for it: xaxis, yaxis, yaxis2.
    """
    subtitle = wrapped(caption.subtitle, caption.line)
    source = [line for part in caption.source for line in wrapped(part, caption.line)]
    legend = [trace["name"] for trace in traces if trace.get("showlegend", True)]
    top = 52 + _LINE_HEIGHT * len(subtitle) + _room_for_legend(legend, caption.line) + above
    bottom = 58 + _LINE_HEIGHT * len(source)
    base: Figure = {
        "separators": separators(language),
        "height": height + top + bottom,
        "margin": {"l": left, "r": 24, "t": top, "b": bottom},
        "title": _title(safe(caption.title, caption.line), subtitle),
        "annotations": [_source(source, left)],
        "showlegend": bool(legend),
    }
    drawn = {name: AXES[name[0]] | axis for name, axis in axes.items()}
    return {"data": list(traces), "layout": LAYOUT | base | drawn | layout}


def _room_for_legend(names: Sequence[str], line: int) -> int:
    """The height of a legend in pixels, with as many lines as it needs where so many letters fit beside each other."""
    lines = left = 0
    for name in names:
        taken = len(name) + _SIGN
        if taken > left:
            lines, left = lines + 1, line
        left -= taken
    return 8 + 22 * lines


def _title(title: str, subtitle: Sequence[str]) -> Figure:
    """Title and subtitle as one text: Plotly's own subtitle stands two lines further down."""
    under = "".join(f'<br><span style="font-size:13px;color:{MUTED}">{line}</span>' for line in subtitle)
    place = {"x": 0, "xref": "container", "xanchor": "left", "y": 1, "yref": "container", "yanchor": "top"}
    return place | {"text": f"<b>{title}</b>{under}", "pad": {"l": EDGE, "t": 22}, "font": {"size": 17, "color": INK}}


def _source(lines: Sequence[str], left: int) -> Figure:
    return {
        "text": "<br>".join(lines),
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 0,
        "xanchor": "left",
        "yanchor": "top",
        "xshift": EDGE - left - 1,
        "yshift": -50,
        "align": "left",
        "showarrow": False,
        "font": {"size": 12, "color": MUTED},
    }


def room_for(names: Iterable[str]) -> int:
    """The margin that the longest of these labels needs, in pixels."""
    return EDGE + 8 + round(max((len(name) for name in names), default=0) * 7.4)  # mean width of a letter at 13 px
