"""Lists of articles and stories: each with the sentence that is its evidence, each a door to the whole."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from analytics import charts, search, trends
from analytics.charts.theme import PALETTE
from analytics.filters import Filters
from analytics.periods import format_prefix
from ui import store
from ui.components import Item, Part, texts
from ui.sidebar import OWN
from ui.switches import ORDER
from ui.view import View
from ui.words import number

FIRST = 4  # outlets that are named as the first to report
PAGE = 10  # articles of a list that are shown at once
TOPIC, SOUGHT = "topic", "search"  # a word that makes a topic, or that was searched for: marked beside mentions
TONES = {
    "country": PALETTE[0],
    "official": PALETTE[1],
    "organisation": PALETTE[2],
    TOPIC: PALETTE[3],
    SOUGHT: PALETTE[4],
}


def article_list(view: View, rows: pd.DataFrame, key: str, entities: Sequence[str] = ()) -> None:
    """Articles with the sentences that mention the entities, marked, each with the rule that found it."""
    with view.turn.work():
        documents = view.documents(tuple(rows["id"]))
        known = [row for row in charts.rows_of(rows) if row["id"] in documents]
        items = [_entry(view, row, documents[row["id"]], entities) for row in known]
        opened = texts(items, key)
    if opened:
        open_article(opened)


def whole_list(view: View) -> pd.DataFrame:
    """All articles of this part of the corpus, as `trends.articles` has them, each with its address at the outlet."""
    found = trends.articles(view.cube, view.filters)
    urls = store.urls(view.where, view.version, found["id"].to_list())
    return found.assign(url=found["id"].map(urls))


def open_article(article: str) -> None:
    """Go to the page that shows one article."""
    _go("articles", article=[article])


def _open_story(story: str) -> None:
    """Go to a story, from which the way back leads to stories in the order they were in."""
    order = st.query_params.get_all(ORDER.key)
    _go("stories", story=[story], **({ORDER.key: order} if order else {}))


def _go(page: str, **own: list[str]) -> None:
    """Go to a page at the address that it will have.

    Another would be put right as soon as it is there, and a visitor who goes back came to that one again, for ever.
    """
    kept = {key: st.query_params.get_all(key) for key in st.query_params if key not in OWN}
    st.switch_page(f"../pages/{page}.py", query_params={**kept, **own})


def _entry(view: View, row: Mapping[Any, Any], document: Mapping[str, Any], entities: Sequence[str]) -> Item:
    mentions = document["mentions"] or ()
    found = trends.snippets(document, mentions, entities, view.filters.senses) if entities else []
    if view.filters.query and not found:
        found = trends.snippets(document, sought(view, document), senses=(SOUGHT,))
    shown = [replace(snippet, marks=_in_words(view, snippet.marks)) for snippet in found[:3]]
    bodies = tuple(marked(view, snippet.text, snippet.marks, snippet.clipped) for snippet in shown)
    rules = dict.fromkeys(mark.rule for snippet in shown for mark in snippet.marks if mark.rule)
    note = view.t("found by: {rules}").format(rules="; ".join(rules)) if rules else ""
    return Item(headline(document), about(view, row), bodies or (_opening(document),), note, row["id"])


def _in_words(view: View, marks: Iterable[trends.Mark]) -> tuple[trends.Mark, ...]:
    """The marks with their rules in the session's language."""
    return tuple(replace(mark, rule=view.rule(mark.rule)) for mark in marks)


