"""Topic files: `data/topics/<id>.toml`, an analyst's laid over ours, each fault named by file."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli

from analytics import overlay as laid
from analytics.errors import TopicError
from analytics.model import LANGUAGES, Topic
from analytics.taxonomy.curate import Decision, is_decisions, read_decisions
from analytics.taxonomy.labels import TopicLabel, is_labels, read_labels

INDEX = "_index.toml"  # says which topics exist at all
_FIELDS = {"name", "seeds", "entities", "needs", "yields", "learns"}
_NEEDS = ("", "two states")
_ID = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*\Z")
_WEIGHTED = re.compile(r"(.+?)\s*=\s*(\d+(?:\.\d+)?)\s*\Z")


@dataclass(frozen=True, slots=True)
class Definition:
    """A topic with what its file says beyond names and seeds.

    `entities` with their weights, what a hit `needs`, the topics it `yields` to, and whether it `learns` from the
    articles around its seeds or goes by the seeds alone.
    """

    topic: Topic
    entities: dict[str, float]
    needs: str
    yields: tuple[str, ...] = ()
    learns: bool = True


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics that exist, by id, a digest of their files, and what an analyst said of articles and topics.

    `discovers` says whether topics are looked for in what is left.
    """

    definitions: dict[str, Definition]
    digest: str
    labels: tuple[TopicLabel, ...]
    decisions: tuple[Decision, ...]
    discovers: bool


def load(overlay: Path | None = None) -> Topics:
    """The project's topics with an analyst's laid over them. Raises TopicError with file, fault and remedy."""
    found: dict[str, Definition] = {}
    labels: list[TopicLabel] = []
    decisions: list[Decision] = []
    digest = hashlib.blake2b(digest_size=8)
    only: list[str] | None = None
    discovers = True
    for path in laid.files("topics", overlay):
        raw = path.read_bytes()
        content = _parse(path, raw)
        if not (is_labels(path) or is_decisions(path)):
            digest.update(path.name.encode() + b"\0" + raw)
        if path.name == INDEX:
            only, discovers = _index(path, content)
        elif is_labels(path):
            labels += read_labels(path, content)
        elif is_decisions(path):
            decisions += read_decisions(path, content)
        else:
            found[path.stem] = _definition(path, content)
    if only is not None:
        missing = [topic for topic in only if topic not in found]
        if missing:
            raise TopicError(f"{INDEX}: only names {', '.join(missing)}, but there is no such topic file")
        found = {topic: found[topic] for topic in only}
    return Topics(
        found, digest.hexdigest(), tuple(label for label in labels if label.topic in found), tuple(decisions), discovers
    )


def _parse(path: Path, raw: bytes) -> dict[str, Any]:
    try:
        return tomli.loads(raw.decode("utf-8"))
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TopicError(f"{path.name}: not valid TOML: {error}") from error


def _index(path: Path, content: dict[str, Any]) -> tuple[list[str] | None, bool]:
    """The topics that exist, or None for all; and whether more are discovered. Not, where it says which exist."""
    topics = content.get("topics", {})
    if not isinstance(topics, dict):
        raise TopicError(f"{path.name}: [topics] is a table with only and discovered")
    only, discovers = topics.get("only"), topics.get("discovered", topics.get("only") is None)
    if not isinstance(discovers, bool):
        raise TopicError(f"{path.name}: discovered is true or false")
    if only is not None and not (isinstance(only, list) and all(isinstance(topic, str) for topic in only)):
        raise TopicError(f'{path.name}: only is a list of topic ids, such as ["world", "sports"]')
    return only, discovers


def _definition(path: Path, content: dict[str, Any]) -> Definition:
    if not _ID.match(path.stem):
        raise TopicError(f"{path.name}: a topic's file is named by its id, of a-z, 0-9, - and _")
    unknown = content.keys() - _FIELDS
    if unknown:
        raise TopicError(
            f"{path.name}: unknown field {', '.join(sorted(unknown))}; known are {', '.join(sorted(_FIELDS))}"
        )
    needs = content.get("needs", "")
    if needs not in _NEEDS:
        raise TopicError(f'{path.name}: needs = "{needs}" is not known; the only one is "two states"')
    listed = content.get("seeds", {})
    if not isinstance(listed, dict):
        raise TopicError(f'{path.name}: seeds are given per language, such as seeds.az = ["…"]')
    seeds = {language: _weights(path, terms) for language, terms in listed.items()}
    if not any(seeds.values()):
        raise TopicError(f'{path.name}: a topic needs at least one seed, such as seeds.az = ["…"]')
    if seeds.keys() - {*LANGUAGES}:
        raise TopicError(f"{path.name}: seeds has unknown languages: {', '.join(sorted(seeds.keys() - {*LANGUAGES}))}")
    names = content.get("name") or {}
    if not isinstance(names, dict):
        raise TopicError(f'{path.name}: name is given per language, such as name.az = "…"')
    topic = Topic(path.stem, {str(k): str(v) for k, v in names.items()} or {"en": path.stem}, seeds)
    yields = content.get("yields", [])
    if not isinstance(yields, list) or not all(isinstance(other, str) for other in yields):
        raise TopicError(f'{path.name}: yields is a list of topic ids, such as ["diaspora"]')
    learns = content.get("learns", not needs)
    if not isinstance(learns, bool) or (learns and needs):
        raise TopicError(f"{path.name}: learns is true or false, and only false where the topic needs something")
    return Definition(topic, _weights(path, content.get("entities", [])), needs, tuple(yields), learns)


def _weights(path: Path, terms: Any) -> dict[str, float]:
    """Terms with their weights; `term = 2` counts double."""
    if not isinstance(terms, list) or not all(isinstance(term, str) and term.strip() for term in terms):
        raise TopicError(f'{path.name}: seeds and entities are lists of words in quotes, such as ["diaspor = 1.5"]')
    found = {}
    for term in terms:
        weighted = _WEIGHTED.match(term)
        found[weighted[1] if weighted else term.strip()] = float(weighted[2]) if weighted else 1.0
    return found
