"""One article: its text with every mention marked, what it is about and why, and what was done to it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from analytics import charts, trends
from analytics.model import FLAGS
from analytics.text.letters import fold
from ui import marking, themes
from ui.components import Item, Part, texts
from ui.lists import SOUGHT, TONES, TOPIC, about, marked, sought, written
from ui.view import KINDS, View


def article(view: View, wanted: str) -> None:
    """One article with all its mentions marked, what it is about and why, and what was done to it."""
    document = view.documents((wanted,)).get(wanted)
    if document is None:
        st.info(view.t("There is no such article in this corpus."), icon=":material/help:")
        return
    mentions = document["mentions"] or []
    marks = [*mentions, *sought(view, document)]
    evidence = _evidence(view, document["topics"] or ())
    title, body = (
        _whole(view, document[field] or "", [m for m in marks if m["field"] == field], evidence)
        for field in ("title", "text")
    )
    line = about(view, document | {"published": written(document), "reprint": bool(document["duplicate_of"])})
    with st.container(border=True):
        texts([Item(meta=line, bodies=tuple(part for part in (title, body) if part), large=bool(title))], "reader")
        _colours(view)
        if at_outlet(document["url"]):
            st.link_button(view.t("Open at the outlet"), document["url"], icon=":material/open_in_new:")
    left, right = st.columns(2)
    with left:
        _topics(view, document)
    with right:
        _mentioned(view, wanted, mentions)
    _provenance(view, document)


def at_outlet(url: str) -> bool:
    """Whether an address, which is a stranger's text, leads to a page and does nothing else."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _evidence(view: View, topics: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What each term that makes a topic is marked with: the topics, by the term in small letters."""
    found: dict[str, list[str]] = {}
    for topic in topics:
        for term in topic["evidence"] or ():
            found.setdefault(fold(term["term"]), []).append(view.name("topic", topic["topic"]))
    return {term: ", ".join(names) for term, names in found.items() if term}


def _whole(view: View, text: str, mentions: list[Mapping[str, Any]], evidence: Mapping[str, str]) -> tuple[Part, ...]:
    marks = [trends.Mark(m["start"], m["end"], m["entity"], m["name"], m["sense"], _why(view, m)) for m in mentions]
    if evidence:
        terms = "|".join(re.escape(term) for term in sorted(evidence, key=len, reverse=True))
        for found in re.finditer(rf"(?<!\w)(?:{terms})(?!\w)", fold(text)):
            why = evidence[found.group()]
            marks.append(trends.Mark(found.start(), found.end(), TOPIC, why, TOPIC, view.t("evidence")))
    return marked(view, text, sorted(marks, key=lambda m: (m.start, -m.end))) if text else ()


def _why(view: View, m: Mapping[str, Any]) -> str:
    if m["sense"] == SOUGHT:
        return ""
    parts = (view.office(m["role"], m["entity"]), view.t(m["sense"]).replace("_", " "), view.rule(m["rule"]))
    return " · ".join(part for part in parts if part)


def _colours(view: View) -> None:
    words = [(view.t(word), TONES[kind]) for kind, word in KINDS.items()]
    words.append((view.t("words that make a topic"), TONES[TOPIC]))
    if view.filters.query:
        words.append((view.t("searched for"), TONES[SOUGHT]))
    legend = tuple(part for word, tone in words for part in (Part(word, tone), Part("   ")))
    texts([Item(bodies=(legend,))], "colours")


def _topics(view: View, document: Mapping[str, Any]) -> None:
    st.subheader(view.t("What it is about"))
    topics = document["topics"] or []
    if not topics:
        st.text(view.t("No topic: that is an answer too."))
    items = [
        Item(
            head=f"{view.name('topic', topic['topic'])} · {charts.percent(topic['score'], view.language)}",
            meta=", ".join(
                f"{term['term']} ({charts.number(term['weight'], view.language, 1)})"
                for term in topic["evidence"] or ()
            ),
            bodies=((Part(topic["sentence"]),),) if topic["sentence"] else (),
        )
        for topic in sorted(topics, key=lambda topic: -topic["score"])
    ]
    texts(items, "topics-of-article")
    themes.corrected(view, document)


def _mentioned(view: View, article: str, mentions: Sequence[Mapping[str, Any]]) -> None:
    st.subheader(view.t("Who is mentioned"))
    if not mentions:
        st.text(view.t("Nobody that Jarchi knows."))
        return
    t = view.t
    mentions = sorted(mentions, key=lambda m: (m["field"] != "title", m["start"]))
    rows = pd.DataFrame(
        [
            {
                t("Name"): view.name("entity", m["entity"]),
                t("As written"): m["surface"],
                t("Office"): view.office(m["role"], m["entity"]),
                t("Sense"): t(m["sense"]),
                t("Found by"): view.rule(m["rule"]),
            }
            for m in mentions
        ]
    )
    with st.container(key="mentions-of-article"):
        event = st.dataframe(
            rows,
            hide_index=True,
            height=min(420, 38 + 35 * len(rows)),
            key=f"mentions-of-{article}-{view.version}",  # what was chosen is chosen in this version alone
            on_select="rerun",
            selection_mode="single-row",
        )
    chosen = event["selection"]["rows"]
    if chosen:
        marking.form(view, article, mentions[chosen[0]])
    else:
        st.caption(t("Is one of them wrong? Tick its row."))


def _provenance(view: View, document: Mapping[str, Any]) -> None:
    t = view.t
    with st.expander(t("Where it comes from, and what was done to it")):
        for flag in document["flags"] or ():
            st.text("• " + t(FLAGS.get(flag, flag)))
        st.text(t("Read from: {origin}").format(origin=document["origin"]))
        if document["url"]:
            st.text(t("Address: {url}").format(url=document["url"]))
        if document["duplicate_of"]:
            st.text(t("Word-for-word reprint of: {id}").format(id=document["duplicate_of"]))
        if document["original"]:
            st.text(t("As it was read:"))
            st.code(document["original"][:20_000], language=None, wrap_lines=True, height=300)
