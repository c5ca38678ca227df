"""What is known of one field of an article when its people are looked for; which office words mean an office."""

from dataclasses import dataclass
from functools import cached_property

from analytics.mentions.named import Named
from analytics.mentions.spans import Found, Places, Text
from analytics.text.en import STOP_WORDS


@dataclass(frozen=True)
class Field:
    """One field of the article with what was found in it before: countries, bodies and office words."""

    name: str
    text: Text
    named: list[Named]
    roles: list[Found]
    places: Places

    @cached_property
    def covered(self) -> frozenset[int]:
        """Words that belong to a country or an organisation."""
        return frozenset(w for n in self.named for w in range(n.found.first, n.found.last + 1))

    @cached_property
    def offices(self) -> list[Found]:
        """The office words that mean what they say: weak ones right behind a state only, before all others."""
        states = {n.found.last: n.found.first for n in self.named if n.found.phrase.kind == "country"}
        weak = [
            r for r in self.roles if r.phrase.weak and r.first - 1 in states and not self._branch(states[r.first - 1])
        ]
        return [*weak, *(r for r in self.roles if not r.phrase.weak and not self._of_another(r))]

    def _of_another(self, role: Found) -> bool:
        """Whether an English `deputy` is no member of parliament but somebody's: `deputy news editor`."""
        if role.phrase.text != "deputy" or self.text.gap(role.last) != " ":
            return False
        return self.text.words[role.last + 1].islower() and self.text.folded(role.last + 1) not in STOP_WORDS

    def _branch(self, state: int) -> bool:
        """Whether a state at this word is where a firm's branch is: `Samsung Türkiye Başkanı`."""
        owner = state - 1
        if owner < 0 or owner in self.covered or self.text.gap(owner) != " " or self.text.starts_sentence(owner):
            return False
        return self.text.capital(owner)

    def meanings(self, role: Found) -> frozenset[str]:
        """The offices that the same words may mean: `Dışişleri Bakanı` is a secretary of state as well."""
        said = frozenset(r.phrase.target for r in self.roles if _same(r, role))
        return said if role.phrase.target in said else frozenset({role.phrase.target})

    def kind(self, role: Found) -> str:
        """The office as the words have it: of a deputy, the office whose deputy it is."""
        return next((r.phrase.target for r in self.offices if _same(r, role)), role.phrase.target)

    def close(self, at: int) -> bool:
        """Whether an office that ends with word `at` may be of the name right behind it."""
        return self.text.gap(at) in {" ", "\n", ": "}

    def same_sentence(self, first: int, last: int) -> bool:
        """Whether no sentence, nor half of one, ends between the beginnings of these words."""
        return not any(c in self.text.text[self.text.starts[first] : self.text.starts[last]] for c in ".;,!?\n")


def _same(one: Found, other: Found) -> bool:
    return (one.first, one.last, one.length) == (other.first, other.last, other.length)
