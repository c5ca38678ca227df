"""The nouns of the house, each defined once: Article, Mention, Entity, Topic, and the tables they fill.

Single things are frozen dataclasses; many things are Arrow tables. Each schema says what one row is.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal, get_args

import pyarrow as pa

from analytics.periods import Precision

Kind = Literal["country", "official", "organisation"]
Sense = Literal["name", "in_name", "demonym"]
Field = Literal["title", "text"]
Language = Literal["az", "tr", "ru", "en", "kk"]
Rule = Literal[
    "alias",
    "alias, among other countries",
    "alias, with an ending",
    "alias, before an office",
    "alias, with a capital",
    "alias, told elsewhere in the text",
    "nationality",
    "short name, named in full here",
    "owner of an organisation",
    "inside an organisation's name",
    "glued to another word",
    "full name",
    "full name, with an office here",
    "office and name",
    "surname, named in full here",
    "initials, named in full here",
    "surname beside an office",
    "surname of a leader",
    "an exception says so",
]

KINDS: tuple[Kind, ...] = get_args(Kind)
SENSES: tuple[Sense, ...] = get_args(Sense)
LANGUAGES: tuple[Language, ...] = get_args(Language)  # those with a grammar; any other code is kept and grouped too
RULES: tuple[Rule, ...] = get_args(Rule)  # by which a mention is found

WITH_ENDING = "{rule}, ending -{ending}"  # a rule that took an ending off the word


def with_ending(rule: Rule, ending: str) -> str:
    """A rule as the corpus keeps it: with the ending of the word, where it was one that counted."""
    return WITH_ENDING.format(rule=rule, ending=ending) if ending else rule


def parted(rule: str) -> tuple[str, str]:
    """A rule of the corpus and its ending, which is empty where there is none: the inverse of `with_ending`."""
    before, _, ending = rule.partition(WITH_ENDING.format(rule="", ending=""))
    return before, ending


@dataclass(frozen=True, slots=True)
class Article:
    """One text by one outlet at one date.

    `published` is the first day of the interval that `precision` names; both are None for an undated
    article. `original` is the text as it was decoded, where cleaning changed it. `flags` says what a
    reader should know: see `FLAGS`.
    """

    id: str
    published: dt.date | None
    precision: Precision | None
    outlet: str
    language: str
    title: str
    text: str
    url: str
    origin: str
    original: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that could not become an article: where it was, why, and a sample to recognise it by."""

    origin: str
    record: str
    reason: str
    sample: str


# What a flag on an article means. A flag never drops an article.
FLAGS: dict[str, str] = {
    "date-missing": "the record carries no date",
    "date-impossible": "the record's date does not exist, such as 31 February",
    "date-ambiguous": "the record's date can be read in two ways, such as 03/04/2020",
    "date-future": "the record's date lies after the day it was read",
    "date-unreadable": "the record's date is not in a form that is understood",
    "boilerplate-removed": "lines that are not the article's were taken out; the original is kept",
    "normalised": "letters or invisible characters were mended; the original is kept",
    "mojibake-repaired": "a wrong decoding was undone without loss; the original is kept",
    "id-taken": "another article already had this record's id, so a suffix was added",
}

