"""Whose page is worked on: what a visitor waits for first is worked out first.

One interpreter works for all visitors, and whatever runs beside the first chart of somebody's page makes him wait as
much longer. So pages are begun one after the other, each when the first chart of the one before is there, and the rest
of the pages waits meanwhile, and is then worked out one by one. The visitor's own browser works on one thing at a time
too: it is given the rest of a page when it has had time to show the first chart.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 0.5  # seconds that a page, or a piece of the rest of one, waits at most
BREATH = 0.06  # seconds in which a browser draws a chart; what comes meanwhile it draws with it, and shows all at once


class Turns:
    """Who works: one whose page has no chart yet; when there is nobody, one of the others at a time."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._first = self._rest = 0
        self._waiting: list[object] = []  # pages, in the order in which they came

    @contextmanager
    def page(self) -> Iterator["Turn"]:
        """A run of a page: it begins when nobody waits for a first chart, or when it has waited long enough."""
        mine = object()
        with self._changed:
            self._waiting.append(mine)
            self._changed.wait_for(lambda: not self._first and self._waiting[0] is mine, PATIENCE)
            self._waiting.remove(mine)
            self._first += 1
        turn = Turn(self)
        try:
            yield turn
        finally:
            turn.shown()

    def shown(self) -> None:
        """Somebody has a first chart."""
        with self._changed:
            self._first -= 1
            self._changed.notify_all()

    @contextmanager
    def rest(self) -> Iterator[None]:
        """Work that waits for its turn, though not for ever."""
        with self._changed:
            self._changed.wait_for(lambda: not (self._first or self._rest), PATIENCE)
            self._rest += 1
        try:
            yield
        finally:
            with self._changed:
                self._rest -= 1
                self._changed.notify_all()


class Turn:
    """One run of a page: it has the right of way until its first chart is shown."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._first = True
        self._working = False

    def drawn(self) -> None:
        """A chart is on its way: where it is the first, the browser is left time to show it before it is given more."""
        if self._first:
            self.shown()
            time.sleep(BREATH)

    def shown(self) -> None:
        """The first chart is there, or the page is: from now on others go first."""
        if self._first:
            self._first = False
            self._turns.shown()

    @contextmanager
    def work(self) -> Iterator[None]:
        """While something is worked out and drawn: at once for a first chart, and in turn for all else.

        What is worked out within is part of the same piece of work.
        """
        if self._first or self._working:
            yield
            return
        with self._turns.rest():
            self._working = True
            try:
                yield
            finally:
                self._working = False
