"""The filters: widgets, the address of the page, and one `Filters` object, kept equal.

A visit begins with what the address says. From then on the widgets lead, and the address follows them on every page;
when the address changes under us (a link is pasted, the browser goes back), it leads again.
"""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, cast

import streamlit as st
from streamlit import config

from analytics.cube import Cube
from analytics.filters import BACKWARDS, MEASURES, SENSE_WORDS, Filters, Problem
from analytics.model import SENSES
from analytics.periods import GRAINS
from ui.picker import Choices, pick
from ui.switches import SWITCHES
from ui.words import LANGUAGES, Translate, translator
from ui.words import language as current_language

PAGE = "page"  # the fragment that shows what the filters say
# Parameters that belong to one page and go when it is left.
OWN = ("article", "story", "name", *(switch.key for switch in SWITCHES))
WRITTEN = "_written"  # what we last wrote into the address
NOT_A_LANGUAGE = "not one of az, en"
KIND_WORDS = {"country": "country", "official": "official", "organisation": "organisation"}
MEASURE_WORDS = {
    "coverage": "articles",
    "mentions": "mentions",
    "attention": "share of all articles",
    "voice": "share of voice",
}


def take_address(cube: Cube) -> tuple[Problem, ...]:
    """Put what the address says into the widgets, where it is news. Returns what could not be understood."""
    given = {key: st.query_params.get_all(key) for key in st.query_params}
    shared = {key: values for key, values in given.items() if key not in OWN}
    if WRITTEN in st.session_state and (shared == st.session_state[WRITTEN] or not shared):
        return ()
    filters, problems = Filters.from_query(given, cube.known)
    _fill(filters)
    asked = given.get("lang", [""])[0]
    if asked in LANGUAGES:
        st.session_state["lang"] = asked
    elif asked:
        problems = (*problems, Problem("lang", asked[:80], NOT_A_LANGUAGE))
    return problems


def _fill(filters: Filters) -> None:
    st.session_state.update(_values(filters))


def _values(filters: Filters) -> dict[str, Any]:
    """What the widgets say under these filters, by key."""
    return {
        "from": filters.start,
        "to": filters.end,
        "entities": list(filters.entities),
        "topics": list(filters.topics),
        "outlets": list(filters.outlets),
        "languages": list(filters.languages),
        "q": filters.query,
        "by": filters.by,
        "measure": filters.measure,
        "senses": list(filters.senses),
        "reprints": filters.reprints,
    }


def write_address(filters: Filters) -> None:
    """Make the address say what is shown, so that it can be copied."""
    wanted = filters.to_query()
    if st.session_state.get("lang") in LANGUAGES:
        wanted["lang"] = [st.session_state["lang"]]
    if {key: st.query_params.get_all(key) for key in st.query_params} != wanted | own():
        st.query_params.from_dict(wanted | own())
    st.session_state[WRITTEN] = wanted


def own() -> dict[str, list[str]]:
    """What the address says that belongs to the page alone: which article, story or name it shows, and its switches."""
    return {key: st.query_params.get_all(key) for key in OWN if key in st.query_params}


def _changed() -> None:
    """Run the page alone: the other widgets stay as they are, and are not sent again."""
    if not config.get_option("global.appTest"):  # AppTest knows only the widgets of the last run, and would lose these
        st.rerun(PAGE)


def show(cube: Cube) -> None:
    """Draw the widgets."""
    if "by" not in st.session_state:
        _fill(Filters())
    for key in _values(Filters()):  # said at every run: a browser that changes pages twice in a moment forgets them
        st.session_state[key] = st.session_state[key]
    with st.sidebar:
        _language()
        t = translator()
        st.text_input(
            t("Search the articles"),
            key="q",
            on_change=_changed,
            placeholder=t("words or “a phrase”"),
            help=t(
                "Words in any form; “a phrase”; OR between words; -word leaves out; begin* begins; (brackets) group."
            ),
            icon=":material/search:",
        )
        _period(cube, t)
        _things(cube, t)
        _counting(t)
        st.button(
            t("Clear all filters"), on_click=_fill, args=(Filters(),), icon=":material/filter_alt_off:", width="stretch"
        )


def _language() -> None:
    if st.session_state.get("lang") not in LANGUAGES:
        st.session_state["lang"] = current_language()
    st.segmented_control(
        "Dil · Language",
        list(LANGUAGES),
        key="lang",
        format_func=_language_name,
        label_visibility="collapsed",
        required=True,
        width="stretch",
    )


