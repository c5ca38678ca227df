"""The figures of every chart under one filter after another, beside pandas and DuckDB over the same mentions.

    python -m benchmarks.queries [CORPUS] [--filters 24]

CORPUS is one of `benchmarks.figures` (1 M articles, 20 M mentions; one is made without). Each filter is another one,
and what is kept of earlier masks is thrown away before each figure, so nothing is answered from a cache. The peers
answer the two questions that a table of mentions can answer without more ado, articles per period of the chosen names
and the most covered names: pandas over columns of whole numbers in memory, DuckDB over Parquet sorted by entity and
date.
"""

import argparse
import datetime as dt
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from analytics import cube, trends
from analytics.corpus import Corpus
from analytics.cube.layout import UNDATED
from analytics.filters import MEASURES, Filters
from analytics.periods import GRAINS
from benchmarks import figures
from benchmarks.timed import heading, line, summed

FILTERS = 24
DAY0 = dt.date(1970, 1, 1)
STEP = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
Figure = Callable[[Filters], Any]


def compare(corpus: Path | None = None, number: int = FILTERS) -> dict[str, Any]:
    """Milliseconds of each figure of ours and of the peers, by name."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        laid = cube.open(Corpus.open(corpus) if corpus else figures.make(folder / "corpus"))
        frame = _mentions(laid)
        path = folder / "mentions.parquet"
        frame.to_parquet(path, index=False)
        asked = _filters(laid, number)
        with duckdb.connect() as db:
            rivals: dict[str, Figure] = {
                "over time · pandas": lambda f: _pandas_over_time(laid, frame, f),
                "over time · DuckDB": lambda f: _duck_over_time(laid, db, path, f),
                "top entities · pandas": lambda f: _pandas_top(frame, laid, f),
                "top entities · DuckDB": lambda f: _duck_top(db, path, laid, f),
            }
            found = _timed(laid, _ours(laid) | rivals, asked)
        return {"articles": len(laid), "mentions": len(frame), "filters": number, "figures": found}


def _filters(laid: cube.Cube, number: int) -> list[Filters]:
    """Filters of every kind, none twice."""
    chance = random.Random(0)
    assert laid.first is not None
    assert laid.last is not None
    most = [laid.entities[code] for code in laid.ordered(frozenset({"name"}), None)[:200]]
    found: list[Filters] = []
    while len(found) < number:
        filters = Filters(by=chance.choice(GRAINS[1:]), measure=chance.choice(MEASURES))
        start = laid.first + dt.timedelta(days=chance.randrange((laid.last - laid.first).days))
        changes: dict[str, Any] = chance.choice(
            (
                {"entities": tuple(chance.sample(most, chance.choice((1, 2, 5))))},
                {"start": start, "end": start + dt.timedelta(days=chance.choice((30, 365, 700)))},
                {"start": start, "entities": tuple(chance.sample(most, 3))},
                {"outlets": tuple(chance.sample(laid.known["outlets"], chance.choice((1, 3))))},
                {"languages": tuple(chance.sample(laid.known["languages"], 1))},
                {"topics": tuple(chance.sample(laid.known["topics"], 1))},
            )
        )
        if (one := filters.but(**changes)) not in found:
            found.append(one)
    return found


def _ours(laid: cube.Cube) -> dict[str, Figure]:
    """Every figure of the app's pages."""
    return {
        "over time": lambda f: trends.over_time(laid, f),
        "over time, by day": lambda f: trends.over_time(laid, f.but(by="day")),
        "top entities": lambda f: trends.top_entities(laid, f, kind="country", top=15),
        "top officials": lambda f: trends.top_entities(laid, f, kind="official", top=15),
        "together in one article": lambda f: trends.co_mentions(laid, f),
        "topics over time": lambda f: trends.topics_over_time(laid, f),
        "terms of topics": lambda f: trends.topic_terms(laid, f),
        "biggest stories": lambda f: trends.stories(laid, f, top=10),
        "newest articles": lambda f: trends.articles(laid, f, limit=10),
        "number of articles": lambda f: trends.count_articles(laid, f),
        "basis": lambda f: trends.basis(laid, f),
        "growth": lambda f: trends.growth(laid, f),
        "outlets": lambda f: trends.outlets(laid, f),
    }


def _timed(laid: cube.Cube, asked: dict[str, Figure], filters: list[Filters]) -> dict[str, dict[str, float]]:
    """Each filter is put to everybody before the next, so that what else the machine does hits all alike."""
    times: dict[str, list[float]] = {name: [] for name in asked}
    for turn, one in enumerate([filters[-1], *filters]):  # once to warm up
        for name, figure in asked.items():
            laid.where.cache_clear()
            laid.select_rows.cache_clear()
            start = time.perf_counter()
            figure(one)
            if turn:
                times[name].append((time.perf_counter() - start) * 1000)
    return {name: summed(each) for name, each in times.items()}


