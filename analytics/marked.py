"""Files that the app writes: an analyst's decisions as rows of TOML, each of which can be taken back."""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from threading import Lock
from typing import Any

import tomli

from analytics.whole import write

_writing = Lock()

Row = Mapping[str, str | bool]


def change(path: Path, section: str, header: str, how: Callable[[list[dict[str, Any]]], Iterable[Row]]) -> None:
    """Put the rows `how` makes of those that are there into [[section]] tables, under `header`, in one piece.

    Raises OSError when the file cannot be read or written, ValueError or TypeError when it says something else.
    """
    with _writing:
        there = tomli.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        rows = how(there.get(section, []))
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, (header + "".join(_table(section, row) for row in rows)).encode("utf-8"))


def _table(section: str, row: Row) -> str:
    # A JSON string or truth value is one of TOML, but for DEL, which TOML wants escaped.
    lines = (
        f"{name} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "\\u007f") for name, value in row.items()
    )
    return f"\n[[{section}]]\n" + "\n".join(lines) + "\n"
