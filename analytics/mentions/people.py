"""Officials in one article: who is named in full, and which shorter names mean the same person.

Three steps, in order. *Known*: full names of the gazetteer, by sound. *Unknown*: a capitalised name beside an office
word makes an official with the role and the country that the phrase gives. *The same*: a surname, or an initial and a
surname, is the person named in full in this article; else, beside an office word, the one who held that office on the
article's date; else it is left alone.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analytics.gazetteer import Gazetteer
from analytics.mentions.lexicon import SUFFIXES
from analytics.mentions.names import (
    COURTESY,
    after_place,
    agrees,
    bare_surname,
    canonical,
    ends_name,
    feminine_dative,
    is_name_word,
    names_a_place,
    oblique,
    slug,
)
from analytics.mentions.offices import TAIL, Field, country_of, is_public
from analytics.mentions.sound import beginnings, sound, sounds
from analytics.mentions.spans import PATRONYMIC, Finder, Found, Text
from analytics.model import Entity
from analytics.text.letters import fold, plain
from analytics.text.ru import forms

LEADERS = frozenset(
    "president prime-minister chancellor foreign-minister secretary-of-state supreme-leader leader".split()
)
REMEMBERED = 1 << 16  # capitalised types whose possible surnames are kept
BEHIND, BEFORE = TAIL + 4, 20  # words behind and before an office where the name of its holder may begin
SHORTEST = 3  # letters of a surname
LONG = 5  # letters of a surname that may stand alone
SMALL = COURTESY | PATRONYMIC  # words inside a name that have no capital


@dataclass(frozen=True, slots=True)
class Person:
    """Someone named in full in the article. `entity` is an id; `keys` are the sounds of the names, surname last."""

    entity: str
    name: str
    keys: tuple[str, ...]
    role: str
    country: str

    @property
    def surname(self) -> str:
        """How the surname sounds."""
        return self.keys[-1]


@dataclass(frozen=True, slots=True)
class Seen:
    """A person at words `first` to `last` of a field; the name ends `length` letters into the last word."""

    field: str
    first: int
    last: int
    length: int
    person: Person
    rule: str
    weak: bool = False


class PeopleFinder:
    """Finds the officials of articles in one language."""

    def __init__(self, gazetteer: Gazetteer, language: str, finder: Finder) -> None:
        self.gazetteer, self.language, self.finder = gazetteer, language, finder
        self._given_names = {sound(o.name().split()[0]) for o in gazetteer.of("official")}
        self._by_surname: dict[str, list[Entity]] = {}
        self._beginnings: set[str] = set()
        self._memo: dict[str, list[tuple[int, frozenset[str], bool]]] = {}
        for official in gazetteer.of("official"):
            surnames = {sound(name.split()[-1]) for name in official.names.values()}
            if all(term.role == "first-lady" for term in official.terms):
                continue  # the surname alone is the husband
            for surname in surnames:
                self._by_surname.setdefault(surname, []).append(official)
                self._beginnings.update(surname[:length] for length in range(len(surname) + 1))

    def find(self, fields: list[Field], day: dt.date | None) -> list[Seen]:
        """All mentions of officials, in the order of the fields and their words."""
        seen: list[Seen] = []
        for field in fields:
            seen.extend(self._known(field, day))
        outright = {s.person.entity for s in seen if not s.weak}
        seen = [s for s in seen if not s.weak or s.person.entity in outright]
        for field in fields:
            seen.extend(self._unknown(field, _taken(seen, field), day))
        people = list({s.person.entity: s.person for s in seen}.values())
        for field in fields:
            seen.extend(self._same(field, _taken(seen, field), people, day))
        order = {field.name: index for index, field in enumerate(fields)}
        return sorted(seen, key=lambda s: (order[s.field], s.first))

    # -- known: full names of the gazetteer ---------------------------------------------------------------------------

    def _known(self, field: Field, day: dt.date | None) -> Iterator[Seen]:
        text, free = field.text, 0
        for at in field.places.full:
            found = self._full_name(text, at) if at >= free and self._goes_on(text, at) else None
            if found is None:
                continue
            free = found.last + 1
            if names_a_place(text, found.first, found.last):
                continue
            official = self.gazetteer.entities[found.phrase.target]
            keys = tuple(map(sound, found.phrase.words))
            weak = found.phrase.weak
            rule = "short name, named in full here" if weak else "full name"
            person = self._person(official, keys, day)
            yield Seen(field.name, found.first, found.last, found.length, person, rule, weak)

    def _goes_on(self, text: Text, at: int) -> bool:
        """Whether a name may begin at this word by what stands behind it: a name's word, or nothing is needed."""
        if at + 1 < len(text.words) and (text.capital(at + 1) or fold(text.words[at + 1]) in SMALL):
            return True
        lexicon = self.finder.lexicon
        return any(candidate.word in lexicon.alone for candidate in lexicon.openings(text.words[at]))

    def _full_name(self, text: Text, at: int) -> Found | None:
        for found in self.finder.at(text, at):
            words = range(found.first, found.last + 1)
            if not all(text.capital(w) or fold(text.words[w]) in SMALL for w in words) or feminine_dative(text, found):
                continue
            if found.words == 1 and not found.phrase.text[0].isupper():
                continue
            if found.rest and SUFFIXES[self.language].reading(found.rest) != "name":
                continue
            return found
        return None

    def _person(self, official: Entity, keys: tuple[str, ...], day: dt.date | None) -> Person:
        """The official with the office held on that day, else the last one."""
        terms = (official.on(day) if day else ()) or official.terms[-1:]
        term = terms[0] if terms else None
        role = self._office(term.role, term.country, term.organisation, term.to_country) if term else ""
        body = self.gazetteer.entities.get(term.organisation) if term else None
        country = (term.country if term else "") or (body.country if body else "")
        return Person(official.id, official.name(), keys, role, country)

    def _office(self, role: str, *places: str) -> str:
        """An office in the article's language with the state or body it is held for: `sədr (Dövlət Komitəsi)`."""
        title = self.gazetteer.role(role, self.language)
        names = [self.gazetteer.entities[place].name(self.language) for place in places if place]
        return f"{title} ({' → '.join(names)})" if names else title

    # -- unknown: an office word with a name beside it ----------------------------------------------------------------

    def _unknown(self, field: Field, taken: frozenset[int], day: dt.date | None) -> Iterator[Seen]:
        text, free = field.text, 0
        for at in _near_offices(field):
            last = self._name_at(field, at, taken) if at >= free else None
            if last is None:
                continue
            role = field.office(at, last)
            surname_first = role is not None and self._holder(field, (at, at), len(text.words[at]), "", day)
            if surname_first or names_a_place(text, at, last):
                role = None
            if role is not None and is_public(field, role) and agrees(text, role, last):
                yield self._make(field, at, last, role)
            free = last + 1

    def _name_at(self, field: Field, at: int, taken: frozenset[int]) -> int | None:
        """The last word of a capitalised name of two to four words beginning at word `at`, or None."""
        text = field.text
        last = at
        for word in range(at, min(at + 4, len(text.words))):
            if word in taken or word in field.covered or not is_name_word(text, word):
                break
            initial = len(text.words[word - 1]) <= 2
            if word > at and text.gap(word - 1) not in ({" ", "-", ". ", "."} if initial else {" ", "-"}):
                break
            if any(r.first <= word <= r.last for r in field.roles):
                break
            last = word
            if word + 1 < len(text.words) and fold(text.words[word + 1]) in PATRONYMIC:
                last = word + 1
                break
            if word > at and ends_name(text, word):
                break
        return last if last > at and len(text.words[last]) > 1 else None

    def _make(self, field: Field, first: int, last: int, role: Found) -> Seen:
        text = field.text
        first = after_place(text, first, last)
        length = bare_surname(text, last, self.language)
        words = [*text.words[first:last], text.words[last][:length]]
        words = [w for w in words if fold(w) not in COURTESY]
        name = canonical(words, self.language, oblique=oblique(text, role))
        country = country_of(field, role)
        person = Person(
            slug(name),
            name,
            tuple(sound(word) for word in re.findall(r"[^\W_]+", " ".join(words)) if fold(word) not in PATRONYMIC),
            self._office(role.phrase.target, country),
            country,
        )
        return Seen(field.name, first, last, length, person, "office and name")

    # -- the same person by a shorter name ----------------------------------------------------------------------------

    def _same(self, field: Field, taken: frozenset[int], people: list[Person], day: dt.date | None) -> Iterator[Seen]:
        text, known = field.text, frozenset(field.places.surnames)
        surnames = {person.surname for person in people}
        starts = {surname[:length] for surname in surnames for length in range(len(surname) + 1)}
        for at in field.places.capitals if people else field.places.surnames:
            if at in taken or at in field.covered:
                continue
            if at not in known and self._beginning(text.words[at]) not in starts:
                continue
            stems = [length for length, keys, known in self._stems(text.words[at]) if known or keys & surnames]
            if stems:
                yield from self._short(field, at, stems, people, day)

    def _stems(self, word: str) -> list[tuple[int, frozenset[str], bool]]:
        """Where a surname may end in this word type, how it sounds there, and whether the gazetteer has it."""
        found = self._memo.get(word)
        if found is None:
            lengths = (n for n in range(len(word), SHORTEST - 1, -1) if self._ending(word[:n], word[n:]))
            keys = ((n, frozenset(self._keys(word[:n]))) for n in lengths)
            found = [(n, each, any(key in self._by_surname for key in each)) for n, each in keys]
            if len(self._memo) >= REMEMBERED:
                self._memo.clear()
            self._memo[word] = found
        return found

    def may_be_known(self, words: Sequence[str]) -> list[bool]:
        """For each word type whether it may be a form of the surname of somebody in the gazetteer."""
        heads = [self._head(word) for word in words]
        distinct = list(dict.fromkeys(heads))
        hopes = {head for head, key in zip(distinct, sounds(distinct), strict=True) if key[:-1] in self._beginnings}
        hopeful = [at for at, head in enumerate(heads) if head in hopes]
        found = [False] * len(words)
        if self.language == "ru":  # its forms are not told by their beginnings
            for at in hopeful:
                found[at] = any(known for _, _, known in self._stems(words[at]))
            return found
        for number, length, key in beginnings([words[at] for at in hopeful], SHORTEST):
            if key in self._by_surname:
                word = words[hopeful[number]]
                found[hopeful[number]] |= self._ending(word[:length], word[length:])
        return found

    def _beginning(self, word: str) -> str:
        """How a surname begins that this word type may be a form of."""
        return sound(self._head(word))[:-1]  # the next letter may change the last sound: s and h, t and z

    def _head(self, word: str) -> str:
        """The letters that all forms of a surname share: Russian changes up to three at the end."""
        return word[: max(SHORTEST, len(word) - 3) if self.language == "ru" else SHORTEST + 1]

    def _keys(self, stem: str) -> set[str]:
        """How a surname sounds that may stand in this form."""
        return {sound(stem), *(_nominatives(stem) if self.language == "ru" else ())}

    def _short(
        self, field: Field, at: int, stems: list[int], people: list[Person], day: dt.date | None
    ) -> Iterator[Seen]:
        text = field.text
        first, initials = _initials(text, at)
        if names_a_place(text, first, at) or (not initials and _other_given_name(field, at)):
            return
        for length in stems:
            keys = self._keys(text.words[at][:length])
            same = [p for p in people if p.surname in keys and _agree(initials, p.name)]
            if len({p.entity for p in same}) == 1:
                rule = "initials, named in full here" if initials else "surname, named in full here"
                yield Seen(field.name, first, at, length, same[0], rule)
                return
            holder = self._holder(field, (first, at), length, initials, day)
            if holder is not None:
                yield Seen(field.name, first, at, length, holder, "surname beside an office")
                return
            famous = self._famous(field, (first, at), length, initials, day)
            if famous is not None:
                yield Seen(field.name, first, at, length, famous, "surname of a leader")
                return

    def _ending(self, stem: str, rest: str) -> bool:
        if not rest:
            return True
        suffixes = SUFFIXES.get(self.language)
        if suffixes is None or suffixes.reading(plain(fold(rest, self.language))) != "name":
            return False
        return not (stem[-1] in "vn" and rest[0] == "a")  # Əliyev + a is Əliyeva; the dative is Əliyevə

    def _holder(
        self, field: Field, span: tuple[int, int], length: int, initials: str, day: dt.date | None
    ) -> Person | None:
        """The known official of this surname who held the office beside it on the day, if there is exactly one."""
        first, at = span
        role = field.role_before(first) or (field.role_after(at) if initials else None)
        if role is None or day is None:
            return None
        country = country_of(field, role)
        word = field.text.words[at][:length]
        keys = self._keys(word)
        holders = [
            official
            for official in {o.id: o for key in keys for o in self._by_surname.get(key, ())}.values()
            for term in official.on(day)
            if term.role == role.phrase.target and (not country or country in {term.country, term.to_country})
        ]
        named = {o.id: o for o in holders if not initials or sound(o.name())[:1] == sound(initials)[:1]}
        if len(named) != 1:
            return None
        official = next(iter(named.values()))
        return self._person(official, tuple(map(sound, official.name().split())), day)

    def _famous(
        self, field: Field, span: tuple[int, int], length: int, initials: str, day: dt.date | None
    ) -> Person | None:
        """The head of a state or its diplomacy whom papers call by surname alone: `Putin`, `Makron`.

        Nobody else of the gazetteer has the surname, nobody else in the text does, and the text names the state,
        or a courtesy word stands before; then any official of a surname that only one has will do.
        """
        first, at = span
        word = field.text.words[at][:length]
        keys = self._keys(word)
        bearers = {o.id: o for key in keys for o in self._by_surname.get(key, ())}
        if len(bearers) != 1 or day is None or (not initials and _shared(field, word)):
            return None
        official = next(iter(bearers.values()))
        if not self._spelt(official, word):
            return None
        polite = first > 0 and fold(field.text.words[first - 1]) in COURTESY
        if official.historical or not any(t.start and t.start <= day for t in official.terms):
            return None
        if not _agree(initials, official.name()) or not (polite or (length >= LONG and self._leads(field, official))):
            return None
        return self._person(official, tuple(map(sound, official.name().split())), day)

    def _spelt(self, official: Entity, word: str) -> bool:
        """Whether the word is the surname letter by letter, and not only by sound: `Рейсы` is no form of Раиси."""
        surnames = {fold(name.split()[-1]) for name in official.names.values()}
        if self.language == "ru":
            return any(fold(word) in forms(surname) for surname in surnames)
        return plain(fold(word)) in {plain(surname) for surname in surnames}

    def _leads(self, field: Field, official: Entity) -> bool:
        """Whether the official led a state that the text names, and the surname is nobody's given name."""
        states = {term.country for term in official.terms if term.role in LEADERS}
        named = {n.found.phrase.target for n in field.named}
        return bool(states & named) and sound(official.name().split()[-1]) not in self._given_names


