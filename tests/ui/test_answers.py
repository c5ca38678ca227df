"""What sessions share: an answer is worked out once, never changed by time, and first charts go first."""

import threading
from collections.abc import Callable

import pandas as pd
import pytest

from ui import turns
from ui.kept import Kept
from ui.turns import Turns

FRAME = pd.DataFrame({"a": range(100)})


def asked(kept: Kept, make: Callable[..., object], *args: object, **options: object) -> object:
    """An answer to one visitor."""
    with Turns().page() as turn:
        return kept.get(turn, make, *args, **options)


def test_what_was_asked_before_is_not_worked_out_again() -> None:
    """The same question has the same answer, and another argument is another question."""
    kept, made = Kept(), []

    def make(*args: object, **options: object) -> list[object]:
        made.append((args, options))
        return [args, options]

    first = asked(kept, make, 1, by="day")
    assert asked(kept, make, 1, by="day") is first
    assert asked(kept, make, 1, by="week") is not first
    assert asked(kept, make, 2, by="day") is not first
    assert len(made) == 3


def test_a_frame_is_a_question_of_its_own() -> None:
    """Another frame with the same figures is another question: nobody compares them."""
    kept = Kept()
    first = asked(kept, len, FRAME)
    assert asked(kept, len, FRAME) is first
    assert asked(kept, lambda frame: object(), FRAME) is not asked(kept, lambda frame: object(), FRAME.copy())


def test_the_oldest_goes_when_there_is_no_more_room() -> None:
    """What is kept stays below the size it was given, and what was asked lately stays."""
    made = []

    def make(number: int) -> pd.DataFrame:
        made.append(number)
        return FRAME.copy()

    kept = Kept(most=7_000)  # three such frames do not fit
    for number in (1, 2, 1, 3, 1, 2):
        asked(kept, make, number)
    assert made == [1, 2, 3, 2]


def test_an_error_is_not_kept() -> None:
    """What failed is worked out again, and holds nobody up."""
    kept, tried = Kept(), []

    def fail() -> None:
        tried.append(1)
        raise ValueError("failed")

    for _ in range(2):
        with pytest.raises(ValueError, match="failed"):
            asked(kept, fail)
    assert len(tried) == 2


def test_the_rest_of_a_page_waits_for_the_first_charts_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work below a first chart begins when the other's first chart is there, and one piece at a time."""
    monkeypatch.setattr(turns, "PATIENCE", 60)
    every, order, shown, begun = Turns(), [], threading.Event(), threading.Event()

    def rest() -> None:
        with every.page() as turn:
            turn.shown()
            shown.set()
            assert begun.wait(5)
            with turn.work():
                order.append("rest")

    below = threading.Thread(target=rest)
    below.start()
    assert shown.wait(5)
    with every.page() as other:
        begun.set()
        below.join(0.1)
        with other.work():
            order.append("first")
        other.shown()
        below.join(5)
        order.append("end")
    assert order == ["first", "rest", "end"]


def test_a_browser_is_left_time_for_the_first_chart_and_others_go_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest of a page is not made before the first chart can be seen, and nobody else waits for that."""
    monkeypatch.setattr(turns, "PATIENCE", 60)
    every, order = Turns(), []

    def breathe(seconds: float) -> None:
        order.append(seconds)
        other = threading.Thread(target=another)
        other.start()
        other.join(5)

    def another() -> None:
        with every.page():
            order.append("other")

    monkeypatch.setattr(turns.time, "sleep", breathe)
    with every.page() as turn:
        turn.drawn()
        turn.drawn()
        order.append("my rest")
    assert order == [turns.BREATH, "other", "my rest"]


def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """A first chart that takes long holds up others for so long and no longer; one that fails holds up nobody."""
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    every = Turns()
    with every.page(), every.page() as turn:
        turn.shown()
        with turn.work():
            pass
    monkeypatch.setattr(turns, "PATIENCE", 60)
    with pytest.raises(ValueError, match="page"), every.page():
        raise ValueError("page")
    with every.page() as turn:
        turn.shown()
        with turn.work():
            pass


def test_pages_begin_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page begins when the first chart of the one before is there: of two at once the first would wait for both."""
    monkeypatch.setattr(turns, "PATIENCE", 60)
    every, order, asked_for = Turns(), [], threading.Event()

    def other() -> None:
        asked_for.set()
        with every.page():
            order.append("other")

    with every.page() as mine:
        later = threading.Thread(target=other)
        later.start()
        assert asked_for.wait(5)
        later.join(0.1)
        order.append("mine")
        mine.shown()
        later.join(5)
        order.append("my rest")
    assert order == ["mine", "other", "my rest"]


def test_pages_begin_in_the_order_in_which_they_came(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is overtaken: a page that came late and had luck would make another wait twice."""
    monkeypatch.setattr(turns, "PATIENCE", 60)
    every, order = Turns(), []

    def visit(number: int) -> None:
        with every.page():
            order.append(number)

    with every.page():
        visitors = [threading.Thread(target=visit, args=(number,)) for number in range(20)]
        for came, visitor in enumerate(visitors, 1):
            visitor.start()
            for _ in range(500):
                if len(every._waiting) == came:
                    break
                visitor.join(0.01)
    for visitor in visitors:
        visitor.join(5)
    assert order == list(range(20))


def test_work_within_work_does_not_wait_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list is drawn in its turn, and what it asks meanwhile is part of that; the next piece waits its turn again."""
    monkeypatch.setattr(turns, "PATIENCE", 60)
    every, done = Turns(), []

    def rest() -> None:
        with every.page() as turn:
            turn.shown()
            for _ in range(2):
                with turn.work(), turn.work():
                    done.append(every._rest)

    thread = threading.Thread(target=rest, daemon=True)
    thread.start()
    thread.join(5)
    assert (done, every._rest) == ([1, 1], 0)
