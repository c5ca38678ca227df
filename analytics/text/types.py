"""Answers about word types: asked once for each, since batches of articles share most of their words."""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

REMEMBERED = 1 << 18  # types whose answers are kept; a corpus has more, a batch has not

T = TypeVar("T")


class Remembered(Generic[T]):
    """A function of many word types that asks `answer` only for those it has not seen lately."""

    def __init__(self, answer: Callable[[list[str]], Iterable[T]]) -> None:
        self._answer = answer
        self._known: dict[str, T] = {}

    def __call__(self, types: Sequence[str]) -> list[T]:
        """The answer for each type, in order."""
        new = [word for word in types if word not in self._known]
        if len(self._known) + len(new) > REMEMBERED:
            self._known.clear()
            new = list(types)
        if new:
            self._known.update(zip(new, self._answer(new), strict=True))
        return [self._known[word] for word in types]
