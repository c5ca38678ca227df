"""What was worked out for one visitor is there for all."""

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import pandas as pd

from ui.turns import Turn

Answer = TypeVar("Answer")
MOST = 64_000_000  # bytes, roughly: a thousand charts of months, or fifty of days
OTHER = 1_000  # bytes of whatever is no frame and no chart
VALUE = 16  # bytes of one value of a frame


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """A frame as part of a question: the same object, and not another with the same figures."""

    frame: pd.DataFrame

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.frame is other.frame

    def __hash__(self) -> int:
        return id(self.frame)


class Kept:
    """The last answers of pure functions, for all sessions. Nobody changes an answer."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._size = most, 0
        self._answers: OrderedDict[Any, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, turn: Turn, make: Callable[..., Answer], /, *args: Any, **options: Any) -> Answer:
        """What `make` says of these arguments, all of them hashable, frames, or mappings of what is hashable."""
        today = dt.datetime.now(dt.UTC).date()  # a period that is not over today may be so tomorrow
        key = (today, make, *map(_named, args), *((name, _named(value)) for name, value in options.items()))
        found: Answer | None = self._known(key)
        if found is None:
            with turn.work():
                found = self._known(key)  # somebody may have asked the same while this one waited
                if found is None:
                    found = make(*args, **options)
                    self._keep(key, found)
        return found

    def _known(self, key: Any) -> Any:
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def _keep(self, key: Any, answer: Any) -> None:
        with self._lock:
            if key not in self._answers:
                self._answers[key] = answer
                self._size += _size(answer)
            while self._size > self._most and len(self._answers) > 1:
                _, gone = self._answers.popitem(last=False)
                self._size -= _size(gone)


def _named(value: Any) -> Any:
    if isinstance(value, Mapping):
        return tuple(value.items())
    return _Same(value) if isinstance(value, pd.DataFrame) else value


def _size(answer: Any) -> int:
    if isinstance(answer, pd.DataFrame):
        return OTHER + VALUE * answer.size
    return OTHER + len(getattr(answer, "json", ""))
