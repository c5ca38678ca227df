"""The articles of the last days as rows of a sparse matrix: what a new article is compared with."""

import datetime as dt
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_matrix

from analytics.model import LANGUAGES
from analytics.stories.features import Features, Floats, Ints
from analytics.text.background import frequency

WINDOW = 6  # days for which an article is held, and linked: words are counted over them
HELD = 8_000  # articles held at most, the latest: the price of a day does not grow with the corpus
MONTH = 31  # days longer that an article dated to a month is held: it stands on any day of it
PRIOR = 50.0  # texts of news at large that the window's own word counts are mixed with
COMMON = 0.02  # the share of texts at large that is taken to name a given entity
OFTEN = 0.125  # share of the window's articles from which a word says nothing, and costs most to compare by
FEW = 1_000  # articles that a word must stand in at least before it is thought so: few words cost little
FEATURES = 500_000  # numbered features from which those that no held article has are forgotten (some 100 MB)
UNDATED = -1


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
    """Features by number: words of a language, and marks (entities, numbers) that all languages share.

    `tongues` and `priors` say of each its tongue, -1 for a mark, and the share of texts at large that hold it.
    """

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.tongues = array("b")
        self.priors = array("d")

    def articles(self, new: Features, stories: Sequence[str] = ()) -> list[Held]:
        """The articles of these features, in order; `stories` are those they have."""
        number = np.array(self._numbered(new.names), np.int64)[new.number]
        cuts = new.bounds.tolist()
        rows = new.articles.to_pydict()
        told = zip(rows["id"], rows["published"], rows["precision"], rows["language"], strict=True)
        return [
            Held(
                id=article,
                features=number[cuts[at] : cuts[at + 1]],
                counts=new.weight[cuts[at] : cuts[at + 1]],
                day=published.toordinal() if published else UNDATED,
                month=precision not in (None, "day"),
                tongue=_tongue(language),
                story=stories[at] if stories else "",
            )
            for at, (article, published, precision, language) in enumerate(told)
        ]

    def _numbered(self, names: list[str]) -> list[int]:
        for name in dict.fromkeys([name for name in names if name not in self.numbers]):
            self._learn(name)
        return [self.numbers[name] for name in names]

    def _learn(self, name: str) -> None:
        language, _, stem = name.partition(":")
        mark = name[0] == "@"
        self.numbers[name] = len(self.numbers)
        self.tongues.append(-1 if mark else _tongue(language))
        self.priors.append(COMMON if mark else frequency(stem, language))

    def without_the_forgotten(self, held: Sequence[Held]) -> tuple["Vocabulary", list[Held]]:
        """A vocabulary of what these articles say and no more, and the articles by its numbers."""
        kept = np.unique(np.concatenate([article.features for article in held])) if held else np.zeros(0, np.int64)
        names = list(self.numbers)
        less = Vocabulary()
        less.numbers = {names[old]: new for new, old in enumerate(kept.tolist())}
        less.tongues = array("b", np.array(self.tongues)[kept].tobytes())
        less.priors = array("d", np.array(self.priors)[kept].tobytes())
        return less, [replace(article, features=np.searchsorted(kept, article.features)) for article in held]


def _tongue(language: str | None) -> int:
    """0 for every language without a grammar: their words are shared."""
    return LANGUAGES.index(language) + 1 if language in LANGUAGES else 0


class Rows:
    """Articles as rows of weights, made anew for every day: sqrt(idf) over the window, at length 1.

    With the root, a word that two articles share counts its rarity once and not squared, so that one rare word
    does not outweigh the rest. `mean` of a row is its likeness to the stream's average article of its language.
    """

    def __init__(self, articles: Sequence[Held], vocabulary: Vocabulary) -> None:
        sizes = np.fromiter((len(a.features) for a in articles), np.int64, len(articles))
        self.row = np.repeat(np.arange(len(articles)), sizes)
        raw = np.concatenate([a.features for a in articles])
        used = np.zeros(len(vocabulary.numbers), np.bool_)
        used[raw] = True
        self.features = np.flatnonzero(used)
        self.column = (np.cumsum(used) - 1)[raw]
        self.tongue = np.fromiter((a.tongue for a in articles), np.int64, len(articles))
        self.day = np.fromiter((a.day for a in articles), np.int64, len(articles))
        self.calendar = np.fromiter((_month(a.day) for a in articles), np.int64, len(articles))
        self.month = np.fromiter((a.month for a in articles), np.bool_, len(articles))
        self.length = np.maximum(sizes, 1)
        of = np.array(vocabulary.tongues).astype(np.int64)[self.features]
        prior = np.array(vocabulary.priors)[self.features]
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

    def matrix(self, *, marks: bool = False) -> csr_matrix:
        """The weights of what counts at all; of `marks` alone, whether an article has them."""
        kept = self.value > 0
        if marks:
            kept &= self.mark[self.column]
        bounds = np.searchsorted(self.row[kept], np.arange(len(self.length) + 1))
        value = np.ones(int(kept.sum())) if marks else self.value[kept]
        return csr_matrix((value, self.column[kept], bounds), shape=(len(self.length), len(self.features)))

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


def _month(day: int) -> int:
    """The month of an ordinal day, as one number."""
    if day == UNDATED:
        return UNDATED
    date = dt.date.fromordinal(day)
    return 12 * date.year + date.month
