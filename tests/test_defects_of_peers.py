"""Defects and wishes found in others' dashboards: each one a test that holds us to it.

The numbers are those of the list of defects this project keeps; the projects in which they were found are named.
"""

import datetime as dt
import io
from urllib.parse import parse_qs, urlencode

import pandas as pd
import pytest
from small_corpus import TODAY, article, build, matching, mention

from analytics import charts, export, trends
from analytics.cube import Cube
from analytics.filters import Filters
from analytics.text.letters import fold

KZ = Filters(entities=("KZ",))


def values(frame: pd.DataFrame, name: str) -> list[object]:
    """A column as plain values, None for what is missing."""
    return [None if pd.isna(value) else value for value in frame[name].tolist()]


def months(*counts: tuple[int, int]) -> Cube:
    """A corpus of so many articles in each month of 2020, so many of which mention Kazakhstan."""
    return build(
        article(f"2020-{month:02d}-15", ["KZ"] if number < mentioned else [])
        for month, (articles, mentioned) in enumerate(counts, start=1)
        for number in range(articles)
    )


# Defects


def test_5_1_no_data_is_not_zero_percent() -> None:
    """Media Cloud fills days without a single article with a ratio of 0; ours are a gap, to the last file."""
    cube = months((4, 2), (0, 0), (4, 0), (1, 1))
    frame = trends.over_time(cube, KZ, today=TODAY)
    assert values(frame, "attention") == [0.5, None, 0, 1]
    figure = charts.over_time(frame, charts.caption("", cube, KZ), measure="attention")
    assert figure["data"][0]["y"][:3] == [0.5, None, 0.0]
    assert len(figure["layout"]["shapes"]) == 1


def test_5_2_chart_table_and_file_are_one_table() -> None:
    """Media Cloud's chart divides by the ten outlets shown, its CSV by a hundred; ours by all, in both."""
    cube = build([article("2020-01-05", outlet=f"outlet {n:02d}") for n in range(30) for _ in range(30 - n)])
    frame = trends.outlets(cube, Filters())
    figure = charts.ranking(frame, charts.caption("", cube, Filters()), measure="share")
    some = export.bundle("outlets", frame, cube, Filters(), charts.caption("", cube, Filters()), page="/corpus")
    written = pd.read_csv(io.BytesIO(export.csv(some)))["share"].tolist()
    assert figure["data"][0]["x"] == written
    assert sum(written) == pytest.approx(1)
    assert written[0] == 30 / sum(range(31))


def test_5_2_what_a_list_leaves_out_is_a_row_of_it() -> None:
    """A list of the first ten has an eleventh row: the others."""
    cube = build([article("2020-01-05", [mention(f"e{n}")]) for n in range(15)])
    frame = trends.top_entities(cube, Filters(), top=10)
    assert (len(frame), frame["coverage"].iloc[-1], frame["coverage"].sum()) == (11, 5, 15)


def test_5_3_the_file_remembers_the_question() -> None:
    """Media Cloud's files are all called alike and hold no query; ours are named by it, and hold it."""
    asked = Filters(dt.date(2020, 1, 1), dt.date(2020, 12, 31), ("KZ",), query="diaspor, birlik", by="quarter")
    cube = build([article("2020-01-05", ["KZ"])], search=lambda _: matching("a0"))
    frame = trends.over_time(cube, asked)
    some = export.bundle("attention", frame, cube, asked, charts.caption("", cube, asked), page="/mentions")
    assert export.file_name("attention", asked) == "jarchi-attention-KZ-diaspor-birlik-2020-01-01-2020-12-31-by-quarter"
    told = pd.read_csv(io.BytesIO(export.csv(some)))["filters"].iloc[0]
    assert Filters.from_query(parse_qs(told))[0] == asked


def test_5_4_normalised_means_divided_by_the_articles() -> None:
    """BERTopic normalises 10 of 100, 20 of 400 and 5 of 10 to .44, .87 and .22: the order of months is reversed."""
    frame = trends.over_time(months((100, 10), (400, 20), (10, 5)), KZ, today=TODAY)
    assert values(frame, "attention") == pytest.approx([0.10, 0.05, 0.50])


def test_5_5_figures_have_their_sign_and_place() -> None:
    """A lag computed elsewhere came out with the wrong sign: here B follows A by one month, and is drawn after it."""
    said = [["AZ"], ["AZ", "KZ"], ["KZ"], []]
    cube = build([article(f"2020-0{n}-15", who) for n, who in enumerate(said, start=1)])
    frame = trends.over_time(cube, Filters(entities=("AZ", "KZ")), today=TODAY)
    first = frame[frame["coverage"] > 0].groupby("entity")["start"].min()
    assert first["AZ"] < first["KZ"]
    peaks = trends.peaks(frame).set_index("entity")["period"]
    assert (peaks["AZ"], peaks["KZ"]) == ("2020-01", "2020-02")


