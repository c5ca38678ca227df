"""What a build costs as the corpus grows, and a day added to it.

    python -m benchmarks.growth 10000 100000 [--input articles.jsonl] [--keep DIR]

Articles are generated, or taken from the beginning of a file that `benchmarks.generate` wrote.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks import generate
from benchmarks.measure import priced

DAY = 5_000  # articles of the day that is added
LATER = 4_000  # the day of the generated calendar on which it comes: after all others


def measure(sizes: Sequence[int], given: Path | None = None, keep: Path | None = None) -> Iterator[dict[str, Any]]:
    """A row for each size: the build of so many articles, and of a day more."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        day = folder / "day.jsonl"
        generate.write(day, DAY, seed=1, a_day=2 * DAY, start=LATER)
        for size in sizes:
            path, corpus = folder / "articles.jsonl", (keep or folder) / f"corpus-{size}"
            _first(size, path, given)
            row: dict[str, Any] = {"articles": size, "megabytes": round(path.stat().st_size / 1e6, 1)}
            row["build"] = asdict(priced(_build(path, corpus)))
            path.unlink()
            row["day"] = asdict(priced(_build(day, corpus)))
            row["day again"] = asdict(priced(_build(day, corpus)))
            row["bytes"] = sum(file.stat().st_size for file in corpus.rglob("*") if file.is_file())
            yield row


def _first(size: int, path: Path, given: Path | None) -> None:
    if given is None:
        generate.write(path, size)
        return
    with given.open("rb") as source, path.open("wb") as out:
        out.writelines(islice(source, size))


def _build(path: Path, corpus: Path) -> list[str]:
    return [sys.executable, "-m", "analytics", "build", str(path), "--corpus", str(corpus)]


def table(found: list[dict[str, Any]]) -> str:
    """The figures for people."""
    lines = []
    for row in found:
        build, day, again = row["build"], row["day"], row["day again"]
        rate = row["megabytes"] / build["seconds"]
        lines += [
            f"{row['articles']:>9,} articles, {row['megabytes']:7.1f} MB, {row['bytes'] / 1e6:,.0f} MB on disk",
            f"   build          {_said(build)}, {rate:.2f} MB/s",
            f"   {DAY:,} more     {_said(day)}",
            f"   the same again {_said(again)}",
        ]
    return "\n".join(lines)


def _said(price: dict[str, float]) -> str:
    return f"{price['seconds']:7.1f} s, {price['cpu']:7.1f} s CPU, {price['megabytes']:6,.0f} MB memory"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description="What a build costs as it grows.")
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--input", type=Path, help="a file of benchmarks.generate")
    parser.add_argument("--keep", type=Path, help="where to leave the corpora")
    options = parser.parse_args()
    for found in measure(options.sizes, options.input, options.keep):
        print(table([found]), flush=True)
