"""The address of a page: it says what is shown, shows what it says, and names what it cannot mean."""

import datetime as dt
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from visits import said, visit

from analytics import export
from analytics.corpus import Corpus


def test_the_address_says_what_is_shown_and_shows_what_it_says(shown: Path) -> None:
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
    [
        *(("overview", ""), ("mentions", ""), ("mentions", "kind"), ("topics", ""), ("stories", "story")),
        *(("corpus", ""), ("gazetteer", "name")),
    ],
)
def test_the_address_in_a_download_shows_the_same_charts(
    shown: Path, monkeypatch: pytest.MonkeyPatch, page: str, own: str
) -> None:
    """Whoever opens the address that a file names comes to the page it is of, and sees its figures there."""
    made: list[export.Bundle] = []
    bundle = export.bundle

    def noted(*args: Any, **options: Any) -> export.Bundle:
        made.append(bundle(*args, **options))
        return made[-1]

    def all_of(**address: str | list[str]) -> list[export.Bundle]:
        made.clear()
        visit(page, lang="en", **address)  # by way of the overview
        return [some for some in made if some.page == ("/" if page == "overview" else f"/{page}")]

    largest = "select story from analysis group by story order by count(*) desc, story limit 1"
    values = {"story": Corpus.open(shown).rows(largest).to_pylist()[0]["story"], "name": "KZ", "kind": "official"}
    monkeypatch.setattr(export, "bundle", noted)
    first = all_of(entities="TR", by="year", **({own: values[own]} if own else {}))
    assert first
    for some in first:
        address = urlsplit(json.loads(export.query(some))["address"])
        assert address.path == some.page
        assert parse_qs(address.query).get(own, []) == ([values[own]] if own else [])
        (again,) = (other for other in all_of(**parse_qs(address.query)) if other.what == some.what)
        assert again.frame.reset_index(drop=True).equals(some.frame.reset_index(drop=True))
        assert again.caption == some.caption


def test_the_address_says_which_kind_is_ranked(shown: Path) -> None:
    """A link to a ranking of officials shows it; countries stand in no address, and nobody ranks what nobody knows."""
    app = visit("mentions", lang="en", kind="official", entities="KZ")
    assert app.segmented_control(key="kind").value == "official"
    titles = [json.loads(chart.proto.spec)["layout"]["title"]["text"] for chart in app.get("plotly_chart")]
    assert any("Leading officials" in title for title in titles)
    app.segmented_control(key="kind").set_value("organisation").run()
    assert dict(app.query_params)["kind"] in ("organisation", ["organisation"])
    app.segmented_control(key="kind").set_value("country").run()
    assert "kind" not in dict(app.query_params)
    wrong = visit("mentions", lang="en", kind="planet")
    assert not wrong.exception
    assert wrong.segmented_control(key="kind").value == "country"
    assert "kind" not in dict(wrong.query_params)
    assert "kind = planet (not one of country, official, organisation)" in said(visit(lang="en", kind="planet"))


def test_the_address_says_how_stories_are_ordered(shown: Path) -> None:
    """A link to what is big now shows it, also after a look at one story; the largest first stand in no address."""
    app = visit("stories", lang="en", order="now")
    assert app.segmented_control(key="order").value == "now"
    app.query_params["story"] = "none"
    app.run()
    del app.query_params["story"]
    app.run()
    assert app.segmented_control(key="order").value == "now"
    app.segmented_control(key="order").set_value("size").run()
    assert "order" not in dict(app.query_params)
    assert "order = age (not one of size, now)" in said(visit(lang="en", order="age"))


def test_an_office_of_one_year_is_told_by_that_year(shown: Path) -> None:
    """A period is written as on the charts: a year within itself, and not from it to it."""
    (offices,) = [f.value for f in visit("gazetteer", lang="en", name="ilham-eliyev").dataframe if "When" in f.value]
    assert [*offices["When"]] == ["2005 – until now", "2003 – until now", "2003"]


