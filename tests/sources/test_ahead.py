"""The laws of `analytics.sources.ahead`: the same things, the same errors, and no thread that outlives its use."""

import threading
from collections.abc import Iterator

import pytest

from analytics.sources.ahead import ahead


def test_the_same_things_in_the_same_order() -> None:
    """However few may be made before they are asked for."""
    for most in (1, 3, 50):
        assert list(ahead(iter(range(20)), most)) == list(range(20))
    assert list(ahead(iter(()), 1)) == []


def test_an_error_comes_where_the_next_thing_would_have() -> None:
    """What was made before it is handed out first."""

    def failing() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    things = ahead(failing(), 5)
    assert next(things) == 1
    with pytest.raises(ValueError, match="broken"):
        next(things)


def test_no_more_are_made_than_may_be() -> None:
    """What nobody has asked for yet is bounded."""
    made: list[int] = []
    third = threading.Event()

    def counted() -> Iterator[int]:
        for number in range(100):
            made.append(number)
            if number == 2:
                third.set()
            yield number

    things = ahead(counted(), 2)
    assert next(things) == 0
    third.wait()
    things.close()
    assert len(made) <= 5  # one handed out, two waiting, one that waits to be put, one more once there was room


def test_what_is_no_longer_wanted_is_closed() -> None:
    """The thread ends, and what it read from is closed, when the reading ends early."""
    closed = threading.Event()

    def endless() -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            closed.set()

    things = ahead(endless(), 2)
    next(things)
    things.close()
    assert closed.is_set()
    assert not [thread for thread in threading.enumerate() if thread.name == "reading ahead"]
