"""A question asked of segments: what its words stand for, what the answer will cost, and the answer.

The cost is the number of places to look at. It is known from the tables before one of them is, so a question that
would take too long is refused at once, whatever it is made of.
"""

from collections.abc import Iterator, Sequence
from functools import reduce

import numpy as np

from analytics.errors import QueryError
from analytics.search.forms import forms
from analytics.search.query import Either, Every, Not, Prefix, Query, Words
from analytics.search.segment import Bools, Places, Segment
from analytics.search.vocabulary import Run, Vocabulary, joined
from analytics.text.letters import fold, plain, plain_all

MOST_PLACES = 20_000_000  # looked at for one query: some 100 ms
MOST_WORDS = 200_000  # of the index that are compared with those of one query: some 100 ms
SORT, SEEK = 4, 8  # places that could be looked at while one is sorted, or looked for among others

Leaf = Words | Prefix
Plan = list[list[Run]]
"""For each word of a leaf the runs of words that it stands for in one segment."""


class Question:
    """A query, and what its words stand for in each of these segments. Raises QueryError when it asks too much."""

    def __init__(self, segments: Sequence[Segment], tree: Query) -> None:
        self.segments, self.tree = segments, tree
        index = _Index([segment.vocabulary for segment in segments])
        self.plans = {leaf: index.plans(leaf) for leaf in dict.fromkeys(_leaves(tree))}
        price = sum(
            _price(segment, plan)
            for plans in self.plans.values()
            for segment, plan in zip(segments, plans, strict=True)
        )
        if price > MOST_PLACES:
            raise QueryError(
                f"its words stand in {price / 1e6:.0f} million places, and at most {MOST_PLACES / 1e6:.0f} million "
                "are looked at: leave out the commonest words, or add letters before a *"
            )

    def answer(self, at: int) -> Bools:
        """For each article of one segment whether it matches."""
        segment = self.segments[at]
        found = {leaf: _matching(segment, plans[at]) for leaf, plans in self.plans.items()}

        def of(tree: Query) -> Bools:
            match tree:
                case Every(parts):
                    return reduce(np.logical_and, map(of, parts))
                case Either(parts):
                    return reduce(np.logical_or, map(of, parts))
                case Not(part):
                    return ~of(part)
                case leaf:
                    return found[leaf]

        return of(self.tree)


def _leaves(tree: Query) -> Iterator[Leaf]:
    match tree:
        case Every(parts) | Either(parts):
            for part in parts:
                yield from _leaves(part)
        case Not(part):
            yield from _leaves(part)
        case leaf:
            yield leaf


class _Index:
    """The words of all segments together: a word stands for the same forms in each."""

    def __init__(self, vocabularies: Sequence[Vocabulary]) -> None:
        self.vocabularies = vocabularies
        self.compared = 0
        self.looked_up: dict[tuple[str, bool], list[str]] = {}

    def plans(self, leaf: Leaf) -> list[Plan]:
        """What a leaf stands for, for each segment. Words typed without any diacritic are found with them."""
        match leaf:
            case Prefix(start):
                return [[self._beginning(vocabulary, start)] for vocabulary in self.vocabularies]
            case Words(words):
                bare = all(map(str.isascii, words))
                found = [forms(word, lambda start: self.lookup(start, bare=bare), bare=bare) for word in words]
                return [[v.alike(each) if bare else v.exactly(each) for each in found] for v in self.vocabularies]

    def _beginning(self, vocabulary: Vocabulary, start: str) -> list[Run]:
        if start.isascii():
            return joined([vocabulary.beginning(plain(fold(start)))])
        starts = {fold(start), fold(start, "az")}
        return joined(run for one in starts for run in vocabulary.spelled(vocabulary.beginning(plain(one)), one))

    def lookup(self, start: str, *, bare: bool) -> list[str]:
        """The words of the index that begin so, without their diacritics if `bare`."""
        if (start, bare) not in self.looked_up:
            self.looked_up[start, bare] = self._lookup(start, bare=bare)
        return self.looked_up[start, bare]

    def _lookup(self, start: str, *, bare: bool) -> list[str]:
        runs = [vocabulary.beginning(plain(start)) for vocabulary in self.vocabularies]
        self.compared += sum(last - first for first, last in runs)
        if self.compared > MOST_WORDS:
            raise QueryError(f"more than {MOST_WORDS:,} words begin as its words do: search for fewer or longer ones")
        found: set[str] = set()
        for vocabulary, run in zip(self.vocabularies, runs, strict=True):
            found.update(vocabulary.texts.array(*run).to_pylist())
        if bare:
            return list(dict.fromkeys(plain_all([*found])))
        return [word for word in found if word.startswith(start)]


def _price(segment: Segment, plan: Plan) -> int:
    """What a leaf costs, in places looked at."""
    sizes = sorted(map(segment.size, plan))
    if len(sizes) == 1 or not sizes[0]:
        return sizes[0]
    return SORT * sum(sizes) + SEEK * sizes[0] * (len(sizes) - 1)


def _matching(segment: Segment, plan: Plan) -> Bools:
    """The articles of a segment in which the words stand side by side, each in any of its forms."""
    mask = np.zeros(len(segment), np.bool_)
    if len(plan) == 1:
        for run in plan[0]:
            mask[segment.articles(segment.of(run))] = True
    elif all(plan):
        mask[segment.articles(_side_by_side(segment, plan))] = True
    return mask


def _side_by_side(segment: Segment, plan: Plan) -> Places:
    """The places of a phrase's first word: those of its rarest word, kept where the others stand around them."""
    order = sorted(range(len(plan)), key=lambda at: segment.size(plan[at]))
    found = _places(segment, plan[order[0]]) - np.int32(order[0])
    for at in order[1:]:
        if len(found):
            found = found[_among(found + np.int32(at), _places(segment, plan[at]))]
    return found


def _places(segment: Segment, runs: Sequence[Run]) -> Places:
    """The places of some words, ascending."""
    if len(runs) == 1 and runs[0][1] - runs[0][0] == 1:
        return segment.of(runs[0])
    return np.sort(np.concatenate([segment.of(run) for run in runs]))


def _among(wanted: Places, places: Places) -> Bools:
    """Which of these ascending numbers are among those."""
    at = np.minimum(np.searchsorted(places, wanted), len(places) - 1)
    found: Bools = places[at] == wanted
    return found
