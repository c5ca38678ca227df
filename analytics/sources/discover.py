"""Which files there are to read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from analytics.errors import SourceError

# Files that lie beside articles and are none; a folder's are passed over and counted.
BESIDE = frozenset({".md", ".toml", ".yaml", ".yml", ".ini", ".cfg", ".log", ".py", ".css", ".js", ".png", ".jpg"}) | {
    ".jpeg", ".gif", ".svg", ".ico", ".webp", ".pdf", ".woff", ".woff2", ".lock",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read. `origin` is what its articles are traced back to: the path from where the reading began."""

    path: Path
    origin: str


def discover(inputs: Sequence[str | Path]) -> list[Source]:
    """The files that these files, folders and patterns stand for, in order, each once.

    Raises SourceError for a path that does not exist and for a pattern or folder without a file.
    """
    found: dict[Path, Source] = {}
    for given in inputs:
        paths = list(_expand(str(given)))
        if not paths:
            raise SourceError(
                f"{given}: no file of articles here; give a file, a folder or a pattern such as 'news/*.csv'"
            )
        for path, origin in paths:
            found.setdefault(path.resolve(), Source(path, origin))
    return list(found.values())


def _expand(given: str) -> Iterator[tuple[Path, str]]:
    path = Path(given).expanduser()
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
            if file.is_file() and not hidden and file.suffix.lower() not in BESIDE:
                yield file, str(file.relative_to(path.parent))
    elif path.is_file():
        yield path, path.name
    elif any(mark in given for mark in "*?["):
        base = Path(path.anchor or ".")
        pattern = str(path.relative_to(path.anchor)) if path.anchor else given
        yield from ((file, str(file)) for file in sorted(base.glob(pattern)) if file.is_file())
    else:
        raise SourceError(f"{given}: there is no such file or folder")
