"""Documents cannot drift: what they name exists, and what exists is named."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import ui
from analytics import filters
from analytics.gazetteer.entries import FIELDS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = ["README.md", "CONTRIBUTING.md", *sorted(str(p.relative_to(ROOT)) for p in (ROOT / "docs").glob("*.md"))]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LIBRARIES = [
    re.split(r"[><=]", one)[0] for one in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["cluster"])
]
LINK = re.compile(r"\]\(([^)#:]+)\)")


def commands() -> list[str]:
    """The commands that the program offers."""
    said = subprocess.run(
        [sys.executable, "-m", "analytics", "--help"], capture_output=True, text=True, cwd=ROOT, check=True
    )
    return re.findall(r"^    (\w+) ", said.stdout, re.MULTILINE)


def test_every_command_is_in_the_readme() -> None:
    """A command that the program offers is explained where a newcomer looks."""
    found = [c for c in commands() if c != "COMMAND"]
    assert {"build", "analyse", "export", "check"} <= set(found)
    assert not [command for command in found if f"python -m analytics {command}" not in README]


@pytest.mark.parametrize("page", sorted((ROOT / "pages").glob("*.py")), ids=lambda p: p.stem)
def test_every_page_is_in_the_readme(page: Path) -> None:
    """The table of pages lists each with its address."""
    address = "/" if page.stem == "overview" else f"/{page.stem}"
    assert f"| `{address}` |" in README


def test_every_parameter_of_the_address_is_in_the_readme() -> None:
    """Somebody who reads an address can look its words up."""
    every = filters.Filters(query="x", reprints=True, entities=("a",)).to_query().keys()
    assert not [name for name in every - {"senses", "reprints"} if f"`{name}`" not in README]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    """A link to a file of the project leads to one."""
    path = ROOT / document
    missing = [link for link in LINK.findall(path.read_text(encoding="utf-8")) if not (path.parent / link).exists()]
    assert not missing


@pytest.mark.parametrize("document", DOCUMENTS)
def test_paths_exist(document: str) -> None:
    """Where a document sends somebody who wants to change a room, the room is."""
    text = (ROOT / document).read_text(encoding="utf-8")
    named = re.findall(r"`((?:analytics|data|pages|ui|locale|tests|benchmarks(?!/results))/[\w./]*)`", text)
    assert named or document != "README.md"
    assert not [path for path in named if not (ROOT / path).exists()]


def test_every_module_of_the_interface_is_in_its_table() -> None:
    """The docstring of `ui` lists every module, and no module that is not there."""
    listed = re.findall(r"^(\w+)  ", ui.__doc__ or "", re.MULTILINE)
    assert sorted(listed) == sorted(path.stem for path in (ROOT / "ui").glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_library_has_its_reason(library: str) -> None:
    """A dependency without a reason in the README is one too many."""
    table = README.split("### Libraries")[1].split("## Quality")[0]
    assert library in {name for row in re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE) for name in row.split(", ")}


def test_every_field_of_a_data_file_is_explained() -> None:
    """An analyst finds each field that a file may have in the header of one of our own."""
    headers = "".join(
        line
        for path in sorted((ROOT / "data" / "entities").glob("*.toml"))
        for line in path.read_text(encoding="utf-8").splitlines(keepends=True)
        if line.startswith("#")
    )
    assert not [field for fields in FIELDS.values() for field in fields if field not in headers]
