"""Officials in one article: who is named in full, and which shorter names mean the same person.

Three steps, in order. *Known*: full names of the gazetteer, by sound. *Unknown*: a capitalised name beside an office
word makes an official with the role and the country that the phrase gives. *The same*: a surname, or an initial and a
surname, is the person named in full in this article; else, beside an office word, the one who held that office on the
article's date; else it is left alone.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from analytics.gazetteer import Gazetteer
from analytics.mentions.appointed import is_made
from analytics.mentions.bare import bare_surname, of_a_woman
from analytics.mentions.beside import TAIL
from analytics.mentions.bodies import country_of, held_for, is_public, said
from analytics.mentions.field import Field
from analytics.mentions.held import says_how
from analytics.mentions.inflection import SUFFIXES
from analytics.mentions.names import (
    COURTESY,
    JOINED,
    LONGEST,
    MONTHS,
    PARTICLE,
    PARTICLES,
    after_place,
    agrees,
    begins_name,
    ends_name,
    goes_on_small,
    is_name_word,
    links,
    oblique,
    says_where,
)
from analytics.mentions.namesakes import names_a_place, names_an_order
from analytics.mentions.offices import office_before, office_of
from analytics.mentions.person import Person, Register, Seen
from analytics.mentions.phrases import CYRILLIC
from analytics.mentions.sound import sound
from analytics.mentions.spans import PATRONYMIC, Finder, Found, Text
from analytics.mentions.surnames import Surnames
from analytics.mentions.written import canonical, slug, with_capital
from analytics.model import Rule
from analytics.text.letters import fold

BEHIND, BEFORE = TAIL + 4, 20  # words behind and before an office where the name of its holder may begin
INITIAL = 2  # letters of an initial at the most: `Ş.`, `Yu.`
SMALL = COURTESY | PATRONYMIC  # words inside a name that have no capital


class PeopleFinder:
    """Finds the officials of articles in one language."""

    def __init__(self, gazetteer: Gazetteer, language: str, finder: Finder) -> None:
        self.gazetteer, self.language, self.finder = gazetteer, language, finder
        self.surnames = Surnames(gazetteer, language)
        self._register = Register(gazetteer, language)

    def find(self, fields: list[Field], day: dt.date | None) -> list[Seen]:
        """All mentions of officials, in the order of the fields and their words."""
        seen: list[Seen] = []
        for field in fields:
            seen.extend(self._known(field, day))
        outright = {s.person.entity for s in seen if not s.weak}
        seen = [s for s in seen if not s.weak or s.person.entity in outright]
        for field in fields:
            seen.extend(self._unknown(field, _taken(seen, field), day))
        seen = _without_initials_of_others(seen)
        people = list({s.person.entity: s.person for s in seen}.values())
        for field in fields:
            seen.extend(self.surnames.find(field, _taken(seen, field), people, day))
        order = {field.name: index for index, field in enumerate(fields)}
        return sorted(seen, key=lambda s: (order[s.field], s.first))

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
            rule: Rule = "short name, named in full here" if weak else "full name"
            person = self._register.person(official, keys, day, said(field, office_of(field, found.first, found.last)))
            yield Seen(field.name, found.first, found.last, found.length, person, rule, weak)

    def _goes_on(self, text: Text, at: int) -> bool:
        """Whether a name may begin at this word by what stands behind it: a name's word, or nothing is needed."""
        if at + 1 < len(text.words):
            if text.capital(at + 1) or text.folded(at + 1) in SMALL:
                return True
            if len(text.words[at + 1]) <= PARTICLE and text.plain(at + 1) in PARTICLES:
                return True
        lexicon = self.finder.lexicon
        return any(candidate.word in lexicon.alone for candidate in lexicon.openings(text.folded(at)))

    def _full_name(self, text: Text, at: int) -> Found | None:
        for found in self.finder.at(text, at):
            if not _written_as_name(text, found):
                continue
            last = text.words[found.last]
            if of_a_woman(last[: found.length], last[found.length :], self.language):
                continue
            if found.words == 1 and not found.phrase.text[0].isupper():
                continue
            if found.rest and SUFFIXES[self.language].reading(found.rest) != "name":
                continue
            return found
        return None

    def _unknown(self, field: Field, taken: frozenset[int], day: dt.date | None) -> Iterator[Seen]:
        text, free = field.text, 0
        for at in _near_offices(field):
            last = self._name_at(field, at, taken) if at >= free else None
            if last is None:
                continue
            role = office_of(field, at, last)
            surname_first = role is not None and self.surnames.holder(field, (at, at), len(text.words[at]), "", day)
            if surname_first or names_a_place(text, at, last) or self.surnames.initialled(field, at, last, day):
                role = None
            if role is not None and is_public(field, role) and _holds(field, at, last, role):
                yield self._make(field, at, last, role)
            free = last + 1

    def _name_at(self, field: Field, at: int, taken: frozenset[int]) -> int | None:
        """The last word of a capitalised name of two to four words beginning at word `at`, or None."""
        text = field.text
        last, longest = at, at + LONGEST
        for word in range(at, len(text.words)):
            if word > last and not text.capital(word) and text.gap(word - 1) in {" ", "-"} and links(text, word):
                longest += 1
                continue
            if word == longest:
                break
            may_be = begins_name(text, at, given=_named_as_month(field, at)) if word == at else is_name_word(text, word)
            if says_how(text, word) or word in taken or word in field.covered or not may_be:
                break
            if text.language in CYRILLIC and text.words[word].isascii() != text.words[at].isascii():
                break
            initial = len(text.words[word - 1]) <= 2
            if word > at and text.gap(word - 1) not in ({" ", "-", ". ", "."} if initial else {" ", "-"}):
                break
            if any(r.first <= word <= r.last for r in field.roles):
                break
            if word > at and says_where(text, word, second=word > at + 1):
                break
            last = word
            if word + 1 < len(text.words) and text.folded(word + 1) in PATRONYMIC:
                last = word + 1
                break
            if word > at and ends_name(text, word):
                break
        if last == at or len(text.words[last]) == 1:
            return None
        return last + goes_on_small(text, last)

    def _make(self, field: Field, first: int, last: int, role: Found) -> Seen:
        text = field.text
        first = after_place(text, first, last)
        length = bare_surname(text, last, self.language)
        words = [*text.words[first:last], text.words[last][:length]]
        words = [with_capital(w) if _half(text, first + at) else w for at, w in enumerate(words)]
        words = [w for w in words if fold(w) not in COURTESY]
        name = canonical(words, self.language, oblique=oblique(text, role) and not is_made(field, first, last, role))
        name = JOINED.sub(r"\1-", name)
        country = country_of(field, role)
        person = Person(
            slug(name),
            name,
            tuple(sound(word) for word in re.findall(r"[^\W_]+", " ".join(words)) if fold(word) not in PATRONYMIC),
            self._register.office(*held_for(field, role, country)),
            country,
        )
        return Seen(field.name, first, last, length, person, "office and name")


