"""What public offices are called, in each language, and the same office in another one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from analytics.model import Entity

_WRITTEN = re.compile(r"(.+?)(?: \((.+)\))?", re.DOTALL)
_TO = " → "  # between the state that sends an ambassador and the one that receives him


@dataclass(frozen=True, slots=True)
class Role:
    """A public office: its title per language, and the words that stand beside a holder's name.

    `weak` words mean it only right behind a state, or of one who is known to hold it.
    """

    id: str
    names: dict[str, str]
    words: dict[str, tuple[str, ...]]
    weak: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Offices:
    """The offices of a gazetteer, by its roles and its entities."""

    roles: Mapping[str, Role]
    entities: Mapping[str, Entity]

    def title(self, role: str, language: str = "az") -> str:
        """What a role is called in this language."""
        found = self.roles.get(role)
        return role if found is None else found.names.get(language) or found.names.get("az") or role

    def called(self, role: str, language: str, places: Iterable[str] = ()) -> str:
        """An office with the state or body it is held for: `sədr (Dövlət Komitəsi)`. `places` are ids, or empty."""
        names = [self.entities[place].name(language) for place in places if place]
        title = self.title(role, language)
        return f"{title} ({_TO.join(names)})" if names else title

    def told(self, office: str, language: str, holder: str = "") -> str:
        """What `called` gave in any language, in this one; as it is where the title is not known in it, or means more.

        Of several offices with the same title those are meant that the `holder` ever had.
        """
        found = _WRITTEN.fullmatch(office)
        if found is None:
            return office
        known = self.entities.get(holder)
        roles = self._titles.get(found[1], frozenset())
        theirs = roles & {term.role for term in known.terms} if known else roles
        titles = {self.roles[role].names.get(language, "") for role in theirs or roles}
        if len(titles) != 1 or "" in titles:
            return office
        places = [self._place(place, language) for place in (found[2] or "").split(_TO) if place]
        return f"{titles.pop()} ({_TO.join(places)})" if places else titles.pop()

    def _place(self, name: str, language: str) -> str:
        entity = self._places.get(name)
        return name if entity is None else entity.names.get(language, name)

    @cached_property
    def _titles(self) -> dict[str, frozenset[str]]:
        """The roles that have a title in any language."""
        found: dict[str, set[str]] = {}
        for role in self.roles.values():
            for title in role.names.values():
                found.setdefault(title, set()).add(role.id)
        return {title: frozenset(roles) for title, roles in found.items()}

    @cached_property
    def _places(self) -> dict[str, Entity]:
        """States and bodies by their names in any language."""
        return {
            name: entity
            for entity in self.entities.values()
            if entity.kind != "official"
            for name in entity.names.values()
        }
