"""The pages without a browser: what they say, and what stands where nothing is. Their addresses: `test_links.py`."""

import json
import re
import shutil
from pathlib import Path

import hostile
import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.testing.v1 import AppTest
from visits import PAGES, go, said, visit

from analytics.charts.theme import GREY, PALETTE
from analytics.corpus import Corpus
from analytics.pipeline import build
from ui import store
from ui.components import Item


@pytest.mark.parametrize("language", ["az", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_speaks_the_language_that_was_chosen(shown: Path, page: str, language: str) -> None:
    """Each page opens, titled in the visitor's language, without an error."""
    app = visit(page, lang=language)
    assert not app.exception
    assert not app.error
    assert app.title[0].value == PAGES[page][language == "en"]


@pytest.mark.parametrize("page", PAGES)
def test_what_runs_anew_is_of_one_piece(shown: Path, page: str) -> None:
    """No fragment lies in another: what Streamlit keeps of the inner one when the outer starts anew has no place."""
    sent: list[ForwardMsg] = []
    ForwardMsgQueue.on_before_enqueue_msg(sent.append)
    try:
        visit(page)
    finally:
        ForwardMsgQueue.on_before_enqueue_msg(None)
    assert len({one.delta.fragment_id for one in sent if one.HasField("delta")} - {""}) == 1


@pytest.mark.parametrize("page", PAGES)
def test_nothing_found_is_said_with_a_way_out(shown: Path, page: str) -> None:
    """Filters under which no article lies give words and no empty chart, on every page."""
    app = visit(page, lang="en", q="bunu-heç-kim-yazmayıb")
    assert not app.exception
    if page not in {"corpus", "gazetteer"}:  # these show the whole corpus, and what is known
        assert "No article is in this part of the corpus." in said(app)
        assert "Widen the period, or clear a filter at the left." in said(app)


def test_no_chart_without_figures_is_left(shown: Path) -> None:
    """The empty chart with which a first visit begins is gone when the page is there."""
    app = visit(lang="en")
    specs = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    assert len(specs) == 3
    assert all(spec["data"] for spec in specs)


def test_filters_stay_from_page_to_page(shown: Path) -> None:
    """A filter holds on the next page, and what belongs to one page only does not follow."""
    app = visit("articles", lang="en", topics="diaspora")
    assert app.session_state["topics"] == ["diaspora"]
    assert dict(go(app, "mentions").query_params)["topics"] in ("diaspora", ["diaspora"])


def test_the_language_is_switched_in_place(shown: Path) -> None:
    """Another language changes the words and not the filters."""
    app = visit(lang="az", entities="KZ")
    before = [m.value for m in app.metric]
    app.segmented_control(key="lang").set_value("en")
    app.run()
    assert app.title[0].value == "Overview"
    assert [m.value for m in app.metric] == before
    assert app.session_state["entities"] == ["KZ"]


def test_a_query_that_cannot_be_understood_says_why(shown: Path) -> None:
    """The page shows the corpus without the search, and the place of the fault."""
    app = visit(lang="en", q='"açıq qaldı')
    assert "The search could not be answered and is left out." in said(app)
    assert "is not closed" in said(app)
    assert app.metric
    assert "işarə 1: dırnaq bağlanmayıb" in said(visit(lang="az", q='"açıq qaldı'))


def test_a_query_that_would_take_too_long_says_why(shown: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is left out like one that cannot be understood, and nothing on the page fails."""
    monkeypatch.setattr("analytics.search.ask.MOST_PLACES", 0)
    app = visit(lang="en", q="Qazaxıstan")
    assert "leave out the commonest words" in said(app)
    assert app.metric
    assert not app.exception


def test_metrics_are_those_of_the_export(shown: Path, tmp_path: Path) -> None:
    """The number of articles on the overview is the number of articles that are no reprints."""
    count = Corpus.open(shown).rows("select count(*) as n from articles where duplicate_of is null").to_pylist()[0]["n"]
    assert visit(lang="en").metric[0].value == f"{count:,}"


def test_the_article_is_shown_whole_with_what_was_found(shown: Path) -> None:
    """The reader names each mention with the rule that found it, and the outlet letter for letter."""
    app = visit("articles", lang="en", article="hostile-2")
    assert not app.exception
    (mentions,) = [f.value for f in app.dataframe if "Found by" in f.value.columns]
    assert "Kazakhstan" in set(mentions["Name"])


def test_the_weight_of_evidence_is_written_as_the_visitor_writes_numbers(
    shown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A decimal comma in Azerbaijani, a point in English: as on the charts of the same words."""
    told: list[Item] = []
    monkeypatch.setattr("ui.reader.texts", lambda items, key: told.extend(items))
    for language, sign in (("az", ","), ("en", ".")):
        told.clear()
        visit("articles", lang=language, article="az-0043")
        (evidence,) = [item.meta for item in told if "TDT (" in item.meta]
        assert re.findall(r"\(\d+(.)\d\)", evidence) == [sign] * evidence.count("(")


def test_how_a_mention_was_found_is_told_in_the_visitors_language(shown: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rule, sense and office of a mention are Azerbaijani on every page, though the corpus has them in other words."""
    told: list[Item] = []
    for module in ("lists", "reader"):
        monkeypatch.setattr(f"ui.{module}.texts", lambda items, key: told.extend(items))
    opened = Corpus.open(shown)
    english = opened.rows(
        """select article from (select article, unnest(mentions) as m from analysis) join articles on article = id
           where language = 'en' and m.role = 'president (Kazakhstan)' and m.rule = 'full name' order by article"""
    ).to_pylist()[0]["article"]
    app = visit("articles", lang="az", article=english)
    (mentions,) = [f.value for f in app.dataframe if "Tapılma qaydası" in f.value.columns]
    assert {box.placeholder for box in app.multiselect} == {"adı ilə deyilən ölkələr", "heç biri"}
    assert "prezident (Qazaxıstan)" in set(mentions["Vəzifə"])
    assert any("prezident (Qazaxıstan) · ad · tam ad" in part.why for item in told for b in item.bodies for part in b)
    visit("articles", lang="az", entities="KZ")
    (forms,) = [
        f.value for f in visit("gazetteer", lang="az", name="KZ").dataframe if "Tapılma qaydası" in f.value.columns
    ]
    said = " ".join(
        [*mentions["Tapılma qaydası"], *forms["Tapılma qaydası"], *(item.note for item in told)]
        + [part.why for item in told for body in item.bodies for part in body]
    )
    assert "bilinən ad, -da şəkilçisi ilə" in said
    assert not re.search(r"\b(?:alias|ending|name|nationality|president|demonym)\b", said)


def test_an_article_that_is_not_there_is_said(shown: Path) -> None:
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


def test_a_new_version_is_offered_and_not_forced(shown: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a build adds articles the figures stay; the page says so and shows the new ones when asked to."""
    grown = tmp_path / "grown"
    shutil.copytree(shown, grown)
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
def test_strangers_text_is_never_markdown(shown: Path, page: str) -> None:
    """What stands in an article reaches no element that reads Markdown: those say the app's own words only."""
    app = visit(page, lang="en", q=hostile.WORD)
    read_as_markdown = (app.markdown, app.caption, app.title, app.header, app.subheader, app.info, app.warning)
    words = "\n".join(str(element.value) for kind in read_as_markdown for element in kind)
    assert not re.search(r"onerror|javascript:|:red\[|\$a\$", words)


def test_who_has_a_colour_has_it_in_every_chart_of_the_page(shown: Path) -> None:
    """A country is drawn in the ranking as in the lines above it; no colour stands for two, and the ninth has none."""
    lines, ranking, *_ = (json.loads(c.proto.spec)["data"] for c in visit("mentions", lang="en").get("plotly_chart"))
    above = {trace["legendgroup"]: trace["line"]["color"] for trace in lines if "legendgroup" in trace}
    ids = [point[0] for point in ranking[0]["customdata"]]
    below = dict(zip(ids, ranking[0]["marker"]["color"], strict=True))
    assert {i: below[i] for i in above} == above
    coloured = [colour for colour in below.values() if colour != GREY]
    assert len(coloured) == len(set(coloured)) == len(PALETTE) < len(ids)


def test_a_topic_is_not_renamed_to_nothing(shown: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a name the page says that one is needed, and keeps nothing; with one it obeys."""
    own = tmp_path / "own"
    shutil.copytree(shown, own)
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


def test_filters_are_changed_one_after_the_other(shown: Path) -> None:
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
