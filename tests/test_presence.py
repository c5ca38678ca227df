"""Counting under a mask gives what counting one by one gives, whether many or few articles mention somebody."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.cube.bits import between, pack, unpacked
from analytics.cube.counted import Counted, Mask, sums
from analytics.cube.laying import merge
from analytics.cube.members import Members
from analytics.cube.presence import Presence

ARTICLES, ENTITIES = 200, 40


@pytest.fixture(scope="module")
def presence() -> Presence:
    """Forty entities, from one that most articles mention to some that hardly any does."""
    chance = np.random.default_rng(1)
    entity = np.minimum(chance.geometric(0.15, 3_000) - 1, ENTITIES - 1)
    key = entity * ARTICLES + chance.integers(0, ARTICLES, len(entity))
    return Presence(
        merge(key, np.ones(len(key), np.int32), chance.random(len(key)) < 0.2, ENTITIES, ARTICLES), ARTICLES
    )


half = st.lists(st.booleans(), min_size=ARTICLES, max_size=ARTICLES).map(lambda bits: np.array(bits, np.bool_))
few = st.sets(st.integers(0, ARTICLES - 1), max_size=30).map(lambda some: np.isin(np.arange(ARTICLES), list(some)))
masks = half | few


@given(mask=masks, top=st.integers(1, 12))
def test_leaders_are_those_whom_most_articles_mention(presence: Presence, mask: np.ndarray, top: int) -> None:
    """The leaders and all that are level with the last, each with its count, and nobody who is not mentioned."""
    rows = presence.rows
    counts = [int(mask[rows.article[rows.of(code)]].sum()) for code in range(ENTITIES)]
    order = np.argsort(-presence.total, kind="stable")
    least = max(sorted(counts, reverse=True)[top - 1], 1)
    assert sorted(presence.leaders(order, Mask.of(mask), top)) == sorted(
        (n, c) for c, n in enumerate(counts) if n >= least
    )


@given(mask=masks, top=st.integers(1, 12))
def test_the_most_mentioned_are_those_whom_articles_mention_most_often(
    presence: Presence, mask: np.ndarray, top: int
) -> None:
    """The same by mentions: an article that names somebody five times counts five."""
    rows = presence.rows
    each = [rows.of(code) for code in range(ENTITIES)]
    counts = [int(rows.count[mine][mask[rows.article[mine]]].sum()) for mine in each]
    least = max(sorted(counts, reverse=True)[top - 1], 1)
    found = presence.most_mentioned(np.arange(ENTITIES), Mask.of(mask), top)
    assert sorted(found) == sorted((n, c) for c, n in enumerate(counts) if n >= least)


@given(mask=masks, cuts=st.lists(st.integers(0, ARTICLES), min_size=2, max_size=9).map(sorted))
def test_stretches_add_up(presence: Presence, mask: np.ndarray, cuts: list[int]) -> None:
    """Articles and mentions of each stretch of rows, empty ones among them, for whoever is mentioned."""
    rows, bounds, counted = presence.rows, np.array(cuts), Mask.of(mask)
    for code in range(ENTITIES):
        mine = rows.of(code)
        article, count = rows.article[mine], rows.count[mine]
        coverage, mentions = presence.over(code, counted, bounds)
        for place, (low, high) in enumerate(itertools.pairwise(cuts)):
            here = mask[article] & (article >= low) & (article < high)
            assert (coverage[place], mentions[place]) == (here.sum(), count[here].sum())


@given(mask=masks)
def test_what_stands_in_titles_and_who_is_mentioned_again(presence: Presence, mask: np.ndarray) -> None:
    """Articles with a mention in the title, and mentions after the first in each article, for whoever is mentioned."""
    rows, counted = presence.rows, Mask.of(mask)
    for code in range(ENTITIES):
        mine = rows.of(code)
        here = mask[rows.article[mine]]
        assert presence.in_titles(code, counted) == rows.titled[mine][here].sum()
        assert presence.mentions_again(code, counted) == (rows.count[mine][here] - 1).sum()


@given(mask=masks)
def test_what_is_counted_of_several_is_the_sum(presence: Presence, mask: np.ndarray) -> None:
    """Coverage, mentions and titles of some entities together are the sums of what each has."""
    rows, codes = presence.rows, range(3, ENTITIES, 2)
    each = [
        (rows.count[rows.of(code)], rows.titled[rows.of(code)], mask[rows.article[rows.of(code)]]) for code in codes
    ]
    coverage, mentions, titled = (numbers[mask].sum() for numbers in presence.together(codes))
    assert coverage == sum(here.sum() for _, _, here in each)
    assert mentions == sum(count[here].sum() for count, _, here in each)
    assert titled == sum(title[here].sum() for _, title, here in each)


@given(numbers=st.lists(st.sampled_from([0, 0, 0, 1, 2, 3, 9, 300]), max_size=150), data=st.data())
def test_numbers_add_up_under_a_mask(numbers: list[int], data: st.DataObject) -> None:
    """The sum over a mask, and over its stretches, whatever digits are kept as bits."""
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=len(numbers), max_size=len(numbers))), np.bool_)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(numbers)), min_size=2, max_size=6)))
    rows = np.arange(len(numbers), dtype=np.int32)
    counted, under = Counted.of(rows, np.array(numbers, np.int64), len(numbers)), Mask.of(mask)
    again = Counted.of_repeated(np.repeat(rows, numbers), len(numbers))
    masked = np.array(numbers, np.int64) * mask
    assert again.sum(under) == masked.sum()
    assert counted.sum(under) == masked.sum()
    assert counted.between(under, np.array(cuts)).tolist() == [masked[a:b].sum() for a, b in itertools.pairwise(cuts)]


@given(st.integers(0, 200), st.data())
def test_bits_between_bounds(size: int, data: st.DataObject) -> None:
    """As many as in the mask itself, also at the bounds of words and behind the last article."""
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)), np.bool_)
    bounds = np.arange(size + 1)
    assert between(pack(mask), bounds).tolist() == mask.astype(int).tolist()
    assert between(pack(mask), bounds[[0, -1]]).tolist() == [mask.sum()]


@given(mask=masks)
def test_a_mask_and_its_bits_say_the_same(mask: np.ndarray) -> None:
    """Packed and unpacked again, a mask is what it was."""
    assert (unpacked(pack(mask), len(mask)) == mask).all()


@given(st.lists(st.integers(-1, 5), max_size=60))
def test_members_are_all_of_a_group(groups: list[int]) -> None:
    """Each group has its own rows, in order, and those without a group are in none."""
    found = Members.grouped(np.array(groups, np.int32), 6)
    for group in range(6):
        assert found.of(group).tolist() == [row for row, one in enumerate(groups) if one == group]


def test_an_empty_stretch_has_the_sum_zero() -> None:
    """`reduceat` would give the value that stands at its bound."""
    assert sums(np.array([1, 2, 4]), np.array([0, 0, 2, 2, 3, 3])).tolist() == [0, 3, 0, 4, 0]
