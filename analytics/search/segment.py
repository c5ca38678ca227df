"""A part of the index: where each word stands in some articles.

Every word of an article has a place, one number for all articles of the part: title, a place left free, text, and free
places up to the next whole block, of which each belongs to one article. So a place says which article it is in, words
side by side have places side by side, and what an answer costs is known before it is given: the number of places.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from analytics.search.vocabulary import Run, Vocabulary, ordered, pieces
from analytics.text.packed import Packed
from analytics.text.words import Words, folded

SHIFT = 6
BLOCK = 1 << SHIFT  # places; half of one is left free per article, which costs nothing: only words are written down
MOST = 2**31  # places that a part can have: some seven million articles
CHUNK = 1 << 15  # places marked at a time; as numbers of the machine's own size, for half the price
PIECE = 100_000  # words merged at a time

Places = NDArray[np.int32]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Segment:
    """Some articles, indexed.

    Word w stands at `places[bounds[w]:bounds[w + 1]]`, ascending; place p is in article `owners[p // BLOCK]`, whose id
    is `ids[owners[p // BLOCK]]`.
    """

    words: Packed
    bounds: NDArray[np.int64]
    places: Places
    owners: NDArray[np.int32]
    ids: Packed

    def __len__(self) -> int:
        """The number of articles."""
        return len(self.ids)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Its words."""
        return Vocabulary(self.words)

    def size(self, runs: Sequence[Run]) -> int:
        """How many places these words have."""
        return sum(int(self.bounds[last] - self.bounds[first]) for first, last in runs)

    def of(self, run: Run) -> Places:
        """The places of a run of words: ascending where it is one word."""
        return self.places[self.bounds[run[0]] : self.bounds[run[1]]]

    def articles(self, places: Iterable[Places]) -> Bools:
        """For each article whether one of these places is in it."""
        blocks = np.zeros(len(self.owners), np.bool_)
        for some in places:
            for at in range(0, len(some), CHUNK):
                blocks[(some[at : at + CHUNK] >> SHIFT).astype(np.intp)] = True
        mask = np.zeros(len(self), np.bool_)
        mask[self.owners[np.flatnonzero(blocks)]] = True
        return mask


def make(articles: pa.Table) -> Segment:
    """Index articles: id, language, title and text, as `model.ARTICLES` has them."""
    return indexed(articles["id"], Words.of(articles))


def indexed(ids: pa.ChunkedArray, words: Words) -> Segment:
    """Index the words of the articles with these ids. A word is folded by the rule of its article."""
    title, text = (column.encoded for column in words.columns)
    distinct, rank = ordered(pa.array(words.ask(folded), pa.large_string()))
    numbers = rank[np.concatenate((title.ids, text.ids))]
    places, owners = _places(title.bounds, text.bounds)
    # One sort of one number per word: by word, then by place.
    keys = (numbers << 32) | places
    keys.sort()
    return Segment(
        words=Packed.of(distinct),
        bounds=_bounds(np.bincount(numbers, minlength=len(distinct))),
        places=keys.astype(np.int32),
        owners=owners,
        ids=Packed.of(pa.array(ids.to_pylist(), pa.large_string())),
    )


def _places(titles: NDArray[np.int64], texts: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The place of each word, titles first, and the article that has each block, given the bounds of each article."""
    sizes = np.diff(titles), np.diff(texts)
    blocks = -(-(sizes[0] + sizes[1] + 2) // BLOCK)
    first = (np.cumsum(blocks) - blocks) * BLOCK
    places = [
        np.arange(bounds[-1]) + np.repeat(begin - bounds[:-1], size)
        for begin, bounds, size in ((first, titles, sizes[0]), (first + sizes[0] + 1, texts, sizes[1]))
    ]
    return np.concatenate(places), np.repeat(np.arange(len(blocks), dtype=np.int32), blocks)


def _bounds(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)))


def _joined(places: Iterable[Places]) -> Places:
    return np.concatenate(list(places))


def merge(segments: Sequence[Segment], joined: Callable[[Iterable[Places]], Places] = _joined) -> Segment:
    """One segment of the same articles, in their order.

    Words are merged a piece at a time, and their places handed to `joined` as they come, to bound the memory.
    """
    blocks = _bounds(np.array([len(one.owners) for one in segments]))
    articles = _bounds(np.array([len(one) for one in segments]))
    words, counts = [], []

    def places() -> Iterator[Places]:
        for runs in pieces([one.vocabulary for one in segments], PIECE):
            texts = pa.concat_arrays([s.words.array(*run) for s, run in zip(segments, runs, strict=True)])
            found, numbers = ordered(texts)
            each = [np.diff(s.bounds[run[0] : run[1] + 1]) for s, run in zip(segments, runs, strict=True)]
            keys = np.repeat(numbers, np.concatenate(each)) << 32
            moved = zip(segments, runs, blocks.tolist(), strict=False)
            keys |= np.concatenate([s.of(run) + block * BLOCK for s, run, block in moved])
            keys.sort()
            words.append(found)
            counts.append(np.bincount(numbers, np.concatenate(each), minlength=len(found)).astype(np.int64))
            yield keys.astype(np.int32)

    return Segment(
        places=joined(places()),  # first: the words are known when it is done
        words=Packed.of(pa.concat_arrays(words)),
        bounds=_bounds(np.concatenate(counts)),
        owners=np.concatenate([s.owners + a for s, a in zip(segments, articles.tolist(), strict=False)]).astype(
            np.int32
        ),
        ids=Packed.of(pa.concat_arrays([one.ids.array() for one in segments])),
    )
