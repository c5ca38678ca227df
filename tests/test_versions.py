"""Small files are put together and nothing is lost; what the corpus was like can be read for a time."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from corpora import LONG, add, analysed, article

from analytics.corpus import Corpus, compact, stand_at
from analytics.corpus.compaction import MANY
from analytics.errors import UsageError


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """A corpus that came in twenty commits, all of it analysed."""
    corpus = Corpus.open(tmp_path / "c", create=True)
    for n in range(20):
        add(corpus, article(f"a{n}", f"{LONG} nömrə {n}"))
        corpus.put_analysis(analysed(f"a{n}"))
    return corpus


def said(corpus: Corpus) -> list[str]:
    """All articles and all that was made of them."""
    rows = corpus.rows("select to_json(a) || to_json(n) as said from articles a left join analysis n on article = id")
    return sorted(rows["said"].to_pylist())


def versions(corpus: Corpus) -> list[int]:
    """The version of each table."""
    return [table.version for table in corpus.tables.values()]


def test_small_files_become_one_and_say_the_same(corpus: Corpus) -> None:
    """No row is lost, doubled or changed; the second time there is nothing to do."""
    before = said(corpus)
    assert compact(corpus)
    assert {name: len(corpus.files(name)) for name in ("articles", "analysis")} == {"articles": 1, "analysis": 1}
    assert said(corpus) == said(Corpus.open(corpus.path)) == before
    assert corpus.check() == []
    assert not compact(corpus)


def test_few_files_are_left_alone(tmp_path: Path) -> None:
    """A file is written again only when there are many of its size."""
    corpus = Corpus.open(tmp_path / "c", create=True)
    for n in range(MANY - 1):
        add(corpus, article(f"a{n}", f"{LONG} nömrə {n}"))
    assert not compact(corpus)


def test_large_files_are_not_written_again(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is of some size already stays as it is while small ones beside it are put together."""
    compact(corpus)
    (large,) = corpus.files("articles")
    monkeypatch.setattr("analytics.corpus.compaction.SIZES", (Path(large).stat().st_size,))
    for n in range(MANY):
        add(corpus, article(f"b{n}", f"Qısa xəbər {n}"))
    assert compact(corpus)
    assert len(corpus.files("articles")) == 2
    assert large in corpus.files("articles")


def test_a_reader_at_an_older_version_keeps_its_files(corpus: Corpus) -> None:
    """Whoever opened the corpus before files were put together reads on."""
    reader = Corpus.open(corpus.path)
    before = said(reader)
    compact(corpus)
    assert len(reader.files("articles")) == 20
    assert said(reader) == before


def test_writers_and_compaction_at_once(corpus: Corpus) -> None:
    """Whoever is faster, every article is there once, and its analysis with it."""

    def write(n: int) -> None:
        mine = Corpus.open(corpus.path)
        for m in range(5):
            add(mine, article(f"w{n}-{m}", f"{LONG} yazan {n} {m}"))
            mine.put_analysis(analysed(f"w{n}-{m}"))

    def tidy(_: int) -> None:
        for _ in range(3):
            compact(Corpus.open(corpus.path))

    with ThreadPoolExecutor(4) as pool:
        done = [pool.submit(write, n) for n in range(2)] + [pool.submit(tidy, n) for n in range(2)]
        for one in done:
            one.result()
    corpus.refresh()
    assert corpus.count("articles") == corpus.count("analysis") == 30
    assert corpus.check() == []


def test_analysis_anew_and_compaction_at_once(corpus: Corpus) -> None:
    """Files that somebody replaces while they are put together are replaced all the same."""
    other = Corpus.open(corpus.path)
    other.replace_analysis([analysed(*(f"a{n}" for n in range(20)), method="new")])
    compact(corpus)
    corpus.refresh()
    assert corpus.methods() == {"new": 20}


