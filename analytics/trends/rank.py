"""Who and what leads: tables over the whole part of the corpus."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.cube import OTHER, Codes, Cube, Totals
from analytics.cube.bits import pack
from analytics.cube.codes import Bools
from analytics.cube.layout import UNDATED
from analytics.cube.terms import Terms
from analytics.filters import Filters
from analytics.model import Kind
from analytics.trends.axis import texts


def leading(cube: Cube, filters: Filters, kind: Kind | None, top: int | None) -> tuple[str, ...]:
    """The ids of the entities of a kind (None: of any) that lead, as `_ranked` has it."""
    codes, _ = _ranked(cube, cube.base(filters), filters, kind, top)
    return tuple(cube.entities[code] for code in codes.tolist())


def _ranked(
    cube: Cube, mask: Bools, filters: Filters, kind: Kind | None, top: int | None
) -> tuple[NDArray[np.intp], Totals]:
    """The codes of the `top` entities of a kind over the articles of a mask, or of all, and their counts.

    Those with the highest coverage lead, or the most mentions where these are what is counted; then by the other, then
    by id.
    """
    by_mentions = filters.measure == "mentions"
    if top is None:
        totals = cube.totals(mask, filters.senses)
        codes = np.flatnonzero(totals.coverage)
        codes = codes[[kind in {None, cube.people[code].kind} for code in codes]]
        totals = totals.of(codes)
    else:
        codes, totals = cube.leaders(mask, filters.senses, kind, top, by_mentions=by_mentions)
    ids = np.array([cube.entities[code] for code in codes], dtype=object)
    first, second = -totals.coverage, -totals.mentions
    if by_mentions:
        first, second = second, first
    order = np.lexsort((ids, second, first))[:top]
    return codes[order], totals.of(order)


def top_entities(
    cube: Cube, filters: Filters, language: str = "az", *, kind: Kind | None = None, top: int | None = None
) -> pd.DataFrame:
    """The most covered entities of this part of the corpus, or the most mentioned where `filters` count mentions.

    One row per entity, the first one leads. Whom the filters choose makes no difference. With `top`, a last row with
    entity `OTHER` holds the rest, so that voices add up to 1 whatever is cut off. Columns: entity, name, kind, role
    (officials: in which they are mentioned most), coverage, mentions, titled (articles with a mention in the title),
    articles (the denominator), attention (coverage ÷ articles), voice (coverage ÷ summed coverage of all entities of
    this kind). In the last row coverage is a sum over entities, and attention is empty: one article may mention several
    of them.
    """
    mask = cube.base(filters)
    codes, totals = _ranked(cube, mask, filters, kind, top)
    articles, everybody = int(np.count_nonzero(mask)), cube.everybody(mask, filters.senses, kind)
    listed = [(cube.entities[code], cube.people[code].kind, cube.people[code].role) for code in codes.tolist()]
    counts = np.stack([totals.coverage, totals.mentions, totals.titled])
    rest = np.array(everybody) - counts.sum(axis=1)
    attention = totals.coverage / max(articles, 1)
    if rest[0]:
        listed, counts = [*listed, (OTHER, kind or "", "")], np.column_stack([counts, rest])
        attention = np.append(attention, np.nan)
    return pd.DataFrame(
        {
            "entity": texts([entity for entity, _, _ in listed]),
            "name": texts([cube.name("entity", entity, language) for entity, _, _ in listed]),
            "kind": texts([kind for _, kind, _ in listed]),
            "role": texts([role for _, _, role in listed]),
            "coverage": counts[0],
            "mentions": counts[1],
            "titled": counts[2],
            "articles": articles,
            "attention": attention,
            "voice": counts[0] / max(everybody[0], 1),
        }
    )


def co_mentions(
    cube: Cube, filters: Filters, language: str = "az", *, kind: Kind | None = "country", top: int = 12
) -> pd.DataFrame:
    """Entities that share articles: one row per pair, a before b in rank, most articles first; pairs of 0 included.

    Two or more chosen entities make the set; one is set against its `top` companions of this kind; with none it is
    the `top` most covered. Columns: a, name_a, b, name_b, coverage (articles that mention both), coverage_a,
    coverage_b, articles (the denominator), attention (coverage ÷ articles), lift (coverage × articles ÷ (coverage_a ×
    coverage_b): how many times more often than if chance had thrown them together; empty where undefined).
    """
    mask = cube.base(filters)
    chosen = filters.entities or leading(cube, filters, kind, top)
    if len(chosen) == 1:
        near = _companions(cube, mask & cube.mentioning(chosen, filters.senses), filters, kind, top + 1)
        chosen = (*chosen, *[e for e in near if e not in chosen][:top])
    both = _together(cube, mask, chosen, filters)
    alone, articles = both.diagonal(), int(np.count_nonzero(mask))
    a, b = np.triu_indices(len(chosen), 1)
    names = np.array([cube.name("entity", e, language) for e in chosen], dtype=object)
    ids = np.array(chosen, dtype=object)
    order = np.lexsort((ids[b], ids[a], -both[a, b]))
    a, b = a[order], b[order]
    coverage, chance = both[a, b], (alone[a] * alone[b]).astype(float)
    return pd.DataFrame(
        {
            "a": ids[a],
            "name_a": names[a],
            "b": ids[b],
            "name_b": names[b],
            "coverage": coverage,
            "coverage_a": alone[a],
            "coverage_b": alone[b],
            "articles": articles,
            "attention": coverage / max(articles, 1),
            "lift": np.divide(coverage * articles, chance, out=np.full(len(a), np.nan), where=chance > 0),
        }
    )


def _companions(cube: Cube, mask: Bools, filters: Filters, kind: Kind | None, top: int) -> list[str]:
    codes, totals = cube.leaders(mask, filters.senses, kind, top)
    ids = np.array([cube.entities[code] for code in codes], dtype=object)
    found: list[str] = ids[np.lexsort((ids, -totals.coverage))[:top]].tolist()
    return found


def _together(cube: Cube, mask: Bools, entities: Sequence[str], filters: Filters) -> NDArray[np.int64]:
    """Articles that mention both, for each two of the entities; on the diagonal those that mention the one.

    One bit per entity and article: a pair is one AND and one count of bits over N ÷ 8 bytes.
    """
    packed = pack(mask)
    bits = np.array([packed & cube.mentioning_bits(entity, filters.senses) for entity in entities])
    both = np.zeros((len(entities), len(entities)), dtype=np.int64)
    for line in range(len(entities)):
        both[line, : line + 1] = np.bitwise_count(bits[: line + 1] & bits[line]).sum(axis=1, dtype=np.int64)
    return np.maximum(both, both.T)


def outlets(cube: Cube, filters: Filters, language: str = "az") -> pd.DataFrame:
    """The outlets of this part of the corpus: one row per outlet, most articles first. Columns as in `_grouped`."""
    return _grouped(cube, filters, cube.articles.outlet, "outlet", language)


def languages(cube: Cube, filters: Filters, language: str = "az") -> pd.DataFrame:
    """The languages of this part of the corpus: one row per language, most articles first. Columns as `outlets`."""
    return _grouped(cube, filters, cube.articles.language, "language", language)


def _grouped(cube: Cube, filters: Filters, column: Codes, key: str, language: str) -> pd.DataFrame:
    """Columns: `key`, name, articles, share (÷ all articles), coverage (of them mention any chosen entity), attention
    (coverage ÷ articles of this row), first, last (day; empty where none is dated). Without chosen entities coverage
    and attention are empty.
    """  # noqa: D205 (the columns are the summary)
    mask = cube.base(filters)
    articles = column.counts(mask)
    there = np.flatnonzero(articles)
    names = [column.levels[code] for code in there.tolist()]
    frame = pd.DataFrame({key: np.array(names, dtype=object)})
    frame["name"] = [cube.name(key, value, language) for value in names]
    frame["articles"] = articles[there]
    frame["share"] = frame["articles"] / max(int(articles.sum()), 1)
    if filters.entities:
        counted = column.counts(mask & cube.select_rows(filters))[there]
        frame["coverage"], frame["attention"] = pd.Series(counted, dtype="Int64"), counted / frame["articles"]
    else:
        frame["coverage"], frame["attention"] = pd.Series(pd.NA, frame.index, "Int64"), np.nan
    for name, days in zip(("first", "last"), _span(cube, mask, column, there), strict=True):
        frame[name] = days
    return frame.sort_values(["articles", key], ascending=[False, True], ignore_index=True)


def _span(cube: Cube, mask: Bools, column: Codes, there: NDArray[np.intp]) -> tuple[pd.Series, pd.Series]:
    """The first and the last day of each value of a column that is there; empty where none is dated."""
    rows = np.flatnonzero(mask & (cube.articles.day != UNDATED))
    codes, days = column.codes[rows], cube.articles.day[rows]
    first = np.full(len(column.levels), UNDATED, np.int32)
    first[codes[::-1]] = days[::-1]  # of several the last is kept: the earliest, as rows are in order of time
    last = np.full(len(column.levels), -UNDATED, np.int32)
    last[codes] = days
    coarse = cube.coarse[mask[cube.coarse]]  # a month ends later than it begins
    np.maximum.at(last, column.codes[coarse], cube.articles.last[coarse])
    return _dates(first[there], UNDATED), _dates(last[there], -UNDATED)


def _dates(days: NDArray[np.int32], none: int) -> pd.Series:
    found = days.astype("datetime64[D]")
    found[days == none] = np.datetime64("NaT")
    return pd.Series(found.astype("datetime64[us]"))


def topic_terms(cube: Cube, filters: Filters, language: str = "az", *, top: int = 10) -> pd.DataFrame:
    """The terms that spoke most for each topic: one row per topic and term, strongest first.

    A term is one with its endings, however it is capitalised, and is written as it spoke most. Columns: topic, name,
    term, weight (summed over the articles), articles (in which the term spoke for the topic).
    """
    terms = cube.terms
    weight, articles = terms.spoke(cube.base(filters) & cube.select_rows(filters))
    whole, number = _added(weight, terms.groups), _added(np.where(terms.again, 0, articles), terms.groups)
    at = _leading_groups(terms, whole, top)
    term, topic = _as_written(terms, weight, at), terms.topic[terms.groups[at]]
    order = np.lexsort((term, -whole[at], topic))
    order = order[np.arange(len(order)) - np.searchsorted(topic, topic) < top]  # not all that are level with the last
    at, term, topic = at[order], term[order], topic[order]
    names = [cube.name("topic", theme, language) for theme in cube.themes]
    return pd.DataFrame(
        {
            "topic": texts(cube.themes).take(topic),
            "name": texts(names).take(topic),
            "term": texts(terms.term.strings(term)),
            "weight": whole[at],
            "articles": number[at],
        }
    )


def _leading_groups(terms: Terms, whole: NDArray[np.float64], top: int) -> NDArray[np.intp]:
    """The heaviest groups of each topic, in order of topic; as many, and all that are level with the last."""
    topic = terms.topic[terms.groups]
    edges = np.flatnonzero(np.diff(topic, prepend=-1, append=-1)).tolist()
    found = [_heaviest(whole[low:high], top) + low for low, high in pairwise(edges)]
    return np.concatenate([np.zeros(0, np.intp), *found])


def _as_written(terms: Terms, weight: NDArray[np.float64], groups: NDArray[np.intp]) -> NDArray[np.int32]:
    """The term of each of these groups, as it spoke most; the first of several."""
    written = _added(weight, terms.forms)
    stretches = zip(terms.within[groups].tolist(), terms.within[groups + 1].tolist(), strict=True)
    best = [low + int(written[low:high].argmax()) for low, high in stretches]
    found: NDArray[np.int32] = terms.term.codes[terms.forms[best]]
    return found


def _added(values: NDArray[Any], starts: NDArray[np.intp]) -> NDArray[Any]:
    """The sum of the values from each start to the next."""
    return np.add.reduceat(values, starts) if len(starts) else values


def _heaviest(weight: NDArray[np.float64], top: int) -> NDArray[np.intp]:
    """The places of the largest weights, of those above nothing: so many, and all that are level with the last."""
    least = np.partition(weight, -top)[-top] if len(weight) > top else 0.0
    return np.flatnonzero((weight >= least) & (weight > 0))


def discovered(cube: Cube, filters: Filters, language: str = "az") -> pd.DataFrame:
    """The topics nobody named in this part of the corpus, the largest families first, each led by its first.

    Columns: topic, name, family (topic under which it stands, or itself), articles.
    """
    mask = cube.base(filters) & cube.select_rows(filters)
    rows = [
        (topic, cube.name("topic", topic, language), cube.family(topic), int((mask & cube.about((topic,))).sum()))
        for topic in cube.discovered
    ]
    found = pd.DataFrame([row for row in rows if row[3]], columns=["topic", "name", "family", "articles"])
    found["whole"] = found.groupby("family")["articles"].transform("sum")
    found["under"] = found["topic"] != found["family"]
    order = {"whole": False, "family": True, "under": True, "articles": False, "topic": True}
    found = found.sort_values([*order], ascending=[*order.values()], ignore_index=True)
    return found[["topic", "name", "family", "articles"]]
