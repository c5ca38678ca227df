"""Strings as numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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

    def counts(self, mask: Bools) -> Counts:
        """How many rows of a mask have each string."""
        if len(self.levels) <= FEW:
            packed = pack(mask)
            return np.array([ones(bits & packed) for bits in self.bits], np.int64)
        codes = np.where(mask, self.codes, len(self.levels))  # thrice as fast as taking those of the mask
        return np.bincount(codes, minlength=len(self.levels) + 1)[:-1]


@dataclass(slots=True)
class Coder:
    """Gives strings numbers in the order in which they are first seen; `same` are those that count as another."""

    code: dict[str, int] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)

    def codes(self, column: pa.Array) -> Ints:
        """The number of each string, -1 for a missing one."""
        encoded = column.dictionary_encode()
        known = [None if v is None else self.same.get(v, v) for v in encoded.dictionary.to_pylist()]
        table = [-1 if v is None else self.code.setdefault(v, len(self.code)) for v in known]
        codes: Ints = np.array([*table, -1], np.int32)[encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)]
        return codes

    def column(self, codes: Ints) -> Codes:
        """Numbers given earlier, with the strings they stand for."""
        return Codes(tuple(self.code), codes)
