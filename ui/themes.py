"""Topics in an analyst's hands: one more by a few words, corrected articles, and what becomes of discovered topics."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from analytics import charts, trends
from analytics.errors import JarchiError
from analytics.model import LANGUAGES
from analytics.taxonomy.curate import OWN, Decision, add, decide, remove
from analytics.taxonomy.labels import TopicLabel, mark, take_back
from ui import lists, parts, store
from ui.marking import SAID
from ui.view import View
from ui.words import number

SHOWN = 8  # discovered topics in one chart
TAKEN = 6  # terms of a discovered topic that become seeds when it is promoted


def named(view: View, terms: pd.DataFrame) -> None:
    """Each named topic with the terms that carry it and its most telling articles."""
    t = view.t
    for topic, rows in ((str(topic), rows) for topic, rows in terms.groupby("topic")):
        if topic in view.cube.discovered:
            continue
        st.header(view.name("topic", topic))
        _with_articles(view, topic, rows)
        if topic.endswith(OWN):
            with st.expander(t("Change this topic"), icon=":material/edit:"):
                _form(view, topic)


def _with_articles(view: View, topic: str, rows: pd.DataFrame) -> None:
    filters = view.filters.but(topics=(topic,))
    left, right = st.columns(2)
    with left:
        parts.chart(
            view,
            f"terms-{topic}",
            view.t("Terms that carry the topic"),
            rows,
            charts.ranking,
            filters=filters,
            basis=parts.chosen(view, filters),
            measure="weight",
            half=True,
            one_colour=True,
        )
        _moves(view, topic)
    with right:
        typical, doubtful = st.tabs([view.t("Most telling articles"), view.t("Most doubtful articles")])
        for tab, doubt in ((typical, False), (doubtful, True)):
            with tab:
                found = view.ask(trends.examples, topic, filters=view.part, doubtful=doubt)
                lists.telling_list(view, topic, f"{'doubtful' if doubt else 'telling'}-{topic}", found)


def _moves(view: View, topic: str) -> None:
    """Who drives a topic, which of its terms rise and fall, and which topics it shares articles with."""
    t = view.t
    who = view.ask(trends.drivers, topic, view.language, filters=view.part)
    terms = view.ask(trends.moving, topic, filters=view.part)
    near = view.ask(trends.neighbours, topic, filters=view.part)
    for words, things in (
        (t("Who drives it: {names}"), list(who["name"][who["entity"].isin(view.cube.entities)])),
        (t("Rising of late: {names}"), list(terms["term"][terms["z"] > 0])),
        (t("Falling: {names}"), list(terms["term"][terms["z"] < 0])),
        (t("Shares articles with: {names}"), [view.name("topic", other) for other in near]),
    ):
        if things:
            st.text(words.format(names=", ".join(map(str, things))))


def discovered(view: View, terms: pd.DataFrame) -> None:
    """What the rest of this part of the corpus is about: topics that nobody named, with a way to make use of them."""
    t = view.t
    st.header(t("Found in the rest"))
    here = view.ask(trends.discovered, view.language, filters=view.part)
    if not len(here):
        st.text(t("In what no named topic takes, too few articles use the same words."))
        return
    st.text(t("Groups of articles that use the same words, and are in no named topic. They are called by these words."))
    largest = tuple(here.nlargest(SHOWN, "articles")["topic"])
    frame = view.ask(trends.topics_over_time, view.language, filters=view.filters.but(topics=largest))
    point = parts.topics(view, "discovered", t("Topics nobody named"), frame, measure="coverage")
    lists.behind_topic(view, point, "discovered-behind")
    names = {
        row["topic"]: ("" if row["family"] == row["topic"] else "↳ ") + f"{row['name']} · {number(row['articles'])}"
        for row in charts.rows_of(here)
    }
    chosen = st.selectbox(
        t("A topic to look into"), [*names], format_func=lambda topic: names[topic], key="looked-into"
    )
    rows = terms[terms["topic"] == chosen]
    if len(rows):
        _with_articles(view, chosen, rows)
    with st.expander(t("Name it, merge it, or make it a topic of your own"), icon=":material/edit:"):
        _decide(view, chosen, [topic for topic in names if topic != chosen], list(rows["term"].head(TAKEN)))


def _decide(view: View, topic: str, others: list[str], terms: list[str]) -> None:
    t = view.t
    folder = store.topics_folder(view.where)
    left, middle, right = st.columns(3)
    with left, st.form(f"rename-{topic}", border=True):
        name = st.text_input(t("Call it"), view.name("topic", topic))
        if st.form_submit_button(t("Rename")):
            if name.strip():
                _done(view, partial(decide, folder, Decision(topic, name=name.strip())))
            else:
                st.warning(t("A topic needs a name. Nothing was changed."))
    with middle, st.form(f"merge-{topic}", border=True):
        into = st.selectbox(
            t("Count it with"), [*others, *view.cube.named], format_func=lambda o: view.name("topic", o)
        )
        if st.form_submit_button(t("Merge")) and into:
            _done(view, partial(decide, folder, Decision(topic, into=into)))
    with right, st.form(f"promote-{topic}", border=True):
        st.text(t("Make it a named topic with these terms as seeds: {terms}").format(terms=", ".join(terms)))
        if st.form_submit_button(t("Promote")) and terms:
            language = view.cube.theme_language(topic)
            called = view.name("topic", topic)
            _done(view, partial(add, folder, called, terms, language), again=True)


def new(view: View) -> None:
    """A form for one more topic."""
    with st.expander(view.t("Add a topic"), icon=":material/add:"):
        _form(view, "")


def _form(view: View, topic: str) -> None:
    """A topic's name and seed terms; for a topic made here also a way to delete it."""
    t, folder = view.t, store.topics_folder(view.where)
    known = view.cube.theme(topic)
    languages = [*known.seeds] if known and known.seeds else [view.language]
    with st.form(f"topic-{topic}", border=False):
        name = st.text_input(t("Name of the topic"), view.name("topic", topic) if topic else "", disabled=bool(topic))
        language = st.selectbox(
            t("Language of the terms"),
            LANGUAGES,
            index=LANGUAGES.index(languages[0]),
            format_func=lambda code: view.name("language", code),
        )
        seeds = "\n".join(known.seeds.get(languages[0], {})) if known else ""
        lines = st.text_area(t("Terms that make an article likely to be about it, one a line"), seeds, height=150)
        if st.form_submit_button(t("Read the corpus with this topic"), icon=":material/play_arrow:"):
            if name.strip() and lines.strip():
                _done(view, partial(add, folder, name, lines.splitlines(), language), again=True)
            else:
                st.warning(t("A topic needs a name and at least one term."))
    if topic and st.button(t("Delete this topic"), key=f"delete-{topic}"):
        _done(view, partial(remove, folder, topic), again=True)


