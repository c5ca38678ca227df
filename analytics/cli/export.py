"""export: the rows behind every figure, in the fields and order that are promised."""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyarrow as pa

from analytics import cube, gazetteer, search, taxonomy, trends
from analytics.corpus import Corpus, stand_at
from analytics.errors import UsageError
from analytics.filters import Filters
from analytics.model import LANGUAGES, SENSES
from analytics.tables import FORMATS, Format, write

TEXT = pa.string()
SCHEMAS = {
    "articles": pa.schema(
        [(name, TEXT) for name in "id published precision outlet language title text url origin duplicate_of".split()]
    ),
    "mentions": pa.schema(
        [(name, TEXT) for name in "article published entity kind name sense field".split()]
        + [("start", pa.int32()), ("end", pa.int32()), ("surface", TEXT), ("role", TEXT), ("duplicate_of", TEXT)]
    ),
    "topics": pa.schema(
        [(name, TEXT) for name in ("article", "topic", "label")]
        + [("score", pa.float64()), ("evidence", pa.list_(TEXT)), ("duplicate_of", TEXT)]
    ),
    "stories": pa.schema([(name, TEXT) for name in "article story title first last duplicate_of".split()]),
    "attention": pa.schema(
        [("period", TEXT), ("entity", TEXT), ("name", TEXT)]
        + [(name, pa.int64()) for name in ("coverage", "mentions", "articles")]
        + [("attention", pa.float64())]
    ),
    "rejected": pa.schema([(name, TEXT) for name in "origin record reason sample".split()]),
}
EXPORTS = tuple(SCHEMAS)
LABELS = pa.schema([("topic", TEXT), ("counted", TEXT), ("label", TEXT)])
OPTIONS = {
    "from": "--from",
    "to": "--to",
    "entities": "--entity",
    "topics": "--topic",
    "outlets": "--outlet",
    "languages": "--language",
    "q": "--query",
    "by": "--by",
    "senses": "--sense",
    "reprints": "--reprints",
}

QUERIES = {
    "articles": """
        select id, prefix(published, "precision") as published, "precision", outlet, language, title,
            "text", url, origin, duplicate_of
        from articles join chosen using (id) order by place""",
    "mentions": """
        select article, prefix(published, "precision") as published, m.entity, m.kind, m.name, m.sense, m.field,
            m.start, m."end", m.surface, m.role, duplicate_of
        from (select article, unnest(mentions) as m from analysis) join articles on id = article join chosen using (id)
        where ($entities = [] or m.entity in $entities) and m.sense in $senses
        order by place, m.field desc, m.start, m."end" desc, m.entity""",
    "topics": """
        select article, coalesce(counted, t.topic) as topic, coalesce(label, t.topic) as label,
            round(t.score::double, 4) as score,
            list_transform(t.evidence, lambda e: e.term) as evidence, duplicate_of
        from (select article, unnest(topics) as t from analysis) join articles on id = article join chosen using (id)
            left join labels on labels.topic = t.topic
        where $topics = [] or coalesce(counted, t.topic) in $topics order by place, t.score desc, t.topic""",
    "stories": """
        with told as (
            select story,
                first(coalesce(nullif(title, ''), left("text", 80)) order by published nulls last, id) as title,
                first(prefix(published, "precision") order by published nulls last, id) as first,
                last(prefix(published, "precision") order by published nulls first, id) as last
            from articles join analysis on id = article group by story)
        select article, story, told.title, first, last, duplicate_of
        from analysis join told using (story) join articles on id = article join chosen using (id) order by place""",
    "rejected": "select origin, record, reason, sample from rejected order by origin, record, reason",
}


def export(arguments: argparse.Namespace) -> int:
    """Write the rows behind the figures as JSON Lines, CSV, Parquet or XLSX."""
    corpus = Corpus.open(arguments.corpus)
    if arguments.as_of:
        stand_at(corpus, arguments.as_of)
    rows = _rows(corpus, arguments)
    with _opened(arguments.output, _format(arguments)) as out:
        write(rows, SCHEMAS[arguments.what], _format(arguments), out)
    return 0


def _format(arguments: argparse.Namespace) -> Format:
    """The format asked for, else the one that the name of the output says, else JSON Lines."""
    if arguments.format:
        return cast("Format", arguments.format)
    named = arguments.output.suffix.removeprefix(".").lower() if arguments.output else ""
    if named and named not in FORMATS:
        raise UsageError(f"{arguments.output}: .{named} is none of {', '.join(FORMATS)}; say --format")
    return next((known for known in FORMATS if known == named), "jsonl")


