"""From a corpus on disk to a cube: by the layout that is kept of this version, or one made from its tables."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq

from analytics import gazetteer, taxonomy
from analytics.corpus import Corpus
from analytics.corpus.store import KEYS
from analytics.cube.cube import Cube
from analytics.cube.kept import Kept
from analytics.cube.laying import lay_out
from analytics.cube.layout import Layout
from analytics.cube.parts import Search
from analytics.gazetteer import Gazetteer

LARGE = 20_000  # articles from which a layout is kept on the disk: it takes a second to make
ARTICLE_COLUMNS = ["id", "published", "precision", "outlet", "language", "title", "duplicate_of"]
MENTION_FIELDS = ("entity", "kind", "name", "sense", "field", "role")
TOPIC_FIELDS = ("topic", "score", "evidence")


def open_cube(corpus: Corpus, search: Search | None = None, known: Gazetteer | None = None) -> Cube:
    """The cube of a corpus at the version at which it is open.

    `search` says which articles match a full-text query; `known` is the corpus's gazetteer, where it is loaded
    already. Raises CorpusError for a damaged corpus, GazetteerError and TopicError for a fault in the analyst's data.
    """
    entities = (known or gazetteer.load(corpus.data)).entities
    themes = taxonomy.catalogue(corpus.data)
    kept = kept_of(corpus, themes.part)
    layout = _layout(corpus, kept, themes.part)
    return Cube(layout, entities, themes.topics, version=corpus.version, search=search, keep=kept.numbers)


def prepare(corpus: Corpus) -> None:
    """Make what is kept of this version, so that whoever opens it waits for nothing. Raises as `open_cube` does.

    Nothing is kept of a corpus that is small, or no longer at its newest version.
    """
    if not is_prepared(corpus):
        open_cube(corpus).prepare()


def is_prepared(corpus: Corpus) -> bool:
    """Whether nothing can be done for opening this version: its layout is kept, takes a second, or cannot be kept."""
    if corpus.count("articles") < LARGE or not os.access(corpus.path, os.W_OK):
        return True
    return kept_of(corpus, taxonomy.catalogue(corpus.data).part).path.is_dir()


def _layout(corpus: Corpus, kept: Kept, part: Mapping[str, str]) -> Layout:
    """The layout that is kept of this version; one that was made now, and is kept if it took long."""
    found = kept.read()
    if found is None:
        found = laid_out(corpus, part)
        # Whoever looks back to an older version must not put out the layout of the newest.
        if corpus.count("articles") >= LARGE and corpus.version == Corpus.open(str(corpus.place)).version:
            kept.write(found)
    return found


def laid_out(corpus: Corpus, part: Mapping[str, str]) -> Layout:
    """The layout of this version of a corpus, made from its tables."""
    found = lay_out(corpus.table("articles", ARTICLE_COLUMNS), _analysis(corpus.files("analysis")), part)
    return replace(found, places={name: corpus.places(name) for name in KEYS})


def kept_of(corpus: Corpus, part: Mapping[str, str]) -> Kept:
    """Where the layout of this version of a corpus is kept."""
    return Kept(corpus.path / "cube", [*corpus.files("articles"), *corpus.files("analysis")], part)


def _analysis(files: Iterable[str]) -> Iterator[pa.RecordBatch]:
    """Only those parts of the nested columns that are counted: surfaces, sentences and offsets stay on the disk."""
    for path in files:
        with pq.ParquetFile(path) as parquet:
            leaves = (column.path for column in (parquet.schema.column(i) for i in range(len(parquet.schema))))
            yield from parquet.iter_batches(20_000, columns=[leaf for leaf in leaves if _is_counted(leaf.split("."))])


def _is_counted(leaf: Sequence[str]) -> bool:
    """Whether a leaf of the Parquet schema is read: `mentions.list.element.entity` and its like."""
    match leaf:
        case ["mentions", _, _, field]:
            return field in MENTION_FIELDS
        case ["topics", _, _, field, *_]:
            return field in TOPIC_FIELDS
        case _:
            return leaf[0] in {"article", "story"}
