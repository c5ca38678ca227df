"""Exceptions: single mentions that an analyst has found wrong, kept as rows of a file that recognition obeys.

They lie beside the names, in `entities/exceptions.toml` (written by hand) and `entities/exceptions-marked.toml`
(written by the app), and are no part of a gazetteer's digest: an exception touches the articles it is about and no
other.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from analytics.errors import GazetteerError
from analytics.gazetteer.entries import Fault
from analytics.marked import Marked

PREFIX = "exceptions"  # how the names of such files begin
MARKED = f"{PREFIX}-marked.toml"
HEADER = """\
# Mentions that were marked as wrong in the app. Each [[exception]] says:
# surface   the form as it stands in the text, without its ending
# entity    what it was taken for
# means     the id of what it is instead; "" when it is nobody
# article   the id of the article; "" for every article with this form
# note      why, for whoever reads this file
# Delete a row to take it back. The next `python -m analytics analyse` obeys.
"""
_FIELDS = {"surface", "entity", "means", "article", "note"}


@dataclass(frozen=True, slots=True)
class MentionException:
    """A form that does not mean what it was taken for, in one article or (`article` empty) in all."""

    surface: str
    entity: str
    means: str = ""
    article: str = ""
    note: str = ""

    @property
    def digest(self) -> str:
        """What makes it another exception; the note does not."""
        parts = "\0".join(astuple(self)[:-1])
        return hashlib.blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


_MARKED = Marked(MARKED, "exception", HEADER, MentionException, GazetteerError)


def is_exceptions(path: Path) -> bool:
    """Whether a file of `entities/` holds exceptions."""
    return path.name.startswith(PREFIX)


def read(
    path: Path, content: Mapping[str, Any], known: Mapping[str, Any]
) -> tuple[list[MentionException], list[Fault]]:
    """The exceptions of a parsed file, and what is wrong with it. `known` are the ids of entities."""
    found: list[MentionException] = []
    faults = [
        Fault(path, 0, f"unknown section [{name}]; known is exception") for name in content.keys() - {"exception"}
    ]
    for number, row in enumerate(content.get("exception", ()), 1):
        fault = _fault(row, known)
        if fault:
            faults.append(Fault(path, 0, f"[[exception]] number {number}: {fault}"))
        else:
            found.append(MentionException(**row))
    return found, faults


def _fault(row: Mapping[str, Any], known: Mapping[str, Any]) -> str:
    if row.keys() - _FIELDS:
        return f"unknown field {', '.join(sorted(row.keys() - _FIELDS))}; known are {', '.join(sorted(_FIELDS))}"
    if not all(isinstance(value, str) for value in row.values()):
        return "every field is a text in quotation marks"
    if not row.get("surface") or not row.get("entity"):
        return "surface and entity are needed: what stands there, and what it was taken for"
    if row.get("means") and row["means"] not in known:
        return f"means {row['means']}, which is no id of the gazetteer"
    return ""


def mark(folder: Path, exception: MentionException) -> None:
    """Add a row to the file that the app writes, in an analyst's `entities` directory, unless it is there already.

    Raises GazetteerError when the file cannot be read or written.
    """
    _MARKED.change(folder, lambda rows: [*(row for row in rows if row.digest != exception.digest), exception])


def take_back(folder: Path, exception: MentionException) -> None:
    """Delete a row from the file that the app writes. Raises GazetteerError as `mark` does."""
    _MARKED.change(folder, lambda rows: [row for row in rows if row.digest != exception.digest])
