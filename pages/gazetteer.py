"""Names: what Jarchi knows about a country, a person, an organisation, and what this corpus calls it."""

import streamlit as st

from analytics import charts, trends
from ui import lists, marking, names, parts
from ui.view import current

view = current()
t = view.t
st.title(t("Names"))
st.text(
    t("Look up a country, an official or an organisation: its names, its offices over time, its forms in this corpus.")
)
entity = names.choose_entity(view)
if not entity:
    names.known_kinds(view)
    names.unknown(view)
    st.stop()

left, right = st.columns(2)
with left:
    names.names_of(view, entity)
    names.offices_of(view, entity)
    marking.made(view, entity)
with right:
    names.forms_of(view, entity)
alone = view.filters.but(entities=(entity,))
if trends.count_articles(view.cube, alone):
    frame = view.ask(trends.over_time, view.language, filters=alone)
    point = parts.chart(
        view, "name", t("Mentions over time"), frame, charts.over_time, filters=alone, measure="coverage"
    )
    lists.behind(view, point, "name-behind")
    pairs = view.ask(trends.co_mentions, view.language, filters=alone, kind=None)
    if len(pairs):
        parts.chart(
            view, "neighbours", t("Mentioned together"), pairs, charts.matrix, filters=alone, counted="coverage"
        )
else:
    st.info(t("This corpus does not mention it."), icon=":material/info:")
