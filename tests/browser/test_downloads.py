"""Downloads: each opens, says what it counts, and holds the figures that the page shows."""

import csv
import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from conftest import Visit, serving

from analytics.export.bundle import COLUMNS

pytestmark = pytest.mark.browser

ADDRESS = "mentions?lang=az&entities=KZ&entities=TR&by=year&measure=attention"
CHART = ".st-key-chart-mentions"
BUTTONS = {"html": "(HTML)", "csv": "(CSV)", "xlsx": "(Excel)", "zip": "(ZIP)", "png": "PNG", "svg": "SVG"}


@pytest.fixture
def download(visit: Visit, tmp_path: Path) -> "Download":
    """The page with the menu of its chart open."""
    page = visit.go(ADDRESS)
    page.locator(f"{CHART} [data-testid='stPopover'] button").first.click()
    page.locator("button:text-is('PNG')").wait_for()
    return Download(visit, tmp_path)


@pytest.fixture
def listed(visit: Visit, tmp_path: Path) -> "Download":
    """The page of articles with the menu of its list open."""
    page = visit.go("articles?lang=en&entities=KZ&from=2020-01-01")
    page.get_by_role("button", name="Download the list").click()
    page.locator("button").filter(has_text="(ZIP)").wait_for()
    return Download(visit, tmp_path)


class Download:
    """Takes files out of the menu, one after the other: it stays open."""

    def __init__(self, visit: Visit, folder: Path) -> None:
        self.visit, self.folder = visit, folder

    def __call__(self, ending: str) -> Path:
        """The file behind a button."""
        with self.visit.page.expect_download() as waiting:
            self.visit.page.locator("button").filter(has_text=BUTTONS[ending]).last.click()
        path = self.folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        assert path.suffix == f".{ending}"
        return path

    def points(self) -> dict[tuple[str, str], float]:
        """(entity's name, year) -> share, as they stand in the chart."""
        traces = self.visit.page.locator(f"{CHART} .js-plotly-plot").evaluate(
            "plot => plot.data.map(t => [t.name, [...t.x], [...t.y]])"
        )
        return {(name, str(x)[:4]): y for name, xs, ys in traces for x, y in zip(xs, ys, strict=True) if y is not None}


def test_pictures_are_whole(download: Download) -> None:
    """PNG and SVG hold title, filters, source line and both lines; the menu stays open between them."""
    png = download("png").read_bytes()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = (int.from_bytes(png[at : at + 4]) for at in (16, 20))
    assert width == 2000
    assert height > 600
    words = " ".join(ElementTree.fromstring(download("svg").read_text(encoding="utf-8")).itertext())
    for expected in ("Qazaxıstan", "Türkiyə", "korpus", "2020"):
        assert expected in words


def test_files_hold_the_figures_of_the_chart(download: Download) -> None:
    """CSV and workbook have the points of the chart, no more and no fewer, and the workbook its method."""
    points = download.points()
    rows = list(csv.DictReader(io.StringIO(download("csv").read_text(encoding="utf-8-sig"))))
    assert {(row["name"], row["period"]): pytest.approx(float(row["attention"])) for row in rows} == points
    book = openpyxl.load_workbook(download("xlsx"))
    head, *body = book["data"].values
    name, period, share = (head.index(column) for column in ("name", "period", "attention"))
    assert {(row[name], str(row[period])): pytest.approx(row[share]) for row in body} == points
    method = [str(value) for _, value in book["method"].values]
    (address,) = [said for said in method if said.startswith("/mentions?")]
    assert "entities=KZ&entities=TR&by=year&measure=attention" in address
    download.visit.go(f"{address.removeprefix('/')}&lang=az")
    assert download.points() == points  # a colleague who opens it sees the same chart


