"""Scoring by seeds: what was found of a topic in one article, weighed and taken through a logistic curve."""

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from analytics.topics.evidence import TERMS, shown

ASSIGNED = 0.5  # probability from which an article belongs to a topic
STEEPNESS, MIDDLE = 2.2, 0.8  # of the logistic curve: weight 0.8 is even odds
LENGTH = 150  # words of a short report; an article of n words has its weight divided by 1 + log2(n / LENGTH) / 4
TITLE = 2.0  # how much a hit in the title counts
MANY = 4  # states in one sentence from which it is a list or a summit, not a matter between two
CROWD = 0.25  # what a hit counts in such a sentence
ALONE = 0.6  # what it counts in a sentence with one state, in an article about few
FEW = 4  # states in an article that is about few
YIELDED = 0.45  # what the weight counts of a topic that yields to another which the article has


@dataclass(slots=True)
class Hits:
    """What was found for one topic in one article."""

    counts: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    surfaces: dict[str, str] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    sentences: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def take(self, term: str, surface: str, weight: float, *, sentence: str, name: str) -> None:
        """Count a hit: the term, its form, what it weighs, the sentence it stands in, and in which field."""
        self.counts[term] += TITLE if name == "title" else 1
        self.surfaces.setdefault(term, shown(surface))
        self.weights[term] = max(weight, self.weights.get(term, 0.0))
        if sentence:
            self.sentences[sentence] += weight

    def probability(self, length: int, share: float = 1.0) -> float:
        """The probability that the article, of so many words, belongs to the topic; `share` of the weight counts."""
        weight = share * sum(map(self._said, self.counts))
        weight /= 1 + max(0.0, math.log2(max(length, 1) / LENGTH)) / 4
        return 1 / (1 + math.exp(-STEEPNESS * (weight - MIDDLE)))

    def evidence(self) -> dict[str, Any]:
        """The terms that made the score, heaviest first, as they stand there, and the sentence that says most."""
        heaviest = sorted(self.counts, key=lambda term: (-self._said(term), term))[:TERMS]
        terms = [{"term": self.surfaces[term], "weight": self._said(term)} for term in heaviest]
        telling = max(self.sentences, key=lambda s: self.sentences[s], default="")
        return {"evidence": terms, "sentence": telling}

    def _said(self, term: str) -> float:
        return self.weights[term] * (1 + math.log(self.counts[term]))


def states_of(mentions: list[dict[str, Any]], begin: int, end: int) -> frozenset[str]:
    """The states that a sentence names: by name, by nationality, or through an official."""
    inside = [m for m in mentions if begin <= m["start"] < end]
    countries = {m["entity"] for m in inside if m["kind"] == "country"}
    return frozenset(countries | {m["country"] for m in inside if m["kind"] == "official" and m["country"]})


def counts_here(needs: str, states: frozenset[str], others: int) -> float:
    """How much a hit in a sentence with these states counts for a topic, in an article with so many `others`."""
    if needs != "two states":
        return 1.0
    if len(states) >= 2:
        return CROWD if len(states) >= MANY else 1.0
    return ALONE if states and 1 <= others < FEW else 0.0
