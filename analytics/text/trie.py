"""Which words of a list many other words begin with: all of them walked at once, a letter at a time.

For names that are compared by their letters; `mentions/heads.py` does it for those that are compared by their sound,
which a later letter may change, and takes more than twice as long.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

_LETTERS = 1 << 21  # more than there are code points: a step is a node times this plus a letter


class Trie:
    """A set of words as the tree of their letters, in sorted arrays: a step is looked up by bisection."""

    def __init__(self, words: Iterable[str]) -> None:
        points, starts, lengths = _letters(sorted(set(words)))
        node = np.zeros(len(starts), dtype=np.int64)
        steps, whole, nodes = [], [np.zeros(1, dtype=np.bool_)], 1
        for at in range(int(lengths.max(initial=0))):
            live = lengths > at
            found, inverse = np.unique(node[live] * _LETTERS + points[starts[live] + at], return_inverse=True)
            node[live] = nodes + inverse
            ends = np.zeros(len(found), dtype=np.bool_)
            ends[inverse[lengths[live] == at + 1]] = True
            steps.append(found)
            whole.append(ends)
            nodes += len(found)
        self._steps = np.concatenate([np.zeros(0, dtype=np.int64), *steps])  # sorted: deeper nodes have higher numbers
        self._whole = np.concatenate(whole)

    def beginnings(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """The number of a word and the length of a word of the trie that it begins with, shorter ones first."""
        points, starts, lengths = _letters(words)
        live, node, at = np.flatnonzero(lengths), np.zeros(np.count_nonzero(lengths), dtype=np.int64), 0
        while len(live) and len(self._steps):
            step = node * _LETTERS + points[starts[live] + at]
            place = np.minimum(np.searchsorted(self._steps, step), len(self._steps) - 1)
            there = self._steps[place] == step
            live, node, at = live[there], place[there] + 1, at + 1
            hits = live[self._whole[node]]
            yield from zip(hits.tolist(), [at] * len(hits), strict=True)
            longer = lengths[live] > at
            live, node = live[longer], node[longer]


def _letters(words: Sequence[str]) -> tuple[Ints, Ints, Ints]:
    """The code points of all words one after the other; where each word begins, and how long it is."""
    points = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    return points, np.concatenate(([0], np.cumsum(lengths)))[: len(words)].astype(np.int64), lengths