def _mentions(laid: cube.Cube) -> pd.DataFrame:
    """One row for each mention, in order of entity and date: the sorted table that suits the peers best."""
    rows, table = laid.mentions(("name",)), laid.articles
    entity = np.repeat(np.arange(len(laid.entities), dtype=np.int16), np.diff(rows.bounds))
    article, entity = np.repeat(rows.article, rows.count), np.repeat(entity, rows.count)
    topic = np.full(len(laid), -1, np.int16)
    topic[laid.topics.article] = laid.topics.topic
    frame = pd.DataFrame({"entity": entity, "day": table.day[article], "article": article})
    for name, codes in (("outlet", table.outlet.codes), ("language", table.language.codes), ("topic", topic)):
        frame[name] = codes[article].astype(np.int16)
    return frame


def _entities(laid: cube.Cube, filters: Filters) -> list[int]:
    chosen = filters.entities or laid.entities[:5]
    return [laid.entity_code[one] for one in chosen]


def _conditions(laid: cube.Cube, filters: Filters) -> list[tuple[str, str, Any]]:
    """Column, comparison and value of each part of the filters."""
    found: list[tuple[str, str, Any]] = [("day", "<", int(UNDATED))]
    if filters.start:
        found.append(("day", ">=", (filters.start - DAY0).days))
    if filters.end:
        found.append(("day", "<=", (filters.end - DAY0).days))
    for column, codes, values in (
        ("outlet", laid.articles.outlet.code, filters.outlets),
        ("language", laid.articles.language.code, filters.languages),
        ("topic", laid.theme_code, filters.topics),
    ):
        if values:
            found.append((column, "in", [codes.get(value, -1) for value in values]))
    return found


def _pandas_part(frame: pd.DataFrame, conditions: list[tuple[str, str, Any]]) -> pd.DataFrame:
    mask = np.ones(len(frame), np.bool_)
    for column, sign, value in conditions:
        values = frame[column]
        mask &= {"<": values.lt, ">=": values.ge, "<=": values.le, "in": values.isin}[sign](value).to_numpy()
    return frame[mask]


def _pandas_over_time(laid: cube.Cube, frame: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    part = _pandas_part(frame, [*_conditions(laid, filters), ("entity", "in", _entities(laid, filters))])
    period = part["day"].to_numpy().astype("datetime64[D]")
    at = pd.PeriodIndex(period.astype("datetime64[s]"), freq=STEP[filters.by]).asi8
    return part.groupby([part["entity"].to_numpy(), at])["article"].nunique().reset_index()


def _pandas_top(frame: pd.DataFrame, laid: cube.Cube, filters: Filters) -> pd.Series:
    part = _pandas_part(frame, _conditions(laid, filters))
    return part.groupby("entity")["article"].nunique().nlargest(15)


def _where(conditions: list[tuple[str, str, Any]]) -> str:
    return " and ".join(f"{c} {s} {'(' + ','.join(map(str, v)) + ')' if s == 'in' else v}" for c, s, v in conditions)


def _duck_over_time(laid: cube.Cube, db: duckdb.DuckDBPyConnection, path: Path, filters: Filters) -> pd.DataFrame:
    where = _where([*_conditions(laid, filters), ("entity", "in", _entities(laid, filters))])
    sql = f"""select entity, date_trunc('{filters.by}', date '1970-01-01' + day) as period,
        count(distinct article) as n from '{path}' where {where} group by all"""
    return db.sql(sql).df()


def _duck_top(db: duckdb.DuckDBPyConnection, path: Path, laid: cube.Cube, filters: Filters) -> pd.DataFrame:
    where = _where(_conditions(laid, filters))
    sql = f"select entity, count(distinct article) as n from '{path}' where {where} group by 1 order by 2 desc limit 15"
    return db.sql(sql).df()


def table(compared: dict[str, Any]) -> str:
    """The comparison for people."""
    found = compared["figures"]
    lines = [
        f"figures under changing filters: {compared['articles']:,} articles, {compared['mentions']:,} mentions, "
        f"{compared['filters']} filters",
        heading("it ÷ Jarchi"),
    ]
    for name, each in found.items():
        ours, _, rival = name.partition(" · ")
        lines.append(line(name, each, each["p50"] / max(found[ours]["p50"], 0.01) if rival else None))
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.queries", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("corpus", type=Path, nargs="?", help="a corpus of benchmarks.figures; one is made without")
    parser.add_argument("--filters", type=int, default=FILTERS)
    options = parser.parse_args()
    print(table(compare(options.corpus, options.filters)))