def _language_name(code: str) -> str:
    """What a language calls itself, behind a space.

    Streamlit looks for an emoji in what is before the first space, and where there are letters beyond ASCII imports all
    emojis for it: .2 s of a start.
    """
    return f" {LANGUAGES[code]}"


def _period(cube: Cube, t: Translate) -> None:
    first, last = cube.first or dt.date(2000, 1, 1), cube.last or dt.date(2030, 1, 1)
    left, right = st.columns(2)
    for column, key, label in ((left, "from", t("From")), (right, "to", t("To"))):
        chosen = st.session_state.get(key)
        low, high = min(first, chosen or first), max(last, chosen or last)
        with column:
            st.date_input(label, key=key, min_value=low, max_value=high, format="DD.MM.YYYY", on_change=_changed)


def _things(cube: Cube, t: Translate) -> None:
    language = current_language()
    label = t("Countries, officials, organisations")
    pick(label, entities(cube, language), "entities", t("choose to compare"), on_change=_changed)
    for key, kind, label in (
        ("topics", "topic", t("Topics")),
        ("outlets", "outlet", t("Outlets")),
        ("languages", "language", t("Languages")),
    ):
        pick(label, _things_of(cube, kind, key, language), key, t("all"), on_change=_changed)


@lru_cache(8)  # two versions, two languages, with and without more; sorting and folding 2,000 names takes 150 ms
def entities(cube: Cube, language: str, more: frozenset[str] = frozenset()) -> Choices:
    """The entities of a corpus as choices, and more behind them: countries, officials, organisations, each by name."""
    t, here = translator(language), frozenset(cube.known["entities"])
    ranked = {kind: rank for rank, kind in enumerate(KIND_WORDS)}
    found = [(cube.kind(one) or "", cube.name("entity", one, language), one) for one in here | more]
    found.sort(key=lambda each: (each[2] not in here, ranked.get(each[0], len(ranked)), each[1]))
    return Choices.of(
        (one, name, cube.spellings(one), cube.naming(one), t(KIND_WORDS[kind]) if kind else "")
        for kind, name, one in found
    )


@lru_cache(32)
def _things_of(cube: Cube, kind: str, key: str, language: str) -> Choices:
    t = translator(language)
    return Choices.of(
        (
            one,
            cube.name(kind, one, language) or t("not named"),
            [cube.name(kind, one, other) for other in LANGUAGES],
            0,
            "",
        )
        for one in cube.known[key]
    )


def _counting(t: Translate) -> None:
    grains = {"day": t("day"), "week": t("week"), "month": t("month"), "quarter": t("quarter"), "year": t("year")}
    st.selectbox(t("Over time by"), list(GRAINS), key="by", format_func=grains.__getitem__, on_change=_changed)
    st.selectbox(
        t("Counted as"), list(MEASURES), key="measure", format_func=lambda m: t(MEASURE_WORDS[m]), on_change=_changed
    )
    with st.expander(t("What counts as a mention")):
        st.multiselect(
            t("Countries count when named"),
            list(SENSES),
            key="senses",
            format_func=lambda s: t(SENSE_WORDS[s]),
            placeholder=t("countries by name"),  # which count where none is chosen
            on_change=_changed,
        )
        st.checkbox(t("Count word-for-word reprints too"), key="reprints", on_change=_changed)


def said() -> tuple[Filters, tuple[Problem, ...]]:
    """The filters that the widgets say now, and what of it cannot be meant."""
    state = st.session_state
    start, end = cast("dt.date | None", state["from"]), cast("dt.date | None", state["to"])
    problems: tuple[Problem, ...] = ()
    if start and end and start > end:
        problems, end = (Problem("to", end.isoformat(), BACKWARDS),), None
    filters = Filters(
        start=start,
        end=end,
        entities=tuple(state["entities"]),
        topics=tuple(state["topics"]),
        outlets=tuple(state["outlets"]),
        languages=tuple(state["languages"]),
        query=" ".join((state["q"] or "").split()),
        by=state["by"],
        measure=state["measure"],
        senses=tuple(s for s in SENSES if s in state["senses"]) or ("name",),
        reprints=bool(state["reprints"]),
    )
    return filters, problems


def say(problems: Sequence[Problem], t: Translate) -> None:
    """Name what was asked for and cannot be had. The values of an address are shown as text, whatever they hold."""
    if not problems:
        return
    with st.container(border=True, key="ignored"):
        st.markdown(":material/link_off: " + t("Part of what was asked for was not understood and is ignored:"))
        for problem in problems:  # of each parameter one or two
            st.text(f"{problem.parameter} = {problem.value} ({t(problem.reason)})")
