"""The laws of `analytics.cube`: which articles a filter means, and how they are counted."""

import datetime as dt
from typing import Any

import corpora
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_corpus import GAZETTEER, article, build, matching, mention

from analytics.corpus import Corpus
from analytics.cube import NO_TOPIC, OTHER, Cube, labels, ordinal, start_of
from analytics.cube import open as open_cube
from analytics.errors import QueryError
from analytics.filters import Filters
from analytics.model import SENSES
from analytics.periods import COUNTED_IN, GRAINS, Grain, next_start, period_start
from analytics.search import Asked

days = st.dates(dt.date(1890, 1, 1), dt.date(2090, 1, 1))
dates = st.one_of(
    st.just(""),
    st.dates(dt.date(2019, 12, 1), dt.date(2020, 3, 31)).map(str),
    st.sampled_from(["2019-12", "2020-01", "2020-02", "2019", "2020"]),
)
mentions = st.builds(
    mention, st.sampled_from(["AZ", "KZ", "TR"]), st.sampled_from(["title", "text"]), st.sampled_from(SENSES)
)
rows = st.lists(
    st.builds(
        article,
        dates,
        st.lists(mentions, max_size=4),
        st.lists(st.sampled_from(["diaspora", "bilateral"]), max_size=2, unique=True),
        outlet=st.sampled_from(["A", "B"]),
        language=st.sampled_from(["az", "ru"]),
    ),
    max_size=14,
)
some_filters = st.builds(
    Filters,
    start=st.none() | st.dates(dt.date(2019, 11, 1), dt.date(2020, 2, 1)),
    end=st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2020, 4, 1)),
    entities=st.sampled_from([(), ("KZ",), ("KZ", "AZ"), ("UZ",)]),
    topics=st.sampled_from([(), ("diaspora",), (NO_TOPIC,), ("bilateral", NO_TOPIC)]),
    outlets=st.sampled_from([(), ("A",), ("C",)]),
    languages=st.sampled_from([(), ("ru",)]),
    senses=st.sampled_from([("name",), ("name", "demonym"), SENSES]),
)


def belongs(row: dict[str, Any], filters: Filters) -> bool:
    """What it says in the docstring of `Filters`, one article at a time."""
    if filters.start or filters.end:
        if row["published"] is None:
            return False
        last = next_start(row["published"], row["precision"]) - dt.timedelta(days=1)
        if (filters.start and row["published"] < filters.start) or (filters.end and last > filters.end):
            return False
    topics = {topic["topic"] for topic in row["topics"]} or {NO_TOPIC}
    said = {m["entity"] for m in row["mentions"] if m["sense"] in filters.senses}
    return (
        (not filters.topics or bool(topics & set(filters.topics)))
        and (not filters.outlets or row["outlet"] in filters.outlets)
        and (not filters.languages or row["language"] in filters.languages)
        and (not filters.entities or bool(said & set(filters.entities)))
    )


@given(rows, some_filters)
def test_a_filter_selects_what_it_says(corpus: list[dict[str, Any]], filters: Filters) -> None:
    """The masks of the cube choose exactly the articles that the definition of filters chooses, in their order."""
    wanted = [(row["published"] or dt.date.max, f"a{n}") for n, row in enumerate(corpus) if belongs(row, filters)]
    assert build(corpus).select(filters) == [thing for _, thing in sorted(wanted)]


@given(rows, some_filters)
def test_a_tally_counts_articles_and_mentions(corpus: list[dict[str, Any]], filters: Filters) -> None:
    """An article that mentions somebody five times in three senses is covered once and has five mentions."""
    cube = build(corpus)
    mask = cube.base(filters)
    chosen = ("KZ", "UZ", "AZ")
    tally = cube.tally(mask, np.array([0, len(cube)]), chosen, filters.senses)
    totals = cube.totals(mask, filters.senses)
    inside = [row for row in corpus if belongs(row, filters.base())]

    def said(entity: str) -> list[list[dict[str, Any]]]:
        every = [[m for m in row["mentions"] if m["entity"] == entity] for row in inside]
        return [[m for m in found if m["sense"] in filters.senses] for found in every]

    for line, entity in enumerate(chosen):
        assert tally.coverage[line, 0] == sum(1 for found in said(entity) if found)
        assert tally.mentions[line, 0] == sum(map(len, said(entity)))
    for code, entity in enumerate(cube.entities):
        assert totals.coverage[code] == sum(1 for found in said(entity) if found)
        assert totals.mentions[code] == sum(map(len, said(entity)))
        assert totals.titled[code] == sum(1 for found in said(entity) if any(m["field"] == "title" for m in found))


