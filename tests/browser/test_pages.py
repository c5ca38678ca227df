"""The app in a browser: every page stands, in both languages, and text of strangers does nothing."""

import json
import re

import hostile
import pytest
from conftest import Visit
from playwright.sync_api import expect

from analytics.charts.rank import CELL, ROW

pytestmark = pytest.mark.browser

PAGES = ("", "mentions", "topics", "stories", "articles", "corpus", "gazetteer")
TITLES = {
    "az": ("İcmal", "Zaman üzrə adçəkmələr", "Zaman üzrə mövzular", "Hadisələr", "Məqalələr", "Korpus", "Adlar"),
    "en": ("Overview", "Mentions over time", "Topics over time", "Stories", "Articles", "Corpus", "Names"),
}


@pytest.mark.parametrize("language", TITLES)
def test_every_page_opens_at_its_own_address(visit: Visit, language: str) -> None:
    """A deep link to each page shows it whole for a visitor's first visit, without an error in the browser."""
    for address, title in zip(PAGES, TITLES[language], strict=True):
        page = visit.go(f"{address}?lang={language}")
        assert page.locator("h1").first.inner_text().strip() == title
        assert page.locator('[data-testid="stException"], [data-testid="stAlertContentError"]').count() == 0
        assert page.locator('[data-testid="stSidebarNavLink"]').count() == len(PAGES)


def test_a_click_on_a_point_opens_the_articles_behind_it(visit: Visit) -> None:
    """As many articles as the point says, each with the mention marked in its sentence and the rule that found it."""
    page = visit.go("mentions?lang=en&entities=KZ&by=year&from=2019-01-01&to=2022-12-31")
    page.locator(".st-key-chart-mentions .scatterlayer .point").nth(1).click(force=True)
    page.get_by_text("Behind the point").wait_for()
    count = re.search(r"Kazakhstan, 2020 · articles: (\d+)", page.locator('[data-testid="stMain"]').inner_text())
    assert count
    items = page.locator(".item")
    items.first.wait_for()
    assert items.count() == min(int(count[1]), 10)
    for number in range(items.count()):
        assert items.nth(number).locator("mark").count() >= 1
        assert items.nth(number).locator(".note").inner_text().startswith("found by: ")


def test_a_headline_opens_its_article(visit: Visit) -> None:
    """From a list to the article, with its mentions marked, and the address says which."""
    page = visit.go("articles?lang=en&entities=KZ")
    head = page.locator("button.head").first
    title = head.inner_text()
    assert title
    head.click()
    page.wait_for_url(re.compile("article="))
    page.locator(".st-key-reader .large").filter(has_text=title).wait_for()
    page.locator(".st-key-reader .body mark").first.wait_for()


def test_a_copied_address_shows_a_colleague_the_same(visit: Visit) -> None:
    """A visitor who clicks filters together and one who opens the copied address see the same chart."""
    page = visit.go("mentions?lang=en")
    page.locator(".st-key-pick-entities input").fill("Kazakhstan")
    page.get_by_role("option", name="Kazakhstan · country").first.click()
    page.wait_for_url(re.compile("entities=KZ"))
    page.keyboard.press("Escape")
    visit.settle()
    address, chart = page.url, ".st-key-chart-mentions .js-plotly-plot"
    read = (
        "plot => JSON.stringify([plot.data.map(t => [t.name, t.x, t.y]), plot.layout.title, plot.layout.annotations])"
    )
    expect(page.locator(f"{chart} .scatterlayer .trace")).to_have_count(1)
    seen = page.locator(chart).evaluate(read)
    other = Visit(page.context.browser.new_context().new_page(), visit.server)  # type: ignore[union-attr]
    other.page.goto(address)
    assert json.loads(other.settle().locator(chart).evaluate(read)) == json.loads(seen)
    other.page.context.close()


RANKING = ".stVerticalBlock[class*=st-key-chart-ranking-]"


def test_the_kind_of_a_ranking_is_in_the_address(visit: Visit) -> None:
    """A click writes it, going back takes it back, a link opens with it, and it does not follow to another page."""
    page = visit.go("mentions?lang=en&by=year")
    ranking = page.locator(RANKING)
    page.get_by_role("radio", name="officials").or_(page.get_by_role("button", name="officials")).first.click()
    page.wait_for_url(re.compile("kind=official"))
    expect(ranking).to_have_class(re.compile("ranking-official"))
    address = page.url
    page.go_back()
    expect(ranking).to_have_class(re.compile("ranking-country"))
    assert "kind=" not in page.url
    visit.go(address.removeprefix(f"{visit.server}/"))
    expect(ranking).to_have_class(re.compile("ranking-official"))
    page.get_by_role("link", name="Topics").first.click()
    expect(page.locator("h1").first).to_have_text("Topics over time")
    visit.settle()
    assert "by=year" in page.url
    assert "kind=" not in page.url


