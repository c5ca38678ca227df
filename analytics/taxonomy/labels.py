"""What an analyst said of single articles: this one belongs to the topic, that one does not.

Labels lie beside the topics, in `topics/labels.toml` (written by hand) and `topics/labels-marked.toml` (written by the
app). They are no part of the topics' digest: a label decides for its article at once, and is learned from when the
topics are learned the next time.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from analytics.errors import TopicError
from analytics.marked import Marked

PREFIX = "labels"  # how the names of such files begin
MARKED = f"{PREFIX}-marked.toml"
HEADER = """\
# What was said in the app of single articles. Each [[label]] says:
# article   the id of the article
# topic     the id of the topic
# holds     true when the article belongs to it, false when it does not
# Delete a row to take it back. The next `python -m analytics analyse` obeys, and `analyse --again` learns from all.
"""
_FIELDS = {"article": str, "topic": str, "holds": bool}


@dataclass(frozen=True, slots=True)
class TopicLabel:
    """An analyst's word that an article belongs to a topic, or that it does not."""

    article: str
    topic: str
    holds: bool

    @property
    def digest(self) -> str:
        """What makes it another label."""
        parts = "\0".join(map(str, astuple(self)))
        return hashlib.blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


_MARKED = Marked(MARKED, "label", HEADER, TopicLabel, TopicError)


def is_labels(path: Path) -> bool:
    """Whether a file of `topics/` holds labels."""
    return path.name.startswith(PREFIX)


def read_labels(path: Path, content: Mapping[str, Any]) -> list[TopicLabel]:
    """The labels of a parsed file. Raises TopicError with file, row and remedy."""
    unknown = content.keys() - {"label"}
    if unknown:
        raise TopicError(f"{path.name}: unknown section [{', '.join(sorted(unknown))}]; known is label")
    found = []
    for number, row in enumerate(content.get("label", ()), 1):
        if row.keys() != _FIELDS.keys() or not all(isinstance(row[name], kind) for name, kind in _FIELDS.items()):
            raise TopicError(
                f'{path.name}: [[label]] number {number}: needs article = "…", topic = "…" and holds = true or false'
            )
        found.append(TopicLabel(**row))
    return found


def mark(folder: Path, label: TopicLabel) -> None:
    """Keep a label in an analyst's `topics` directory, in place of an earlier one of the same article and topic.

    Raises TopicError when the file cannot be read or written.
    """
    _MARKED.change(folder, lambda rows: [*(row for row in rows if not _same(row, label)), label])


def take_back(folder: Path, label: TopicLabel) -> None:
    """Delete a label from the file that the app writes. Raises TopicError as `mark` does."""
    _MARKED.change(folder, lambda rows: [row for row in rows if not _same(row, label)])


def _same(one: TopicLabel, other: TopicLabel) -> bool:
    return (one.article, one.topic) == (other.article, other.topic)


def obey(found: list[dict[str, Any]], labels: Sequence[TopicLabel], articles: Sequence[str]) -> list[dict[str, Any]]:
    """The topics of these articles after what an analyst said of them: score 1, or no row."""
    there = set(articles)
    said = {(label.article, label.topic): label.holds for label in labels if label.article in there}
    kept = [row for row in found if said.get((row["article"], row["topic"]), True)]
    rows = {(row["article"], row["topic"]): row for row in kept}
    for (article, topic), holds in said.items():
        if holds:
            row = rows.setdefault(
                (article, topic), {"article": article, "topic": topic, "evidence": [], "sentence": ""}
            )
            row["score"] = 1.0
    return list(rows.values())
