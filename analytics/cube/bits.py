"""Articles as bits, 64 in a word: an AND and a count of bits look at as many in one step of the machine."""

from collections.abc import Iterable
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

WORD = 64  # bits in a word
ALL = np.uint64(2**WORD - 1)
Bits = NDArray[np.uint64]
Counts = NDArray[np.int64]


def pack(mask: NDArray[np.bool_]) -> Bits:
    """A mask as bits in whole words, with at least one bit to spare."""
    packed = none(len(mask))
    bits = np.packbits(mask)
    packed.view(np.uint8)[: len(bits)] = bits
    return packed


def none(size: int) -> Bits:
    """The bits of a mask of this size in which there is nothing."""
    return np.zeros(size // WORD + 1, np.uint64)


def union(some: Iterable[Bits], size: int) -> Bits:
    """What is in any of these masks of one size."""
    return reduce(np.bitwise_or, some, none(size))


def unpacked(bits: Bits, size: int) -> NDArray[np.bool_]:
    """The inverse of `pack`."""
    return np.unpackbits(bits.view(np.uint8), count=size).view(np.bool_)


def ones(bits: Bits) -> int:
    """How many bits are set."""
    return int(np.bitwise_count(bits).sum(dtype=np.int64))


def between(bits: Bits, bounds: NDArray[Any]) -> Counts:
    """How many bits are set between each bound and the next: the articles of a mask in stretches of rows."""
    before = np.zeros(len(bits) + 1, np.int64)
    np.cumsum(np.bitwise_count(bits), out=before[1:])
    word, rest = np.divmod(bounds, WORD)
    cut = bits[word].view(">u8") & ~(ALL >> rest.astype(np.uint64))  # packed, an article comes in a word's highest bits
    found: Counts = np.diff(before[word] + np.bitwise_count(cut))
    return found
