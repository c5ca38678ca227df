"""Names looked up: the words of all names of one language, and the phrases they make, as a trie.

Names are thought about as word types: a type is looked up once, whatever the size of the corpus, and a phrase is a
path through the trie whose words are ids. Languages with endings match a word plus an ending; Russian, where every
word of a name inflects, matches any of the word's forms.
"""

from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from analytics.gazetteer import Gazetteer
from analytics.mentions.heads import HEAD, Heads
from analytics.mentions.inflection import FORMS, SOFTENED, SUFFIXES
from analytics.mentions.phrases import Phrase, names_in, people_in
from analytics.mentions.sound import settled, sound, sounds
from analytics.text.letters import fold, fold_all, plain, plain_all
from analytics.text.trie import Trie

REMEMBERED = 1 << 16  # types whose candidates are kept: those that are not hopeless


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word of some name that a type may be a form of: the word, where it ends in the type, and what follows it."""

    word: int
    length: int
    rest: str


@dataclass(eq=False)
class Lexicon:
    """The names of one language, looked up by the plain letters of a word or, for people, by its sound."""

    language: str
    key: Callable[[str], str]
    words: dict[str, list[int]] = field(default_factory=dict)
    paths: dict[tuple[int, int], int] = field(default_factory=dict)
    ends: dict[int, list[Phrase]] = field(default_factory=dict)
    starts: set[str] = field(default_factory=set)  # of the words: a type that leaves them is none of them
    _numbers: dict[str, int] = field(default_factory=dict)
    _bases: list[str] = field(default_factory=list)  # the key of each word
    _memo: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)
    _hopeless: dict[str, bool] = field(default_factory=dict)

    def add(self, phrases: Iterable[Phrase]) -> None:
        """Make phrases recognisable. Their words are folded and keyed all at once: one by one it takes seconds."""
        spelt = [(phrase, phrase.words) for phrase in phrases]
        number = self._numbered(list(dict.fromkeys(word for _, words in spelt for word in words)))
        for phrase, words in spelt:
            node = 0
            for word in words:
                node = self.paths.setdefault((node, number[word]), len(self.paths) + 1)
            there = self.ends.setdefault(node, [])
            if phrase not in there:
                there.append(phrase)

    def _numbered(self, words: list[str]) -> dict[str, int]:
        """The number of each word of a name; words of one key have one number.

        Words with a form in common stand in the order of their keys: nothing depends on which name was added first.
        """
        folded = fold_all(words, self.language)
        stems = [self._stems(word) for word in folded]
        spelt = list(dict.fromkeys((*folded, *(stem for each in stems for stem in each))))
        key = dict(zip(spelt, self._keys(spelt), strict=True))
        found = {}
        for word, base, forms in zip(words, folded, stems, strict=True):
            number = found[word] = self._numbers.setdefault(key[base], len(self._bases))
            if number == len(self._bases):
                self._bases.append(key[base])
            for form in dict.fromkeys(key[form] for form in forms):
                there = self.words.setdefault(form, [])
                if number not in there:
                    insort(there, number, key=self._bases.__getitem__)
                    self.starts.update(form[:length] for length in range(1, len(form) + 1))
        return found

    def _keys(self, folded: Sequence[str]) -> list[str]:
        return plain_all(folded) if self.key is plain else sounds(folded)

    def _stems(self, folded: str) -> Iterable[str]:
        """What a word may appear as: all its forms in Russian, its stem and softened stem elsewhere."""
        if self.language in FORMS:
            return FORMS[self.language](folded)
        softened = SOFTENED.get(self.language, {}).get(folded[-1:])
        return {folded, folded[:-1] + softened} if softened and len(folded) > 3 else {folded}

    def candidates(self, folded: str) -> tuple[Candidate, ...]:
        """The name words that a folded word may be a form of, longest first."""
        found = self._memo.get(folded)
        if found is None:
            if len(self._memo) >= REMEMBERED:
                self._memo.clear()
            found = self._memo[folded] = tuple(self._look_up(folded))
        return found

    @cached_property
    def begins(self) -> frozenset[int]:
        """The words of names that a name begins with, by number."""
        return frozenset(word for node, word in self.paths if node == 0)

    @cached_property
    def alone(self) -> frozenset[int]:
        """The words that are a name by themselves, by number."""
        return frozenset(word for word in self.begins if self.paths[0, word] in self.ends)

    @cached_property
    def inner(self) -> frozenset[int]:
        """The nodes from which a name goes on."""
        return frozenset(node for node, _ in self.paths)

    @cached_property
    def openings(self) -> Callable[[str], tuple[Candidate, ...]]:
        """The first words of names that a folded word may be a form of, longest first."""
        begins = self.begins
        return lru_cache(REMEMBERED)(lambda folded: tuple(one for one in self.candidates(folded) if one.word in begins))

    @cached_property
    def _opening(self) -> frozenset[str]:
        """The keys of those words."""
        return frozenset(key for key, numbers in self.words.items() if not self.begins.isdisjoint(numbers))

    @cached_property
    def _trie(self) -> Trie:
        return Trie(self._opening)

    @cached_property
    def _heads(self) -> Heads:
        return Heads(self._keys, self._opening, 1)

    def may_open(self, firsts: Sequence[str]) -> list[bool]:
        """For each of these first letters of folded words whether a name may begin with such a word."""
        return self._heads.begin(firsts)

    def opens(self, folded: Sequence[str]) -> list[bool]:
        """For each folded word whether a name may begin with it, in any of its forms."""
        suffixes = SUFFIXES.get(self.language)
        if suffixes is None:
            return [key in self._opening for key in self._keys(folded)]
        cuts = list(self._trie.beginnings(plain_all(folded))) if self.key is plain else list(self._heads.cuts(folded))
        readings = suffixes.readings([folded[at][length:] for at, length in cuts])
        cuts = [cut for cut, reading in zip(cuts, readings, strict=True) if reading]
        found = [False] * len(folded)
        for at in self._openings(folded, cuts):
            found[at] = True
        return found

    def _openings(self, folded: Sequence[str], cuts: list[tuple[int, int]]) -> Iterable[int]:
        """The numbers of the words of which so many letters are the first word of a name."""
        if self.key is plain:  # the trie has said so
            return (at for at, _ in cuts)
        heard = sounds([folded[at][:length] for at, length in cuts])
        return (at for (at, _), key in zip(cuts, heard, strict=True) if key in self._opening)

    def hopeless(self, folded: str) -> bool:
        """Whether the first letters of a folded word rule out that it begins with a word of a name."""
        head = folded[:HEAD]
        found = self._hopeless.get(head)
        if found is None:
            if len(self._hopeless) >= REMEMBERED:
                self._hopeless.clear()
            found = self._hopeless[head] = not any(True for _ in self._beginnings(head)) and self._leaves(head)
        return found

    def _leaves(self, folded: str) -> bool:
        """Whether no word of a name goes on from here."""
        begun = settled(folded, self.key(folded))
        return bool(begun) and begun not in self.starts

    def single(self, word: str) -> Iterator[tuple[Phrase, Candidate]]:
        """The one-word names that a word may be."""
        for candidate in self.candidates(fold(word, self.language)):
            node = self.paths.get((0, candidate.word))
            for phrase in self.ends.get(node, ()) if node is not None else ():
                yield phrase, candidate

    def _look_up(self, folded: str) -> Iterable[Candidate]:
        suffixes = SUFFIXES.get(self.language)
        if suffixes is None:
            numbers = self.words.get(self.key(folded), ())
            yield from (Candidate(number, len(folded), "") for number in numbers)
            return
        for length, numbers in reversed(list(self._beginnings(folded))):
            rest = plain(folded[length:])
            if not rest or suffixes.reading(rest):
                yield from (Candidate(number, length, rest) for number in numbers)

    def _beginnings(self, folded: str) -> Iterable[tuple[int, list[int]]]:
        """The words of names that a word begins with, shortest first, and where they end in it."""
        return self._spelt(plain(folded)) if self.key is plain else self._heard(folded)

    def _spelt(self, key: str) -> Iterator[tuple[int, list[int]]]:
        for length in range(1, len(key) + 1):
            part = key[:length]
            if part not in self.starts:
                return
            if part in self.words:
                yield length, self.words[part]

    def _heard(self, folded: str) -> Iterator[tuple[int, list[int]]]:
        for length in range(1, len(folded) + 1):
            key = self.key(folded[:length])
            if key in self.words:
                yield length, self.words[key]
            if self._leaves(folded[:length]):
                return


def compile_names(gazetteer: Gazetteer, language: str) -> Lexicon:
    """Countries, organisations and offices, by plain letters: the phrases of `names_in`."""
    lexicon = Lexicon(language, plain)
    lexicon.add(names_in(gazetteer, language))
    return lexicon


def compile_people(gazetteer: Gazetteer, language: str) -> Lexicon:
    """Full names of officials, by sound: the phrases of `people_in`."""
    lexicon = Lexicon(language, sound)
    lexicon.add(people_in(gazetteer, language))
    return lexicon