def test_5_6_capitals_are_not_cut_in_two() -> None:
    """scikit-learn's analyser makes 'lham' and 'yev' of 'İlham ƏLİYEV'; our letters stay in their words."""
    assert fold("İlham ƏLİYEV", "az") == fold("ilham əliyev", "az")
    assert len(fold("İSTANBUL", "tr")) == len("İSTANBUL")
    assert fold("BAKI", "az") == fold("Bakı", "az")


def test_5_7_a_comma_survives_the_address() -> None:
    """Media Cloud joins by commas and splits by commas: a phrase with one does not survive a reload."""
    asked = Filters(query="diaspor, birlik və “səfər”", outlets=("Xəbər, gündəlik", "B"))
    address = urlencode(asked.to_query(), doseq=True)
    assert Filters.from_query(parse_qs(address)) == (asked, ())


def test_5_8_a_peak_lies_in_the_window_it_is_the_peak_of() -> None:
    """An alert elsewhere named the peak of all history; ours never leaves the dates that were asked for."""
    cube = months((9, 9), (1, 1), (3, 3), (1, 0))
    window = KZ.but(start=dt.date(2020, 2, 1))
    assert values(trends.peaks(trends.over_time(cube, window, today=TODAY)), "period") == ["2020-03"]


def test_5_9_an_outlets_name_is_not_markup() -> None:
    """Media Cloud writes outlets' names into HTML as they are; ours are shown letter for letter."""
    name = '<a href="https://example.org">Sample</a>'
    cube = build([article("2020-01-05", outlet=name)])
    figure = charts.ranking(trends.outlets(cube, Filters()), charts.caption("", cube, Filters()), measure="articles")
    assert "&lt;a href" in figure["layout"]["yaxis"]["ticktext"][0]
    assert "<a" not in figure["data"][0]["hovertext"][0]


# Wishes of their users, by number


def test_wish_1_a_click_opens_what_happened_then() -> None:
    """The articles of that period and no other, and the terms of its topics (web-tools#844)."""
    rows = [article("2020-01-05", ["KZ"], ["diaspora"]), article("2020-02-05", ["KZ"], ["bilateral"])]
    cube = build(rows)
    point = charts.over_time(trends.over_time(cube, KZ, today=TODAY), charts.caption("", cube, KZ))["data"][0]
    first_day, entity = point["customdata"][0]
    at = dt.date.fromisoformat(first_day)
    assert values(trends.articles(cube, KZ.but(entities=(entity,)), at), "id") == ["a0"]
    assert values(trends.terms_over_time(cube, KZ, "diaspora"), "period") == ["2020-01"]


def test_wish_2_a_peak_knows_its_story() -> None:
    """What a spike is about is one call away: the largest story of the peak's articles (web-tools#1659)."""
    rows = [article("2020-02-05", ["KZ"], story="s", title="Səfər"), article("2020-02-06", ["KZ"], story="s")]
    cube = build([article("2020-01-31", ["KZ"]), *rows, article("2020-03-31")])
    (peak,) = trends.peaks(trends.over_time(cube, KZ, today=TODAY)).to_dict("records")
    dates = KZ.but(start=peak["start"].date(), end=peak["end"].date())
    assert values(trends.stories(cube, dates, top=1), "title") == ["Səfər"]


@pytest.mark.parametrize(("grain", "size"), [("day", 60), ("week", 9), ("month", 2), ("quarter", 1), ("year", 1)])
def test_wish_5_every_grain(grain: str, size: int) -> None:
    """Day, week, month, quarter and year (web-search#601)."""
    cube = build([article("2020-01-01", ["KZ"]), article("2020-02-29", ["KZ"])])
    asked, problems = Filters.from_query({"by": [grain], "entities": ["KZ"]})
    assert not problems
    assert len(trends.over_time(cube, asked, today=TODAY)) == size


def test_wish_6_charts_of_the_same_dates_begin_together() -> None:
    """Two charts with the same dates have the same first day (web-tools#1534)."""
    cube = build([article("2020-01-05", ["AZ"]), article("2020-03-05", ["KZ"])])
    charted = [
        charts.over_time(trends.over_time(cube, Filters(entities=(e,))), charts.Caption("", "", ()))
        for e in ("AZ", "KZ")
    ]
    assert charted[0]["layout"]["xaxis"]["range"] == charted[1]["layout"]["xaxis"]["range"]


def test_wish_7_no_date_is_missing() -> None:
    """Every period between the first and the last has its row (web-tools#1118)."""
    frame = trends.over_time(build([article("2020-01-01", ["KZ"]), article("2020-12-31", ["KZ"])]), KZ.but(by="day"))
    assert len(frame) == 366
    assert (frame["start"].diff().dropna() == pd.Timedelta(days=1)).all()


