"""A newer version is shown when it opens at once, and nobody waits for it to be laid out."""

import shutil
import time
from pathlib import Path
from typing import ClassVar

import pytest
from corpora import add, analysed, article

from analytics.corpus import Corpus
from analytics.cube import opening
from analytics.gazetteer import MentionException
from ui import newest, store
from ui.newest import Newest


class Slow:
    """A process that goes on until it is told to end."""

    started: ClassVar[list[list[str]]] = []
    ended = False

    def __init__(self, command: list[str], **_: object) -> None:
        self.started.append(command)

    def poll(self) -> int | None:
        """None while it goes on."""
        return 0 if Slow.ended else None


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """One article, and analysed."""
    made = Corpus.open(tmp_path / "corpus", create=True)
    grown(made, "a")
    return made


def grown(corpus: Corpus, name: str) -> str:
    """The version after one article more."""
    add(corpus, article(name, f"{name}: başqa mətn."))
    corpus.put_analysis(analysed(name))
    return Corpus.open(corpus.path).version


def test_a_small_corpus_is_shown_at_its_newest(corpus: Corpus) -> None:
    """Laying it out takes no time."""
    shown = Newest(str(corpus.path))
    for version in (Corpus.open(corpus.path).version, grown(corpus, "b"), grown(corpus, "c")):
        assert shown.of(version) == version


def test_a_large_one_is_shown_as_it_was_while_it_is_laid_out(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """By one process at a time, of which the next begins with the newest version of all."""
    monkeypatch.setattr(opening, "LARGE", 1)
    monkeypatch.setattr(newest.subprocess, "Popen", Slow)
    monkeypatch.setattr(Slow, "started", [])
    shown = Newest(str(corpus.path))
    first = Corpus.open(corpus.path).version
    assert shown.of(first) == first  # there is nothing else to show
    second = grown(corpus, "b")
    assert (shown.of(second), shown.of(second)) == (first, first)
    third = grown(corpus, "c")
    assert shown.of(third) == first
    (command,) = Slow.started
    assert command[1:] == ["-m", "analytics", "prepare", "--corpus", str(corpus.path)]
    monkeypatch.setattr(Slow, "ended", True)
    assert shown.of(third) == third
    assert len(Slow.started) == 2


def test_a_version_in_the_midst_of_a_build_is_not_shown(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its figures would lack what is not analysed yet; of a build that was ended they are all there will be."""
    monkeypatch.setattr(newest, "LOOK", 0)
    shown = Newest(str(corpus.path))
    first = shown.of(Corpus.open(corpus.path).version)
    add(corpus, article("b", "Başqa mətn."))
    second = Corpus.open(corpus.path).version
    assert shown.of(second) == first
    corpus.put_analysis(analysed("b"))
    third = Corpus.open(corpus.path).version
    assert shown.of(third) == third
    add(corpus, article("c", "Üçüncü mətn."))
    fourth = Corpus.open(corpus.path).version
    assert shown.of(fourth) == third
    monkeypatch.setattr(newest, "PATIENCE", 0)
    assert shown.of(fourth) == fourth


def test_what_is_laid_out_already_is_shown(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has done it: a build, or somebody else's app."""
    monkeypatch.setattr(opening, "LARGE", 1)
    monkeypatch.setattr(newest.subprocess, "Popen", None)
    shown = Newest(str(corpus.path))
    assert shown.of(Corpus.open(corpus.path).version)
    second = grown(corpus, "b")
    opening.prepare(Corpus.open(corpus.path))
    assert shown.of(second) == second


def test_a_version_that_was_opened_is_shown(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """An analyst who marks a mention sees what has become of it, and is not offered what was before."""
    monkeypatch.setattr(opening, "LARGE", 1)
    monkeypatch.setattr(newest.subprocess, "Popen", None)
    monkeypatch.setattr(Newest, "lay_out", lambda _: None)
    where = str(corpus.path)
    assert store.newest(where)
    version = grown(corpus, "b")
    store.load(where, version)
    store.latest.clear()
    assert store.newest(where) == version


def test_what_an_analyst_changed_is_laid_out_beside_the_app(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """He waits for it; others go on with what they have until it is done."""
    where = str(corpus.path)
    before = store.load(where, corpus.version)
    meanwhile = []

    def lay_out(self: Newest) -> None:
        meanwhile.append(store.load(self.where, corpus.version) is before)

    with monkeypatch.context() as patched:
        patched.setattr(Newest, "lay_out", lay_out)
        _, version = store.change(where, MentionException("Qazaxıstan", "KZ", article="a"))
    assert meanwhile == [True]
    assert store.load(where, version) is not before


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """As many articles as it takes for a layout to be kept."""
    made = Corpus.open(tmp_path_factory.mktemp("large") / "corpus", create=True)
    ids = [f"a{number}" for number in range(opening.LARGE)]
    add(made, *(article(one, f"{one}: başqa mətn.") for one in ids))
    made.put_analysis(analysed(*ids))
    return Corpus.open(made.path)


@pytest.fixture
def unprepared(large: Corpus) -> Corpus:
    """Nothing is kept of it."""
    shutil.rmtree(large.path / "cube", ignore_errors=True)
    assert not opening.is_prepared(large)
    return large


def test_a_newer_version_is_laid_out_by_a_process(unprepared: Corpus) -> None:
    """And shown when that is done, and not before."""
    shown = Newest(str(unprepared.path))
    shown.opened("an earlier one")
    assert shown.of(unprepared.version) == "an earlier one"
    deadline = time.monotonic() + 60
    while shown.of(unprepared.version) != unprepared.version:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert opening.is_prepared(unprepared)


def test_what_is_opened_first_is_laid_out_by_a_process(unprepared: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that shows it takes what is kept, and does not grow by what laying it out needs."""
    monkeypatch.setattr(opening, "laid_out", None)
    assert len(store.load(str(unprepared.path), unprepared.version).cube) == opening.LARGE


def test_what_cannot_be_laid_out_is_shown_all_the_same(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process ends without having kept anything, and nobody waits for another."""
    monkeypatch.setattr(newest.cubes, "is_prepared", lambda _: False)
    shown = Newest(str(corpus.path))
    first = shown.of(Corpus.open(corpus.path).version)
    second = grown(corpus, "b")
    assert shown.of(second) == first
    deadline = time.monotonic() + 60
    while shown.of(second) != second:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert shown._process is not None
    assert shown._process.poll() == 0
