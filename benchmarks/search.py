"""Full-text search beside what people use without an index: DuckDB over the Parquet files, pandas over texts in memory.

    python -m benchmarks.search [ARTICLES] [--corpus DIR] [--alone]

Generated articles (or those of a corpus that is there) are indexed, and asked for words of their own: some of middling
frequency, the commonest, beginnings, inflected forms, phrases. All answer the same question in the same run: for each
article whether it matches. The peers know no forms and no letters; they are asked for the word as it stands. What is
refused is timed too.
"""

import argparse
import datetime as dt
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from analytics import search
from analytics.corpus import Corpus
from analytics.corpus.store import BATCH
from analytics.errors import QueryError
from analytics.model import ARTICLES, REJECTED
from analytics.search import reader
from benchmarks import generate
from benchmarks.timed import summed

SIZE = 100_000
QUERIES = 25  # of each kind
PEERS = 2  # of them asked of the peers, which are slow
GIVEN = pa.schema([field for field in ARTICLES if field.name not in {"duplicate_of", "content"}])


@dataclass(frozen=True, slots=True)
class Asked:
    """One query: as we are asked, and the patterns that peers are asked for, all of them or one, but not the last."""

    ours: str
    patterns: tuple[str, ...]
    joint: str = "and"  # or: any of them; not: the first and not the second
    regex: bool = False


def compare(size: int = SIZE, corpus: Path | None = None, *, alone: bool = False) -> dict[str, Any]:
    """Megabytes indexed a second, and milliseconds of each kind of query, ours and the peers' unless `alone`."""
    with tempfile.TemporaryDirectory() as folder:
        path = corpus or Path(folder) / "corpus"
        if corpus is None:
            fill(path, size)
        opened = Corpus.open(path)
        texts = opened.table("articles", ["title", "text"])
        found: dict[str, Any] = {"articles": texts.num_rows, "megabytes": round(texts.nbytes / 1e6, 1)}
        found["index"] = _timed_index(opened)
        kinds = queries(opened)
        refused = kinds.pop("refused")
        found["ours"] = {kind: _timings([_ours(opened, one.ours) for one in asked]) for kind, asked in kinds.items()}
        found["refused"] = _refused(opened, refused)
        if alone:
            return found
        found["duckdb"] = _peer(kinds, _duckdb(opened))
        frame = pd.DataFrame({"text": texts["text"].to_pandas()})
        found["pandas"] = _peer(kinds, lambda one: _pandas(frame["text"], one))
        return found


def fill(path: Path, size: int) -> None:
    """A corpus of generated articles, not analysed."""
    corpus = Corpus.open(path, create=True)
    records = (made.record for made in generate.articles(size))
    rows = (row for record in records if (row := _row(record)) is not None)
    while batch := list(islice(rows, 4 * BATCH)):
        corpus.add(pa.Table.from_pylist(batch, schema=GIVEN), REJECTED.empty_table())


def _row(record: dict[str, Any]) -> dict[str, Any] | None:
    """A record as a row, or None for one that is broken."""
    if not record.get("text") or not record.get("id"):
        return None
    try:
        day, precision = dt.date.fromisoformat(str(record.get("date"))), "day"
    except ValueError:
        day, precision = None, None
    texts = {name: record.get(name) or "" for name in ("id", "outlet", "language", "title", "text", "url")}
    return texts | {"published": day, "precision": precision, "origin": "", "original": None, "flags": []}


def _timed_index(corpus: Corpus) -> dict[str, float]:
    """Seconds to index everything; a corpus that is there keeps its index."""
    before, start = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    search.update(corpus)
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    size = sum(path.stat().st_size for path in (corpus.path / "search").rglob("*") if path.is_file())
    return {"seconds": round(time.perf_counter() - start, 1), "cpu": round(cpu, 1), "bytes": size}


def queries(corpus: Corpus) -> dict[str, list[Asked]]:
    """Queries of each kind, of words that stand in the articles."""
    segment = max(reader.parts(corpus).values(), key=len)
    order = np.argsort(-np.diff(segment.bounds), kind="stable")
    common = [segment.words[int(at)] for at in order[:QUERIES]]
    words = [segment.words[int(at)] for at in order[200 : 200 + 60 * QUERIES]]
    middling = [word for word in words if len(word) >= 5 and not word.isascii()][: 2 * QUERIES]
    pairs = list(pairwise(middling))[:QUERIES]
    said = _phrases(corpus)
    return {
        "word": [Asked(word, (word,)) for word in middling[:QUERIES]],
        "AND": [Asked(f"{a} {b}", (a, b)) for a, b in pairs],
        "OR": [Asked(f"{a} OR {b}", (a, b), "or") for a, b in pairs],
        "NOT": [Asked(f"{a} -{b}", (a, b), "not") for a, b in pairs],
        "phrase": [Asked(f'"{phrase}"', (phrase,)) for phrase in said],
        "prefix": [Asked(f"{word[:4]}*", (rf"(?:^|\W){word[:4]}",), regex=True) for word in middling[:QUERIES]],
        "form": [Asked(word, (rf"(?:^|\W){word[:5]}\w*",), regex=True) for word in middling[QUERIES:]],
        "commonest": [Asked(word, (rf"(?:^|\W){word}(?:\W|$)",), regex=True) for word in common],
        "refused": [
            Asked(" OR ".join(f"{word[:2]}*" for word in (words + common)[:60]), ()),
            Asked(f'"{" ".join(common[:8])}"', ()),
            Asked(" OR ".join(f'"{a} {b}"' for a, b in pairwise(common)), ()),
            Asked("a* b* c*", ()),
            Asked("(" * 500 + "a" + ")" * 500, ()),
            Asked(" ".join(words[:200]), ()),
            Asked("(a+)+$ [x-z]{9,} AND", ()),
        ],
    }


