"""Which articles report one event: one pass in order of date, each article joining the nearest story or founding one.

An article is compared with the centroids of the stories of the last days: the cosine of TF-IDF vectors over stems and
recognised entities, less the further apart in time (Allan, Papka and Lavrenko 1998; Yang, Pierce and Carbonell 1998).
Across languages, where words are not shared, entities and numbers are compared alone, and must agree closely. A
story's id is made of its founder's, so it never changes, and earlier articles keep theirs when later ones arrive.
"""

import datetime as dt
import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from analytics.text.tokens import Encoded, encode
from analytics.text.vectors import Bags, sublinear, unit
from analytics.topics.background import frequency

METHOD = "1"  # raised whenever the same articles would be grouped otherwise

WINDOW = 12  # days after its last article in which a story can be joined
SIGMA = 1.5  # days after which likeness counts e^-1/2
NEAR = 0.12  # likeness to a centroid from which a headline joins; longer texts need more, see `_needed`
ENTITY = 1.5  # what an entity weighs beside a stem
FOREIGN = 0.4  # likeness of entities and numbers alone from which an article in another language joins
FOREIGN_SHARED = 2  # of them that must be shared
FOREIGN_DAYS = 2  # that may lie between the two
PRIOR = 50.0  # texts of news at large that the window's own word counts are mixed with


@dataclass(slots=True)
class _Story:
    """A story as it grows: the sums of its articles' vectors, and when it was last reported."""

    id: str
    last: dt.date | None
    month: bool
    words: Counter[str] = field(default_factory=Counter)
    marks: Counter[str] = field(default_factory=Counter)
    languages: set[str] = field(default_factory=set)
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class _Vector:
    """An article: its stems and entities, its entities and numbers alone, when, how precisely, in which language."""

    id: str
    words: dict[str, float]
    marks: dict[str, float]
    day: dt.date | None
    month: bool
    language: str
    length: int