_MENTION = pa.struct(
    [
        ("entity", pa.string()),
        ("kind", pa.string()),
        ("name", pa.string()),
        ("sense", pa.string()),
        ("field", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("surface", pa.string()),
        ("role", pa.string()),
        ("country", pa.string()),
        ("rule", pa.string()),
    ]
)
_TERM = pa.struct([("term", pa.string()), ("weight", pa.float32())])
_TOPIC = pa.struct(
    [
        ("topic", pa.string()),
        ("score", pa.float32()),
        ("evidence", pa.list_(_TERM)),
        ("sentence", pa.string()),
    ]
)

ARTICLES = pa.schema(
    [
        ("id", pa.string()),
        ("published", pa.date32()),
        ("precision", pa.string()),
        ("outlet", pa.string()),
        ("language", pa.string()),
        ("title", pa.string()),
        ("text", pa.string()),
        ("url", pa.string()),
        ("origin", pa.string()),
        ("original", pa.string()),
        ("flags", pa.list_(pa.string())),
        ("duplicate_of", pa.string()),
        ("content", pa.string()),
    ]
)
"""Articles: one row per article, as published. Key: id. Append-only; analysis never rewrites it.

`content` is a digest of the folded words of title and text, the identity by which a republication is
recognised; `duplicate_of` is the id of the article it repeats word for word, or null.
"""

ANALYSIS = pa.schema(
    [
        ("article", pa.string()),
        ("mentions", pa.list_(_MENTION)),
        ("topics", pa.list_(_TOPIC)),
        ("story", pa.string()),
        ("method", pa.string()),
    ]
)
"""Analysis: one row per analysed article. Key: article. Derived, and rewritten by `analyse --again`.

A mention's `start` and `end` are character offsets into the field named by `field`, `surface` is what
stands there, `rule` says how it was found (`with_ending`), `role` and `country` belong to officials. `method` is a
digest of the gazetteer, topics and code that made the row, and of each exception it obeys, joined by `+`.
"""

REJECTED = pa.schema(
    [
        ("origin", pa.string()),
        ("record", pa.string()),
        ("reason", pa.string()),
        ("sample", pa.string()),
    ]
)
"""Rejected: one row per input record that could not become an article. Key: origin, record, reason."""

MENTIONS = pa.schema([("article", pa.string()), *_MENTION])
"""Mentions: one row per alias occurrence. Key: article, field, start, entity."""

TOPICS = pa.schema([("article", pa.string()), *_TOPIC])
"""Topics: one row per article and topic it belongs to. Key: article, topic. No row: no topic."""


@dataclass(frozen=True, slots=True)
class Term:
    """An office held: a role (see `roles.toml`) for a country or at an organisation.

    `start` and `end` are days, both included; None is open. `to_country` is where an ambassador serves.
    """

    role: str
    start: dt.date | None = None
    end: dt.date | None = None
    country: str = ""
    organisation: str = ""
    to_country: str = ""

    def holds(self, day: dt.date) -> bool:
        """Whether the office was held on that day, as far as the dates are known."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class FormerName:
    """What an organisation was called, per language, between two days (None is open)."""

    names: dict[str, str]
    start: dt.date | None = None
    end: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A country, official or organisation that the gazetteer knows.

    `names` are what a chart shows, per language; `az` is the canonical one. `strong` aliases suffice by
    themselves, `weak` ones need company, `demonyms` are a country's nationality words; all are per language.
    `country` is the state an organisation belongs to; whoever heads a `public` one holds public office.
    A `historical` official is recognised by full name only.
    """

    id: str
    kind: Kind
    names: dict[str, str]
    strong: dict[str, tuple[str, ...]] = field(default_factory=dict)
    weak: dict[str, tuple[str, ...]] = field(default_factory=dict)
    demonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    history: tuple[FormerName, ...] = ()
    country: str = ""
    public: bool = False
    historical: bool = False

    def name(self, language: str = "az") -> str:
        """The name to show in this language, the Azerbaijani one where there is none."""
        return self.names.get(language) or self.names["az"]

    def on(self, day: dt.date) -> tuple[Term, ...]:
        """The offices held on that day."""
        return tuple(term for term in self.terms if term.holds(day))


@dataclass(frozen=True, slots=True)
class Topic:
    """A theme: what it is called, and the weighted seed terms that define it by language; a discovered one has none.

    `family` is the discovered topic under which this one stands where there are many: its own id for the first of them.
    """

    id: str
    names: dict[str, str]
    seeds: dict[str, dict[str, float]]
    family: str = ""

    def name(self, language: str = "az") -> str:
        """The name to show in this language, else English, else any, else the id."""
        return self.names.get(language) or self.names.get("en") or next(iter(self.names.values()), self.id)
