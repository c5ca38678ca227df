"""Small corpora for tests: articles, mentions and analyses as one would type them."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from analytics import pipeline, search
from analytics.corpus import Added, Corpus
from analytics.model import ANALYSIS, ARTICLES, REJECTED

LONG = " ".join(f"söz{n} deyildi" for n in range(20))  # forty words: enough to know a reprint by
INPUT = pa.schema([field for field in ARTICLES if field.name not in {"duplicate_of", "content"}])


def article(id: str, text: str = LONG, **fields: Any) -> dict[str, Any]:  # noqa: A002 (the column's name)
    """A record as a reader of sources would hand it in."""
    row = {"id": id, "published": dt.date(2020, 1, 5), "precision": "day", "outlet": "Nümunə", "language": "az"}
    return (
        row | {"title": "Başlıq", "text": text, "url": "", "origin": "a.csv:1", "original": None, "flags": []} | fields
    )


def add(corpus: Corpus, *articles: dict[str, Any], rejected: tuple[dict[str, str], ...] = ()) -> Added:
    """Add these records to the corpus."""
    return corpus.add(
        pa.Table.from_pylist(list(articles), schema=INPUT), pa.Table.from_pylist(list(rejected), schema=REJECTED)
    )


def built(folder: Path, texts: Mapping[str, str]) -> Corpus:
    """A corpus of these articles by id, all of one day, read and analysed as a user would."""
    path = folder / "in.jsonl"
    rows = [json.dumps({"id": i, "date": "2022-03-04", "text": text}) for i, text in texts.items()]
    path.write_text("\n".join(rows), encoding="utf-8")
    pipeline.build([path], folder / "corpus")
    return Corpus.open(folder / "corpus")


def found(corpus: Corpus, query: str) -> list[str]:
    """The ids of the articles that a query finds, each once, in order."""
    parts = search.matches(corpus, query)
    return sorted({one for part in parts for one in part.ids.filter(pa.array(part.matching)).to_pylist()})


def analysed(*ids: str, method: str = "m", story: str = "s", mentions: Any = ()) -> pa.Table:
    """Analysis rows for these articles."""
    rows = [{"article": i, "mentions": list(mentions), "topics": [], "story": story, "method": method} for i in ids]
    return pa.Table.from_pylist(rows, schema=ANALYSIS)


def mention(surface: str, start: int, field: str = "text") -> dict[str, Any]:
    """One mention of Kazakhstan."""
    place = {"field": field, "start": start, "end": start + len(surface), "surface": surface}
    return {"entity": "KZ", "kind": "country", "name": "Qazaxıstan", "sense": "name", "rule": "name"} | place
