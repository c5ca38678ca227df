"""Numbers that follow from a layout, take long to make, and may be kept beside it on the disk."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from numpy.typing import NDArray

Numbers = TypeVar("Numbers", bound=NDArray[Any])


class Keep(Protocol):
    """Gives numbers by the name under which they are kept; they are made where they are not."""

    def __call__(self, name: str, make: Callable[[], Numbers], /) -> Numbers:
        """Those that are kept, or those now made."""


def made_now(_: str, make: Callable[[], Numbers]) -> Numbers:
    """A `Keep` that keeps nothing."""
    return make()
