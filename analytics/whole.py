"""Files written whole or not at all: a reader sees the old content or the new, whenever a writer is ended."""

import secrets
from pathlib import Path


def write(path: Path, data: bytes) -> None:
    """Put these bytes in place of what is there, if anything. Raises OSError when that cannot be done.

    What a writer that was ended leaves is a file whose name ends in `.part`.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")  # a name of its own: threads share a process id
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
