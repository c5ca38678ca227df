"""Analyses made again take the place of the old ones: whole or not at all, and only in the files that hold them."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pytest
from corpora import LONG, add, analysed, article

from analytics.corpus import Corpus, compact, exchange, renewal
from analytics.errors import CorpusError, WriteConflictError

DAYS = [[f"{day}-{n}" for n in range(3)] for day in "abc"]


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Three files of analyses, of three articles each."""
    corpus = Corpus.open(tmp_path / "c", create=True)
    for ids in DAYS:
        add(corpus, *(article(one, f"{LONG} {one}") for one in ids))
        corpus.put_analysis(analysed(*ids))
    return corpus


def methods(corpus: Corpus) -> dict[str, str]:
    """By which method each article was analysed."""
    rows = Corpus.open(corpus.path).table("analysis", ["article", "method"])
    assert len(set(rows["article"].to_pylist())) == rows.num_rows
    return dict(zip(rows["article"].to_pylist(), rows["method"].to_pylist(), strict=True))


def lying(corpus: Corpus) -> set[str]:
    """The data files that lie in the table's directory, whether they belong to a version or not."""
    return set(corpus.place.files("analysis"))


def test_files_without_any_of_them_stay(corpus: Corpus) -> None:
    """One file of three is written again; the other rows of it are what they were, and nothing is there twice."""
    before, reader = set(corpus.files("analysis")), Corpus.open(corpus.path)
    assert corpus.replace_analysis([analysed("b-1", method="new")]) == 1
    assert len(before & set(corpus.files("analysis"))) == 2
    assert methods(corpus) == {one: "new" if one == "b-1" else "m" for ids in DAYS for one in ids}
    assert reader.methods() == {"m": 9}
    assert corpus.check() == []


def test_a_file_of_nothing_else_goes(corpus: Corpus) -> None:
    """All rows anew, in two parts, and one that was not there: no old file is left, and no empty one."""
    add(corpus, article("d"))
    before = set(corpus.files("analysis"))
    parts = [analysed("d", *DAYS[0], method="new"), analysed(*DAYS[1], *DAYS[2], method="new")]
    assert corpus.replace_analysis(parts) == 10
    assert not before & set(corpus.files("analysis"))
    assert set(methods(corpus).values()) == {"new"}
    assert corpus.count("analysis") == 10


def test_nothing_in_place_of_nothing(tmp_path: Path) -> None:
    """An empty table, and no rows at all."""
    corpus = Corpus.open(tmp_path / "c", create=True)
    add(corpus, article("a"))
    assert corpus.replace_analysis([]) == 0
    assert corpus.replace_analysis([analysed("a")]) == 1
    assert methods(corpus) == {"a": "m"}


def test_large_answers_go_to_several_files(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file ends where it is large enough."""
    monkeypatch.setattr(exchange, "LARGEST", 1)
    corpus.replace_analysis([analysed(*ids, method="new") for ids in DAYS])
    assert len(corpus.files("analysis")) == 3
    assert set(methods(corpus).values()) == {"new"}


def test_what_others_write_meanwhile_stays(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody puts the files together and adds to them after it was looked where the rows are: looked at again."""
    found = renewal._holding
    add(corpus, article("d"))

    def late(*asked: object) -> object:
        there = found(*asked)  # type: ignore[arg-type]
        monkeypatch.setattr(renewal, "_holding", found)
        other = Corpus.open(corpus.path)
        other.put_analysis(analysed("d", method="other"))
        monkeypatch.setattr("analytics.corpus.compaction.MANY", 2)
        assert compact(other)
        return there

    monkeypatch.setattr(renewal, "_holding", late)
    corpus.replace_analysis([analysed("b-1", method="new")])
    assert {one for one, method in methods(corpus).items() if method != "m"} == {"b-1", "d"}
    assert corpus.count("analysis") == 10
    assert corpus.check() == []


def test_two_at_once_replace_each_row_once(corpus: Corpus) -> None:
    """Whoever is last is right about a row; no row is lost or doubled."""

    def work(n: int) -> None:
        mine = Corpus.open(corpus.path)
        for m in range(3):
            mine.replace_analysis([analysed("a-0", f"b-{n}", method=f"{n}{m}")])

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(work, range(3)))
    found = methods(corpus)
    assert len(found) == 9
    assert [found[f"b-{n}"] for n in range(3)] == ["02", "12", "22"]


def test_what_fails_leaves_nothing_behind(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """While rows come, while files are written, or when others are always faster: all is as it was, to the file."""
    before, files = methods(corpus), lying(corpus)

    def broken() -> Iterator[pa.Table]:
        yield analysed("a-0", method="new")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        corpus.replace_analysis(broken())
    with monkeypatch.context() as patch:
        patch.setattr(renewal, "exchange", lambda *_, **__: False)
        with pytest.raises(WriteConflictError):
            corpus.replace_analysis([analysed("a-0", method="new")])
    assert (methods(corpus), lying(corpus)) == (before, files)


def test_who_is_stopped_after_the_commit_loses_nothing(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the commit and its answer the new files are part of the table already."""
    table, stopped = corpus.tables["analysis"], []

    def refresh() -> None:
        if not stopped:
            stopped.append(True)
            raise KeyboardInterrupt
        type(table).refresh(table)

    with monkeypatch.context() as patch:
        patch.setattr(table, "refresh", refresh)
        with pytest.raises(KeyboardInterrupt):
            corpus.replace_analysis([analysed("b-1", method="new")])
    assert methods(corpus)["b-1"] == "new"
    assert Corpus.open(corpus.path).check() == []


def test_a_damaged_file_is_told(corpus: Corpus) -> None:
    """And what was written is deleted."""
    for path in corpus.files("analysis"):
        os.truncate(path, 100)
    files = lying(corpus)
    with pytest.raises(CorpusError, match="cannot be read"):
        corpus.replace_analysis([analysed("a-0", method="new")])
    assert lying(corpus) == files


def test_one_that_is_ended_before_its_commit_changed_nothing(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files lie there and belong to nobody; the next one does the work."""
    with monkeypatch.context() as patch:
        patch.setattr(renewal, "exchange", lambda *_, **__: pytest.fail("ended here"))
        patch.setattr(renewal, "discard", lambda *_: None)  # nobody is there to do it
        with pytest.raises(pytest.fail.Exception):
            corpus.replace_analysis([analysed("a-0", method="new")])
    assert len(lying(corpus)) == 5
    assert set(methods(corpus).values()) == {"m"}
    assert corpus.check() == []
    corpus.replace_analysis([analysed("a-0", method="new")])
    assert methods(corpus)["a-0"] == "new"