def test_files_of_old_versions_are_deleted_in_time(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """No sooner than is stated, and then those of killed builds too."""
    orphan = corpus.path / "articles" / "part-left-by-a-killed-build.parquet"
    orphan.write_bytes(b"half a file")
    compact(corpus)
    assert len(list((corpus.path / "articles").glob("*.parquet"))) == 22
    monkeypatch.setattr("analytics.corpus.compaction.KEPT", dt.timedelta())
    for table in corpus.tables.values():
        table.delta.alter.set_table_properties({"delta.deletedFileRetentionDuration": "interval 0 seconds"})
    for n in range(20):
        add(corpus, article(f"b{n}", f"{LONG} yeni {n}"))
    compact(corpus)
    left = {str(path) for path in (corpus.path / "articles").glob("*.parquet")}
    assert left == set(corpus.files("articles"))


def test_the_corpus_as_it_was_at_a_version(corpus: Corpus) -> None:
    """A version that was printed is read again, through compaction."""
    before, version = said(corpus), corpus.version
    compact(corpus)
    add(corpus, article("new", "Yeni xəbər"))
    again = Corpus.open(corpus.path)
    stand_at(again, version)
    assert again.version == version
    assert said(again) == before
    again.refresh()
    assert again.count("articles") == 21


def test_what_waited_at_a_version(tmp_path: Path) -> None:
    """What is analysed by now was not then."""
    corpus = Corpus.open(tmp_path / "c", create=True)
    add(corpus, article("a"))
    version = corpus.version
    corpus.put_analysis(analysed("a"))
    again = Corpus.open(corpus.path)
    stand_at(again, version)
    assert [one for batch in again.pending() for one in batch["id"].to_pylist()] == ["a"]


def test_the_corpus_as_it_was_at_a_moment(corpus: Corpus) -> None:
    """At every moment the tables belong together: no analysis without its article."""
    written = [one["timestamp"] for table in corpus.tables.values() for one in table.delta.history()]
    seen = []
    for time in sorted(written):
        again = Corpus.open(corpus.path)
        if time < max(table.delta.history()[-1]["timestamp"] for table in again.tables.values()):
            continue  # some tables were not there yet
        stand_at(again, dt.datetime.fromtimestamp(time / 1000, dt.UTC).isoformat())
        assert again.check() == []
        seen.append(versions(again))
    assert seen[-1] == versions(corpus)
    assert all(a <= b for earlier, later in pairwise(seen) for a, b in zip(earlier, later, strict=True))


def test_a_day_means_its_end(corpus: Corpus) -> None:
    """Whatever was added on a day is there as of that day."""
    again = Corpus.open(corpus.path)
    today = dt.datetime.now().astimezone().date()
    for said in (str(today), f"{today:%Y%m%d}", f"{today:%G-W%V-%u}"):
        stand_at(again, said)
        assert again.version == corpus.version


@pytest.mark.parametrize(
    ("when", "why"),
    [
        ("2001-01-01", "there was no corpus yet; it begins at 20"),
        ("99999.1.1", "no such version; the newest of articles is 20"),
        ("yesterday", "not a version"),
        ("2026-13-45", "not a version"),
    ],
)
def test_when_there_was_nothing(corpus: Corpus, when: str, why: str) -> None:
    """The message says what is wrong with the time that was asked for."""
    with pytest.raises(UsageError, match=why):
        stand_at(corpus, when)


@pytest.mark.parametrize("lost", ["files", "log"])
def test_a_version_that_is_no_longer_kept(corpus: Corpus, lost: str) -> None:
    """Where its files or its log are gone, the message says for how long versions are kept."""
    version = corpus.version
    compact(corpus)
    if lost == "files":
        gone = set(map(str, (corpus.path / "articles").glob("*.parquet"))) - set(corpus.files("articles"))
    else:
        corpus.tables["articles"].delta.create_checkpoint()
        log = sorted((corpus.path / "articles" / "_delta_log").glob("*.json"))
        gone = set(map(str, log[:-1]))
    for path in gone:
        Path(path).unlink()
    again = Corpus.open(corpus.path)
    with pytest.raises(UsageError, match="kept for 30 days"):
        stand_at(again, version)


def test_a_log_of_many_commits_is_read_from_a_checkpoint(tmp_path: Path) -> None:
    """Opening a table does not read every commit there ever was."""
    corpus = Corpus.open(tmp_path / "c", create=True)
    for n in range(101):
        corpus.put_analysis(analysed(f"a{n}"))
    assert list((corpus.path / "analysis" / "_delta_log").glob("*.checkpoint.parquet"))
    for path in sorted((corpus.path / "analysis" / "_delta_log").glob("*.json"))[:90]:
        path.unlink()
    assert Corpus.open(corpus.path).count("analysis") == 101
