"""The topic model: TF-IDF over seeds and recognised entities, sentence by sentence, calibrated to a probability.

A topic's weight in an article is the sum over its terms of

    seed weight x rarity x (1 + log tf),    tf counting a hit in the title twice,

divided by a slowly growing function of the article's length, and taken through a logistic curve. A topic that needs
two states counts only hits in sentences that name two, by name, by nationality or through their officials: an act
between them rather than two countries in one list. A topic that yields to another shares its vocabulary (a summit has
visits, talks and ambassadors too) and must say twice as much in an article that has the other. Weights, length and
curve were set on labelled articles as a whole (`tests/quality/`); no article has a rule of its own.

A topic that learns is scored by what was learned in the article's language (`learn`), where anything was; else by its
seeds. An analyst's labels come last and decide.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics import taxonomy
from analytics.mentions.lexicon import Lexicon
from analytics.mentions.phrases import Phrase
from analytics.mentions.sieve import Sifted, beginnings
from analytics.mentions.spans import Finder, Found, Text
from analytics.model import LANGUAGES, TOPICS, Topic
from analytics.taxonomy import Definition, TopicLabel, learned_files
from analytics.taxonomy.labels import obey
from analytics.text.background import rarity
from analytics.text.letters import plain
from analytics.text.sentences import sentences
from analytics.text.words import Question, Words, folded
from analytics.topics.evidence import Said
from analytics.topics.learned import Floats, Learned
from analytics.topics.seeds import ASSIGNED, TITLE, YIELDED, Hits, counts_here, states_of

METHOD = "4"  # raised whenever the same topics would be assigned otherwise
LEARNING = "1"  # raised whenever the same seeds and articles would be learned otherwise


@dataclass(frozen=True)
class _Batch:
    """Articles as the model reads them: `columns` are title and text, sifted for seeds."""

    ids: list[str]
    words: Words
    columns: list[Sifted]

    def of(self, learned: Learned) -> list[int]:
        """The numbers of the articles in the language of a classifier."""
        return [at for at, language in enumerate(self.words.languages) if language == learned.language]


@dataclass(frozen=True)
class TopicModel:
    """Named topics with the lexicons that find their seeds; labels; and by language what was learned and discovered."""

    definitions: Mapping[str, Definition]
    files: str
    labels: tuple[TopicLabel, ...] = ()
    learned: Mapping[str, Learned] = field(default_factory=dict)
    discovers: bool = True
    discovered: Mapping[str, Learned] = field(default_factory=dict)
    _finders: dict[str, Finder] = field(default_factory=dict, compare=False)
    _sieves: dict[str, Question] = field(default_factory=dict, compare=False)

    @property
    def topics(self) -> dict[str, Topic]:
        """The named topics that exist, by id."""
        return {name: definition.topic for name, definition in self.definitions.items()}

    @property
    def digest(self) -> str:
        """Changes when articles would be assigned otherwise, labels aside."""
        return "+".join((self.files, *self.taught))

    @property
    def taught(self) -> tuple[str, ...]:
        """Changes when something else was learned or discovered."""
        return tuple(known[each].digest for known in (self.learned, self.discovered) for each in sorted(known))

    def source(self, language: str) -> str:
        """Changes when the topics that learn in this language would be learned otherwise."""
        seeds = [
            (name, sorted(self._seeds_of(self.definitions[name], language).items())) for name in self.learning(language)
        ]
        return hashlib.blake2b(repr((LEARNING, seeds)).encode(), digest_size=8).hexdigest()

    def learning(self, language: str) -> tuple[str, ...]:
        """The topics that learn and have seeds in this language."""
        return tuple(name for name, d in self.definitions.items() if d.learns and self._seeds_of(d, language))

    def assign(self, articles: pa.Table, words: Words, mentions: pa.Table) -> pa.Table:
        """The topics of these articles, as `model.TOPICS`: probability, terms with their weights, telling sentence.

        `words` and `mentions` are those of the same articles. An article in no topic has no row.
        """
        batch = self._batch(articles, words)
        by_article = self._heard(batch, mentions)
        rows = [row for learned in self.learned.values() for row in self._by_words(learned, batch, batch.of(learned))]
        held: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            held[row["article"]].add(row["topic"])
        for at, article in enumerate(batch.ids):
            rows.extend(self._by_seeds(article, batch, at, by_article[article], held[article]))
        rows = obey(rows, self.labels, batch.ids)
        named = {row["article"] for row in rows}
        for found in self.discovered.values():
            rest = [at for at in batch.of(found) if batch.ids[at] not in named]
            rows.extend(self._by_words(found, batch, rest, best=True))
        place = {article: at for at, article in enumerate(batch.ids)}
        rows.sort(key=lambda row: (place[row["article"]], row["topic"]))
        return pa.Table.from_pylist(rows, schema=TOPICS)

    def obeyed(self, articles: list[str]) -> dict[str, tuple[str, ...]]:
        """For each of these articles that has labels, their digests."""
        there, found = set(articles), defaultdict[str, list[str]](list)
        for label in self.labels:
            if label.article in there:
                found[label.article].append(label.digest)
        return {article: tuple(sorted(those)) for article, those in found.items()}

    def seeded(self, articles: pa.Table, words: Words, topics: tuple[str, ...]) -> Floats:
        """How surely each article (row) has seeds of each of these topics (column), from 0 to 1: seed weights added."""
        batch = self._batch(articles, words)
        number = {topic: at for at, topic in enumerate(topics)}
        found = np.zeros((len(batch.ids), len(topics)))
        for at, own in enumerate(words.languages):
            language = _seeds_in(own)
            for column in batch.columns:
                times = TITLE if column.name == "title" else 1
                places = column.places(at).names
                for hit in self._hits(column.text(at, language), places) if places else ():
                    topic, seed = hit.phrase.target, hit.phrase.text
                    if topic in number:
                        found[at, number[topic]] += times * self._seeds_of(self.definitions[topic], language)[seed]
        return np.minimum(found, 1.0)

    def _batch(self, articles: pa.Table, words: Words) -> "_Batch":
        kinds = words.ask(self._kinds)
        small = words.ask(lambda language: folded(_seeds_in(language))).tolist()
        return _Batch(articles["id"].to_pylist(), words, [Sifted(column, kinds, small) for column in words.columns])

    def _by_words(
        self, learned: Learned, batch: "_Batch", rows: list[int], *, best: bool = False
    ) -> Iterator[dict[str, Any]]:
        """The topics of these articles of a batch by what was learned in their language: all, or the `best` alone."""
        if not rows:
            return
        numbered = learned.numbered(batch.words, rows)
        weighted = learned.weights(numbered.counts())
        weighted.sort_indices()
        scores = learned.scores(weighted)
        if best:
            scores = np.where(scores == scores.max(axis=1, keepdims=True), scores, 0.0)
        row, topic = np.nonzero(scores >= ASSIGNED)
        title, text = batch.words.columns
        said = Said(weighted, numbered, row, learned.gains, topic).evidence(text, title)
        told = zip(row.tolist(), topic.tolist(), scores[row, topic].tolist(), said, strict=True)
        for at, number, score, why in told:
            yield {"article": batch.ids[rows[at]], "topic": learned.topics[number], "score": score} | why

    def _heard(self, batch: "_Batch", mentions: pa.Table) -> dict[str, list[dict[str, Any]]]:
        """The mentions that topics ask about, by article: all where a seed may stand, else those that are terms."""
        sown = [article for at, article in enumerate(batch.ids) if any(c.places(at).names for c in batch.columns)]
        terms = sorted({entity for definition in self.definitions.values() for entity in definition.entities})
        there = pc.is_in(mentions["article"], value_set=pa.array(sown, pa.string()))
        asked = pc.or_(there, pc.is_in(mentions["entity"], value_set=pa.array(terms, pa.string())))
        wanted = ["article", "entity", "kind", "sense", "field", "start", "end", "surface", "country"]
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for mention in mentions.select(wanted).filter(asked).to_pylist():
            found[mention["article"]].append(mention)
        return found

    def _kinds(self, own: str) -> Question:
        """Which word types of a language a seed may begin with."""
        language = _seeds_in(own)
        if language not in self._sieves:
            self._sieves[language] = beginnings(self._finder(language))
        return self._sieves[language]

    def _by_seeds(
        self, article: str, batch: "_Batch", at: int, mentions: list[dict[str, Any]], also: set[str]
    ) -> Iterator[dict[str, Any]]:
        """The topics of an article by seeds and entities, but for those that were learned in its language.

        `also` are the topics it is known to have.
        """
        hits: dict[str, Hits] = defaultdict(Hits)
        own = batch.words.languages[at]
        language = _seeds_in(own)
        for column in batch.columns:
            places = column.places(at).names
            if places:
                named = [m for m in mentions if m["field"] == column.name]
                self._seeds(column.text(at, language), column.name, places, named, hits)
        self._entities(mentions, hits)
        if own in self.learned:
            for topic in self.learned[own].topics:
                hits.pop(topic, None)
        if not hits:
            return
        length = sum(column.encoded.count(at) for column in batch.words.columns)
        held = also | {topic for topic, found in hits.items() if found.probability(length) >= ASSIGNED}
        for topic, found in sorted(hits.items()):
            yields = not held.isdisjoint(self.definitions[topic].yields)
            score = found.probability(length, share=YIELDED if yields else 1.0)
            if score >= ASSIGNED:
                yield {"article": article, "topic": topic, "score": score} | found.evidence()

    def _finder(self, language: str) -> Finder:
        if language not in self._finders:
            lexicon = Lexicon(language, plain)
            seeds = ((name, self._seeds_of(definition, language)) for name, definition in self.definitions.items())
            lexicon.add(Phrase(name, "seed", "nothing", seed) for name, those in seeds for seed in those)
            self._finders[language] = Finder(lexicon)
        return self._finders[language]

    @staticmethod
    def _seeds_of(definition: Definition, language: str) -> dict[str, float]:
        """The seeds in this language; a topic that has none in it is looked for in all of them."""
        seeds = definition.topic.seeds
        return seeds.get(language) or {term: weight for terms in seeds.values() for term, weight in terms.items()}

    def _seeds(
        self, text: Text, name: str, places: list[int], mentions: list[dict[str, Any]], hits: dict[str, Hits]
    ) -> None:
        """Take in the seeds of one field, the longest at each of these places, sentence by sentence."""
        spans = sentences(text.text)
        states = [states_of(mentions, begin, end) for begin, end in spans]
        everywhere = frozenset[str]().union(*states)
        sentence = 0
        for found in self._hits(text, places):
            while sentence + 1 < len(spans) and text.starts[found.first] >= spans[sentence][1]:
                sentence += 1
            topic = found.phrase.target
            here = states[sentence] if states else frozenset[str]()
            share = counts_here(self.definitions[topic].needs, here, len(everywhere - here))
            if share:
                weight = self._seeds_of(self.definitions[topic], text.language)[found.phrase.text]
                weight *= share * rarity(found.phrase.text, text.language)
                surface = text.text[text.starts[found.first] : text.ends[found.last]]
                where = text.text[slice(*spans[sentence])] if spans else text.text
                hits[topic].take(found.phrase.text, surface, weight, sentence=where, name=name)

    def _hits(self, text: Text, places: list[int]) -> Iterator[Found]:
        """The seeds that begin at these places: of each topic the longest, and none inside another."""
        finder, next_free = self._finder(text.language), dict.fromkeys(self.definitions, 0)
        for at in places:
            for found in finder.at(text, at):
                if at >= next_free[found.phrase.target]:
                    next_free[found.phrase.target] = found.last + 1
                    yield found

    def _entities(self, mentions: list[dict[str, Any]], hits: dict[str, Hits]) -> None:
        for mention in mentions:
            for topic, definition in self.definitions.items():
                weight = definition.entities.get(mention["entity"])
                if weight:
                    term, surface = f"@{mention['entity']}", mention["surface"]
                    hits[topic].take(term, surface, weight, sentence="", name=mention["field"])


def _seeds_in(language: str) -> str:
    """The language whose seeds are looked for in articles of this one."""
    return language if language in LANGUAGES else "en"


def load(overlay: Path | None = None) -> TopicModel:
    """The project's topics with an analyst's laid over them, and what was learned of them.

    What was learned of topics that have changed since is left aside. Raises TopicError with file, fault and remedy.
    """
    found = taxonomy.load(overlay)
    model = TopicModel(found.definitions, found.digest, found.labels, discovers=found.discovers)
    named = map(Learned.read, learned_files.files(overlay, learned_files.LEARNED))
    others = map(Learned.read, learned_files.files(overlay, learned_files.DISCOVERED) if found.discovers else ())
    learned = {what.language: what for what in named if what.source == model.source(what.language)}
    discovered = {what.language: what for what in others if what.source == LEARNING}
    return replace(model, learned=learned, discovered=discovered)
