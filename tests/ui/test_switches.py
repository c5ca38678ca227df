"""What a page is switched to, and the address that says it: without a browser, each run as Streamlit makes it."""

from collections.abc import Callable
from typing import Any

import pytest
import streamlit as st

from ui.switches import KIND, ORDER, SWITCHES


class Address(dict[str, list[str]]):
    """The parameters of an address, and how often the browser was told of them."""

    told = 0

    def get_all(self, key: str) -> list[str]:
        """As Streamlit's own."""
        return self.get(key, [])

    def from_dict(self, wanted: dict[str, list[str]]) -> None:
        """As Streamlit's own."""
        self.clear()
        self.update(wanted)
        self.told += 1


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Address]:
    """The state of a visitor, and what the browser says of the address at each run."""
    state: dict[str, Any] = {}

    def at(clicked: str = "", **said: list[str]) -> Address:
        if clicked:
            state[KIND.key] = clicked
        monkeypatch.setattr(st, "session_state", state)
        monkeypatch.setattr(st, "query_params", Address(said))
        return st.query_params  # type: ignore[return-value]

    return at


def test_a_page_with_nothing_chosen_has_a_clean_address(visit: Callable[..., Address]) -> None:
    """Countries stand in no address, and the browser is told nothing."""
    address = visit(by=["year"])
    assert KIND.take_address() == ()
    assert KIND.chosen() == "country"
    assert (address, address.told) == ({"by": ["year"]}, 0)


def test_what_is_chosen_stands_in_the_address_beside_the_rest(visit: Callable[..., Address]) -> None:
    """A click is written at once, told once, and taken out again with the click that goes back."""
    visit(by=["year"])
    KIND.take_address()
    KIND.chosen()
    address = visit(clicked="official", by=["year"])
    assert [KIND.chosen(), KIND.chosen()] == ["official", "official"]
    assert (address, address.told) == ({"by": ["year"], "kind": ["official"]}, 1)
    address = visit(clicked="country", **address)
    assert KIND.chosen() == "country"
    assert address == {"by": ["year"]}


def test_an_address_that_changes_under_us_leads(visit: Callable[..., Address]) -> None:
    """A link opens with its kind, going back shows the one of before, and another page's address has none."""
    visit(kind=["organisation"])
    KIND.take_address()
    assert KIND.chosen() == "organisation"
    visit(clicked="official", kind=["organisation"])
    KIND.chosen()
    visit(kind=["organisation"])
    KIND.take_address()
    assert KIND.chosen() == "organisation"
    visit()
    KIND.take_address()
    assert KIND.chosen() == "country"


@pytest.mark.parametrize("clicks", [("official", "organisation"), ("official", "country")])
def test_a_click_is_not_lost_to_an_address_of_before(visit: Callable[..., Address], clicks: tuple[str, str]) -> None:
    """Two clicks in a moment: the second is sent with the address from before the first, and still holds."""
    visit()
    KIND.take_address()
    KIND.chosen()
    for clicked in clicks:
        address = visit(clicked=clicked)
        assert KIND.chosen() == clicked
        assert address.told == 1  # also of countries, as the browser may by now have written officials


def test_a_wrong_kind_is_told_once_and_leaves_the_address(visit: Callable[..., Address]) -> None:
    """It is named with what it said; countries are ranked, and the address is put right."""
    address = visit(kind=["<b>"])
    (problem,) = KIND.take_address()
    assert (problem.parameter, problem.value) == ("kind", "<b>")
    assert KIND.take_address() == ()
    assert KIND.chosen() == "country"
    assert address == {}


def test_a_control_that_was_not_drawn_is_found_in_the_address(visit: Callable[..., Address]) -> None:
    """Where a filter left nothing, Streamlit forgets the control; widened again, the page ranks what it did."""
    visit(kind=["official"])
    KIND.take_address()
    KIND.chosen()
    visit(kind=["official"])
    del st.session_state[KIND.key]
    assert KIND.chosen() == "official"
    visit(kind=["official"])
    st.session_state[KIND.key] = None  # what a browser says that drew it anew
    assert KIND.chosen() == "official"


def test_each_page_has_a_switch_of_its_own(visit: Callable[..., Address]) -> None:
    """What one says in the address is none of the other's, and both stand there side by side."""
    address = visit(kind=["official"], order=["now"])
    for switch in SWITCHES:
        assert switch.take_address() == ()
    assert (KIND.chosen(), ORDER.chosen()) == ("official", "now")
    assert (address, address.told) == ({"kind": ["official"], "order": ["now"]}, 0)