class Stream:
    """Groups articles that are handed in by date and id. The same articles give the same stories in any batches."""

    def __init__(self) -> None:
        self._stories: dict[str, _Story] = {}
        self._posting: dict[str, set[str]] = defaultdict(set)
        self._seen: Counter[str] = Counter()
        self._articles: Counter[str] = Counter()

    def resume(self, earlier: pa.Table) -> None:
        """Take in articles that have their stories: those of the window before the first new one, by date and id.

        `earlier` has id, published, precision, language, title, text, mentions (lists) and story.
        """
        rows = earlier.to_pylist()
        titles, texts = encode([r["title"] for r in rows]), encode([r["text"] for r in rows])
        bags = Bags(titles, texts)
        for at, row in enumerate(rows):
            self._join(row["story"], self._vector(row, bags, at, row["mentions"] or ()))

    def add(self, articles: pa.Table, titles: Encoded, texts: Encoded, mentions: pa.Table) -> list[str]:
        """The story of each article, in order: one it joins, or one it founds."""
        by_article: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for mention in mentions.select(["article", "entity", "sense"]).to_pylist():
            by_article[mention["article"]].append(mention)
        bags = Bags(titles, texts)
        columns = ["id", "published", "precision", "language"]
        found = []
        for at, row in enumerate(articles.select(columns).to_pylist()):
            vector = self._vector(row, bags, at, by_article[row["id"]])
            self._forget(vector.day)
            story = self._nearest(vector) or _story_id(vector.id)
            self._join(story, vector)
            found.append(story)
        return found

    # -- an article as a vector ---------------------------------------------------------------------------------------

    def _vector(self, row: dict[str, Any], bags: Bags, at: int, mentions: Iterable[dict[str, Any]]) -> _Vector:
        language = row["language"] or ""
        counts = bags.counts(at, language)
        entities = Counter(f"@{m['entity']}" for m in mentions if m["sense"] != "demonym")
        rare = {stem: tf * self._rarity(stem, language) for stem, tf in sublinear(counts)}
        marked = {name: tf * ENTITY * self._rarity(name, "") for name, tf in sublinear(entities)}
        numbers = {stem: value for stem, value in rare.items() if stem.isdigit()}
        self._learn(counts, entities, language)
        return _Vector(
            id=row["id"],
            words=unit(rare | marked),
            marks=unit(marked | numbers),
            day=row["published"],
            month=row["precision"] not in (None, "day"),
            language=language,
            length=counts.total(),
        )

    def _rarity(self, name: str, language: str) -> float:
        """Inverse document frequency, from the articles seen so far and, for a start, from news at large."""
        prior = frequency(name, language) if language else 0.02
        seen = self._seen[f"{language}:{name}"]
        return math.log(1 + (self._articles[language] + PRIOR) / (seen + PRIOR * prior + 0.5))

    def _learn(self, counts: Counter[str], entities: Counter[str], language: str) -> None:
        self._articles[language] += 1
        self._articles[""] += bool(language)
        self._seen.update(f"{language}:{stem}" for stem in counts)
        self._seen.update(f":{name}" for name in entities)

    # -- stories ------------------------------------------------------------------------------------------------------

    def _nearest(self, vector: _Vector) -> str | None:
        """The story that the article is likest to, if it is like enough; the older of equals."""
        near = Counter[str]()
        for name in vector.words:
            for story in self._posting.get(name, ()):
                near[story] += 1
        best, most = None, 0.0
        for story in sorted(near):
            likeness = self._likeness(vector, self._stories[story])
            if likeness > most:
                best, most = story, likeness
        return best if most >= 1.0 else None

    def _likeness(self, vector: _Vector, story: _Story) -> float:
        """How like the article is to a story, as a multiple of what joining it takes."""
        decay = _decay(vector, story)
        if not decay:
            return 0.0
        if vector.language in story.languages:
            return _cosine(vector.words, story.words) * decay / _needed(vector.length)
        shared = vector.marks.keys() & story.marks.keys()
        if len(shared) < FOREIGN_SHARED or _days(vector, story) > FOREIGN_DAYS:
            return 0.0
        return _cosine(vector.marks, story.marks) / FOREIGN

    def _join(self, name: str, vector: _Vector) -> None:
        story = self._stories.get(name)
        if story is None:
            story = self._stories[name] = _Story(name, vector.day, vector.month)
        for feature, value in vector.words.items():
            story.words[feature] += value  # type: ignore[assignment]
            self._posting[feature].add(name)
        for feature, value in vector.marks.items():
            story.marks[feature] += value  # type: ignore[assignment]
            self._posting[feature].add(name)
        story.languages.add(vector.language)
        story.size += 1
        if vector.day and (story.last is None or vector.day > story.last):
            story.last, story.month = vector.day, vector.month

    def _forget(self, day: dt.date | None) -> None:
        """Close the stories that are too long ago to be joined."""
        if day is None:
            return
        closed = [s for s in self._stories.values() if s.last and (day - s.last).days > _reach(s)]
        for story in closed:
            for feature in {*story.words, *story.marks}:
                self._posting[feature].discard(story.id)
                if not self._posting[feature]:
                    del self._posting[feature]
            del self._stories[story.id]


def _reach(story: _Story) -> int:
    return WINDOW + (31 if story.month else 0)


def _days(vector: _Vector, story: _Story) -> int:
    """Days between an article and a story's last; one dated to the month stands on any of its days."""
    if vector.day is None or story.last is None:
        return 0
    if (vector.month or story.month) and (vector.day.year, vector.day.month) == (story.last.year, story.last.month):
        return 0
    return abs((vector.day - story.last).days)


def _decay(vector: _Vector, story: _Story) -> float:
    """What time leaves of a likeness. An undated article is only like undated ones."""
    if (vector.day is None) != (story.last is None):
        return 0.0
    return math.exp(-((_days(vector, story) / SIGMA) ** 2) / 2)


def _needed(length: int) -> float:
    """The likeness that joining takes: long texts share words by chance, headlines share few at best."""
    return NEAR * (1.0 + 0.12 * math.log10(max(length, 10) / 10))


def _cosine(vector: dict[str, float], centroid: Counter[str]) -> float:
    length = math.sqrt(sum(value * value for value in centroid.values()))
    return sum(value * centroid[name] for name, value in vector.items()) / length if length else 0.0


def _story_id(founder: str) -> str:
    return "s-" + hashlib.blake2b(founder.encode(), digest_size=6).hexdigest()
