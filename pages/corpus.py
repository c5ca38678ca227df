"""Corpus: what was read, what was left out, and why."""

import streamlit as st

from analytics import charts, trends
from ui import parts, store
from ui.view import current

view = current()
t = view.t
there = store.report(view.where, view.version)
st.title(t("Corpus"))
st.text(t("Everything that was read, whatever the filters say. Corpus version {version}.").format(version=view.version))
parts.metrics(
    {
        t("Articles"): there["articles"],
        t("Reprints among them"): there["reprints"],
        t("Without a date"): there["undated"],
        t("Rejected records"): there["rejected"],
    }
)

growth = view.ask(trends.growth)
if len(growth):
    parts.chart(view, "growth", t("Articles over time"), growth, charts.growth)
left, right = st.columns(2)
with left:
    outlets = view.ask(trends.outlets, view.language, filters=view.part)
    parts.chart(
        view,
        "outlets",
        t("Outlets"),
        outlets,
        charts.ranking,
        measure="coverage",
        shown="articles",
        half=True,
        one_colour=True,
    )
with right:
    languages = view.ask(trends.languages, view.language, filters=view.part)
    parts.chart(
        view,
        "languages",
        t("Languages"),
        languages,
        charts.ranking,
        measure="coverage",
        shown="articles",
        half=True,
        one_colour=True,
    )
    parts.notes(view, there["flags"], there["precisions"])

st.header(t("Rejected records"))
parts.rejected(view, there["reasons"])
