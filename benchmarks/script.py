"""Text to analysed corpus, beside the script that everybody writes: pandas, `re`, TfidfVectorizer, KMeans.

Both get the same articles (the sample, repeated with its words turned about, so that nothing is a reprint) in the same
run on the same cores. The script counts names by substring, makes TF-IDF and clusters; it recognises no inflected
form, resolves nobody, keeps nothing and survives nothing. The ratio says what the difference costs.
"""

import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from analytics import gazetteer, sources

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = 4_000
USUAL = """
import json, re, sys
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfVectorizer
names = json.load(open(sys.argv[2]))
frame = pd.read_json(sys.argv[1], lines=True)
pattern = re.compile("|".join(map(re.escape, names)))
frame["mentions"] = [pattern.findall(text) for text in frame["text"]]
rows = TfidfVectorizer(max_features=50_000).fit_transform(frame["text"])
frame["cluster"] = KMeans(20, n_init=1, random_state=0).fit_predict(rows)
frame.drop(columns="text").to_parquet(sys.argv[3])
"""


def articles(folder: Path) -> tuple[Path, Path, int]:
    """Articles as JSON Lines, the names of all countries, and the bytes of text."""
    read = [article for batch in sources.read([ROOT / "data" / "sample"]) for article in batch.articles]
    chance = random.Random(0)
    size = 0
    path, names = folder / "articles.jsonl", folder / "names.json"
    with path.open("w", encoding="utf-8") as out:
        for number in range(ARTICLES):
            article = read[number % len(read)]
            sentences = re.split(r"(?<=[.!?])\s+", article.text)
            chance.shuffle(sentences)
            text = " ".join([*sentences, f"№ {number}"])
            size += len(text.encode())
            day = article.published or read[0].published
            out.write(json.dumps({"id": str(number), "date": str(day), "text": text}, ensure_ascii=False) + "\n")
    known = [name for entity in gazetteer.load().of("country") for name in entity.names.values()]
    names.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
    return path, names, size


def compare() -> dict[str, Any]:
    """Seconds and CPU seconds of both, on the same articles."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, names, size = articles(folder)
        ours = [sys.executable, "-m", "analytics", "build", str(path), "--corpus", str(folder / "corpus")]
        usual = [sys.executable, "-c", USUAL, str(path), str(names), str(folder / "out.parquet")]
        return {
            "articles": ARTICLES,
            "megabytes": round(size / 1e6, 1),
            "usual script": _timed(usual),
            "jarchi build": _timed(ours),
        }


def _timed(command: list[str]) -> dict[str, float]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": round(time.perf_counter() - start, 1), "cpu": round(cpu, 1)}


def table(compared: dict[str, Any]) -> str:
    """The comparison for people."""
    usual, ours = compared["usual script"], compared["jarchi build"]
    lines = [
        f"text to analysed corpus: {compared['articles']:,} articles, {compared['megabytes']} MB",
        f"  the usual script   {usual['seconds']:6.1f} s   {usual['cpu']:6.1f} s CPU",
        f"  jarchi build       {ours['seconds']:6.1f} s   {ours['cpu']:6.1f} s CPU",
        f"  ratio of CPU       {ours['cpu'] / usual['cpu']:6.1f}",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(compare()))
