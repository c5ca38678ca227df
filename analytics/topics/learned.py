"""What was learned of the topics of one language: a frozen classifier, and what it can say for itself.

Each topic, and each of several backgrounds that are no topic, has a distribution over stems. An article is read as the
mixture of them that explains its TF-IDF weights best; what the backgrounds take is "none of these".
"""

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
from scipy.sparse import csr_matrix, diags

from analytics.taxonomy import learned_files
from analytics.text.vectors import Numbered, column_numbers, columns
from analytics.text.words import Question, Words
from analytics.whole import write

EVEN = 3.0  # to one, and a topic with 1/4 of an article has it at even odds: near calibrated (docs/topics.md)
STEPS = 15  # of expectation maximisation
AT_ONCE = 64  # articles whose words and their shares stay in a processor's own memory meanwhile
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Learned:
    """The classifier of one language.

    `likelihood` has a row for each of `topics` and then one for each background, a column for each stem of `numbers`;
    its values are logarithms. `size` is the share of articles that each row stands for. `articles` is how many it was
    learned from, `source` the digest of the topics it was learned for. `names` are the labels of discovered topics, and
    `families` the place among `topics` of the first of those that each stands with; named ones have theirs in their
    files.
    """

    language: str
    topics: tuple[str, ...]
    numbers: dict[str, int]
    idf: Floats
    likelihood: Floats
    size: Floats
    articles: int
    source: str
    names: Mapping[str, str] = field(default_factory=dict)
    families: tuple[int, ...] = ()

    @cached_property
    def digest(self) -> str:
        """Changes when anything would be scored otherwise."""
        found = hashlib.blake2b(repr((self.language, self.topics, *self.numbers)).encode(), digest_size=8)
        for values in (self.idf, self.likelihood, self.size):
            found.update(np.ascontiguousarray(values).tobytes())
        return found.hexdigest()

    @cached_property
    def _columns(self) -> Question:
        return columns(self.language, self.numbers)

    def numbered(self, words: Words, rows: Sequence[int]) -> Numbered:
        """These articles of a batch, all in the language, by the stems that something was learned of."""
        return Numbered(words, rows, column_numbers(words, self.language, self._columns), len(self.numbers))

    def weights(self, counts: csr_matrix) -> csr_matrix:
        """TF-IDF rows at length 1."""
        return weights(counts, self.idf)

    def scores(self, weighted: csr_matrix) -> Floats:
        """For each article (row) and topic (column) the probability that the article belongs to it.

        An article is read as a mixture of topics and backgrounds (`shares`); one of which a quarter is about a topic
        belongs to it or not at even odds. So an article may have several topics, or none.
        """
        share = self.shares(weighted)[:, : len(self.topics)]
        found: Floats = EVEN * share / (1 + (EVEN - 1) * share)
        return found

    def shares(self, weighted: csr_matrix) -> Floats:
        """What part of each article (row) each topic and background (column) accounts for: the likeliest mixture.

        Expectation maximisation with the words held fixed (the folding-in of Hofmann 1999).
        """
        found = np.zeros((weighted.shape[0], len(self.likelihood)))
        filled = np.flatnonzero(np.diff(weighted.indptr))
        for first in range(0, len(filled), AT_ONCE):
            some = filled[first : first + AT_ONCE]
            found[some] = self._mixtures(weighted[some])
        return found

    def _mixtures(self, weighted: csr_matrix) -> Floats:
        """The same of articles none of which is empty."""
        starts, number = weighted.indptr[:-1], np.diff(weighted.indptr)
        words = self._words.take(weighted.indices, axis=1)  # a column for each word of each article: few long rows
        weight = weighted.data.astype(np.float32)
        share = np.full((len(words), len(starts)), 1 / len(words), dtype=np.float32)
        for _ in range(STEPS):
            part = np.repeat(share, number, axis=1)
            part *= words
            part *= weight / part.sum(axis=0)
            share = np.add.reduceat(part, starts, axis=1)
            share /= share.sum(axis=0)
        return share.T.astype(np.float64)

    @cached_property
    def _words(self) -> npt.NDArray[np.float32]:
        """How likely each kind (row) says each stem (column)."""
        return np.exp(self.likelihood).astype(np.float32)

    @cached_property
    def gains(self) -> Floats:
        """What each stem says for each topic against all the rest: a difference of log likelihoods."""
        words = np.exp(self.likelihood)
        parts = self.size[:, None] * words
        named = range(len(self.topics))
        rest = np.array([(parts.sum(axis=0) - parts[at]) / (1 - self.size[at]) for at in named])
        found: Floats = np.log(words[: len(named)]) - np.log(np.maximum(rest, words.min()))
        return found

    @property
    def file(self) -> str:
        """The name of its file: `learned-az.parquet`, or `discovered-az.parquet`."""
        return f"{learned_files.DISCOVERED if self.names else learned_files.LEARNED}-{self.language}.parquet"

    def save(self, folder: Path) -> None:
        """Keep it in an analyst's `topics` directory. Raises OSError when that cannot be written."""
        folder.mkdir(parents=True, exist_ok=True)
        write(folder / self.file, self._bytes())

    def _bytes(self) -> bytes:
        names = sorted(self.numbers, key=lambda stem: self.numbers[stem])
        said = {"topics": self.topics, "size": self.size.tolist(), "articles": self.articles, "source": self.source}
        said |= {"names": dict(self.names), "families": self.families}
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
        with learned_files.undamaged(path):
            table = pq.read_table(path)
            language, said = learned_files.metadata(table.schema)
            values = table["likelihood"].combine_chunks().flatten().to_numpy(zero_copy_only=False)
            likelihood = values.reshape(table.num_rows, len(said["size"])).T.astype(np.float64)
            return cls(
                language=language,
                topics=tuple(said["topics"]),
                numbers={stem: at for at, stem in enumerate(table["stem"].to_pylist())},
                idf=table["idf"].to_numpy().astype(np.float64),
                likelihood=likelihood,
                size=np.array(said["size"]),
                articles=said["articles"],
                source=said["source"],
                names=said["names"],
                families=tuple(said.get("families", ())),
            )


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
