"""The laws of figures: what is drawn is what the frame says, in the reader's language, and nothing in it runs."""

import datetime as dt
import json
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import plotly.io
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import TODAY, article, build, mention

from analytics import charts, trends
from analytics.charts import labels
from analytics.charts.axes import rows_of, values_of
from analytics.charts.theme import INK, safe
from analytics.cube import Cube
from analytics.filters import Filters
from analytics.periods import GRAINS, Grain

EVIL = '<a href="javascript:alert(1)">x</a> $x^2$ :red[y] %{x} <br> &lt;'
MARCH = article("2020-03-10", ["KZ"], ["diaspora"], title=EVIL, outlet=EVIL, story="s")


def corpus() -> Cube:
    """January, a gap in February, an unfinished March; an article dated to its month; a name that is an attack."""
    official = mention("evil", name=EVIL)
    first = article("2020-01-05", ["KZ", "AZ", official], ["diaspora"], title=EVIL, outlet=EVIL, story="s")
    return build([first, article("2020-01-31", ["AZ"], story="s"), article("2020-01", ["AZ", "KZ"], story="s"), MARCH])


def figures(cube: Cube, filters: Filters, language: str = "en") -> dict[str, charts.Figure]:
    """Every kind of figure there is, of these filters."""
    told = charts.caption("Title", cube, filters, str, language)
    over = trends.over_time(cube, filters, language, kind=None, today=TODAY)
    aside = trends.apart(cube, filters, language)
    topics = trends.topics_over_time(cube, filters, language, today=TODAY)
    ranked = trends.top_entities(cube, filters, language, top=1)
    return {
        "line": charts.over_time(over, told, str, language, apart=aside),
        "bar": charts.over_time(over, told, str, language, shape="bar", measure="attention"),
        "stack": charts.over_time(topics, told, str, language, shape="stack", measure="voice"),
        "growth": charts.growth(trends.growth(cube, filters, today=TODAY), told, str, language),
        "ranking": charts.ranking(ranked, told, str, language),
        "outlets": charts.ranking(trends.outlets(cube, filters), told, str, language, measure="share", one_colour=True),
        "terms": charts.ranking(trends.topic_terms(cube, filters), told, str, language, measure="weight"),
        "matrix": charts.matrix(trends.co_mentions(cube, filters, language, kind=None), told, str, language),
        "timeline": charts.timeline(trends.timeline(cube, "s"), told, str, language),
    }


def line(frame: Any, entity: str, **more: Any) -> list[dict[str, Any]]:
    """The traces of one entity in a chart of lines."""
    told = charts.Caption("", "", ())
    return [t for t in charts.over_time(frame, told, **more)["data"] if t.get("legendgroup") == entity]


@pytest.mark.parametrize("grain", GRAINS)
@pytest.mark.parametrize(
    "cube", [corpus(), build([MARCH]), build([article("")]), build([])], ids=["all", "day", "undated", "none"]
)
def test_every_figure_is_one_that_plotly_draws(cube: Cube, grain: Grain) -> None:
    """Full, of a single day, or of nothing at all: Plotly accepts the figure, and it is JSON without NaN."""
    for figure in figures(cube, Filters(by=grain)).values():
        go.Figure(figure)
        assert json.loads(json.dumps(figure, allow_nan=False)) == figure


def test_every_figure_carries_its_words() -> None:
    """Title, filters and source line are inside: a picture sent on by mail still says what it shows."""
    cube, filters = corpus(), Filters(start=dt.date(2020, 1, 1), languages=("az",))
    for figure in figures(cube, filters).values():
        title, source = figure["layout"]["title"]["text"], figure["layout"]["annotations"][0]["text"]
        assert "Title" in title
        assert "Azerbaijani; from January 1, 2020" in title
        words = "4 articles from 2 outlets, az, January 1, 2020 – March 10, 2020 corpus version 1.1.0"
        assert words in source.replace("<br>", " ")


