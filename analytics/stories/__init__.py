"""Which articles report one event: day by day, each day's articles grouped among themselves and into earlier stories.

An article is linked to its nearest of the last days (cosine of TF-IDF vectors over stems and recognised entities,
the stream's average article taken off, less the further apart in time), and linked groups are merged greedily, the
likeliest first. Two stories of earlier days are never merged and no article leaves its story, so what was told
yesterday is told tomorrow. Across languages, where words are not shared, entities and numbers are compared alone.

`docs/stories.md` has the sources of the method, the figures, and what was tried and dropped.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from analytics.stories.features import Features, features
from analytics.stories.links import links
from analytics.stories.merge import Groups
from analytics.stories.window import FEATURES, HELD, MONTH, UNDATED, WINDOW, Held, Rows, Vocabulary

__all__ = ["CHUNK", "METHOD", "WINDOW", "Features", "Stream", "features"]

METHOD = "2"  # raised whenever the same articles would be grouped otherwise

CHUNK = 2_000  # articles of one day that are grouped together; a larger day is grouped in several turns
ENOUGH = 0.13  # likeness from which two groups are one story


class Stream:
    """Groups articles that are handed in by date and id.

    The same articles give the same stories in any batches that hold whole days (or so many times CHUNK of one).
    """

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()
        self._held: list[Held] = []

    def resume(self, earlier: Features, stories: Sequence[str]) -> None:
        """Take in articles that have their stories: those around the new ones, by date and id."""
        self._held += self._vocabulary.articles(earlier, stories)

    def add(self, new: Features) -> list[str]:
        """The story of each article, in order: one it joins, or one it founds."""
        if len(self._vocabulary.numbers) > FEATURES:
            self._vocabulary, self._held = self._vocabulary.without_the_forgotten(self._held)
        every = self._vocabulary.articles(new)
        found: list[str] = []
        while len(found) < len(every):
            first = len(found)
            last = first + 1
            while last < min(len(every), first + CHUNK) and every[last].day == every[first].day:
                last += 1
            found += self._group(every[first:last])
        return found

    def _group(self, new: list[Held]) -> list[str]:
        """The stories of one day's articles, which are held from now on."""
        self._forget(new[0].day)
        old = len(self._held)
        rows = Rows([*self._held, *new], self._vocabulary)
        told = Counter(article.story for article in self._held)
        number = {story: at for at, story in enumerate(told)}
        node = np.array([*(number[article.story] for article in self._held), *range(len(told), len(told) + len(new))])
        groups = Groups([*told.values(), *[1] * len(new)], fixed=len(told))
        found = links(rows, old, ENOUGH)
        groups.link(node[found.row], node[found.other], found.weight)
        names = [*told, *(_story_id(article.id) for article in new)]
        stories = [names[group] for group in groups.merge(ENOUGH)[len(told) :]]
        self._held += [replace(article, story=story) for article, story in zip(new, stories, strict=True)]
        return stories

    def _forget(self, day: int) -> None:
        """Let go of the articles that are too long ago, and of those furthest in time when there are too many."""
        if day != UNDATED:
            self._held = [a for a in self._held if a.day == UNDATED or day - a.day <= WINDOW + MONTH * a.month]
        if len(self._held) > HELD:
            places = sorted(range(len(self._held)), key=lambda at: (abs(self._held[at].day - day), -at))[:HELD]
            self._held = [self._held[at] for at in sorted(places)]


def _story_id(founder: str) -> str:
    return "s-" + hashlib.blake2b(founder.encode(), digest_size=6).hexdigest()
