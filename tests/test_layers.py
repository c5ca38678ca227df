"""Data flows one way: who may import whom."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import analytics

ROOT = Path(analytics.__file__).resolve().parent.parent
ORDER = re.findall(r"^    (\w+)/?  ", analytics.__doc__ or "", re.MULTILINE)
MODULES = sorted((ROOT / "analytics").rglob("*.py"))
APP = [ROOT / "app.py", *sorted((ROOT / "ui").rglob("*.py")), *sorted((ROOT / "pages").glob("*.py"))]
CLUSTER = ROOT / "analytics" / "pipeline" / "cluster.py"  # nobody imports it before a cluster is asked for
OURS = {"analytics", "ui", "pages", "app"}


def room(path: Path) -> str:
    """The room of the house that a file stands in: `sources` for `analytics/sources/dates.py`."""
    return path.relative_to(ROOT / "analytics").parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The dotted names of all modules that a file imports, wherever in it."""
    return names(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def names(nodes: Iterator[ast.AST]) -> set[str]:
    """The dotted names of all modules that these nodes import."""
    found = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def running(node: ast.AST, *, inside: bool) -> Iterator[ast.AST]:
    """The nodes below one but those for the type checker; with `inside`, those of functions too."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        yield child
        if inside or not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from running(child, inside=inside)


def libraries(path: Path, *, inside: bool) -> set[str]:
    """What a file imports of others when it runs, by the names they are installed under."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    roots = {name.split(".")[0] for name in names(running(tree, inside=inside))} - OURS - sys.stdlib_module_names
    return {plain(name) for root in roots for name in installed().get(root, [root])}


@cache
def installed() -> dict[str, list[str]]:
    """The libraries that bring each module."""
    return dict(packages_distributions())


def plain(requirement: str) -> str:
    """The name of a library as registries compare it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[><=\[]", requirement)[0]).lower()


def declared(*groups: str) -> set[str]:
    """The libraries that the project needs, and those of some groups."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    more = (one for group in groups for one in project["optional-dependencies"][group])
    return {plain(one) for one in (*project["dependencies"], *more)}


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


@pytest.mark.parametrize("path", [*MODULES, *APP], ids=lambda p: str(p.relative_to(ROOT)))
def test_what_is_imported_is_declared(path: Path) -> None:
    """A library that only another one brings is gone when that one no longer needs it."""
    assert libraries(path, inside=True) <= declared("cluster")


@pytest.mark.parametrize("path", [*MODULES, *APP], ids=lambda p: str(p.relative_to(ROOT)))
def test_what_is_optional_is_not_needed_to_start(path: Path) -> None:
    """Without Dask and without S3 everything can be imported but what speaks with a cluster."""
    if path != CLUSTER:
        assert libraries(path, inside=False) <= declared()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not {n for n in names(running(tree, inside=False)) if n.startswith("analytics.pipeline.cluster")}


@pytest.mark.parametrize("path", APP, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_screen_speaks_no_sql(path: Path) -> None:
    """What is asked of the tables of a corpus has a name in `analytics`."""
    strings = (n.value for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Constant))
    assert not [
        text for text in strings if isinstance(text, str) and re.match(r"\s*(select|with)\s.*\sfrom\s", text, re.DOTALL)
    ]


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