def _near_offices(field: Field) -> Iterator[int]:
    """The capitalised words from which an office can be reached: all others are nobody's name to us."""
    reach = iter(sorted((role.first - BEFORE, role.last + BEHIND) for role in field.roles))
    first, last = next(reach, (0, -1))
    for at in field.places.capitals:
        while at > last:
            following = next(reach, None)
            if following is None:
                return
            first, last = following
        if at >= first:
            yield at


def _shared(field: Field, word: str) -> bool:
    """Whether the surname belongs to somebody else in the text: another given name stands before it."""
    words = field.text.words
    return any(words[at].startswith(word) and _other_given_name(field, at) for at in field.places.capitals)


def _taken(seen: Iterable[Seen], field: Field) -> frozenset[int]:
    return frozenset(w for s in seen if s.field == field.name for w in range(s.first, s.last + 1))


def _initials(text: Text, at: int) -> tuple[int, str]:
    """Where the initials before a surname begin, and what they are: `R.T.` before `Ərdoğan`."""
    first = at
    while (
        first > 0 and len(text.words[first - 1]) <= 2 and text.capital(first - 1) and text.gap(first - 1) in {".", ". "}
    ):
        first -= 1
    return first, "".join(text.words[w][0] for w in range(first, at))


def _agree(initials: str, name: str) -> bool:
    return not initials or sound(name.split(maxsplit=1)[0])[:1] == sound(initials[0])[:1]


def _other_given_name(field: Field, at: int) -> bool:
    """Whether the word before is the given name of somebody else: `Raul Əliyev`."""
    text, before = field.text, at - 1
    if before < 0 or text.gap(before) != " " or not text.capital(before) or before in field.covered:
        return False
    if fold(text.words[before]) in COURTESY or any(r.last == before for r in field.roles):
        return False
    return not text.starts_sentence(before) or is_name_word(text, before)


@lru_cache(maxsize=1 << 16)  # asked for every capitalised word, and dear
def _nominatives(word: str) -> frozenset[str]:
    """The sounds of the surnames that a Russian word may be a form of."""
    folded = fold(word)
    found = {
        folded[:cut] + end
        for cut in range(max(SHORTEST, len(folded) - 3), len(folded) + 1)
        for end in ("", "а", "й", "ий", "ой", "я")
    }
    return frozenset(sound(base) for base in found if folded in forms(base))
