"""Topics from a few seeds, on labelled collections: accuracy, none-of-these, several at once, beside usual methods.

    python -m benchmarks.topics FOLDER

FOLDER has collections of articles with one label each (`*.jsonl`: id, lang, title, text, topic) and `seeds.json`
(collection -> topic -> seed words). Labels are for counting alone.
"""

import itertools
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
from scipy.sparse import csr_matrix
from sklearn.cluster import KMeans
from sklearn.decomposition import NMF, TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.preprocessing import normalize

from analytics import topics
from analytics.text.words import Words

Verdicts = np.ndarray  # the number of a topic for each article, one past the last for none


class Collection:
    """Labelled articles with the seeds of their topics."""

    def __init__(self, path: Path, seeds: dict[str, list[str]]) -> None:
        rows = sorted((json.loads(line) for line in path.open(encoding="utf-8")), key=lambda row: row["id"])
        self.name, self.language, self.seeds = path.stem, rows[0]["lang"], seeds
        self.texts = [f"{row['title']}\n{row['text']}" for row in rows]
        self.labels = [row["topic"] for row in rows]
        self.articles = pa.Table.from_pylist(
            [{"id": r["id"], "language": r["lang"], "title": r["title"], "text": r["text"]} for r in rows]
        )

    def truth(self, named: Sequence[str]) -> Verdicts:
        """The right answers when these topics are named."""
        return np.array([named.index(label) if label in named else len(named) for label in self.labels])


def ours(given: Collection, named: Sequence[str]) -> Verdicts:
    """Jarchi, as a build does it: learned from the articles without their labels."""
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder) / "topics"
        room.mkdir()
        for topic in named:
            seeds = json.dumps(given.seeds[topic], ensure_ascii=False)
            (room / f"{topic}.toml").write_text(f"seeds.{given.language} = {seeds}\n", encoding="utf-8")
        (room / "_index.toml").write_text(f"[topics]\nonly = {json.dumps(list(named))}\n", encoding="utf-8")
        learned = topics.study(topics.load(Path(folder)), given.articles, given.language)
    if learned is None:
        return np.full(len(given.texts), len(named))
    rows = learned.numbered(Words.of(given.articles), range(len(given.texts)))
    scores = learned.scores(learned.weights(rows.counts()))
    order = [learned.topics.index(topic) for topic in named]
    return np.where(scores.max(axis=1) >= 0.5, scores[:, order].argmax(axis=1), len(named))


def _vectors(given: Collection) -> csr_matrix:
    """TF-IDF rows as scikit-learn makes them."""
    return TfidfVectorizer(min_df=2, sublinear_tf=True).fit_transform(given.texts)


def _hits(given: Collection, named: Sequence[str]) -> np.ndarray:
    """How many words of each article begin with a seed of each topic."""
    words = [text.lower().split() for text in given.texts]
    return np.array([[sum(w.startswith(tuple(given.seeds[t])) for w in text) for t in named] for text in words], float)


def seeds_alone(given: Collection, named: Sequence[str]) -> Verdicts:
    """The topic with most seed words; none where there is none."""
    hits = _hits(given, named)
    return np.where(hits.max(axis=1) > 0, hits.argmax(axis=1), len(named))


def self_training(given: Collection, named: Sequence[str]) -> Verdicts:
    """Logistic regression on the articles with seeds of one topic, and three times on its own sure answers."""
    rows = _vectors(given)
    hits = _hits(given, named)
    sure, label = (hits > 0).sum(axis=1) == 1, hits.argmax(axis=1)
    for _ in range(4):
        model = LogisticRegression(C=10, max_iter=300).fit(rows[sure], label[sure])
        chance = model.predict_proba(rows)
        sure, label = chance.max(axis=1) > 0.8, model.classes_[chance.argmax(axis=1)]
    return label


def seeded_nmf(given: Collection, named: Sequence[str]) -> Verdicts:
    """Non-negative factors begun at the articles with seeds."""
    rows = _vectors(given)
    hits = _hits(given, named)
    start = normalize(np.asarray((rows.T @ normalize(hits, "l1", axis=0)).T), "l1") + 1e-6
    model = NMF(len(named), init="custom", max_iter=200)
    weights = model.fit_transform(rows, W=normalize(hits + 0.01, "l1"), H=start)
    return weights.argmax(axis=1)


def clusters(given: Collection, named: Sequence[str]) -> Verdicts:
    """TF-IDF, SVD and k-means told the true number; each cluster is the topic most of whose seeds it has."""
    rows = _vectors(given)
    space = normalize(TruncatedSVD(100, random_state=0).fit_transform(rows))
    found = KMeans(len(set(given.labels)), n_init=10, random_state=0).fit_predict(space)
    hits = normalize(_hits(given, named), "l1", axis=0)
    owner = [hits[found == cluster].sum(axis=0).argmax() for cluster in range(found.max() + 1)]
    return np.array(owner)[found]


PEERS: dict[str, Callable[[Collection, Sequence[str]], Verdicts]] = {
    "Jarchi": ours,
    "self-training, logistic regression": self_training,
    "seeded NMF": seeded_nmf,
    "SVD + k-means, told the number": clusters,
    "seeds alone": seeds_alone,
}


def main(folder: Path) -> None:
    """Print accuracy with all topics named, and macro-F1 (none is a class) with some of them."""
    seeds = json.loads((folder / "seeds.json").read_text(encoding="utf-8"))
    for given in (Collection(folder / f"{name}.jsonl", words) for name, words in sorted(seeds.items())):
        every = sorted(given.seeds)
        print(f"\n{given.name}: {len(given.texts)} articles, {len(every)} topics")
        for name, method in PEERS.items():
            begin = time.process_time()
            right = float((method(given, every) == given.truth(every)).mean())
            print(f"  all named: accuracy {right:.3f}  {time.process_time() - begin:5.1f} s CPU  {name}", flush=True)
        for number in (2, 3):
            sets = list(itertools.combinations(every, number))
            for name in ("Jarchi", "self-training, logistic regression", "seeds alone"):
                scores = [f1_score(given.truth(s), PEERS[name](given, s), average="macro") for s in sets]
                met = sum(score >= 0.93 for score in scores)
                print(
                    f"  {number} of {len(every)} named ({len(sets)} sets): macro-F1 {np.mean(scores):.3f}, "
                    f"lowest {min(scores):.3f}, .93 met by {met}  {name}",
                    flush=True,
                )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("which folder of labelled collections? python -m benchmarks.topics FOLDER")
    main(Path(sys.argv[1]))
