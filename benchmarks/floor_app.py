"""The least that a click can cost: one line of text changes."""

import streamlit as st

st.session_state.setdefault("clicks", 0)
if st.button("Count"):
    st.session_state["clicks"] += 1
st.text(f"{st.session_state['clicks']} clicks")
