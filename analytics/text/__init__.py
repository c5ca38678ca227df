"""Words: letters, tokens, language, and one file per language for what only that language knows.

`stems` and `stop_words` are the two questions other rooms ask; a language without a file of its own is answered
with the beginnings of folded words, so that its articles are kept, searched and grouped like any other.
"""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from analytics.model import LANGUAGES
from analytics.text import suffixes
from analytics.text.letters import fold_all


class Grammar(Protocol):
    """What the file of a language offers."""

    STOP_WORDS: frozenset[str]

    def stem(self, folded: str) -> str:
        """The stem by which forms of one word are counted together."""


def grammar(language: str) -> Grammar | None:
    """The file of a language, or None where there is none."""
    if language not in LANGUAGES:
        return None
    return cast("Grammar", import_module(f"analytics.text.{language}"))


def stems(types: Sequence[str], language: str) -> list[str]:
    """The folded stem of each word type."""
    rules = grammar(language)
    stem = rules.stem if rules else suffixes.stem
    return [stem(folded) for folded in fold_all(types, language)]


@cache
def stop_words(language: str) -> frozenset[str]:
    """The stems that say nothing about what an article is about."""
    known = grammar(language)
    return frozenset(known.stem(word) for word in known.STOP_WORDS) if known else frozenset()
