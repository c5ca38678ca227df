"""The articles of the last days as rows of a sparse matrix: what a new article is compared with."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from analytics.model import LANGUAGES
from analytics.topics.background import frequency

WINDOW = 6  # days for which an article is held: words are counted over them
HELD = 8_000  # articles held at most, the latest: the price of a day does not grow with the corpus
MONTH = 31  # days longer that an article dated to a month is held: it stands on any day of it
PRIOR = 50.0  # texts of news at large that the window's own word counts are mixed with
COMMON = 0.02  # the share of texts at large that is taken to name a given entity
OFTEN = 0.125  # share of the window's articles from which a word says nothing, and costs most to compare by
FEW = 1_000  # articles that a word must stand in at least before it is thought so: few words cost little
FEATURES = 500_000  # numbered features from which those that no held article has are forgotten (some 100 MB)
UNDATED = -1

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Held:
    """An article: its features with their frequencies, when, how precisely, and in which language.

    `tongue` is 0 for all languages without a grammar: their words are compared by their beginnings, whichever
    language a short headline was taken for. `day` is an ordinal, or UNDATED. `story` is "" until it has one.
    """

    id: str
    features: Ints
    counts: Floats
    day: int
    month: bool
    tongue: int
    story: str = ""


class Vocabulary:
    """Features by number: words of a language, and marks (entities, numbers) that all languages share."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[str, int], int] = {}
        self.tongues: list[int] = []
        self.priors: list[float] = []

    def number(self, name: str, tongue: int, language: str) -> int:
        """The number of a feature; a mark is of tongue -1."""
        found = self.numbers.get((name, tongue))
        if found is None:
            found = self.numbers[name, tongue] = len(self.numbers)
            self.tongues.append(tongue)
            self.priors.append(frequency(name, language) if tongue >= 0 and language else COMMON * (tongue < 0))
        return found

    def without_the_forgotten(self, held: Sequence[Held]) -> tuple["Vocabulary", list[Held]]:
        """A vocabulary of what these articles say and no more, and the articles by its numbers."""
        kept = np.unique(np.concatenate([article.features for article in held])) if held else np.zeros(0, np.int64)
        names = list(self.numbers)
        less = Vocabulary()
        less.numbers = {names[old]: new for new, old in enumerate(kept.tolist())}
        less.tongues = [self.tongues[old] for old in kept.tolist()]
        less.priors = [self.priors[old] for old in kept.tolist()]
        return less, [replace(article, features=np.searchsorted(kept, article.features)) for article in held]

    def article(self, row: Mapping[str, Any], story: str = "") -> Held:
        """The article of a row of `features.SCHEMA`."""
        language = row["language"] or ""
        tongue = LANGUAGES.index(language) + 1 if language in LANGUAGES else 0
        numbers = [
            self.number(name, -1 if mark else tongue, language)
            for name, mark in zip(row["names"], row["marks"], strict=True)
        ]
        return Held(
            id=row["id"],
            features=np.array(numbers, np.int64),
            counts=np.array(row["weights"], np.float64),
            day=row["published"].toordinal() if row["published"] else UNDATED,
            month=row["precision"] not in (None, "day"),
            tongue=tongue,
            story=story,
        )


class Rows:
    """Articles as rows of weights, made anew for every day: sqrt(idf) over the window, at length 1.

    With the root, a word that two articles share counts its rarity once and not squared, so that one rare word
    does not outweigh the rest. `mean` of a row is its likeness to the stream's average article of its language.
    """

    def __init__(self, articles: Sequence[Held], vocabulary: Vocabulary) -> None:
        sizes = np.fromiter((len(a.features) for a in articles), np.int64, len(articles))
        self.row = np.repeat(np.arange(len(articles)), sizes)
        raw = np.concatenate([a.features for a in articles])
        self.features, self.column = np.unique(raw, return_inverse=True)
        self.bounds = np.concatenate(([0], np.cumsum(sizes)))
        self.tongue = np.fromiter((a.tongue for a in articles), np.int64, len(articles))
        self.day = np.fromiter((a.day for a in articles), np.int64, len(articles))
        self.calendar = np.fromiter((_month(a.day) for a in articles), np.int64, len(articles))
        self.month = np.fromiter((a.month for a in articles), np.bool_, len(articles))
        self.length = np.maximum(sizes, 1)
        of = np.fromiter((vocabulary.tongues[f] for f in self.features), np.int64, len(self.features))
        prior = np.fromiter((vocabulary.priors[f] for f in self.features), np.float64, len(self.features))
        self.mark = of < 0
        spoken = np.bincount(self.tongue, minlength=len(LANGUAGES) + 1)
        among = np.append(spoken, len(articles))[of].astype(np.float64)  # a mark's -1 takes the last: all articles
        seen = np.bincount(self.column, minlength=len(self.features))
        rarity = np.sqrt(np.log1p((among + PRIOR) / (seen + PRIOR * prior + 0.5)))
        rarity[seen > max(FEW, OFTEN * len(articles))] = 0.0
        value = np.concatenate([a.counts for a in articles]) * rarity[self.column]
        self.value = value / self._lengths(value)[self.row]
        self.marks = self._lengths(self.value * self.mark[self.column])
        self._centre(among)
        self._post()

    def _lengths(self, value: Floats) -> Floats:
        """The length of each row, 1 for an empty one."""
        found = np.sqrt(np.bincount(self.row, value * value, len(self.length)))
        return np.where(found > 0, found, 1.0)

    def _centre(self, among: Floats) -> None:
        mean = np.bincount(self.column, self.value, len(self.features)) / (among + PRIOR)
        self.mean = np.bincount(self.row, self.value * mean[self.column], len(self.length))
        articles = np.maximum(1, np.bincount(self.tongue))
        self.middle = (np.bincount(self.tongue, self.mean) / articles)[self.tongue]
        self.spread = np.sqrt(np.maximum(1e-6, 1 - 2 * self.mean + self.middle))

    def _post(self) -> None:
        """For each feature, the rows that have it."""
        order = np.argsort(self.column, kind="stable")
        order = order[self.value[order] > 0]
        self.posted, self.posted_value = self.row[order], self.value[order]
        self.posts = np.searchsorted(self.column[order], np.arange(len(self.features) + 1))


def _month(day: int) -> int:
    """The month of an ordinal day, as one number."""
    if day == UNDATED:
        return UNDATED
    date = dt.date.fromordinal(day)
    return 12 * date.year + date.month
