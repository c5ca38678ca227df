"""Files written whole or not at all: a reader sees the old content or the new, whenever a writer is ended."""

import secrets
from collections.abc import Iterable
from pathlib import Path


def write(path: Path, data: bytes) -> None:
    """Put these bytes in place of what is there, if anything. Raises OSError when that cannot be done.

    What a writer that was ended leaves is a file whose name ends in `.part`.
    """
    pour(path, (data,))


def pour(path: Path, data: Iterable[bytes]) -> None:
    """The same for what comes piece by piece."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")  # a name of its own: threads share a process id
    try:
        with part.open("wb") as out:
            for piece in data:
                out.write(piece)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
