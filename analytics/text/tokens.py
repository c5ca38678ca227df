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
    inside = _is_word().take(points, mode="clip")
    begins, stops = _runs(inside)
    lengths = np.fromiter((len(text or "") for text in texts), dtype=np.int64, count=len(texts))
    firsts = np.concatenate(([0], np.cumsum(lengths + 1)))[: len(texts)]  # where each text begins in `joined`
    bounds = np.searchsorted(begins, np.append(firsts, len(points) + 1)).astype(np.int64)
    base = np.repeat(firsts, np.diff(bounds))
    types, ids = _dictionary(points[inside], stops - begins)
    return Encoded(types, ids, (begins - base).astype(np.int32), (stops - base).astype(np.int32), bounds)


@cache
def _is_word() -> npt.NDArray[np.bool_]:
    """For each code point of the Basic Multilingual Plane, whether it belongs to a word (~20 ms, once).

    The last entry is for all points beyond it, of which none does.
    """
    table = np.zeros(0x10000 + 1, dtype=np.bool_)
    for point in range(0x10000):
        letter = chr(point)
        table[point] = letter.isalnum() or 0x0300 <= point <= 0x036F  # combining marks
    return table


def _runs(inside: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """First and one-past-last positions of all runs of what is inside."""
    around = np.zeros(len(inside) + 2, dtype=np.bool_)
    around[1:-1] = inside
    edges = np.flatnonzero(around[1:] != around[:-1])
    return edges[::2], edges[1::2]


def _dictionary(
    letters: npt.NDArray[np.uint32], lengths: npt.NDArray[np.int64]
) -> tuple[list[str], npt.NDArray[np.int32]]:
    """Distinct words in order of first appearance, and the number of each word.

    The words stand one after the other without gaps, so that Arrow has them from their UTF-8 without a copy of each.
    """
    if not len(lengths):
        return [], np.zeros(0, dtype=np.int32)
    size = 1 + (letters >= 0x80).view(np.int8) + (letters >= 0x800).view(np.int8)  # bytes of UTF-8; none is longer
    cuts = np.concatenate(([0], np.cumsum(size, dtype=np.int64)[np.cumsum(lengths) - 1]))
    data = pa.py_buffer(letters.tobytes().decode("utf-32-le").encode())
    coded = pa.LargeStringArray.from_buffers(len(lengths), pa.py_buffer(cuts), data).dictionary_encode()
    return coded.dictionary.to_pylist(), coded.indices.to_numpy()
