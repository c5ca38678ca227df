"""`make bench`: every benchmark in one run, printed as tables and written to `benchmarks/results/`."""

import json
import platform
import sys
from importlib.metadata import version
from pathlib import Path

from benchmarks import kills, recognition, script, stories

RESULTS = Path(__file__).resolve().parent / "results"
LIBRARIES = ("duckdb", "deltalake", "numpy", "pandas", "pyarrow", "scikit-learn", "streamlit")


def main() -> int:
    """Run, print, write."""
    compared = script.compare()
    print(script.table(compared))
    found = recognition.compare()
    print(recognition.table(found))
    grouped = stories.compare()
    print(stories.table(grouped))
    RESULTS.mkdir(exist_ok=True)
    machine = {"python": platform.python_version(), "system": platform.platform()}
    machine |= {name: version(name) for name in LIBRARIES}
    written = {"machine": machine, "script": compared, "recognition": found, "stories": grouped}
    (RESULTS / "latest.json").write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    if not kills.available():
        print("kills: strace is not installed, so builds were not killed (Debian: apt-get install strace)")
        return 0
    return kills.main()


if __name__ == "__main__":
    sys.exit(main())
