"""The laws of `analytics.filters`."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.filters import MAX_CHOICES, MAX_QUERY, MEASURES, Filters, read_choice
from analytics.model import SENSES
from analytics.periods import GRAINS

ids = st.lists(st.text(min_size=1, max_size=12), max_size=4, unique=True).map(tuple)
days = st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1))
words = st.text(max_size=40).map(lambda s: " ".join(s.split()))
filters = st.builds(
    Filters,
    start=days | st.none(),
    end=st.none(),
    entities=ids,
    topics=ids,
    outlets=ids,
    languages=ids,
    query=words,
    by=st.sampled_from(GRAINS),
    measure=st.sampled_from(MEASURES),
    senses=st.sets(st.sampled_from(SENSES), min_size=1).map(lambda chosen: tuple(s for s in SENSES if s in chosen)),
    reprints=st.booleans(),
)


@given(filters)
def test_an_address_says_exactly_the_filters(some: Filters) -> None:
    """Filters written into an address are the same filters when a colleague opens it."""
    again, problems = Filters.from_query(some.to_query())
    assert again == some
    assert problems == ()


@given(filters, filters)
def test_the_digest_is_equal_exactly_when_the_filters_are(one: Filters, two: Filters) -> None:
    """A cache keyed by the digest never answers another question."""
    assert (one.digest() == two.digest()) == (one == two)


@given(st.dictionaries(st.text(max_size=10), st.lists(st.text(max_size=20), max_size=3), max_size=5))
def test_no_address_raises(query: dict[str, list[str]]) -> None:
    """Whatever somebody types into the address bar, the page opens."""
    Filters.from_query(query, {"entities": ["AZ"]})


def test_default_filters_leave_the_address_empty() -> None:
    """A page with nothing chosen has a clean address."""
    assert Filters().to_query() == {}


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("from", "2020-02-31"),
        ("to", "yesterday"),
        ("by", "fortnight"),
        ("measure", "sentiment"),
        ("senses", "nickname"),
        ("reprints", "maybe"),
        ("q", "x" * (MAX_QUERY + 1)),
        ("entities", "ZZ"),
    ],
)
def test_a_broken_value_is_named_and_left_out(parameter: str, value: str) -> None:
    """What could not be understood is ignored, with its parameter and its value in the note."""
    some, problems = Filters.from_query({parameter: [value]}, {"entities": ["AZ", "KZ"]})
    assert some == Filters()
    assert [(p.parameter, p.value) for p in problems] == [(parameter, value[:80])]


@pytest.mark.parametrize(
    ("said", "meant", "ignored"),
    [([], "a", []), (["b"], "b", []), (["x"], "a", ["x"]), (["b", "a"], "b", ["a"]), ([""], "a", [])],
)
def test_a_parameter_of_a_page_is_read_as_the_filters_are(said: list[str], meant: str, ignored: list[str]) -> None:
    """One of its words, the default where it says none, and what was ignored is named."""
    word, problems = read_choice(said, "order", ("a", "b"), "a")
    assert word == meant
    assert [(p.parameter, p.value) for p in problems] == [("order", value) for value in ignored]


def test_good_values_survive_beside_broken_ones() -> None:
    """One unknown entity does not lose the others, nor their order."""
    some, problems = Filters.from_query({"entities": ["KZ", "??", "AZ"]}, {"entities": ["AZ", "KZ"]})
    assert some.entities == ("KZ", "AZ")
    assert len(problems) == 1


def test_too_many_values_are_cut_and_said() -> None:
    """A link with thousands of ids costs no more than one with a hundred."""
    some, problems = Filters.from_query({"topics": [f"t{i}" for i in range(MAX_CHOICES + 2)]})
    assert len(some.topics) == MAX_CHOICES
    assert len(problems) == 2


def test_a_month_in_the_address_is_the_whole_month() -> None:
    """`from=2020-01&to=2020-02` runs from the first day of January to the last of February."""
    some, _ = Filters.from_query({"from": ["2020-01"], "to": ["2020-02"]})
    assert (some.start, some.end) == (dt.date(2020, 1, 1), dt.date(2020, 2, 29))


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    """Two dates the wrong way round are not silently swapped."""
    some, problems = Filters.from_query({"from": ["2021-01-01"], "to": ["2020-01-01"]})
    assert (some.start, some.end) == (None, None)
    assert [(p.parameter, p.value) for p in problems] == [("from", "2021-01-01"), ("to", "2020-01-01")]


def test_filters_speak() -> None:
    """The caption says what was chosen, in the words of the language and the names of the things."""
    some = Filters(dt.date(2020, 1, 1), dt.date(2020, 1, 31), ("KZ",), languages=("az",), query="səfər")
    names = {("entity", "KZ"): "Kazakhstan", ("language", "az"): "Azerbaijani"}
    assert some.describe(name=lambda kind, i: names[kind, i]) == (
        "Kazakhstan; Azerbaijani; matching “səfər”; 2020-01-01 – 2020-01-31"
    )
    assert Filters().describe() == "the whole corpus"


def test_the_denominator_keeps_everything_but_the_entities() -> None:
    """The share of Kazakhstan is a share of all articles in the same part of the corpus."""
    some = Filters(entities=("KZ",), languages=("az",), query="səfər")
    assert some.base() == Filters(languages=("az",), query="səfər")
