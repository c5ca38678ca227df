"""A corpus on S3: the same as one in a directory, and nobody's change is lost."""

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import s3
from corpora import LONG, add, analysed, article, found
from obstore.store import S3Store
from test_cluster import exported
from test_pipeline import records, told, write

from analytics import cube, pipeline, taxonomy
from analytics import place as places
from analytics.__main__ import main
from analytics.corpus import Added, Corpus, compact, stand_at
from analytics.corpus.compaction import MANY
from analytics.errors import CorpusError, UsageError
from analytics.gazetteer import MentionException, mark
from analytics.place import Place
from analytics.taxonomy import TopicLabel
from analytics.taxonomy import labels as said
from analytics.taxonomy.curate import add as add_topic
from analytics.taxonomy.curate import remove
from ui import store

pytestmark = pytest.mark.skipif(s3.available() is None, reason="there is no wheel of SeaweedFS for this machine")


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    """What a server has to be found by."""
    with s3.server() as found:
        yield found


@pytest.fixture
def bucket(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> S3Store:
    """The bucket, with this test's cache directory and the environment of its server."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return S3Store(s3.BUCKET)


@pytest.fixture
def where(bucket: S3Store, request: pytest.FixtureRequest) -> str:
    """An address that no other test uses."""
    return f"s3://{s3.BUCKET}/{request.node.name}"


@pytest.fixture
def elsewhere(where: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], Corpus]:
    """Opens the corpus as another machine does: with a cache of its own."""

    def opened(name: str) -> Corpus:
        with monkeypatch.context() as other:
            other.setenv("XDG_CACHE_HOME", str(tmp_path / name))
            return Corpus.open(where)

    return opened


def test_what_is_built_on_s3_is_what_is_built_here(tmp_path: Path, where: str) -> None:
    """Row by row, export by export; built again it stays as it is, and `check` finds no fault."""
    path = write(tmp_path / "a.jsonl", records(40), "{broken\n")
    pipeline.build([path], tmp_path / "here")
    pipeline.build([path], where)
    here, there = Corpus.open(tmp_path / "here"), Corpus.open(where)
    assert told(there) == told(here)
    assert exported(there) == exported(here)
    assert there.check() == []
    again = pipeline.build([path], where)
    assert again == pipeline.Summary(Added(known=40, rejected=1), analysed=0, outdated=0)
    assert Corpus.open(where).version == there.version


def test_the_command_line_takes_the_address(tmp_path: Path, where: str, capsys: pytest.CaptureFixture[str]) -> None:
    """build, analyse and check say what they say of a directory, and messages name the address."""
    path = write(tmp_path / "a.jsonl", records(5), "{broken\n")
    assert main(["build", str(path), "--corpus", where]) == 0
    assert f"export rejected --corpus {where}" in capsys.readouterr().out
    assert main(["analyse", "--again", "--corpus", where]) == 0
    assert "5 articles analysed" in capsys.readouterr().out
    assert main(["check", "--corpus", where]) == 0
    assert "no fault found" in capsys.readouterr().out


def test_three_writers_at_once_lose_and_double_nothing(where: str) -> None:
    """Each commit is put only if nobody put it before: writers give way to each other, record by record."""
    Corpus.open(where, create=True)
    writers = [Corpus.open(where) for _ in range(3)]
    rows = [article(str(n), f"{LONG} nömrə {n}") for n in range(6)]

    def work(writer: Corpus) -> Added:
        return sum((add(writer, row) for row in rows), Added())

    with ThreadPoolExecutor(3) as pool:
        results = list(pool.map(work, writers))
    corpus = Corpus.open(where)
    assert sorted(corpus.table("articles")["id"].to_pylist()) == sorted(row["id"] for row in rows)
    assert sum(result.accepted for result in results) == 6
    assert all(result.records == 6 for result in results)


def test_machines_that_take_turns_lose_and_double_nothing(where: str, elsewhere: Callable[[str], Corpus]) -> None:
    """What another machine added meanwhile is known, though this one's copy is from before."""
    Corpus.open(where, create=True)
    machines = [elsewhere("one"), elsewhere("two")]
    for turn in range(3):
        for machine, corpus in enumerate(machines):
            mine, both = article(f"{turn}-{machine}", f"mətn {turn} {machine}"), article(f"{turn}", f"{LONG} {turn}")
            assert add(corpus, mine, both) == (Added(accepted=1, known=1) if machine else Added(accepted=2))
    assert Corpus.open(where).count("articles") == 9
    assert Corpus.open(where).check() == []


def test_creating_at_once_makes_one_corpus(where: str) -> None:
    """Machines that find no corpus may all make it."""
    with ThreadPoolExecutor(3) as pool:
        made = list(pool.map(lambda _: Corpus.open(where, create=True), range(3)))
    assert {corpus.version for corpus in made} == {"0.0.0"}


def test_a_copy_that_was_deleted_is_made_anew(tmp_path: Path, where: str) -> None:
    """Search, cube and rows are the same after the cache is gone; what is there already is not fetched again."""
    pipeline.build([write(tmp_path / "a.jsonl", records(9))], where)
    corpus = Corpus.open(where)
    before = told(corpus), found(corpus, "Qazaxıstan"), len(cube.open(corpus))
    files = {path: path.stat().st_ino for path in corpus.path.rglob("*.parquet")}
    Corpus.open(where).report()
    assert {path: path.stat().st_ino for path in corpus.path.rglob("*.parquet")} == files
    shutil.rmtree(corpus.path)
    corpus = Corpus.open(where)
    assert (told(corpus), found(corpus, "Qazaxıstan"), len(cube.open(corpus))) == before


def test_the_app_opens_it(tmp_path: Path, where: str, elsewhere: Callable[[str], Corpus]) -> None:
    """The app reads it, an analyst's mark is obeyed at once, and reaches the other machines."""
    pipeline.build([write(tmp_path / "a.jsonl", records(5))], where)
    version = store.latest(where)
    assert store.load(where, version).cube.version == version
    assert [m["entity"] for m in store.documents(where, version, ("a000",))["a000"]["mentions"]] == ["KZ"]
    rule = MentionException("Qazaxıstan", "KZ", article="a000")
    number, version = store.change(where, rule)
    assert number == 1
    assert store.documents(where, version, ("a000",))["a000"]["mentions"] == []
    other = elsewhere("other")
    assert rule.surface in (other.data / "entities" / "exceptions-marked.toml").read_text(encoding="utf-8")
    assert pipeline.analyse(other) == (0, 0)


def test_small_files_are_put_together_there_too(where: str, elsewhere: Callable[[str], Corpus]) -> None:
    """In one commit of the bucket; an older version is read as it was, from another machine as well."""
    corpus = Corpus.open(where, create=True)
    for number in range(MANY):
        add(corpus, article(f"a{number}", f"{LONG} {number}"))
    before = corpus.version
    assert compact(corpus)
    assert [len(Corpus.open(where).files("articles")), corpus.count("articles")] == [1, MANY]
    again = elsewhere("another")
    assert sorted(again.table("articles")["id"].to_pylist()) == sorted(f"a{number}" for number in range(MANY))
    stand_at(again, before)
    assert len(again.files("articles")) == MANY
    assert found(elsewhere("third"), "deyildi") == sorted(f"a{number}" for number in range(MANY))


def test_a_new_name_is_followed_by_whichever_machine_analyses_next(
    where: str, elsewhere: Callable[[str], Corpus]
) -> None:
    """What the analyses go by lies in the bucket."""
    corpus = Corpus.open(where, create=True)
    add(corpus, article("a", "Qızıldağda seçkilər keçirildi."), article("b", "Hava isti keçəcək."))
    pipeline.analyse(corpus)
    (corpus.data / "entities").mkdir(parents=True, exist_ok=True)
    own = '[[country]]\nid = "QZ"\nname = { az = "Qızıldağ" }\n'
    corpus.place.edit(lambda: (corpus.data / "entities" / "own.toml").write_text(own, encoding="utf-8"))
    assert pipeline.analyse(elsewhere("another")) == (1, 0)
    assert pipeline.analyse(elsewhere("third")) == (0, 0)


def test_two_analysts_at_once_lose_nothing(where: str, elsewhere: Callable[[str], Corpus]) -> None:
    """A file that somebody else changed meanwhile is changed again as it is now."""
    Corpus.open(where, create=True)

    def label(machine: int) -> None:
        corpus = elsewhere_opened[machine]
        for n in range(8):
            one = TopicLabel(f"{machine}-{n}", "diaspora", holds=True)
            corpus.place.edit(lambda one=one: said.mark(corpus.data / "topics", one))

    elsewhere_opened = [elsewhere(f"machine{n}") for n in range(3)]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(label, range(3)))
    assert len(taxonomy.load(Corpus.open(where).data).labels) == 24


