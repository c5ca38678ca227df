"""The laws of tables over the whole part of a corpus: who leads, who is named with whom, where, in what language."""

import pandas as pd
import pytest
from small_corpus import article, build, mention

from analytics import trends
from analytics.cube import OTHER
from analytics.filters import Filters


def column(frame: pd.DataFrame, name: str) -> list[object]:
    """A column as plain values, None for what is missing."""
    return [None if pd.isna(value) else value for value in frame[name].tolist()]


def test_a_ranking_by_hand() -> None:
    """Coverage first, mentions where that is level; the title is counted apart; shares are of all articles."""
    cube = build(
        [
            article("2020-01-05", [mention("KZ", "title"), "KZ", "AZ"]),
            article("2020-01-06", ["AZ", "AZ", "AZ", "KZ"]),
            article("", ["TR"]),
            article("2020-01-07"),
        ]
    )
    frame = trends.top_entities(cube, Filters(), "en", kind="country")
    assert column(frame, "entity") == ["AZ", "KZ", "TR"]
    assert column(frame, "coverage") == [2, 2, 1]
    assert column(frame, "mentions") == [4, 3, 1]
    assert column(frame, "titled") == [0, 1, 0]
    assert column(frame, "attention") == [0.5, 0.5, 0.25]
    assert column(frame, "voice") == [0.4, 0.4, 0.2]


def test_where_mentions_are_counted_the_most_mentioned_lead() -> None:
    """A list is in the order of what it shows, and nobody is cut off who has more than the last."""
    cube = build(
        [article("2020-01-05", ["KZ", "AZ"]), article("2020-01-06", ["KZ"]), article("2020-01-07", ["TR"] * 5)]
    )
    by_mentions = Filters(measure="mentions")
    assert column(trends.top_entities(cube, by_mentions), "mentions") == [5, 2, 1]
    frame = trends.top_entities(cube, by_mentions, "en", kind="country", top=1)
    assert (column(frame, "entity"), column(frame, "mentions")) == (["TR", OTHER], [5, 3])
    assert column(trends.top_entities(cube, Filters(), top=1), "entity") == ["KZ", OTHER]


def test_what_a_ranking_cuts_off_stays_in_it() -> None:
    """The last row holds the others, so that shares of voice add up to one whatever is listed."""
    cube = build([article("2020-01-05", ["KZ", "AZ", "TR"]), article("2020-01-06", ["KZ"])])
    frame = trends.top_entities(cube, Filters(), "en", top=1)
    assert column(frame, "entity") == ["KZ", OTHER]
    assert column(frame, "name") == ["Kazakhstan", "others"]
    assert column(frame, "coverage") == [2, 2]
    assert column(frame, "attention") == [1, None]
    assert frame["voice"].sum() == pytest.approx(1)


def test_a_ranking_counts_everybody_whoever_is_chosen() -> None:
    """Choosing one entity does not make it the only one."""
    cube = build([article("2020-01-05", ["KZ"]), article("2020-01-06", ["AZ"])])
    assert column(trends.top_entities(cube, Filters(entities=("KZ",))), "entity") == ["AZ", "KZ"]


def test_officials_come_with_their_role() -> None:
    """The role in which somebody is mentioned most."""
    roles = ["nazir", "səfir", "səfir"]
    cube = build([article("2020-01-05", [mention("kimse", role=role) for role in roles])])
    frame = trends.top_entities(cube, Filters(), kind="official")
    assert (column(frame, "role"), column(frame, "name")) == (["səfir"], ["Kimse"])


def test_pairs_by_hand() -> None:
    """Articles that mention both, and how far that is from chance: 2 of 4 where 3 × 2 ÷ 4 would be chance."""
    cube = build([article("2020-01-05", m) for m in (["AZ", "KZ"], ["AZ", "KZ", "AZ"], ["AZ"], ["TR"])])
    frame = trends.co_mentions(cube, Filters(), "en").set_index(["a", "b"])
    assert frame.loc[("AZ", "KZ"), "coverage"] == 2
    assert frame.loc[("AZ", "KZ"), "lift"] == pytest.approx(2 * 4 / (3 * 2))
    assert frame.loc[("AZ", "TR"), ["coverage", "coverage_a", "coverage_b", "articles"]].tolist() == [0, 3, 1, 4]


def test_one_chosen_entity_is_set_against_its_companions() -> None:
    """Chosen alone, Türkiye is paired with those it shares articles with, not with whoever leads."""
    cube = build([article("2020-01-05", m) for m in (["AZ"], ["AZ"], ["KZ", "TR"])])
    frame = trends.co_mentions(cube, Filters(entities=("TR",)))
    assert (column(frame, "a"), column(frame, "b"), column(frame, "coverage")) == (["TR"], ["KZ"], [1])


