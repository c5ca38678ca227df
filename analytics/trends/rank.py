"""Who and what leads: tables over the whole part of the corpus."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.cube import OTHER, Codes, Cube, start_of
from analytics.cube.layout import UNDATED, Bools
from analytics.filters import Filters
from analytics.model import Kind
from analytics.text.letters import fold

ENTITY_COLUMNS = ["entity", "name", "kind", "role", "coverage", "mentions", "titled", "articles", "attention", "voice"]
PAIR_COLUMNS = ["a", "name_a", "b", "name_b", "coverage", "coverage_a", "coverage_b", "articles", "attention", "lift"]


def leading(cube: Cube, filters: Filters, kind: Kind | None, top: int | None) -> tuple[str, ...]:
    """The ids of the entities of a kind (None: of any) with the highest coverage, then mentions, then by id."""
    return tuple(_ranked(cube, filters, kind)["entity"].head(top if top is not None else len(cube.entities)))


def _ranked(cube: Cube, filters: Filters, kind: Kind | None) -> pd.DataFrame:
    totals = cube.totals(cube.base(filters), filters.senses)
    frame = pd.DataFrame(
        {
            "entity": np.array(cube.entities, dtype=object),
            "kind": np.array([someone.kind for someone in cube.people], dtype=object),
            "coverage": totals.coverage,
            "mentions": totals.mentions,
            "titled": totals.titled,
        }
    )
    frame = frame[(frame["coverage"] > 0) & ((frame["kind"] == kind) if kind else True)]
    return frame.sort_values(["coverage", "mentions", "entity"], ascending=[False, False, True], ignore_index=True)


def top_entities(
    cube: Cube, filters: Filters, language: str = "az", *, kind: Kind | None = None, top: int | None = None
) -> pd.DataFrame:
    """The most covered entities of this part of the corpus: one row per entity, most covered first.

    Whom the filters choose makes no difference. With `top`, a last row with entity `OTHER` holds the rest, so that
    voices add up to 1 whatever is cut off. Columns: entity, name, kind, role (officials: in which they are mentioned
    most), coverage, mentions, titled (articles with a mention in the title), articles (the denominator), attention
    (coverage ÷ articles), voice (coverage ÷ summed coverage of all entities of this kind). In the last row coverage
    is a sum over entities, and attention is empty: one article may mention several of them.
    """
    frame = _ranked(cube, filters, kind)
    frame["articles"] = int(cube.base(filters).sum())
    frame["voice"] = frame["coverage"] / max(int(frame["coverage"].sum()), 1)
    frame["attention"] = frame["coverage"] / frame["articles"]
    if top is not None and len(frame) > top:
        frame = pd.concat([frame.head(top), _rest(frame.iloc[top:], kind)], ignore_index=True)
    frame["name"] = [cube.name("entity", e, language) for e in frame["entity"]]
    frame["role"] = [someone.role if (someone := cube.someone(e)) else "" for e in frame["entity"]]
    return frame[ENTITY_COLUMNS]


def _rest(frame: pd.DataFrame, kind: Kind | None) -> pd.DataFrame:
    sums = frame[["coverage", "mentions", "titled", "voice"]].sum().to_frame().T
    sums = sums.astype({"coverage": int, "mentions": int, "titled": int})
    return sums.assign(entity=OTHER, kind=kind or "", articles=frame["articles"].iloc[0], attention=np.nan)


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
        together = filters.but(entities=())
        near = _companions(cube, mask & cube.mentioning(chosen, filters.senses), together, kind, top + 1)
        chosen = (*chosen, *[e for e in near if e not in chosen][:top])
    both = _together(cube, mask, chosen, filters)
    alone, articles = both.diagonal(), int(mask.sum())
    a, b = np.triu_indices(len(chosen), 1)
    names = np.array([cube.name("entity", e, language) for e in chosen], dtype=object)
    ids = np.array(chosen, dtype=object)
    frame = pd.DataFrame({"a": ids[a], "name_a": names[a], "b": ids[b], "name_b": names[b], "coverage": both[a, b]})
    frame["coverage_a"], frame["coverage_b"], frame["articles"] = alone[a], alone[b], articles
    frame["attention"] = frame["coverage"] / max(articles, 1)
    chance = (alone[a] * alone[b]).astype(float)
    frame["lift"] = np.divide(both[a, b] * articles, chance, out=np.full(len(a), np.nan), where=chance > 0)
    frame = frame.sort_values(["coverage", "a", "b"], ascending=[False, True, True], ignore_index=True)
    return frame[PAIR_COLUMNS]


def _companions(cube: Cube, mask: Bools, filters: Filters, kind: Kind | None, top: int) -> list[str]:
    coverage = cube.totals(mask, filters.senses).coverage
    right = np.array([kind in {None, someone.kind} for someone in cube.people], dtype=np.bool_)
    order = np.lexsort((np.array(cube.entities), -np.where(right, coverage, 0)))
    return [cube.entities[code] for code in order[:top] if right[code] and coverage[code]]


def _together(cube: Cube, mask: Bools, entities: Sequence[str], filters: Filters) -> NDArray[np.int64]:
    """Articles that mention both, for each two of the entities; on the diagonal those that mention the one.

    One bit per entity and article: a pair is one AND and one count of bits over N ÷ 8 bytes.
    """
    bits = np.zeros((len(entities), -(-len(cube) // 8)), dtype=np.uint8)
    both = np.zeros((len(entities), len(entities)), dtype=np.int64)
    for line, entity in enumerate(entities):
        bits[line] = np.packbits(mask & cube.mentioning((entity,), filters.senses))
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
    mentioned = mask & cube.select_rows(filters)
    size = len(column.levels)
    frame = pd.DataFrame({key: np.array(column.levels, dtype=object)})
    frame["name"] = [cube.name(key, value, language) for value in column.levels]
    frame["articles"] = np.bincount(column.codes[mask], minlength=size)
    frame["share"] = frame["articles"] / max(int(mask.sum()), 1)
    counted = np.bincount(column.codes[mentioned], minlength=size)
    frame["coverage"] = (
        pd.Series(counted, dtype="Int64") if filters.entities else pd.Series(pd.NA, frame.index, "Int64")
    )
    frame["attention"] = counted / frame["articles"].where(frame["articles"] > 0) if filters.entities else np.nan
    frame["first"], frame["last"] = _span(cube, mask, column)
    frame = frame[frame["articles"] > 0]
    return frame.sort_values(["articles", key], ascending=[False, True], ignore_index=True)


def _span(cube: Cube, mask: Bools, column: Codes) -> tuple[pd.Series, pd.Series]:
    rows = np.flatnonzero(mask & (cube.articles.day != UNDATED))
    dates = pd.DataFrame({"code": column.codes[rows], "day": cube.articles.day[rows], "last": cube.articles.last[rows]})
    spans = dates.groupby("code").agg(first=("day", "min"), last=("last", "max")).reindex(range(len(column.levels)))
    first, last = (
        pd.to_datetime(spans[name].map(lambda n: start_of(int(n), "day"), na_action="ignore"))
        for name in ("first", "last")
    )
    return first, last


ROOT, ENDING = 5, 6  # letters of a term that its forms begin with, and of their endings at most


def topic_terms(cube: Cube, filters: Filters, language: str = "az", *, top: int = 10) -> pd.DataFrame:
    """The terms that spoke most for each topic: one row per topic and term, strongest first.

    A term is one with its endings, however it is capitalised, and is written as it spoke most. Columns: topic, name,
    term, weight (summed over the articles), articles (in which the term spoke for the topic).
    """
    rows = cube.topics
    mask = cube.base(filters) & cube.select_rows(filters)
    kept = mask[rows.term_article]
    codes, which = np.unique(rows.term.codes[kept], return_inverse=True)
    spoke = pd.DataFrame(
        {
            "topic": rows.term_topic[kept],
            "term": rows.term.codes[kept],
            "same": _same([fold(rows.term.levels[code]) for code in codes])[which],
            "weight": rows.term_weight[kept],
            "article": rows.term_article[kept],
        }
    )
    written = spoke.groupby(["topic", "same", "term"], as_index=False).agg(weight=("weight", "sum"))
    written = written.sort_values(["weight", "term"])
    frame = spoke.groupby(["topic", "same"], as_index=False).agg(
        weight=("weight", "sum"), articles=("article", "nunique")
    )
    frame = frame.merge(written.drop_duplicates(["topic", "same"], keep="last")[["topic", "same", "term"]])
    frame = frame.sort_values(["topic", "weight", "term"], ascending=[True, False, True]).groupby("topic").head(top)
    frame["topic"] = [cube.themes[code] for code in frame["topic"]]
    frame["term"] = [rows.term.levels[code] for code in frame["term"]]
    frame["name"] = [cube.name("topic", topic, language) for topic in frame["topic"]]
    return frame[["topic", "name", "term", "weight", "articles"]].reset_index(drop=True)


def _same(terms: list[str]) -> NDArray[np.int64]:
    """A number for each term, the same for one and its inflected forms: what begins with it, and ends soon after."""
    found = np.zeros(len(terms), dtype=np.int64)
    roots: list[int] = []  # those that the term before begins with, the longest last
    for at in sorted(range(len(terms)), key=terms.__getitem__):
        while roots and not terms[at].startswith(terms[roots[-1]]):
            roots.pop()
        rests = [(root, terms[at][len(terms[root]) :]) for root in roots if len(terms[root]) >= ROOT]
        found[at] = next((root for root, rest in rests if " " not in rest and len(rest) <= ENDING), at)
        if found[at] == at:
            roots.append(at)
    return found


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
