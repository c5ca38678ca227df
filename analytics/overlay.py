"""Where data files are found: the project's own `data/`, with an analyst's directory laid over it."""

from pathlib import Path
from typing import Literal

HERE = Path(__file__).resolve().parent.parent / "data"


def files(room: Literal["entities", "topics"], overlay: Path | None = None) -> list[Path]:
    """The TOML files of one room, in name order. A file in `overlay/<room>/` replaces ours of the same name."""
    found = {path.name: path for path in sorted((HERE / room).glob("*.toml"))}
    if overlay is not None:
        found |= {path.name: path for path in sorted((overlay / room).glob("*.toml"))}
    return [found[name] for name in sorted(found)]
