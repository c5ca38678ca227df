"""Data flows one way: who may import whom."""

import ast
import re
from pathlib import Path

import pytest

import analytics

ROOT = Path(analytics.__file__).resolve().parent.parent
ORDER = re.findall(r"^    (\w+)/?  ", analytics.__doc__ or "", re.MULTILINE)
MODULES = sorted((ROOT / "analytics").rglob("*.py"))


def room(path: Path) -> str:
    """The room of the house that a file stands in: `sources` for `analytics/sources/dates.py`."""
    return path.relative_to(ROOT / "analytics").parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The dotted names of all modules that a file imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_every_room_is_on_the_plan() -> None:
    """The docstring of `analytics` lists every room, and no room that is not there."""
    assert set(ORDER) == {room(path) for path in MODULES} - {"__init__"}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_room_imports_only_from_those_above_it(path: Path) -> None:
    """The order of the plan is the order of the data; nothing reaches back."""
    here = room(path)
    if here == "__init__":
        return
    above = set(ORDER[: ORDER.index(here) + 1])
    for name in imported(path):
        if name.startswith("analytics."):
            other = name.split(".")[1]
            assert other in above or other.startswith("__"), f"{path.name} imports {name}, which lies below it"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_analytics_knows_nothing_of_streamlit(path: Path) -> None:
    """Figures can be made, tested and run over millions of articles without a browser."""
    assert not {n for n in imported(path) if n.split(".")[0] in {"streamlit", "ui", "pages"}}


@pytest.mark.parametrize("path", sorted((ROOT / "pages").glob("*.py")), ids=lambda p: p.name)
def test_pages_are_thin(path: Path) -> None:
    """A page reads like its own table of contents: no files, no SQL, no text, no frames worked on."""
    assert not {n.split(".")[0] for n in imported(path)} & {
        "pandas",
        "pyarrow",
        "duckdb",
        "deltalake",
        "plotly",
        "numpy",
    }
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 70


@pytest.mark.parametrize(
    "path", [*MODULES, *sorted((ROOT / "ui").rglob("*.py"))], ids=lambda p: str(p.relative_to(ROOT))
)
def test_nothing_is_pickled(path: Path) -> None:
    """A pickle runs what it holds; models and caches on disk are JSON, npz or Parquet."""
    assert not {n.split(".")[0] for n in imported(path)} & {
        "pickle",
        "joblib",
        "shelve",
        "marshal",
        "dill",
        "cloudpickle",
    }
