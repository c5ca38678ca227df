"""What a page can be switched to, and the parameter of the address that says the same.

A switch belongs to its page and not to the filters: no other figure depends on it, and what is kept of them stays
good.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

import streamlit as st

from analytics.filters import Problem, read_choice
from analytics.model import Kind
from ui.view import KINDS
from ui.words import Translate

T = TypeVar("T", bound=str)
Order = Literal["size", "now"]


@dataclass(frozen=True)
class Switch(Generic[T]):
    """One of a few words: `key` names its control and the parameter, `options` has what each value is called."""

    key: str
    label: str
    options: Mapping[T, str]
    default: T

    @property
    def _written(self) -> str:
        """Where is kept what the address says of it, as far as we know."""
        return f"_{self.key}-written"

    def take_address(self) -> tuple[Problem, ...]:
        """Put what the address says into the control, where it is news. Returns what could not be understood."""
        given = st.query_params.get_all(self.key)
        if st.session_state.get(self.key) in self.options and st.session_state.get(self._written) == given:
            return ()
        st.session_state[self.key], problems = read_choice(given, self.key, tuple(self.options), self.default)
        st.session_state[self._written] = given
        return problems

    def chosen(self) -> T:
        """What is chosen, which the address says from now on. To be asked before the page's first chart.

        Not taken from the address here: when a click follows another at once, the browser still sends the one of
        before.
        """
        if st.session_state.get(self.key) not in self.options:  # Streamlit forgets a control that a page did not draw
            self.take_address()
        value: T = st.session_state[self.key]
        st.session_state[self.key] = value  # said at every run: a browser draws the control anew with nothing chosen
        wanted: list[str] = [] if value == self.default else [value]
        if not wanted == st.query_params.get_all(self.key) == st.session_state[self._written]:
            others = {key: st.query_params.get_all(key) for key in st.query_params if key != self.key}
            st.query_params.from_dict(others | ({self.key: wanted} if wanted else {}))
            st.session_state[self._written] = wanted
        return value

    def choose(self, t: Translate) -> None:
        """Draw the control."""
        st.segmented_control(
            t(self.label),
            list(self.options),
            key=self.key,
            format_func=lambda value: t(self.options[value]),
            required=True,
        )


KIND: Switch[Kind] = Switch("kind", "Kind", KINDS, "country")
ORDER: Switch[Order] = Switch(
    "order", "Order", {"size": "largest first", "now": "big now: the last seven days"}, "size"
)
SWITCHES = (KIND, ORDER)
