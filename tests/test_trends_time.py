"""The laws of `analytics.trends` over time."""

import datetime as dt

import pandas as pd
import pytest
from small_corpus import TODAY, article, build, mention

from analytics import trends
from analytics.cube import NO_TOPIC
from analytics.filters import Filters
from analytics.periods import GRAINS, Grain
from analytics.trends.axis import MAX_PERIODS, SMALL

JAN, FEB, MAR = dt.date(2020, 1, 1), dt.date(2020, 2, 1), dt.date(2020, 3, 31)


def column(frame: pd.DataFrame, name: str) -> list[object]:
    """A column as plain values, None for what is missing."""
    return [None if pd.isna(value) else value for value in frame[name].tolist()]


def test_a_known_answer() -> None:
    """Two months, five articles: coverage, mentions, attention and share of voice as counted by hand."""
    cube = build(
        [
            article("2020-01-05", ["KZ", "KZ", "AZ"]),
            article("2020-01-20", ["AZ"]),
            article("2020-01-31"),
            article("2020-02-01", ["KZ"]),
            article("2020-02-29", ["KZ"]),
        ]
    )
    frame = trends.over_time(cube, Filters(entities=("KZ", "AZ")), "en", today=TODAY)
    assert column(frame, "entity") == ["KZ", "KZ", "AZ", "AZ"]
    assert column(frame, "name") == ["Kazakhstan", "Kazakhstan", "Azerbaijan", "Azerbaijan"]
    assert column(frame, "period") == ["2020-01", "2020-02"] * 2
    assert column(frame, "coverage") == [1, 2, 2, 0]
    assert column(frame, "mentions") == [2, 2, 2, 0]
    assert column(frame, "articles") == [3, 2, 3, 2]
    assert column(frame, "attention") == [1 / 3, 1, 2 / 3, 0]
    assert column(frame, "total") == [3, 2, 3, 2]
    assert column(frame, "voice") == [1 / 3, 1, 2 / 3, 0]


def test_a_gap_is_not_a_zero() -> None:
    """A month without an article has no figure; one with articles and no mention has 0."""
    cube = build([article("2020-01-05", ["KZ"]), article("2020-03-05", ["AZ"]), article("2020-03-31")])
    frame = trends.over_time(cube, Filters(entities=("KZ",)), today=TODAY)
    assert column(frame, "coverage") == [1, None, 0]
    assert column(frame, "attention") == [1, None, 0]
    assert column(frame, "reason") == ["", "empty", ""]


def test_a_share_of_nobody_is_no_share() -> None:
    """Where none of the compared is mentioned there is no share of voice to speak of."""
    frame = trends.over_time(build([article("2020-01-05")]), Filters(entities=("KZ", "AZ")), today=TODAY)
    assert column(frame, "voice") == [None, None]
    assert column(frame, "attention") == [0, 0]


def test_a_quarter_is_not_the_mean_of_its_months() -> None:
    """The share of a longer period is sum over sum: 1 of 1 and 0 of 3 make a quarter, not a half."""
    cube = build([article("2020-01-05", ["KZ"]), *[article("2020-02-05") for _ in range(3)]])
    frame = trends.over_time(cube, Filters(entities=("KZ",), by="quarter"), today=TODAY)
    assert column(frame, "attention") == [0.25]


@pytest.mark.parametrize("grain", GRAINS)
def test_no_article_is_lost_or_pinned(grain: Grain) -> None:
    """Every dated article is in exactly one period of the chart, or among those that stand apart."""
    cube = build([article(d, ["KZ"]) for d in ("2020-01-05", "2020-01", "2020-02-10", "2020", "2019-12")])
    filters = Filters(entities=("KZ",), by=grain)
    placed = int(trends.over_time(cube, filters, today=TODAY)["coverage"].sum())
    aside = trends.apart(cube, filters)
    assert placed + int(aside["coverage"].sum()) == 5
    assert placed == {"day": 2, "week": 2, "month": 4, "quarter": 4, "year": 5}[grain]
    assert trends.basis(cube, filters).apart == 5 - placed


