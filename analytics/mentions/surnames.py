"""The same person by a shorter name: a surname, or initials and a surname.

It is the person named in full in this article; else, beside an office word, the one who held that office on the
article's date; else the head of a state whom papers call so; else it is left alone.
"""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from analytics.gazetteer import Gazetteer
from analytics.mentions.bearers import SHORTEST, Bearers, given_names
from analytics.mentions.beside import behind
from analytics.mentions.bodies import country_of, said
from analytics.mentions.field import Field
from analytics.mentions.given import is_polite, other_given_name
from analytics.mentions.inflection import IS_FORM
from analytics.mentions.languages import LEADERS_ALONE
from analytics.mentions.namesakes import names_a_place, names_an_order
from analytics.mentions.offices import office_before
from analytics.mentions.person import Person, Register, Seen
from analytics.mentions.phrases import PAIR
from analytics.mentions.sound import sound
from analytics.mentions.spans import Text
from analytics.model import Entity, Rule
from analytics.text.letters import fold, plain

LEADERS = frozenset(
    "president prime-minister chancellor foreign-minister secretary-of-state supreme-leader leader".split()
)
HEADS_OF_STATE = frozenset("president prime-minister chancellor supreme-leader".split())
ALONE = 5  # letters of a surname that may stand alone


class Here(NamedTuple):
    """What the article tells of its people: whom it names in full, and its day."""

    people: list[Person]
    day: dt.date | None