def texts(node: Any) -> list[str]:
    """Every string in a figure, wherever Plotly might show it."""
    if isinstance(node, dict):
        return [text for key, value in node.items() if key != "customdata" for text in texts(value)]
    if isinstance(node, list | tuple):
        return [text for value in node for text in texts(value)]
    return [node] if isinstance(node, str) else []


def test_no_name_or_title_becomes_a_link() -> None:
    """Plotly makes links out of HTML: what strangers wrote reaches it escaped, in every label and hover text."""
    shown = [
        text for figure in figures(corpus(), Filters(outlets=(EVIL, "Sample Post"))).values() for text in texts(figure)
    ]
    assert any("&lt;a href" in text for text in shown)
    assert not [text for text in shown if "<a" in text.lower()]
    assert charts.CONFIG["typesetMath"] is False


@given(st.text())
def test_safe_text_has_no_tag_left(text: str) -> None:
    """No angle bracket, no line break and no bare ampersand survives; nothing else is lost from a short text."""
    shown = safe(text, 10_000)
    assert not set(shown) & {"<", ">", "\n"}
    back = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert "".join(back.split()) == "".join(
        "".join(" " if ord(c) < 32 or c in "\x7f\u2028\u2029" else c for c in text).split()
    )


def test_no_hover_text_is_a_template() -> None:
    """`%{x}` in a headline stays `%{x}`: texts are handed over ready, never as templates."""
    for figure in figures(corpus(), Filters()).values():
        assert not [trace for trace in figure["data"] if "hovertemplate" in trace or "texttemplate" in trace]


def test_a_gap_is_drawn_as_a_gap() -> None:
    """February without an article: no point, no line across, a shaded band over exactly that month."""
    frame = trends.over_time(corpus(), Filters(entities=("AZ",)), today=TODAY)
    solid = line(frame, "AZ")[0]
    assert solid["y"][1] is None
    assert solid["connectgaps"] is False
    (band,) = charts.over_time(frame, charts.Caption("", "", ()))["layout"]["shapes"]
    assert (band["x0"], band["x1"]) == ("2020-02-01T00:00:00", "2020-03-01T00:00:00")


def test_a_zero_is_drawn_as_a_zero() -> None:
    """March has an article and it does not mention Azerbaijan: the point stands on the axis."""
    cube = build([article("2020-02-10", ["AZ"]), article("2020-03-31")])
    assert line(trends.over_time(cube, Filters(entities=("AZ",)), today=TODAY), "AZ")[0]["y"] == [1.0, 0.0]


def test_an_unfinished_period_is_hollow() -> None:
    """March is not over: its point is hollow, at the end of a dotted stroke; its bar is hatched."""
    cube = build([article("2020-02-10", ["AZ"]), article("2020-03-10", ["AZ"])])
    frame = trends.over_time(cube, Filters(entities=("AZ",)), today=TODAY)
    solid, dotted = line(frame, "AZ")
    assert solid["y"] == [1.0, None]
    assert (dotted["line"]["dash"], dotted["marker"]["symbol"]) == ("dot", "circle-open")
    assert [size > 0 for size in dotted["marker"]["size"]] == [False, True, False]
    (bars,) = line(frame, "AZ", shape="bar")
    assert bars["marker"]["pattern"]["shape"] == ["", "/"]


def test_every_point_has_a_marker_to_click() -> None:
    """A click needs a marker, and tells first day and id."""
    for trace in line(trends.over_time(corpus(), Filters(entities=("AZ",)), today=TODAY), "AZ"):
        assert "markers" in trace["mode"]
        assert trace["type"] == "scatter"
        assert {tuple(data) for data in trace["customdata"] if data} <= {(f"2020-0{m}-01", "AZ") for m in (1, 2, 3)}


