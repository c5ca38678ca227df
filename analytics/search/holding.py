"""Which articles hold a name, when it is known for each of its words which words of the index may be a form of it."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pyarrow as pa

from analytics.corpus import Corpus
from analytics.search.reader import parts
from analytics.search.segment import Places, Segment

APART = 3  # places from one word of a name to the next, at most: a courtesy word or a patronymic may stand between


Sought = Iterable[Sequence[Sequence[int]]]


def holding(corpus: Corpus, sought: Callable[[Sequence[str]], Sought]) -> pa.LargeStringArray:
    """The ids of the articles in which, for something that is sought, one word of each list stands after the other.

    `sought` is asked with the words of each part of the index, and answers with numbers of them. Ids that are not in
    the open version of the corpus may be among those found.
    """
    found = [_holding(segment, sought(segment.words.array().to_pylist())) for segment in parts(corpus).values()]
    return pa.concat_arrays([pa.array([], pa.large_string()), *found])


def _holding(segment: Segment, sought: Sought) -> pa.LargeStringArray:
    mask = np.zeros(len(segment), np.bool_)
    for words in sought:
        places = _places(segment, words[0])
        for following in words[1:]:
            places = _after(places, _places(segment, following))
        mask |= segment.articles([places])
    return segment.ids.array().filter(pa.array(mask))


def _places(segment: Segment, words: Sequence[int]) -> Places:
    """Where these words stand, ascending."""
    return np.sort(np.concatenate([np.zeros(0, np.int32), *(segment.of((word, word + 1)) for word in words)]))


def _after(places: Places, following: Places) -> Places:
    """Those of the latter that stand close behind one of the former."""
    before = np.searchsorted(places, following) - 1
    there = before >= 0
    return following[there][following[there] - places[before[there]] <= APART]