class Surnames:
    """Finds shorter names in articles of one language; `bearers` are those who may be meant."""

    def __init__(self, gazetteer: Gazetteer, language: str) -> None:
        self.language, self._register = language, Register(gazetteer, language)
        self.bearers, self._given_names = Bearers(gazetteer, language), given_names(gazetteer)
        self._is_form = IS_FORM.get(language)

    def find(self, field: Field, taken: frozenset[int], people: list[Person], day: dt.date | None) -> Iterator[Seen]:
        """Those whom the words of a field mean that are not `taken`; `people` are named in full in the article."""
        text, known, bearers = field.text, frozenset(field.places.surnames), self.bearers
        people = [p for p in people if len(p.surname) >= SHORTEST or len(p.keys) <= PAIR]  # Jae-in is no surname
        surnames = {person.surname for person in people}
        starts = {surname[:length] for surname in surnames for length in range(len(surname) + 1)}
        for at in field.places.capitals if people else field.places.surnames:
            if at in taken or at in field.covered:
                continue
            if at not in known and bearers.beginning(text.words[at]) not in starts:
                continue
            stems = [length for length, keys, known in bearers.stems(text.words[at]) if known or keys & surnames]
            if stems:
                yield from self._short(field, at, stems, Here(people, day))

    def _short(self, field: Field, at: int, stems: list[int], here: Here) -> Iterator[Seen]:
        text = field.text
        first, initials = _initials(text, at)
        other = not initials and self._other(field, at, here)
        if names_a_place(text, first, at) or (other and not here.people):
            return
        for length in stems:
            keys = self.bearers.keys(text.words[at][:length])
            if other:
                full = self._again(field, at, [p for p in here.people if p.surname in keys])
                if full is not None:
                    yield Seen(field.name, full[0], at, length, full[1], "full name, with an office here")
                    return
                continue
            same = [p for p in here.people if p.surname in keys and _agree(initials, p.name)]
            if len({p.entity for p in same}) == 1:
                rule: Rule = "initials, named in full here" if initials else "surname, named in full here"
                yield Seen(field.name, first, at, length, same[0], rule)
                return
            holder = self.holder(field, (first, at), length, initials, here.day)
            if holder is not None:
                yield Seen(field.name, first, at, length, holder, "surname beside an office")
                return
            famous = self._famous(field, (first, at), length, initials, here)
            if famous is not None:
                yield Seen(field.name, first, at, length, famous, "surname of a leader")
                return

    def _again(self, field: Field, at: int, bearers: list[Person]) -> tuple[int, Person] | None:
        """Where a name begins that ends with this surname and is one bearer's again, and who that is."""
        if names_an_order(field.text, at):
            return None
        found = {p.entity: (first, p) for p in bearers if (first := self._own_names(field, at, p)) < at}
        return next(iter(found.values())) if len(found) == 1 else None

    def _own_names(self, field: Field, at: int, person: Person) -> int:
        """The first of the words before a surname that are its bearer's: all his names, the last few, or the first."""
        text, first = field.text, at
        for key in reversed(person.keys[:-1]):
            if not text.joined(first - 1) or key not in self.bearers.keys(text.words[first - 1]):
                break
            first -= 1
        if first == at and text.joined(at - 1) and person.keys[0] in self.bearers.keys(text.words[at - 1]):
            return at - 1
        return first

    def initialled(self, field: Field, first: int, at: int, day: dt.date | None) -> bool:
        """Whether initials from word `first` on, and a surname, are a known official with the office beside them."""
        begin, initials = _initials(field.text, at)
        if not initials or begin != first:
            return False
        stems = (length for length, _, known in self.bearers.stems(field.text.words[at]) if known)
        return any(self.holder(field, (first, at), length, initials, day) for length in stems)

    def holder(
        self, field: Field, span: tuple[int, int], length: int, initials: str, day: dt.date | None
    ) -> Person | None:
        """The known official of this surname who held the office beside it on the day, if there is exactly one."""
        first, at = span
        role = office_before(field, first) or (behind(field, at) if initials else None)
        if role is None or day is None:
            return None
        country, meant = country_of(field, role), field.meanings(role)
        word = field.text.words[at][:length]
        keys = self.bearers.keys(word)
        holders = [
            official
            for official in self.bearers.of(keys)
            for term in official.on(day)
            if _means(meant, term.role) and (not country or country in {term.country, term.to_country})
        ]
        named = {o.id: o for o in holders if not initials or sound(o.name())[:1] == sound(initials)[:1]}
        if len(named) != 1:
            return None
        official = next(iter(named.values()))
        return self._register.person(official, tuple(map(sound, official.name().split())), day, said(field, role))

    def _famous(self, field: Field, span: tuple[int, int], length: int, initials: str, here: Here) -> Person | None:
        """The head of a state or its diplomacy whom papers call by surname alone: `Putin`, `Makron`.

        Nobody else of the gazetteer has the surname, nobody else in the text does, and the text names the state,
        or a courtesy word stands before; then any official of a surname that only one has will do.
        """
        (first, at), day = span, here.day
        word = field.text.words[at][:length]
        keys = self.bearers.keys(word)
        bearers = self.bearers.of(keys)
        if len(bearers) != 1 or day is None or (not initials and self._shared(field, word, here)):
            return None
        (official,) = bearers
        if not self._spelt(official, word):
            return None
        polite = first > 0 and is_polite(field.text, first - 1)
        if official.historical or not any(t.start and t.start <= day for t in official.terms):
            return None
        if not _agree(initials, official.name()):
            return None
        well_known = length >= ALONE and (self._leads(field, official) or self._sits(field, at, official, here))
        if not polite and not well_known:
            return None
        return self._register.person(official, tuple(map(sound, official.name().split())), day)

    def _spelt(self, official: Entity, word: str) -> bool:
        """Whether the word is the surname letter by letter, and not only by sound: `Рейсы` is no form of Раиси."""
        surnames = {fold(name.split()[-1]) for name in official.names.values()}
        if self._is_form:
            return any(self._is_form(fold(word), surname) for surname in surnames)
        return plain(fold(word)) in {plain(surname) for surname in surnames}

    def _leads(self, field: Field, official: Entity) -> bool:
        """Whether the official led a state that the text names, and the surname is nobody's given name."""
        states = {term.country for term in official.terms if term.role in LEADERS}
        named = {n.found.phrase.target for n in field.named}
        return bool(states & named) and sound(official.name().split()[-1]) not in self._given_names

    def _sits(self, field: Field, at: int, official: Entity, here: Here) -> bool:
        """Whether the official headed a state on the day, which then need not be named, and no name goes on behind."""
        text = field.text
        if self.language not in LEADERS_ALONE or text.words[at].isupper():
            return False
        goes_on = text.capital(at + 1) and text.gap(at) == " " and at + 1 not in field.covered
        if goes_on and not _initials(text, at)[1] and not self._is_surname(field, at + 1, here):
            return False
        return self._heads_a_state(official, here.day)

    def _heads_a_state(self, official: Entity, day: dt.date | None) -> bool:
        """Whether the official does so on the day and has a surname that is nobody's given name."""
        sits = any(t.role in HEADS_OF_STATE and t.country and t.start and day and t.holds(day) for t in official.terms)
        return sits and sound(official.name().split()[-1]) not in self._given_names

    def _other(self, field: Field, at: int, here: Here) -> bool:
        """Whether a given name stands before a surname, and no other surname: `Tramp Makronla görüşüb`."""
        if not other_given_name(field, at):
            return False
        return other_given_name(field, at - 1) or not self._is_surname(field, at - 1, here)

    def _is_surname(self, field: Field, at: int, here: Here) -> bool:
        """Whether a word is the surname of somebody named in full here, or of who heads a state, and no given name."""
        if self.language not in LEADERS_ALONE:
            return False
        named = {person.surname for person in here.people} - self._given_names
        word = field.text.words[at]
        stems = [stem for stem in self.bearers.stems(word) if stem[0] >= ALONE]
        return any(keys & named or (known and self._heads_alone(keys, word[:n], here.day)) for n, keys, known in stems)

    def _heads_alone(self, keys: frozenset[str], word: str, day: dt.date | None) -> bool:
        """Whether exactly one official has the surname, so spelt, and heads a state on the day."""
        bearers = self.bearers.of(keys)
        return len(bearers) == 1 and all(self._spelt(one, word) and self._heads_a_state(one, day) for one in bearers)

    def _shared(self, field: Field, word: str, here: Here) -> bool:
        """Whether the surname belongs to somebody else in the text: another given name stands before it."""
        words = field.text.words
        return any(words[at].startswith(word) and self._other(field, at, here) for at in field.places.capitals)


def _means(meant: frozenset[str], role: str) -> bool:
    """Whether words may mean an office: a minister may be any, but neither a prime minister nor a deputy."""
    if role in meant:
        return True
    return "minister" in meant and role.endswith("-minister") and not role.startswith(("prime", "deputy"))


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