@given(days, st.sampled_from(GRAINS))
def test_ordinals_are_the_calendar(day: dt.date, grain: Grain) -> None:
    """The number of a period leads back to its first day, and the next number to the next period."""
    start = period_start(day, grain)
    assert start_of(ordinal(day, grain), grain) == start
    assert start_of(ordinal(day, grain) + 1, grain) == next_start(start, grain)


def test_labels_sort_as_time_does() -> None:
    """Periods are called by names that sort in a spreadsheet as they followed one another."""
    day = dt.date(2019, 12, 30)
    begun = {grain: np.array([period_start(day, grain)], "datetime64[D]") for grain in GRAINS}
    named = [labels(begun[grain], grain).to_pylist() for grain in GRAINS]
    assert named == [["2019-12-30"], ["2020-W01"], ["2019-12"], ["2019-Q4"], ["2019"]]


@pytest.mark.parametrize("grain", GRAINS)
def test_a_date_is_placed_only_where_it_is_precise_enough(grain: Grain) -> None:
    """A month has a place among months and years, and none among days and weeks."""
    cube = build([article("2020-01-15"), article("2020-01"), article("2020"), article("")])
    placed = set(cube.articles.precision[cube.placed(grain)])
    assert placed == {("day", "month", "year").index(p) for p in COUNTED_IN[grain]}


def test_a_reprint_counts_once() -> None:
    """A word-for-word copy is not counted beside what it repeats, unless the analyst says so."""
    cube = build([article("2020-01-01", ["KZ"]), article("2020-01-02", ["KZ"], duplicate_of="a0", outlet="B")])
    assert cube.select(Filters()) == ["a0"]
    assert cube.select(Filters(reprints=True)) == ["a0", "a1"]


def test_a_reprint_stands_in_where_its_original_is_outside() -> None:
    """Asked what outlet B said, its copy of A's text is an answer; of two copies the first."""
    copy = {"duplicate_of": "a0", "outlet": "B"}
    cube = build([article("2020-01-01", outlet="A"), article("2020-01-02", **copy), article("2020-01-03", **copy)])
    assert cube.select(Filters(outlets=("B",))) == ["a1"]
    assert cube.select(Filters(start=dt.date(2020, 1, 3))) == ["a2"]
    assert cube.select(Filters(outlets=("A", "B"))) == ["a0"]


def test_an_article_that_is_not_analysed_yet_is_in_no_denominator() -> None:
    """What nobody has looked at cannot be an article without a mention; it is in the lists all the same."""
    cube = build([article("2020-01-01", ["KZ"]), article("2020-01-02") | {"mentions": None}])
    assert cube.base(Filters()).sum() == 1
    assert cube.select(Filters()) == ["a0", "a1"]


def test_the_query_is_asked_once() -> None:
    """The full-text search is asked for ids once per query, however often the page is drawn."""
    asked = []

    def search(query: str) -> list[Asked]:
        asked.append(query)
        return matching("a1", "gone")

    cube = build([article("2020-01-01"), article("2020-01-02", ["KZ"])], search=search)
    for entities in ((), ("KZ",), ("AZ",)):
        cube.select(Filters(query="səfər", entities=entities))
    assert asked == ["səfər"]
    assert cube.select(Filters(query="səfər")) == ["a1"]


def test_a_broken_query_reaches_the_reader() -> None:
    """What the search cannot understand is said, and asked again when it is mended."""

    def search(query: str) -> list[Asked]:
        raise QueryError(query)

    with pytest.raises(QueryError):
        build([article("2020-01-01")], search=search).select(Filters(query="("))