def test_the_value_axis_begins_at_zero() -> None:
    """A share of 50 to 55 % does not look like a mountain."""
    for figure in list(figures(corpus(), Filters()).values())[:4]:
        assert figure["layout"]["yaxis"]["range"][0] == 0


def test_articles_of_a_month_span_it() -> None:
    """By week, an article of January is a span from the first to the last of January along the foot."""
    filters = Filters(entities=("KZ",), by="week")
    frame = trends.over_time(corpus(), filters, today=TODAY)
    figure = charts.over_time(frame, charts.Caption("", "", ()), apart=trends.apart(corpus(), filters, "en"))
    (span,) = [trace for trace in figure["data"] if trace.get("yaxis") == "y2"]
    assert (span["x"][0], span["x"][2]) == ("2020-01-01T00:00:00", "2020-02-01T00:00:00")
    assert span["hovertext"][0] == "<b>Kazakhstan</b><br>January 2020<br>dated only to this month or year: 1"
    assert figure["layout"]["yaxis"]["domain"][0] > figure["layout"]["yaxis2"]["domain"][1]


def test_hover_says_how_many_of_how_many() -> None:
    """The share, and what it is a share of."""
    frame = trends.over_time(corpus(), Filters(entities=("AZ",)), "en", today=TODAY)
    text = line(frame, "AZ", measure="attention")[0]["hovertext"][0]
    assert text == "<b>Azerbaijan</b><br>January 2020<br>100% · articles: 3 of 3<br>few articles: the share says little"


def test_figures_say_all_of_how_they_look() -> None:
    """Streamlit replaces Plotly's default template by placeholder colours: none may be needed.

    And none may be named: the browser would take the second copy of a template for a change, and draw a chart twice.
    """
    before = plotly.io.templates.default
    plotly.io.templates.default = "plotly_dark"
    try:
        for name, figure in figures(corpus(), Filters()).items():
            assert "template" not in figure["layout"], name
            drawn = go.Figure(figure).layout
            assert (drawn.paper_bgcolor, drawn.plot_bgcolor, drawn.font.color) == ("#FFFFFF", "#FFFFFF", INK), name
            assert drawn.hoverlabel.bgcolor == "#FFFFFF", name
            assert {drawn[axis].ticklabeloverflow for axis in drawn if axis[1:5] == "axis"} == {"allow"}, name
    finally:
        plotly.io.templates.default = before


@pytest.mark.parametrize(
    ("grain", "az", "en"),
    [
        ("day", "5 yanvar 2020", "January 5, 2020"),
        ("week", "30 dekabr 2019 – 5 yanvar 2020", "December 30, 2019 – January 5, 2020"),
        ("month", "yanvar 2020", "January 2020"),
        ("quarter", "2020 1-ci kv.", "Q1 2020"),
        ("year", "2020", "2020"),
    ],
)
def test_periods_are_written_in_the_readers_language(grain: Grain, az: str, en: str) -> None:
    """Month names come from CLDR, in Azerbaijani and in English."""
    start = dt.date(2019, 12, 30) if grain == "week" else dt.date(2020, 1, 5 if grain == "day" else 1)
    assert (labels.period(start, grain, "az"), labels.period(start, grain, "en")) == (az, en)


def test_numbers_are_written_in_the_readers_language() -> None:
    """Decimal comma and point between thousands in Azerbaijani, the other way round in English."""
    assert (labels.number(12345.6, "az", 1), labels.number(12345.6, "en", 1)) == ("12.345,6", "12,345.6")
    assert (labels.percent(0.0123, "az"), labels.percent(0.5, "az"), labels.percent(0, "az")) == ("1,2%", "50%", "0%")
    assert figures(corpus(), Filters(), "az")["line"]["layout"]["separators"] == ",."


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2020-01-01", "2020-12-31", "2020"),
        ("2018-01-01", "2020-12-31", "2018 – 2020"),
        ("2020-01-01", "2020-01-31", "January 2020"),
        ("2020-01-01", "2020-02-29", "January 2020 – February 2020"),
        ("2020-01-05", "2020-01-05", "January 5, 2020"),
        ("2020-01-05", "2020-01-31", "January 5, 2020 – January 31, 2020"),
    ],
)
def test_a_span_is_as_brief_as_it_is_exact(start: str, end: str, words: str) -> None:
    """A whole month is called by its name, part of one never is."""
    assert charts.span(dt.date.fromisoformat(start), dt.date.fromisoformat(end), "en") == words


