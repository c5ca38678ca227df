"""The reader process: strangers' files are parsed where they can do no harm.

`python -m analytics.sources.child` reads one path a line from its standard input and writes frames to its standard
output: four bytes of length, then JSON. Its memory is limited; a parser that hangs, eats memory or dies takes this
process with it and nothing else. The parent's side is `analytics.sources.reader`.
"""

import datetime as dt
import resource
import struct
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from analytics.model import Article
from analytics.sources.article import make
from analytics.sources.files import records
from analytics.sources.limits import OUT_OF_MEMORY, Limits

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
    data = orjson.dumps(frame)
    answers.write(struct.pack(">I", len(data)) + data)
    answers.flush()


def _frames(path: Path, origin: str, today: dt.date, limits: Limits) -> Iterator[dict[str, Any]]:
    articles: list[dict[str, Any]] = []
    rejected: list[dict[str, Any]] = []
    size = 0
    for inside, raw in records(path, limits):
        made = make(raw, f"{origin}/{inside}" if inside else origin, today)
        row = {name: _plain(value) for name, value in asdict(made).items()}
        (articles if isinstance(made, Article) else rejected).append(row)
        size += len(row.get("text") or "") + len(row.get("original") or "")
        if len(articles) + len(rejected) >= RECORDS or size > CHARACTERS:
            yield {"articles": articles, "rejected": rejected}
            articles, rejected, size = [], [], 0
    yield {"articles": articles, "rejected": rejected}


def _plain(value: Any) -> Any:
    """A value that JSON can carry: lone surrogates, which no file of text holds, are replaced."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


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
