"""Why an article is taken for a topic: the terms that say so with their weights, and the sentence that says most."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from analytics.text.letters import fold
from analytics.text.sentences import sentences
from analytics.text.vectors import Numbered
from analytics.text.words import Column

TERMS = 8  # that are kept
SHOUTED = 6  # letters from which a word in capitals is a heading's, not an abbreviation
LINE = 1 << 32  # characters that no text has
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def shown(surface: str) -> str:
    """A term as it is listed: a heading's capitals say nothing."""
    return fold(surface) if surface.isupper() and len(surface) > SHOUTED else surface


@dataclass(frozen=True)
class Said:
    """What the words of articles say for the topics they have; number k stands for one article with one topic.

    `row[k]` is the article as a row of `weighted` and of `numbered`; `topic[k]` is the topic as a row of `gains`, where
    each stem (column) has what it says for it.
    """

    weighted: csr_matrix
    numbered: Numbered
    row: Ints
    gains: Floats
    topic: Ints

    def evidence(self, text: Column, title: Column) -> list[dict[str, Any]]:
        """The terms and the telling sentence of each, as `model.TOPICS` has them."""
        owner, entry = _spread(self.weighted.indptr[self.row], self.weighted.indptr[self.row + 1])
        stem = self.weighted.indices[entry].astype(np.int64)
        says = self.weighted.data[entry] * self.gains[self.topic[owner], stem]
        found = [{"evidence": [], "sentence": sentence} for sentence in self._telling(text)]
        order = np.lexsort((stem, -says, owner))
        order = order[says[order] > 0]
        rank = np.arange(len(order)) - np.searchsorted(owner[order], owner[order])
        order = order[rank < TERMS]
        surfaces = self._surfaces(self.row[owner[order]], stem[order], (text, title))
        for at, surface, weight in zip(owner[order].tolist(), surfaces, says[order].tolist(), strict=True):
            found[at]["evidence"].append({"term": shown(surface), "weight": weight})
        return found

    def _surfaces(self, row: Ints, stem: Ints, columns: Sequence[Column]) -> list[str]:
        """The form in which each stem first stands in its article, in the first of these columns that has it."""
        found = [""] * len(row)
        wanted = row * self.numbered.size + stem
        for column in reversed(columns):
            key, token = self.numbered.firsts(column)
            place = np.minimum(np.searchsorted(key, wanted), max(0, len(key) - 1))
            here = np.flatnonzero(key[place] == wanted) if len(key) else np.zeros(0, np.int64)
            at = token[place[here]]
            told = (here, row[here], column.encoded.starts[at], column.encoded.ends[at])
            for number, mine, begin, end in zip(*(each.tolist() for each in told), strict=True):
                found[number] = column.texts[self.numbered.rows[mine]][begin:end]
        return found

    def _telling(self, text: Column) -> list[str]:
        """For each the sentence whose words together say most; none where nothing speaks for the topic."""
        articles = np.array(self.numbered.rows, np.int64)[self.row]
        spans = {article: sentences(text.texts[article]) for article in set(articles.tolist())}
        owner, token = _spread(text.encoded.bounds[articles], text.encoded.bounds[articles + 1])
        key = np.repeat(np.arange(len(self.numbered.rows)), np.diff(self.weighted.indptr)) * self.numbered.size
        key += self.weighted.indices
        stem = self.numbered.number[text.encoded.ids[token]]
        known = stem >= 0
        owner, token, stem = owner[known], token[known], stem[known]
        entry = np.searchsorted(key, self.row[owner] * self.numbered.size + stem)
        says = self.weighted.data[entry] * self.gains[self.topic[owner], stem]
        sizes = np.array([len(spans[article]) for article in articles.tolist()], np.int64)
        first = np.concatenate(([0], np.cumsum(sizes)))
        # Sentences of all articles one after the other, each at its article's own stretch of one line.
        line = np.repeat(np.arange(len(articles)) * LINE, sizes)
        line += np.array([begin for article in articles.tolist() for begin, _ in spans[article]], np.int64)
        inside = np.searchsorted(line, owner * LINE + text.encoded.starts[token], side="right") - 1
        whole = np.bincount(np.maximum(inside, first[owner]), says, len(line))
        return [
            _best(text.texts[article], spans[article], whole[first[at] : first[at + 1]])
            for at, article in enumerate(articles.tolist())
        ]


def _best(text: str, spans: list[tuple[int, int]], says: npt.NDArray[Any]) -> str:
    """The sentence that says most, if any says something."""
    best = int(np.argmax(says)) if len(says) else 0
    return text[slice(*spans[best])] if len(says) and says[best] > 0 else ""


def _spread(first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """For stretches from `first` to before `last`: all the numbers in them, and the stretch of each."""
    sizes = (last - first).astype(np.int64)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    return owner, np.arange(len(owner)) + np.repeat(first - (np.cumsum(sizes) - sizes), sizes)