def test_masks_cannot_be_changed() -> None:
    """A cube is shared by all sessions: what one gets, it cannot spoil for the others."""
    cube = build([article("2020-01-01")])
    with pytest.raises(ValueError, match="read-only"):
        cube.where(Filters())[0] = False


def test_everybody_has_a_name() -> None:
    """The gazetteer's name, the corpus' name for those it does not know, the id for the rest; none and others too."""
    cube = build([article("2020-01-01", ["KZ", mention("xyz", name="Kimsə Naməlum", role="nazir")], ["diaspora"])])
    assert cube.name("entity", "KZ", "en") == "Kazakhstan"
    assert cube.name("entity", "AZ", "az") == "Azərbaycan"
    assert cube.name("entity", "xyz", "en") == "Kimsə Naməlum"
    assert cube.name("entity", "nobody") == "nobody"
    assert cube.name("topic", "diaspora", "en") == "Diaspora"
    assert cube.name("topic", NO_TOPIC, "az") == "mövzusuz"
    assert cube.name("entity", OTHER, "en") == "others"
    assert cube.names("az")("language", "ru") == "rus"
    assert cube.name("language", "not a code") == "not a code"
    someone = cube.someone("xyz")
    assert someone is not None
    assert (someone.kind, someone.role, someone.known) == ("official", "nazir", False)


def test_what_is_known_is_what_is_there() -> None:
    """A link may name the entities of the corpus, all topics of the model, and the articles without one."""
    cube = build([article("2020-01-01", ["KZ"], outlet="B", language="ru")])
    assert cube.known == {
        "entities": ("KZ",),
        "topics": ("bilateral", "diaspora", NO_TOPIC),
        "outlets": ("B",),
        "languages": ("ru",),
    }
    assert (cube.first, cube.last, len(cube)) == (dt.date(2020, 1, 1), dt.date(2020, 1, 1), 1)


def test_an_article_without_outlet_is_not_one_of_the_others() -> None:
    """What is not given is called so, and cannot be chosen."""
    cube = build([article("2020-01-01", outlet="", language="")])
    assert (cube.known["outlets"], cube.known["languages"]) == ((), ())
    assert cube.name("outlet", "", "en") == "not given"


def test_an_empty_corpus_is_a_corpus() -> None:
    """Before the first build everything can be asked, and is nothing."""
    cube = build([])
    assert (len(cube), cube.first, cube.last, cube.select(Filters()), cube.entities) == (0, None, None, [], ())


def test_a_corpus_on_disk_becomes_a_cube(tmp_path: Any) -> None:
    """Opened from a corpus, the cube holds what its tables hold, under the version they have."""
    corpus = Corpus.open(tmp_path / "corpus", create=True)
    assert len(open_cube(corpus)) == 0
    corpora.add(corpus, corpora.article("one"), corpora.article("two", text="başqa mətn"))
    found = corpora.mention("Qazaxıstan", 0) | {"role": "", "country": ""}
    corpus.put_analysis(corpora.analysed("one", "two", mentions=[found, found]))
    cube = open_cube(corpus)
    assert cube.version == corpus.version
    assert cube.select(Filters(entities=("KZ",))) == ["one", "two"]
    assert cube.name("entity", "KZ", "en") == "Kazakhstan"
    assert cube.mentions(("name",)).count.tolist() == [2, 2]


@settings(max_examples=20)
@given(rows)
def test_the_order_of_reading_changes_nothing(corpus: list[dict[str, Any]]) -> None:
    """The same articles read in another order make the same cube."""
    named = [row | {"id": f"a{n}"} for n, row in enumerate(corpus)]

    def figures(cube: Cube) -> list[Any]:
        tally = cube.tally(np.ones(len(cube), np.bool_), np.array([0, len(cube)]), tuple(GAZETTEER), SENSES)
        return [cube.select(Filters()), tally.coverage.tolist(), tally.mentions.tolist()]

    assert figures(build(named)) == figures(build(named[::-1]))
