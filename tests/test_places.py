"""Articles are read from where they lie: all that are asked for, and no others."""

import datetime as dt
import tempfile
from collections.abc import Sequence
from pathlib import Path

import corpora
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.corpus import Corpus
from analytics.corpus.places import Places, rows_of, take
from analytics.corpus.store import KEYS
from analytics.errors import CorpusError
from analytics.model import ARTICLES


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Three files of articles, of which two articles are analysed."""
    made = Corpus.open(tmp_path / "corpus", create=True)
    for number in range(3):
        corpora.add(made, *(corpora.article(f"a{number}{n}", text=f"mətn {number} {n}") for n in range(4)))
    made.put_analysis(corpora.analysed("a01", "a20"))
    return made


def test_documents_are_those_asked_for_in_that_order(corpus: Corpus) -> None:
    """From several files at once; an id that is not there is left out, and one that is not analysed has no mentions."""
    places = {name: corpus.places(name) for name in KEYS}
    found = corpus.documents(["a20", "nobody", "a01", "a13"], places)
    assert [*found] == ["a20", "a01", "a13"]
    assert found["a13"]["text"] == "mətn 1 3"
    assert found["a13"]["mentions"] is None
    assert found["a01"]["mentions"] == []


def test_addresses_are_those_of_the_articles_asked_for(corpus: Corpus) -> None:
    """From several files at once; one that is not there is left out, and nothing is asked of an empty corpus."""
    corpora.add(corpus, corpora.article("z1", url="https://numune.example/1"))
    assert corpus.urls(["z1", "nobody", "a01"]) == {"z1": "https://numune.example/1", "a01": ""}
    assert corpus.urls([]) == {}


def test_two_keys_with_one_digest_are_told_apart(corpus: Corpus) -> None:
    """Where a place is that of another key with the same digest, what lies there is not taken for what was asked."""
    true = Places.of(corpus.files("articles"), "id")
    wrong = Places(np.repeat(true.digest, 2), np.repeat(true.file, 2), np.repeat(true.row, 2))
    wrong.row[::2] = (wrong.row[::2] + 1) % 4
    assert rows_of(corpus.files("articles"), wrong, "id", ["a12"])["a12"]["text"] == "mətn 1 2"


def test_a_file_that_is_gone_is_an_error_in_words(corpus: Corpus) -> None:
    """The reader is told that a data file cannot be read."""
    places = {name: corpus.places(name) for name in KEYS}
    for file in corpus.files("articles"):
        Path(file).unlink()
    with pytest.raises(CorpusError, match="cannot be read"):
        corpus.documents(["a01"], places)


IDS = pa.schema([ARTICLES.field("id")])
DAYS = st.one_of(st.none(), st.dates(dt.date(2020, 1, 1), dt.date(2020, 3, 1)))


def test_rows_are_taken_in_the_order_in_which_they_are_told(corpus: Corpus) -> None:
    """From whichever file, one after the other, a row asked for twice there twice."""
    files = corpus.files("articles")
    file, row = np.array([2, 0, 2, 1, 0]), np.array([1, 3, 0, 2, 3])
    every = [pq.read_table(path)["id"].to_pylist() for path in files]
    found = take(files, file, row, IDS)["id"].to_pylist()
    assert found == [every[at][number] for at, number in zip(file.tolist(), row.tolist(), strict=True)]
    assert not take(files, file[:0], row[:0], IDS).num_rows


@settings(max_examples=25)
@given(st.lists(st.lists(DAYS, min_size=1, max_size=5), min_size=1, max_size=3))
def test_what_waits_comes_in_order_of_date_however_it_came_in(days: Sequence[Sequence[dt.date | None]]) -> None:
    """A commit lies in order of date, the undated last; all that waits comes so, and around a day those of that day."""
    with tempfile.TemporaryDirectory() as folder:
        corpus, given = Corpus.open(Path(folder) / "c", create=True), {}
        for number, some in enumerate(days):
            new = {f"a{number}{at}": day for at, day in enumerate(some)}
            corpora.add(corpus, *(corpora.article(i, f"mətn {i}", published=day) for i, day in new.items()))
            given |= new
        for path in corpus.files("articles"):
            there = [day or dt.date.max for day in pq.read_table(path)["published"].to_pylist()]
            assert there == sorted(there)
        inorder = sorted(given, key=lambda one: (given[one] or dt.date.max, one))
        waiting = [one for batch in corpus.pending(size=2) for one in batch["id"].to_pylist()]
        assert waiting == inorder
        corpus.put_analysis(corpora.analysed(*reversed(inorder)))
        assert not list(corpus.pending())
        for day in {*given.values()}:
            found = corpus.window(day, day, exact=day, near=day, most=100) if day else corpus.undated(100)
            around = [one for batch in found for one in batch.to_pylist()]
            assert [one["id"] for one in around] == [one for one in inorder if given[one] == day]
            assert all(one["text"] == f"mətn {one['id']}" and one["story"] == "s" for one in around)