@pytest.mark.parametrize("chart", ["ranking-official", "mentions"])
def test_a_file_names_the_kind_that_was_just_clicked(visit: Visit, tmp_path: Path, chart: str) -> None:
    """The address in the note of any chart of the page, also of one above the control, shows the same ranking."""
    page = visit.go("mentions?lang=en&by=year")
    page.get_by_role("radio", name="officials").or_(page.get_by_role("button", name="officials")).first.click()
    page.locator(".st-key-chart-ranking-official").wait_for()
    visit.settle()
    page.locator(f".st-key-chart-{chart} [data-testid='stPopover'] button").first.click()
    page.locator("button:text-is('PNG')").wait_for()
    method = openpyxl.load_workbook(Download(visit, tmp_path)("xlsx"))["method"]
    assert "/mentions?by=year&kind=official" in [said for _, said in method.values]


def test_a_file_names_the_path_of_its_server(visit: Visit, sample: Path, tmp_path: Path) -> None:
    """Below a path that is called like a page, the note's address is the one that the browser is at, on any page."""
    with serving(sample, "corpus") as visit.server:
        for address, chart in (("?lang=en&by=year", "overview"), ("mentions?lang=en&by=year", "mentions")):
            page = visit.go(address)
            page.locator(f".st-key-chart-{chart} [data-testid='stPopover'] button").first.click()
            page.locator("button:text-is('PNG')").wait_for()
            method = openpyxl.load_workbook(Download(visit, tmp_path)("xlsx"))["method"]
            assert f"/corpus/{address.replace('lang=en&', '')}" in [said for _, said in method.values]
        visit.page.goto("about:blank")  # a page whose server is gone complains


def test_the_interactive_page_needs_no_network(download: Download) -> None:
    """The HTML file draws its chart from itself: opened from disk it asks nobody for anything."""
    path = download("html")
    context = download.visit.page.context.browser.new_context(offline=True)  # type: ignore[union-attr]
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.locator(".scatterlayer .trace").nth(1).wait_for()
    assert "Qazaxıstan" in page.locator("body").inner_text()
    context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


def test_the_archive_holds_everything(download: Download) -> None:
    """One file with page, table, workbook and method."""
    with zipfile.ZipFile(download("zip")) as packed:
        assert packed.testzip() is None
        assert {Path(name).suffix for name in packed.namelist()} >= {".html", ".csv", ".xlsx"}


def test_a_list_of_articles_carries_its_method(listed: Download) -> None:
    """It says what was asked, where, and of which corpus, as a chart's files do; its rows are those of the page."""
    total = listed.visit.page.get_by_text("Articles, newest first:").inner_text().split(": ")[1]
    rows = list(csv.DictReader(io.StringIO(listed("csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) == int(total.replace(",", "")) > 0
    assert {row["filters"] for row in rows} == {"from=2020-01-01&entities=KZ"}
    assert len({(row["corpus_version"], row["made"]) for row in rows}) == 1
    linked = [row for row in rows if row["url"].startswith("https://")]
    assert linked
    assert [row["id"] for row in linked if not row["url"].endswith(row["id"][-4:])] == []  # as the sample writes them
    book = openpyxl.load_workbook(listed("xlsx"))
    assert book["data"].max_row == len(rows) + 1
    method = dict(book["method"].values)
    assert method["Address"] == "/articles?from=2020-01-01&entities=KZ"
    assert method["Corpus version"] == rows[0]["corpus_version"]
    assert method["reprint"] == COLUMNS["reprint"]
    assert any(f"each article: {total} articles from" in str(said) for _, said in book["method"].values)
    with zipfile.ZipFile(listed("zip")) as packed:
        assert {Path(name).suffix for name in packed.namelist()} == {".csv", ".xlsx", ".txt", ".json"}


def test_every_chart_has_a_menu(visit: Visit) -> None:
    """On every page there are as many menus as charts, and each card has its own."""
    for address in ("?lang=en", "mentions?lang=en", "topics?lang=en", "corpus?lang=en", "gazetteer?lang=en&name=KZ"):
        page = visit.go(address)
        cards = page.locator("[class*='st-key-chart-']").filter(has=page.locator("[data-testid='stPlotlyChart']"))
        cards.nth(1).wait_for()
        for number in range(cards.count()):
            label = cards.nth(number).locator("[data-testid='stPopover'] button").first.inner_text()
            assert re.search("Download", label)
