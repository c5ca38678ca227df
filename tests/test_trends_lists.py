"""The laws of lists: the articles behind a figure, the sentences behind a mention, the stories."""

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from small_corpus import TODAY, article, build, mention
from test_cube import rows, some_filters

from analytics import trends
from analytics.filters import Filters
from analytics.periods import GRAINS
from analytics.trends.lists import SENTENCE


@given(rows, some_filters, st.sampled_from(GRAINS))
def test_behind_every_point_stand_as_many_articles_as_it_says(
    corpus: list[dict[str, Any]], filters: Filters, grain: str
) -> None:
    """The list that a click opens is the coverage that was clicked: for every entity, period and filter."""
    cube = build(corpus)
    filters = filters.but(by=grain)
    for point in trends.over_time(cube, filters, kind=None, today=TODAY).to_dict("records"):
        asked = filters.but(entities=(point["entity"],))
        listed = trends.articles(cube, asked, point["start"].date())
        if point["reason"] != "empty":
            assert len(listed) == point["coverage"]
            assert listed["mentions"].sum() == point["mentions"]
        assert trends.count_articles(cube, asked, point["start"].date()) == len(listed)


def test_the_newest_come_first_and_the_undated_last() -> None:
    """Articles are listed as a newsroom reads them, each date as precise as it is known."""
    cube = build([article("2020-01-05"), article(""), article("2021-02"), article("2020-01-07"), article("2022")])
    frame = trends.articles(cube, Filters())
    assert frame["published"].tolist() == ["2022", "2021-02", "2020-01-07", "2020-01-05", ""]
    assert trends.articles(cube, Filters(), limit=2, offset=1)["published"].tolist() == ["2021-02", "2020-01-07"]


def test_stories_by_hand() -> None:
    """A story is told by several articles; its title is that of its first."""
    cube = build(
        [
            article("2020-01-06", story="s1", outlet="B", title="Later"),
            article("2020-01-05", story="s1", outlet="A", title="First", language="ru"),
            article("2020-01-07", story="s2"),
        ]
    )
    frame = trends.stories(cube, Filters())
    assert frame[["story", "title", "articles", "outlets", "languages"]].to_numpy().tolist() == [
        ["s1", "First", 2, 2, 2]
    ]
    assert trends.stories(cube, Filters(), least=1)["story"].tolist() == ["s1", "s2"]
    line = trends.timeline(cube, "s1")
    assert line["title"].tolist() == ["First", "Later"]
    assert [day.date() for day in line["start"]] == [dt.date(2020, 1, 5), dt.date(2020, 1, 6)]
    assert trends.timeline(cube, "no such story").empty


def test_who_is_known_only_by_the_month_was_not_first() -> None:
    """A report dated to August may be of its last day: one of the 8th is known to be out before it."""
    dates = ("2025-08", "2025-08-08", "2025", "", "2025-08-31")
    cube = build([article(date, story="s", title=date or "undated") for date in dates])
    assert trends.timeline(cube, "s")["title"].tolist() == ["2025-08-08", "2025-08-31", "2025-08", "2025", "undated"]
    assert trends.stories(cube, Filters())["title"].tolist() == ["2025-08-08"]


def test_a_story_is_called_by_its_first_article_with_a_title() -> None:
    """Scraped texts come without titles: one that has one names the story; with none it has none."""
    cube = build([article("2020-01-05", story="s", title=title) for title in ("", "Named", "Later")])
    assert trends.stories(cube, Filters())["title"].tolist() == ["Named"]
    untitled = build([article("2020-01-05", story="s", title="") for _ in range(2)])
    assert trends.stories(untitled, Filters())["title"].tolist() == [""]


TEXT = "Birinci cümlə. C. Tuymebayev Qazaxıstandan gəldi! Sonra Qazaxıstan və Türkiyə danışdı.\nYeni sətir"


