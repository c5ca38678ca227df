"""All topics of a corpus by name: those that have a file, and those that were discovered."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pyarrow.parquet as pq

from analytics.model import Topic
from analytics.taxonomy import learned_files
from analytics.taxonomy.curate import parts
from analytics.taxonomy.definition import load


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All topics of a corpus by id: `named` ones, `discovered` ones, and which of those are `part` of which other."""

    named: dict[str, Topic]
    discovered: dict[str, Topic]
    part: dict[str, str]

    @property
    def topics(self) -> dict[str, Topic]:
        """Every topic that articles are counted under."""
        return {**self.named, **{name: topic for name, topic in self.discovered.items() if name not in self.part}}


@dataclass(frozen=True, slots=True)
class Discovery:
    """The discovered topics of a language, by id: their labels, and the first of the family of each."""

    language: str
    names: Mapping[str, str]
    first: Mapping[str, str]

    @classmethod
    def read(cls, path: Path) -> Self:
        """From the file in which they are kept. Raises TopicError when it is damaged."""
        with learned_files.undamaged(path):
            language, said = learned_files.metadata(pq.read_schema(path))
            topics = said["topics"]
            stands = {topic: topics[at] for topic, at in zip(topics, said["families"], strict=True)}
            return cls(language, {topic: said["names"][topic] for topic in topics}, stands)


def catalogue(overlay: Path | None = None) -> Catalogue:
    """The topics of a corpus with an analyst's decisions. Raises TopicError with file, fault and remedy."""
    found = load(overlay)
    names = {decision.topic: decision.name for decision in found.decisions if decision.name}
    discovered = {}
    for there in map(Discovery.read, learned_files.files(overlay, learned_files.DISCOVERED)):
        for topic, name in there.names.items():
            discovered[topic] = Topic(topic, {there.language: names.get(topic, name)}, {}, there.first[topic])
    named = {name: definition.topic for name, definition in found.definitions.items()}
    part = {topic: into for topic, into in parts(found.decisions).items() if into in named or into in discovered}
    return Catalogue(named, discovered, part)
