"""Which kind of names a page ranks: its control, and the parameter of the address that says the same.

It belongs to the page and not to the filters: no other figure depends on it, and what is kept of them stays good.
"""

import streamlit as st

from analytics.filters import Problem, read_choice
from analytics.model import Kind
from ui.view import KINDS
from ui.words import Translate

KEY = "kind"  # of the control, and the parameter
DEFAULT: Kind = "country"
WRITTEN = "_kind-written"  # what the address says of it, as far as we know


def take_address() -> tuple[Problem, ...]:
    """Put what the address says into the control, where it is news. Returns what could not be understood."""
    given = st.query_params.get_all(KEY)
    if st.session_state.get(KEY) in KINDS and st.session_state.get(WRITTEN) == given:
        return ()
    st.session_state[KEY], problems = read_choice(given, KEY, tuple(KINDS), DEFAULT)
    st.session_state[WRITTEN] = given
    return problems


def chosen() -> Kind:
    """The kind that is chosen, which the address says from now on. To be asked before the page's first chart.

    Not taken from the address here: when a click follows another at once, the browser still sends the one of before.
    """
    if st.session_state.get(KEY) not in KINDS:  # Streamlit forgets a control that a page did not come to draw
        take_address()
    kind: Kind = st.session_state[KEY]
    st.session_state[KEY] = kind  # said at every run: a browser draws the control anew with nothing chosen in it
    wanted: list[str] = [] if kind == DEFAULT else [kind]
    if not wanted == st.query_params.get_all(KEY) == st.session_state[WRITTEN]:
        others = {key: st.query_params.get_all(key) for key in st.query_params if key != KEY}
        st.query_params.from_dict(others | ({KEY: wanted} if wanted else {}))
        st.session_state[WRITTEN] = wanted
    return kind


def choose(t: Translate) -> None:
    """Draw the control."""
    st.segmented_control(t("Kind"), list(KINDS), key=KEY, format_func=lambda k: t(KINDS[k]), required=True)
