"""From TOML files to entities, with every fault named by file and line."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import tomli

from analytics import overlay as laid
from analytics.errors import GazetteerError
from analytics.gazetteer import exceptions
from analytics.gazetteer.entries import FIELDS, Fault, country, official, organisation, text_lists
from analytics.gazetteer.exceptions import MentionException, is_exceptions
from analytics.gazetteer.offices import Offices, Role
from analytics.model import LANGUAGES, Entity, Kind

METHOD = "10"  # raised whenever the same files would make other mentions; part of every gazetteer's digest
READERS = {"country": country, "official": official, "organisation": organisation}


@dataclass(frozen=True)
class Gazetteer:
    """Everything that can be recognised. `not_names` are phrases, per language, that only look like a name.

    `digest` is of everything but the `exceptions`, which touch single articles; `files` are what it is made of, by
    name, as `read` takes them.
    """

    entities: Mapping[str, Entity]
    roles: Mapping[str, Role]
    not_names: Mapping[str, tuple[str, ...]]
    digest: str
    exceptions: tuple[MentionException, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    def of(self, kind: Kind) -> list[Entity]:
        """The entities of one kind, in the order of the files."""
        return self._by_kind[kind]

    @cached_property
    def _by_kind(self) -> dict[str, list[Entity]]:
        kinds: dict[str, list[Entity]] = {"country": [], "official": [], "organisation": []}
        for entity in self.entities.values():
            kinds[entity.kind].append(entity)
        return kinds

    @cached_property
    def offices(self) -> Offices:
        """What the offices are called."""
        return Offices(self.roles, self.entities)


@dataclass(slots=True)
class _Draft:
    """What has been read so far, and what was wrong with it."""

    entities: dict[str, Entity] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    not_names: dict[str, list[str]] = field(default_factory=dict)
    exceptions: list[MentionException] = field(default_factory=list)
    places: dict[str, tuple[Path, int]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def load(overlay: Path | None = None) -> Gazetteer:
    """The project's names with an analyst's laid over them. Raises GazetteerError for the first fault."""
    return _gazetteer(_found(overlay))


def read(files: Mapping[str, bytes]) -> Gazetteer:
    """The gazetteer that these files make, whatever lies in `data/` now. Raises GazetteerError as `load` does."""
    return _gazetteer({Path(name): raw for name, raw in files.items()})


def faults(overlay: Path | None = None) -> list[str]:
    """Every fault of the files, each with file, line and what to do. Empty when all is well."""
    return [str(fault) for fault in _read(_found(overlay)).faults]


def _found(overlay: Path | None) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in laid.files("entities", overlay)}


def _gazetteer(files: Mapping[Path, bytes]) -> Gazetteer:
    draft = _read(files)
    if draft.faults:
        more = f" (and {len(draft.faults) - 1} more: analytics gazetteer check)" if len(draft.faults) > 1 else ""
        raise GazetteerError(f"{draft.faults[0]}{more}")
    not_names = {language: tuple(phrases) for language, phrases in draft.not_names.items()}
    names = {path.name: raw for path, raw in files.items() if not is_exceptions(path)}
    digest = hashlib.blake2b(METHOD.encode(), digest_size=8)
    for name, raw in names.items():
        digest.update(name.encode() + b"\0" + raw)
    return Gazetteer(draft.entities, draft.roles, not_names, digest.hexdigest(), tuple(draft.exceptions), names)


def _read(files: Mapping[Path, bytes]) -> _Draft:
    draft = _Draft()
    for path in sorted(files, key=is_exceptions):  # exceptions last: they name what the others hold
        try:
            source = files[path].decode("utf-8")
            content = tomli.loads(source)
        except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
            draft.faults.append(Fault(path, 0, f"not valid TOML: {error}"))
            continue
        if is_exceptions(path):
            rows, wrong = exceptions.read(path, content, draft.entities)
            draft.exceptions += rows
            draft.faults += wrong
        else:
            _take(draft, path, source, content)
    draft.faults.extend(_across(draft))
    return draft


def _take(draft: _Draft, path: Path, source: str, content: dict[str, Any]) -> None:
    lines = _Lines(source)
    for section, value in content.items():
        if section in READERS and not (isinstance(value, list) and all(isinstance(entry, dict) for entry in value)):
            draft.faults.append(Fault(path, 0, f"[{section}] is written in two brackets: [[{section}]]"))
        elif section in READERS:
            for entry in value:
                _take_entity(draft, path, lines, section, entry)
        elif section == "role":
            _take_roles(draft, path, value)
        elif section == "not_names":
            _take_not_names(draft, path, value)
        else:
            known = ", ".join([*READERS, "role", "not_names"])
            draft.faults.append(Fault(path, 0, f"unknown section [{section}]; known are {known}"))


def _take_roles(draft: _Draft, path: Path, roles: Any) -> None:
    if not isinstance(roles, dict) or not all(isinstance(entry, dict) for entry in roles.values()):
        draft.faults.append(Fault(path, 0, "a role is a table of its own, such as [role.minister]"))
        return
    for role, entry in roles.items():
        try:
            draft.roles[role] = _role(role, entry)
        except ValueError as error:
            draft.faults.append(Fault(path, 0, f"[role.{role}]: {error}"))


def _take_not_names(draft: _Draft, path: Path, phrases: Any) -> None:
    try:
        for language, some in text_lists(phrases, "not_names").items():
            draft.not_names.setdefault(language, []).extend(some)
    except ValueError as error:
        draft.faults.append(Fault(path, 0, f"[not_names]: {error}"))


def _take_entity(draft: _Draft, path: Path, lines: "_Lines", section: str, entry: dict[str, Any]) -> None:
    line = lines.of(str(entry.get("id", "")))
    unknown = entry.keys() - FIELDS[section]
    if unknown:
        draft.faults.append(Fault(path, line, f"unknown field {', '.join(sorted(unknown))} in a [[{section}]]"))
        return
    try:
        entity = READERS[section](entry)
    except (ValueError, KeyError, TypeError) as error:
        draft.faults.append(Fault(path, line, f"[[{section}]] {entry.get('id', 'without id')}: {error}"))
        return
    if entity.id in draft.entities:
        other, at = draft.places[entity.id]
        draft.faults.append(
            Fault(path, line, f"the id {entity.id} is taken by {other.name}, line {at}; choose another")
        )
        return
    draft.entities[entity.id] = entity
    draft.places[entity.id] = (path, line)


def _role(role: str, entry: dict[str, Any]) -> Role:
    words, weak = (text_lists(entry.get(kind, {}), kind) for kind in ("words", "weak"))
    return Role(role, {k: v for k, v in entry.items() if isinstance(v, str)}, words, weak)


_ID = re.compile(r'^id\s*=\s*"([^"]*)"')


class _Lines:
    """The lines on which the entries of a file give their ids, asked in their order: one may be given twice."""

    def __init__(self, source: str) -> None:
        self._left: dict[str, list[int]] = {}
        for number, line in enumerate(source.splitlines(), 1):
            if given := _ID.match(line):
                self._left.setdefault(given[1], []).append(number)

    def of(self, entity: str) -> int:
        """The line of the next entry with this id; 0 where it cannot be told."""
        left = self._left.get(entity, [])
        return left.pop(0) if left else 0


def _across(draft: _Draft) -> Iterator[Fault]:
    """Faults that only show when all files are read: aliases claimed twice, roles and bodies that do not exist."""
    claims: dict[tuple[str, str], str] = {}
    for entity in draft.entities.values():
        path, line = draft.places[entity.id]
        for language in LANGUAGES:
            for name in {entity.names.get(language, ""), *entity.strong.get(language, ())} - {""}:
                other = claims.setdefault((language, name), entity.id)
                if other != entity.id:
                    say = f'"{name}" ({language}) means {other} and {entity.id}; make it weak in one'
                    yield Fault(path, line, say)
        for term in entity.terms:
            if term.role not in draft.roles:
                yield Fault(path, line, f"{entity.id}: the role {term.role} is not in roles.toml")
            if term.organisation and term.organisation not in draft.entities:
                yield Fault(path, line, f"{entity.id}: there is no organisation {term.organisation}")
            for state in (term.country, term.to_country):
                if state and state not in draft.entities:
                    yield Fault(path, line, f"{entity.id}: there is no country {state}")
