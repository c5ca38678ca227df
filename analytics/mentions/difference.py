"""Two gazetteers: in which articles would they find something else? Told by the words of an index, not by texts.

An article is touched where it holds a name that only one of the two has or that they read in another way, and, since
officials are known by their surnames too, where it holds the surname of one who was changed. What is found in an
article depends on nothing outside of it, so all other articles stay what they are. The answer errs to one side: it may
name an article that stays the same, and leaves out none that does not.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from analytics.gazetteer import Gazetteer
from analytics.mentions.bearers import Bearers, given_names, surnames_of
from analytics.mentions.glued import GLUED, PART, can_be_glued
from analytics.mentions.lexicon import Lexicon
from analytics.mentions.phrases import Phrase, names_in, people_in
from analytics.mentions.sound import sound, sounds
from analytics.model import LANGUAGES, Entity
from analytics.text.letters import plain, plain_all
from analytics.text.wordlist import WordList

Forms = list[list[int]]
"""A name as it may stand in a text: for each of its words, in order, which words may be a form of it."""

Both = tuple[Gazetteer, Gazetteer]


class Clues:
    """What tells the touched articles of one language."""

    def __init__(self, language: str, names: list[Phrase], people: list[Phrase], bearers: list[Bearers]) -> None:
        self._phrases = [
            (phrases, _single(language, key, phrases)) for phrases, key in ((names, plain), (people, sound))
        ]
        self._bearers = bearers
        inside = _single(language, plain, [one for one in names if can_be_glued(one) and len(one.words) == 1])
        glued = [letters for letters in inside.words if len(letters) >= PART]
        self._glued = re.compile("|".join(map(re.escape, glued))) if glued else None

    def sought(self, words: WordList) -> Iterator[Forms]:
        """What has to be looked for, as numbers of these words, which are folded and distinct."""
        for phrases, lexicon in self._phrases:
            yield from _forms(phrases, lexicon, words)
        for some in self._bearers:
            numbers, spelt = words.begun(some.may_begin)
            yield [[at for at, known in zip(numbers, some.may_be_known(spelt, spelt), strict=True) if known]]
        if self._glued:
            numbers, spelt = words.longer(GLUED)
            yield [[at for at, one in zip(numbers, plain_all(spelt), strict=True) if self._glued.search(one)]]


def difference(old: Gazetteer, new: Gazetteer) -> dict[str, Clues]:
    """The clues to what is not the same in two gazetteers, by the language that an article is read as."""
    retold = _retold((old, new))
    renamed = _renamed((old, new), retold)
    found: dict[str, Clues] = {}
    for language in LANGUAGES:
        names, people = (_changed((old, new), phrases, language, retold) for phrases in (names_in, people_in))
        bearers = [Bearers(one, language) for one in renamed]
        if names or people or bearers:
            found[language] = Clues(language, names, people, bearers)
    return found


def _retold(both: Both) -> set[str]:
    """The entities and offices of which a mention tells something else now, whichever of its names was found."""
    found = _unlike(*map(_places, both))
    return found | _unlike(*({one.id: _person(one, found) for one in each.of("official")} for each in both))


def _places(gazetteer: Gazetteer) -> dict[str, object]:
    """What mentions tell of countries, organisations and offices."""
    places = (*gazetteer.of("country"), *gazetteer.of("organisation"))
    return {one.id: (one.kind, one.names, one.country) for one in places} | {
        role.id: role.names for role in gazetteer.roles.values()
    }


def _person(official: Entity, retold: set[str]) -> object:
    """What mentions tell of an official; where an office or its place is told otherwise, nothing else is like it."""
    held = {one for t in official.terms for one in (t.role, t.country, t.organisation, t.to_country)}
    return object() if held & retold else (official.names, official.terms, official.historical)


def _unlike(old: Mapping[str, object], new: Mapping[str, object]) -> set[str]:
    return {one for one in {**old, **new} if one not in old or one not in new or old[one] != new[one]}


def _renamed(both: Both, retold: set[str]) -> list[Gazetteer]:
    """Those officials of each gazetteer whose surname may be read in another way now.

    They were changed themselves, or their surname is or was a given name of somebody: only of others does it suffice.
    """
    moved = given_names(both[0]) ^ given_names(both[1])
    found = []
    for each in both:
        people = {one.id: one for one in each.of("official") if one.id in retold or surnames_of(one) & moved}
        if people:
            found.append(replace(each, entities=people))
    return found


def _changed(
    both: Both, phrases: Callable[[Gazetteer, str], Iterable[Phrase]], language: str, retold: set[str]
) -> list[Phrase]:
    """The phrases that one gazetteer has alone or in another order among those alike, or that tell something else."""
    old, new = (_alike(phrases(each, language)) for each in both)
    unlike = _unlike(old, new)
    found = [
        one
        for each in (old, new)
        for letters, there in each.items()
        for one in there
        if letters in unlike or one.target in retold
    ]
    return list(dict.fromkeys(found))


def _alike(phrases: Iterable[Phrase]) -> dict[str, list[Phrase]]:
    """Phrases in their order, by what a lexicon may take for one another."""
    found: dict[str, list[Phrase]] = {}
    every = list(dict.fromkeys(phrases))
    for phrase, letters in zip(every, sounds([" ".join(one.words) for one in every]), strict=True):
        found.setdefault(letters, []).append(phrase)
    return found


def _single(language: str, key: Callable[[str], str], phrases: Iterable[Phrase]) -> Lexicon:
    """A lexicon of the words of these phrases, each a name by itself."""
    lexicon = Lexicon(language, key)
    lexicon.add(Phrase("", "none", "nothing", word) for word in dict.fromkeys(w for p in phrases for w in p.words))
    return lexicon


def _forms(phrases: Sequence[Phrase], lexicon: Lexicon, words: WordList) -> Iterator[Forms]:
    """Each phrase of which all words are among these in some form."""
    if not phrases:
        return
    found: dict[str, list[int]] = {}
    numbers, spelt = words.begun(lexicon.may_open)
    for at, word, opens in zip(numbers, spelt, lexicon.opens(spelt), strict=True):
        if opens:
            for phrase, _ in lexicon.single(word):
                found.setdefault(phrase.text, []).append(at)
    for phrase in phrases:
        sought = [found.get(word, []) for word in phrase.words]
        if all(sought):
            yield sought
