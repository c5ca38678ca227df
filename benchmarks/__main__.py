"""`make bench`: all but `bursts` and `topics` in one run, printed as tables and written to `benchmarks/results/`."""

import json
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import browser, cluster, figures, growth, kills, queries, recognition, script, search, stories

RESULTS = Path(__file__).resolve().parent / "results"
LIBRARIES = ("duckdb", "deltalake", "distributed", "numpy", "pandas", "pyarrow", "scikit-learn", "streamlit")
SIZES = (10_000, 100_000)  # articles; a million is for `python -m benchmarks.growth 1000000`


def main() -> int:
    """Run, print, write after each: a run that is stopped leaves what it found."""
    machine = {"python": platform.python_version(), "system": platform.platform()}
    written: dict[str, Any] = {"machine": machine | {name: version(name) for name in LIBRARIES}}
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "million"
        figures.make(large)
        for name, found, told in (
            ("script", script.compare, script.table),
            ("recognition", recognition.compare, recognition.table),
            ("stories", stories.compare, stories.table),
            ("search", search.compare, search.table),
            ("queries", lambda: queries.compare(large), queries.table),
            ("browser", lambda: browser.compare(large), browser.table),
            ("cluster", cluster.compare, cluster.table),
            ("growth", lambda: list(growth.measure(SIZES)), growth.table),
        ):
            written[name] = found()
            print(told(written[name]), flush=True)
            RESULTS.mkdir(exist_ok=True)
            (RESULTS / "latest.json").write_text(json.dumps(written, indent=1, default=str) + "\n", encoding="utf-8")
    if not kills.available():
        print("kills: strace is not installed, so builds were not killed (Debian: apt-get install strace)")
        return 0
    return kills.main()


if __name__ == "__main__":
    sys.exit(main())