def test_a_month_is_never_a_spike_on_its_first_day() -> None:
    """By day, an article of January is in no day; each day of January says that there is one more."""
    cube = build([article("2020-01", ["KZ"]), article("2020-01-03", ["KZ"]), article("2020-02-02", ["KZ"])])
    frame = trends.over_time(cube, Filters(entities=("KZ",), by="day"), today=TODAY).set_index("period")
    assert frame["coverage"].sum() == 2
    assert frame.loc["2020-01-03", "apart"] == 1
    assert frame.loc["2020-01-31", "apart"] == 1
    assert frame.loc["2020-02-01", "apart"] == 0


def test_a_month_that_sticks_out_of_the_dates_stands_apart() -> None:
    """From 15 January on, an article of January may or may not belong: it is left out, and named."""
    cube = build([article("2020-01", ["KZ"]), article("2020-01-20", ["KZ"])])
    filters = Filters(start=dt.date(2020, 1, 15), entities=("KZ",))
    frame = trends.over_time(cube, filters, today=TODAY)
    assert column(frame, "coverage") == [1]
    assert column(frame, "apart") == [1]
    assert column(trends.apart(cube, filters), "period") == ["2020-01"]


def test_two_charts_with_the_same_dates_have_the_same_axis() -> None:
    """The axis follows dates and corpus, not who is counted in it or which outlet."""
    cube = build([article("2020-01-05", ["KZ"], outlet="A"), article("2020-04-30", ["AZ"], outlet="B")])
    axes = [
        column(trends.over_time(cube, Filters(entities=(e,), outlets=o), today=TODAY), "period")
        for e in ("KZ", "AZ")
        for o in ((), ("A",))
    ]
    assert axes == [["2020-01", "2020-02", "2020-03", "2020-04"]] * 4


def test_the_axis_ends_where_the_corpus_ends() -> None:
    """Years that the corpus does not reach are not drawn, as zero or as anything else."""
    cube = build([article("2020-01-05", ["KZ"]), article("2020-02-05", ["KZ"])])
    filters = Filters(start=dt.date(1, 1, 1), end=dt.date(9999, 12, 31), entities=("KZ",))
    assert column(trends.over_time(cube, filters, today=TODAY), "period") == ["2020-01", "2020-02"]


def test_one_misread_date_does_not_make_a_million_points() -> None:
    """Where days would be more than a chart can hold, the next coarser grain that can is taken."""
    cube = build([article("1066-10-14"), article("2020-01-05", ["KZ"])])
    frame = trends.over_time(cube, Filters(entities=("KZ",), by="day"), today=TODAY)
    assert frame["period"].iloc[-1] == "2020-01"
    assert len(frame) <= MAX_PERIODS


def test_an_unfinished_period_says_so() -> None:
    """The corpus ends in mid-February, or today is in February: February is not over, January is."""
    rows = [article("2020-01-05", ["KZ"]), article("2020-02-14", ["KZ"])]
    frame = trends.over_time(build(rows), Filters(entities=("KZ",)), today=TODAY)
    assert column(frame, "partial") == [False, True]
    assert column(frame, "reason") == ["", "unfinished"]
    whole = build([*rows, article("2020-02-29")])
    assert column(trends.over_time(whole, Filters(), today=TODAY), "partial") == [False, False]
    assert column(trends.over_time(whole, Filters(), today=dt.date(2020, 2, 29)), "partial") == [False, True]


def test_a_month_cut_by_the_dates_says_so() -> None:
    """Half a month looks like a collapse: it is marked."""
    cube = build([article("2020-01-20", ["KZ"]), article("2020-02-05", ["KZ"]), article("2020-03-31", ["KZ"])])
    frame = trends.over_time(cube, Filters(start=dt.date(2020, 1, 15), end=MAR, entities=("KZ",)), today=TODAY)
    assert column(frame, "reason") == ["cut", "", ""]


def test_a_small_base_says_so() -> None:
    """A share of fewer than twenty articles is marked; none at all is a gap, not a small base."""
    many = [article("2020-01-05") for _ in range(SMALL)]
    frame = trends.growth(build([*many, article("2020-03-31")]), Filters(), today=TODAY)
    assert column(frame, "small") == [False, False, True]