def _holds(field: Field, first: int, last: int, role: Found) -> bool:
    """Whether office and name are one person's: a verb says so, or their cases may, and no order has the name."""
    if is_made(field, first, last, role):
        return True
    return agrees(field.text, role, last) and not names_an_order(field.text, last)


def _without_initials_of_others(seen: list[Seen]) -> list[Seen]:
    """Without unknown names of initials that are somebody's who is named in full: `Nazir O.Dağlı` is Orxan Dağlı."""
    full = {(s.person.surname, s.person.keys[0][:1]) for s in seen if len(s.person.keys[0]) > INITIAL}
    return [s for s in seen if len(s.person.keys[0]) > INITIAL or (s.person.surname, s.person.keys[0][:1]) not in full]


def _written_as_name(text: Text, found: Found) -> bool:
    """Whether the words have capitals, but for those that the name has small, and what has none behind a hyphen."""
    own = {sound(word) for word in found.phrase.words if word[0].islower()}
    return text.capital(found.first) and all(
        text.capital(word)
        or text.folded(word) in SMALL
        or "-" in text.gap(word - 1) + text.gap(word)
        or _in(own, text, word)
        for word in range(found.first + 1, found.last + 1)
    )


def _in(own: set[str], text: Text, word: int) -> bool:
    return bool(own) and sound(text.words[word]) in own


def _half(text: Text, at: int) -> bool:
    """Whether a word of a name is the second half of a given name, without a capital: `Ri Yong-ho`."""
    return not text.capital(at) and text.folded(at) not in SMALL and text.plain(at) not in PARTICLES


def _named_as_month(field: Field, at: int) -> bool:
    """Whether a month is a given name: right behind an office with a capital, a surname alone behind it.

    `Senator June Foster said`, but `the mayor in June`, `Governor June Vote Delayed`.
    """
    text, surname = field.text, at + 1
    if text.folded(at) not in MONTHS.get(text.language, ()) or not text.capital(surname) or text.gap(at) != " ":
        return False
    alone = surname + 1 >= len(text.words) or text.gap(surname) != " " or text.words[surname + 1].islower()
    role = office_before(field, at)
    return alone and role is not None and role.last == at - 1 and text.gap(at - 1) == " " and text.capital(role.first)


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


def _taken(seen: Iterable[Seen], field: Field) -> frozenset[int]:
    return frozenset(w for s in seen if s.field == field.name for w in range(s.first, s.last + 1))
