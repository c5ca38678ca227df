"""Stories: what happened, who reported it, in which languages, who first, and what each outlet adds."""

import streamlit as st

from analytics import charts, trends
from ui import lists, parts, told
from ui.switches import ORDER
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
    rows = told.summed_up(view, rows)
    basis = view.ask(trends.story_basis, story, filters=view.part.base())
    title = t("Who reported it, and when")
    parts.chart(view, "timeline", title, rows, charts.timeline, basis=basis, counted="reports")
    st.header(t("The reports, first to last"))
    lists.article_list(view, rows, "story-articles", lists.protagonists(view, tuple(rows["id"])))
else:
    st.title(t("Stories"))
    if story:
        st.info(t("There is no such story in this part of the corpus."), icon=":material/help:")
    st.text(t("Articles that report one event, found by their words, names and dates."))
    last = 7 if ORDER.chosen() == "now" else None
    ORDER.choose(t)
    total = view.ask(trends.count_stories, filters=view.part, last=last)
    if total:
        at = lists.paged(total, "stories") * lists.PAGE
        found = view.ask(trends.stories, filters=view.part, top=lists.PAGE, offset=at, last=last)
        lists.story_list(view, found, "stories-list")
    elif last and view.ask(trends.count_stories, filters=view.part):
        st.text(t("Nothing was reported by several articles in the last seven days of this part of the corpus."))
    else:
        parts.nothing(view)
