"""Articles: search, page through, and read one with all its mentions marked."""

import streamlit as st

from analytics import trends
from ui import lists, parts, reader
from ui.view import current
from ui.words import number

view = current()
t = view.t
article = st.query_params.get("article", "")
if article:
    if st.button(t("All articles"), icon=":material/arrow_back:"):
        del st.query_params["article"]
        st.rerun()
    reader.article(view, article)
    st.stop()

st.title(t("Articles"))
total = view.ask(trends.count_articles, filters=view.part)
if not total:
    parts.nothing(view)
    st.stop()
st.text(t("Articles, newest first: {n}").format(n=number(total)))
at = lists.paged(total, "articles") * lists.PAGE
rows = view.ask(trends.articles, filters=view.part, limit=lists.PAGE, offset=at)
lists.article_list(view, rows, "articles-list", view.filters.entities)
parts.list_downloads(view, "articles", t("Articles"), lambda: lists.whole_list(view))