def test_a_kind_outlives_the_control(visit: Visit) -> None:
    """The page ranks what it did after a search that found nothing, and in another language."""
    page = visit.go("mentions?lang=az&kind=official")
    ranking = page.locator(RANKING)
    for query, charts in (("bunu-heç-kim-yazmayıb", 0), ("", 1)):
        page.locator(".st-key-q input").fill(query)
        page.locator(".st-key-q input").press("Enter")
        expect(ranking).to_have_count(charts)
    visit.settle()
    page.get_by_role("radio", name="English").or_(page.get_by_role("button", name="English")).first.click()
    expect(page.locator("h1").first).to_have_text("Mentions over time")
    visit.settle()
    expect(ranking).to_have_class(re.compile("ranking-official"))
    assert "kind=official" in page.url


def test_the_order_of_stories_outlives_a_look_at_one(visit: Visit) -> None:
    """A click writes it into the address, and whoever comes back from a story finds the list as it was."""
    page = visit.go("stories?lang=en&to=2021-06-18")
    now = page.get_by_role("radio", name="big now").or_(page.get_by_role("button", name="big now")).first
    now.click()
    page.wait_for_url(re.compile("order=now"))
    visit.settle()
    page.locator("button.head").first.click()
    page.wait_for_url(re.compile("story="))
    expect(page.locator("h1").first).to_have_text("One story")
    page.get_by_role("button", name="All stories").first.click()
    expect(page.locator("h1").first).to_have_text("Stories")
    visit.settle()
    assert "order=now" in page.url
    expect(now).to_have_attribute("aria-checked", "true")


def test_two_kinds_in_a_moment_end_with_the_second(visit: Visit) -> None:
    """Whoever clicks again before the first ranking has come sees the second one, and its address."""
    for moment in (0, 20, 60, 120):
        page = visit.go("mentions?lang=en")
        for kind in ("officials", "organisations"):
            page.get_by_role("radio", name=kind).or_(page.get_by_role("button", name=kind)).first.click()
            page.wait_for_timeout(moment)
        page.wait_for_url(re.compile("kind=organisation"))
        visit.settle()
        expect(page.locator(RANKING)).to_have_class(re.compile("ranking-organisation"))
        assert "kind=organisation" in page.url


def test_the_language_is_switched_in_place(visit: Visit) -> None:
    """A click changes the words, the numbers' form and the chart, and keeps page and filters."""
    page = visit.go("mentions?lang=az&entities=KZ&measure=attention")
    page.get_by_role("radio", name="English").or_(page.get_by_role("button", name="English")).first.click()
    page.wait_for_url(re.compile("lang=en"))
    page.get_by_role("heading", name="Mentions over time").first.wait_for()
    assert "entities=KZ" in page.url
    assert "measure=attention" in page.url


ONE = ("articles?article=hostile-2", "articles?article=hostile-3")


@pytest.mark.parametrize("address", ["articles", *ONE, "", "stories", "corpus", "mentions", "topics"])
def test_text_of_strangers_does_nothing(visit: Visit, address: str) -> None:
    """Tags, scripts, links, directives and formulas of articles are letters on every page; `visit` holds the rest."""
    page = visit.go(f"{address}{'&' if '?' in address else '?'}lang=en&q={hostile.WORD}")
    assert page.locator("img[src=x], svg[onload], a[href^='javascript:'], .katex").count() == 0
    if address == "articles":
        heads = page.locator(".item .head")
        heads.nth(len(hostile.ROWS) - 1).wait_for()
        assert set(heads.all_inner_texts()) == {row["title"] for row in hostile.ROWS}
        assert hostile.OUTLET in page.locator(".item .meta").first.inner_text()


def test_an_outlet_may_be_called_anything(visit: Visit) -> None:
    """A stranger's name in a list of choices is shown letter for letter, and chosen it filters."""
    page = visit.go("articles?lang=en")
    page.locator(".st-key-pick-outlets input").click()
    page.locator(".st-key-pick-outlets input").fill("onerror")
    page.get_by_role("option").filter(has_text=hostile.OUTLET).first.click()
    page.wait_for_url(re.compile("outlets="))
    visit.settle()
    page.keyboard.press("Escape")
    expect(page.locator(".item")).to_have_count(len(hostile.ROWS))  # the list before was longer


def test_two_clicks_in_a_moment_keep_the_filters(visit: Visit) -> None:
    """Whoever leaves a page before it has come finds the next one, counted as before."""
    for moment in (20, 60, 100, 150):
        page = visit.go("?lang=en&by=year")
        page.get_by_role("link", name="Mentions").first.click()
        page.wait_for_timeout(moment)
        page.get_by_role("link", name="Topics").first.click()
        expect(page.locator("h1").first).to_have_text("Topics over time")
        visit.settle()
        expect(page).to_have_url(re.compile(r"/topics\?.*by=year"))


