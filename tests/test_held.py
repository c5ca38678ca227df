"""The index of identities: whatever happens to it, a corpus answers as if it read its tables each time."""

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from corpora import LONG, add, article
from deltalake import DeltaTable
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import sources
from analytics.corpus import Added, Corpus, compact
from analytics.corpus import runs as module
from analytics.corpus.held import Held
from analytics.corpus.identity import ENOUGH_WORDS, content, contents, folded_words
from analytics.corpus.runs import ABANDONED, LIST, Index
from analytics.corpus.store import INDEX
from analytics.model import ARTICLES
from analytics.text.letters import fold

REJECTED = {"origin": "a.csv", "record": "3", "reason": "no text", "sample": ""}
PAYLOAD = pa.schema([("value", pa.string())])


def rows(corpus: Corpus) -> list[dict[str, Any]]:
    """All articles, in order of id."""
    return sorted(corpus.table("articles").to_pylist(), key=lambda row: row["id"])


def folder(corpus: Corpus) -> Path:
    """Where the index of the articles lies."""
    return corpus.path / INDEX / "articles"


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


DAMAGE: dict[str, Callable[[Path], None]] = {
    "gone": shutil.rmtree,
    "list gone": lambda path: (path / LIST).unlink(),
    "list garbage": lambda path: (path / LIST).write_bytes(b"\0\1"),
    "list of another kind": lambda path: (path / LIST).write_bytes(b"[]"),
    "list of another format": lambda path: (path / LIST).write_bytes(b'{"format":999,"runs":[],"covers":[]}'),
    "run gone": lambda path: next(path.glob("*.arrow")).unlink(),
    "run cut": lambda path: cut(next(path.glob("*.arrow"))),
    "run changed by a bit": lambda path: flip(next(path.glob("*.arrow"))),
    "run empty": lambda path: next(path.glob("*.arrow")).write_bytes(b""),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_changes_no_answer(tmp_path: Path, damage: str) -> None:
    """What is missing, cut, garbage or changed by one bit is made again from the table."""
    corpus = Corpus.open(tmp_path / "c", create=True)
    records = [article(str(n), f"{LONG} nömrə {n}") for n in range(9)]
    add(corpus, *records, rejected=(REJECTED,))
    before = corpus.version
    for part in ("articles", "rejected"):
        DAMAGE[damage](corpus.path / INDEX / part)
    again = Corpus.open(corpus.path)
    assert add(again, *records, rejected=(REJECTED,)) == Added(known=9, rejected=1)
    assert Corpus.open(corpus.path).version == before
    assert add(again, article("copy", records[4]["text"], url="https://b.example/")) == Added(reprints=1)
    assert [row["duplicate_of"] for row in rows(again) if row["id"] == "copy"] == ["4"]


def test_an_outdated_index_reads_what_it_lacks(tmp_path: Path) -> None:
    """An index from before the last writes, as a killed writer leaves it, learns of them."""
    corpus = Corpus.open(tmp_path / "c", create=True)
    add(corpus, article("a"))
    shutil.copytree(folder(corpus), tmp_path / "old")
    add(corpus, article("b", "Başqa mətn"))
    shutil.rmtree(folder(corpus))
    shutil.move(tmp_path / "old", folder(corpus))
    assert add(Corpus.open(corpus.path), article("a"), article("b", "Başqa mətn")) == Added(known=2)


def test_an_index_of_another_corpus_is_not_believed(tmp_path: Path) -> None:
    """Identities that this table does not hold are forgotten, also where some of its files are covered."""
    one, two = (Corpus.open(tmp_path / name, create=True) for name in ("one", "two"))
    add(one, article("a"))
    add(two, article("z", "Başqa mətn"))
    shutil.rmtree(folder(two))
    shutil.copytree(folder(one), folder(two))
    assert add(Corpus.open(two.path), article("a")) == Added(accepted=1)


def test_a_table_moved_back_is_followed(tmp_path: Path) -> None:
    """Articles that a restored table no longer has are new again."""
    corpus = Corpus.open(tmp_path / "c", create=True)
    add(corpus, article("a"))
    add(corpus, article("b", "Başqa mətn"))
    DeltaTable(corpus.path / "articles").restore(1)
    assert add(Corpus.open(corpus.path), article("a"), article("b", "Başqa mətn")) == Added(accepted=1, known=1)


def test_files_put_together_are_the_same_articles(tmp_path: Path) -> None:
    """After a compaction, with and without articles that the index had not seen, nothing is new and nothing lost."""
    corpus = Corpus.open(tmp_path / "c", create=True)
    records = [article(str(n), f"{LONG} nömrə {n}") for n in range(6)]
    for record in records[:4]:
        add(corpus, record)
    shutil.copytree(folder(corpus), tmp_path / "old")
    add(corpus, records[4])
    shutil.rmtree(folder(corpus))
    shutil.move(tmp_path / "old", folder(corpus))
    DeltaTable(corpus.path / "articles").optimize.compact()
    again = Corpus.open(corpus.path)
    assert add(again, *records) == Added(accepted=1, known=5)
    DeltaTable(corpus.path / "articles").optimize.compact()
    assert add(Corpus.open(corpus.path), *records, article("copy", records[2]["text"])) == Added(reprints=1, known=6)


def test_our_own_compaction_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index follows articles and rejections into other files, unless it had not seen them where they were."""
    monkeypatch.setattr("analytics.corpus.compaction.MANY", 2)
    corpus = Corpus.open(tmp_path / "c", create=True)
    records = [article(str(n), f"{LONG} nömrə {n}") for n in range(6)]
    for record in records[:4]:
        add(corpus, record)
        corpus.add(sources.GIVEN.empty_table(), pa.Table.from_pylist([REJECTED | {"record": record["id"]}]))
    shutil.copytree(corpus.path, tmp_path / "unseen")
    assert compact(corpus)
    assert len(corpus.files("articles")) == len(corpus.files("rejected")) == 1
    read: list[int] = []
    monkeypatch.setattr(Held, "_read", lambda self, files, names: read.append(len(names)))
    again = Corpus.open(corpus.path)
    assert add(again, *records) == Added(accepted=2, known=4)
    again.add(sources.GIVEN.empty_table(), pa.Table.from_pylist([REJECTED | {"record": "0"}]))
    assert again.count("rejected") == 4
    assert read == []
    monkeypatch.undo()
    monkeypatch.setattr("analytics.corpus.compaction.MANY", 2)
    unseen = Corpus.open(tmp_path / "unseen")
    shutil.rmtree(folder(unseen))
    assert compact(unseen)
    assert add(Corpus.open(unseen.path), *records) == Added(accepted=2, known=4)


def test_what_came_without_the_index_is_known(tmp_path: Path) -> None:
    """Rows that something else wrote to the table count as any other."""
    corpus = Corpus.open(tmp_path / "c", create=True)
    add(corpus, article("a"))
    row = corpus.table("articles").to_pylist()[0]
    other = row | {"id": "b", "content": "0" * 32}
    corpus.tables["articles"].append(lambda: pa.Table.from_pylist([other], schema=ARTICLES))
    add(corpus, article("b", "Başqa mətn"))
    assert [row["id"][:2] for row in rows(corpus)] == ["a", "b", "b~"]


words = st.sampled_from(["bir", "iki", LONG, LONG + " son"])
records = st.builds(article, st.sampled_from(["1", "2", "3"]), words, outlet=st.sampled_from(["x", "y"]))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.lists(records, max_size=5), st.booleans()), max_size=6))
def test_batches_and_reopening_change_nothing(parts: list[tuple[list[dict[str, Any]], bool]]) -> None:
    """Record by record in a corpus whose index is thrown away each time, the same articles come out."""
    with TemporaryDirectory() as name:
        corpus = Corpus.open(Path(name) / "a", create=True)
        plain = Corpus.open(Path(name) / "b", create=True)
        for part, reopen in parts:
            got = add(corpus, *part)
            shutil.rmtree(plain.path / INDEX, ignore_errors=True)
            plain = Corpus.open(plain.path)
            assert got == sum((add(plain, record) for record in part), Added())
            corpus = Corpus.open(corpus.path) if reopen else corpus
        assert rows(corpus) == rows(plain)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.tuples(st.integers(0, 9), st.text(max_size=3)), max_size=9), max_size=9), st.booleans())
def test_an_index_finds_what_was_put_in(parts: list[list[tuple[int, str]]], reopen: bool) -> None:
    """All rows of a key, in the order in which they came, however they were merged."""
    with TemporaryDirectory() as name:
        index = Index(Path(name) / "index", PAYLOAD)
        for number, part in enumerate(parts):
            keys, values = ([one[at] for one in part] for at in (0, 1))
            index.extend(pa.table({"key": keys, "value": values}, schema=index.schema), [str(number)])
            index = Index(Path(name) / "index", PAYLOAD) if reopen else index
        there = [one for part in parts for one in part]
        assert len(index) == len(there)
        for key in range(10):
            found = index.find(np.array([key], np.uint64))
            assert found["value"].to_pylist() == [value for one, value in there if one == key]


def test_runs_stay_few(tmp_path: Path) -> None:
    """Hundreds of small additions leave a handful of files."""
    index = Index(tmp_path, PAYLOAD)
    for number in range(200):
        index.extend(pa.table({"key": [number], "value": ["x"]}, schema=index.schema), ["f"])
    assert len(index) == 200
    assert len(index.runs) <= 6
    assert len(list(tmp_path.iterdir())) == len(index.runs) + 1


def test_abandoned_files_go_and_young_ones_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that another writer may be about to name is left alone; after a day it is nobody's."""
    index = Index(tmp_path, PAYLOAD)
    (tmp_path / "other.arrow").write_bytes(b"x")
    row = pa.table({"key": [1], "value": ["x"]}, schema=index.schema)
    index.extend(row, ["f"])
    assert (tmp_path / "other.arrow").exists()
    later = module.time.time() + ABANDONED + 9
    monkeypatch.setattr(module.time, "time", lambda: later)
    index.extend(row, ["f"])
    assert {path.name for path in tmp_path.iterdir()} == {LIST, *(run.name for run in index.runs)}
    assert len(Index(tmp_path, PAYLOAD)) == 2


def one_by_one(text: str) -> str:
    """The folded words as the definition says them."""
    import re

    return " ".join(re.findall(r"[^\W_]+", fold(text)))


@given(st.lists(st.one_of(st.text(), st.text("aİIıΣσ ς’_-\n\t\r.ə😀\ud83d\ude00\uffff5²")), max_size=5))
def test_words_in_bulk_are_words_one_by_one(texts: list[str]) -> None:
    """Whatever stands in a text and in those beside it."""
    assert folded_words(texts) == [one_by_one(text).encode("utf-8", "surrogatepass") for text in texts]


def test_digests_are_those_of_earlier_versions() -> None:
    """A corpus made before knows its articles again."""
    long = article("a", LONG + " İRAN’da ISSIQ")
    assert content(long) == "632e377353f0ab65cf1816e87b49522a"
    short = article("a", "Bakıda küləkli hava gözlənilir.", title="Hava")
    assert content(short) == "f4673e40d9bceba44781d3fa883bbab5"
    assert content(short | {"published": None, "precision": None}) == "b7c1a098127de84eb1ca649c0306d597"
    edge = article("a", " ".join(["söz"] * (ENOUGH_WORDS - 1)))
    assert content(edge) != content(edge | {"title": "Başqa"})
    edge = article("a", " ".join(["söz"] * ENOUGH_WORDS))
    assert content(edge) == content(edge | {"title": "Başqa"})
    assert contents(pa.Table.from_pylist([long, short])) == [content(long), content(short)]