def test_a_name_that_nobody_has_is_told(shown: Path) -> None:
    """An address of a name that does not exist opens the page, and the page says so."""
    app = visit("gazetteer", lang="en", name="ZZZ")
    assert not app.exception
    assert "There is no such name in this corpus" in said(app)


def test_a_period_that_ends_before_it_begins_is_told(shown: Path) -> None:
    """An end that cannot be meant is left out, and the page says so."""
    app = visit(**{"lang": "en", "from": "2021-01-01", "to": "2021-12-31"})
    app.date_input(key="to").set_value(dt.date(2019, 12, 31)).run()
    assert not app.exception
    assert "to = 2019-12-31 (the period ends before it begins)" in said(app)


def test_all_that_an_address_cannot_mean_is_named(shown: Path) -> None:
    """However much of it was not understood: what is not named was understood."""
    wrong = {"from": "a", "to": "b", "entities": "ZZ", "topics": "c", "outlets": "d", "languages": "e", "by": "f"}
    app = visit(lang="en", **wrong, measure="g", kind="h")
    for parameter, value in (wrong | {"measure": "g", "kind": "h"}).items():
        assert f"{parameter} = {value} (" in said(app)


def test_a_bar_at_the_foot_is_promised_only_where_it_is(shown: Path) -> None:
    """An article dated to its year has a bar where it mentions who is shown; where none does, it is not drawn."""
    for entity, bar in (("AZ", True), ("IR", False)):
        chart = visit("mentions", lang="en", entities=entity).get("plotly_chart")[0]
        drawn = json.loads(chart.proto.spec)
        assert any(trace.get("yaxis") == "y2" for trace in drawn["data"]) == bar
        words = json.dumps(drawn["layout"])
        assert ("at the foot" in words) == bar
        assert ("not drawn" in words) != bar


def test_what_the_address_cannot_mean_is_named_and_ignored(shown: Path) -> None:
    """A wrong date, an unknown name and an unknown parameter value are told, letter for letter, and the rest holds."""
    app = visit(**{"lang": "en", "from": "gestern", "entities": "XX<b>", "topics": "diaspora"})
    assert not app.exception
    assert "Part of what was asked for was not understood and is ignored:" in said(app)
    assert any("gestern" in text.value for text in app.text)
    assert any("XX<b>" in text.value for text in app.text)
    assert app.session_state["topics"] == ["diaspora"]


def test_a_chart_that_counts_nationalities_says_so(shown: Path) -> None:
    """Which senses count stands under every chart of mentions, also where no name was chosen; under no other."""
    address: dict[str, Any] = {"lang": "en", "senses": ["name", "demonym"]}
    told = "counting countries by name, nationalities"
    for page in ("overview", "mentions"):
        charts = visit(page, **address).get("plotly_chart")
        layouts = [json.dumps(json.loads(chart.proto.spec)["layout"]) for chart in charts]
        for layout in layouts:
            mentions = any(title in layout for title in ("ountries", "fficials", "Mentioned together"))
            assert (told in layout) == mentions, layout[:400]
        assert any(told in layout for layout in layouts)
    layouts = [json.dumps(json.loads(c.proto.spec)["layout"]) for c in visit("topics", **address).get("plotly_chart")]
    assert layouts
    assert not any(told in layout for layout in layouts)


def test_an_article_leads_to_its_outlet(shown: Path) -> None:
    """Whoever quotes it opens it there; where no page of the web is said, there is nothing to open."""
    linked = "id, url from articles where url like 'https://%' limit 1"
    (some,) = Corpus.open(shown).rows(f"select {linked}").to_pylist()
    (link,) = visit("articles", lang="en", article=some["id"]).get("link_button")
    assert link.proto.url == some["url"]
    assert not visit("articles", lang="en", article="hostile-2").get("link_button")
