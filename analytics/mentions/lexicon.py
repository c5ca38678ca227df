"""What can be recognised in one language: the words of all names, and the phrases they make, as a trie.

Names are thought about as word types: a type is looked up once, whatever the size of the corpus, and a phrase is a
path through the trie whose words are ids. Languages with endings match a word plus an ending; Russian, where every
word of a name inflects, matches any of the word's forms.
"""

import re
from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from analytics.gazetteer import Gazetteer
from analytics.mentions.heads import HEAD, Heads
from analytics.mentions.sound import settled, sound, sounds
from analytics.model import Entity, Kind
from analytics.text import az as _az
from analytics.text import en, kk, ru, tr
from analytics.text.letters import fold, fold_all, plain, plain_all
from analytics.text.suffixes import Suffixes
from analytics.text.trie import Trie

SUFFIXES: Mapping[str, Suffixes] = {"az": _az.SUFFIXES, "tr": tr.SUFFIXES, "kk": kk.SUFFIXES, "en": en.SUFFIXES}
SOFTENED: Mapping[str, Mapping[str, str]] = {"az": _az.SOFTENED, "kk": kk.SOFTENED}
FORMS: Mapping[str, Callable[[str], frozenset[str]]] = {"ru": ru.forms}
IS_FORM: Mapping[str, Callable[[str, str], bool]] = {"ru": ru.is_form}
IS_PLURAL: Mapping[str, Callable[[str, str], bool]] = {"ru": ru.is_plural}

REMEMBERED = 1 << 16  # types whose candidates are kept: those that are not hopeless
PAIR = 2  # words of a name that is a given name and a surname
SHORT = 6  # letters; a shorter name must have its own diacritics, or `cin` (jinn) would be Çin
LATIN, CYRILLIC = ("az", "tr", "en"), ("ru", "kk")
# The languages as whose a person's name may be spelt in another: all of its script. Kazakh has two.
SPELLINGS = {**dict.fromkeys(LATIN, LATIN), "ru": CYRILLIC, "kk": (*CYRILLIC, *LATIN)}

Reads = Literal["name", "demonym", "role", "nothing"]
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Phrase:
    """A name as a sequence of words. `target` is an entity or a role id; `reads` says what finding it means."""

    target: str
    kind: Kind | Literal["role", "seed", "none"]
    reads: Reads
    text: str
    country: str = ""  # of an organisation: the state it belongs to
    public: bool = False  # of an organisation: whether its heads hold public office
    weak: bool = False  # whether it counts only where the same entity is named outright; an office, behind a state

    @cached_property
    def words(self) -> list[str]:
        """The name's words, without what stands between them."""
        return _WORD.findall(self.text)

    @cached_property
    def abbreviation(self) -> bool:
        """Whether the name is only itself in capitals: ABŞ, US, РФ."""
        letters = [c for c in self.text if c.isalpha()]
        return len(letters) <= 5 and all(c.isupper() for c in letters)

    @cached_property
    def short(self) -> bool:
        """Whether the name is too short to be known without its diacritics."""
        return sum(map(len, self.words)) < SHORT


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
    """Countries, organisations, offices and phrases that are no names, for one language."""
    lexicon = Lexicon(language, plain)
    lexicon.add(names_in(gazetteer, language))
    return lexicon


def names_in(gazetteer: Gazetteer, language: str) -> Iterator[Phrase]:
    """The phrases of `compile_names`."""
    for entity in gazetteer.of("country"):
        for name in (*_aliases(entity, language), *_long_forms(entity, language)):
            yield Phrase(entity.id, "country", "name", name)
        for name in entity.weak.get(language, ()):
            yield Phrase(entity.id, "country", "name", name, weak=True)
        for name in entity.demonyms.get(language, ()):
            yield Phrase(entity.id, "country", "demonym", name)
    for entity in gazetteer.of("organisation"):
        for name in _aliases(entity, language):
            yield Phrase(entity.id, "organisation", "name", name, entity.country, entity.public)
        for name in entity.weak.get(language, ()):
            yield Phrase(entity.id, "organisation", "name", name, entity.country, entity.public, weak=True)
    for role in gazetteer.roles.values():
        for name in (*role.words.get(language, ()), *filter(None, [role.names.get(language)])):
            yield Phrase(role.id, "role", "role", name)
            yield Phrase(role.id, "role", "role", _unpossessed(name, language))
        for name in role.weak.get(language, ()):
            yield Phrase(role.id, "role", "role", name, weak=True)
            yield Phrase(role.id, "role", "role", _unpossessed(name, language), weak=True)
    for name in gazetteer.not_names.get(language, ()):
        yield Phrase("", "none", "nothing", name)


def compile_people(gazetteer: Gazetteer, language: str) -> Lexicon:
    """Full names of officials, by sound. Names of every language in the same script serve: papers copy each other."""
    lexicon = Lexicon(language, sound)
    lexicon.add(people_in(gazetteer, language))
    return lexicon


def people_in(gazetteer: Gazetteer, language: str) -> Iterator[Phrase]:
    """The phrases of `compile_people`."""
    spellings = SPELLINGS[language]
    for person in gazetteer.of("official"):
        for name in _crossed([name for each in spellings for name in _aliases(person, each)]):
            yield Phrase(person.id, "official", "name", name)
        for each in spellings:
            for name in person.weak.get(each, ()):
                yield Phrase(person.id, "official", "name", name, weak=True)


def _crossed(names: list[str]) -> list[str]:
    """The names, and each given name with each surname: who is `Ayzek Herzoq` and `İsaak Hersoq` is `İsaak Herzoq`."""
    pairs = [name.split() for name in names if len(name.split()) == PAIR]
    crossed = (f"{given[0]} {surname[1]}" for given in pairs for surname in pairs)
    return list(dict.fromkeys((*names, *crossed)))


# What a state is called in full, behind its name; longer and other forms are listed in the gazetteer.
_STATES = {"az": ("Respublikası", "Krallığı"), "tr": ("Cumhuriyeti", "Krallığı")}


def _long_forms(country: Entity, language: str) -> list[str]:
    """A state's name of one word with the word for a state behind it: `Polşa Respublikası`."""
    name = country.names.get(language, "")
    return [f"{name} {state}" for state in _STATES.get(language, ()) if name and " " not in name]


_POSSESSED = {
    "az": r"(?<=\w{3})(?:(?<=[ıiuüa])s)?[ıiuü]$",
    "tr": r"(?<=\w{3})(?:(?<=[ıiuüa])s)?[ıiuü]$",
    "kk": r"(?<=\w{3})с?[ыі]$",
}


def _unpossessed(office: str, language: str) -> str:
    """An office of several words without the possessive of its last: `nazir müavin-`, whose plural is `müavinləri`."""
    return re.sub(_POSSESSED[language], "", office) if " " in office and language in _POSSESSED else office


def _aliases(entity: Entity, language: str) -> list[str]:
    """The canonical name, the strong aliases and the former names of an entity in one language."""
    former = (name.names.get(language, "") for name in entity.history)
    return [n for n in (entity.names.get(language, ""), *entity.strong.get(language, ()), *former) if n]
