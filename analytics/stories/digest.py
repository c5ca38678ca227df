"""A story summed up: the sentences that say most, what each outlet adds to those before it, and who copied whom.

Sentences are chosen by likeness to the story's centroid (Radev and others 2004) and unlikeness to those chosen before
(maximal marginal relevance, Carbonell and Goldstein 1998). Nothing is written: every sentence is an article's own.
Articles in different languages share no words; of what is new across languages only names can be told.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, diags

from analytics.text.background import frequency
from analytics.text.sentences import sentences
from analytics.text.vectors import Numbered, stem_numbers
from analytics.text.words import Words

MOST = 200  # articles that are read
EACH = 30  # sentences of an article that are looked at: news says first what matters
SUM = 3  # sentences that sum a story up
APART = 0.7  # how much likeness to the story counts, against unlikeness to what is chosen already
WORDS = (6, 45)  # of a sentence that can stand alone
EARLY = 0.05  # of its weight a sentence loses with each that stands before it in its article
RUN = 4  # words that are compared together
COPY = 0.8  # share of such runs that two articles have in common from which one is a copy
NEW = 0.5  # share of a sentence's weight that no earlier report has, from which the sentence adds something
UNSEEN = 0.001  # share of texts at large taken to have a word that is not listed


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of an article."""

    article: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an outlet's articles add to the story: sentences and entities that no earlier report had."""

    outlet: str
    first: str
    articles: tuple[str, ...]
    adds: tuple[Said, ...]
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """A story in short. `copies` are near copies with the article each repeats, `entities` have how many name them."""

    summary: tuple[Said, ...]
    reports: tuple[Report, ...]
    copies: dict[str, str]
    entities: tuple[tuple[str, int], ...]
    left_out: int = 0


def digest(documents: Sequence[Mapping[str, Any]]) -> Digest:
    """Sum up a story. `documents` are its articles in order of time.

    Each has id, outlet, language, text and mentions (of `model.MENTIONS`). The first `MOST` are read; how many were
    left out is said.
    """
    read = documents[:MOST]
    parts = _Parts(read)
    copies = parts.copies()
    mentioned = Counter(entity for document in read for entity in _named(document))
    ranked = tuple(sorted(mentioned.items(), key=lambda pair: (-pair[1], pair[0])))
    return Digest(parts.summary(), parts.reports(copies), copies, ranked, len(documents) - len(read))


def _named(document: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(m["entity"] for m in document["mentions"] or () if m["sense"] == "name"))


@dataclass(slots=True)
class _Tongue:
    """The sentences of a story in one language as rows of weights."""

    at: list[int] = field(default_factory=list)
    weights: csr_matrix = None


