"""Topics: what the articles are about, which terms carry it, and how it moves."""

import streamlit as st

from analytics import charts, trends
from ui import lists, parts
from ui.view import current

view = current()
t, filters = view.t, view.filters
st.title(t("Topics over time"))
if not trends.count_articles(view.cube, filters):
    parts.nothing(view)
    st.stop()

frame = trends.topics_over_time(view.cube, filters, view.language)
share = filters.measure in {"attention", "voice"}
point = parts.chart(
    view,
    "topics-over-time",
    t("Topics over time"),
    frame,
    charts.over_time,
    measure="attention" if share else "coverage",
)
lists.behind_topic(view, point, "topics-behind")

terms = trends.topic_terms(view.cube, filters, view.language)
for topic, rows in ((str(topic), rows) for topic, rows in terms.groupby("topic")):
    st.header(view.name("topic", topic))
    left, right = st.columns(2)
    with left:
        parts.chart(
            view,
            f"terms-{topic}",
            t("Terms that carry the topic"),
            rows,
            charts.ranking,
            measure="coverage",
            shown="weight",
            half=True,
            one_colour=True,
        )
    with right:
        st.subheader(t("Most telling articles"))
        lists.telling_list(view, topic, f"telling-{topic}")
if not len(terms):
    st.text(t("No article here belongs to a named topic."))
