"""What is looked for in one language: the names of a gazetteer as phrases, each with what finding it means."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from analytics.gazetteer import Gazetteer
from analytics.model import Entity, Kind

PAIR = 2  # words of a name that is a given name and a surname
ABBREVIATION = 5  # letters of an abbreviation at the most
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
        return len(letters) <= ABBREVIATION and all(c.isupper() for c in letters)

    @cached_property
    def short(self) -> bool:
        """Whether the name is too short to be known without its diacritics."""
        return sum(map(len, self.words)) < SHORT


def names_in(gazetteer: Gazetteer, language: str) -> Iterator[Phrase]:
    """Countries, organisations, offices and phrases that are no names, for one language."""
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


def people_in(gazetteer: Gazetteer, language: str) -> Iterator[Phrase]:
    """Full names of officials. Names of every language in the same script serve: papers copy each other."""
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
