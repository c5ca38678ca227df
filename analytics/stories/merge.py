"""Greedy agglomeration on a sparse graph: the two likeliest groups become one, until no two are like enough."""

from collections.abc import Callable, Iterable
from heapq import heapify, heappop, heappush

import numpy as np

from analytics.stories.features import Floats, Ints

GAMMA = 0.6  # 1: groups are as like as their articles on average; 0: as their links in sum, and the large swallow all

Entry = tuple[float, int, int, int, int]  # less likeness, the two nodes, and how often each had grown


class Groups:
    """Nodes with sizes and weighted links. Nodes below `fixed` are stories of earlier days: no two of them merge."""

    def __init__(self, sizes: Iterable[int], fixed: int) -> None:
        self.size = list(sizes)
        self.fixed = fixed
        self.near: list[dict[int, float]] = [{} for _ in self.size]
        self.into = list(range(len(self.size)))
        self.version = [0] * len(self.size)

    def link(self, one: Ints, other: Ints, weight: Floats) -> None:
        """Add to the links between nodes."""
        pair, which = np.unique(np.minimum(one, other) * len(self.near) + np.maximum(one, other), return_inverse=True)
        for key, added in zip(pair.tolist(), np.bincount(which, weight, len(pair)).tolist(), strict=True):
            older, newer = divmod(key, len(self.near))
            self.near[older][newer] = self.near[newer][older] = self.near[older].get(newer, 0.0) + added

    def merge(self, enough: float) -> list[int]:
        """The node that each node ends up in; ties go to the older nodes."""
        heap: list[Entry] = []
        for one in range(len(self.near)):
            self._offer(heap, one, (node for node in self.near[one] if node > one), enough)
        heapify(heap)
        while heap:
            _, one, other, first, second = heappop(heap)
            if self.version[one] == first and self.version[other] == second:
                self._join(one, other)
                self._offer(heap, one, self.near[one], enough, heappush)
        return [self._root(node) for node in range(len(self.into))]

    def _offer(
        self,
        heap: list[Entry],
        one: int,
        nodes: Iterable[int],
        enough: float,
        push: Callable[[list[Entry], Entry], None] = list.append,
    ) -> None:
        """Put the pairs of `one` with these nodes on the heap that are like enough to become one group."""
        near, size, version, fixed = self.near[one], self.size, self.version, self.fixed
        scale = size[one] ** GAMMA
        for node in nodes:
            like = near[node] / (scale * size[node] ** GAMMA)
            if like >= enough and (one >= fixed or node >= fixed):
                older, newer = (one, node) if one < node else (node, one)
                push(heap, (-like, older, newer, version[older], version[newer]))

    def _join(self, one: int, other: int) -> None:
        """Put `other` into `one`."""
        self.into[other] = one
        self.size[one] += self.size[other]
        self.version[one] += 1
        self.version[other] = -1
        near = self.near[one]
        del near[other]
        for node, weight in self.near[other].items():
            if node != one:
                del self.near[node][other]
                near[node] = self.near[node][one] = near.get(node, 0.0) + weight
        self.near[other] = {}

    def _root(self, node: int) -> int:
        while self.into[node] != node:
            node = self.into[node]
        return node
