"""What was learned of the topics of one language: a frozen classifier, and what it can say for itself.

Naive Bayes over TF-IDF weights: each topic, and each of several backgrounds that are no topic, has a distribution over
stems. An article's likelihood under each is a sparse product; the backgrounds together are "none of these".
"""

import hashlib
import io
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
from scipy.sparse import csr_matrix, diags

from analytics.errors import TopicError
from analytics.whole import write

SOFT = 0.7  # the posterior's temperature: with it, of articles scored .8, eight in ten are right (docs/topics.md)
SECOND = 0.6  # how a second topic's odds against the first are damped: articles may have several
PREFIX = "learned-"  # how the names of such files begin
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Learned:
    """The classifier of one language.

    `likelihood` has a row for each of `topics` and then one for each background, a column for each stem of `numbers`;
    its values are logarithms. `prior` is the logarithm of how many articles each row stands for, on the scale of one
    word. `articles` is how many it was learned from, `source` the digest of the topics it was learned for.
    """

    language: str
    topics: tuple[str, ...]
    numbers: dict[str, int]
    idf: Floats
    likelihood: Floats
    prior: Floats
    articles: int
    source: str

    @cached_property
    def digest(self) -> str:
        """Changes when anything would be scored otherwise."""
        found = hashlib.blake2b(repr((self.language, self.topics, *self.numbers)).encode(), digest_size=8)
        for values in (self.idf, self.likelihood, self.prior):
            found.update(np.ascontiguousarray(values).tobytes())
        return found.hexdigest()

    def weights(self, counts: csr_matrix) -> csr_matrix:
        """TF-IDF rows at length 1."""
        return weights(counts, self.idf)

    def scores(self, weighted: csr_matrix) -> Floats:
        """For each article (row) and topic (column) the probability that the article belongs to it.

        The best topic has one minus that of none; another has as much less as its odds against the best are lower,
        damped, because an article may belong to several.
        """
        if not weighted.shape[0]:
            return np.zeros((0, len(self.topics)))
        posterior = softmax((np.asarray(weighted @ self.likelihood.T) + self.prior) * SOFT)
        named = posterior[:, : len(self.topics)]
        best = np.maximum(named.max(axis=1, keepdims=True), 1e-300)
        found: Floats = named.sum(axis=1, keepdims=True) * (named / best) ** SECOND
        return found

    @cached_property
    def gains(self) -> Floats:
        """What each stem says for each topic against all the rest: a difference of log likelihoods."""
        share = softmax(self.prior[None])[0]
        whole = share @ np.exp(self.likelihood)
        rest = [(whole - share[at] * np.exp(self.likelihood[at])) / (1 - share[at]) for at in range(len(self.topics))]
        found: Floats = SOFT * (self.likelihood[: len(self.topics)] - np.log(np.maximum(np.array(rest), 1e-300)))
        return found

    def save(self, folder: Path) -> None:
        """Keep it in an analyst's `topics` directory. Raises OSError when that cannot be written."""
        folder.mkdir(parents=True, exist_ok=True)
        write(folder / f"{PREFIX}{self.language}.parquet", self._bytes())

    def _bytes(self) -> bytes:
        names = sorted(self.numbers, key=lambda stem: self.numbers[stem])
        said = {"topics": self.topics, "prior": self.prior.tolist(), "articles": self.articles, "source": self.source}
        table = pa.table(
            {
                "stem": pa.array(names, pa.string()),
                "idf": pa.array(self.idf, pa.float32()),
                "likelihood": pa.array(list(self.likelihood.T.astype(np.float32)), pa.list_(pa.float32())),
            }
        ).replace_schema_metadata({"language": self.language, "said": json.dumps(said)})
        out = io.BytesIO()
        pq.write_table(table, out, compression="zstd")
        return out.getvalue()

    @classmethod
    def read(cls, path: Path) -> "Learned":
        """What `save` kept. Raises TopicError when the file is damaged."""
        try:
            table = pq.read_table(path)
            marks = table.schema.metadata
            said: dict[str, Any] = json.loads(marks[b"said"])
            likelihood = np.array(table["likelihood"].to_pylist(), dtype=np.float64).T
            return cls(
                language=marks[b"language"].decode(),
                topics=tuple(said["topics"]),
                numbers={stem: at for at, stem in enumerate(table["stem"].to_pylist())},
                idf=table["idf"].to_numpy().astype(np.float64),
                likelihood=likelihood,
                prior=np.array(said["prior"]),
                articles=said["articles"],
                source=said["source"],
            )
        except (pa.ArrowException, KeyError, ValueError, TypeError) as error:
            raise TopicError(f"{path.name}: damaged ({error}); delete it, and the next analysis learns anew") from error


def weights(counts: csr_matrix, idf: Floats) -> csr_matrix:
    """(1 + log tf) idf, each row at length 1 (Salton and Buckley 1988)."""
    found = counts.astype(np.float64)
    found.data = 1 + np.log(found.data)
    found = found @ diags(idf)
    length = np.sqrt(np.asarray(found.multiply(found).sum(axis=1)).ravel())
    return (diags(1 / np.where(length > 0, length, 1.0)) @ found).tocsr()


def softmax(values: Floats) -> Floats:
    """Each row as shares of one, from logarithms."""
    raised = np.exp(values - values.max(axis=1, keepdims=True))
    found: Floats = raised / raised.sum(axis=1, keepdims=True)
    return found
