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
            weights[topic, WORDS[term]] += weight
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
    assert {key: weight for key, weight in found.items() if weight} == pytest.approx(weights, rel=1e-6)
    assert {key: number for key, number in counted.items() if number} == {key: len(own) for key, own in where.items()}


@given(rows=spoken, mask=masks)
def test_articles_add_up(rows: list[tuple[int, int, int, float]], mask: np.ndarray) -> None:
    """What a mask has is what its articles have one by one, and its number is so to the last digit."""
    terms = laid_out(rows)
    weight, articles = terms.spoke(mask)
    each = [terms.spoke(np.arange(ARTICLES) == at) for at in np.flatnonzero(mask)]
    assert weight.tolist() == pytest.approx(sum((one for one, _ in each), np.zeros(len(terms.topic))).tolist())
    assert articles.tolist() == sum((one for _, one in each), np.zeros(len(terms.topic), np.int64)).tolist()


@given(rows=spoken, mask=masks)
def test_few_articles_are_picked_out(rows: list[tuple[int, int, int, float]], mask: np.ndarray) -> None:
    """They say the same, whether they are picked out or all between them are gone through."""
    found = []
    for few in (0, len(mask) + 1):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "FEW", few)
            weight, articles = laid_out(rows).spoke(mask)
            found.append((weight.tolist(), articles.tolist()))
    assert found[0] == found[1]


def test_a_large_corpus_is_added_up_without_an_error() -> None:
    """A term in every article, as heavy as can be: the sums of a hundred million fit, and the numbers stay apart."""
    for articles in (0, 1, 1_000_000, 100_000_000):
        scale = module.Scale.of(articles)
        heavy = scale.one + round(0.99 * module.HEAVY / scale.unit)
        whole = np.array([heavy * articles])  # OverflowError when it is more than 64 bits hold
        assert scale.articles(whole).tolist() == [articles]
        assert scale.weight(whole)[0] == pytest.approx(0.99 * module.HEAVY * articles, rel=1e-3)
