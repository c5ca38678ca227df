"""Learning from a sample of articles in one language: the topics that were named, and those that nobody named."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from analytics.text.vectors import Numbered, stem_numbers
from analytics.text.words import Words
from analytics.topics import discover
from analytics.topics.learn import FEWEST, SEEDED, learn
from analytics.topics.learned import Floats, Learned, weights
from analytics.topics.model import LEARNING, TopicModel

__all__ = ["FEWEST", "LARGEST", "explore", "study"]

LARGEST = 8_000  # articles that are learned from at most: more cost more and say little more
EXPLORED = 2_000  # articles that are searched for topics at most, the first: groups show in fewer, and every build pays


@contextmanager
def _one_thread() -> Iterator[None]:
    """Linear algebra by one thread: its sums end in the same digits on any number of cores.

    And it is three times as fast where several processes learn, whose threads would wait for one another's turns.
    """
    import scipy.linalg  # noqa: F401
    import sklearn.cluster  # noqa: F401 (only what is loaded can be limited; both are slow to import)

    with threadpool_limits(limits=1):
        yield


@_one_thread()
def study(model: TopicModel, articles: pa.Table, language: str) -> Learned | None:
    """What these articles, all in this language, teach of the topics that learn. None when it is too little.

    `articles` has id, language, title and text, each text once; the order makes no difference. A topic that has
    seeds in fewer than ten of them is left to its seeds.
    """
    if articles.num_rows < FEWEST or not model.learning(language):
        return None
    sample = _Sample(articles, language)
    topics = model.learning(language)
    seeded = sample.seeded(model, topics)
    said = _said(model, topics, sample.ids)
    enough = [at for at in range(len(topics)) if (np.maximum(seeded, said > 0)[:, at] > 0).sum() >= SEEDED]
    if not enough:
        return None
    found = learn(sample.weighted, seeded[:, enough], said[:, enough])
    names = [topics[at] for at in enough]
    return sample.learned(names, found.words, found.size, model.source(language))


@_one_thread()
def explore(model: TopicModel, articles: pa.Table, language: str, earlier: Learned | None) -> Learned | None:
    """The topics of these articles, all in this language, that nobody named. None when they are too few.

    `articles` as in `study`, but the first of them are read alone. `earlier` are the topics of the last time: one that
    is still there keeps its id.
    """
    if articles.num_rows < FEWEST:
        return None
    sample = _Sample(articles.slice(0, EXPLORED), language)
    found, group = discover.groups(sample.weighted, sample.shares(earlier) if earlier else None)
    ids = discover.ids(found.words, sample.stems, earlier, language)
    members = np.bincount(group, minlength=len(ids))
    seeded = sample.seeded(model, tuple(model.definitions)).max(axis=1, initial=0.0) >= 1
    named = np.bincount(group, seeded, len(ids)) >= discover.NAMED * np.maximum(members, 1)
    order = np.lexsort((-members, named))  # the largest first, and last what a named topic has already
    topics = [ids[at] for at in order if not named[at]]
    if not topics:
        return None
    known = sample.learned(topics, found.words[order], found.size[order], LEARNING)
    forms = sample.numbered.forms()
    names = {}
    for at, topic in enumerate(topics):
        mine = np.asarray(sample.weighted[group == order[at]].sum(axis=0)).ravel()
        names[topic] = discover.label(mine * known.gains[at], [forms[kept] for kept in sample.kept])
    told = sample.learned(topics, known.likelihood, known.size, LEARNING, {t: n or t for t, n in names.items()})
    return replace(told, families=tuple(discover.families(known.likelihood[: len(topics)])))


class _Sample:
    """Articles in one language as TF-IDF rows, in order of id; a stem of one article says nothing of another."""

    def __init__(self, articles: pa.Table, language: str) -> None:
        self.articles, self.language = articles.sort_by("id"), language
        self.ids = self.articles["id"].to_pylist()
        self.words = Words.of(self.articles)
        numbers, names = stem_numbers(self.words, language)
        self.numbered = Numbered(self.words, range(len(self.ids)), numbers, len(names))
        counts = self.numbered.counts()
        seen = np.bincount(counts.indices, minlength=counts.shape[1])
        self.kept = np.flatnonzero(seen > 1)
        self.stems = [names[at] for at in self.kept]
        self.idf = _rarity(seen[self.kept], len(self.ids))
        self.weighted: csr_matrix = weights(counts[:, self.kept], self.idf)

    def seeded(self, model: TopicModel, topics: tuple[str, ...]) -> Floats:
        """How surely each article has seeds of each of these topics."""
        return model.seeded(self.articles, self.words, topics)

    def shares(self, earlier: Learned) -> Floats:
        """What part of each article each topic and background of an earlier study accounts for."""
        return earlier.shares(earlier.weights(earlier.numbered(self.words, range(len(self.ids))).counts()))

    def learned(
        self, topics: Sequence[str], words: Floats, size: Floats, source: str, names: dict[str, str] | None = None
    ) -> Learned:
        """A classifier over the words of this sample."""
        return Learned(
            language=self.language,
            topics=tuple(topics),
            numbers={stem: at for at, stem in enumerate(self.stems)},
            idf=self.idf,
            likelihood=words,
            size=size,
            articles=len(self.ids),
            source=source,
            names=names or {},
        )


def _rarity(seen: npt.NDArray[np.int64], articles: int) -> Floats:
    """Inverse document frequency, never zero (Sparck Jones 1972), as exactly as it will be read back."""
    found = np.log((1 + articles) / (1 + seen)) + 1
    exact: Floats = found.astype(np.float32).astype(np.float64)
    return exact


def _said(model: TopicModel, topics: tuple[str, ...], ids: list[str]) -> npt.NDArray[np.int8]:
    """What an analyst said of each article (row) and topic (column): 1 belongs, -1 does not, 0 nothing."""
    row = {article: at for at, article in enumerate(ids)}
    column = {topic: at for at, topic in enumerate(topics)}
    found = np.zeros((len(ids), len(topics)), dtype=np.int8)
    for label in model.labels:
        if label.article in row and label.topic in column:
            found[row[label.article], column[label.topic]] = 1 if label.holds else -1
    return found
