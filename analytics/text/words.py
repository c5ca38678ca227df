"""Articles as words: title and text in the word types of their language, of which everything is asked once.

A corpus has a hundred times more words than word types, and batches share most of their types. So what can be said of
a word by itself (its stem, whether a name may begin with it) is a `Question`, answered once for each type of a language
and then looked up by number, for all words of a batch with one array operation.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import repeat
from threading import RLock
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analytics.text.letters import fold_all
from analytics.text.tokens import Encoded, encode

LATELY = 1 << 17  # types of a language that are known at a time, beyond those of one batch
LANGUAGES = 16  # whose types are known at a time

Array = npt.NDArray[Any]


class Question:
    """Something to be said of a word type by itself.

    `answer` says it of many types at once, in their order, as values of `dtype`; where `of` is given, it is asked about
    the answers to that question instead of the types. What was answered is kept as long as the question exists.
    """

    def __init__(self, answer: Callable[[Any], Iterable[Any]], dtype: Any, of: "Question | None" = None) -> None:
        self.dtype, self.of, self._answer = np.dtype(dtype), of, answer

    def __call__(self, asked: Any) -> Array:
        """The answers, in order: of types, or of what was answered to another question."""
        found = np.empty(len(asked), self.dtype)
        answers = self._answer(asked) if len(asked) else ()
        if self.dtype == np.object_:  # most words are as they are folded: the same text is kept once
            answers = [one if one == answer else answer for one, answer in zip(asked, answers, strict=True)]
        found[:] = answers
        return found


@cache
def folded(language: str) -> Question:
    """A word type in the letters by which words are compared (`fold`), by the rules of a language."""
    return Question(lambda types: fold_all(types, language), object)


class _Known:
    """Word types of one language by number, and what was answered about them. Several threads may ask."""

    def __init__(self, types: list[str], seen: npt.NDArray[np.int64], turn: int) -> None:
        """`seen` is the turn in which each of these types was last seen."""
        self.types, self.turn = types, turn
        self._numbers = dict(zip(types, range(len(types)), strict=True))
        self._seen = seen
        self._answers: WeakKeyDictionary[Question, Array] = WeakKeyDictionary()
        self._lock = RLock()

    def number(self, types: Sequence[str]) -> npt.NDArray[np.int64]:
        """The numbers of these types, no two of them the same, of which some may be new."""
        with self._lock:
            found = np.fromiter(map(self._numbers.get, types, repeat(-1)), np.int64, len(types))
            new = np.flatnonzero(found < 0)
            found[new] = np.arange(len(self.types), len(self.types) + len(new))
            words = [types[at] for at in new.tolist()]
            self._numbers.update(zip(words, found[new].tolist(), strict=True))
            self.types += words
            self.turn += 1
            self._seen = np.concatenate((self._seen, np.empty(len(new), np.int64)))
            self._seen[found] = self.turn
            return found

    def answers(self, question: Question) -> Array:
        """What is answered of every type, by its number."""
        with self._lock:
            known = self._answers.get(question)
            done = 0 if known is None else len(known)
            if done < len(self.types):
                asked = self.types[done:] if question.of is None else self.answers(question.of)[done:]
                new = question(asked)
                known = self._answers[question] = new if known is None else np.concatenate((known, new))
            return np.empty(0, question.dtype) if known is None else known

    def lately(self, number: int) -> "_Known":
        """The same of so many types alone, those that were seen last."""
        with self._lock:
            kept = np.sort(np.argsort(-self._seen, kind="stable")[:number])
            less = _Known([self.types[at] for at in kept.tolist()], self._seen[kept], self.turn)
            for question, known in self._answers.items():
                less._answers[question] = known[kept[kept < len(known)]]
            return less


class _Vocabulary:
    """What is known of one language's types. Who reads a batch keeps what was known when it came."""

    def __init__(self) -> None:
        self._known = _Known([], np.zeros(0, np.int64), 0)

    def number(self, types: Sequence[str]) -> tuple[_Known, npt.NDArray[np.int64]]:
        """Numbers for these types, and what they are the numbers of."""
        if len(self._known.types) + len(types) > 2 * LATELY:
            self._known = self._known.lately(LATELY)
        known = self._known
        return known, known.number(types)


@lru_cache(maxsize=LANGUAGES)
def _vocabulary(_language: str) -> _Vocabulary:
    return _Vocabulary()


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One field of all articles of a batch: its characters, and its words as `Encoded` has them."""

    name: str
    texts: Sequence[str]
    encoded: Encoded


class Words:
    """A batch of articles as words.

    `languages` has the code of each article, "" where it is not known; `columns` are title and text, whose words are
    numbers into `types`: the word types of one language after the other, those of a title first.
    """

    def __init__(
        self, titles: Sequence[str | None], texts: Sequence[str | None], languages: Sequence[str | None]
    ) -> None:
        sides = [[text or "" for text in each] for each in (titles, texts)]
        self.languages = [language or "" for language in languages]
        both, self._slices = _by_language(encode([*sides[0], *sides[1]]), self.languages)
        self.types = both.types
        half = len(self.languages)
        halves = both.some(0, half), both.some(half, 2 * half)
        self.columns = tuple(map(Column, ("title", "text"), sides, halves))
        self._numbers = {
            language: _vocabulary(language).number(self.types[mine]) for language, mine in self._slices.items()
        }

    @classmethod
    def of(cls, articles: pa.Table) -> "Words":
        """The words of a table with title, text and language."""
        return cls(*(articles[name].to_pylist() for name in ("title", "text", "language")))

    def __len__(self) -> int:
        """The number of articles."""
        return len(self.languages)

    def ask(self, question: Callable[[str], Question]) -> Array:
        """What is answered of each word of `types` to the question of its language."""
        found = [self._answers(language, question(language)) for language in self._slices]
        return np.concatenate(found) if found else np.empty(0, question("").dtype)

    def own(self, language: str, question: Question) -> tuple[slice, Array]:
        """Where in `types` the words of this language are, and what is answered of each of them."""
        if language not in self._slices:
            return slice(0, 0), np.empty(0, question.dtype)
        return self._slices[language], self._answers(language, question)

    def _answers(self, language: str, question: Question) -> Array:
        known, numbers = self._numbers[language]
        return known.answers(question)[numbers]


def _by_language(both: Encoded, languages: Sequence[str]) -> tuple[Encoded, dict[str, slice]]:
    """The same texts, the types of each language numbered apart; and where in `types` each language's are."""
    place = {language: at for at, language in enumerate(dict.fromkeys(languages))}
    article = np.array([place[language] for language in languages], np.int64)
    # A word is the pair of its language and its type; those that occur are numbered, a language at a time.
    width = len(both.types)
    pairs = np.repeat(np.tile(article, 2), np.diff(both.bounds)) * width + both.ids
    there = np.zeros(len(place) * width, np.bool_)
    there[pairs] = True
    used = np.flatnonzero(there)
    types = [both.types[at] for at in (used % max(1, width)).tolist()]
    number = np.cumsum(there, dtype=np.int32) - 1
    ends = np.searchsorted(used, np.arange(len(place) + 1) * width).tolist()
    slices = {language: slice(ends[at], ends[at + 1]) for language, at in place.items()}
    return replace(both, types=types, ids=number[pairs]), slices
