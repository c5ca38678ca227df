"""Greedy agglomeration on a sparse graph: the two likeliest groups become one, until no two are like enough."""

from collections.abc import Iterable
from heapq import heapify, heappop, heappush

GAMMA = 0.6  # 1: groups are as like as their articles on average; 0: as their links in sum, and the large swallow all


class Groups:
    """Nodes with sizes and weighted links. Nodes below `fixed` are stories of earlier days: no two of them merge."""

    def __init__(self, sizes: Iterable[int], fixed: int) -> None:
        self.size = list(sizes)
        self.fixed = fixed
        self.near: list[dict[int, float]] = [{} for _ in self.size]
        self.into = list(range(len(self.size)))
        self.version = [0] * len(self.size)

    def link(self, one: int, other: int, weight: float) -> None:
        """Add to the link between two nodes."""
        self.near[one][other] = self.near[other][one] = self.near[one].get(other, 0.0) + weight

    def merge(self, enough: float) -> list[int]:
        """The node that each node ends up in; ties go to the older nodes."""
        heap = [self._entry(a, b) for a, near in enumerate(self.near) for b in near if a < b and b >= self.fixed]
        heapify(heap)
        while heap and -heap[0][0] >= enough:
            _, one, other, first, second = heappop(heap)
            if self.version[one] == first and self.version[other] == second:
                for node in self._join(one, other):
                    heappush(heap, self._entry(min(one, node), max(one, node)))
        return [self._root(node) for node in range(len(self.into))]

    def _entry(self, one: int, other: int) -> tuple[float, int, int, int, int]:
        like = self.near[one][other] / (self.size[one] * self.size[other]) ** GAMMA
        return -round(like, 9), one, other, self.version[one], self.version[other]

    def _join(self, one: int, other: int) -> list[int]:
        """Put `other` into `one`; returns the nodes whose likeness to it is to be looked at again."""
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
        return [node for node in near if node >= self.fixed or one >= self.fixed]

    def _root(self, node: int) -> int:
        while self.into[node] != node:
            node = self.into[node]
        return node
