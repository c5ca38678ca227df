"""How rare a word is in news at large, so that one article alone can be judged."""

import math
from functools import cache
from pathlib import Path

from analytics import overlay as laid
from analytics.text import stems

FOLDER = Path(laid.HERE) / "background"
LEAST = 3.0  # articles that a word too rare to be listed is taken to stand in


@cache
def _frequencies(language: str) -> tuple[int, dict[str, int]]:
    """The number of texts counted, and of those that hold each listed stem."""
    path = FOLDER / f"{language}.tsv"
    if not path.is_file():
        return 1000, {}
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return int(rows[0][0]), {stem: int(count) for count, stem in rows[1:]}


def frequency(stem: str, language: str) -> float:
    """The share of news texts in this language that hold a stem; 0 for one too rare to be listed."""
    total, counts = _frequencies(language)
    return counts.get(stem, 0) / total


@cache
def rarity(term: str, language: str) -> float:
    """Inverse document frequency of a term's rarest word, from 0 (in every text) to 1 (in next to none).

    log(N / df) / log(N / 3): Spärck Jones 1972, scaled by the rarest word that counts.
    """
    total, counts = _frequencies(language)
    most = math.log(total / LEAST)
    each = (math.log(total / max(LEAST, counts.get(stem, LEAST))) / most for stem in stems(term.split(), language))
    return max(each, default=1.0)
