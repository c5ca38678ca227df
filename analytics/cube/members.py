"""What belongs to each of many groups."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Self

import numpy as np

from analytics.cube.bits import Counts
from analytics.cube.codes import Ints
from analytics.cube.keep import Keep


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """The rows of each group, in order: those of group g are `rows[bounds[g]:bounds[g + 1]]`."""

    rows: Ints
    bounds: Counts

    @classmethod
    def grouped(cls, groups: Ints, number: int) -> Self:
        """The rows of so many groups, given the group of each; -1 is no group."""
        order = np.argsort(groups, kind="stable").astype(np.int32)
        rows = order[np.count_nonzero(groups < 0) :]
        return cls(rows, np.searchsorted(groups[rows], np.arange(number + 1)))

    @classmethod
    def kept(cls, keep: Keep, name: str, make: Callable[[], Self]) -> Self:
        """Those that are kept under a name, or those now made."""
        made = cache(make)
        return cls(keep(f"{name}-rows", lambda: made().rows), keep(f"{name}-bounds", lambda: made().bounds))

    def of(self, group: int) -> Ints:
        """The rows of a group."""
        return self.rows[self.bounds[group] : self.bounds[group + 1]]
