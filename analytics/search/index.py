"""The index on disk: articles as folded words, and a note of what it covers, changed together in one commit.

search/current        the name of the generation in use
search/<generation>/  one index; a damaged or outdated one is replaced by a new generation, never mended
"""

import json
import secrets
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import tantivy

from analytics.corpus import Corpus
from analytics.errors import CorpusError
from analytics.text.letters import DOTLESS, fold_all, plain
from analytics.text.tokens import Encoded, encode
from analytics.whole import write

FORMAT = "1"  # of the fields below and of folding; raised when an old index would answer wrongly
HEAP = 64_000_000  # bytes of memory for a writer; more makes larger segments, not a better index
COMMIT = 50_000  # articles between two commits of a long build: what a kill costs
BATCH = 2_000
ABANDONED = 3_600  # seconds


class DamagedError(CorpusError):
    """The index cannot be used. It is derived: the answer is to make it again."""


@contextmanager
def guarded() -> Iterator[None]:
    """Turns what the library does with damaged files, a panic among others, into DamagedError."""
    try:
        yield
    except (OSError, ValueError, CorpusError) as error:
        raise DamagedError(str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the library's; its class cannot be imported
            raise
        raise DamagedError(str(error)) from error


Covers = tuple[tuple[str, int], ...]
"""The Parquet files an index covers, by name, with their numbers of rows, in order. Article number n of the index is
row n of these files one after the other."""


def schema() -> tantivy.Schema:
    """`words` and `plain` are an article's words with and without diacritics, `row` its number, `note` is not one."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("plain", tokenizer_name="whitespace", index_option="position")
    builder.add_integer_field("row", fast=True)
    builder.add_text_field("note", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("covers", stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


@dataclass(frozen=True, slots=True)
class Part:
    """An index as it was when it was opened, and the ids of its articles by number."""

    searcher: Any
    schema: Any
    covers: Covers
    ids: pa.Array

    def covered(self) -> set[str]:
        """The names of the files whose articles it finds."""
        return {name for name, _ in self.covers}


def current(corpus: Corpus) -> Part | None:
    """The index on disk, or None when there is none that can be used: it will be made again."""
    try:
        with guarded():
            return part(_generation(corpus), corpus.path / "articles")
    except DamagedError:
        return None


def discard(corpus: Corpus) -> None:
    """Forget an index that turned out to be damaged."""
    with suppress(OSError):
        (corpus.path / "search" / "current").unlink(missing_ok=True)


def part(index: Any, articles: Path) -> Part:
    """An opened index with the ids of its articles. Raises CorpusError when a file it covers is gone."""
    index.reload()
    searcher = index.searcher()
    covers = _covers(searcher, index.schema)
    try:
        columns = [pq.read_table(articles / name, columns=["id"])["id"] for name, _ in covers]
    except (OSError, pa.ArrowException) as error:
        raise CorpusError(f"{articles}: the search index covers a file that cannot be read ({error})") from error
    return Part(
        searcher, index.schema, covers, pa.chunked_array([c for ids in columns for c in ids.chunks], pa.string())
    )


def _covers(searcher: Any, fields: Any) -> Covers:
    noted = searcher.search(tantivy.Query.term_query(fields, "note", "covers"), limit=1).hits
    if not noted:
        return ()
    return tuple((name, rows) for name, rows in json.loads(searcher.doc(noted[0][1])["covers"][0]))


def update(corpus: Corpus) -> bool:
    """Bring the index on disk up to the open version of the corpus; make it where there is none.

    Returns False, and changes nothing, when another process is writing it or the directory cannot be written.
    """
    files = {Path(path).name: Path(path) for path in corpus.files("articles")}
    there = current(corpus)
    try:
        if there is None or not there.covered() <= files.keys():
            _make(corpus.path / "search", list(files.values()))
            return True
        return there.covered() == files.keys() or fill(_generation(corpus), list(files.values()))
    except OSError:
        return False


def _generation(corpus: Corpus) -> Any:
    """The index in use. Raises OSError or ValueError when there is none, or it is damaged."""
    folder = corpus.path / "search"
    name = (folder / "current").read_text(encoding="utf-8").strip()
    if name.partition("-")[0] != FORMAT:
        raise ValueError(f"{folder}: an index of another format")
    return tantivy.Index.open(str(folder / name))


def _make(folder: Path, files: Sequence[Path]) -> None:
    """A new generation, put in place when it is complete. The one before is cleared away."""
    folder.mkdir(parents=True, exist_ok=True)
    old = [path for path in folder.iterdir() if path.is_dir() and _abandoned(path)]
    generation = folder / f"{FORMAT}-{secrets.token_hex(4)}"
    generation.mkdir()
    fill(tantivy.Index(schema(), str(generation)), files)
    write(folder / "current", generation.name.encode())
    for path in old:
        shutil.rmtree(path, ignore_errors=True)  # a reader may still hold its files; what stays goes next time


def _abandoned(generation: Path) -> bool:
    """Whether nobody has written there for so long that no process can still be making it."""
    return time.time() - max(path.stat().st_mtime for path in (generation, *generation.iterdir())) > ABANDONED


def fill(index: Any, files: Sequence[Path]) -> bool:
    """Add the articles of those files that the index does not cover. False when another process is writing it."""
    try:
        writer = index.writer(HEAP, num_threads=1)
    except ValueError as error:
        if "lock" in str(error).lower():
            return False
        raise
    index.reload()  # with the lock in hand: what others have covered since
    covers = list(_covers(index.searcher(), index.schema))
    waiting = 0
    for path in files:
        if path.name in {name for name, _ in covers}:
            continue
        rows = _add(writer, path, sum(rows for _, rows in covers))
        covers.append((path.name, rows))
        waiting += rows
        if waiting >= COMMIT:
            _commit(writer, covers)
            waiting = 0
    _commit(writer, covers)
    writer.wait_merging_threads()
    return True


def _commit(writer: Any, covers: list[tuple[str, int]]) -> None:
    writer.delete_documents_by_term("note", "covers")
    writer.add_document(tantivy.Document(note="covers", covers=json.dumps(covers)))
    writer.commit()


def _add(writer: Any, path: Path, first: int) -> int:
    """Add the articles of one file, numbered from `first`; returns how many there were."""
    row = first
    for batch in pq.ParquetFile(path).iter_batches(BATCH, columns=["language", "title", "text"]):
        for words in _folded(pa.Table.from_batches([batch])):
            writer.add_document(tantivy.Document(words=words, plain=[plain(part) for part in words], row=row))
            row += 1
    return row - first


def _folded(articles: pa.Table) -> Iterator[list[str]]:
    """Title and text of each article as folded words with spaces between, in the order of the table."""
    dotless = [language in DOTLESS for language in articles["language"].to_pylist()]
    encoded = [encode(articles["title"]), encode(articles["text"])]
    folded = {
        rule: [np.array(fold_all(part.types, "az" if rule else ""), dtype=object) for part in encoded]
        for rule in set(dotless)
    }
    for article, rule in enumerate(dotless):
        yield [_text(part, types, article) for part, types in zip(encoded, folded[rule], strict=True)]


def _text(encoded: Encoded, types: np.typing.NDArray[np.object_], article: int) -> str:
    return " ".join(types[encoded.ids[encoded.tokens(article)]])
