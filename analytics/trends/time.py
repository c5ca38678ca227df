"""Counts over time."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.cube import NO_TOPIC, Cube, start_of
from analytics.cube.codes import Bools
from analytics.filters import Filters
from analytics.model import Kind
from analytics.periods import PRECISIONS, format_prefix
from analytics.trends.axis import Axis, Column, axis, describe_periods, texts, unplaced
from analytics.trends.rank import leading

PERIOD = ["period", "start", "end"]
CELLS = 1 << 24  # periods by outlets that are marked at a time: 16 MB
WORTH = ["apart", "partial", "reason", "small"]  # what a period's figures are worth: see `describe_periods`


def over_time(
    cube: Cube,
    filters: Filters,
    language: str = "az",
    *,
    kind: Kind | None = "country",
    top: int = 5,
    today: dt.date | None = None,
) -> pd.DataFrame:
    """How often the chosen entities are mentioned, period by period: one row per entity and period.

    The `top` entities of `kind` by coverage where none is chosen. Key: entity, period. Columns:

    period, start, end   its label (2020-01-31, 2020-W05, 2020-01, 2020-Q1, 2020) and its first and last day
    entity, name, kind   the entity
    coverage, mentions   articles that mention it, and how often they do; empty where articles is 0: a gap is no zero
    articles             the denominator: all articles of the period in this part of the corpus
    attention            coverage ÷ articles; empty where there is no article
    total, voice         summed coverage of the entities in this frame; coverage ÷ total, empty where that is 0
    apart, partial, reason, small   see `describe_periods`

    Every period of the axis is there (see `axis`). `today` is for tests.
    """
    entities = filters.entities or leading(cube, filters, kind, top)
    return _measure(cube, filters, entities, language, today)


def attention_table(cube: Cube, filters: Filters, language: str = "az") -> pd.DataFrame:
    """The export `attention`: one row per entity and period, of all entities mentioned where none is chosen.

    Columns: period, entity, name, coverage, mentions, articles, attention (as in `over_time`).
    """
    entities = filters.entities or leading(cube, filters, None, None)
    frame = _measure(cube, filters, entities, language, None)
    return frame[["period", "entity", "name", "coverage", "mentions", "articles", "attention"]]


def _measure(
    cube: Cube, filters: Filters, entities: Sequence[str], language: str, today: dt.date | None
) -> pd.DataFrame:
    time = axis(cube, filters)
    periods = describe_periods(cube, filters, time, today)
    mask = cube.base(filters) & cube.placed(time.grain)
    tally = cube.tally(mask, time.bounds(cube), entities, filters.senses)
    coverage, total = tally.coverage.ravel(), np.tile(tally.coverage.sum(axis=0), len(entities))
    columns = _cross(periods, len(entities), time)
    articles = columns["articles"]
    return pd.DataFrame(
        {
            **{name: columns[name] for name in PERIOD},
            "entity": _each(entities, time),
            "name": _each([cube.name("entity", e, language) for e in entities], time),
            "kind": _each([cube.kind(e) or "" for e in entities], time),
            "coverage": _counts(coverage, articles),
            "mentions": _counts(tally.mentions.ravel(), articles),
            "articles": articles,
            "attention": _ratio(coverage, articles),
            "total": _counts(total, articles),
            "voice": _ratio(coverage, total),
            **{name: columns[name] for name in WORTH},
        }
    )


def _cross(periods: Mapping[str, Column], times: int, time: Axis) -> dict[str, Any]:
    """The columns of the periods so many times, one after the other."""
    at = np.tile(np.arange(len(time)), times)
    return {name: column.take(at) for name, column in periods.items()}


def _each(values: Sequence[str], time: Axis) -> Column:
    """Each value as many times as there are periods."""
    return texts(values).take(np.repeat(np.arange(len(values)), len(time)))


def _counts(values: NDArray[np.int64], articles: NDArray[np.int64]) -> pd.arrays.IntegerArray:
    """Whole numbers that are missing, not zero, where there was no article."""
    return pd.arrays.IntegerArray(values.astype(np.int64), articles == 0)


def _ratio(part: NDArray[np.int64], whole: NDArray[np.int64]) -> NDArray[np.float64]:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(whole > 0, part / whole, np.nan)


def topics_over_time(
    cube: Cube, filters: Filters, language: str = "az", *, today: dt.date | None = None
) -> pd.DataFrame:
    """How many articles belong to each topic, period by period: one row per topic and period.

    The chosen topics, or all named ones that occur and `NO_TOPIC`. The denominator is the part of the corpus without
    the choice of topics; with entities chosen, those of its articles that mention any of them. An article may belong
    to several topics, so that attentions may add up to more than 1. Key: topic, period. Columns: period, start, end,
    topic, name, coverage, articles, attention, apart, partial, reason, small as in `over_time`.
    """
    part = filters.but(topics=())
    named = [t for t in cube.known["topics"] if t in cube.theme_code and t not in cube.discovered]
    chosen = filters.topics or (*named, NO_TOPIC)
    time = axis(cube, filters)
    mask = cube.base(part) & cube.select_rows(part)
    periods = describe_periods(cube, part, time, today)
    periods["articles"] = articles = time.counts(cube, mask)
    periods["reason"][(articles == 0) & (periods["reason"] == "")] = "empty"
    counts = np.concatenate([np.zeros(0, np.int64), *(time.counts(cube, mask & cube.about((t,))) for t in chosen)])
    columns = _cross(periods, len(chosen), time)
    return pd.DataFrame(
        {
            **{name: columns[name] for name in PERIOD},
            "topic": _each(chosen, time),
            "name": _each([cube.name("topic", t, language) for t in chosen], time),
            "coverage": _counts(counts, columns["articles"]),
            "articles": columns["articles"],
            "attention": _ratio(counts, columns["articles"]),
            **{name: columns[name] for name in WORTH},
        }
    )


def terms_over_time(cube: Cube, filters: Filters, topic: str, *, top: int = 10) -> pd.DataFrame:
    """The terms that spoke most for a topic in each period: one row per period and term, strongest first.

    Columns: period, start, end, topic, term, weight (summed over the articles), articles (in which it did). Periods
    in which no article belongs to the topic have no row.
    """
    time = axis(cube, filters)
    terms, mask = cube.terms, cube.base(filters) & cube.select_rows(filters) & cube.about((topic,))
    rows = terms.rows(mask)
    at = time.on(cube, terms.articles(rows))
    mine = (at >= 0) & (terms.topic[terms.pair[rows]] == cube.theme_code.get(topic, -1))
    rows, at = rows[mine], at[mine]
    spoke = pd.DataFrame({"at": at, "term": terms.term.codes[terms.pair[rows]], "weight": terms.weight(rows)})
    totals = spoke.groupby(["at", "term"], as_index=False).agg(weight=("weight", "sum"), articles=("weight", "size"))
    totals = totals.sort_values(["at", "weight", "term"], ascending=[True, False, True]).groupby("at").head(top)
    frame = totals.merge(time.frame(), left_on="at", right_index=True).assign(topic=topic)
    frame["term"] = texts(terms.term.strings(frame["term"].to_numpy()))
    return frame[["period", "start", "end", "topic", "term", "weight", "articles"]].reset_index(drop=True)


def growth(cube: Cube, filters: Filters, *, today: dt.date | None = None) -> pd.DataFrame:
    """How the corpus grew: one row per period. Shows a source that fell silent before a trend does.

    Columns: period, start, end, articles, reprints (further ones that repeat another), outlets (that published in
    it), cumulative (articles up to its end), apart, partial, reason, small.
    """
    time = axis(cube, filters)
    frame = pd.DataFrame(describe_periods(cube, filters, time, today))
    mask = cube.base(filters)
    frame["reprints"] = time.counts(cube, cube.base(filters.but(reprints=True)) & ~mask)
    frame["outlets"] = _outlets(cube, mask, time)
    frame["cumulative"] = frame["articles"].cumsum()
    return frame[[*PERIOD, "articles", "reprints", "outlets", "cumulative", *WORTH]]


def _outlets(cube: Cube, mask: Bools, time: Axis) -> NDArray[np.int64]:
    """How many outlets published an article of a mask in each period."""
    bounds, outlets = time.bounds(cube), cube.articles.outlet
    there, many = mask & cube.placed(time.grain), len(outlets.levels)
    found = np.zeros(len(time), np.int64)
    some = max(CELLS // max(many, 1), 1)  # periods at a time
    for first in range(0, len(time), some):
        edges = bounds[first : first + some + 1]
        rows, periods = slice(edges[0], edges[-1]), len(edges) - 1
        cell = np.repeat(np.arange(0, periods * many, many, dtype=np.int32), np.diff(edges))
        cell += outlets.codes[rows]
        seen = np.zeros(periods * many, np.bool_)
        seen[cell[there[rows]]] = True
        found[first : first + some] = np.count_nonzero(seen.reshape(periods, many), axis=1)
    return found


def apart(cube: Cube, filters: Filters, language: str = "az") -> pd.DataFrame:
    """Articles dated too coarsely for the axis, by the month or year they are dated to and by entity.

    One row per interval and chosen entity (one with entity "" where none is chosen). Columns: period (2020-01, 2020),
    start, end, precision, entity, name, coverage, articles.
    """
    time = axis(cube, filters)
    rows = unplaced(cube, filters, time)
    key = np.stack([cube.articles.day[rows], cube.articles.precision[rows], cube.articles.last[rows]], axis=1)
    intervals, place = np.unique(key, axis=0, return_inverse=True)
    articles = np.bincount(place, minlength=len(intervals))
    coverage = [
        np.bincount(place[cube.mentioning((entity,), filters.senses)[rows]], minlength=len(intervals))
        for entity in filters.entities
    ] or [articles]
    entities = filters.entities or ("",)
    found = [
        {
            "period": format_prefix(start, PRECISIONS[precision]),
            "start": pd.Timestamp(start),
            "end": pd.Timestamp(end),
            "precision": PRECISIONS[precision],
            "entity": entity,
            "name": cube.name("entity", entity, language) if entity else "",
            "coverage": int(coverage[line][at]),
            "articles": int(articles[at]),
        }
        for at, (day, precision, last) in enumerate(intervals.tolist())
        for start, end in [(start_of(day, "day"), start_of(last, "day"))]
        for line, entity in enumerate(entities)
    ]
    columns = ["period", "start", "end", "precision", "entity", "name", "coverage", "articles"]
    return pd.DataFrame(found, columns=columns)


def peaks(frame: pd.DataFrame, measure: str = "coverage") -> pd.DataFrame:
    """The highest finished period of each entity (or topic) within the frame: rows of `frame`, one per entity.

    Only what lies in the frame is looked at, never what came before it. The first of several equal ones is taken;
    an entity that is never mentioned has no row.
    """
    key = "entity" if "entity" in frame else "topic"
    ripe = frame[frame[measure].notna() & ~frame["partial"]]
    ripe = ripe[ripe[measure] > 0]
    highest = ripe.astype({measure: float}).groupby(key, sort=False)[measure].idxmax()
    return frame.loc[highest].reset_index(drop=True)
