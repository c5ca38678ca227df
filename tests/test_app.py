"""The pages without a browser: what they say, what the address does, and what stands where nothing is."""

import datetime as dt
import json
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import hostile
import pytest
from streamlit import config
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.testing.v1 import AppTest

from analytics import export
from analytics.charts.theme import GREY, PALETTE
from analytics.corpus import Corpus
from analytics.pipeline import build
from ui import store, view
from ui.components import Item

ROOT = Path(__file__).resolve().parents[1]
PAGES = {
    "overview": ("İcmal", "Overview"),
    "mentions": ("Zaman üzrə adçəkmələr", "Mentions over time"),
    "topics": ("Zaman üzrə mövzular", "Topics over time"),
    "stories": ("Hadisələr", "Stories"),
    "articles": ("Məqalələr", "Articles"),
    "corpus": ("Korpus", "Corpus"),
    "gazetteer": ("Adlar", "Names"),
}


@pytest.fixture
def corpus(sample: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample, as the corpus that the app shows."""
    monkeypatch.setenv("JARCHI_CORPUS", str(sample))
    store.latest.clear()
    return sample


def visit(page: str = "overview", **address: str | list[str]) -> AppTest:
    """The app as a visitor finds it who opens this page at this address."""
    app = AppTest.from_file(ROOT / "ui" / "main.py", default_timeout=60)
    app.query_params.update(address)
    app.run()
    return go(app, page) if page != "overview" else app


def go(app: AppTest, page: str) -> AppTest:
    """Follow the navigation to a page."""
    app.switch_page(f"../pages/{page}.py")
    return app.run()


def said(app: AppTest) -> str:
    """Everything that a page says in words."""
    kinds = (
        app.title,
        app.header,
        app.subheader,
        app.text,
        app.markdown,
        app.caption,
        app.info,
        app.warning,
        app.error,
    )
    return "\n".join(str(element.value) for kind in kinds for element in kind)


@pytest.mark.parametrize("language", ["az", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_speaks_the_language_that_was_chosen(corpus: Path, page: str, language: str) -> None:
    """Each page opens, titled in the visitor's language, without an error."""
    app = visit(page, lang=language)
    assert not app.exception
    assert not app.error
    assert app.title[0].value == PAGES[page][language == "en"]


@pytest.mark.parametrize("page", PAGES)
def test_what_runs_anew_is_of_one_piece(corpus: Path, page: str) -> None:
    """No fragment lies in another: what Streamlit keeps of the inner one when the outer starts anew has no place."""
    sent: list[ForwardMsg] = []
    ForwardMsgQueue.on_before_enqueue_msg(sent.append)
    try:
        visit(page)
    finally:
        ForwardMsgQueue.on_before_enqueue_msg(None)
    assert len({one.delta.fragment_id for one in sent if one.HasField("delta")} - {""}) == 1


@pytest.mark.parametrize("page", PAGES)
def test_nothing_found_is_said_with_a_way_out(corpus: Path, page: str) -> None:
    """Filters under which no article lies give words and no empty chart, on every page."""
    app = visit(page, lang="en", q="bunu-heç-kim-yazmayıb")
    assert not app.exception
    if page not in {"corpus", "gazetteer"}:  # these show the whole corpus, and what is known
        assert "No article is in this part of the corpus." in said(app)
        assert "Widen the period, or clear a filter at the left." in said(app)


def test_the_address_says_what_is_shown_and_shows_what_it_says(corpus: Path) -> None:
    """What a visitor has chosen is in the address, and a colleague who opens it sees the same choice and figures."""
    first = visit(lang="en")
    first.session_state["entities"] = ["KZ", "TR"]
    first.selectbox(key="by").set_value("year")
    first.date_input(key="from").set_value(dt.date(2019, 1, 1))
    first.run()
    address = dict(first.query_params)
    assert address["entities"] == ["KZ", "TR"]
    assert address["by"] == ["year"] or address["by"] == "year"
    second = visit(**address)
    assert dict(second.query_params) == address
    assert [m.value for m in second.metric] == [m.value for m in first.metric]
    assert second.session_state["entities"] == ["KZ", "TR"]
    assert second.date_input(key="from").value == dt.date(2019, 1, 1)


@pytest.mark.parametrize(
    ("page", "own"),
    [("overview", ""), ("mentions", ""), ("topics", ""), ("stories", "story"), ("corpus", ""), ("gazetteer", "name")],
)
def test_the_address_in_a_download_shows_the_same_chart(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, page: str, own: str
) -> None:
    """Whoever opens the address that a file names comes to the page it is of, and sees its figures there."""
    from analytics import export
    from analytics.corpus import Corpus

    made: list[export.Bundle] = []
    bundle = export.bundle

    def noted(*args: Any, **options: Any) -> export.Bundle:
        made.append(bundle(*args, **options))
        return made[-1]

    def first_of(**address: str | list[str]) -> export.Bundle:
        made.clear()
        visit(page, lang="en", **address)  # by way of the overview
        return next(some for some in made if some.page == ("/" if page == "overview" else f"/{page}"))

    largest = "select story from analysis group by story order by count(*) desc, story limit 1"
    shown = {"story": Corpus.open(corpus).rows(largest).to_pylist()[0]["story"], "name": "KZ"}
    monkeypatch.setattr(export, "bundle", noted)
    first = first_of(entities="TR", by="year", **({own: shown[own]} if own else {}))
    address = urlsplit(json.loads(export.query(first))["address"])
    assert address.path == first.page
    again = first_of(**parse_qs(address.query))
    assert again.frame.equals(first.frame)
    assert again.caption == first.caption


def test_no_chart_without_figures_is_left(corpus: Path) -> None:
    """The empty chart with which a first visit begins is gone when the page is there."""
    app = visit(lang="en")
    specs = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    assert len(specs) == 3
    assert all(spec["data"] for spec in specs)


def test_filters_stay_from_page_to_page(corpus: Path) -> None:
    """A filter holds on the next page, and what belongs to one page only does not follow."""
    app = visit("articles", lang="en", topics="diaspora")
    assert app.session_state["topics"] == ["diaspora"]
    assert dict(go(app, "mentions").query_params)["topics"] in ("diaspora", ["diaspora"])


def test_the_language_is_switched_in_place(corpus: Path) -> None:
    """Another language changes the words and not the filters."""
    app = visit(lang="az", entities="KZ")
    before = [m.value for m in app.metric]
    app.segmented_control(key="lang").set_value("en")
    app.run()
    assert app.title[0].value == "Overview"
    assert [m.value for m in app.metric] == before
    assert app.session_state["entities"] == ["KZ"]


def test_the_address_says_which_kind_is_ranked(corpus: Path) -> None:
    """A link opens the ranking it was copied from, and choosing another kind is in the next one; countries are not."""
    app = visit("mentions", lang="en", kind="official")
    assert app.segmented_control(key="kind").value == "official"
    app.segmented_control(key="kind").set_value("organisation").run()
    assert app.query_params["kind"] == "organisation"
    app.segmented_control(key="kind").set_value("country").run()
    assert "kind" not in app.query_params
    assert not app.exception


def test_downloads_say_which_kind_is_ranked(corpus: Path) -> None:
    """Those of every chart of the page, the ones above the choice too."""
    made: list[dict[str, Any]] = []
    with pytest.MonkeyPatch.context() as patch:
        bundle = export.bundle
        patch.setattr(export, "bundle", lambda *args, **about: made.append(about["own"]) or bundle(*args, **about))
        app = visit("mentions", lang="en")
        made.clear()
        app.segmented_control(key="kind").set_value("official").run()
    assert len(made) > 1
    assert all(own == {"kind": ["official"]} for own in made)


def test_a_kind_that_is_none_is_told(corpus: Path) -> None:
    """And the usual one is shown."""
    app = visit("mentions", lang="en", kind="planets")
    assert app.segmented_control(key="kind").value == "country"
    assert "kind = planets (not one of country, official, organisation)" in said(visit(lang="en", kind="planets"))


@pytest.mark.parametrize(
    ("path", "address"), [("", "/mentions"), ("monitor", "/monitor/mentions"), ("/a/b/", "/a/b/mentions")]
)
def test_a_page_knows_its_address_on_the_server(path: str, address: str) -> None:
    """A ministry may have the app under a path of its own; downloads say where they are from."""
    before = config.get_option("server.baseUrlPath")
    config.set_option("server.baseUrlPath", path)
    try:
        assert view.address("mentions") == address
    finally:
        config.set_option("server.baseUrlPath", before)


def test_a_name_that_nobody_has_is_told(corpus: Path) -> None:
    """An address of a name that does not exist opens the page, and the page says so."""
    app = visit("gazetteer", lang="en", name="ZZZ")
    assert not app.exception
    assert "There is no such name in this corpus" in said(app)


def test_a_period_that_ends_before_it_begins_is_told(corpus: Path) -> None:
    """An end that cannot be meant is left out, and the page says so."""
    app = visit(**{"lang": "en", "from": "2021-01-01", "to": "2021-12-31"})
    app.date_input(key="to").set_value(dt.date(2019, 12, 31)).run()
    assert not app.exception
    assert "to = 2019-12-31 (the period ends before it begins)" in said(app)


def test_what_the_address_cannot_mean_is_named_and_ignored(corpus: Path) -> None:
    """A wrong date, an unknown name and an unknown parameter value are told, letter for letter, and the rest holds."""
    app = visit(**{"lang": "en", "from": "gestern", "entities": "XX<b>", "topics": "diaspora"})
    assert not app.exception
    assert "Part of what was asked for was not understood and is ignored:" in said(app)
    assert any("gestern" in text.value for text in app.text)
    assert any("XX<b>" in text.value for text in app.text)
    assert app.session_state["topics"] == ["diaspora"]


def test_a_query_that_cannot_be_understood_says_why(corpus: Path) -> None:
    """The page shows the corpus without the search, and the place of the fault."""
    app = visit(lang="en", q='"açıq qaldı')
    assert "The search could not be answered and is left out." in said(app)
    assert "is not closed" in said(app)
    assert app.metric
    assert "işarə 1: dırnaq bağlanmayıb" in said(visit(lang="az", q='"açıq qaldı'))


def test_a_query_that_would_take_too_long_says_why(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is left out like one that cannot be understood, and nothing on the page fails."""
    monkeypatch.setattr("analytics.search.ask.MOST_PLACES", 0)
    app = visit(lang="en", q="Qazaxıstan")
    assert "leave out the commonest words" in said(app)
    assert app.metric
    assert not app.exception


def test_metrics_are_those_of_the_export(corpus: Path, tmp_path: Path) -> None:
    """The number of articles on the overview is the number of articles that are no reprints."""
    count = (
        Corpus.open(corpus).rows("select count(*) as n from articles where duplicate_of is null").to_pylist()[0]["n"]
    )
    assert visit(lang="en").metric[0].value == f"{count:,}"


def test_the_article_is_shown_whole_with_what_was_found(corpus: Path) -> None:
    """The reader names each mention with the rule that found it, and the outlet letter for letter."""
    app = visit("articles", lang="en", article="hostile-2")
    assert not app.exception
    (mentions,) = [f.value for f in app.dataframe if "Found by" in f.value.columns]
    assert "Kazakhstan" in set(mentions["Name"])


def test_how_a_mention_was_found_is_told_in_the_visitors_language(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rule, sense and office of a mention are Azerbaijani on every page, though the corpus has them in other words."""
    shown: list[Item] = []
    for module in ("lists", "reader"):
        monkeypatch.setattr(f"ui.{module}.texts", lambda items, key: shown.extend(items))
    opened = Corpus.open(corpus)
    english = opened.rows(
        """select article from (select article, unnest(mentions) as m from analysis) join articles on article = id
           where language = 'en' and m.role = 'president (Kazakhstan)' and m.rule = 'full name' order by article"""
    ).to_pylist()[0]["article"]
    app = visit("articles", lang="az", article=english)
    (mentions,) = [f.value for f in app.dataframe if "Tapılma qaydası" in f.value.columns]
    assert {box.placeholder for box in app.multiselect} == {"adı ilə deyilən ölkələr", "heç biri"}
    assert "prezident (Qazaxıstan)" in set(mentions["Vəzifə"])
    assert any("prezident (Qazaxıstan) · ad · tam ad" in part.why for item in shown for b in item.bodies for part in b)
    visit("articles", lang="az", entities="KZ")
    (forms,) = [
        f.value for f in visit("gazetteer", lang="az", name="KZ").dataframe if "Tapılma qaydası" in f.value.columns
    ]
    said = " ".join(
        [*mentions["Tapılma qaydası"], *forms["Tapılma qaydası"], *(item.note for item in shown)]
        + [part.why for item in shown for body in item.bodies for part in body]
    )
    assert "bilinən ad, -da şəkilçisi ilə" in said
    assert not re.search(r"\b(?:alias|ending|name|nationality|president|demonym)\b", said)


def test_an_article_that_is_not_there_is_said(corpus: Path) -> None:
    """An old address of an article leads to a word, not to an error."""
    app = visit("articles", lang="en", article="' or 1=1 --")
    assert not app.exception
    assert app.info or app.warning


def test_no_corpus_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a corpus the page tells the commands that make one, and shows no path of the server."""
    monkeypatch.setenv("JARCHI_CORPUS", str(tmp_path / "nothing"))
    store.latest.clear()
    app = visit()
    assert not app.exception
    assert "make run" in app.code[0].value
    assert str(tmp_path) not in said(app)


def test_a_new_version_is_offered_and_not_forced(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a build adds articles the figures stay; the page says so and shows the new ones when asked to."""
    grown = tmp_path / "grown"
    shutil.copytree(corpus, grown)
    monkeypatch.setenv("JARCHI_CORPUS", str(grown))
    app = visit(lang="en")
    before = app.metric[0].value
    more = tmp_path / "more.jsonl"
    more.write_text(json.dumps({"id": "yeni", "date": "2022-03-04", "text": "Şəhərdə yeni park açıldı."}))
    build([more], grown)
    store.latest.clear()
    app.run()
    assert "The corpus has grown since this page was opened." in said(app)
    assert app.metric[0].value == before
    next(b for b in app.button if b.label == "Show the new version").click()
    app.run()
    assert int(app.metric[0].value.replace(",", "")) == int(before.replace(",", "")) + 1


@pytest.mark.parametrize("page", PAGES)
def test_strangers_text_is_never_markdown(corpus: Path, page: str) -> None:
    """What stands in an article reaches no element that reads Markdown: those say the app's own words only."""
    app = visit(page, lang="en", q=hostile.WORD)
    read_as_markdown = (app.markdown, app.caption, app.title, app.header, app.subheader, app.info, app.warning)
    words = "\n".join(str(element.value) for kind in read_as_markdown for element in kind)
    assert not re.search(r"onerror|javascript:|:red\[|\$a\$", words)


def test_who_has_a_colour_has_it_in_every_chart_of_the_page(corpus: Path) -> None:
    """A country is drawn in the ranking as in the lines above it; no colour stands for two, and the ninth has none."""
    lines, ranking, *_ = (json.loads(c.proto.spec)["data"] for c in visit("mentions", lang="en").get("plotly_chart"))
    above = {trace["legendgroup"]: trace["line"]["color"] for trace in lines if "legendgroup" in trace}
    ids = [point[0] for point in ranking[0]["customdata"]]
    below = dict(zip(ids, ranking[0]["marker"]["color"], strict=True))
    assert {i: below[i] for i in above} == above
    coloured = [colour for colour in below.values() if colour != GREY]
    assert len(coloured) == len(set(coloured)) == len(PALETTE) < len(ids)


def test_a_topic_is_not_renamed_to_nothing(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a name the page says that one is needed, and keeps nothing; with one it obeys."""
    own = tmp_path / "own"
    shutil.copytree(corpus, own)
    monkeypatch.setenv("JARCHI_CORPUS", str(own))
    kept = own / "data" / "topics" / "discovered-marked.toml"

    def rename(to: str) -> AppTest:
        app = visit("topics", lang="en")
        next(box for box in app.text_input if box.label == "Call it").set_value(to)
        return next(button for button in app.button if button.label == "Rename").click().run()

    assert "A topic needs a name. Nothing was changed." in said(rename("  "))
    assert not kept.exists()
    rename(" Boats ")
    assert 'name = "Boats"' in kept.read_text("utf-8")


def test_filters_are_changed_one_after_the_other(corpus: Path) -> None:
    """After a change all filters are still there for the next one, and each change draws its own figures."""
    app = visit("mentions", lang="en")
    app.session_state["entities"] = ["KZ"]
    app.run()
    app.selectbox(key="by").set_value("year").run()
    assert app.session_state["entities"] == ["KZ"]
    first = json.loads(app.get("plotly_chart")[0].proto.spec)
    app.session_state["entities"] = ["TR"]
    app.run()
    second = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert {trace["name"] for trace in first["data"]} >= {"Kazakhstan"}
    assert {trace["name"] for trace in second["data"]} >= {"Türkiye"}
    assert dict(app.query_params)["entities"] in ("TR", ["TR"])
