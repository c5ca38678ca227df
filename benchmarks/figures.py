"""A corpus of a million articles and twenty million mentions, without the hour that reading them would take.

    python -m benchmarks.figures DIR [--articles 1000000] [--mentions 20000000] [--base CORPUS]

What is real: some thousand generated articles, built and analysed like any (or those of `--base`). What is made up: the
rest. These articles stand in the corpus again and again, each time a stretch of days later, under other ids, with
their texts, mentions, topics and stories; and the kept layout, from which all figures come, counts further mentions,
drawn by Zipf's law from the entities of the gazetteer, that stand in no text. So charts have figures of full size,
lists have articles to show, and a list of the articles behind a point may hold one in which the name is not found.
There is no index for full-text search.
"""

import argparse
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics import gazetteer, pipeline, taxonomy
from analytics.corpus import Corpus
from analytics.cube.laying import merge
from analytics.cube.layout import Layout, Mentions, Seen
from analytics.cube.opening import kept_of, laid_out, open_cube
from benchmarks import generate

BASE = 10_000  # articles that are really read
ARTICLES, MENTIONS = 1_000_000, 20_000_000
ZIPF = 0.9  # exponent of how often entities are mentioned; of 2,000 the first has 6 % of all mentions
TITLED = 0.08  # of the mentions that are made up stand in a title


def make(folder: Path, articles: int = ARTICLES, mentions: int = MENTIONS, base: Path | None = None) -> Corpus:
    """Write such a corpus into a new directory. Returns it, open."""
    with tempfile.TemporaryDirectory() as name:
        first = Corpus.open(base) if base else _built(Path(name), min(BASE, articles))
        corpus = Corpus.open(folder, create=True)
        shutil.copytree(first.data, corpus.data, dirs_exist_ok=True)
        _repeat(first, corpus, -(-articles // first.count("articles")))
    part = taxonomy.catalogue(corpus.data).part
    kept_of(corpus, part).write(_with_more(laid_out(corpus, part), mentions))
    open_cube(corpus).prepare()  # as a build does
    return corpus


def _built(folder: Path, articles: int) -> Corpus:
    """So many generated articles, built as a user would."""
    generate.write(folder / "articles.jsonl", articles)
    pipeline.build([folder / "articles.jsonl"], folder / "corpus")
    return Corpus.open(folder / "corpus")


def _repeat(first: Corpus, corpus: Corpus, copies: int) -> None:
    """Append the tables so many times, each time later by as many days as they cover."""
    articles, analysis = first.table("articles"), first.table("analysis")
    days = pc.drop_null(articles["published"].cast(pa.int32()))
    length = int(pc.max(days).as_py()) - int(pc.min(days).as_py()) + 1
    for copy in range(copies):
        later = articles["published"].cast(pa.int32())
        moved = pc.add(later, pa.scalar(copy * length, pa.int32())).cast(pa.date32())
        rows = _renamed(articles, copy, "id", "duplicate_of", "content")
        rows = rows.set_column(rows.schema.get_field_index("published"), "published", moved)
        corpus.tables["articles"].append(lambda rows=rows: rows)
        rows = _renamed(analysis, copy, "article", "story")
        corpus.tables["analysis"].append(lambda rows=rows: rows)


def _renamed(table: pa.Table, copy: int, *columns: str) -> pa.Table:
    """A table whose ids are those of this copy."""
    for column in columns:
        ids = pc.binary_join_element_wise(table[column], f"{copy:03d}", "-")
        table = table.set_column(table.schema.get_field_index(column), column, ids)
    return table


def _with_more(layout: Layout, wanted: int) -> Layout:
    """A layout with as many more mentions by name as make so many in all."""
    there = layout.mentions["name"]
    number = max(wanted - int(there.count.sum()), 0)
    chance = np.random.default_rng(0)
    known = {one.id: one for one in gazetteer.load().entities.values()}
    new = [one for name, one in known.items() if name not in layout.entities]
    seen = (*layout.seen, *(Seen(one.kind, one.name("az")) for one in new))
    entities = (*layout.entities, *(one.id for one in new))
    codes = np.array([code for code, entity in enumerate(entities) if entity in known])
    codes = codes[np.lexsort((codes, [known[entities[code]].kind != "country" for code in codes]))]
    odds = np.arange(1, len(codes) + 1) ** -ZIPF
    entity = chance.choice(codes, number, p=odds / odds.sum())
    article = chance.integers(0, len(layout.articles.ids), number)
    counts = np.diff(there.bounds, append=[there.bounds[-1]] * len(new))
    key = np.concatenate(
        [
            np.repeat(np.arange(len(entities)), counts) * len(layout.articles.ids) + there.article,
            entity * len(layout.articles.ids) + article,
        ]
    )
    count = np.concatenate([there.count, np.ones(number, np.int32)])
    titled = np.concatenate([there.titled, chance.random(number) < TITLED])
    name = merge(key, count, titled, len(entities), len(layout.articles.ids))
    rest = {sense: _longer(rows, len(new)) for sense, rows in layout.mentions.items()}
    return replace(layout, mentions=rest | {"name": name}, entities=entities, seen=seen)


def _longer(rows: Mentions, more: int) -> Mentions:
    """The same rows among so many more entities, which have none."""
    return replace(rows, bounds=np.append(rows.bounds, [rows.bounds[-1]] * more))


def arguments() -> Any:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.figures", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--mentions", type=int, default=MENTIONS)
    parser.add_argument("--base", type=Path, help="a corpus to repeat, in place of one that is built")
    return parser.parse_args()


if __name__ == "__main__":
    options = arguments()
    made = make(options.folder, options.articles, options.mentions, options.base)
    print(f"{made.path}: {made.count('articles'):,} articles")
