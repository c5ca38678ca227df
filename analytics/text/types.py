"""Answers about word types: asked once for each, since batches of articles share most of their words."""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

REMEMBERED = 1 << 16  # types of a generation, of which two are kept; a corpus has more, a batch has not

T = TypeVar("T")


class Remembered(Generic[T]):
    """A function of many word types that asks `answer` only for those it has not seen lately."""

    def __init__(self, answer: Callable[[list[str]], Iterable[T]]) -> None:
        self._answer = answer
        self._young: dict[str, T] = {}
        self._old: dict[str, T] = {}

    def __call__(self, types: Sequence[str]) -> list[T]:
        """The answer for each type, in order."""
        missing = [word for word in types if word not in self._young]
        if len(self._young) + len(missing) > REMEMBERED:
            self._old, self._young, missing = self._young, {}, list(types)
        if missing:
            self._young.update((word, self._old[word]) for word in missing if word in self._old)
            new = list(dict.fromkeys(word for word in missing if word not in self._young))
            self._young.update(zip(new, self._answer(new), strict=True))
        return [self._young[word] for word in types]
