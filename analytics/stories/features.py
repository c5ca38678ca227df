"""What of an article is compared: its words with their frequencies, and whom it names. A pure stage, for any worker."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analytics.model import LANGUAGES
from analytics.text.vectors import Numbered, stem_numbers
from analytics.text.words import Words

WORDS = 96  # words of an article that count, the most frequent: beyond them likeness no longer changes
ENTITY = 1.5  # what an entity weighs beside a stem

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Features:
    """What articles are compared by.

    `articles` has id, published, precision and language; the features of article i are `number[k]` with `weight[k]`
    for k from `bounds[i]` to `bounds[i + 1]`: its most frequent stems first, entities last. A weight is 1 + log of the
    count (Salton and Buckley 1988), a word of the title counting twice. Feature n is called `names[n]`: `az:diaspor`
    for a stem, without a language that has no grammar; `@KZ` and `@2024` for the marks that all languages share,
    entities and numbers.
    """

    articles: pa.Table
    bounds: Ints
    number: Ints
    weight: Floats
    names: list[str]


def features(articles: pa.Table, words: Words, mentions: pa.Table) -> Features:
    """The features of these articles and their words.

    `mentions` has article, entity and sense; nationality words are no entities.
    """
    gathered = _Gathered()
    for language in sorted(set(words.languages)):
        mine = [at for at, each in enumerate(words.languages) if each == language]
        numbers, stems = stem_numbers(words, language)
        gathered.words(Numbered(words, mine, numbers, len(stems)), stems, language)
    gathered.entities(articles["id"], mentions)
    return gathered.of(articles)


class _Gathered:
    """Features by article, a language at a time, entities last."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.parts: list[tuple[Ints, Ints, Floats]] = []

    def words(self, numbered: Numbered, stems: list[str], language: str) -> None:
        """Of each of these articles its most frequent stems, the first of equals first."""
        article, stem, times = numbered.words()
        width = max(1, len(stems))
        key, first, which = np.unique(article * width + stem, return_index=True, return_inverse=True)
        count = np.bincount(which, times, len(key))
        order = np.lexsort((first, -count, key // width))
        article = key[order] // width
        rank = np.arange(len(order)) - np.searchsorted(article, article)
        kept = order[rank < WORDS]
        tongue = f"{language if language in LANGUAGES else ''}:"
        names = [("@" if stem.isdigit() else tongue) + stem for stem in stems]
        rows = np.array(numbered.rows, np.int64)
        self._add(rows[key[kept] // width], key[kept] % width, 1 + np.log(count[kept]), names)

    def entities(self, ids: pa.ChunkedArray, mentions: pa.Table) -> None:
        """The entities of each article, in order of mention."""
        named = mentions.filter(pc.not_equal(mentions["sense"], "demonym"))
        article = pc.index_in(named["article"], value_set=ids.combine_chunks()).to_numpy().astype(np.int64)
        coded = named["entity"].combine_chunks().dictionary_encode()
        names = [f"@{entity}" for entity in coded.dictionary.to_pylist()]
        key = article * max(1, len(names)) + coded.indices.to_numpy().astype(np.int64)
        pair, first, count = np.unique(key, return_index=True, return_counts=True)
        order = np.argsort(first, kind="stable")
        pair, weight = pair[order], ENTITY * (1 + np.log(count[order].astype(np.float64)))
        self._add(pair // max(1, len(names)), pair % max(1, len(names)), weight, names)

    def _add(self, article: Ints, number: Ints, weight: Floats, names: list[str]) -> None:
        used, number = np.unique(number, return_inverse=True)
        self.parts.append((article, number + len(self.names), weight))
        self.names += [names[at] for at in used.tolist()]

    def of(self, articles: pa.Table) -> Features:
        """All of them, in the order of the articles."""
        article, number, weight = (np.concatenate(each) for each in zip(*self.parts, strict=True))
        order = np.argsort(article, kind="stable")
        bounds = np.searchsorted(article[order], np.arange(articles.num_rows + 1)).astype(np.int64)
        told = articles.select(["id", "published", "precision", "language"])
        return Features(told, bounds, number[order], weight[order], self.names)
