"""Small corpora written down in a few lines, for the tests of cube, trends, charts and export."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from analytics.cube import Cube
from analytics.model import ANALYSIS, ARTICLES, Entity, Topic
from analytics.periods import parse_prefix
from analytics.search import Asked

GAZETTEER = {
    "AZ": Entity("AZ", "country", {"az": "Azərbaycan", "en": "Azerbaijan"}),
    "KZ": Entity("KZ", "country", {"az": "Qazaxıstan", "en": "Kazakhstan"}),
    "TR": Entity("TR", "country", {"az": "Türkiyə", "en": "Türkiye"}),
    "fuad-muradov": Entity("fuad-muradov", "official", {"az": "Fuad Muradov"}),
}
TOPICS = {
    "diaspora": Topic("diaspora", {"az": "Diaspor", "en": "Diaspora"}, {"az": {"diaspor": 1.0}}),
    "bilateral": Topic("bilateral", {"az": "İkitərəfli əlaqələr", "en": "Bilateral relations"}, {"az": {"səfər": 1.0}}),
}


def mention(entity: str, field: str = "text", sense: str = "name", start: int = 0, **more: Any) -> dict[str, Any]:
    """A mention of an entity; its kind and name are the gazetteer's, or an official's whom nobody knows."""
    known = GAZETTEER.get(entity)
    return {
        "entity": entity,
        "kind": known.kind if known else "official",
        "name": known.name() if known else entity.replace("-", " ").title(),
        "sense": sense,
        "field": field,
        "start": start,
        "end": start + len(entity),
        "surface": entity,
        "role": "",
        "country": "",
        "rule": "full name",
    } | more


def article(
    date: str,
    mentions: Sequence[str | dict[str, Any]] = (),
    topics: Sequence[str] = (),
    **more: Any,
) -> dict[str, Any]:
    """An article as one row of both tables. `date` is as precise as it is written; "" for none."""
    period = parse_prefix(date) if date else None
    return {
        "published": period.start if period else None,
        "precision": period.precision if period else None,
        "outlet": "Sample Post",
        "language": "az",
        "title": "A headline",
        "text": "",
        "mentions": [mention(m) if isinstance(m, str) else m for m in mentions],
        "topics": [
            {"topic": t, "score": 0.9, "evidence": [{"term": f"{t}-word", "weight": 0.5}], "sentence": ""}
            for t in topics
        ],
    } | more


def build(rows: Iterable[dict[str, Any]], **more: Any) -> Cube:
    """A cube of these articles; ids are a0, a1, … in the order given unless a row has its own."""
    numbered = [{"id": f"a{number}"} | row for number, row in enumerate(rows)]
    articles = pa.Table.from_pylist([{name: row.get(name) for name in ARTICLES.names} for row in numbered], ARTICLES)
    analysed = [{name: row.get(name) for name in ANALYSIS.names} | {"article": row["id"]} for row in numbered]
    analysis = pa.Table.from_pylist([row for row in analysed if row["mentions"] is not None], ANALYSIS)
    return Cube.from_tables(articles, analysis, GAZETTEER, TOPICS, **({"version": "1.1.0"} | more))


def matching(*ids: str) -> list[Asked]:
    """What a search says that finds these articles."""
    return [Asked("", pa.array(ids, pa.large_string()), np.ones(len(ids), np.bool_))]


TODAY = dt.date(2026, 1, 1)
