"""A person who was found, and the office that the gazetteer knows them by on a day."""

import datetime as dt
from dataclasses import dataclass

from analytics.gazetteer import Gazetteer
from analytics.model import Entity


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


class Register:
    """The officials of a gazetteer, as articles in one language tell of them."""

    def __init__(self, gazetteer: Gazetteer, language: str) -> None:
        self.gazetteer, self.language = gazetteer, language

    def person(self, official: Entity, keys: tuple[str, ...], day: dt.date | None) -> Person:
        """The official with the office held on that day, else the last one."""
        terms = (official.on(day) if day else ()) or official.terms[-1:]
        term = terms[0] if terms else None
        role = self.office(term.role, term.country, term.organisation, term.to_country) if term else ""
        body = self.gazetteer.entities.get(term.organisation) if term else None
        country = (term.country if term else "") or (body.country if body else "")
        return Person(official.id, official.name(), keys, role, country)

    def office(self, role: str, *places: str) -> str:
        """An office in the article's language with the state or body it is held for: `sədr (Dövlət Komitəsi)`."""
        title = self.gazetteer.role(role, self.language)
        names = [self.gazetteer.entities[place].name(self.language) for place in places if place]
        return f"{title} ({' → '.join(names)})" if names else title
