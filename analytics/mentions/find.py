"""From encoded articles to mentions: one language's finders over each article, in reading order."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa

from analytics.gazetteer import Gazetteer
from analytics.mentions.countries import find_named, in_company
from analytics.mentions.field import Field
from analytics.mentions.lexicon import compile_names, compile_people
from analytics.mentions.named import Named
from analytics.mentions.names import BETWEEN
from analytics.mentions.people import PeopleFinder
from analytics.mentions.person import Seen
from analytics.mentions.sieve import Sieve, Sifted
from analytics.mentions.spans import Finder, Places, Text
from analytics.model import LANGUAGES, MENTIONS
from analytics.text.words import Question, Words, folded

NEAREST = {"": "az", "uk": "ru", "be": "ru", "ky": "kk", "uz": "az", "tk": "az", "tt": "ru"}


def read_as(language: str) -> str:
    """The language by whose rules this one is read."""
    return language if language in LANGUAGES else NEAREST.get(language, "en")


class Recogniser:
    """The finders of one gazetteer, made per language on first use and kept."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._finders: dict[str, tuple[Finder, PeopleFinder]] = {}
        self._sieves: dict[str, Sieve] = {}

    def finders(self, language: str) -> tuple[Finder, PeopleFinder]:
        """Names and people in this language; one without a grammar is read by its nearest, else as English."""
        language = read_as(language)
        if language not in self._finders:
            people = PeopleFinder(self.gazetteer, language, Finder(compile_people(self.gazetteer, language), BETWEEN))
            self._finders[language] = (Finder(compile_names(self.gazetteer, language)), people)
        return self._finders[language]

    def sieve(self, language: str) -> Sieve:
        """What looks at the word types of this language."""
        if language not in self._sieves:
            self._sieves[language] = Sieve(*self.finders(language))
        return self._sieves[language]

    def _kinds(self, language: str) -> Question:
        return self.sieve(read_as(language)).kinds

    def batch(self, rows: Sequence[Mapping[str, Any]], words: Words) -> Iterator[dict[str, Any]]:
        """The mentions of the articles of a batch, as rows of `model.MENTIONS`; `rows` have id, published, language."""
        kinds = words.ask(self._kinds)
        small = words.ask(lambda language: folded(read_as(language))).tolist()
        columns = [Sifted(column, kinds, small) for column in words.columns]
        for at, row in enumerate(rows):
            here = [column.places(at) for column in columns]
            if any(here):
                language = read_as(row["language"])
                read = [(c.name, c.text(at, language), places) for c, places in zip(columns, here, strict=True)]
                yield from self._article(row, read)

    def _article(self, row: Mapping[str, Any], read: list[tuple[str, Text, Places]]) -> Iterator[dict[str, Any]]:
        finder, people = self.finders(row["language"])
        found = [find_named(text, finder, places.names) for _, text, places in read]
        named = in_company([here for here, _ in found])
        fields = [
            Field(name, text, here, roles, places)
            for (name, text, places), here, (_, roles) in zip(read, named, found, strict=True)
        ]
        for field in fields:
            yield from (self._named(row["id"], field, one) for one in field.named)
        by_name = {field.name: field.text for field in fields}
        for seen in people.find(fields, _day(row)):
            yield _official(row["id"], by_name[seen.field], seen)

    def _named(self, article: str, field: Field, named: Named) -> dict[str, Any]:
        entity = self.gazetteer.entities[named.found.phrase.target]
        start, end = named.found.start(field.text), named.found.end(field.text)
        return {
            "article": article,
            "entity": entity.id,
            "kind": entity.kind,
            "name": entity.name(),
            "sense": named.sense,
            "field": field.name,
            "start": start,
            "end": end,
            "surface": field.text.text[start:end],
            "role": "",
            "country": entity.country,
            "rule": named.why,
        }


def _official(article: str, text: Text, seen: Seen) -> dict[str, Any]:
    start, end = text.starts[seen.first], text.starts[seen.last] + seen.length
    return {
        "article": article,
        "entity": seen.person.entity,
        "kind": "official",
        "name": seen.person.name,
        "sense": "name",
        "field": seen.field,
        "start": start,
        "end": end,
        "surface": text.text[start:end],
        "role": seen.person.role,
        "country": seen.person.country,
        "rule": seen.rule,
    }


def _day(row: Mapping[str, Any]) -> dt.date | None:
    """The day an office is asked about: the first of the article's period."""
    day: dt.date | None = row["published"]
    return day


@lru_cache(maxsize=2)
def _recogniser(gazetteer: "_Key") -> Recogniser:
    return Recogniser(gazetteer.gazetteer)


class _Key:
    """A gazetteer as a cache key: equal when its digest is."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.gazetteer.digest == other.gazetteer.digest

    def __hash__(self) -> int:
        return hash(self.gazetteer.digest)


def find(articles: pa.Table, words: Words, gazetteer: Gazetteer) -> pa.Table:
    """All mentions in these articles, as `model.MENTIONS`, by article, field and place.

    `articles` has id, published and language; `words` are those of the same articles.
    """
    recogniser = _recogniser(_Key(gazetteer))
    rows = articles.select(["id", "published", "language"]).to_pylist()
    return pa.Table.from_pylist(list(recogniser.batch(rows, words)), schema=MENTIONS)
