"""Strings as numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from analytics.cube.bits import Bits, Counts, ones, pack, union, unpacked
from analytics.text.packed import Packed

FEW = 100  # strings of a column whose rows are kept as bits: at 1 M rows each takes 125 kB
Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Codes:
    """A column of strings as numbers: `levels[codes[i]]` is the string of row i."""

    levels: Sequence[str]
    codes: Ints

    @cached_property
    def code(self) -> Mapping[str, int]:
        """The way back: the number of each string."""
        return {level: code for code, level in enumerate(self.levels)}

    @cached_property
    def bits(self) -> list[Bits]:
        """The rows of each string; for columns of `FEW` strings."""
        return [pack(self.codes == code) for code in range(len(self.levels))]

    def strings(self, codes: NDArray[np.integer]) -> pa.Array:
        """The strings of these numbers. Of packed ones none is made that Python would look at."""
        levels = self.levels.array() if isinstance(self.levels, Packed) else pa.array(self.levels, pa.large_string())
        return levels.take(pa.array(codes))

    def among(self, wanted: Iterable[str]) -> Bools:
        """The rows that have any of these strings."""
        codes = [self.code[value] for value in wanted if value in self.code]
        if len(self.levels) <= FEW:
            return unpacked(union([self.bits[code] for code in codes], len(self.codes)), len(self.codes))
        among = np.zeros(len(self.levels) + 1, np.bool_)
        among[codes] = True
        return among[self.codes]

    def different(self, rows: NDArray[np.integer]) -> int:
        """How many strings some rows have; the empty one, which says that nothing is known, is none."""
        return sum(code >= 0 and bool(self.levels[code]) for code in np.unique(self.codes[rows]).tolist())

    def counts(self, mask: Bools) -> Counts:
        """How many rows of a mask have each string."""
        if len(self.levels) <= FEW:
            packed = pack(mask)
            return np.array([ones(bits & packed) for bits in self.bits], np.int64)
        codes = np.where(mask, self.codes, len(self.levels))  # thrice as fast as taking those of the mask
        return np.bincount(codes, minlength=len(self.levels) + 1)[:-1]


def coded(parts: Iterable[pa.Array]) -> Codes:
    """A column that comes in parts, its strings numbered in the order in which they are first seen; -1 for none."""
    column = pa.chunked_array([part.dictionary_encode() for part in parts], pa.dictionary(pa.int32(), pa.string()))
    chunks = column.unify_dictionaries().chunks
    codes = [chunk.indices.fill_null(-1).to_numpy(zero_copy_only=False) for chunk in chunks]
    levels = chunks[-1].dictionary.to_pylist() if chunks else ()
    return Codes(tuple(levels), np.concatenate([np.empty(0, np.int32), *codes]))


def first_of(codes: Ints, number: int) -> NDArray[np.int64]:
    """The first row of each of so many numbers, all of which occur."""
    first = np.empty(number, np.int64)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)  # of several the last one written stays
    return first
