"""Who bears a surname that the gazetteer knows, and which word types may be a form of it."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from analytics.gazetteer import Gazetteer
from analytics.mentions.bare import of_a_woman
from analytics.mentions.heads import Heads
from analytics.mentions.inflection import FORMS, SUFFIXES
from analytics.mentions.sound import settled, sound, sounds
from analytics.model import Entity
from analytics.text.letters import fold, plain
from analytics.text.ru import is_form

REMEMBERED = 1 << 16  # capitalised types whose possible surnames are kept
SHORTEST = 3  # letters of a surname


def surnames_of(official: Entity) -> set[str]:
    """How an official's surname sounds, as any language has it."""
    return {sound(name.split()[-1]) for name in official.names.values()}


def given_names(gazetteer: Gazetteer) -> set[str]:
    """How the given names of all officials sound."""
    return {sound(official.name().split()[0]) for official in gazetteer.of("official")}


class Bearers:
    """The officials of a gazetteer by surname, as one language writes it."""

    def __init__(self, gazetteer: Gazetteer, language: str) -> None:
        self.language = language
        self._inflects = language in FORMS  # surnames too, at the end
        self._nominatives = _NOMINATIVES.get(language)
        self._by_surname: dict[str, list[Entity]] = {}
        self._beginnings: set[str] = set()
        self._memo: dict[str, list[tuple[int, frozenset[str], bool]]] = {}
        self._heard: dict[str, str] = {}
        for official in gazetteer.of("official"):
            if all(term.role == "first-lady" for term in official.terms):
                continue  # the surname alone is the husband
            for surname in surnames_of(official):
                self._by_surname.setdefault(surname, []).append(official)
                self._beginnings.update(surname[:length] for length in range(len(surname) + 1))
        self._heads = Heads(sounds, self._by_surname, SHORTEST)

    def of(self, keys: Iterable[str]) -> list[Entity]:
        """Those whose surname sounds like one of these, each once."""
        return list({one.id: one for key in keys for one in self._by_surname.get(key, ())}.values())

    def stems(self, word: str) -> list[tuple[int, frozenset[str], bool]]:
        """Where a surname may end in this word type, how it sounds there, and whether the gazetteer has it."""
        found = self._memo.get(word)
        if found is None:
            lengths = (n for n in range(len(word), SHORTEST - 1, -1) if self._ending(word[:n], word[n:]))
            keys = ((n, frozenset(self.keys(word[:n]))) for n in lengths)
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
                found[at] = any(known for _, _, known in self.stems(words[at]))
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

    def beginning(self, word: str) -> str:
        """How a surname begins that this word type may be a form of."""
        head = self._head(word)
        if head not in self._heard:
            self._hear([head])
        return self._heard[head]

    def _head(self, word: str) -> str:
        """The letters that all forms of a surname share: Russian changes up to three at the end."""
        return word[: max(SHORTEST, len(word) - 3) if self._inflects else SHORTEST + 1]

    def keys(self, stem: str) -> set[str]:
        """How a surname sounds that may stand in this form."""
        return {sound(stem), *(self._nominatives(stem) if self._nominatives else ())}

    def _ending(self, stem: str, rest: str) -> bool:
        if not rest:
            return True
        suffixes = SUFFIXES.get(self.language)
        if suffixes is None or suffixes.reading(plain(fold(rest, self.language))) != "name":
            return False
        return not of_a_woman(stem, rest, self.language)


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
