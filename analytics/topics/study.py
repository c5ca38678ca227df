"""Learning the topics of one language from a sample of its articles."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from analytics.text.tokens import encode
from analytics.text.vectors import Numbered
from analytics.topics.learn import FEWEST, SEEDED, learn
from analytics.topics.learned import Floats, Learned, weights
from analytics.topics.model import TopicModel

__all__ = ["FEWEST", "LARGEST", "study"]

LARGEST = 8_000  # articles that are learned from at most: more cost more and say little more


def study(model: TopicModel, articles: pa.Table, language: str) -> Learned | None:
    """What these articles, all in this language, teach of the topics that learn. None when it is too little.

    `articles` has id, language, title and text, each text once; the order makes no difference. A topic that has
    seeds in fewer than ten of them is left to its seeds.
    """
    articles = articles.sort_by("id")
    if articles.num_rows < FEWEST:
        return None
    titles, texts = encode(articles["title"]), encode(articles["text"])
    topics = model.learning(language)
    seeded = model.seeded(articles, titles, texts, topics)
    said = _said(model, topics, articles["id"].to_pylist())
    enough = [at for at in range(len(topics)) if (np.maximum(seeded, said > 0)[:, at] > 0).sum() >= SEEDED]
    if not enough:
        return None
    numbered = Numbered(titles, texts, range(articles.num_rows), language, {}, grow=True)
    counts = numbered.counts()
    seen = np.bincount(counts.indices, minlength=counts.shape[1])
    kept = np.flatnonzero(seen > 1)  # a stem of one article says nothing of another
    counts, idf = counts[:, kept], _rarity(seen[kept], articles.num_rows)
    found = learn(weights(counts, idf), seeded[:, enough], said[:, enough])
    names = list(numbered.numbers)
    return Learned(
        language=language,
        topics=tuple(topics[at] for at in enough),
        numbers={names[old]: new for new, old in enumerate(kept.tolist())},
        idf=idf,
        likelihood=found.words,
        size=found.size,
        articles=articles.num_rows,
        source=model.source(language),
    )


def _rarity(seen: np.ndarray, articles: int) -> Floats:
    """Inverse document frequency, never zero (Sparck Jones 1972), as exactly as it will be read back."""
    found = np.log((1 + articles) / (1 + seen)) + 1
    exact: Floats = found.astype(np.float32).astype(np.float64)
    return exact


def _said(model: TopicModel, topics: tuple[str, ...], ids: list[str]) -> np.ndarray:
    """What an analyst said of each article (row) and topic (column): 1 belongs, -1 does not, 0 nothing."""
    row: Mapping[str, int] = {article: at for at, article in enumerate(ids)}
    column = {topic: at for at, topic in enumerate(topics)}
    found = np.zeros((len(ids), len(topics)), dtype=np.int8)
    for label in model.labels:
        if label.article in row and label.topic in column:
            found[row[label.article], column[label.topic]] = 1 if label.holds else -1
    return found
