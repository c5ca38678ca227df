"""What is done before the first visitor comes is what he would have waited for, and nothing that he stumbles over."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ui import first, store
from ui.kept import Kept

ROOT = Path(__file__).resolve().parents[2]
MAIN = ROOT / "ui" / "main.py"

# A visitor's script begins to import while the server's own thread still does: so long after it, in seconds.
BOTH = """
import ast, sys, threading, time
imports = [node for node in ast.parse(open(sys.argv[1]).read()).body if isinstance(node, ast.Import | ast.ImportFrom)]
code = compile(ast.Module(imports, []), sys.argv[1], "exec")
import streamlit
def server():
    import ui.first
warm = threading.Thread(target=server)
warm.start()
time.sleep(float(sys.argv[2]))
exec(code, {})
warm.join()
"""


@pytest.mark.parametrize("language", ["az", "en"])
def test_the_overview_asks_nothing_that_was_not_asked_before(
    sample: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """Of the first page only the charts are still to be drawn."""
    monkeypatch.setenv("JARCHI_CORPUS", str(sample))
    store.latest.clear()
    store.load.clear()
    first.prepare()
    made: list[str] = []
    keep = Kept._keep

    def noted(kept: Kept, key: Any, answer: Any) -> None:
        made.append(key[1].__name__)
        keep(kept, key, answer)

    monkeypatch.setattr(Kept, "_keep", noted)
    app = AppTest.from_file(MAIN, default_timeout=60)
    app.query_params["lang"] = language
    app.run()
    assert not app.exception
    assert set(made) == {"_finished"}


def test_a_server_without_a_corpus_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """There is nothing to prepare, and the server says so; the page says what to do."""
    monkeypatch.setenv("JARCHI_CORPUS", str(tmp_path / "none"))
    store.latest.clear()
    first.prepare()
    assert "not prepared" in capsys.readouterr().out


def test_the_first_page_does_without_what_takes_long_to_import() -> None:
    """One import at the head of a chart or a list would make every start slower, and no figure wrong."""
    unwanted = {*first.REST, "scipy", "sklearn", "analytics.topics", "analytics.mentions", "analytics.pipeline"}
    told = f"import sys, ui.first; print(sorted({unwanted} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("after", [0.0, 0.1, 0.3])
def test_a_visitor_may_come_while_the_server_still_imports(after: float) -> None:
    """Two threads that import our modules at once both get whole ones."""
    run = [sys.executable, "-c", BOTH, str(MAIN), str(after)]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
