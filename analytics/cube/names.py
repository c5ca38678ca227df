"""What the entities, topics, outlets and languages of a corpus are, and what to call them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain

import numpy as np
from babel import Locale, UnknownLocaleError

from analytics.cube.codes import Bools
from analytics.cube.layout import Layout, Seen
from analytics.filters import Name
from analytics.model import Entity, Kind, Topic

NO_TOPIC = "none"  # stands among topic ids for the articles that belong to no topic
OTHER = "…"  # stands among ids for all those that a ranking does not list
MISSING = ""  # stands for the outlet or language of an article that names none
WORDS = {
    NO_TOPIC: {"az": "mövzusuz", "en": "no topic"},
    OTHER: {"az": "digərləri", "en": "others"},
    MISSING: {"az": "göstərilməyib", "en": "not given"},
}


@dataclass(frozen=True, slots=True)
class Someone:
    """An entity of the corpus: kind, what to call it, role mentioned most, and whether the gazetteer knows it."""

    kind: Kind
    names: Mapping[str, str]
    role: str
    known: bool


def _someone(seen: Seen, known: Entity | None) -> Someone:
    """Named by the gazetteer, or by the corpus where the gazetteer does not know them."""
    if known is None:
        return Someone(seen.kind, {"az": seen.name}, seen.role, known=False)
    return Someone(known.kind, known.names, seen.role, known=True)


class Names:
    """The entities and topics of a corpus by code, as the corpus, its gazetteer and its topics know them."""

    def __init__(self, layout: Layout, gazetteer: Mapping[str, Entity], topics: Mapping[str, Topic]) -> None:
        self.entities, self.themes = layout.entities, layout.themes
        self.people = tuple(
            _someone(one, gazetteer.get(id_)) for id_, one in zip(layout.entities, layout.seen, strict=True)
        )
        self.entity_code = {entity: code for code, entity in enumerate(self.entities)}
        self.theme_code = {topic: code for code, topic in enumerate(self.themes)}
        self._gazetteer, self._themes = gazetteer, topics

    def kind(self, entity: str) -> Kind | None:
        """What kind of entity this is, or None when neither the corpus nor the gazetteer knows it."""
        if entity in self._gazetteer:
            return self._gazetteer[entity].kind
        someone = self.someone(entity)
        return someone.kind if someone else None

    def someone(self, entity: str) -> Someone | None:
        """Names, kind and role of an entity, or None when the corpus does not mention it."""
        code = self.entity_code.get(entity)
        return None if code is None else self.people[code]

    def name(self, kind: str, thing: str, language: str = "az") -> str:
        """What to call an entity, topic, outlet or language; the id itself where nothing better is known."""
        if thing in WORDS and (thing != NO_TOPIC or kind == "topic"):
            return WORDS[thing].get(language, WORDS[thing]["en"])
        if kind == "entity" and (someone := self.someone(thing)):
            return someone.names.get(language) or someone.names["az"]
        if kind == "entity" and thing in self._gazetteer:
            return self._gazetteer[thing].name(language)
        if kind == "topic" and thing in self._themes:
            return self._themes[thing].name(language)
        return _language_name(thing, language) if kind == "language" else thing

    def spellings(self, entity: str) -> tuple[str, ...]:
        """All that an entity is called: its names in every language, and other names that mean it alone."""
        known = self._gazetteer.get(entity)
        if known:
            return tuple(dict.fromkeys(chain(known.names.values(), *known.strong.values())))
        someone = self.someone(entity)
        return tuple(someone.names.values()) if someone else ()

    def names(self, language: str = "az") -> Name:
        """`name` in one language, as `Filters.describe` wants it."""
        return lambda kind, thing: self.name(kind, thing, language)

    @cached_property
    def discovered(self) -> tuple[str, ...]:
        """The topics of this corpus that nobody named."""
        return tuple(topic for topic, found in zip(self.themes, self._found, strict=True) if found)

    @cached_property
    def named(self) -> tuple[str, ...]:
        """The topics that were named, in order of id, whether the corpus has them or not."""
        return tuple(sorted(topic for topic, known in self._themes.items() if known.seeds))

    def theme(self, topic: str) -> Topic | None:
        """A topic's names and seeds, or None where only the corpus knows it."""
        return self._themes.get(topic)

    def family(self, topic: str) -> str:
        """The discovered topic under which a discovered one stands; itself where it stands alone or leads."""
        known = self._themes.get(topic)
        return known.family if known and known.family in self._themes else topic

    def theme_language(self, topic: str) -> str:
        """The language in which a topic was discovered, or the first it is named in."""
        known = self._themes.get(topic)
        return next(iter(known.names), "en") if known else "en"

    @cached_property
    def _found(self) -> Bools:
        """For each topic code whether the topic was discovered: it has no seeds."""
        known = self._themes
        return np.array([topic in known and not known[topic].seeds for topic in self.themes], dtype=np.bool_)


@cache
def _language_name(code: str, language: str) -> str:
    """The name of a language in another, by CLDR; the code itself where CLDR has none."""
    try:
        return Locale.parse(language).languages.get(code) or code
    except (UnknownLocaleError, ValueError):
        return code