def _phrases(corpus: Corpus) -> list[str]:
    """Three words that stand side by side in some article, for as many articles as there are queries."""
    rows = corpus.rows('select "text" from articles using sample reservoir(300 rows) repeatable (0)')
    parts = [text.split()[4:7] for text in rows["text"].to_pylist()]
    return [" ".join(part) for part in parts if len(part) == 3 and all(map(str.isalpha, part))][:QUERIES]


def _ours(corpus: Corpus, query: str) -> Callable[[], int]:
    return lambda: sum(int(part.matching.sum()) for part in search.matches(corpus, query))


def _refused(corpus: Corpus, asked: Sequence[Asked]) -> dict[str, Any]:
    """Milliseconds until each hopeless query was refused, or answered where the corpus is small enough."""
    times, count = [], 0
    for one in asked:
        start = time.perf_counter()
        try:
            _ours(corpus, one.ours)()
        except QueryError:
            count += 1
        times.append(1e3 * (time.perf_counter() - start))
    return {"asked": len(asked), "refused": count, **summed(times)}


def _peer(kinds: dict[str, list[Asked]], ask: Callable[[Asked], int]) -> dict[str, dict[str, float]]:
    return {kind: _timings([lambda one=one: ask(one) for one in asked[:PEERS]]) for kind, asked in kinds.items()}


def _duckdb(corpus: Corpus) -> Callable[[Asked], int]:
    files = corpus.files("articles")
    db = duckdb.connect()

    def ask(one: Asked) -> int:
        matches = [f'{"regexp_matches" if one.regex else "contains"}("text", ?)' for _ in one.patterns]
        where = " and not ".join(matches) if one.joint == "not" else f" {one.joint} ".join(matches)
        asked = f"select count(*) from read_parquet({files!r}) where {where}"
        return int(db.execute(asked, list(one.patterns)).fetchall()[0][0])

    return ask


def _pandas(texts: pd.Series, one: Asked) -> int:
    first, *rest = (texts.str.contains(pattern, regex=one.regex) for pattern in one.patterns)
    for mask in rest:
        first = first & mask if one.joint == "and" else first | mask if one.joint == "or" else first & ~mask
    return int(first.sum())


def _timings(calls: Sequence[Callable[[], int]]) -> dict[str, float]:
    """Milliseconds of these calls, and how many articles each found on average."""
    times, hits = [], 0
    for call in calls:
        start = time.perf_counter()
        hits += call()
        times.append(1e3 * (time.perf_counter() - start))
    return {"hits": round(hits / len(calls)), **summed(times)}


def table(found: dict[str, Any]) -> str:
    """The comparison for people."""
    return "\n".join(_lines(found))


def _lines(found: dict[str, Any]) -> Iterator[str]:
    index = found["index"]
    yield f"full-text search: {found['articles']:,} articles, {found['megabytes']:,} MB; milliseconds"
    line = f"  index   {index['bytes'] / 1e6:,.0f} MB on disk"
    if index["cpu"] > 0.5:  # a corpus that was there may have had its index
        line += f", {index['seconds']} s, {index['cpu']} s CPU, {found['megabytes'] / index['cpu']:.1f} MB/s CPU"
    yield line
    yield f"  {'':10} {'found':>8} {'p50':>7} {'p95':>7} {'DuckDB':>9} {'pandas':>9} {'times':>7}"
    for kind, ours in found["ours"].items():
        line = f"  {kind:10} {ours['hits']:8,} {ours['p50']:7.1f} {ours['p95']:7.1f}"
        if "duckdb" in found:
            duck, frame = found["duckdb"][kind]["p50"], found["pandas"][kind]["p50"]
            line += f" {duck:9.1f} {frame:9.1f} {min(duck, frame) / max(ours['p50'], 0.1):7.1f}"
        yield line
    refused = found["refused"]
    said = f"{refused['refused']} of {refused['asked']} hopeless queries refused"
    yield f"  {said}: p50 {refused['p50']}, p95 {refused['p95']}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description="Full-text search beside peers.")
    parser.add_argument("articles", type=int, nargs="?", default=SIZE)
    parser.add_argument("--corpus", type=Path, help="a corpus that is there, instead of a generated one")
    parser.add_argument("--alone", action="store_true", help="without the peers, which take minutes over a million")
    options = parser.parse_args()
    compared = compare(options.articles, options.corpus, alone=options.alone)
    print(table(compared))
