"""Overview: what is in the corpus, what is big in it, what is new."""

import streamlit as st

from analytics import charts, trends
from ui import lists, parts
from ui.view import current

view = current()
t = view.t
found = view.basis()
st.title(t("Overview"))
if not found.articles:
    parts.nothing(view)
    st.stop()

st.text(view.span(found.start, found.end))
parts.metrics(
    {
        t("Articles"): found.articles,
        t("Outlets"): found.outlets,
        t("Languages"): sum(map(bool, found.languages)),
        t("Word-for-word reprints"): found.reprints,
    }
)

frame = view.ask(trends.over_time, view.language)
title = t("Chosen names over time") if view.filters.entities else t("Most covered countries over time")
point = parts.chart(view, "overview", title, frame, charts.over_time, measure=view.filters.measure)
if point:
    lists.behind(view, point, "overview-behind")

left, right = st.columns(2, gap="large")
with left:
    st.header(t("Biggest stories"))
    lists.story_list(view, view.ask(trends.stories, filters=view.part, top=6), "overview-stories")
with right:
    st.header(t("Newest articles"))
    lists.article_list(view, view.ask(trends.articles, filters=view.part, limit=4), "overview-newest")

topics = view.ask(trends.topics_over_time, view.language)
parts.topics(view, "topics", t("Topics"), topics, measure="coverage", shape="stack")
base = view.filters.base()
officials = view.ask(trends.top_entities, view.language, filters=view.part.base(), kind="official", top=8)
parts.chart(view, "officials", t("Most covered officials"), officials, charts.ranking, filters=base, measure="coverage")
