"""One story: the sentences that sum it up, who is in it, what each outlet adds, and who copied whom."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from analytics.stories.digest import MOST, Digest, Said, digest
from ui import lists
from ui.components import Item, Part, texts
from ui.view import View
from ui.words import number

NAMED = 8  # entities and outlets that are shown


def summed_up(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """The story of these articles (of `trends.timeline`) in short.

    Returns the rows with two more columns for downloads: `copy_of`, and `adds`, a sentence that no earlier report had.
    """
    t = view.t
    documents = view.documents(tuple(rows["id"]))
    titled = next((d for article in rows["id"] if (d := documents.get(article)) and d["title"]), None)
    if titled:
        texts([Item(bodies=((Part(titled["title"]),),), large=True)], "story-title")
    st.text(lists.story_line(view, rows))
    told = digest([documents[article] for article in rows["id"] if article in documents])
    if told.left_out:
        st.caption(t("Summed up from its first {n} articles.").format(n=number(MOST)))
    left, right = st.columns(2, gap="large")
    with left:
        st.header(t("In short"))
        _open(texts([_said(view, said, documents) for said in told.summary], "story-summary"))
        names = [f"{view.name('entity', entity)} ({number(n)})" for entity, n in told.entities[:NAMED]]
        st.text(t("Who is in it: {names}").format(names=", ".join(names) or "–"))
    with right:
        st.header(t("What each outlet adds"))
        items = [item for report in told.reports[:NAMED] for item in _adds(view, report, told, documents)]
        _open(texts(items, "story-reports"))
    adds = {said.article: said.text for report in told.reports for said in report.adds}
    return rows.assign(copy_of=rows["id"].map(told.copies).fillna(""), adds=rows["id"].map(adds).fillna(""))


def _said(view: View, said: Said, documents: Mapping[str, Mapping[str, Any]]) -> Item:
    document = documents[said.article]
    line = f"{view.day(lists.written(document))} · {view.name('language', document['language'])}"
    return Item(document["outlet"] or view.t("outlet not named"), line, ((Part(said.text),),), id=said.article)


def _adds(view: View, report: Any, told: Digest, documents: Mapping[str, Mapping[str, Any]]) -> list[Item]:
    t = view.t
    first = documents[report.first]
    copies = [told.copies[article] for article in report.articles if article in told.copies]
    notes = []
    if copies:
        outlet = documents[copies[0]]["outlet"] or t("outlet not named")
        notes.append(t("repeats {outlet} almost word for word: {n}").format(outlet=outlet, n=number(len(copies))))
    if report.entities:
        names = ", ".join(view.name("entity", entity) for entity in report.entities[:NAMED])
        notes.append(t("first to name: {names}").format(names=names))
    bodies = tuple((Part(said.text),) for said in report.adds) or ((Part(t("Nothing that was not reported before.")),),)
    head = report.outlet or t("outlet not named")
    line = " · ".join([view.day(lists.written(first)), t("articles: {n}").format(n=number(len(report.articles)))])
    return [Item(head=head, meta=line, bodies=bodies, note="; ".join(notes), id=report.first)]


def _open(article: str | None) -> None:
    if article:
        lists.open_article(article)
