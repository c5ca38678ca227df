"""A whole number for each article, added up over the articles of any mask.

A mask is one byte per article. Where many articles have a number, its binary digits are kept as one bit per article,
so that what number and mask say together is one AND and one count of bits; where few have, they are looked up article
by article.
"""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from analytics.cube.bits import Bits, Counts, between, ones, pack
from analytics.cube.codes import Bools, Ints

MANY = 32  # one article in so many: there a bit for each article takes no more room than a number for each of them


@dataclass(frozen=True, slots=True, eq=False)
class Mask:
    """Some articles, as a byte and as a bit for each."""

    bytes: Bools
    bits: Bits

    @classmethod
    def of(cls, mask: Bools) -> Self:
        """The articles for which it is true."""
        return cls(mask, pack(mask))


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """A number for each article: plane j has its binary digit j, and `rest` an article as often as is still to add."""

    planes: tuple[Bits, ...]
    rest: Ints

    @classmethod
    def of(cls, rows: Ints, numbers: NDArray[np.integer], articles: int) -> Self:
        """The numbers of these rows, which ascend; 0 for other articles. Digits are bits so far as many have them."""
        planes: list[Bits] = []
        while many(int(np.count_nonzero(left := numbers >> len(planes))), articles):
            digit = np.zeros(articles, np.bool_)
            digit[rows] = left & 1
            planes.append(pack(digit))
        return cls(tuple(planes), np.repeat(rows, left << len(planes)))

    @classmethod
    def of_repeated(cls, rows: Ints, articles: int) -> Self:
        """The number of times that each row stands there; they ascend."""
        other = rows[1:] != rows[:-1]
        if other.all():
            return cls.of(rows, np.ones(len(rows), np.uint8), articles)
        bounds = np.concatenate([[0], np.flatnonzero(other) + 1, [len(rows)]])
        return cls.of(rows[bounds[:-1]], np.diff(bounds), articles)

    def sum(self, mask: Mask) -> int:
        """The sum over a mask."""
        digits = sum(ones(plane & mask.bits) << place for place, plane in enumerate(self.planes))
        return digits + int(np.count_nonzero(mask.bytes.take(self.rest, mode="clip")))

    def between(self, mask: Mask, bounds: Counts) -> Counts:
        """The sums over the articles of a mask between each bound and the next."""
        found = sums(mask.bytes.take(self.rest, mode="clip"), np.searchsorted(self.rest, bounds.astype(np.int32)))
        for place, plane in enumerate(self.planes):
            found += between(plane & mask.bits, bounds) << place
        return found


def many(number: int, articles: int) -> bool:
    """Whether so many articles are better kept as bits."""
    return bool(0 < articles <= number * MANY)


def sums(values: NDArray[Any], bounds: NDArray[Any]) -> Counts:
    """The sum of the values between each bound and the next; 32 bits take half the time of 64 over 20 M values."""
    found = np.zeros(len(bounds) - 1, dtype=np.int64)
    some = bounds[1:] > bounds[:-1]  # `reduceat` has no empty stretch
    if some.any():
        starts = bounds[:-1][some]
        whole = np.add.reduceat(values[: bounds[-1]], starts, dtype=np.int32)
        found[some] = whole
    return found
