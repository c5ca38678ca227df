"""Mentions: who is written about, how much, and how that changes."""

import streamlit as st

from analytics import charts, trends
from ui import lists, parts
from ui.switches import KIND
from ui.view import RANKED, current

view = current()
t, filters, kind = view.t, view.filters, KIND.chosen()
st.title(t("Mentions over time"))
frame = view.ask(trends.over_time, view.language)
if not trends.count_articles(view.cube, filters.base()):
    parts.nothing(view)
    st.stop()

apart, bursts = view.ask(trends.apart, view.language), view.ask(trends.bursts, frame)
title = t("Chosen names over time") if filters.entities else t("Most covered countries over time")
point = parts.chart(
    view,
    "mentions",
    title,
    frame,
    charts.over_time,
    measure=filters.measure,
    bursts=bursts,
    apart=apart if len(apart) else None,
)
lists.unusual(view, bursts, "mentions-bursts")
lists.behind(view, point, "mentions-behind")

st.header(t("Ranking"))
KIND.choose(t)
by = "mentions" if filters.measure == "mentions" else "coverage"
ranked = view.ask(trends.top_entities, view.language, filters=view.part.but(entities=(), measure=by), kind=kind, top=15)
parts.chart(
    view,
    f"ranking-{kind}",
    t(RANKED[kind]),
    ranked,
    charts.ranking,
    filters=filters.base(),
    measure=filters.measure,
    counted="kind voice" if filters.measure == "voice" else None,
)

st.header(t("Together in one article"))
pairs = view.ask(trends.co_mentions, view.language, filters=view.part, kind=kind)
if len(pairs):
    parts.chart(view, f"together-{kind}", t("Mentioned together"), pairs, charts.matrix, counted="coverage")
else:
    st.text(t("Two names are needed for a pair."))
