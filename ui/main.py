"""The frame around every page: language, filters, navigation, and a calm word when there is nothing to show."""

from pathlib import Path

import streamlit as st

import ui.first  # noqa: F401 (before all of ours: it waits for the thread that is importing them, see there)
from analytics.errors import JarchiError, QueryError
from ui import marking, parts, sidebar, store
from ui.switches import SWITCHES
from ui.view import KEY, View, address
from ui.words import Translate, language, number, translator

HERE = Path(__file__).resolve().parent
PAGES = (
    ("overview", "", "Overview", ":material/newspaper:"),
    ("mentions", "mentions", "Mentions", ":material/show_chart:"),
    ("topics", "topics", "Topics", ":material/category:"),
    ("stories", "stories", "Stories", ":material/auto_stories:"),
    ("articles", "articles", "Articles", ":material/article:"),
    ("corpus", "corpus", "Corpus", ":material/database:"),
    ("gazetteer", "gazetteer", "Names", ":material/badge:"),
)

st.set_page_config(page_title="Jarchi", page_icon=str(HERE / "icon.svg"), layout="wide", initial_sidebar_state=340)
st.logo(HERE / "logo.svg", size="large")
st.html(HERE / "page.css")
where = store.path()
ahead = st.empty()
if "version" not in st.session_state:
    parts.nothing_yet(ahead)
try:
    version, loaded = store.opened(where, st.session_state.get("version") or store.newest(where))
    st.session_state["version"] = version
except JarchiError:
    t = translator()
    ahead.empty()
    st.title("Jarchi")
    st.info(t("There is no corpus to show yet."), icon=":material/inventory_2:")
    st.text(t("Build the sample, or your own, in a terminal; then reload this page."))
    st.code("make run\npython -m analytics build ARTICLES --corpus DIR\nJARCHI_CORPUS=DIR make run", language="sh")
    st.stop()

ahead.empty()
problems = [*sidebar.take_address(loaded.cube), *(problem for switch in SWITCHES for problem in switch.take_address())]
page = st.navigation(
    [
        st.Page(f"../pages/{file}.py", title=translator()(title), icon=icon, url_path=path, default=not path)
        for file, path, title, icon in PAGES
    ]
)
sidebar.show(loaded.cube)


@st.fragment(key=sidebar.PAGE)
def show() -> None:
    """The page beside the filters: all that runs when one of them changes.

    There is no fragment inside it: when this one is run anew before its last run has been sent, Streamlit drops what is
    unsent of it and keeps what is of fragments inside, whose places are not there then, and the browser goes blank.
    """
    t = translator()
    filters, unmeant = sidebar.said()
    if filters.query:
        try:
            loaded.cube.base(filters)  # asks for the articles that match, once for all figures of the page
        except QueryError as error:
            st.warning(t("The search could not be answered and is left out."), icon=":material/search_off:")
            st.text(error.told(t, number))
            filters = filters.but(query="")
    sidebar.write_address(filters)
    sidebar.say([*problems, *unmeant], t)
    problems.clear()  # they are of the address, which says something else from now on
    _offer(t)
    marking.tell()
    page._can_be_called = True  # Streamlit lets a page run once a script run, and here it runs again
    with loaded.turns.page() as turn:
        st.session_state[KEY] = View(where, version, filters, t, language(), turn, address(page.url_path))
        page.run()


def _offer(t: Translate) -> None:
    """Say that there is a newer version, where there is one that opens at once."""
    newest = store.newest(where)
    if newest == version:
        return
    left, right = st.columns([4, 1], vertical_alignment="center")
    left.info(t("The corpus has grown since this page was opened."), icon=":material/update:")
    if right.button(t("Show the new version"), width="stretch"):
        st.session_state["version"] = newest
        st.rerun()


show()
