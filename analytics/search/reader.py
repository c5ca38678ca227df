"""Answering: the tree of a query, asked of the index on disk and of what it does not cover yet."""

import threading
from collections.abc import Iterable
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import tantivy

from analytics.corpus import Corpus
from analytics.errors import QueryError
from analytics.search.forms import forms
from analytics.search.index import DamagedError, Part, current, discard, fill, guarded, part, schema, update
from analytics.search.query import Either, Every, Not, Prefix, Query, Words, parse
from analytics.text.letters import fold, plain

MAX_EXPANSIONS = 5_000  # words that one prefix may stand for
MAX_LOOKED_AT = 50_000  # words of the index compared with one word of a query (~10 ms)

_opened: dict[Path, Part] = {}
_lock = threading.Lock()


def ids(corpus: Corpus, query: str) -> list[str]:
    """The ids of all articles that match, in the order in which they came into the corpus.

    Raises QueryError when the query cannot be understood. Works also where the corpus cannot be written: what the
    index on disk does not cover is then indexed in memory, once for each file.
    """
    tree = parse(query)
    try:
        return _answer(corpus, tree)
    except DamagedError:
        discard(corpus)
        _opened.pop(corpus.path, None)
        return _answer(corpus, tree)


def _answer(corpus: Corpus, tree: Query) -> list[str]:
    with guarded():
        return list(chain.from_iterable(_find(part, tree) for part in _parts(corpus)))


def _parts(corpus: Corpus) -> list[Part]:
    """Indexes that together cover the open version of the corpus."""
    files = {Path(path).name: path for path in corpus.files("articles")}
    with _lock:
        found = _opened.get(corpus.path)
        if found is None or files.keys() - found.covered():
            update(corpus)
            found = current(corpus)
            if found is not None:
                _opened[corpus.path] = found
    covered = found.covered() if found is not None else set()
    rest = [_in_memory(Path(path)) for name, path in files.items() if name not in covered]
    return [found, *rest] if found is not None else rest


@lru_cache(maxsize=64)
def _in_memory(file: Path) -> Part:
    """An index of one file of articles, while a build has not covered it yet (~0.3 s for 2,000 articles)."""
    index = tantivy.Index(schema())
    fill(index, [file])
    return part(index, file.parent)


def _find(part: Part, tree: Query) -> list[str]:
    """The ids of the articles of one index that match."""
    asked = _Asked(part)
    limit = max(part.searcher.num_docs, 1)
    hits = part.searcher.search(
        asked.query(tree), limit=limit, count=False, order_by_field="row", order=tantivy.Order.Asc
    ).hits
    rows = np.array([row for row, _ in hits if row is not None], dtype=np.int64)  # the note has no row
    found: list[str] = part.ids.take(pa.array(rows)).to_pylist()
    return found


class _Asked:
    """A tree in the library's terms."""

    def __init__(self, part: Part) -> None:
        self.part = part

    def query(self, tree: Query) -> Any:
        """The library's query for this tree."""
        match tree:
            case Words(words):
                return self.words(words)
            case Prefix(start):
                return self.prefix(start)
            case Every(parts):
                return tantivy.Query.boolean_query([(tantivy.Occur.Must, self.query(part)) for part in parts])
            case Either(parts):
                return tantivy.Query.boolean_query([(tantivy.Occur.Should, self.query(part)) for part in parts])
            case Not(part):
                rest = [(tantivy.Occur.Must, tantivy.Query.all_query()), (tantivy.Occur.MustNot, self.query(part))]
                return tantivy.Query.boolean_query(rest)

    def words(self, words: tuple[str, ...]) -> Any:
        """Any forms of these words, side by side."""
        field = _field(words)
        found = [forms(word, partial(self.lookup, field), bare=field == "plain") for word in words]
        if not all(found):
            return tantivy.Query.empty_query()
        if len(found) == 1:
            return tantivy.Query.term_set_query(self.part.schema, field, sorted(found[0]))
        # An alternation of words that are in the index: the automaton is as small as they are few.
        patterns: list[str | tuple[int, str]] = ["|".join(sorted(alternatives)) for alternatives in found]
        return tantivy.Query.regex_phrase_query(self.part.schema, field, patterns)

    def prefix(self, start: str) -> Any:
        """Any word that begins so."""
        field = _field([start])
        folded = {plain(fold(start))} if field == "plain" else {fold(start), fold(start, "az")}
        terms = {term for form in folded for term in self.lookup(field, form, MAX_EXPANSIONS + 1)}
        if len(terms) > MAX_EXPANSIONS:
            raise QueryError(f"more than {MAX_EXPANSIONS} words begin with {start}: add a letter before the *")
        return tantivy.Query.term_set_query(self.part.schema, field, sorted(terms))

    def lookup(self, field: str, start: str, limit: int = MAX_LOOKED_AT) -> list[str]:
        """The words of the index that begin so."""
        return [term for term, _ in self.part.searcher.terms_with_prefix(field, start, limit=limit)]


def _field(words: Iterable[str]) -> Literal["plain", "words"]:
    """Words typed without any diacritic are looked for among words without."""
    return "plain" if all(word.isascii() for word in words) else "words"
