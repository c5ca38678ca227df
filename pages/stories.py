"""Stories: what happened, who reported it, in which languages, and who first."""

import streamlit as st

from analytics import charts, trends
from ui import lists, parts
from ui.view import current

view = current()
t = view.t
story = st.query_params.get("story", "")
rows = trends.timeline(view.cube, story, view.filters) if story else None

if rows is not None and len(rows):
    if st.button(t("All stories"), icon=":material/arrow_back:"):
        del st.query_params["story"]
        st.rerun()
    st.title(t("One story"))
    st.text(lists.story_line(view, rows))
    parts.chart(view, "timeline", t("Who reported it, and when"), rows, charts.timeline)
    st.header(t("The reports, first to last"))
    lists.article_list(view, rows, "story-articles", lists.protagonists(view, tuple(rows["id"])))
else:
    st.title(t("Stories"))
    if story:
        st.info(t("There is no such story in this part of the corpus."), icon=":material/help:")
    st.text(t("Articles that report one event, found by their words, names and dates. Largest first."))
    found = trends.stories(view.cube, view.filters)
    if len(found):
        at = lists.paged(len(found), "stories") * lists.PAGE
        lists.story_list(view, found.iloc[at : at + lists.PAGE], "stories-list")
    else:
        parts.nothing(view)