def test_senses_count_when_chosen() -> None:
    """A nationality is not the country, unless the analyst adds it; an article with both is still one."""
    cube = build(
        [
            article("2020-01-05", ["KZ", mention("KZ", sense="demonym")]),
            article("2020-01-06", [mention("KZ", sense="demonym")]),
        ]
    )
    by_name = trends.over_time(cube, Filters(entities=("KZ",)), today=TODAY)
    both = trends.over_time(cube, Filters(entities=("KZ",), senses=("name", "demonym")), today=TODAY)
    assert (column(by_name, "coverage"), column(by_name, "mentions")) == ([1], [1])
    assert (column(both, "coverage"), column(both, "mentions")) == ([2], [3])


def test_the_denominator_follows_the_filters() -> None:
    """The share of one outlet is a share of its own articles."""
    cube = build(
        [
            article("2020-01-05", ["KZ"], outlet="A"),
            article("2020-01-06", outlet="A"),
            article("2020-01-06", outlet="B"),
        ]
    )
    frame = trends.over_time(cube, Filters(entities=("KZ",), outlets=("A",)), today=TODAY)
    assert (column(frame, "articles"), column(frame, "attention")) == ([2], [0.5])
    basis = trends.basis(cube, Filters(outlets=("A",)))
    assert (basis.articles, basis.outlets, basis.languages, basis.version) == (2, 1, ("az",), "1.1.0")


def test_topics_are_out_of_the_articles_of_all_topics_that_mention_those_chosen() -> None:
    """What stands under a chart of topics is what its figures are shares of, whichever topics and names are chosen."""
    cube = build(
        [
            article("2020-01-05", ["KZ"], topics=["diaspora"], outlet="A"),
            article("2020-01-06", ["KZ"], outlet="B"),
            article("2020-01-06", topics=["diaspora"]),
            article("2020-01-06", ["KZ"], outlet="A", duplicate_of="a1"),
        ]
    )
    for filters in (Filters(), Filters(topics=("diaspora",)), Filters(entities=("KZ",), topics=("diaspora",))):
        frame, basis = (
            trends.topics_over_time(cube, filters, today=TODAY),
            trends.chosen_basis(cube, filters.but(topics=())),
        )
        assert basis.articles == frame.drop_duplicates("period")["articles"].sum()
    assert (basis.articles, basis.outlets, basis.reprints) == (2, 2, 1)


def test_a_story_is_counted_in_its_own_reports() -> None:
    """Not in the corpus: its outlets and its days are those of the story."""
    days = ("2020-01-05", "2020-01-06", "2020-02-06")
    cube = build([*(article(day, story="s1", outlet=day) for day in days), article("2021-01-01", story="s2")])
    basis = trends.story_basis(cube, Filters(), "s1")
    assert (basis.articles, basis.outlets, str(basis.end)) == (3, 3, "2020-02-06")
    assert trends.story_basis(cube, Filters(start=dt.date(2020, 2, 1)), "s1").articles == 1
    assert trends.story_basis(cube, Filters(), "nobody").articles == 0


def test_with_nobody_chosen_the_leading_countries_are_shown() -> None:
    """The first look at a corpus shows who leads in it."""
    cube = build([article("2020-01-05", ["KZ", "AZ", "fuad-muradov"]), article("2020-01-06", ["AZ"])])
    assert column(trends.over_time(cube, Filters(), top=1, today=TODAY), "entity") == ["AZ"]
    assert column(trends.over_time(cube, Filters(), kind="official", today=TODAY), "entity") == ["fuad-muradov"]


def test_one_entity_nobody_mentions_is_a_line_of_zeros() -> None:
    """A country of the gazetteer that the corpus never names was covered 0 times."""
    frame = trends.over_time(build([article("2020-01-05", ["KZ"])]), Filters(entities=("TR",)), today=TODAY)
    assert (column(frame, "coverage"), column(frame, "name")) == ([0], ["Türkiyə"])


def test_a_single_day() -> None:
    """One day of data is a chart with one point."""
    cube = build([article("2020-01-05", ["KZ"])])
    frame = trends.over_time(cube, Filters(dt.date(2020, 1, 5), dt.date(2020, 1, 5), ("KZ",), by="day"), today=TODAY)
    assert (column(frame, "period"), column(frame, "attention")) == (["2020-01-05"], [1])


