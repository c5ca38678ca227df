"""A person who was found, and the office that the gazetteer knows them by on a day."""

import datetime as dt
from dataclasses import dataclass

from analytics.gazetteer import Gazetteer
from analytics.model import Entity, Rule, Term


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
    rule: Rule
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What an article calls somebody: the offices its words may mean, and their country where it names one."""

    roles: frozenset[str] = frozenset()
    country: str = ""

    def means(self, term: Term) -> bool:
        """Whether this term may be meant."""
        return term.role in self.roles


NOTHING_SAID = Said()


class Register:
    """The officials of a gazetteer, as articles in one language tell of them."""

    def __init__(self, gazetteer: Gazetteer, language: str) -> None:
        self.gazetteer, self.language = gazetteer, language

    def person(self, official: Entity, keys: tuple[str, ...], day: dt.date | None, said: Said = NOTHING_SAID) -> Person:
        """The official with the office that is said, where it was ever theirs; else with that of the day."""
        meant = tuple(filter(said.means, official.terms))
        here = tuple(t for t in meant if said.country and said.country in {t.country, t.to_country})
        term = _on(here or meant, day) or next(iter(here or meant), None) or _on(official.terms, day)
        role = self.office(term.role, term.country, term.organisation, term.to_country) if term else ""
        body = self.gazetteer.entities.get(term.organisation) if term else None
        country = (term.country if term else "") or (body.country if body else "")
        return Person(official.id, official.name(), keys, role, country)

    def office(self, role: str, *places: str) -> str:
        """An office in the article's language with the state or body it is held for."""
        return self.gazetteer.offices.called(role, self.language, places)


def _on(terms: tuple[Term, ...], day: dt.date | None) -> Term | None:
    """The first listed of the terms held on the day, else the last that had begun by then. No day is today."""
    day = day or dt.date.max
    held = (term for term in terms if term.holds(day))
    begun = [(since, term) for term in terms if (since := term.start or term.end) and since <= day]
    return next(held, None) or max(begun, key=lambda one: one[0], default=(None, None))[1]
