"""Text to analysed corpus, beside what everybody writes: pandas, `re`, TF-IDF, and KMeans or SVD with HDBSCAN.

    python -m benchmarks.script [ARTICLES] [--first]

All get the same generated articles (`benchmarks.generate`) in the same run on the same cores, each in processes of its
own. The scripts count the names of states by substring, make TF-IDF and clusters; they recognise no inflected form,
resolve nobody, find no stories, keep nothing and survive nothing. The second is BERTopic's pipeline with TF-IDF in
place of embeddings; over 100,000 articles HDBSCAN takes minutes: `--first` leaves it out.
"""

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from analytics import gazetteer
from benchmarks import generate
from benchmarks.measure import priced

ARTICLES = 20_000
READ = """
import json, re, sys
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
names = json.load(open(sys.argv[2]))
frame = pd.read_json(sys.argv[1], lines=True)
pattern = re.compile("|".join(map(re.escape, names)))
frame["mentions"] = [pattern.findall(text) for text in frame["text"]]
rows = TfidfVectorizer(max_features=50_000).fit_transform(frame["text"])
"""
USUAL = """
from sklearn.cluster import KMeans
frame["cluster"] = KMeans(20, n_init=1, random_state=0).fit_predict(rows)
"""
DENSE = """
from sklearn.cluster import HDBSCAN
from sklearn.decomposition import TruncatedSVD
points = TruncatedSVD(50, random_state=0).fit_transform(rows)
frame["cluster"] = HDBSCAN(min_cluster_size=15, n_jobs=2, copy=True).fit_predict(points)
"""
KEPT = """
frame.drop(columns="text").to_parquet(sys.argv[3])
"""


def compare(number: int = ARTICLES, *, first: bool = False) -> dict[str, Any]:
    """The price of each, on the same articles; with `first` without the second script."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, names, out = folder / "articles.jsonl", folder / "names.json", folder / "out.parquet"
        size = generate.write(path, number)
        known = [name for entity in gazetteer.load().of("country") for name in entity.names.values()]
        names.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
        commands = {
            "pandas, re, TF-IDF, KMeans": [sys.executable, "-c", READ + USUAL + KEPT, str(path), str(names), str(out)],
            "the same with SVD, HDBSCAN": [sys.executable, "-c", READ + DENSE + KEPT, str(path), str(names), str(out)],
            "jarchi build": [sys.executable, "-m", "analytics", "build", str(path), "--corpus", str(folder / "corpus")],
        }
        if first:
            del commands["the same with SVD, HDBSCAN"]
        prices = {title: asdict(priced(command)) for title, command in commands.items()}
    return {"articles": number, "megabytes": round(size / 1e6, 1), "prices": prices}


def table(compared: dict[str, Any]) -> str:
    """The comparison for people."""
    usual = next(iter(compared["prices"].values()))["seconds"]
    lines = [f"text to analysed corpus: {compared['articles']:,} articles, {compared['megabytes']} MB of text"]
    lines += [
        f"  {title:28s} {price['seconds']:7.1f} s {price['cpu']:7.1f} s CPU {price['megabytes']:6,.0f} MB memory"
        f" {compared['megabytes'] / price['seconds']:6.2f} MB/s   x {usual / price['seconds']:.2f}"
        for title, price in compared["prices"].items()
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.script", description="A build beside usual scripts.")
    parser.add_argument("articles", type=int, nargs="?", default=ARTICLES)
    parser.add_argument("--first", action="store_true", help="without the second script")
    options = parser.parse_args()
    print(table(compare(options.articles, first=options.first)))
