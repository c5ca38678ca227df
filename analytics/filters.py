"""Filters: what part of the corpus is looked at, and how it is counted.

The one object a page hands to `trends`. The address of a page, the command line's options, the caption under
a chart, the name of a download and the method note inside it are all made from it.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Self, TypeVar, get_args

from analytics.model import SENSES, Sense
from analytics.periods import GRAINS, Grain, parse_prefix

Measure = Literal["coverage", "mentions", "attention", "voice"]
MEASURES: tuple[Measure, ...] = get_args(Measure)

T = TypeVar("T", bound=str)

MAX_QUERY = 500  # characters; a longer query is a mistake or an attack
MAX_CHOICES = 100  # values of one repeated parameter
BACKWARDS = "the period ends before it begins"

Translate = Callable[[str], str]
Name = Callable[[str, str], str]  # (kind of thing: entity | topic | outlet | language, id) -> what to call it


@dataclass(frozen=True, slots=True)
class Problem:
    """A value in a query that was ignored: which parameter, what it said, and why."""

    parameter: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Filters:
    """A part of the corpus and a way of counting it.

    `start` and `end` are days, both included. An article belongs when its whole period lies between them:
    one dated only to a month that sticks out on either side does not, and is reported apart. `entities` are
    what is counted; the other fields make the denominator. `reprints` counts word-for-word republications too.
    """

    start: dt.date | None = None
    end: dt.date | None = None
    entities: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    query: str = ""
    by: Grain = "month"
    measure: Measure = "coverage"
    senses: tuple[Sense, ...] = ("name",)
    reprints: bool = False

    def but(self, **changes: Any) -> Self:
        """The same filters with some fields changed."""
        return replace(self, **changes)

    def base(self) -> Self:
        """The filters of the denominator: the same part of the corpus, whoever is mentioned in it."""
        return replace(self, entities=())

    def to_query(self) -> dict[str, list[str]]:
        """The filters as URL parameters: only what differs from the default, in a fixed order."""
        given: dict[str, Sequence[str]] = {
            "from": [self.start.isoformat()] if self.start else [],
            "to": [self.end.isoformat()] if self.end else [],
            "entities": self.entities,
            "topics": self.topics,
            "outlets": self.outlets,
            "languages": self.languages,
            "q": [self.query] if self.query else [],
            "by": [self.by] if self.by != "month" else [],
            "measure": [self.measure] if self.measure != "coverage" else [],
            "senses": self.senses if self.senses != ("name",) else [],
            "reprints": ["1"] if self.reprints else [],
        }
        return {key: list(values) for key, values in given.items() if values}

    @classmethod
    def from_query(
        cls, query: Mapping[str, Iterable[str]], known: Mapping[str, Iterable[str]] | None = None
    ) -> tuple[Self, tuple[Problem, ...]]:
        """Read URL parameters. What is unknown or broken is left out and named in the second value.

        `known` maps `entities`, `topics`, `outlets` and `languages` to the ids that exist; a parameter that
        is not in it is not checked. Parameters that are not ours (`lang`, a page's own) are passed over.
        """
        reader = _Reader({key: list(values) for key, values in query.items()}, known or {})
        start, end = reader.day("from"), reader.day("to", last=True)
        if start and end and start > end:
            reader.problems.append(Problem("from", start.isoformat(), BACKWARDS))
            reader.problems.append(Problem("to", end.isoformat(), BACKWARDS))
            start = end = None
        filters = cls(
            start=start,
            end=end,
            entities=reader.ids("entities"),
            topics=reader.ids("topics"),
            outlets=reader.ids("outlets"),
            languages=reader.ids("languages"),
            query=reader.text("q"),
            by=reader.choice("by", GRAINS, "month"),
            measure=reader.choice("measure", MEASURES, "coverage"),
            senses=reader.choices("senses", SENSES, ("name",)),
            reprints=reader.choice("reprints", ("0", "1"), "0") == "1",
        )
        return filters, tuple(reader.problems)

    def digest(self) -> str:
        """A short name for these filters, equal exactly when they are: the key of every cache."""
        packed = json.dumps(self.to_query(), ensure_ascii=False, separators=(",", ":"))
        return hashlib.blake2b(packed.encode(), digest_size=8).hexdigest()

    def describe(
        self,
        t: Translate = str,
        name: Name = lambda _, i: i,
        day: Callable[[dt.date], str] = str,
        *,
        mentions: bool = False,
    ) -> str:
        """The filters in words, as they stand under a chart. `t` translates, `name` names ids, `day` writes a date.

        `mentions` says that mentions are counted though no name was chosen: then the senses that count are told too.
        """
        parts = [", ".join(name(kind, i) for i in ids) for kind, ids in self._chosen() if ids]
        if self.query:
            parts.append(t("matching “{query}”").format(query=self.query))
        if self.start or self.end:
            parts.append(self._describe_period(t, day))
        if (self.entities or mentions) and self.senses != ("name",):
            parts.append(t("counting {senses}").format(senses=", ".join(t(SENSE_WORDS[s]) for s in self.senses)))
        if self.reprints:
            parts.append(t("reprints counted"))
        return "; ".join(parts) if parts else t("the whole corpus")

    def _chosen(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return (
            ("entity", self.entities),
            ("topic", self.topics),
            ("outlet", self.outlets),
            ("language", self.languages),
        )

    def _describe_period(self, t: Translate, day: Callable[[dt.date], str]) -> str:
        if self.start and self.start == self.end:
            return day(self.start)
        if self.start and self.end:
            return f"{day(self.start)} – {day(self.end)}"
        if self.start:
            return t("from {day}").format(day=day(self.start))
        assert self.end is not None
        return t("until {day}").format(day=day(self.end))


def read_choice(values: Iterable[str], key: str, allowed: Sequence[T], default: T) -> tuple[T, tuple[Problem, ...]]:
    """One of few words that a page's own parameter `key` may say, read and faulted as those of the filters are."""
    reader = _Reader({key: list(values)}, {})
    return reader.choice(key, allowed, default), tuple(reader.problems)


SENSE_WORDS: dict[Sense, str] = {
    "name": "countries by name",
    "in_name": "names inside names",
    "demonym": "nationalities",
}


class _Reader:
    """Takes one parameter at a time out of a query and collects what was wrong with it."""

    def __init__(self, query: dict[str, list[str]], known: Mapping[str, Iterable[str]]) -> None:
        self.query = query
        self.known = {key: set(ids) for key, ids in known.items()}
        self.problems: list[Problem] = []

    def _ignore(self, key: str, value: str, reason: str) -> None:
        self.problems.append(Problem(key, value[:80], reason))

    def _one(self, key: str) -> str:
        values = self.query.get(key, [])
        for extra in values[1:]:
            self._ignore(key, extra, "given more than once")
        return values[0] if values else ""

    def day(self, key: str, *, last: bool = False) -> dt.date | None:
        value = self._one(key)
        if not value:
            return None
        try:
            period = parse_prefix(value)
        except (ValueError, OverflowError):
            self._ignore(key, value, "not a date")
            return None
        return period.last if last else period.start

    def text(self, key: str) -> str:
        value = " ".join(self._one(key).split())
        if len(value) > MAX_QUERY:
            self._ignore(key, value, f"longer than {MAX_QUERY} characters")
            return ""
        return value

    def ids(self, key: str) -> tuple[str, ...]:
        values = list(dict.fromkeys(v for v in self.query.get(key, []) if v))
        for value in values[MAX_CHOICES:]:
            self._ignore(key, value, f"more than {MAX_CHOICES} values")
        values = values[:MAX_CHOICES]
        if key not in self.known:
            return tuple(values)
        for value in values:
            if value not in self.known[key]:
                self._ignore(key, value, "not in this corpus")
        return tuple(v for v in values if v in self.known[key])

    def choice(self, key: str, allowed: Sequence[T], default: T) -> T:
        value = self._one(key)
        if value and value not in allowed:
            self._ignore(key, value, "not one of " + ", ".join(allowed))
        return next((a for a in allowed if a == value), default)

    def choices(self, key: str, allowed: Sequence[T], default: tuple[T, ...]) -> tuple[T, ...]:
        for value in self.query.get(key, []):
            if value not in allowed:
                self._ignore(key, value, "not one of " + ", ".join(allowed))
        return tuple(a for a in allowed if a in self.query.get(key, [])) or default
