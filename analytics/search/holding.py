"""Which articles hold a name, when it is known for each of its words which words of the index may be a form of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from analytics.corpus import Corpus
from analytics.search.reader import parts
from analytics.search.segment import Places, Segment
from analytics.text.wordlist import WordList

APART = 3  # places from one word of a name to the next, at most: a courtesy word or a patronymic may stand between
_NONE = pa.array([], pa.large_string())

Names = Iterable[Sequence[Sequence[int]]]
Sought = Callable[[WordList], Names]


def holding(corpus: Corpus, sought: Mapping[str, Sought]) -> dict[str, pa.LargeStringArray]:
    """For each that is sought, the ids of the articles in which one word of each list stands after the other.

    What is sought is asked with the words of the index, each once, and answers with numbers of them. Ids that are not
    in the open version of the corpus may be among those found.
    """
    segments = list(parts(corpus).values())
    words = pc.unique(pa.concat_arrays([_NONE, *(segment.words.array() for segment in segments)]))
    listed = WordList(words)
    return {key: _found(segments, words, list(names(listed))) for key, names in sought.items()}


def _found(segments: Sequence[Segment], words: pa.LargeStringArray, names: Names) -> pa.LargeStringArray:
    used = np.unique(np.fromiter((word for name in names for each in name for word in each), np.int64))
    numbered = [[np.searchsorted(used, each) for each in name] for name in names]
    texts = words.take(pa.array(used))
    return pa.concat_arrays([_NONE, *(_holding(segment, numbered, texts) for segment in segments)])


def _holding(
    segment: Segment, names: Sequence[Sequence[NDArray[np.int64]]], texts: pa.LargeStringArray
) -> pa.LargeStringArray:
    mask, number = np.zeros(len(segment), np.bool_), _numbers(segment, texts)
    for name in names:
        first, *rest = ([at for at in number[each].tolist() if at >= 0] for each in name)
        places = _places(segment, first)
        for following in rest:
            places = _after(places, _places(segment, following))
        mask |= segment.articles([places])
    return segment.ids.array().filter(pa.array(mask))


def _numbers(segment: Segment, texts: pa.LargeStringArray) -> NDArray[np.int64]:
    """The number that each of these words has in a segment, -1 for one that it does not have."""
    words = segment.words.array()
    there = np.flatnonzero(pc.is_in(words, texts))  # looked for among the few: no table of all words is made
    found = np.full(len(texts), -1)
    found[pc.index_in(words.take(pa.array(there)), texts).to_numpy()] = there
    return found


def _places(segment: Segment, words: Sequence[int]) -> Places:
    """Where these words stand, ascending."""
    return np.sort(np.concatenate([np.zeros(0, np.int32), *(segment.of((word, word + 1)) for word in words)]))


def _after(places: Places, following: Places) -> Places:
    """Those of the latter that stand close behind one of the former."""
    before = np.searchsorted(places, following) - 1
    there = before >= 0
    return following[there][following[there] - places[before[there]] <= APART]
