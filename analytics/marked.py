"""Files that the app writes: an analyst's decisions as rows of TOML, each of which can be taken back."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import tomli

from analytics.errors import DataError
from analytics.whole import write

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_writing = Lock()
Row = TypeVar("Row", bound="DataclassInstance")


@dataclass(frozen=True, slots=True)
class Marked(Generic[Row]):
    """A file of such decisions, in tables of the name `section` under a `header` that explains them.

    What goes wrong with it is raised as `error`.
    """

    name: str
    section: str
    header: str
    row: type[Row]
    error: type[DataError]

    def change(self, folder: Path, how: Callable[[list[Row]], list[Row]]) -> None:
        """Put the rows that `how` makes of those that are there in their place, in one piece."""
        path = folder / self.name
        try:
            with _writing:
                there = tomli.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
                rows = how([self.row(**row) for row in there.get(self.section, [])])
                path.parent.mkdir(parents=True, exist_ok=True)
                tables = "".join(_table(self.section, asdict(row)) for row in rows)
                write(path, (self.header + tables).encode("utf-8"))
        except (OSError, ValueError, TypeError) as error:
            raise self.error(f"{self.name}: what was decided cannot be kept there ({error})") from error


def _table(section: str, row: Mapping[str, Any]) -> str:
    lines = (f"{name} = {toml(value)}" for name, value in row.items())
    return f"\n[[{section}]]\n" + "\n".join(lines) + "\n"


def toml(value: str | bool) -> str:
    """A text or a truth value as TOML writes it: as JSON does, but for DEL, which TOML wants escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
