"""What an analyst makes of topics in the app: a new one by a few words, a discovered one renamed, merged or promoted.

A new topic is a file like any other, `topics/<id>-marked.toml`; what became of discovered topics is in
`topics/discovered-marked.toml`, and is applied where topics are read, so that it costs no analysis.
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analytics.errors import TopicError
from analytics.marked import Marked, toml
from analytics.taxonomy.labels import PREFIX
from analytics.text.letters import fold, plain
from analytics.whole import write

NAME = "discovered-marked.toml"
OWN = "-marked"  # how the id of a topic made in the app ends: it has no other home than the corpus, and stays
LONGEST = 40  # letters of the id of a topic made in the app
RESERVED = (PREFIX, "discovered")  # how the names of files begin that stand beside topics and are none
HEADER = """\
# What became of discovered topics in the app. Each [[discovered]] says:
# topic     its id
# name      what it is called instead of its own words; "" for those
# into      the id of the topic that it is counted with; "" for none
# Delete a row to take it back.
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """What an analyst decided of a discovered topic: another name, or that it is part of another."""

    topic: str
    name: str = ""
    into: str = ""


_MARKED = Marked(NAME, "discovered", HEADER, Decision, TopicError)


def is_decisions(path: Path) -> bool:
    """Whether a file of `topics/` holds decisions on discovered topics."""
    return path.name == NAME


def read_decisions(path: Path, content: Mapping[str, Any]) -> list[Decision]:
    """The decisions of a parsed file. Raises TopicError with file and row."""
    found = []
    for number, row in enumerate(content.get("discovered", ()), 1):
        if (
            row.keys() - {"topic", "name", "into"}
            or not row.get("topic")
            or not all(isinstance(v, str) for v in row.values())
        ):
            raise TopicError(f'{path.name}: [[discovered]] number {number}: needs topic = "…", and name or into')
        found.append(Decision(**row))
    return found


def decide(folder: Path, decision: Decision) -> None:
    """Keep a decision, in place of an earlier one on the same topic. Raises TopicError when it cannot be kept."""
    _MARKED.change(folder, lambda rows: [*(row for row in rows if row.topic != decision.topic), decision])


def parts(decisions: Sequence[Decision]) -> dict[str, str]:
    """The topic that each merged topic is counted with, in the end."""
    into = {decision.topic: decision.into for decision in decisions if decision.into}
    found = {}
    for topic, first in into.items():
        seen, last = {topic}, first
        while last in into and last not in seen:
            seen.add(last)
            last = into[last]
        if last not in seen:
            found[topic] = last
    return found


def add(folder: Path, name: str, seeds: Sequence[str], language: str) -> str:
    """Write a topic file from a name and seed terms in one language; returns the topic's id.

    A topic made earlier under the same name is replaced: so a wrong term is dropped. Raises TopicError.
    """
    topic = _id(name)
    terms = [" ".join(seed.split()) for seed in seeds if seed.strip()]
    if not topic or not terms:
        raise TopicError("a topic needs a name and at least one seed term")
    lines = [f"name.{language} = {toml(name)}", f"seeds.{language} = [{', '.join(map(toml, dict.fromkeys(terms)))}]"]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write(folder / f"{topic}.toml", ("# Made in the app.\n" + "\n".join(lines) + "\n").encode("utf-8"))
    except OSError as error:
        raise TopicError(f"{topic}.toml: cannot be written ({error.strerror})") from error
    return topic


def remove(folder: Path, topic: str) -> None:
    """Delete a topic that was made in the app. Raises TopicError for any other, and where it cannot be deleted."""
    if not topic.endswith(OWN):
        raise TopicError(f"{topic}: was not made in the app; delete or change its file")
    try:
        (folder / f"{topic}.toml").unlink(missing_ok=True)
    except OSError as error:
        raise TopicError(f"{topic}.toml: cannot be deleted ({error.strerror})") from error


def _id(name: str) -> str:
    """What a topic's file is called: no two names alike, and none like the files that are no topics."""
    said = plain(fold(" ".join(name.split())))
    letters = unicodedata.normalize("NFKD", said)
    slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    lost = sum(map(str.isalnum, letters)) > sum(map(str.isalnum, slug))  # letters that are not Latin
    if lost or len(slug) > LONGEST or slug.startswith(RESERVED):
        digest = hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
        slug = "-".join(part for part in ("topic", slug[:LONGEST].strip("-"), digest) if part)
    return slug + OWN
