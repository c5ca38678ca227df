"""Why a word or a phrase is a name, or is not: its stem, its endings, and what that makes of it."""

from collections.abc import Iterator

import numpy as np

from analytics.gazetteer import Gazetteer
from analytics.mentions.countries import find_named
from analytics.mentions.find import Recogniser
from analytics.mentions.inflection import FORMS, SUFFIXES
from analytics.mentions.phrases import Phrase
from analytics.mentions.spans import Finder, Found, Text
from analytics.model import LANGUAGES
from analytics.text.letters import clean, fold, fold_all, plain
from analytics.text.tokens import encode
from analytics.text.words import Column


def explain(phrase: str, language: str | None, gazetteer: Gazetteer) -> list[str]:
    """Lines for `analytics explain`: in each language, or the one asked for, every name that the words may be.

    A line reads: language, stem + endings with their slots, what they name, and whether it is counted and why.
    """
    cleaned = clean(phrase)
    recogniser = Recogniser(gazetteer)
    lines: list[str] = []
    for code in [language] if language else LANGUAGES:
        names, people = recogniser.finders(code)
        encoded = encode([cleaned])
        column, types = Column("text", [cleaned], encoded), np.array(encoded.types, np.object_)
        text = Text.of(column, 0, code, types, fold_all(encoded.types, code))
        named, _ = find_named(text, names, range(len(text.words)))
        counted = {(n.found.first, n.found.phrase.target): f"{n.sense} ({n.why})" for n in named}
        for finder in (names, people.finder):
            for found in _all(text, finder):
                say = counted.get((found.first, found.phrase.target), _not_counted(found.phrase))
                lines.append(f"{code}: {_parts(text, found)} → {_what(found, gazetteer)}: {say}")
    return list(dict.fromkeys(lines)) or [f"{cleaned}: no name of the gazetteer in {language or 'any language'}"]


def _all(text: Text, finder: Finder) -> Iterator[Found]:
    at = 0
    while at < len(text.words):
        found = finder.at(text, at)
        yield from found
        at = max((f.last for f in found), default=at) + 1


def _parts(text: Text, found: Found) -> str:
    """`Azərbaycan + -da (case) + -kı (relational)`: the endings in the letters of the text."""
    written = text.text[found.start(text) : found.end(text)]
    ending = text.words[found.last][found.length :]
    suffixes = SUFFIXES.get(text.language)
    pieces, at = [written], 0
    for slot, part in suffixes.parts(plain(fold(ending, text.language))) if suffixes else ():
        pieces.append(f"-{ending[at : at + len(part)]} ({slot.replace('_', ' ')})")
        at += len(part)
    if text.language in FORMS and fold(written, text.language) != fold(found.phrase.text, text.language):
        pieces[0] += f" (a form of {found.phrase.text})"
    return " + ".join(pieces)


def _what(found: Found, gazetteer: Gazetteer) -> str:
    phrase = found.phrase
    if phrase.kind == "role":
        return f"the office {phrase.target}"
    if phrase.kind == "none":
        return "a phrase that only looks like a name"
    return f"{phrase.target} {gazetteer.entities[phrase.target].name()}, {phrase.kind}"


def _not_counted(phrase: Phrase) -> str:
    if phrase.kind == "official":
        return "name (full name)"
    return "announces an official" if phrase.kind == "role" else "not counted here"
