"""Which kind of names a page ranks: country, official, organisation. It stands in the address as `kind`."""

from typing import cast

import streamlit as st

from analytics.model import Kind
from ui.view import KINDS, View

USUAL: Kind = "country"  # it is not written
WRITTEN = "_ranked"  # what we last wrote into the address


def ranked() -> Kind:
    """The kind that is chosen. The address says the same from here on: all downloads of the page have it."""
    state, asked = st.session_state, st.query_params.get("kind", "")
    if "kind" not in state or state.get(WRITTEN) != asked:
        state["kind"] = asked if asked in KINDS else USUAL
    kind = cast("Kind", state["kind"])
    if kind != USUAL:
        st.query_params["kind"] = kind
    elif asked:
        del st.query_params["kind"]
    state[WRITTEN] = "" if kind == USUAL else kind
    return kind


def choose(view: View) -> None:
    """Let the visitor choose another."""
    st.segmented_control(view.t("Kind"), list(KINDS), key="kind", format_func=lambda k: view.t(KINDS[k]), required=True)