@pytest.mark.parametrize("grain", GRAINS)
def test_an_empty_corpus_has_empty_frames(grain: Grain) -> None:
    """Nothing raises before the first article; the columns are there."""
    filters, cube = Filters(by=grain), build([])
    full = build([article("2020-01-05", ["KZ"], ["diaspora"])])
    for make in (trends.over_time, trends.topics_over_time, trends.growth, trends.apart, trends.attention_table):
        assert list(make(cube, filters).columns) == list(make(full, filters).columns)
        assert make(cube, filters).empty
    assert trends.peaks(trends.over_time(cube, filters)).empty
    assert trends.basis(cube, filters).articles == 0


def test_topics_and_none() -> None:
    """An article in two topics is in both, one in none is in none: shares of topics may add up to more than 1."""
    cube = build(
        [
            article("2020-01-05", (), ["diaspora", "bilateral"]),
            article("2020-01-06", (), ["diaspora"]),
            article("2020-01-07"),
        ]
    )
    frame = trends.topics_over_time(cube, Filters(), "en", today=TODAY).set_index("topic")
    assert frame["coverage"].to_dict() == {"bilateral": 1, "diaspora": 2, NO_TOPIC: 1}
    assert frame.loc["diaspora", "attention"] == pytest.approx(2 / 3)
    assert frame.loc[NO_TOPIC, "name"] == "no topic"


def test_choosing_a_topic_does_not_make_it_all_there_is() -> None:
    """The share of a chosen topic is of all articles, or of those that mention the chosen entities."""
    cube = build([article("2020-01-05", ["KZ"], ["diaspora"]), article("2020-01-06", ["KZ"]), article("2020-01-07")])
    assert column(trends.topics_over_time(cube, Filters(topics=("diaspora",)), today=TODAY), "articles") == [3]
    chosen = Filters(topics=("diaspora",), entities=("KZ",))
    assert column(trends.topics_over_time(cube, chosen, today=TODAY), "attention") == [0.5]


def test_terms_of_a_topic_by_period() -> None:
    """What spoke for a topic, month by month, strongest first."""
    cube = build([article("2020-01-05", (), ["diaspora"]), article("2020-03-05", (), ["diaspora"])])
    frame = trends.terms_over_time(cube, Filters(), "diaspora")
    assert column(frame, "period") == ["2020-01", "2020-03"]
    assert column(frame, "term") == ["diaspora-word"] * 2
    assert column(frame, "articles") == [1, 1]


@pytest.mark.parametrize("cells", [1, 4, 1 << 24])
def test_growth_shows_an_outlet_that_fell_silent(monkeypatch: pytest.MonkeyPatch, cells: int) -> None:
    """Articles, reprints and publishing outlets of each month, and their running sum, however many months at a time."""
    monkeypatch.setattr("analytics.trends.time.CELLS", cells)
    cube = build(
        [
            article("2020-01-05", outlet="A"),
            article("2020-01-06", outlet="B"),
            article("2020-02-06", outlet="A"),
            article("2020-02-07", duplicate_of="a0"),
        ]
    )
    frame = trends.growth(cube, Filters(), today=TODAY)
    assert [column(frame, name) for name in ("articles", "outlets", "reprints", "cumulative")] == [
        [2, 1],
        [2, 1],
        [0, 1],
        [2, 3],
    ]


def test_the_attention_export_has_its_promised_columns() -> None:
    """One row per entity and period, of all entities where none is chosen; a gap has no share."""
    cube = build([article("2020-01-05", ["KZ", "fuad-muradov"]), article("2020-03-05", ["KZ"])])
    frame = trends.attention_table(cube, Filters())
    assert list(frame.columns) == ["period", "entity", "name", "coverage", "mentions", "articles", "attention"]
    assert column(frame, "entity") == ["KZ"] * 3 + ["fuad-muradov"] * 3
    assert column(frame, "attention") == [1, None, 1, 1, None, 0]


def test_a_peak_is_looked_for_in_the_finished_periods_of_the_frame() -> None:
    """The highest of what is shown; an unfinished month is no peak, nor is one outside the dates."""
    cube = build(
        [*[article("2020-01-05", ["KZ"])] * 3, *[article("2020-02-05", ["KZ"])] * 2, article("2020-03-05", ["KZ"])]
        + [article("2020-04-05", ["KZ"])] * 9
    )
    filters = Filters(start=FEB, entities=("KZ",))
    assert column(trends.peaks(trends.over_time(cube, filters, today=TODAY)), "period") == ["2020-02"]