def test_a_wrong_mention_is_marked_and_taken_back(visit: Visit) -> None:
    """One click on its row, one on the button: the mark is gone from the text; taken back, it is there again."""
    address = "articles?lang=en&article=hostile-2"
    page = visit.go(address)
    marks = page.locator(".body mark").filter(has_text="Qazaxıstan")
    marks.first.wait_for()
    before = marks.count()
    table = page.locator(".st-key-mentions-of-article canvas").first.bounding_box()
    assert table
    page.mouse.click(table["x"] + 15, table["y"] + 52)  # below the head: the first row
    page.get_by_role("button", name="Mark as wrong").click()
    page.get_by_text("Articles read again: 1").wait_for()
    page.wait_for_timeout(1000)
    visit.settle()
    assert marks.count() == before - 1
    page = visit.go("gazetteer?lang=en&name=KZ")
    page.get_by_role("button", name="Take back").click()
    page.get_by_text("Articles read again: 1").wait_for()
    page = visit.go(address)
    page.locator(".body mark").filter(has_text="Qazaxıstan").nth(before - 1).wait_for()


def test_charts_are_as_high_as_their_rows_need(visit: Visit) -> None:
    """Bars have room for their labels, and the squares of the matrix do not lie on one another."""
    page = visit.go("mentions?lang=az")
    for chart, above, each in (("ranking-country", 20, ROW), ("together-country", 0, CELL)):
        plot = page.locator(f".st-key-chart-{chart} .js-plotly-plot")
        height, rows = plot.evaluate("plot => [plot._fullLayout._size.h, plot.layout.yaxis.tickvals.length]")
        assert height == above + each * rows, chart


# Counts how often Plotly draws each new chart again, once it has drawn it.
AGAIN = """window.again = {}
new MutationObserver(() => {
  for (const plot of document.querySelectorAll(".js-plotly-plot")) {
    if (plot.on && !plot.watched) {
      plot.watched = true
      const chart = plot.closest("[class*=st-key-plot-]").className.match(/st-key-plot-([a-z-]+)/)[1]
      window.again[chart] = 0
      plot.on("plotly_beforeplot", () => { window.again[chart]++ })
    }
  }
}).observe(document, { subtree: true, childList: true })"""


def test_a_new_chart_is_drawn_once(visit: Visit) -> None:
    """Streamlit hands each figure to Plotly twice; the second time nothing has changed, or every click takes longer."""
    page = visit.go("mentions?lang=en")
    page.evaluate(AGAIN)
    page.locator(".st-key-by input").click()
    page.get_by_role("option", name="year", exact=True).click()
    page.wait_for_timeout(1000)
    visit.settle()
    assert page.evaluate("window.again") == {"mentions": 0, "ranking-country": 0, "together-country": 0}


# Of each chart the words that stick out of it, and whether its legend lies on what is above.
WORDS = """() => [...document.querySelectorAll(".js-plotly-plot")].map(plot => {
  const box = plot.getBoundingClientRect()
  const words = [...plot.querySelectorAll(".gtitle, .annotation-text, .legendtext, .ytick text")]
  const title = plot.querySelector(".gtitle").getBoundingClientRect()
  const legend = plot.querySelector(".legend")
  return {
    out: words.map(text => [text.textContent, text.getBoundingClientRect()])
      .filter(([_, at]) => at.left < box.left || at.right > box.right).map(([text, _]) => text),
    over: legend ? legend.getBoundingClientRect().top + 2 < title.bottom : false,
  }
})"""


@pytest.mark.parametrize("width", [420, 900, 1280, 1440])
def test_the_words_of_a_chart_are_whole_on_any_page(visit: Visit, width: int) -> None:
    """Title, source line, names and legend lie inside the chart and not on one another, however narrow the window."""
    visit.page.set_viewport_size({"width": width, "height": 900})
    for address in ("?lang=en", "mentions?lang=az&by=week", "topics?lang=az"):
        page = visit.go(address)
        page.locator(".js-plotly-plot").nth(2).wait_for()
        page.wait_for_timeout(1000)
        found = page.evaluate(WORDS)
        assert found == [{"out": [], "over": False}] * len(found), address


def test_the_legend_of_many_names_stays_below_the_filters(visit: Visit) -> None:
    """However many names are compared: their legend takes lines of its own, and covers no word above it."""
    names = "AZ IR TR RU KZ UZ KG GE HU AM US IT UA DE FR TM CN PK GB IL XN GR BG SY".split()
    visit.page.set_viewport_size({"width": 1280, "height": 1000})
    page = visit.go("mentions?lang=az&by=year&" + "&".join(f"entities={name}" for name in names))
    chart = page.locator(".st-key-chart-mentions .js-plotly-plot")
    title, legend = chart.locator(".gtitle").bounding_box(), chart.locator(".legend").bounding_box()
    assert title
    assert legend
    assert title["y"] + title["height"] <= legend["y"]


@pytest.mark.parametrize(("page", "own"), [("stories", "story="), ("articles", "article=")])
def test_who_opened_a_headline_comes_back_from_it(visit: Visit, page: str, own: str) -> None:
    """One step back from a story or an article is the list that it was opened from."""
    seen = visit.go(f"{page}?lang=az")
    title = seen.locator("h1").first.inner_text()
    seen.locator("button.head").first.click()
    seen.wait_for_url(re.compile(own))
    visit.settle()
    seen.go_back()
    expect(seen.locator("h1").first).to_have_text(title)
    visit.settle()
    assert own not in seen.url
