"""Topics: what the articles are about, which terms carry it, how it moves, and what nobody has named yet."""

import streamlit as st

from analytics import trends
from analytics.filters import Measure
from ui import lists, parts, themes
from ui.view import current

view = current()
t, filters = view.t, view.filters
st.title(t("Topics over time"))
if not trends.count_articles(view.cube, filters):
    parts.nothing(view)
    themes.new(view)
    st.stop()

frame = view.ask(trends.topics_over_time, view.language)
bursts = view.ask(trends.bursts, frame)
measure: Measure = "attention" if filters.measure in {"attention", "voice"} else "coverage"
point = parts.topics(view, "topics-over-time", t("Topics over time"), frame, measure=measure, bursts=bursts)
lists.unusual(view, bursts, "topics-bursts")
lists.behind_topic(view, point, "topics-behind")
themes.new(view)

terms = view.ask(trends.topic_terms, view.language, filters=view.part)
themes.named(view, terms)
if not len(terms):
    st.text(t("No article here belongs to a named topic."))
themes.discovered(view, terms)
