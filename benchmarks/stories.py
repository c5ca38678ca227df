"""Stories against scikit-learn on labelled collections: BCubed F1, seconds, memory, in one run on the same articles.

    python -m benchmarks.stories [FOLDER]

FOLDER holds JSON Lines with id, date, title, text and the true story of each article (default: the collections beside
the project). KMeans is told the true number of stories; the average-linkage threshold and HDBSCAN's settings are the
best single ones over these very collections, so the peers are shown at better than they would do elsewhere. None of
them uses time. Ours has one set of parameters. Every method runs in a process of its own, reading not counted.
"""

import datetime as dt
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from sklearn.cluster import HDBSCAN, AgglomerativeClustering, KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from analytics import gazetteer, mentions, sources
from analytics.model import Article
from analytics.stories import Stream, features
from analytics.text.words import Words
from benchmarks.measure import peak

ROOT = Path(__file__).resolve().parent.parent
COLLECTIONS = ROOT.parent / "shared" / "eval" / "stories"
COLUMNS = ("id", "published", "precision", "language", "title", "text")
DISTANCE = 0.82  # of average linkage, the best of .70 to .90 on the mean of the four collections
METHODS = ("jarchi", "kmeans", "agglomerative", "hdbscan")


def bcubed(truth: Sequence[Any], found: Sequence[Any]) -> tuple[float, float, float]:
    """Precision, recall and F1 over articles (Bagga and Baldwin 1998)."""
    both, true, mine = Counter(zip(truth, found, strict=True)), Counter(truth), Counter(found)
    precision = sum(n * n / mine[m] for (_, m), n in both.items()) / len(truth)
    recall = sum(n * n / true[t] for (t, _), n in both.items()) / len(truth)
    return precision, recall, 2 * precision * recall / (precision + recall)


def read(path: Path) -> tuple[list[Article], list[str]]:
    """The articles by date and id, read without their labels, and the story of each."""
    gold = {row["id"]: row["story"] for row in map(json.loads, path.open(encoding="utf-8")) if row.get("story")}
    with tempfile.TemporaryDirectory() as folder:
        stripped = Path(folder) / "articles.jsonl"
        with stripped.open("w", encoding="utf-8") as out:
            for row in map(json.loads, path.open(encoding="utf-8")):
                out.write(json.dumps({k: row[k] for k in ("id", "date", "title", "text") if row.get(k)}) + "\n")
        articles = [a for batch in sources.read([stripped]) for a in batch.articles if a.id in gold]
    articles.sort(key=lambda a: (a.published or dt.date.max, a.id))
    return articles, [gold[a.id] for a in articles]


def jarchi(articles: list[Article], _: int) -> Callable[[], Sequence[Any]]:
    """Ours; who is mentioned has been found before, as in a build."""
    table = pa.Table.from_pylist([{name: getattr(a, name) for name in COLUMNS} for a in articles])
    words = Words.of(table)
    found = mentions.find(table, words, gazetteer.load())
    return lambda: Stream().add(features(table, words, found))


def _weights(articles: list[Article]) -> Any:
    return TfidfVectorizer(sublinear_tf=True, min_df=2).fit_transform(f"{a.title}\n{a.text}" for a in articles)


def kmeans(articles: list[Article], stories: int) -> Callable[[], Sequence[Any]]:
    """KMeans on TF-IDF, told the true number."""
    return lambda: KMeans(stories, n_init=1, random_state=0).fit_predict(_weights(articles)).tolist()


def agglomerative(articles: list[Article], _: int) -> Callable[[], Sequence[Any]]:
    """Average linkage on the cosine of TF-IDF."""
    model = AgglomerativeClustering(None, metric="cosine", linkage="average", distance_threshold=DISTANCE)

    def run() -> Sequence[Any]:
        dense = _weights(articles).toarray()
        dense[~dense.any(axis=1)] = 1e-9  # a headline without a word in common with any other
        return model.fit_predict(dense).tolist()

    return run


def hdbscan(articles: list[Article], _: int) -> Callable[[], Sequence[Any]]:
    """HDBSCAN on 100 dimensions of TF-IDF; what it calls noise is a story of its own."""

    def run() -> Sequence[Any]:
        reduced = normalize(TruncatedSVD(100, random_state=0).fit_transform(_weights(articles)))
        labels = HDBSCAN(min_cluster_size=5, min_samples=3, copy=True).fit_predict(reduced)
        return np.where(labels < 0, -1 - np.arange(len(labels)), labels).tolist()

    return run


def one(method: str, path: Path) -> dict[str, Any]:
    """Quality, seconds and megabytes of one method on one collection."""
    articles, truth = read(path)
    run = {"jarchi": jarchi, "kmeans": kmeans, "agglomerative": agglomerative, "hdbscan": hdbscan}[method](
        articles, len(set(truth))
    )
    memory = peak()
    start = time.perf_counter()
    found = run()
    seconds = time.perf_counter() - start
    more = (peak() - memory) / 1e6
    precision, recall, f1 = (round(x, 4) for x in bcubed(truth, found))
    figures = {"precision": precision, "recall": recall, "f1": f1, "seconds": round(seconds, 2), "mb": round(more)}
    return {"articles": len(truth), "stories": len(set(truth)), "found": len(set(found))} | figures


def compare(folder: Path = COLLECTIONS) -> dict[str, dict[str, Any]]:
    """The figures of every method on every collection of the folder; empty where there are none."""
    results: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for method in METHODS:
            command = [sys.executable, "-m", "benchmarks.stories", "--one", method, str(path)]
            said = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True).stdout
            results.setdefault(path.stem, {})[method] = json.loads(said)
    return results


def table(results: dict[str, dict[str, Any]]) -> str:
    """The comparison for people."""
    if not results:
        return f"stories: skipped, there are no labelled collections in {COLLECTIONS}"
    lines = ["stories: BCubed F1 (precision / recall), stories found, seconds, megabytes beyond the articles"]
    for name, methods in results.items():
        first = next(iter(methods.values()))
        lines.append(f"  {name}: {first['articles']:,} articles, {first['stories']} stories")
        for method, r in methods.items():
            quality = f"{r['f1']:.3f} ({r['precision']:.3f} / {r['recall']:.3f})"
            lines.append(f"    {method:14} {quality}  {r['found']:5} found  {r['seconds']:6.2f} s  {r['mb']:5} MB")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Run, print."""
    if arguments[:1] == ["--one"]:
        print(json.dumps(one(arguments[1], Path(arguments[2]))))
    else:
        print(table(compare(*map(Path, arguments))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
