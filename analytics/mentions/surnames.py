"""The same person by a shorter name: a surname, or initials and a surname.

It is the person named in full in this article; else, beside an office word, the one who held that office on the
article's date; else the head of a state whom papers call so; else it is left alone.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import lru_cache

from analytics.gazetteer import Gazetteer
from analytics.mentions.beside import behind
from analytics.mentions.bodies import country_of, said
from analytics.mentions.field import Field
from analytics.mentions.heads import Heads
from analytics.mentions.inflection import FORMS, IS_FORM, SUFFIXES
from analytics.mentions.languages import LEADERS_ALONE
from analytics.mentions.names import COURTESY, POLITE, is_name_word, names_a_place, names_an_order
from analytics.mentions.offices import office_before
from analytics.mentions.person import Person, Register, Seen
from analytics.mentions.phrases import PAIR
from analytics.mentions.sound import settled, sound, sounds
from analytics.mentions.spans import Text
from analytics.model import Entity, Rule
from analytics.text.letters import fold, plain
from analytics.text.ru import is_form

LEADERS = frozenset(
    "president prime-minister chancellor foreign-minister secretary-of-state supreme-leader leader".split()
)
HEADS = frozenset("president prime-minister chancellor supreme-leader".split())
REMEMBERED = 1 << 16  # capitalised types whose possible surnames are kept
SHORTEST = 3  # letters of a surname
LONG = 5  # letters of a surname that may stand alone


class Surnames:
    """Finds shorter names in articles of one language."""

    def __init__(self, gazetteer: Gazetteer, language: str) -> None:
        self.language, self._register = language, Register(gazetteer, language)
        self._inflects = language in FORMS  # surnames too, at the end
        self._is_form, self._nominatives = IS_FORM.get(language), _NOMINATIVES.get(language)
        self._given_names = {sound(o.name().split()[0]) for o in gazetteer.of("official")}
        self._by_surname: dict[str, list[Entity]] = {}
        self._beginnings: set[str] = set()
        self._memo: dict[str, list[tuple[int, frozenset[str], bool]]] = {}
        self._heard: dict[str, str] = {}
        for official in gazetteer.of("official"):
            surnames = {sound(name.split()[-1]) for name in official.names.values()}
            if all(term.role == "first-lady" for term in official.terms):
                continue  # the surname alone is the husband
            for surname in surnames:
                self._by_surname.setdefault(surname, []).append(official)
                self._beginnings.update(surname[:length] for length in range(len(surname) + 1))
        self._heads = Heads(sounds, self._by_surname, SHORTEST)

    def find(self, field: Field, taken: frozenset[int], people: list[Person], day: dt.date | None) -> Iterator[Seen]:
        """Those whom the words of a field mean that are not `taken`; `people` are named in full in the article."""
        text, known = field.text, frozenset(field.places.surnames)
        people = [p for p in people if len(p.surname) >= SHORTEST or len(p.keys) <= PAIR]  # Jae-in is no surname
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

    def may_be_known(self, words: Sequence[str], folded: Sequence[str]) -> list[bool]:
        """For each word type, and the same folded, whether it may be a form of the surname of a known official."""
        found = [False] * len(words)
        if self._inflects:  # the forms are not told by their beginnings
            heads = [self._head(word) for word in words]
            self._hear(heads)
            for at in (at for at, head in enumerate(heads) if self._heard[head] in self._beginnings):
                found[at] = any(known for _, _, known in self._stems(words[at]))
            return found
        cuts = list(self._heads.cuts(words))
        readings = SUFFIXES[self.language].readings([folded[at][length:] for at, length in cuts])
        cuts = [cut for cut, reading in zip(cuts, readings, strict=True) if reading == "name"]
        for (at, length), key in zip(cuts, sounds([words[at][:length] for at, length in cuts]), strict=True):
            if key in self._by_surname:
                found[at] |= self._ending(words[at][:length], words[at][length:])
        return found

    def may_begin(self, firsts: Sequence[str]) -> list[bool]:
        """For each of these first letters of word types whether a surname that is known may begin such a type."""
        if not self._inflects:
            return self._heads.begin(firsts)
        self._hear(firsts)
        return [self._heard[first] in self._beginnings for first in firsts]

    def _hear(self, heads: Sequence[str]) -> None:
        """Have at hand how these beginnings sound, but for what the next letter may change."""
        if len(self._heard) + len(heads) > REMEMBERED:
            self._heard.clear()
        new = [head for head in dict.fromkeys(heads) if head not in self._heard]
        self._heard.update(zip(new, map(settled, new, sounds(new)), strict=True))

    def _beginning(self, word: str) -> str:
        """How a surname begins that this word type may be a form of."""
        head = self._head(word)
        if head not in self._heard:
            self._hear([head])
        return self._heard[head]

    def _head(self, word: str) -> str:
        """The letters that all forms of a surname share: Russian changes up to three at the end."""
        return word[: max(SHORTEST, len(word) - 3) if self._inflects else SHORTEST + 1]

    def _keys(self, stem: str) -> set[str]:
        """How a surname sounds that may stand in this form."""
        return {sound(stem), *(self._nominatives(stem) if self._nominatives else ())}

    def _short(
        self, field: Field, at: int, stems: list[int], people: list[Person], day: dt.date | None
    ) -> Iterator[Seen]:
        text = field.text
        first, initials = _initials(text, at)
        other = not initials and _other_given_name(field, at)
        if names_a_place(text, first, at) or (other and not people):
            return
        for length in stems:
            keys = self._keys(text.words[at][:length])
            if other:
                full = self._again(field, at, [p for p in people if p.surname in keys])
                if full is not None:
                    yield Seen(field.name, full[0], at, length, full[1], "full name, with an office here")
                    return
                continue
            same = [p for p in people if p.surname in keys and _agree(initials, p.name)]
            if len({p.entity for p in same}) == 1:
                rule: Rule = "initials, named in full here" if initials else "surname, named in full here"
                yield Seen(field.name, first, at, length, same[0], rule)
                return
            holder = self.holder(field, (first, at), length, initials, day)
            if holder is not None:
                yield Seen(field.name, first, at, length, holder, "surname beside an office")
                return
            famous = self._famous(field, (first, at), length, initials, day)
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
            if not text.joined(first - 1) or key not in self._keys(text.words[first - 1]):
                break
            first -= 1
        if first == at and text.joined(at - 1) and person.keys[0] in self._keys(text.words[at - 1]):
            return at - 1
        return first

    def _ending(self, stem: str, rest: str) -> bool:
        if not rest:
            return True
        suffixes = SUFFIXES.get(self.language)
        if suffixes is None or suffixes.reading(plain(fold(rest, self.language))) != "name":
            return False
        return not (stem[-1] in "vn" and rest[0] == "a")  # Əliyev + a is Əliyeva; the dative is Əliyevə

    def initialled(self, field: Field, first: int, at: int, day: dt.date | None) -> bool:
        """Whether initials from word `first` on, and a surname, are a known official with the office beside them."""
        begin, initials = _initials(field.text, at)
        if not initials or begin != first:
            return False
        stems = (length for length, _, known in self._stems(field.text.words[at]) if known)
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
        keys = self._keys(word)
        holders = [
            official
            for official in {o.id: o for key in keys for o in self._by_surname.get(key, ())}.values()
            for term in official.on(day)
            if _means(meant, term.role) and (not country or country in {term.country, term.to_country})
        ]
        named = {o.id: o for o in holders if not initials or sound(o.name())[:1] == sound(initials)[:1]}
        if len(named) != 1:
            return None
        official = next(iter(named.values()))
        return self._register.person(official, tuple(map(sound, official.name().split())), day, said(field, role))

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
        polite = first > 0 and field.text.folded(first - 1) in POLITE
        if official.historical or not any(t.start and t.start <= day for t in official.terms):
            return None
        if not _agree(initials, official.name()):
            return None
        well_known = length >= LONG and (self._leads(field, official) or self._sits(field, at, official, day))
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

    def _sits(self, field: Field, at: int, official: Entity, day: dt.date) -> bool:
        """Whether the official headed a state on the day, which then need not be named, and no name goes on behind."""
        text = field.text
        if self.language not in LEADERS_ALONE or text.words[at].isupper():
            return False
        goes_on = text.capital(at + 1) and text.gap(at) == " " and at + 1 not in field.covered
        if goes_on and not _initials(text, at)[1]:
            return False
        sits = any(t.role in HEADS and t.country and t.start and t.holds(day) for t in official.terms)
        return sits and sound(official.name().split()[-1]) not in self._given_names


def _means(meant: frozenset[str], role: str) -> bool:
    """Whether words may mean an office: a minister may be any, but neither a prime minister nor a deputy."""
    if role in meant:
        return True
    return "minister" in meant and role.endswith("-minister") and not role.startswith(("prime", "deputy"))


def _shared(field: Field, word: str) -> bool:
    """Whether the surname belongs to somebody else in the text: another given name stands before it."""
    words = field.text.words
    return any(words[at].startswith(word) and _other_given_name(field, at) for at in field.places.capitals)


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
    if text.folded(before) in COURTESY or any(r.last == before for r in field.roles):
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
    return frozenset(sound(base) for base in found if is_form(folded, base))


_NOMINATIVES = {"ru": _nominatives}