def sought(view: View, document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Where what was searched for stands in an article, as if it were mentions."""
    if not view.filters.query:
        return []
    name = view.t("searched for")
    about = {"entity": "", "name": name, "sense": SOUGHT, "rule": ""}
    places = search.marks(document, view.filters.query)
    return [about | {"field": field, "start": a, "end": b} for field, those in places.items() for a, b in those]


def written(document: Mapping[str, Any]) -> str:
    """The date of an article as precise as it is known; empty for none."""
    return format_prefix(document["published"], document["precision"]) if document["published"] else ""


def headline(document: Mapping[str, Any]) -> str:
    """The title, or the beginning of the text where scrapers left no title."""
    return _short(str(document["title"] or document["text"]))


def _short(text: str) -> str:
    first = text.split("\n", 1)[0]
    return first if len(first) <= 160 else first[:159].rstrip() + "…"


def _opening(document: Mapping[str, Any]) -> tuple[Part, ...]:
    text = " ".join(str(document["text"]).split()) if document["title"] else ""
    return (Part(text if len(text) <= 240 else text[:239].rstrip() + "…"),) if text else ()


def about(view: View, row: Mapping[Any, Any]) -> str:
    """Outlet, date and language of an article in one line."""
    language = view.name("language", row["language"])
    parts = [row["outlet"] or view.t("outlet not named"), view.day(row["published"]), language]
    if row.get("reprint"):
        parts.append(view.t("reprint"))
    return " · ".join(part for part in parts if part)


def marked(
    view: View, text: str, marks: Iterable[Any], clipped: tuple[bool, bool] = (False, False)
) -> tuple[Part, ...]:
    """A text as parts, its mentions in the colour of their kind; one inside another is left to the outer.

    The rule of a mark is shown as it stands.
    """
    parts, at = [Part("… ")] if clipped[0] else [], 0
    for mark in marks:
        if mark.start < at:
            continue  # inside the one before: a country in an organisation's name
        parts.append(Part(text[at : mark.start]))
        ours = mark.sense in {TOPIC, SOUGHT}
        kind = mark.sense if ours else view.cube.kind(mark.entity)
        name = mark.name if ours else view.name("entity", mark.entity)
        why = " · ".join(part for part in (name, mark.rule) if part)
        parts.append(Part(text[mark.start : mark.end], TONES.get(kind or "", TONES["country"]), why))
        at = mark.end
    parts.append(Part(text[at:]))
    return (*parts, Part(" …")) if clipped[1] else tuple(parts)


def behind(view: View, point: list[Any] | None, key: str) -> None:
    """The articles behind the point of a chart over time that was clicked, with their mentions marked."""
    chosen = _behind(view, point, key, "entity", lambda entity: view.filters.but(entities=(entity,)))
    if chosen:
        entity, rows = chosen
        article_list(view, rows, f"{key}-list", (entity,))


def behind_topic(view: View, point: list[Any] | None, key: str) -> None:
    """The articles behind a point of a chart of topics: those of the topic in the period, with what makes them so."""
    chosen = _behind(view, point, key, "topic", lambda topic: view.filters.but(topics=(topic,)))
    if chosen:
        topic, rows = chosen
        telling_list(view, topic, f"{key}-list", rows)


def _behind(
    view: View, point: list[Any] | None, key: str, kind: str, but: Callable[[str], Filters]
) -> tuple[str, pd.DataFrame] | None:
    """What a point stands for and a page of its articles; without a point, what one would do."""
    if not point or len(point) < 2:
        st.caption(view.t("Click a point of the chart to read the articles behind it."))
        return None
    start, thing = pd.Timestamp(point[0]).date(), str(point[1])
    filters = but(thing)
    total = trends.count_articles(view.cube, filters, start)
    st.subheader(view.t("Behind the point"))
    label = charts.period(start, trends.axis(view.cube, view.filters).grain, view.language)
    name = view.name(kind, thing)
    st.text(view.t("{name}, {period} · articles: {n}").format(name=name, period=label, n=number(total)))
    return thing, trends.articles(view.cube, filters, start, limit=PAGE, offset=paged(total, key) * PAGE)


def paged(total: int, key: str) -> int:
    """A row of page numbers where a list needs one. Returns the page that is shown, from 0."""
    pages = -(-total // PAGE)
    return st.pagination(pages, key=f"{key}-pages") - 1 if pages > 1 else 0


def telling_list(view: View, topic: str, key: str, rows: pd.DataFrame) -> None:
    """These articles of a topic with the sentence that says most and the terms that made the score."""
    documents = view.documents(tuple(rows["id"]))
    found = [
        (assigned["score"], row, documents[row["id"]], assigned)
        for row in charts.rows_of(rows)
        for assigned in (documents.get(row["id"]) or {}).get("topics") or ()
        if assigned["topic"] == topic
    ]
    items = [
        Item(
            head=headline(document),
            meta=f"{about(view, row)} · {charts.percent(score, view.language)}",
            bodies=((Part(assigned["sentence"]),),) if assigned["sentence"] else (),
            note=view.t("evidence: {terms}").format(
                terms=", ".join(term["term"] for term in assigned["evidence"] or ())
            ),
            id=row["id"],
        )
        for score, row, document, assigned in found
    ]
    opened = texts(items, key)
    if opened:
        open_article(opened)


def story_list(view: View, rows: pd.DataFrame, key: str) -> None:
    """Stories with their size, outlets, languages and dates; a click opens the story."""
    with view.turn.work():
        opened = texts([_story(view, row) for row in charts.rows_of(rows)], key)
    if opened:
        _open_story(opened)


def _story(view: View, row: Mapping[Any, Any]) -> Item:
    outlets = view.t("articles: {n} · outlets: {outlets} · languages: {languages}").format(
        n=number(row["articles"]), outlets=number(row["outlets"]), languages=number(row["languages"])
    )
    when = view.span(_date(row["first"]), _date(row["last"]))
    return Item(_called(view, row), f"{outlets} · {when}", id=row["story"])


def _called(view: View, story: Mapping[Any, Any]) -> str:
    """The title of a story; the beginning of its first article where none has one."""
    if story["title"]:
        return _short(story["title"])
    first = trends.timeline(view.cube, story["story"], view.filters)["id"].iloc[0]
    return headline(view.documents((first,))[first])


def unusual(view: View, bursts: pd.DataFrame, key: str) -> None:
    """The unusual periods of a chart, each with the story that made it; a click opens the story."""
    if not len(bursts):
        return
    t = view.t
    grain = trends.axis(view.cube, view.filters).grain
    with st.expander(t("Unusual periods: {n}").format(n=number(len(bursts))), icon=":material/notifications_active:"):
        items = [
            Item(
                head=row["title"],
                meta=f"{row['name']} · {charts.period(row['start'].date(), grain, view.language)} · "
                + t("articles: {n}, expected: {expected}").format(
                    n=number(row["articles"]), expected=charts.number(row["expected"], view.language, 1)
                ),
                bodies=() if row["title"] else ((Part(t("No one story made it.")),),),
                id=row["story"],
            )
            for row in charts.rows_of(bursts)
        ]
        opened = texts(items, key)
        st.caption(t("Measured against the periods before, by chance fewer than one in a thousand would be so high."))
    if opened:
        _open_story(opened)


def _date(value: Any) -> Any:
    return None if value is None else value.date()


def story_line(view: View, rows: pd.DataFrame) -> str:
    """A story in one line: how many articles, outlets and languages, who was first."""
    t = view.t
    text = t("articles: {n} · outlets: {outlets} · languages: {languages}").format(
        n=number(len(rows)), outlets=number(_different(rows["outlet"])), languages=number(_different(rows["language"]))
    )
    day = rows["published"].iloc[0]
    first = list(dict.fromkeys(rows["outlet"][rows["published"] == day]))  # no hour is known: all of the day are first
    names = ", ".join(outlet or t("outlet not named") for outlet in first[:FIRST])
    more = t(" and {n} more").format(n=number(len(first) - FIRST)) if len(first) > FIRST else ""
    return f"{text} · " + t("first: {outlet}, {day}").format(outlet=names + more, day=view.day(day))


def _different(column: pd.Series) -> int:
    """How many there are, but for what is not known."""
    return column[column != ""].nunique()


def protagonists(view: View, ids: tuple[str, ...], most: int = 8) -> tuple[str, ...]:
    """Whom most of these articles mention."""
    counts: dict[str, int] = {}
    for document in view.documents(ids).values():
        for entity in {m["entity"] for m in document["mentions"] or () if m["sense"] == "name"}:
            counts[entity] = counts.get(entity, 0) + 1
    return tuple(sorted(counts, key=lambda e: (-counts[e], e))[:most])
