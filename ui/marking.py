"""Marking a mention as wrong: an analyst's word, kept beside the corpus and obeyed at once."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from analytics.errors import JarchiError
from analytics.gazetteer import MentionException
from ui import store
from ui.view import View
from ui.words import number

SAID = "_said"  # what the next run tells about the last


def form(view: View, article: str, mention: Mapping[str, Any]) -> None:
    """Ask what a mention is instead, and whether everywhere; keep the answer and show the corpus that obeys it."""
    t = view.t
    known = view.loaded.gazetteer.entities
    with st.form("marking", border=True):
        st.text(
            t("“{surface}” was read as {name}.").format(
                surface=mention["surface"], name=view.name("entity", mention["entity"])
            )
        )
        means = st.selectbox(
            t("It is instead"),
            ["", *sorted((e for e in known if e != mention["entity"]), key=lambda e: view.name("entity", e))],
            format_func=lambda e: view.name("entity", e) if e else t("nobody and no country"),
        )
        everywhere = st.checkbox(t("In every article that has this form, not only here"))
        if st.form_submit_button(t("Mark as wrong"), icon=":material/rule:"):
            where = "" if everywhere else article
            _change(view, MentionException(mention["surface"], mention["entity"], means or "", where))


def made(view: View, entity: str) -> None:
    """The exceptions that were made for an entity, each with a way to take it back."""
    t = view.t
    rules = [rule for rule in view.loaded.gazetteer.exceptions if rule.entity == entity]
    if not rules:
        return
    st.subheader(t("Marked as wrong"))
    for rule in rules:
        left, right = st.columns([4, 1], vertical_alignment="center")
        meant = view.name("entity", rule.means) if rule.means else t("nobody and no country")
        where = t("in article {id}").format(id=rule.article) if rule.article else t("everywhere")
        left.text(f"“{rule.surface}” · {meant} · {where}")
        if right.button(t("Take back"), key=f"back-{rule.digest}"):
            _change(view, rule, back=True)


def _change(view: View, rule: MentionException, *, back: bool = False) -> None:
    try:
        analysed, version = store.change(view.where, rule, back=back)
    except JarchiError:
        st.error(view.t("This could not be kept: the corpus cannot be written."), icon=":material/error:")
        return
    st.session_state["version"] = version
    st.session_state[SAID] = view.t("Done. Articles read again: {n}").format(n=number(analysed))
    st.rerun()


def tell() -> None:
    """Say what the last change did."""
    said = st.session_state.pop(SAID, "")
    if said:
        st.toast(said, icon=":material/check:")
