"""Dask beside a pool of processes, with 1 and 2 workers each, on the same generated articles.

    python -m benchmarks.cluster [ARTICLES]     default: 20,000

Each runs the pure stages and the grouping into stories on articles that are in a corpus already, and writes nothing.
Every executor is started once more without work, so that start-up (Python, libraries, names, workers) stands apart.
"""

import sys
import tempfile
from dataclasses import asdict
from itertools import product
from pathlib import Path
from typing import Any

from analytics import sources
from analytics.corpus import Corpus
from analytics.pipeline import Knowledge, executor, run
from analytics.pipeline.executors import Kind, in_order
from analytics.pipeline.stages import Analyse
from analytics.pipeline.wire import Sent, wire
from benchmarks import generate
from benchmarks.measure import Price, priced

ARTICLES = 20_000
BATCH = 1_000  # so that each worker has many
WORKERS = (1, 2)


def once(where: str, kind: Kind, workers: int, *, work: bool) -> None:
    """Start an executor whose workers have all they need; then, where there is to be work, analyse every article."""
    run.BATCH = BATCH
    corpus = Corpus.open(where)
    task = Analyse(corpus.data, Knowledge.load(corpus.data).method)
    first = next(corpus.pending(size=1))
    with executor(kind, workers, task=task) as (pool, size):
        list(in_order(pool, size, Sent(task), [wire(first)] * 4 * size))
        if work:
            rows = sum(part.num_rows for part in run._rows(corpus, task, pool, size, again=True))
            assert rows == corpus.count("articles")


def compare(articles: int = ARTICLES) -> dict[str, Any]:
    """Seconds, CPU seconds and memory of start-up and of the work, for each executor and number of workers."""
    found = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, corpus = folder / "articles.jsonl", folder / "corpus"
        generate.write(path, articles)
        _add(path, corpus)
        for kind, workers in product(("processes", "dask"), WORKERS):
            command = [sys.executable, "-m", "benchmarks.cluster", str(corpus), kind, str(workers)]
            start, every = priced([*command, "start"]), priced([*command, "all"])
            found.append({"executor": kind, "workers": workers, "start": asdict(start), "work": _less(every, start)})
    return {"articles": articles, "batch": BATCH, "runs": found}


def _add(path: Path, corpus: Path) -> None:
    """Keep the articles without analysing them."""
    opened = Corpus.open(corpus, create=True)
    for articles, rejected in run._gather(sources.read([path])):
        opened.add(articles, rejected)


def _less(every: Price, start: Price) -> dict[str, float]:
    """What the work cost without the start; memory is that of both."""
    return {
        "seconds": round(every.seconds - start.seconds, 1),
        "cpu": round(every.cpu - start.cpu, 1),
        "megabytes": every.megabytes,
    }


def table(compared: dict[str, Any]) -> str:
    """The comparison for people. Ratios are to one worker without a pool."""
    lines = [
        f"executors: {compared['articles']:,} articles analysed in batches of {compared['batch']:,}",
        f"  {'':22}{'start-up':>18}{'work':>20}{'ratio':>16}{'memory':>11}",
        f"  {'':22}{'s':>9}{'s CPU':>9}{'s':>11}{'s CPU':>9}{'s':>8}{'CPU':>8}{'MB':>11}",
    ]
    first = compared["runs"][0]["work"]
    for run_ in compared["runs"]:
        start, work = run_["start"], run_["work"]
        ratios = [work[what] / first[what] for what in ("seconds", "cpu")]
        name = f"{run_['executor']}, {run_['workers']} worker{'s' * (run_['workers'] > 1)}"
        lines.append(
            f"  {name:22}{start['seconds']:9.1f}{start['cpu']:9.1f}{work['seconds']:11.1f}{work['cpu']:9.1f}"
            f"{ratios[0]:8.2f}{ratios[1]:8.2f}{work['megabytes']:11,.0f}"
        )
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    """Compare, or be one of those that are compared."""
    match arguments:
        case [corpus, "processes" | "dask" as kind, workers, ("start" | "all") as what]:
            once(corpus, kind, int(workers), work=what == "all")
        case [articles]:
            print(table(compare(int(articles))))
        case _:
            print(table(compare()))


if __name__ == "__main__":
    main(sys.argv[1:])