class _Parts:
    """The sentences of the articles, by language."""

    def __init__(self, documents: Sequence[Mapping[str, Any]]) -> None:
        self.documents = documents
        self.said: list[Said] = []
        self.place: list[int] = []  # of the sentence in its article
        self.owner: list[int] = []
        for number, document in enumerate(documents):
            spans = sentences(document["text"] or "")[:EACH]
            for place, (begin, end) in enumerate(spans):
                self.said.append(Said(document["id"], document["text"][begin:end]))
                self.place.append(place)
                self.owner.append(number)
        self.tongues = {language: self._tongue(language) for language in self._languages()}

    def _languages(self) -> list[str]:
        """The languages of the story, that of most articles first."""
        counts = Counter(document["language"] or "" for document in self.documents)
        return sorted(counts, key=lambda language: (-counts[language], language))

    def _tongue(self, language: str) -> _Tongue:
        mine = [at for at, owner in enumerate(self.owner) if (self.documents[owner]["language"] or "") == language]
        words = Words([""] * len(mine), [self.said[at].text for at in mine], [language] * len(mine))
        numbers, stems = stem_numbers(words, language)
        rows = Numbered(words, range(len(mine)), numbers, len(stems))
        weight = np.array([-np.log(max(frequency(stem, language), UNSEEN)) for stem in stems])
        counts = rows.counts()
        counts.data = 1 + np.log(counts.data)
        return _Tongue(mine, (counts @ diags(weight)).tocsr())

    def summary(self) -> tuple[Said, ...]:
        """The sentences that say most, in the language of most articles, in order of time."""
        tongue = next((tongue for tongue in self.tongues.values() if tongue.at), None)
        if tongue is None:
            return ()
        rows = _at_one(tongue.weights)
        centre = np.asarray(rows.sum(axis=0)).ravel()
        like = rows @ (centre / max(float(np.linalg.norm(centre)), 1e-9))
        like *= np.array([max(0.2, 1 - EARLY * self.place[at]) * self._whole(at) for at in tongue.at])
        chosen: list[int] = []
        nearest = np.zeros(len(like))
        owners = np.array([self.owner[at] for at in tongue.at])
        several = len(np.unique(owners)) >= SUM  # then no article has two of the sentences
        while len(chosen) < SUM:
            score = np.where(like > 0, APART * like - (1 - APART) * nearest, -np.inf)
            score[np.isin(owners, owners[chosen]) if several else chosen] = -np.inf
            best = int(np.argmax(score))
            if not np.isfinite(score[best]):
                break
            chosen.append(best)
            nearest = np.maximum(nearest, (rows @ rows[best].T).toarray().ravel())
        return tuple(self.said[tongue.at[at]] for at in sorted(chosen))

    def _whole(self, at: int) -> bool:
        """Whether a sentence can stand alone."""
        return WORDS[0] <= len(self.said[at].text.split()) <= WORDS[1]

    def copies(self) -> dict[str, str]:
        """The article that each near word-for-word copy repeats: the earliest."""
        runs = [_runs(document["text"] or "") for document in self.documents]
        found: dict[str, str] = {}
        originals: list[int] = []
        for number, mine in enumerate(runs):
            of = next((at for at in originals if _shared(mine, runs[at]) >= COPY), None)
            if of is None:
                originals.append(number)
            else:
                found[self.documents[number]["id"]] = self.documents[of]["id"]
        return found

    def reports(self, copies: Mapping[str, str]) -> tuple[Report, ...]:
        """What each outlet adds, in order of its first report."""
        new = self._new()
        known: set[str] = set()
        own: dict[str, list[int]] = {}
        for number, document in enumerate(self.documents):
            own.setdefault(document["outlet"] or "", []).append(number)
        brought: dict[str, list[str]] = {outlet: [] for outlet in own}
        for document in self.documents:
            fresh = [entity for entity in _named(document) if entity not in known]
            known.update(fresh)
            brought[document["outlet"] or ""] += fresh
        found = []
        for outlet, numbers in own.items():
            theirs = set(numbers)
            mine = [at for at, owner in enumerate(self.owner) if owner in theirs and new[at] >= NEW]
            mine = [at for at in mine if self._whole(at) and self.said[at].article not in copies]
            best = sorted(mine, key=lambda at: (-new[at] * (1 - EARLY * self.place[at]), at))[:2]
            ids = tuple(self.documents[number]["id"] for number in numbers)
            adds = tuple(self.said[at] for at in sorted(best))
            found.append(Report(outlet, ids[0], ids, adds, tuple(brought[outlet])))
        return tuple(found)

    def _new(self) -> np.ndarray:
        """For each sentence the share of its weight that no earlier article in its language has."""
        found = np.zeros(len(self.said))
        for tongue in self.tongues.values():
            seen = np.zeros(tongue.weights.shape[1], dtype=np.bool_)
            owners = np.array([self.owner[at] for at in tongue.at], dtype=np.int64)
            for number in np.unique(owners):
                rows = np.flatnonzero(owners == number)
                for row in rows:
                    part = slice(tongue.weights.indptr[row], tongue.weights.indptr[row + 1])
                    weight, stems = tongue.weights.data[part], tongue.weights.indices[part]
                    found[tongue.at[row]] = weight[~seen[stems]].sum() / max(weight.sum(), 1e-9)
                for row in rows:
                    seen[tongue.weights.indices[tongue.weights.indptr[row] : tongue.weights.indptr[row + 1]]] = True
        return found


def _at_one(weights: csr_matrix) -> csr_matrix:
    """The rows at length 1."""
    length = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
    return (diags(1 / np.where(length > 0, length, 1.0)) @ weights).tocsr()


def _runs(text: str) -> set[tuple[str, ...]]:
    """All runs of so many words in a text, or all of it where it is shorter."""
    words = text.lower().split()
    return {tuple(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1))} if words else set()


def _shared(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    """The share of runs of words that two articles have in common (Jaccard)."""
    return len(one & other) / len(one | other) if one and other else 0.0