def test_the_source_line_names_what_is_not_drawn() -> None:
    """Articles dated too coarsely, undated ones and reprints are named beside those that are counted."""
    cube = build([article("2020-01-05"), article("2020-01"), article(""), article("2020-01-06", duplicate_of="a0")])
    filters = Filters(by="day", measure="attention")
    assert charts.caption("", cube, filters).source == (
        "share of 3 articles from 1 outlet, az, January 2020",
        "1 article dated only to its month or year is not drawn; 1 undated article; "
        "1 word-for-word reprint not counted; corpus version 1.1.0",
    )


@pytest.mark.parametrize(
    ("counted", "words"),
    [
        ("coverage", "number of articles, out of 2 articles from 1 outlet"),
        ("mentions", "number of mentions in 2 articles from 1 outlet"),
        ("voice", "share of the coverage of the names shown, in 2 articles from 1 outlet"),
        ("kind voice", "share of the coverage of all of this kind, in 2 articles from 1 outlet"),
    ],
)
def test_a_chart_says_what_it_counts(counted: charts.Counted, words: str) -> None:
    """No figure stands there without its unit and what it is out of."""
    cube = build([article("2020-01-05", ["KZ"]), article("2020-01-06")])
    assert charts.caption("", cube, Filters(), counted=counted).source[0].startswith(words)


def test_a_caption_says_what_became_of_articles_dated_to_a_year() -> None:
    """On an axis of days they are not drawn, or at its foot; elsewhere they count unless their year is cut."""
    cube, days = build([article("2020-01-05"), article("2020")]), Filters(by="day")
    assert charts.caption("", cube, days).source[1].startswith("1 article dated only to its month or year is not drawn")
    assert charts.caption("", cube, days, coarse="at the foot").source[1].split(";")[0].endswith("(bar at the foot)")
    assert charts.caption("", cube, days, coarse="counted").source[1] == "corpus version 1.1.0"
    cut = days.but(start=dt.date(2020, 1, 3))
    assert charts.caption("", cube, cut, coarse="counted").source[1].split(";")[0].endswith("is not counted")


def test_a_report_of_no_named_outlet_has_a_line_that_says_so() -> None:
    """Every line of who reported when has words before it, also where the outlet is not known."""
    cube = build([article("2020-01-05", story="s", outlet=outlet) for outlet in ("A", "")])
    words = {"outlet not named": "??"}
    drawn = charts.timeline(trends.timeline(cube, "s"), charts.Caption("", "", ()), lambda text: words.get(text, text))
    assert drawn["layout"]["yaxis"]["ticktext"] == ["A", "??"]


def test_words_are_translated() -> None:
    """Every word of ours goes through the translator that is handed in; strangers' words do not."""
    asked: list[str] = []

    def t(text: str) -> str:
        asked.append(text)
        return text

    cube, filters = corpus(), Filters(by="week")
    told = charts.caption("Title", cube, filters, t, "az")
    charts.over_time(
        trends.over_time(cube, filters, "az", today=TODAY), told, t, "az", apart=trends.apart(cube, filters)
    )
    assert {"no articles", "hollow: period not whole", "articles: {n} of {whole}", "the whole corpus"} <= set(asked)
    assert not [text for text in asked if "href" in text or "Title" in text]


