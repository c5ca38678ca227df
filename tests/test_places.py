"""Articles are read from where they lie: all that are asked for, and no others."""

from pathlib import Path

import corpora
import numpy as np
import pytest

from analytics.corpus import Corpus
from analytics.corpus.places import Places, rows_of
from analytics.corpus.store import KEYS
from analytics.errors import CorpusError


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
