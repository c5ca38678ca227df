"""Read on while what was read is worked on: the reader's process need not wait for a commit."""

import queue
import threading
from collections.abc import Generator, Iterator
from typing import TypeVar

T = TypeVar("T")

_PATIENCE = 0.2  # seconds between two looks whether anybody still wants the next one


def ahead(things: Iterator[T], most: int) -> Generator[T]:
    """The same things in the same order, up to `most` of them made by a thread before they are asked for.

    What making one raises is raised where that one would have come. The thread ends when no more are wanted.
    """
    made: queue.Queue[tuple[T | None, BaseException | None]] = queue.Queue(most)
    unwanted = threading.Event()

    def put(thing: T | None, error: BaseException | None = None) -> bool:
        while not unwanted.is_set():
            try:
                made.put((thing, error), timeout=_PATIENCE)
            except queue.Full:
                continue
            return True
        return False

    def work() -> None:
        try:
            for thing in things:
                if not put(thing):
                    break
        except BaseException as error:
            put(None, error)
        else:
            put(None, _EndError())
        finally:
            close = getattr(things, "close", None)
            if close:
                close()

    thread = threading.Thread(target=work, name="reading ahead", daemon=True)
    thread.start()
    try:
        while True:
            thing, error = made.get()
            if isinstance(error, _EndError):
                return
            if error is not None:
                raise error
            yield thing  # type: ignore[misc]
    finally:
        unwanted.set()
        thread.join()


class _EndError(Exception):
    """There are no more."""
