"""The pure stages: a batch of articles in, what they mention and what they are about out."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from analytics import gazetteer, mentions, search, stories, topics
from analytics.errors import DataError
from analytics.gazetteer import Gazetteer
from analytics.model import ANALYSIS, MENTIONS, TOPICS
from analytics.text.words import Words
from analytics.topics import TopicModel


@dataclass(frozen=True)
class Knowledge:
    """What recognition and topics go by: the project's names and topics with an analyst's laid over them."""

    gazetteer: Gazetteer
    topics: TopicModel

    @classmethod
    def load(cls, overlay: Path | None) -> "Knowledge":
        """Read and check the data files. Raises GazetteerError or TopicError with file, line and remedy."""
        return cls(gazetteer.load(overlay), topics.load(overlay))

    @property
    def method(self) -> str:
        """A digest of everything an analysis depends on but the articles and what was said of single ones."""
        return _digest(self.gazetteer.digest, self.topics.digest, mentions.METHOD, topics.METHOD, stories.METHOD)

    @property
    def rest(self) -> str:
        """The same without the names, which change more often than anything else."""
        return _digest(self.topics.digest, mentions.METHOD, topics.METHOD, stories.METHOD)


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True)
class Found:
    """A batch of articles after the pure stages.

    What stories are made of, its rows of analysis without them, and, of new articles, its part of the search index.
    """

    features: stories.Features
    analysis: pa.Table
    segment: search.Segment | None = None

    def told(self, story: list[str]) -> pa.Table:
        """The rows of `model.ANALYSIS`, given the story of each article."""
        at = ANALYSIS.names.index("story")
        return self.analysis.set_column(at, ANALYSIS.field(at), pa.array(story, pa.string()))


@dataclass(frozen=True)
class Analyse:
    """The pure stages as one task that can be sent to a worker: it carries a path and a digest, not the names.

    `new` articles are indexed for search beside, of the same words.
    """

    overlay: Path | None
    method: str
    new: bool = False

    def __call__(self, articles: pa.Table) -> Found:
        """What these articles mention and what they are about."""
        known = self.knowledge()
        words = Words.of(articles)
        found, excepted = mentions.obey(mentions.find(articles, words, known.gazetteer), known.gazetteer)
        about = known.topics.assign(articles, words, found)
        labelled = known.topics.obeyed(articles["id"].to_pylist())
        ids = articles["id"]
        # What was obeyed for an article alone is part of its method: digests of exceptions and labels.
        said = {article: (*excepted.get(article, ()), *labelled.get(article, ())) for article in excepted | labelled}
        methods = ["+".join((self.method, *said.get(article, ()))) for article in ids.to_pylist()]
        segment = search.indexed(ids, words) if self.new else None
        return Found(stories.features(articles, words, found), _analysis(ids, found, about, methods), segment)

    def knowledge(self) -> Knowledge:
        """Loaded once in each process, and again when the data files have changed.

        Raises DataError when they change between the start of a run and the start of a worker.
        """
        if self.method not in _kept:
            keep(Knowledge.load(_laid.get(self.method, self.overlay)))
        if self.method not in _kept:
            raise DataError(
                "names or topics were changed while the analysis was being made, or a worker has another version of "
                "Jarchi; run the command again"
            )
        return _kept[self.method]


_kept: dict[str, Knowledge] = {}
_laid: dict[str, Path] = {}  # where the names and topics of a method lie, when not at the task's own path


def keep(known: Knowledge) -> Knowledge:
    """Have this knowledge at hand in this process, in place of any other."""
    _kept.clear()
    _kept[known.method] = known
    return known


def lay(task: Analyse, folder: Path, files: Mapping[str, bytes]) -> None:
    """Have the task's knowledge at hand where its path cannot be seen: put the files there, and load them.

    Raises DataError when they and the code of this machine do not make the method of the task.
    """
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    _laid[task.method] = folder
    task.knowledge()


def _analysis(ids: pa.ChunkedArray, found: pa.Table, about: pa.Table, methods: list[str]) -> pa.Table:
    """One row of `model.ANALYSIS` for each article of the batch; their stories are not told yet."""
    return pa.table(
        {
            "article": ids,
            "mentions": nest(found, ids, MENTIONS),
            "topics": nest(about, ids, TOPICS),
            "story": pa.nulls(len(ids), pa.string()),
            "method": pa.array(methods, pa.string()),
        },
        schema=ANALYSIS,
    )


def nest(rows: pa.Table, articles: pa.ChunkedArray, schema: pa.Schema) -> pa.ListArray:
    """The rows of each article as a list of structs, in the order of the articles; their own order is kept."""
    number = {article: at for at, article in enumerate(articles.to_pylist())}
    owner = np.array([number[article] for article in rows["article"].to_pylist()], dtype=np.int64)
    order = np.argsort(owner, kind="stable")
    bounds = np.searchsorted(owner[order], np.arange(len(number) + 1))
    inner = rows.select(schema.names[1:]).cast(pa.schema(list(schema)[1:])).take(pa.array(order)).combine_chunks()
    structs = pa.concat_arrays([pa.array([], inner.to_struct_array().type), *inner.to_struct_array().chunks])
    return pa.ListArray.from_arrays(pa.array(bounds, pa.int32()), structs)
