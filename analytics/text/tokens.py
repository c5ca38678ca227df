"""Encode once: texts become ids of word types with character offsets, and words are thought about as types.

A corpus has a hundred times more tokens than types, so what is done per type costs next to nothing. Splitting
works on the code points of all texts at once (numpy), and the dictionary is made by Arrow; no Python loop runs
over tokens.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa

SEPARATOR = "\n"  # stands between texts; never part of a word


@dataclass(frozen=True, slots=True)
class Encoded:
    """Texts as word ids. A word is a run of letters, digits and combining marks.

    `types` are the distinct surface forms; token k has form `types[ids[k]]` and stands at characters
    `starts[k]` to `ends[k]` of its text; text i holds the tokens from `bounds[i]` to `bounds[i + 1]`.
    """

    types: list[str]
    ids: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int32]
    bounds: npt.NDArray[np.int64]

    def __len__(self) -> int:
        """The number of texts."""
        return len(self.bounds) - 1

    def count(self, text: int) -> int:
        """The number of words of one text."""
        return int(self.bounds[text + 1] - self.bounds[text])

    def some(self, first: int, last: int) -> "Encoded":
        """The texts from `first` to before `last`; their types are those of all."""
        cut = slice(int(self.bounds[first]), int(self.bounds[last]))
        bounds = self.bounds[first : last + 1] - self.bounds[first]
        return Encoded(self.types, self.ids[cut], self.starts[cut], self.ends[cut], bounds)

    def tokens(self, text: int) -> slice:
        """Where the tokens of one text stand in `ids`, `starts` and `ends`."""
        return slice(int(self.bounds[text]), int(self.bounds[text + 1]))


def encode(texts: Sequence[str] | pa.Array | pa.ChunkedArray) -> Encoded:
    """Split texts into words and number their types. A null text is an empty one."""
    if isinstance(texts, pa.Array | pa.ChunkedArray):
        texts = texts.to_pylist()
    joined = SEPARATOR.join(text or "" for text in texts)
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    begins, stops = _words(points)
    lengths = np.fromiter((len(text or "") for text in texts), dtype=np.int64, count=len(texts))
    firsts = np.concatenate(([0], np.cumsum(lengths + 1)))[: len(texts)]  # where each text begins in `joined`
    bounds = np.searchsorted(begins, np.append(firsts, len(points) + 1)).astype(np.int64)
    base = np.repeat(firsts, np.diff(bounds))
    types, ids = _dictionary(joined, points, begins, stops)
    return Encoded(types, ids, (begins - base).astype(np.int32), (stops - base).astype(np.int32), bounds)


@cache
def _is_word() -> npt.NDArray[np.bool_]:
    """For each code point of the Basic Multilingual Plane, whether it belongs to a word (~20 ms, once)."""
    table = np.zeros(0x10000 + 1, dtype=np.bool_)
    for point in range(0x10000):
        letter = chr(point)
        table[point] = letter.isalnum() or 0x0300 <= point <= 0x036F  # combining marks
    return table


def _words(points: npt.NDArray[np.uint32]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """First and one-past-last positions of all runs of word characters. Beyond the BMP nothing is a word."""
    inside = _is_word()[np.minimum(points, 0x10000)]
    edges = np.flatnonzero(np.diff(np.concatenate(([False], inside, [False])).view(np.int8)))
    return edges[::2], edges[1::2]


def _dictionary(
    joined: str, points: npt.NDArray[np.uint32], begins: npt.NDArray[np.int64], stops: npt.NDArray[np.int64]
) -> tuple[list[str], npt.NDArray[np.int32]]:
    """Distinct words in order of first appearance, and the number of each word."""
    if not len(begins):
        return [], np.zeros(0, dtype=np.int32)
    # Words and the gaps between them, in turn, are one Arrow string array over the UTF-8 buffer: no copy of the text.
    cuts = _byte_positions(points, np.column_stack((begins, stops)).ravel())
    data = pa.py_buffer(joined.encode("utf-8", "surrogatepass"))
    both = pa.LargeStringArray.from_buffers(len(cuts) - 1, pa.py_buffer(np.ascontiguousarray(cuts)), data)
    coded = both.dictionary_encode()
    codes = coded.indices.to_numpy(zero_copy_only=False)[::2]
    used = np.zeros(len(coded.dictionary), dtype=np.bool_)
    used[codes] = True  # the rest are gaps; Arrow numbers by first appearance, and so do we
    number = np.cumsum(used, dtype=np.int32) - 1
    return coded.dictionary.filter(pa.array(used)).to_pylist(), number[codes]


def _byte_positions(points: npt.NDArray[np.uint32], at: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Where these characters begin in UTF-8."""
    extra = (points >= 0x80).view(np.int8) + (points >= 0x800).view(np.int8) + (points >= 0x10000).view(np.int8)
    before = np.concatenate(([0], np.cumsum(extra, dtype=np.int64)))
    return at + before[at]
