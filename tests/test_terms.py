"""What spoke for topics, summed over any part of a corpus, is what summing one by one gives."""

import itertools
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.cube import terms as module
from analytics.cube.codes import Codes
from analytics.cube.terms import Terms

WORDS = ("səfər", "səfəri", "Səfərinin", "nazir", "nazirlik", "səfər təqvimi")
ROOTS = {"səfər": 0, "səfəri": 0, "Səfərinin": 0, "nazir": 3, "nazirlik": 3, "səfər təqvimi": 5}
ARTICLES = 12

spoken = st.lists(
    st.tuples(
        st.integers(0, ARTICLES - 1), st.integers(0, 2), st.integers(0, len(WORDS) - 1), st.sampled_from([0.1, 0.7, 3])
    ),
    max_size=60,
    unique_by=lambda row: row[:3],
)
masks = st.lists(st.booleans(), min_size=ARTICLES, max_size=ARTICLES).map(lambda bits: np.array(bits, np.bool_))


def laid_out(rows: list[tuple[int, int, int, float]]) -> Terms:
    """The layout of rows of article, topic, term and weight."""
    article, topic, term = (np.array([row[at] for row in rows], np.int32) for at in range(3))
    weight = np.array([row[3] for row in rows], np.float32)
    return Terms.of(article, topic, Codes(WORDS, term), weight, ARTICLES)


@given(rows=spoken, mask=masks)
def test_terms_add_up_under_a_mask(rows: list[tuple[int, int, int, float]], mask: np.ndarray) -> None:
    """Of few articles and of most: the weight of each topic and term, and the articles of each topic and root."""
    terms = laid_out(rows)
    weights: dict[tuple[int, str], float] = defaultdict(float)
    where: dict[tuple[int, int], set[int]] = defaultdict(set)
    for article, topic, term, weight in rows:
        if mask[article]:
            weights[topic, WORDS[term]] += float(np.float32(weight))
            where[topic, ROOTS[WORDS[term]]].add(article)
    spoke, articles = terms.spoke(mask)
    found: dict[tuple[int, str], float] = defaultdict(float)
    for pair in range(len(terms.topic)):
        found[int(terms.topic[pair]), WORDS[terms.term.codes[pair]]] += spoke[pair]
    ends = np.append(terms.groups, len(terms.topic))
    counted = {
        (int(terms.topic[low]), int(terms.root[low])): int(articles[low:high][~terms.again[low:high]].sum())
        for low, high in itertools.pairwise(ends)
    }
    assert {key: weight for key, weight in found.items() if weight} == weights
    assert {key: number for key, number in counted.items() if number} == {key: len(own) for key, own in where.items()}


@given(rows=spoken, mask=masks)
def test_what_most_articles_say_is_the_rest_of_the_whole(
    rows: list[tuple[int, int, int, float]], mask: np.ndarray
) -> None:
    """To the last digit: what a mask has and what its articles have one by one."""
    terms = laid_out(rows)
    weight, articles = terms.spoke(mask)
    each = [terms.spoke(np.arange(ARTICLES) == at) for at in np.flatnonzero(mask)]
    assert weight.tolist() == sum((one for one, _ in each), np.zeros(len(terms.topic))).tolist()
    assert articles.tolist() == sum((one for _, one in each), np.zeros(len(terms.topic), np.int64)).tolist()


def test_articles_are_added_up_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many at a time, they are the same sums."""
    rows = [(article, article % 3, article % len(WORDS), 0.1) for article in range(ARTICLES)]
    mask = np.arange(ARTICLES) < ARTICLES // 2
    weight, articles = laid_out(rows).spoke(mask)
    monkeypatch.setattr(module, "AT_ONCE", 2)
    again = laid_out(rows).spoke(mask)
    assert (weight.tolist(), articles.tolist()) == (again[0].tolist(), again[1].tolist())
