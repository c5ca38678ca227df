"""One entry of a file to one entity. ValueError says what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analytics.model import LANGUAGES, Entity, FormerName, Term
from analytics.periods import Period, parse_prefix

COMMON = {"id", "name", "strong", "weak"}
FIELDS = {
    "country": COMMON | {"demonym"},
    "official": COMMON | {"offices", "historical"},
    "organisation": COMMON | {"country", "public", "history"},
}
_OFFICE = {"role", "country", "organisation", "to_country", "from", "to"}
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_ISO = re.compile(r"[A-Z]{2}\Z")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a data file: where, and what to do about it."""

    path: Path
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path.name}{f', line {self.line}' if self.line else ''}: {self.what}"


def country(entry: Mapping[str, Any]) -> Entity:
    """A `[[country]]`."""
    if not _ISO.match(entry["id"]):
        raise ValueError("the id of a country is its two-letter ISO 3166 code")
    demonyms = text_lists(entry.get("demonym", {}), "demonym")
    return Entity(entry["id"], "country", _names(entry), *_aliases(entry), demonyms=demonyms)


def official(entry: Mapping[str, Any]) -> Entity:
    """An `[[official]]`."""
    terms = tuple(_term(office) for office in _tables(entry, "offices", '{ role = "minister", country = "AZ" }'))
    historical = bool(entry.get("historical", False))
    return Entity(_slug(entry), "official", _names(entry), *_aliases(entry), terms=terms, historical=historical)


def organisation(entry: Mapping[str, Any]) -> Entity:
    """An `[[organisation]]`."""
    history = tuple(_former(former) for former in _tables(entry, "history", '{ az = "…", to = "2021" }'))
    state = entry.get("country", "")
    public = entry.get("public", False)
    if not isinstance(public, bool) or (public and not state):
        raise ValueError('public is true or false, and true only of a body that has a country, such as country = "AZ"')
    known = Entity(_slug(entry), "organisation", _names(entry), *_aliases(entry), history=history)
    return replace(known, country=state, public=public)


def _tables(entry: Mapping[str, Any], what: str, such: str) -> list[Mapping[str, Any]]:
    found = entry.get(what, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ValueError(f"{what} is a list of tables, such as {what} = [{such}]")
    return found


def text_lists(value: Any, what: str) -> dict[str, tuple[str, ...]]:
    """Lists of names per language."""
    if not isinstance(value, dict) or not all(isinstance(names, list) for names in value.values()):
        raise ValueError(f'{what} is a list per language, such as {what}.az = ["…"]')
    unknown = value.keys() - {*LANGUAGES}
    if unknown:
        raise ValueError(f"{what} has unknown languages: {', '.join(sorted(unknown))}")
    if not all(isinstance(name, str) and name.strip() for names in value.values() for name in names):
        raise ValueError(f"{what} holds an empty name")
    return {language: tuple(names) for language, names in value.items() if names}


def _slug(entry: Mapping[str, Any]) -> str:
    if not _SLUG.match(entry["id"]):
        raise ValueError("an id is made of a-z, 0-9 and single hyphens")
    return str(entry["id"])


def _names(entry: Mapping[str, Any]) -> dict[str, str]:
    names: dict[str, str] = entry["name"]
    if not isinstance(names, dict) or not all(isinstance(name, str) for name in names.values()):
        raise ValueError('name is given per language, such as name.az = "…"')
    if not names.get("az"):
        raise ValueError("name.az is missing: it is the canonical name")
    if names.keys() - {*LANGUAGES}:
        raise ValueError(f"name has unknown languages: {', '.join(sorted(names.keys() - {*LANGUAGES}))}")
    return names


def _aliases(entry: Mapping[str, Any]) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    return text_lists(entry.get("strong", {}), "strong"), text_lists(entry.get("weak", {}), "weak")


def _term(office: Mapping[str, Any]) -> Term:
    if office.keys() - _OFFICE:
        raise ValueError(f"an office has unknown fields: {', '.join(sorted(office.keys() - _OFFICE))}")
    start, end = _when(office, "from"), _when(office, "to")
    if start and end and start.start > end.last:
        raise ValueError(f"the office {office['role']} ends ({end}) before it begins ({start})")
    return Term(
        role=office["role"],
        start=start.start if start else None,
        end=end.last if end else None,
        country=office.get("country", ""),
        organisation=office.get("organisation", ""),
        to_country=office.get("to_country", ""),
    )


def _former(former: Mapping[str, Any]) -> FormerName:
    start, end = _when(former, "from"), _when(former, "to")
    names = {str(language): str(name) for language, name in former.items() if language in LANGUAGES}
    return FormerName(names, start.start if start else None, end.last if end else None)


def _when(entry: Mapping[str, Any], key: str) -> Period | None:
    if not entry.get(key):
        return None
    try:
        return parse_prefix(str(entry[key]))
    except ValueError as error:
        raise ValueError(f'{key} = "{entry[key]}" is no date ({error}); write 2020, 2020-01 or 2020-01-31') from error
