"""Answering: which articles match, asked of the index on disk and of what it does not cover yet."""

import hashlib
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from analytics.corpus import Corpus
from analytics.search.ask import Question
from analytics.search.index import DamagedError, Note, discard, fresh, load, missing, note, update
from analytics.search.query import parse
from analytics.search.segment import Bools, Segment, make, merge

_lock = threading.Lock()


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Some articles that were asked, and which of them match. Equal names are of the same ids in the same order."""

    name: str
    ids: pa.LargeStringArray
    matching: Bools


@dataclass(frozen=True, slots=True, eq=False)
class _Opened:
    """An index as it was noted; and what it does not cover, by data file, as far as that was asked."""

    note: Note
    segments: dict[str, Segment]
    rest: dict[str, Segment | None] = field(default_factory=dict)

    def beyond(self, file: str) -> Segment | None:
        """The articles of a file that are in none of its segments (~0.3 s for 2,000, once)."""
        if file not in self.rest:
            found = [make(articles) for articles in fresh(file, list(self.segments.values()))]
            self.rest[file] = merge(found) if found else None
        return self.rest[file]

    def named(self, file: str) -> str:
        """What those are called: other segments leave other articles of the same file."""
        said = "\n".join((Path(file).name, *sorted(self.segments)))
        return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()


_opened: dict[Path, _Opened] = {}


def matches(corpus: Corpus, query: str) -> list[Asked]:
    """All articles of the corpus in some parts, and for each whether it matches.

    Articles of other versions may be among them. Raises QueryError when the query cannot be understood or would take
    too long. Works also where the corpus cannot be written: what the index on disk does not cover is then indexed in
    memory, once for each file.
    """
    tree = parse(query)
    there = parts(corpus)
    question = Question(list(there.values()), tree)
    return [Asked(name, segment.ids.array(), question.answer(at)) for at, (name, segment) in enumerate(there.items())]


def parts(corpus: Corpus) -> dict[str, Segment]:
    """Segments by name that together hold the open version of the corpus."""
    with _lock:
        opened = _current(corpus)
    rest = {opened.named(file): opened.beyond(file) for file in missing(corpus, opened.note)}
    return opened.segments | {name: segment for name, segment in rest.items() if segment is not None}


def _current(corpus: Corpus) -> _Opened:
    """The index on disk, brought up to date where it can be; an empty one where there is none."""
    opened = _opened.get(corpus.path)
    if opened is None or missing(corpus, opened.note):
        update(corpus)
        there = note(corpus)
        if opened is None or there != opened.note:
            opened = _opened[corpus.path] = _open(corpus, there)
    return opened


def _open(corpus: Corpus, there: Note | None) -> _Opened:
    """What a note says is there; nothing where it cannot be read."""
    while there is not None:
        try:
            return _Opened(there, load(corpus, there))
        except DamagedError:
            if (newer := note(corpus)) == there:
                discard(corpus)
                break
            there = newer  # its segments were merged while they were being opened
    return _Opened(Note(""), {})