def test_wish_8_one_day_is_enough() -> None:
    """A single day of data is a chart (web-tools#2042)."""
    cube = build([article("2020-01-05", ["KZ"])])
    figure = charts.over_time(trends.over_time(cube, KZ.but(by="day"), today=TODAY), charts.caption("", cube, KZ))
    assert figure["data"][0]["y"] == [1.0]
    assert figure["layout"]["xaxis"]["range"] == ["2020-01-05T00:00:00", "2020-01-06T00:00:00"]


def test_wish_9_a_loss_of_sources_does_not_look_like_a_loss_of_interest() -> None:
    """Half the articles are lost: coverage falls, attention does not, and growth shows why (backend#470)."""
    cube = build(
        [article("2020-01-15", ["KZ"] if n % 2 else [], outlet=f"o{n % 4}") for n in range(40)]
        + [article("2020-02-29", ["KZ"] if n % 2 else [], outlet=f"o{n % 2}") for n in range(20)]
    )
    frame = trends.over_time(cube, KZ, today=TODAY)
    assert (values(frame, "coverage"), values(frame, "attention")) == ([20, 10], [0.5, 0.5])
    assert values(trends.growth(cube, Filters(), today=TODAY), "outlets") == [4, 2]


def test_wish_13_no_line_across_a_gap() -> None:
    """A missing period interrupts the line, without rows made up for it (plotly.py#4123)."""
    figure = charts.over_time(trends.over_time(months((1, 1), (0, 0), (1, 1)), KZ), charts.Caption("", "", ()))
    assert all(trace["connectgaps"] is False for trace in figure["data"] if "lines" in trace.get("mode", ""))


def test_wish_20_a_row_has_count_total_and_share() -> None:
    """One row per period and entity with matching, total and ratio (web-tools#1120, #1102)."""
    row = trends.attention_table(months((4, 1)), KZ).to_dict("records")[0]
    assert (row["coverage"], row["articles"], row["attention"]) == (1, 4, 0.25)


def test_wish_21_all_compared_are_in_one_file() -> None:
    """The file of a comparison has all that is compared, and nothing else (web-search#730, Dashboard#221)."""
    cube = build([article("2020-01-05", ["KZ", "AZ", "TR"])])
    assert values(trends.over_time(cube, Filters(entities=("KZ", "TR"))), "entity") == ["KZ", "TR"]


def test_wish_22_files_respect_the_dates() -> None:
    """Nothing outside the dates reaches the file (web-tools#865)."""
    asked = KZ.but(start=dt.date(2020, 2, 1), end=dt.date(2020, 2, 29))
    cube = months((3, 3), (2, 1), (3, 3))
    assert values(trends.over_time(cube, asked), "period") == ["2020-02"]
    assert len(trends.articles(cube, asked)) == 1


def test_wish_24_the_list_has_as_many_articles_as_the_screen_says() -> None:
    """53,892 on the screen and 950 in the file happened elsewhere (Dashboard#214, gdelt-doc-api#5)."""
    cube = build(article("2020-01-05", ["KZ"]) for _ in range(1_500))
    assert len(trends.articles(cube, KZ)) == trends.over_time(cube, KZ)["coverage"].sum() == 1_500


def test_wish_25_a_list_of_articles_names_the_outlet() -> None:
    """The outlet is a column of the list (web-tools#667)."""
    assert "outlet" in trends.articles(build([article("2020-01-05")]), Filters()).columns


def test_wish_27_an_exported_chart_shows_its_data() -> None:
    """Whoever gets the HTML can check the figures in it (plotly.py#4623)."""
    cube = months((4, 1))
    frame = trends.over_time(cube, KZ)
    told = charts.caption("", cube, KZ)
    page = export.html(export.bundle("x", frame, cube, KZ, told, page="/"), charts.over_time(frame, told)).decode()
    assert "<td>2020-01</td>" in page
    assert "<td>0.25</td>" in page


def test_wish_31_a_csv_opens_in_excel() -> None:
    """The byte order mark tells Excel that ə is ə (marimo#7353)."""
    assert export.csv_of(pd.DataFrame({"name": ["Səfər"]})).decode("utf-8-sig").split("\r\n")[1] == "Səfər"


def test_wish_36_a_long_query_in_any_script_fits_an_address() -> None:
    """Five hundred Cyrillic letters make an address below what servers accept (web-tools#1783)."""
    assert len(urlencode(Filters(query="ж" * 500).to_query(), doseq=True)) < 4_096


def test_wish_43_one_person_is_one_row() -> None:
    """Two spellings of a person are one entity in every list (backend#512)."""
    said = [mention("fuad-muradov", surface="F.Muradov"), mention("fuad-muradov", surface="Фуад Мурадов")]
    cube = build([article("2020-01-05", [one]) for one in said])
    frame = trends.top_entities(cube, Filters(), kind="official")
    assert (values(frame, "name"), values(frame, "coverage")) == (["Fuad Muradov"], [2])
