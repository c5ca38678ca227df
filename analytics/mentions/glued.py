"""Names that lost the space beside them: `QazaxıstanPrezidenti`, `трогатьИрана`, `Казахстансделал`.

A question about a word type alone, asked once for each.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analytics.mentions.lexicon import Lexicon
from analytics.mentions.phrases import Phrase
from analytics.text.letters import fold

GLUED = 7  # letters; a name this long is recognised though the next word sticks to it
PART = 4  # letters of a country between two capitals
# What grows out of a country's name, казахстанский, казахстанец, where other words rarely do, so that they are glued.
_OTHER_WORD = {"ru": re.compile("ск|ец|ц|ч|н")}


@dataclass(frozen=True, slots=True)
class Part:
    """A country's name inside a word: letters `begin` to `end` of it, and the ending that follows."""

    phrase: Phrase
    begin: int
    end: int
    rest: str


def can_be_glued(phrase: Phrase) -> bool:
    """Whether a name is looked for inside words: of countries alone, and not their people's."""
    return phrase.kind == "country" and phrase.reads == "name"


def parts(word: str, lexicon: Lexicon) -> tuple[Part, ...]:
    """The countries in a word that is several words."""
    if len(word) <= GLUED:
        return ()
    cuts = [] if word.isalpha() and word[1:].islower() else _cuts(word)
    if cuts:
        pieces = zip([0, *cuts], [*cuts, len(word)], strict=True)
        found = (_piece(word, begin, end, lexicon) for begin, end in pieces if end - begin >= PART)
        return tuple(part for part in found if part)
    other = _OTHER_WORD.get(lexicon.language) if word[0].isupper() else None
    if other is None or lexicon.hopeless(fold(word, lexicon.language)):
        return ()
    return tuple(_behind(word, lexicon, other))


def _cuts(word: str) -> list[int]:
    """Where a capital or a digit stands behind a small letter."""
    return [i for i in range(1, len(word)) if word[i - 1].islower() and not word[i].islower()]


def _piece(word: str, begin: int, end: int, lexicon: Lexicon) -> Part | None:
    if not word[begin].isupper():
        return None
    found = ((p, c) for p, c in lexicon.single(word[begin:end]) if c.length >= PART and can_be_glued(p))
    return next((Part(phrase, begin, begin + c.length, c.rest) for phrase, c in found), None)


def _behind(word: str, lexicon: Lexicon, other: re.Pattern[str]) -> Iterator[Part]:
    """A name with a small word stuck behind it, unless it is an `other` word that grows out of the name."""
    for length in range(len(word) - PART, GLUED - 1, -1):
        if other.match(word, length):
            continue
        for phrase, candidate in lexicon.single(word[:length]):
            if can_be_glued(phrase):
                yield Part(phrase, 0, candidate.length, "")
                return