def found(surface: str, entity: str, nth: int = 0, text: str = TEXT) -> dict[str, Any]:
    """The n-th place where these letters stand in the text, as a mention."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(surface, start + 1)
    return mention(entity, start=start, surface=surface) | {"end": start + len(surface)}


def test_a_snippet_is_the_sentence_with_its_mentions_marked() -> None:
    """Each sentence once, in reading order; every mark covers exactly the letters of its mention."""
    places = [found("Türkiyə", "TR"), found("Qazaxıstan", "KZ"), found("Qazaxıstan", "KZ", 1)]
    shown = trends.snippets({"title": "T", "text": TEXT}, places)
    assert [s.text for s in shown] == ["C. Tuymebayev Qazaxıstandan gəldi!", "Sonra Qazaxıstan və Türkiyə danışdı."]
    assert [[s.text[m.start : m.end] for m in s.marks] for s in shown] == [["Qazaxıstan"], ["Qazaxıstan", "Türkiyə"]]
    assert all(TEXT[s.start :].startswith(s.text) for s in shown)
    assert shown[0].marks[0].rule == "full name"


def test_only_the_chosen_are_marked() -> None:
    """Asked for Türkiye, the sentence about Kazakhstan alone is not shown."""
    places = [found("Türkiyə", "TR"), found("Qazaxıstan", "KZ"), found("Qazaxıstan", "KZ", 1)]
    shown = trends.snippets({"title": "", "text": TEXT}, places, {"TR"})
    assert [[m.entity for m in s.marks] for s in shown] == [["TR"]]
    assert trends.snippets({"title": "", "text": TEXT}, places, senses=("demonym",)) == []


def test_a_title_is_a_snippet_too() -> None:
    """A mention in the title is shown in the title."""
    shown = trends.snippets({"title": "Qazaxıstan: səfər", "text": ""}, [mention("KZ", "title") | {"end": 10}])
    assert [(s.field, s.text) for s in shown] == [("title", "Qazaxıstan: səfər")]


def test_a_sentence_without_end_is_clipped() -> None:
    """A scraped list of ten thousand words does not fill the page; the mention stays in sight, words stay whole."""
    text = "söz " * 500 + "Qazaxıstan" + " söz" * 500
    (shown,) = trends.snippets({"title": "", "text": text}, [found("Qazaxıstan", "KZ", 0, text)])
    assert len(shown.text) <= SENTENCE
    assert shown.clipped == (True, True)
    assert shown.text[shown.marks[0].start : shown.marks[0].end] == "Qazaxıstan"
    assert set(shown.text.split()) == {"söz", "Qazaxıstan"}


@given(st.text(alphabet="aB.!? \nə«»", max_size=60), st.data())
def test_every_mention_is_in_a_snippet_exactly_once(text: str, data: st.DataObject) -> None:
    """Whatever the punctuation, no mention is lost, and marks are where they say."""
    spans = data.draw(st.lists(st.tuples(st.integers(0, 59), st.integers(1, 5)), max_size=5))
    places = [mention("KZ", start=s) | {"end": min(s + n, len(text))} for s, n in spans if s < len(text)]
    shown = trends.snippets({"title": "", "text": text}, places)
    marks = [(s.start + m.start, s.start + m.end) for s in shown for m in s.marks]
    assert sorted(marks) == sorted((p["start"], p["end"]) for p in places)
    assert all(s.text == text[s.start : s.start + len(s.text)] for s in shown)


def test_pages_of_stories_are_cut_out_of_all() -> None:
    """Every page holds what stands in its place in the whole list, and there are as many stories as are counted."""
    cube = build([article(f"2020-01-{day:02d}", story=f"s{day % 7}") for day in range(1, 31)])
    whole = trends.stories(cube, Filters())
    assert trends.count_stories(cube, Filters()) == len(whole) == 7
    for at in range(0, 7, 2):
        page = trends.stories(cube, Filters(), top=2, offset=at)
        assert page["story"].tolist() == whole["story"].tolist()[at : at + 2]
