"""The topic model: TF-IDF over seeds and recognised entities, sentence by sentence, calibrated to a probability.

A topic's weight in an article is the sum over its terms of

    seed weight x rarity x (1 + log tf),    tf counting a hit in the title twice,

divided by a slowly growing function of the article's length, and taken through a logistic curve. A topic that needs
two states counts only hits in sentences that name two, by name, by nationality or through their officials: an act
between them rather than two countries in one list. A topic that yields to another shares its vocabulary (a summit has
visits, talks and ambassadors too) and must say twice as much in an article that has the other. Weights, length and
curve were set on labelled articles as a whole (`tests/quality/`); no article has a rule of its own.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from analytics.mentions.lexicon import Lexicon, Phrase
from analytics.mentions.sieve import NAME, Column, kinds
from analytics.mentions.spans import Finder, Text
from analytics.model import LANGUAGES, TOPICS, Topic
from analytics.text.letters import fold, plain
from analytics.text.sentences import sentences
from analytics.text.tokens import Encoded
from analytics.topics.background import rarity
from analytics.topics.definition import Definition, load_topics

METHOD = "2"  # raised whenever the same topics would be assigned otherwise

ASSIGNED = 0.5  # probability from which an article belongs to a topic
STEEPNESS, MIDDLE = 2.2, 0.8  # of the logistic curve: weight 0.8 is even odds
LENGTH = 150  # words of a short report; an article of n words has its weight divided by 1 + log2(n / LENGTH) / 4
TITLE = 2.0  # how much a hit in the title counts
MANY = 4  # states in one sentence from which it is a list or a summit, not a matter between two
CROWD = 0.25  # what a hit counts in such a sentence
ALONE = 0.6  # what it counts in a sentence with one state, in an article about few
FEW = 4  # states in an article that is about few
YIELDED = 0.45  # what the weight counts of a topic that yields to another which the article has
TERMS = 8  # of the evidence that are kept


@dataclass(slots=True)
class _Hits:
    """What was found for one topic in one article."""

    counts: Counter[str] = field(default_factory=Counter)
    surfaces: dict[str, str] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    sentences: dict[str, float] = field(default_factory=lambda: defaultdict(float))


class _Sieve:
    """Which word types a seed may begin with."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    def kind(self, word: str) -> int:
        """NAME for the first word of a seed in any of its forms."""
        return NAME if self._finder.begins(word) else 0


@dataclass(frozen=True)
class TopicModel:
    """Named topics with the lexicons that find their seeds."""

    definitions: Mapping[str, Definition]
    digest: str
    _finders: dict[str, Finder] = field(default_factory=dict, compare=False)

    @property
    def topics(self) -> dict[str, Topic]:
        """The topics that exist, by id."""
        return {name: definition.topic for name, definition in self.definitions.items()}

    def assign(self, articles: pa.Table, titles: Encoded, texts: Encoded, mentions: pa.Table) -> pa.Table:
        """The topics of these articles, as `model.TOPICS`: probability, terms with their weights, telling sentence.

        `mentions` are those found in the same articles. An article in no topic has no row.
        """
        by_article: dict[str, list[dict[str, Any]]] = defaultdict(list)
        wanted = ["article", "entity", "kind", "sense", "field", "start", "end", "surface", "country"]
        for mention in mentions.select(wanted).to_pylist():
            by_article[mention["article"]].append(mention)
        read = articles.select(["id", "language", "title", "text"]).to_pylist()
        languages = [row["language"] if row["language"] in LANGUAGES else "en" for row in read]
        columns = [
            Column(name, side, [row[name] or "" for row in read], kinds(side, languages, self._sieve))
            for name, side in (("title", titles), ("text", texts))
        ]
        rows: list[dict[str, Any]] = []
        for at, (row, language) in enumerate(zip(read, languages, strict=True)):
            rows.extend(self._article(row["id"], language, at, columns, by_article[row["id"]]))
        return pa.Table.from_pylist(rows, schema=TOPICS)

    def _sieve(self, language: str) -> "_Sieve":
        return _Sieve(self._finder(language))

    def _article(
        self, article: str, language: str, at: int, columns: list[Column], mentions: list[dict[str, Any]]
    ) -> Iterator[dict[str, Any]]:
        hits: dict[str, _Hits] = defaultdict(_Hits)
        for column in columns:
            places = column.places(at).names
            if places:
                named = [m for m in mentions if m["field"] == column.name]
                self._seeds(column.text(at, language), column.name, places, named, hits)
        self._entities(mentions, hits)
        if not hits:
            return
        length = sum(len(column.text(at, language).words) for column in columns)
        held = {topic for topic, found in hits.items() if _probability(found, length) >= ASSIGNED}
        for topic, found in sorted(hits.items()):
            yields = not held.isdisjoint(self.definitions[topic].yields)
            score = _probability(found, length, share=YIELDED if yields else 1.0)
            if score >= ASSIGNED:
                yield {"article": article, "topic": topic, "score": score} | _evidence(found)

    def _finder(self, language: str) -> Finder:
        if language not in self._finders:
            lexicon = Lexicon(language, plain)
            for name, definition in self.definitions.items():
                for seed in self._seeds_of(definition, language):
                    lexicon.add(Phrase(name, "seed", "nothing", seed))
            self._finders[language] = Finder(lexicon)
        return self._finders[language]

    @staticmethod
    def _seeds_of(definition: Definition, language: str) -> dict[str, float]:
        """The seeds in this language; a topic that has none in it is looked for in all of them."""
        seeds = definition.topic.seeds
        return seeds.get(language) or {term: weight for terms in seeds.values() for term, weight in terms.items()}

    def _seeds(
        self, text: Text, name: str, places: list[int], mentions: list[dict[str, Any]], hits: dict[str, _Hits]
    ) -> None:
        """Take in the seeds of one field, the longest at each of these places, sentence by sentence."""
        finder = self._finder(text.language)
        spans = sentences(text.text)
        states = [_states(mentions, begin, end) for begin, end in spans]
        all_states = frozenset[str]().union(*states)
        sentence, next_free = 0, dict.fromkeys(self.definitions, 0)
        for at in places:
            while sentence + 1 < len(spans) and text.starts[at] >= spans[sentence][1]:
                sentence += 1
            for found in finder.at(text, at):
                topic = found.phrase.target
                if at < next_free[topic]:
                    continue
                next_free[topic] = found.last + 1
                here = states[sentence] if states else frozenset[str]()
                share = _counts_here(self.definitions[topic].needs, here, len(all_states - here))
                if share:
                    weight = self._seeds_of(self.definitions[topic], text.language)[found.phrase.text]
                    weight *= share * rarity(found.phrase.text, text.language)
                    surface = text.text[text.starts[at] : text.ends[found.last]]
                    where = text.text[slice(*spans[sentence])] if spans else text.text
                    _take(hits[topic], found.phrase.text, surface, weight, sentence=where, name=name)

    def _entities(self, mentions: list[dict[str, Any]], hits: dict[str, _Hits]) -> None:
        for mention in mentions:
            for topic, definition in self.definitions.items():
                weight = definition.entities.get(mention["entity"])
                if weight:
                    _take(
                        hits[topic],
                        f"@{mention['entity']}",
                        mention["surface"],
                        weight,
                        sentence="",
                        name=mention["field"],
                    )


