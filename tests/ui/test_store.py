"""What is kept between clicks: loaded once for all, never mixed between versions."""

import weakref
from pathlib import Path

import pytest
from corpora import add, analysed, article, mention

from analytics import pipeline
from analytics.corpus import Corpus
from analytics.errors import CorpusError
from analytics.gazetteer import MentionException
from ui import store


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Two analysed articles and a rejected record."""
    made = Corpus.open(tmp_path / "corpus", create=True)
    spoiled = {"origin": "a.csv", "record": "3", "reason": "no text", "sample": "x"}
    add(made, article("a", "Qazaxıstan və Bakı."), article("b", "Başqa mətn."), rejected=(spoiled,))
    made.put_analysis(analysed("a", mentions=[mention("Qazaxıstan", 0)]))
    return made


def test_the_corpus_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """JARCHI_CORPUS names the corpus; without it, or empty, it is the sample."""
    monkeypatch.setenv("JARCHI_CORPUS", "/somewhere")
    assert store.path() == "/somewhere"
    for unset in ("", None):
        monkeypatch.setenv("JARCHI_CORPUS", "") if unset == "" else monkeypatch.delenv("JARCHI_CORPUS")
        assert store.path() == str(store.SAMPLE)


def test_a_version_is_loaded_once(corpus: Corpus) -> None:
    """All sessions share one cube of a version; a newer version is another one, and the old stays as it was."""
    where, version = str(corpus.path), corpus.version
    first = store.load(where, version)
    assert store.load(where, version) is first
    assert first.cube.version == version


def test_a_version_that_was_given_back_is_itself_again(corpus: Corpus) -> None:
    """Whoever still looks at it sees what was there, and whoever comes sees the newest."""
    where, version = str(corpus.path), corpus.version
    articles = len(store.load(where, version).cube)
    for number in range(3):
        add(corpus, article(f"more-{number}", f"{number} mətn."))
        store.latest.clear()
        store.load(where, store.latest(where))
    again = store.load(where, version)
    assert (again.cube.version, len(again.cube)) == (version, articles)
    store.latest.clear()
    assert store.newest(where) == Corpus.open(where).version != version
    assert store.opened(where, "999.0.0")[0] == store.newest(where)


def test_old_versions_are_given_back(corpus: Corpus) -> None:
    """A server that sees many versions come and go holds the last few, and not all that there were."""
    where, seen = str(corpus.path), []
    for number in range(5):
        add(corpus, article(f"later-{number}", f"{number} mətn."))
        store.latest.clear()
        seen.append(weakref.ref(store.load(where, store.latest(where)).cube))
    assert [cube() is not None for cube in seen[:2]] == [False, False]


def test_a_new_version_is_noticed(corpus: Corpus) -> None:
    """When the corpus grows, the newest version is another one."""
    where, before = str(corpus.path), store.latest(str(corpus.path))
    add(corpus, article("c", "Üçüncü mətn."))
    store.latest.clear()
    assert store.latest(where) != before


def test_no_corpus_is_an_error_of_its_own(tmp_path: Path) -> None:
    """Where there is no corpus the page is told so, and the server starts all the same."""
    with pytest.raises(CorpusError):
        store.latest(str(tmp_path / "nothing"))


def test_documents_are_whole_and_only_those_asked_for(corpus: Corpus) -> None:
    """An article comes with its text and its mentions; an id that is not there is left out."""
    found = store.documents(str(corpus.path), corpus.version, ("a", "b", "' or 1=1 --"))
    assert set(found) == {"a", "b"}
    assert found["a"]["text"] == "Qazaxıstan və Bakı."
    assert [m["entity"] for m in found["a"]["mentions"]] == ["KZ"]
    assert found["b"]["mentions"] is None


def test_rejected_records_are_listed(corpus: Corpus) -> None:
    """What could not become an article is shown with its place and reason, as many as asked for."""
    where, version = str(corpus.path), corpus.version
    assert [row["reason"] for row in store.rejected(where, version, 5)] == ["no text"]
    assert store.rejected(where, version, 0) == []


def test_an_exception_is_kept_and_obeyed_at_once(corpus: Corpus) -> None:
    """One article is analysed again and the version is a newer one; taken back, the mention is there again."""
    where = str(corpus.path)
    pipeline.analyse(corpus, again=True)
    corpus.refresh()
    rule = MentionException("Qazaxıstan", "KZ", article="a")
    analysed_again, version = store.change(where, rule)
    assert (analysed_again, version != corpus.version) == (1, True)
    assert store.documents(where, version, ("a",))["a"]["mentions"] == []
    _, version = store.change(where, rule, back=True)
    assert [m["entity"] for m in store.documents(where, version, ("a",))["a"]["mentions"]] == ["KZ"]


def test_forms_are_counted(corpus: Corpus) -> None:
    """The written forms of an entity come with how often they stand, and of an unknown one there are none."""
    where, version = str(corpus.path), corpus.version
    (form,) = store.forms(where, version, "KZ")
    assert (form["form"], form["mentions"], form["articles"]) == ("Qazaxıstan", 1, 1)
    assert store.forms(where, version, "nobody") == []