def test_pairs_respect_senses_and_filters() -> None:
    """A demonym is no co-mention of countries unless it is counted; another outlet's articles are not either."""
    cube = build(
        [
            article("2020-01-05", ["AZ", mention("KZ", sense="demonym")], outlet="A"),
            article("2020-01-05", ["AZ", "KZ"], outlet="B"),
        ]
    )
    chosen = Filters(entities=("AZ", "KZ"), outlets=("A",))
    assert column(trends.co_mentions(cube, chosen), "coverage") == [0]
    assert column(trends.co_mentions(cube, chosen.but(senses=("name", "demonym"))), "coverage") == [1]


def test_outlets_and_languages_by_hand() -> None:
    """Whose articles, from when to when, and how many of them mention the chosen entities."""
    cube = build(
        [
            article("2020-01-05", ["KZ"], outlet="A", language="az"),
            article("2020-02", outlet="A", language="ru"),
            article("2019-01-01", ["KZ"], outlet="B", language="ru"),
        ]
    )
    frame = trends.outlets(cube, Filters(entities=("KZ",)), "en")
    assert column(frame, "outlet") == ["A", "B"]
    assert column(frame, "articles") == [2, 1]
    assert column(frame, "share") == [2 / 3, 1 / 3]
    assert column(frame, "coverage") == [1, 1]
    assert column(frame, "attention") == [0.5, 1]
    assert [str(day.date()) for day in frame["last"]] == ["2020-02-29", "2019-01-01"]
    spoken = trends.languages(cube, Filters(), "en")
    assert (column(spoken, "name"), column(spoken, "coverage")) == (["Russian", "Azerbaijani"], [None, None])


def test_terms_of_topics() -> None:
    """What spoke for each topic in these articles, and in how many."""
    cube = build([article("2020-01-05", (), ["diaspora"]), article("2020-01-06", ["KZ"], ["diaspora", "bilateral"])])
    frame = trends.topic_terms(cube, Filters(), "en")
    assert dict(zip(frame["term"], frame["articles"], strict=True)) == {"diaspora-word": 2, "bilateral-word": 1}
    assert column(trends.topic_terms(cube, Filters(entities=("KZ",))), "articles") == [1, 1]


def test_of_terms_the_heaviest_are_told() -> None:
    """So many of each topic, by weight and then as they were first read, each in the articles that say any of it."""
    said = [{"nazir": 2.0, "səfər": 1.0, "sərgi": 1.0}, {"nazirlik": 2.5, "Nazir": 0.5, "sərgi": 1.0}, {"nazir": 0.25}]
    rows = [article(f"2020-01-0{day}", (), ["diaspora", "bilateral"]) for day in range(1, 4)]
    for row, terms in zip(rows, said, strict=True):
        row["topics"][0]["evidence"] = [{"term": term, "weight": weight} for term, weight in terms.items()]
    found = trends.topic_terms(build(rows), Filters(), "en", top=2)
    mine = found[found["topic"] == "diaspora"]
    assert list(zip(mine["term"], mine["weight"], mine["articles"], strict=True)) == [
        ("nazirlik", 5.25, 3),
        ("sərgi", 2.0, 2),
    ]
    assert column(found[found["topic"] == "bilateral"], "articles") == [3]


def test_tables_of_an_empty_corpus() -> None:
    """Nothing raises before the first article, and every table has its columns."""
    cube, full = build([]), build([article("2020-01-05", ["KZ", "AZ"], ["diaspora"])])
    for make in (trends.top_entities, trends.co_mentions, trends.outlets, trends.languages, trends.topic_terms):
        assert make(cube, Filters()).empty
        assert list(make(cube, Filters()).columns) == list(make(full, Filters()).columns)


def test_a_term_is_one_with_its_endings() -> None:
    """Forms of a word are one term, written as the strongest of them; a longer phrase and a short beginning are not."""
    terms = {"səfər": 3.0, "səfəri": 1.0, "Səfərinin": 1.0, "səfər təqvimi": 2.0, "ana": 1.0, "anayasa": 1.0}
    row = article("2020-01-05", (), ["diaspora"])
    row["topics"][0]["evidence"] = [{"term": term, "weight": weight} for term, weight in terms.items()]
    found = trends.topic_terms(build([row]), Filters())
    assert dict(zip(found["term"], found["weight"], strict=True)) == {
        "səfər": 5.0,
        "səfər təqvimi": 2.0,
        "ana": 1.0,
        "anayasa": 1.0,
    }