def load(overlay: Path | None = None) -> TopicModel:
    """The project's topics with an analyst's laid over them. Raises TopicError with file, fault and remedy."""
    definitions, digest = load_topics(overlay)
    return TopicModel(definitions, digest)


def _states(mentions: list[dict[str, Any]], begin: int, end: int) -> frozenset[str]:
    """The states that a sentence names: by name, by nationality, or through an official."""
    inside = [m for m in mentions if begin <= m["start"] < end]
    countries = {m["entity"] for m in inside if m["kind"] == "country"}
    return frozenset(countries | {m["country"] for m in inside if m["kind"] == "official" and m["country"]})


def _counts_here(needs: str, states: frozenset[str], others: int) -> float:
    """How much a hit in a sentence with these states counts for a topic, in an article with so many `others`."""
    if needs != "two states":
        return 1.0
    if len(states) >= 2:
        return CROWD if len(states) >= MANY else 1.0
    return ALONE if states and 1 <= others < FEW else 0.0


def _take(hits: _Hits, term: str, surface: str, weight: float, *, sentence: str, name: str) -> None:
    hits.counts[term] += TITLE if name == "title" else 1  # type: ignore[assignment]
    hits.surfaces.setdefault(term, fold(surface) if surface.isupper() and len(surface) > 6 else surface)
    hits.weights[term] = max(weight, hits.weights.get(term, 0.0))
    if sentence:
        hits.sentences[sentence] += weight


def _contribution(hits: _Hits, term: str) -> float:
    return hits.weights[term] * (1 + math.log(hits.counts[term]))


def _probability(hits: _Hits, length: int, share: float = 1.0) -> float:
    weight = share * sum(_contribution(hits, term) for term in hits.counts)
    weight /= 1 + max(0.0, math.log2(max(length, 1) / LENGTH)) / 4
    return 1 / (1 + math.exp(-STEEPNESS * (weight - MIDDLE)))


def _evidence(hits: _Hits) -> dict[str, Any]:
    """The terms that made the score, heaviest first, as they stand in the article, and the sentence that says most."""
    heaviest = sorted(hits.counts, key=lambda term: (-_contribution(hits, term), term))[:TERMS]
    terms = [{"term": hits.surfaces[term], "weight": _contribution(hits, term)} for term in heaviest]
    telling = max(hits.sentences, key=lambda s: hits.sentences[s], default="")
    return {"evidence": terms, "sentence": telling}
