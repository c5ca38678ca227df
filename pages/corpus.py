"""Corpus: what was read, what was left out, and why."""

from typing import Any

import streamlit as st

from analytics import charts, trends
from analytics.filters import Filters
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

every = Filters(by=view.filters.by, reprints=True)
growth = view.ask(trends.growth, filters=every)
if len(growth):
    parts.chart(view, "growth", t("Articles over time"), growth, charts.growth, filters=every, counted="coverage")
left, right = st.columns(2)
listed: dict[str, Any] = {"filters": every, "measure": "articles", "half": True, "one_colour": True}
with left:
    outlets = view.ask(trends.outlets, view.language, filters=every.but(by="month"))
    parts.chart(view, "outlets", t("Outlets"), outlets, charts.ranking, **listed)
with right:
    languages = view.ask(trends.languages, view.language, filters=every.but(by="month"))
    parts.chart(view, "languages", t("Languages"), languages, charts.ranking, **listed)
    parts.notes(view, there["flags"], there["precisions"])

st.header(t("Rejected records"))
parts.rejected(view, there["reasons"])
