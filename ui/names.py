"""The gazetteer in the app: an entity's names, offices over time, and its forms in this corpus."""

import datetime as dt

import pandas as pd
import streamlit as st

from analytics.candidates import LEAST, entry
from analytics.model import Term
from ui import store
from ui.picker import pick
from ui.sidebar import entities
from ui.view import KINDS, View
from ui.words import number

WRITTEN = "_looked-up"  # the name that we last wrote into the address
LANGUAGE_NAMES = {"az": "Azərbaycanca", "tr": "Türkçe", "ru": "Русский", "en": "English", "kk": "Қазақша"}


def choose_entity(view: View) -> str:
    """Let the visitor choose an entity. It stands in the address as `name`, and leads until that says another."""
    choices = entities(view.cube, view.language, frozenset(view.loaded.gazetteer.entities))
    asked = st.query_params.get("name", "")
    if st.session_state.get(WRITTEN) != asked:
        st.session_state["look-up"] = [asked] if asked in choices.ids else []
        if asked and asked not in choices.ids:
            st.info(
                view.t("There is no such name in this corpus or among those that Jarchi knows."), icon=":material/help:"
            )
    pick(view.t("Name"), choices, "look-up", view.t("type a name"), alone=True)
    chosen = next(iter(st.session_state["look-up"]), "")
    if chosen:
        st.query_params["name"] = chosen
    elif asked:
        del st.query_params["name"]
    st.session_state[WRITTEN] = chosen
    return chosen


def known_kinds(view: View) -> None:
    """How many names of each kind there are, in the gazetteer and in this corpus."""
    known = view.loaded.gazetteer
    for column, (kind, word) in zip(st.columns(len(KINDS)), KINDS.items(), strict=True):
        here = sum(view.cube.kind(entity) == kind for entity in view.cube.entities)
        column.metric(view.t(word).capitalize(), number(len(known.of(kind))), border=True)
        column.caption(view.t("{n} of this kind in the corpus").format(n=number(here)))


def unknown(view: View) -> None:
    """Officials whom this corpus names often and the gazetteer does not know, and a draft of their entries."""
    t = view.t
    st.header(t("Named often, not known yet"))
    found = store.candidates(view.where, view.version)
    if not found:
        st.text(t("Nobody in {n} articles or more.").format(n=number(LEAST)))
        return
    rows = [
        {
            t("Name"): one["name"],
            t("Office"): view.office(one["role"]),
            t("Articles"): one["articles"],
            t("Outlets"): one["outlets"],
            t("Written as"): ", ".join(one["forms"]),
        }
        for one in found
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, height=min(460, 38 + 35 * len(rows)))
    st.download_button(
        t("Drafts of their entries (TOML)"),
        lambda: "\n".join(map(entry, found)),
        "candidates.toml",
        "text/plain",
        on_click="ignore",
        icon=":material/download:",
    )


def names_of(view: View, entity: str) -> None:
    """What the entity is called in each language, its other names and its former ones."""
    t = view.t
    found = view.loaded.gazetteer.entities.get(entity)
    st.subheader(t("Names"))
    if found is None:
        someone = view.cube.someone(entity)
        st.text(view.name("entity", entity))
        st.text(t("Not in the gazetteer: found in the corpus by an office beside the name."))
        if someone and someone.role:
            st.text(view.office(someone.role))
        return
    rows = [
        {
            t("Language"): LANGUAGE_NAMES[language],
            t("Name"): found.names.get(language, ""),
            t("Other names"): ", ".join((*found.strong.get(language, ()), *found.weak.get(language, ()))),
            t("Nationality words"): ", ".join(found.demonyms.get(language, ())),
        }
        for language in LANGUAGE_NAMES
        if language in found.names or language in found.strong or language in found.weak
    ]
    frame = pd.DataFrame(rows)
    st.dataframe(frame.loc[:, (frame != "").any()], hide_index=True)
    for former in found.history:
        name = former.names.get(view.language) or former.names.get("az") or ""
        st.text(f"{_years(former.start, former.end, t('until now'))}  {name}")


def offices_of(view: View, entity: str) -> None:
    """The offices an official has held, newest first."""
    found = view.loaded.gazetteer.entities.get(entity)
    if found is None or not found.terms:
        return
    t = view.t
    st.subheader(t("Offices over time"))
    rows = [
        {t("Office"): _office(view, term), t("When"): _years(term.start, term.end, t("until now"))}
        for term in sorted(found.terms, key=lambda term: term.start or dt.date.min, reverse=True)
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True)


def _office(view: View, term: Term) -> str:
    places = (term.country, term.organisation, term.to_country)
    return view.loaded.gazetteer.offices.called(term.role, view.language, places)


def _years(start: dt.date | None, end: dt.date | None, now: str) -> str:
    if start and end and start.year == end.year:
        return str(end.year)
    return f"{start.year if start else '…'} – {end.year if end else now}"


def forms_of(view: View, entity: str) -> None:
    """How the entity is written in this corpus: every form with its count and the rule that found it."""
    t = view.t
    st.subheader(t("Forms in this corpus"))
    rows = store.forms(view.where, view.version, entity)
    if not rows:
        st.text(t("None."))
        return
    words = {
        "form": t("Form"),
        "sense": t("Sense"),
        "rule": t("Found by"),
        "mentions": t("Mentions"),
        "articles": t("Articles"),
    }
    frame = pd.DataFrame(rows).rename(columns=words)
    frame[words["sense"]] = frame[words["sense"]].map(t)
    frame[words["rule"]] = frame[words["rule"]].map(view.rule)
    st.dataframe(frame, hide_index=True, height=min(460, 38 + 35 * len(frame)))
