"""Articles as weighted words: the stems of title and text with their counts, ready for TF-IDF."""

import math
from collections import Counter
from collections.abc import Iterator

from analytics.text import stems, stop_words
from analytics.text.tokens import Encoded

TITLE = 2  # how often a word of the title counts
SHORTEST = 2  # letters of a stem that says something
SHORTEST_UNKNOWN = 4  # in a language whose stop words are not known: most of them are shorter


class Bags:
    """The words of a batch of articles. Stems are made once for each word type and language."""

    def __init__(self, titles: Encoded, texts: Encoded) -> None:
        self._sides = ((titles, TITLE), (texts, 1))
        self._stems: dict[str, tuple[dict[int, str], dict[int, str]]] = {}

    def counts(self, at: int, language: str) -> Counter[str]:
        """How often each stem stands in article number `at`; stop words, letters and small numbers do not count."""
        found: Counter[str] = Counter()
        for (side, times), known in zip(self._sides, self._stems.setdefault(language, ({}, {})), strict=True):
            kinds = side.ids[side.tokens(at)].tolist()
            new = [kind for kind in set(kinds) if kind not in known]
            if new:
                known.update(zip(new, _stemmed([side.types[kind] for kind in new], language), strict=True))
            for kind in kinds:
                if known[kind]:
                    found[known[kind]] += times
        return found


def _stemmed(types: list[str], language: str) -> list[str]:
    """The stems of word types; empty for what says nothing."""
    stops = stop_words(language)
    least = SHORTEST if stops else SHORTEST_UNKNOWN
    return [_kept(stem, stops, least) for stem in stems(types, language)]


def _kept(stem: str, stops: frozenset[str], least: int) -> str:
    return "" if stem in stops or len(stem) < least or (stem.isdigit() and len(stem) < 3) else stem


def sublinear(counts: Counter[str]) -> Iterator[tuple[str, float]]:
    """Each stem with 1 + log of its count: the tenth occurrence says less than the first (Salton and Buckley 1988)."""
    return ((stem, 1 + math.log(count)) for stem, count in counts.items())


def unit(vector: dict[str, float]) -> dict[str, float]:
    """The vector at length 1; an empty one stays empty."""
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {name: value / length for name, value in vector.items()} if length else {}
