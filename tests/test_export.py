"""The laws of files: letters intact, numbers intact, formulas dead, and the question always inside."""

import datetime as dt
import io
import json
import re
import zipfile
from typing import Any
from urllib.parse import parse_qs

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import TODAY, article, build, mention

from analytics import charts, export, trends
from analytics.cube import Cube
from analytics.errors import UsageError
from analytics.export.bundle import COLUMNS, NAME
from analytics.filters import Filters

LETTERS = "İlham Əliyev ı ğ ş ç ö ü Ж Қазақстан «»"
ATTACKS = ["=1+1", "+SUM(A1)", "-cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "\r=1", "  =1", "＝1+1", "=HYPERLINK(1)"]
MADE = dt.datetime(2020, 5, 1, 12, 30, tzinfo=dt.UTC)
KZ = Filters(dt.date(2020, 1, 1), dt.date(2020, 12, 31), ("KZ", "TR"), measure="attention")


def corpus() -> Cube:
    """A corpus with a gap, a strange name and a strange title."""
    attack = mention("evil", name=ATTACKS[0])
    return build(
        [article("2020-01-05", ["KZ", attack], title=LETTERS), article("2020-03-31", ["TR"], title=ATTACKS[1])]
    )


def bundle(frame: pd.DataFrame | None = None, filters: Filters = KZ, cube: Cube | None = None) -> export.Bundle:
    """A download of attention over time, made at a fixed moment."""
    cube = corpus() if cube is None else cube
    frame = trends.over_time(cube, filters, today=TODAY) if frame is None else frame
    return export.bundle(
        "attention", frame, cube, filters, charts.caption(LETTERS, cube, filters), page="/mentions", made=MADE
    )


def figure(some: export.Bundle) -> charts.Figure:
    """The chart of a bundle."""
    return charts.over_time(some.frame, some.caption, measure="attention")


def read_csv(content: bytes, **more: Any) -> pd.DataFrame:
    """A CSV file as an analyst reads it."""
    return pd.read_csv(io.BytesIO(content), **more)


def sheets(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """The cells of each sheet of a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_the_file_holds_the_figures_that_are_drawn() -> None:
    """Chart, CSV and XLSX are one table: the same numbers, to the last digit, gaps empty in all of them."""
    some = bundle()
    drawn = [y for trace in figure(some)["data"][:2] for y in trace["y"]]
    written = [None if pd.isna(v) else v for v in read_csv(export.csv(some))["attention"]]
    head, *body = sheets(export.xlsx(some))["data"]
    assert drawn == written == [row[head.index("attention")] for row in body] == [1, None, 0, 0, None, 1]


def test_csv_opens_in_excel_with_its_letters() -> None:
    """UTF-8 with a byte order mark; every letter comes back."""
    content = export.csv_of(pd.DataFrame({"title": [LETTERS]}))
    assert content.startswith(b"\xef\xbb\xbf")
    assert read_csv(content)["title"].tolist() == [LETTERS]


def test_csv_says_what_was_asked() -> None:
    """Every row names the filters as an address, the corpus version and the moment; no line is a comment."""
    frame = read_csv(export.csv(bundle()))
    assert list(frame.columns[-3:]) == ["filters", "corpus_version", "made"]
    (asked,) = frame["filters"].unique()
    assert Filters.from_query(parse_qs(asked)) == (KZ, ())
    assert set(frame["corpus_version"]) == {"1.1.0"}
    assert set(frame["made"]) == {"2020-05-01T12:30:00+00:00"}


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_is_a_formula(attack: str) -> None:
    """What a spreadsheet would run is shown: behind an apostrophe in CSV, as a plain text in XLSX."""
    frame = pd.DataFrame({"title": [attack]})
    text = export.csv_of(frame).decode("utf-8-sig").split("\r\n", 1)[1]
    assert text.lstrip('"').startswith("'")
    book = openpyxl.load_workbook(io.BytesIO(export.xlsx_of(frame)))
    cell = book["data"]["A2"]
    assert cell.data_type == "s"
    assert cell.value.replace("_x000D_", "\r") == attack


@pytest.mark.parametrize("number", [-5, -0.25, 3, 1e-7])
def test_no_number_is_touched(number: float) -> None:
    """Negative numbers stay numbers, in columns of numbers and in columns of text."""
    frame = pd.DataFrame({"n": [number]})
    assert read_csv(export.csv_of(frame))["n"].tolist() == [number]
    assert sheets(export.xlsx_of(frame))["data"][1] == (number,)
    assert read_csv(export.csv_of(frame.astype(str)), dtype=str)["n"].tolist() == [str(number)]


def test_kinds_of_cells_survive_in_xlsx() -> None:
    """Dates are dates, whole numbers whole, missing values empty, texts letter for letter."""
    frame = pd.DataFrame(
        {
            "start": [pd.Timestamp("2020-01-05"), pd.NaT],
            "n": pd.array([1, None], "Int64"),
            "x": [0.5, float("nan")],
            "partial": [True, False],
            "title": [LETTERS, None],
        }
    )
    _, first, second = sheets(export.xlsx_of(frame))["data"]
    assert first == (dt.datetime(2020, 1, 5), 1, 0.5, True, LETTERS)  # noqa: DTZ001 (a spreadsheet knows no zones)
    assert second == (None, None, None, False, None)


def test_a_text_longer_than_a_cell_is_cut_and_said() -> None:
    """Excel refuses longer cells, and the writer would drop them without a word."""
    found = sheets(export.xlsx_of(pd.DataFrame({"text": ["ə" * 40_000]})))
    assert len(found["data"][1][0]) == 32_767
    assert found["method"][-1] == ("data", "texts cut to 32,767 characters: 1")


def test_more_rows_than_a_sheet_holds_are_refused() -> None:
    """Better no file than half of one; the message says what to do."""
    with pytest.raises(UsageError, match="use csv or parquet"):
        export.xlsx_of(pd.DataFrame({"n": range(1_048_576)}))


def test_every_file_carries_the_method() -> None:
    """Filters, address, what was counted, corpus version and time: in XLSX, HTML, text and JSON."""
    some = bundle()
    method = dict(sheets(export.xlsx(some))["method"])
    assert method["Corpus version"] == "1.1.0"
    assert method["Made"] == "2020-05-01 12:30 UTC"
    assert method["Address"].startswith("/mentions?from=2020-01-01&to=2020-12-31&entities=KZ&entities=TR")
    assert method["Countries count when named"] == "countries by name"
    assert "never a mean" in method["attention"]
    for content in (export.method(some), export.html(some, figure(some)).decode()):
        for said in ("1.1.0", "2020-05-01 12:30 UTC", "Kazakhstan, Türkiye", "share of 2 articles from 1 outlet"):
            assert said in content
    asked = json.loads(export.query(some))
    assert Filters.from_query(asked["filters"]) == (KZ, ())


@pytest.mark.parametrize(
    ("filters", "page", "own", "address"),
    [
        (Filters(), "/", {}, "/"),
        (Filters(by="year"), "/mentions", {}, "/mentions?by=year"),
        (Filters(), "/stories", {"story": ["a&b"]}, "/stories?story=a%26b"),
        (Filters(entities=("KZ",)), "/gazetteer", {"name": ["KZ"]}, "/gazetteer?entities=KZ&name=KZ"),
    ],
)
def test_the_address_in_a_file_leads_to_its_page(
    filters: Filters, page: str, own: dict[str, list[str]], address: str
) -> None:
    """The note and the question name the page, and which story or name it shows, not the filters alone."""
    cube = corpus()
    words = charts.caption("", cube, filters)
    some = export.bundle("x", pd.DataFrame(), cube, filters, words, page=page, own=own, made=MADE)
    assert f"Address: {address}\n" in export.method(some)
    assert json.loads(export.query(some))["address"] == address


def test_every_column_is_explained() -> None:
    """No frame has a column that the method note is silent about."""
    cube, filters = corpus(), Filters()
    frames = [make(cube, filters) for make in (trends.over_time, trends.topics_over_time, trends.growth, trends.apart)]
    frames += [trends.top_entities(cube, filters), trends.co_mentions(cube, filters), trends.outlets(cube, filters)]
    frames += [trends.languages(cube, filters), trends.topic_terms(cube, filters), trends.articles(cube, filters)]
    frames += [trends.stories(cube, filters), trends.timeline(cube, ""), trends.terms_over_time(cube, filters, "")]
    assert {name for frame in frames for name in frame.columns} <= set(COLUMNS)


def test_an_empty_figure_is_a_file_with_a_heading() -> None:
    """No data is an answer: every format is made of it."""
    cube = build([])
    some = bundle(cube=cube)
    assert read_csv(export.csv(some)).empty
    assert len(sheets(export.xlsx(some))["data"]) == 1
    assert b"chart" in export.html(some, figure(some))


def test_a_single_day_is_a_file_with_a_row() -> None:
    """One day by day is one row per entity, dated to the day."""
    filters = KZ.but(start=dt.date(2020, 1, 5), end=dt.date(2020, 1, 5), by="day")
    frame = read_csv(export.csv(bundle(filters=filters)))
    assert frame["period"].tolist() == ["2020-01-05"] * 2
    assert frame["start"].tolist() == ["2020-01-05"] * 2


def test_the_page_holds_no_live_markup() -> None:
    """Names and titles from articles are text in the page: in its title, its note, its table and its script."""
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    cube = build([article("2020-01-05", [mention("evil", name=evil)])])
    filters = Filters(entities=("evil",), query=evil)
    frame = trends.over_time(cube, filters.but(query=""), today=TODAY)
    some = export.bundle("x", frame, cube, filters, charts.Caption(evil, evil, (evil,)), page="/", made=MADE)
    page = export.html(some, figure(some)).decode()
    ours = page.replace(charts_library(), "")
    assert "<img" not in ours
    assert ours.count("<script>") == ours.count("</script>") == 2


def charts_library() -> str:
    """Plotly's own source, which has markup of its own in it."""
    from analytics.export.page import _library

    return _library()


def test_the_page_runs_its_own_scripts_and_fetches_nothing() -> None:
    """The policy names the digests of the two scripts and allows no address at all."""
    some = bundle()
    page = export.html(some, figure(some)).decode()
    found = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert found is not None
    policy = found.group(1)
    assert "default-src 'none'" in policy
    assert policy.count("'sha256-") == 2
    assert "http" not in policy
    assert "unsafe-eval" not in policy
    assert not re.search(r"<(?:script|link|img)[^>]+(?:src|href)=", page.replace(charts_library(), ""))


@pytest.mark.parametrize(
    ("filters", "name"),
    [
        (KZ, "jarchi-attention-KZ-TR-2020-01-01-2020-12-31-by-month"),
        (Filters(by="week", query="Səfər, Ğ İ ı"), "jarchi-attention-Sefer-G-I-i-by-week"),
        (Filters(outlets=("Қазақ Жаршы", "../../etc")), "jarchi-attention-Qazaq-Zharshy-etc-by-month"),
        (Filters(entities=tuple("abcdef")), "jarchi-attention-a-b-c-d-and-2-more-by-month"),
    ],
)
def test_a_file_is_called_what_it_is(filters: Filters, name: str) -> None:
    """The name says what was asked, in letters that every file system has."""
    assert export.file_name("attention", filters) == name


@given(st.text(max_size=500), st.lists(st.text(min_size=1, max_size=40), max_size=6, unique=True))
def test_any_filters_make_a_file_name(query: str, outlets: list[str]) -> None:
    """ASCII letters, digits and dashes, not too long, whatever was typed."""
    name = export.file_name("topics", Filters(query=query, outlets=tuple(outlets)), ".csv")
    assert re.fullmatch(r"[A-Za-z0-9-]+\.csv", name)
    assert len(name) <= NAME + 25


def test_an_image_is_told_its_name_and_size() -> None:
    """The browser draws the picture: twice as fine as the screen, called as the other files are."""
    some = bundle()
    options = export.image_options("attention", KZ, figure(some)["layout"]["height"])
    assert options["filename"] == export.file_name("attention", KZ)
    assert (options["width"], options["scale"]) == (1000, 2)
    assert options["height"] == figure(some)["layout"]["height"]


def test_the_archive_holds_everything_and_is_the_same_twice() -> None:
    """All formats, the note and the question; made again of the same, it is the same to the last byte."""
    some = bundle()
    content = export.archive(some, figure(some))
    name = export.file_name("attention", KZ)
    with zipfile.ZipFile(io.BytesIO(content)) as folder:
        assert set(folder.namelist()) == {*(name + e for e in (".csv", ".xlsx", ".html")), "method.txt", "query.json"}
        assert folder.read(f"{name}.csv") == export.csv(some)
    assert content == export.archive(some, figure(some))


def test_rows_are_json() -> None:
    """Missing is null, a date is its day, and no NaN reaches a file that others parse."""
    told = list(export.rows(trends.over_time(corpus(), KZ, today=TODAY)))
    assert json.loads(json.dumps(told, allow_nan=False))[1]["attention"] is None
    assert told[0]["start"] == "2020-01-01"
