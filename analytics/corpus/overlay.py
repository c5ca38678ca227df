"""The analyst's own names and topics, kept in the corpus that was made with them."""

from pathlib import Path

from analytics.errors import CorpusError
from analytics.whole import write

ROOMS = ("entities", "topics")
MARKED = "-marked"  # what was marked in the app has no other home than the corpus: it stays


def adopt(source: Path, target: Path) -> None:
    """Make the TOML files under `target` those of `source`. Each file is replaced whole, never half.

    Raises CorpusError when `source` has neither an `entities` nor a `topics` directory, or `target` cannot be written.
    """
    if not any((source / room).is_dir() for room in ROOMS):
        raise CorpusError(f"{source}: has neither entities/ nor topics/; put your TOML files into directories so named")
    if target.exists() and source.samefile(target):
        return
    try:
        for room in ROOMS:
            _mirror(source / room, target / room)
    except OSError as error:
        raise CorpusError(f"{target}: your names and topics cannot be kept there ({error.strerror})") from error


def _mirror(source: Path, target: Path) -> None:
    wanted = {path.name: path for path in source.glob("*.toml")}
    if wanted:
        target.mkdir(parents=True, exist_ok=True)
    for name, path in wanted.items():
        write(target / name, path.read_bytes())
    for path in target.glob("*.toml"):
        if path.name not in wanted and not path.stem.endswith(MARKED):
            path.unlink(missing_ok=True)
