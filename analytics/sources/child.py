"""The reader process: strangers' files are parsed where they can do no harm.

`python -m analytics.sources.child` reads one path a line from its standard input and writes frames to its standard
output: four bytes of length, then JSON, a list for each column. (Arrow's own format would be faster still, but whoever
reads its buffers takes their writer at its word, and this process has read strangers' bytes.) Its memory is limited; a
parser that hangs, eats memory or dies takes this process with it and nothing else. The parent's side is
`analytics.sources.reader`.
"""

import datetime as dt
import resource
import struct
import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from analytics.model import Article, Rejected
from analytics.sources.article import make_all
from analytics.sources.files import records
from analytics.sources.limits import OUT_OF_MEMORY, Limits
from analytics.sources.raw import Bad, Raw

RECORDS = 500  # in one frame
CHARACTERS = 4_000_000


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    for line in requests:
        request = orjson.loads(line)
        limits = Limits(**request["limits"])
        today = dt.date.fromisoformat(request["today"])
        for frame in _frames(Path(request["path"]), request["origin"], today, limits):
            send(answers, frame)
        send(answers, {"done": True})


def send(answers: BinaryIO, frame: dict[str, Any]) -> None:
    """Write one frame."""
    try:
        data = orjson.dumps(frame)
    except orjson.JSONEncodeError:
        data = orjson.dumps(_plain(frame))
    answers.write(struct.pack(">I", len(data)) + data)
    answers.flush()


def _frames(path: Path, origin: str, today: dt.date, limits: Limits) -> Iterator[dict[str, Any]]:
    waiting: list[tuple[str, Raw | Bad]] = []
    size = 0
    for inside, raw in records(path, limits):
        waiting.append((f"{origin}/{inside}" if inside else origin, raw))
        if isinstance(raw, Raw):
            size += len(raw.original or "") + sum(map(len, raw.values.values()))
        if len(waiting) >= RECORDS or size > CHARACTERS:
            yield _frame(make_all(waiting, today))
            waiting, size = [], 0
    yield _frame(make_all(waiting, today))


def _frame(made: Sequence[Article | Rejected]) -> dict[str, Any]:
    """The columns of the articles and of the rejections among these."""
    articles = [one for one in made if isinstance(one, Article)]
    rejected = [one for one in made if isinstance(one, Rejected)]
    return {"articles": _columns(articles, Article), "rejected": _columns(rejected, Rejected)}


def _columns(rows: Sequence[Article | Rejected], kind: type[Article | Rejected]) -> dict[str, list[Any]]:
    return {field.name: [getattr(row, field.name) for row in rows] for field in fields(kind)}


def _plain(frame: dict[str, dict[str, list[Any]]]) -> dict[str, Any]:
    """A frame that JSON can carry: lone surrogates, which no file of text holds, are replaced."""
    return {
        part: {
            name: [v.encode("utf-8", "replace").decode("utf-8") if isinstance(v, str) else v for v in column]
            for name, column in columns.items()
        }
        for part, columns in frame.items()
    }


def limit_memory(extra: int) -> None:
    """Let this process have so many bytes more than it has now. macOS does not enforce it; time still does."""
    try:
        used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    except OSError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (used + extra, used + extra))


if __name__ == "__main__":
    limit_memory(int(sys.argv[1]))
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer)
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