def test_what_is_deleted_is_deleted_everywhere(where: str, elsewhere: Callable[[str], Corpus]) -> None:
    """A topic made in the app on one machine is there on another, and gone when that one deletes it."""
    here = Corpus.open(where, create=True)
    topic = here.place.edit(lambda: add_topic(here.data / "topics", "İdman", ["oyun"], "az"))
    other = elsewhere("other")
    assert topic in taxonomy.load(other.data).definitions
    other.place.edit(lambda: remove(other.data / "topics", topic))
    here.refresh()
    assert topic not in taxonomy.load(here.data).definitions


def test_a_change_that_cannot_be_made_changes_nothing(where: str, bucket: S3Store) -> None:
    """An error of the change comes out as it is."""
    corpus = Corpus.open(where, create=True)
    with pytest.raises(ZeroDivisionError):
        corpus.place.edit(lambda: 1 // 0)
    mark_once = MentionException("Bakı", "AZ")
    corpus.place.edit(lambda: mark(corpus.data / "entities", mark_once))
    prefix = where.removeprefix(f"s3://{s3.BUCKET}/")
    assert [one["path"].removeprefix(prefix) for one in bucket.list(f"{prefix}/data").collect()] == [
        "/data/entities/exceptions-marked.toml"
    ]


def test_a_data_file_gone_from_the_bucket_is_found_out(where: str, bucket: S3Store) -> None:
    """`check` looks at the bucket, not only at the copy; reading without a copy names the file."""
    corpus = Corpus.open(where, create=True)
    add(corpus, article("a"))
    corpus.put_analysis(analysed("a"))
    assert corpus.check() == []
    (name,) = corpus.place.files("articles")
    bucket.delete(f"{where.removeprefix(f's3://{s3.BUCKET}/')}/articles/{name}")
    assert [fault for fault in corpus.check() if name in fault]
    shutil.rmtree(corpus.path)
    with pytest.raises(CorpusError, match=name):
        Corpus.open(where).rows("from articles")


def test_copies_that_no_version_needs_go_in_the_end(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of a version that was rewritten stays for those who read it now, and goes when long unused."""
    corpus = Corpus.open(where, create=True)
    add(corpus, article("a"))
    corpus.put_analysis(analysed("a"))
    (old,) = corpus.files("analysis")
    corpus.replace_analysis([analysed("a", method="new")])
    corpus.files("analysis")
    assert Path(old).exists()
    monkeypatch.setattr(places, "UNUSED", 10)
    os.utime(old, (0, time.time() - 20))
    corpus.replace_analysis([analysed("a", method="newer")])
    corpus.files("analysis")
    assert not Path(old).exists()


def test_what_is_not_a_corpus_is_said(where: str, bucket: S3Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """No corpus, other people's objects, a bucket that is not there and a wrong key each have their message."""
    with pytest.raises(CorpusError, match=f"build INPUT --corpus {where}"):
        Corpus.open(where)
    bucket.put(f"{where.removeprefix(f's3://{s3.BUCKET}/')}/letter.txt", b"mine")
    with pytest.raises(CorpusError, match="other files"):
        Corpus.open(where, create=True)
    with pytest.raises(CorpusError, match="no-such-bucket"):
        Corpus.open("s3://no-such-bucket/c")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    with pytest.raises(CorpusError, match=r"privileges.*AWS_SECRET_ACCESS_KEY"):
        Corpus.open(where)


class _Careless(BaseHTTPRequestHandler):
    """A store that takes every object, whatever the conditions."""

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(200)

    def do_GET(self) -> None:
        self._answer(404 if "list-type" not in self.path else 200, b"<ListBucketResult></ListBucketResult>")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(200, b"<DeleteResult><Deleted><Key>x</Key></Deleted></DeleteResult>")

    def _answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("ETag", '"x"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base's)
        """Say nothing."""


def test_a_store_that_would_lose_commits_is_refused(bucket: S3Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where If-None-Match is ignored no corpus is made: two writers would overwrite each other unseen."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Careless) as careless:
        Thread(target=careless.serve_forever, daemon=True).start()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{careless.server_port}")
        with pytest.raises(CorpusError, match="If-None-Match"):
            Corpus.open("s3://bucket/corpus", create=True)
        careless.shutdown()


@pytest.mark.parametrize("address", ["gs://bucket/corpus", "s3://", "http://example.org/corpus"])
def test_an_address_of_another_kind_is_wrong_usage(address: str) -> None:
    """A corpus lies in a directory or on S3."""
    with pytest.raises(UsageError, match="s3://BUCKET/PREFIX"):
        Place.of(address)


def test_s3_without_its_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to install."""
    monkeypatch.setitem(sys.modules, "obstore.store", None)
    with pytest.raises(UsageError, match="pip install obstore"):
        Place.of("s3://bucket/corpus")
