"""The words of one text as they stand, and the names found among them."""

import re
from dataclasses import dataclass
from functools import cached_property

from analytics.mentions.lexicon import Candidate, Lexicon, Phrase
from analytics.text.letters import fold
from analytics.text.tokens import Encoded

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

    @classmethod
    def of(cls, encoded: Encoded, index: int, text: str, language: str) -> "Text":
        """The words of text number `index` of a batch."""
        tokens = encoded.tokens(index)
        words = [encoded.types[i] for i in encoded.ids[tokens].tolist()]
        return cls(text, words, encoded.starts[tokens].tolist(), encoded.ends[tokens].tolist(), language)

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


@dataclass(frozen=True, slots=True)
class Found:
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
        found: list[Found] = []
        for candidate in self.lexicon.openings(text.words[first]):
            self._walk(text, (first, first), 0, candidate, found)
        if len(found) > 1:
            found.sort(key=lambda f: (-f.last, -f.length))
        return found

    def _walk(
        self,
        text: Text,
        span: tuple[int, int],
        node: int,
        candidate: Candidate,
        found: list[Found],
        *,
        bent: bool = False,
    ) -> None:
        """Follow the trie from a word.

        `bent`: a word before the last has an ending, as only the words of offices may: `nazirinin müavini`.
        """
        first, at = span
        after = self.lexicon.paths.get((node, candidate.word))
        if after is None:
            return
        found += [
            Found(phrase, first, at, candidate.length, candidate.rest)
            for phrase in self.lexicon.ends.get(after, ())
            if not bent or phrase.kind == "role"
        ]
        bent = bent or bool(candidate.rest)
        if after not in self.lexicon.inner or (bent and not self._bends) or not text.joined(at):
            return
        at += self._inside(text, at + 1)
        for following in self.lexicon.candidates(text.words[at + 1]):
            self._walk(text, (first, at + 1), after, following, found, bent=bent)

    def _inside(self, text: Text, at: int) -> int:
        """How many words from `at` on stand inside a name without being part of it."""
        if self._between is None:
            return 0
        count = 2 if at + 2 < len(text.words) and fold(text.words[at + 1], text.language) in PATRONYMIC else 1
        words = [fold(word, text.language) for word in text.words[at : at + count]]
        inside = count == 2 or self._between.fullmatch(words[0])
        return count if inside and all(text.joined(at + i) for i in range(count)) else 0
