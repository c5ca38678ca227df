"""The words of one text as they stand, and the names found among them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analytics.mentions.lexicon import REMEMBERED, Candidate, Lexicon
from analytics.mentions.phrases import Phrase
from analytics.text.letters import plain
from analytics.text.words import Column

JOINING = frozenset(" \n-–—‑'’.&/«»“”\"")  # what may stand between the words of one name
PATRONYMIC = frozenset("oğlu qızı oglu qizi ogly kyzy оглы кызы ұлы қызы uulu uly oğul".split())
GAP = 3  # characters of it


@dataclass(frozen=True, slots=True)
class Text:
    """One field of one article: its words with their places. `language` chooses the lexicon."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    language: str
    _types: list[int]
    _folded: list[str]

    @classmethod
    def of(cls, column: Column, index: int, language: str, types: npt.NDArray[np.object_], folded: list[str]) -> "Text":
        """Text number `index` of a column of a batch; the batch's word types are given as they stand, and folded."""
        tokens = column.encoded.tokens(index)
        ids = column.encoded.ids[tokens]
        starts, ends = column.encoded.starts[tokens].tolist(), column.encoded.ends[tokens].tolist()
        return cls(column.texts[index], types[ids].tolist(), starts, ends, language, ids.tolist(), folded)

    def folded(self, at: int) -> str:
        """Word `at` by the rules of its article's language."""
        return self._folded[self._types[at]]

    def plain(self, at: int) -> str:
        """The same without its diacritics."""
        return plain(self.folded(at))

    def gap(self, at: int) -> str:
        """What stands between word `at` and the next one; a line break after the last."""
        return self.text[self.ends[at] : self.starts[at + 1]] if at + 1 < len(self.words) else "\n"

    def joined(self, at: int) -> bool:
        """Whether word `at` and the next may belong to one name."""
        gap = self.gap(at)
        if at + 1 >= len(self.words) or len(gap) > GAP or not JOINING.issuperset(gap):
            return False
        return "." not in gap or len(self.words[at]) <= 2

    def starts_sentence(self, at: int) -> bool:
        """Whether word `at` is the first of a sentence, a line or a quotation."""
        before = self.text[: self.starts[at]].rstrip(" ")
        return not before or before[-1] in '.!?…:\n“«"(—–•' or at == 0

    def capital(self, at: int) -> bool:
        """Whether word `at` begins with a capital letter."""
        return at < len(self.words) and self.words[at][0].isupper()


@dataclass(frozen=True, slots=True)
class Places:
    """The numbers of the words of one text where something may begin.

    `names`: a country, an organisation or an office; `full`: an official's full name; `capitals`: any name of a
    person; `surnames`: words that may be a known official's surname.
    """

    names: list[int]
    full: list[int]
    capitals: list[int]
    surnames: list[int]

    def __bool__(self) -> bool:
        """Whether anybody or anything can be found here by itself."""
        return bool(self.names or self.full or self.surnames)


class Found(NamedTuple):
    """A phrase at words `first` to `last`; `length` letters of the last word are its own, `rest` is its ending."""

    phrase: Phrase
    first: int
    last: int
    length: int
    rest: str
    begin: int = 0  # letters of the first word before the name: it is glued to them

    @property
    def words(self) -> int:
        """How many words the name has."""
        return self.last - self.first + 1

    def start(self, text: Text) -> int:
        """The first character of the name."""
        return text.starts[self.first] + self.begin

    def end(self, text: Text) -> int:
        """One past the last character of the name, without its ending, and with the dot of `U.S.`."""
        end = text.starts[self.last] + self.length
        return end + (self.phrase.text.endswith(".") and text.text.startswith(".", end))


Alone = tuple[Phrase, int, str]
"""A phrase of one word, how many letters of the text's word are its own, and what follows them."""

Onward = tuple[int, bool]
"""Where in the trie phrases go on behind a first word, and whether that has an ending."""


class Finder:
    """Finds the longest phrases of a lexicon in texts. Types that begin no phrase are passed over at once."""

    def __init__(self, lexicon: Lexicon, between: re.Pattern[str] | None = None) -> None:
        """`between` are words that may stand inside a name without being part of it: `Mehriban xanım Əliyeva`."""
        self.lexicon, self._between = lexicon, between

    @cached_property
    def _bends(self) -> bool:
        """Whether there are phrases whose inner words take endings."""
        return any(phrase.kind == "role" for phrases in self.lexicon.ends.values() for phrase in phrases)

    def at(self, text: Text, first: int) -> list[Found]:
        """All phrases that begin at word `first`, longest first, and with the shortest ending among equals."""
        alone, onward = self._openings(text.folded(first))
        found = [Found(phrase, first, first, length, rest) for phrase, length, rest in alone]
        if not onward or not text.joined(first):
            return found
        longer: list[Found] = []
        for node, bent in onward:
            self._walk(text, (first, first), node, longer, bent=bent)
        longer.sort(key=lambda f: (-f.last, -f.length))
        return longer + found

    @cached_property
    def _openings(self) -> Callable[[str], tuple[list[Alone], list[Onward]]]:
        """The phrases of one word that a folded word may be, the shortest ending first; and where longer ones go on."""
        return lru_cache(REMEMBERED)(self._opening)

    def _opening(self, folded: str) -> tuple[list[Alone], list[Onward]]:
        alone: list[Alone] = []
        onward: list[Onward] = []
        for one in self.lexicon.openings(folded):
            node = self.lexicon.paths[0, one.word]
            alone += [(phrase, one.length, one.rest) for phrase in self.lexicon.ends.get(node, ())]
            if self._goes_on(node, one):
                onward.append((node, bool(one.rest)))
        return sorted(alone, key=lambda one: -one[1]), onward

    def _goes_on(self, node: int, candidate: Candidate, *, bent: bool = False) -> bool:
        """Whether a phrase may go on behind this word of it."""
        return node in self.lexicon.inner and (self._bends or not (bent or candidate.rest))

    def _walk(self, text: Text, span: tuple[int, int], node: int, found: list[Found], *, bent: bool) -> None:
        """Follow the trie on from a word, with which the next one is joined.

        `bent`: a word before the last has an ending, as only the words of offices may: `nazirinin müavini`.
        """
        first, at = span
        at += 1
        if inside := self._inside(text, at):
            self._follow(text, (first, at + inside), node, found, bent=bent)
        self._follow(text, (first, at), node, found, bent=bent)

    def _follow(self, text: Text, span: tuple[int, int], node: int, found: list[Found], *, bent: bool) -> None:
        """Take the last word of a span for one of the trie, and walk on."""
        first, at = span
        for one in self.lexicon.candidates(text.folded(at)):
            after = self.lexicon.paths.get((node, one.word))
            if after is None:
                continue
            found += [
                Found(phrase, first, at, one.length, one.rest)
                for phrase in self.lexicon.ends.get(after, ())
                if not bent or phrase.kind == "role"
            ]
            if self._goes_on(after, one, bent=bent) and text.joined(at):
                self._walk(text, (first, at), after, found, bent=bent or bool(one.rest))

    def _inside(self, text: Text, at: int) -> int:
        """How many words from `at` on stand inside a name without being part of it."""
        if self._between is None:
            return 0
        count = 2 if at + 2 < len(text.words) and text.folded(at + 1) in PATRONYMIC else 1
        inside = count == 2 or self._between.fullmatch(text.folded(at))
        return count if inside and all(text.joined(at + i) for i in range(count)) else 0