def corrected(view: View, document: Mapping[str, Any]) -> None:
    """The named topics of an article, to be set right by an analyst."""
    t, article = view.t, document["id"]
    has = [topic["topic"] for topic in document["topics"] or () if topic["topic"] not in view.cube.discovered]
    with st.form(f"labels-{article}", border=False):
        said = st.multiselect(
            t("Is this wrong? Say which topics it belongs to"),
            view.cube.named,
            [topic for topic in has if topic in view.cube.named],
            format_func=lambda topic: view.name("topic", topic),
            placeholder=t("none"),
        )
        if st.form_submit_button(t("Keep"), icon=":material/check:"):
            labels = [TopicLabel(article, topic, holds=True) for topic in said if topic not in has]
            labels += [TopicLabel(article, topic, holds=False) for topic in has if topic not in said]
            _done(view, partial(_mark, store.topics_folder(view.where), labels))
    rules = [label for label in store.labels(view.where, view.version) if label.article == article]
    for label in rules:
        left, right = st.columns([3, 1], vertical_alignment="center")
        what = t("belongs to {topic}") if label.holds else t("does not belong to {topic}")
        left.text(t("Said by an analyst: {what}").format(what=what.format(topic=view.name("topic", label.topic))))
        if right.button(t("Take back"), key=f"unlabel-{label.digest}"):
            _done(view, partial(take_back, store.topics_folder(view.where), label))


def _mark(folder: Path, labels: list[TopicLabel]) -> None:
    for label in labels:
        mark(folder, label)


def _done(view: View, change: Callable[[], Any], *, again: bool = False) -> None:
    """Carry out a change, read again what it is about, and show the corpus that obeys it."""
    t = view.t
    try:
        with st.spinner(t("Reading the articles again …")):
            analysed, version = store.changed(view.where, change, again=again)
    except JarchiError:
        st.error(t("This could not be kept: the corpus cannot be written."), icon=":material/error:")
        return
    st.session_state["version"] = version
    if analysed is None:
        st.session_state[SAID] = t("Kept. This corpus is large: run `analyse --again` to read it with the change.")
    else:
        st.session_state[SAID] = t("Done. Articles read again: {n}").format(n=number(analysed))
    st.rerun()