@contextmanager
def _opened(output: Path | None, kind: Format) -> Iterator[BinaryIO]:
    """Where the rows go. A file appears under its name only when it is complete."""
    if output is None:
        with _standard_output(binary=kind in {"parquet", "xlsx"}) as out:
            yield out
        return
    part = output.with_name(f".{output.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(output)
    except OSError as error:
        raise UsageError(f"{output}: cannot be written ({error.strerror})") from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _standard_output(*, binary: bool) -> Iterator[BinaryIO]:
    if not binary:
        yield sys.stdout.buffer
        return
    if sys.stdout.isatty():
        raise UsageError("this format is not for a terminal; name a file with --output")
    with tempfile.TemporaryFile() as file:  # these formats go back to fill in what they did not know at the start
        yield file
        file.seek(0)
        shutil.copyfileobj(file, sys.stdout.buffer)


def _rows(corpus: Corpus, arguments: argparse.Namespace) -> Iterable[pa.Table]:
    """The rows of one export, in batches."""
    query = _query(arguments)
    if arguments.what == "rejected":
        if query:
            raise UsageError("rejected records have neither date nor outlet: no filter applies to them")
        return corpus.batches(QUERIES["rejected"])
    if arguments.what == "attention":
        opened = cube.open(corpus, partial(search.matches, corpus))
        frame = trends.attention_table(opened, _filters(opened, corpus, query))
        return [pa.Table.from_pandas(frame, SCHEMAS["attention"], preserve_index=False)]
    return corpus.batches(QUERIES[arguments.what], **_values(corpus, arguments, query))


def _values(corpus: Corpus, arguments: argparse.Namespace, query: dict[str, list[str]]) -> dict[str, Any]:
    """What fills the $names of an export's query, and the tables that stand beside those of the corpus."""
    values: dict[str, Any] = {"chosen": _chosen(corpus, query)}
    if arguments.what == "mentions":
        values |= {"entities": arguments.entity, "senses": arguments.sense or list(SENSES)}
    elif arguments.what == "topics":
        known = taxonomy.catalogue(corpus.data)
        every = [*known.named, *known.discovered]
        called = {name: known.part.get(name, name) for name in every}
        values |= {
            "topics": arguments.topic,
            "labels": pa.table(
                {
                    "topic": every,
                    "counted": [called[name] for name in every],
                    "label": [(known.named | known.discovered)[called[name]].name() for name in every],
                },
                LABELS,
            ),
        }
    return values


def _chosen(corpus: Corpus, query: dict[str, list[str]]) -> pa.Table:
    """The ids of the articles that are looked at, and their places in order. Reprints are articles too."""
    if not query.keys() - {"reprints", "senses", "by"}:
        return corpus.rows("select id, row_number() over (order by published nulls last, id) as place from articles")
    opened = cube.open(corpus, partial(search.matches, corpus))
    every: dict[str, list[str]] = {"senses": [*SENSES]}
    ids = opened.select(_filters(opened, corpus, every | query | {"reprints": ["1"]}))
    return pa.table({"id": pa.array(ids, TEXT), "place": pa.array(range(len(ids)), pa.int64())})


def _query(arguments: argparse.Namespace) -> dict[str, list[str]]:
    """The options as the parameters of a page's address, those that were given."""
    given = {
        "from": [arguments.start],
        "to": [arguments.end],
        "entities": arguments.entity,
        "topics": arguments.topic,
        "outlets": arguments.outlet,
        "languages": arguments.language,
        "q": [arguments.query],
        "by": [arguments.by] if arguments.by else [],
        "senses": arguments.sense,
        "reprints": ["1"] if arguments.reprints else [],
    }
    return {key: values for key, values in given.items() if any(values)}


def _filters(opened: cube.Cube, corpus: Corpus, query: dict[str, list[str]]) -> Filters:
    """The filters that the options mean. Raises UsageError for a value that does not exist.

    An entity of the gazetteer and a language with a grammar exist also where no article has them.
    """
    known = dict(opened.known)
    known["entities"] = (*known["entities"], *gazetteer.load(corpus.data).entities)
    known["languages"] = (*known["languages"], *LANGUAGES)
    filters, problems = Filters.from_query(query, known)
    for problem in problems:
        raise UsageError(f"{OPTIONS[problem.parameter]} {problem.value}: {problem.reason}")
    return filters
