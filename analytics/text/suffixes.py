"""Suffixes as a grammar: a language's endings in the slots they fill, tried on what follows a known stem.

Languages that add endings to an unchanged stem (Azerbaijani, Turkish, Kazakh, English) describe a chain of slots.
Everything is written in plain letters (`letters.plain`), so that one pattern serves both `-dəki` and `-daki`, loan
words that break vowel harmony, and text without diacritics.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from analytics.text.letters import plain_all

Reading = Literal["name", "demonym"]
REMEMBERED = 1 << 16  # endings whose readings are kept
STEM_LETTERS = 6  # where an inflected word is cut; worth five points of topic accuracy over whole words


def stem(folded: str) -> str:
    """The first letters of the word: suffixes follow the stem, and a list of them cuts fewer forms rightly."""
    return folded[:STEM_LETTERS]


@dataclass(frozen=True)
class Suffixes:
    """The endings of a language. `chain` names each slot in order with its pattern; every slot may be empty.

    `demonym` is the pattern of the suffix that makes a nationality out of a country; the chain may follow it.
    What fits neither (`-lıq`, `-pərəst`, `-ca` as a language) ends the country reading: there is no mention.
    """

    chain: Mapping[str, str]
    demonym: str = r"(?!)"

    @cached_property
    def _name(self) -> re.Pattern[str]:
        return re.compile("".join(f"(?P<{slot}>{pattern})?" for slot, pattern in self.chain.items()))

    @cached_property
    def _demonym(self) -> re.Pattern[str]:
        return re.compile(f"(?P<nationality>{self.demonym})" + self._name.pattern)

    @cached_property
    def reading(self) -> Callable[[str], Reading | None]:
        """What a country's name means with this ending, or None when the word is another word."""
        return lru_cache(REMEMBERED)(self._reading)

    @cached_property
    def _readings(self) -> dict[str, Reading | None]:
        return {}

    def readings(self, rests: Sequence[str]) -> list[Reading | None]:
        """What a name means with each of these endings, in folded letters; a name by itself with none."""
        new = [rest for rest in dict.fromkeys(rests) if rest not in self._readings]
        if len(self._readings) + len(new) > REMEMBERED:
            self._readings.clear()
            new = list(dict.fromkeys(rests))
        self._readings.update(zip(new, map(self._reading, plain_all(new)), strict=True))
        return [self._readings[rest] for rest in rests]

    def _reading(self, rest: str) -> Reading | None:
        if self._name.fullmatch(rest):
            return "name"
        return "demonym" if self._demonym.fullmatch(rest) else None

    def parts(self, rest: str) -> list[tuple[str, str]]:
        """The endings with the names of their slots, for an explanation. Empty when the ending does not parse."""
        found = self._name.fullmatch(rest) or self._demonym.fullmatch(rest)
        return [(slot, part) for slot, part in found.groupdict().items() if part] if found else []
