"""A question asked of segments: what its words stand for, what the answer will cost, and the answer.

The cost is the number of places to look at. It is known from the tables before one of them is, so a question that
would take too long is refused at once, whatever it is made of.
"""

from collections.abc import Iterator, Sequence
from functools import reduce

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.errors import QueryError
from analytics.search.forms import forms
from analytics.search.query import Either, Every, Not, Prefix, Query, Words
from analytics.search.segment import BLOCK, Bools, Places, Segment
from analytics.search.vocabulary import Run, Vocabulary, joined
from analytics.text.letters import fold, plain, plain_all

MOST_PLACES = 20_000_000  # looked at for one query: some 100 ms
MOST_WORDS = 40_000  # of the index that are compared with those of one query: some 100 ms
SORT, SEEK, MARK = 4, 8, 1  # places that could be looked at while one is sorted, looked for among others, or marked
WINDOW = 1 << 20  # places marked at a time
OPEN = 5_000  # places that could be looked at while a window is cleared

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
                "its words stand in {price} million places, and at most {most} million are looked at: "
                "leave out the commonest words, or add letters before a *",
                price=round(price / 1e6),
                most=round(MOST_PLACES / 1e6),
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

    def places(self, at: int) -> Iterator[tuple[int, int]]:
        """The first and the last place of each word or phrase in one segment, but for those that are excluded."""
        segment = self.segments[at]
        for leaf in dict.fromkeys(_leaves(self.tree, excluded=False)):
            plan = self.plans[leaf][at]
            if all(plan):
                first = _side_by_side(segment, plan)
                yield from ((place, place + len(plan) - 1) for place in first.tolist())


def _leaves(tree: Query, *, excluded: bool = True) -> Iterator[Leaf]:
    match tree:
        case Every(parts) | Either(parts):
            for part in parts:
                yield from _leaves(part, excluded=excluded)
        case Not(part):
            if excluded:
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
                return [[v.find(each, bare=bare) for each in found] for v in self.vocabularies]

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
        words = pa.concat_arrays([v.texts.array(*run) for v, run in zip(self.vocabularies, runs, strict=True)])
        if not bare:
            words = words.filter(pc.starts_with(words, start))
        found: list[str] = words.unique().to_pylist()
        self.compared += len(found)
        if self.compared > MOST_WORDS:
            raise QueryError(
                "more than {most} words begin as its words do: search for fewer or longer ones", most=MOST_WORDS
            )
        return list(dict.fromkeys(plain_all(found))) if bare else found


def _price(segment: Segment, plan: Plan) -> int:
    """What a leaf costs, in places looked at: the most that `_matching` can come to."""
    order = sorted(plan, key=segment.size)
    sizes = [segment.size(runs) for runs in order]
    if len(plan) == 1 or not sizes[0]:
        return sizes[0]
    rest = zip(order[1:], sizes[1:], strict=True)
    first = sizes[0] if _is_one(order[0]) else SORT * sizes[0]
    return first + sum(min(_seeking(sizes[0], runs), _marking(segment, sizes[0], size)) for runs, size in rest)


def _seeking(wanted: int, runs: Sequence[Run]) -> int:
    """The price of looking for so many places among those of each of some words."""
    return SEEK * wanted * sum(last - first for first, last in runs)


def _marking(segment: Segment, wanted: int, size: int) -> int:
    """The price of marking so many places, and looking at them."""
    windows = len(segment.owners) * BLOCK // WINDOW + 1
    return MARK * (wanted + size) + OPEN * min(windows, wanted)


def _is_one(runs: Sequence[Run]) -> bool:
    return len(runs) == 1 and runs[0][1] - runs[0][0] == 1


def _matching(segment: Segment, plan: Plan) -> Bools:
    """The articles of a segment in which the words stand side by side, each in any of its forms."""
    if not all(plan):
        return np.zeros(len(segment), np.bool_)
    if len(plan) == 1:
        return segment.articles(segment.of(run) for run in plan[0])
    return segment.articles([_side_by_side(segment, plan)])


def _side_by_side(segment: Segment, plan: Plan) -> Places:
    """The places of a phrase's first word, where the others stand behind it."""
    order = sorted(range(len(plan)), key=lambda at: segment.size(plan[at]))
    found = _places(segment, plan[order[0]])
    for at in order[1:]:
        if not len(found):
            break
        wanted, runs = found + np.int32(at - order[0]), plan[at]
        if _seeking(len(found), runs) < _marking(segment, len(found), segment.size(runs)):
            found = found[_sought(segment, wanted, runs)]
        else:
            found = found[_marked(segment, wanted, runs)]
    return found - np.int32(order[0])


def _places(segment: Segment, runs: Sequence[Run]) -> Places:
    """The places of some words, ascending."""
    if _is_one(runs):
        return segment.of(runs[0])
    return np.sort(np.concatenate([segment.of(run) for run in runs]))


def _words(segment: Segment, runs: Sequence[Run]) -> Iterator[Places]:
    """The places of each word apart: ascending."""
    return (segment.of((word, word + 1)) for first, last in runs for word in range(first, last))


def _sought(segment: Segment, wanted: Places, runs: Sequence[Run]) -> Bools:
    """Which of some ascending places these words have: few are looked for among many."""
    found = np.zeros(len(wanted), np.bool_)
    for places in _words(segment, runs):
        at = np.minimum(np.searchsorted(places, wanted), len(places) - 1)
        found |= places[at] == wanted
    return found


def _marked(segment: Segment, wanted: Places, runs: Sequence[Run]) -> Bools:
    """The same, by marking the places of the words: many are looked for. A window at a time, to stay in the cache."""
    found = np.zeros(len(wanted), np.bool_)
    edges = np.arange(0, len(segment.owners) * BLOCK + WINDOW, WINDOW)
    ours = np.searchsorted(wanted, edges).tolist()
    words = [(places, np.searchsorted(places, edges).tolist()) for places in _words(segment, runs)]
    for window, edge in enumerate(edges[:-1].tolist()):
        first, last = ours[window], ours[window + 1]
        if first == last:
            continue
        marks = np.zeros(WINDOW, np.bool_)
        for places, at in words:
            marks[(places[at[window] : at[window + 1]] - edge).astype(np.intp)] = True
        found[first:last] = marks[(wanted[first:last] - edge).astype(np.intp)]
    return found