def test_no_more_labels_than_fit() -> None:
    """Seven years of days have ten labels under them at most, a single day has one."""
    for first, grain in (
        ("2014-01-01", "day"),
        ("2014-01-01", "month"),
        ("1930-01-01", "quarter"),
        ("2020-12-31", "day"),
    ):
        cube = build([article(first, ["KZ"]), article("2020-12-31", ["KZ"])])
        frame = trends.over_time(cube, Filters(entities=("KZ",), by=grain), today=TODAY)  # type: ignore[arg-type]
        ticks = charts.over_time(frame, charts.Caption("", "", ()))["layout"]["xaxis"]["ticktext"]
        assert 1 <= len(ticks) <= 10


def test_the_matrix_is_symmetric() -> None:
    """Each pair is a square on both sides of the diagonal, with the same number and the same click."""
    squares = figures(corpus(), Filters())["matrix"]["data"][0]
    cells = dict(zip(zip(squares["x"], squares["y"], strict=True), squares["text"], strict=True))
    assert all(cells[(y, x)] == text for (x, y), text in cells.items())


def test_all_others_are_a_number_without_a_bar() -> None:
    """The sum of hundreds would make every bar beside it a stroke."""
    cube = build([article("2020-01-05", [mention(f"e{n}") for n in range(30)])])
    figure = charts.ranking(trends.top_entities(cube, Filters(), "en", top=2), charts.Caption("", "", ()))
    assert figure["data"][0]["x"] == [1.0, 1.0, 0.0]
    assert figure["layout"]["yaxis"]["ticktext"][-1] == "others, added up"
    assert "articles, once for each whom they name: 28" in figure["data"][0]["hovertext"][-1]
    assert figure["data"][0]["text"] == ["1", "1", "28"]


def test_a_small_base_is_named_in_the_picture() -> None:
    """Under a chart of shares it says how many of its periods are too small to share."""
    frame = trends.over_time(corpus(), Filters(), today=TODAY)
    lines = charts.over_time(frame, charts.Caption("", "", ()), measure="attention")["layout"]["annotations"][0]["text"]
    assert lines == "periods with fewer than 20 articles, of which a share says little: 2 of 3"


def test_two_of_one_name_stay_two() -> None:
    """Two officials of one name are two bars."""
    cube = build([article("2020-01-05", [mention("one", name="Əli Əliyev"), mention("two", name="Əli Əliyev")])])
    figure = charts.ranking(trends.top_entities(cube, Filters()), charts.Caption("", "", ()))
    assert figure["data"][0]["y"] == [0, 1]
    assert figure["layout"]["yaxis"]["ticktext"] == ["Əli Əliyev", "Əli Əliyev"]


@pytest.mark.parametrize(
    ("column", "values"),
    [
        (pd.Series(pd.array(["a", None], dtype="str")), ["a", None]),
        (pd.Series(pd.array([1, None], dtype="Int64")), [1, None]),
        (pd.Series([0.5, float("nan")]), [0.5, None]),
        (pd.Series([True, False]), [True, False]),
        (pd.Series(["a", 1, None], dtype=object), ["a", 1, None]),
        (pd.Series([["a", "b"], None], dtype=object), [["a", "b"], None]),
        (pd.Series([pd.Timestamp(2020, 1, 31), pd.NaT]), [pd.Timestamp(2020, 1, 31).to_pydatetime(), None]),
    ],
)
def test_a_column_of_any_kind_is_read_with_its_gaps(column: pd.Series, values: list[Any]) -> None:
    """What is missing is None, whole numbers stay whole, and a date is a plain one; also of some rows alone."""
    assert values_of(column) == values
    assert [type(value) for value in values_of(column)] == [type(value) for value in values]
    frame = pd.DataFrame({"x": column, "y": range(len(column))})
    assert rows_of(frame, ["x"], slice(1)) == [{"x": values[0]}]
    assert rows_of(frame) == [{"x": value, "y": place} for place, value in enumerate(values)]
