"""The stages in order: the same result in one process or several, at once or by and by, and whoever else is at work."""

import datetime as dt
import functools
import json
import os
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import corpora
import pyarrow as pa
import pytest

from analytics import gazetteer, pipeline, stories
from analytics.corpus import Added, Corpus
from analytics.errors import JarchiError, SourceError, TopicError, UsageError
from analytics.model import MENTIONS
from analytics.pipeline import executors, run, stages
from analytics.stories.window import UNDATED

ROOT = Path(__file__).resolve().parent.parent
LANDS = ("Qazaxıstan", "Türkiyə", "Gürcüstan", "Özbəkistan")


def records(count: int, first: int = 0) -> list[dict[str, Any]]:
    """Short articles of one sentence, each of another day."""
    return [
        {
            "id": f"a{n:03}",
            "date": f"2024-{1 + n // 28:02}-{1 + n % 28:02}",
            "title": f"{n} nömrəli xəbər",
            "text": f"{LANDS[n % 4]} səfiri ilə {n} nömrəli görüş keçirildi.",
            "outlet": "Nümunə",
        }
        for n in range(first, first + count)
    ]


def write(path: Path, rows: list[dict[str, Any]], *more: str) -> Path:
    """A file of JSON Lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + "".join(more), encoding="utf-8")
    return path


def told(corpus: Corpus) -> dict[str, str]:
    """What every article says and what was made of it."""
    rows = corpus.rows(
        "select id, to_json(a) || to_json(n) as said from articles a join analysis n on n.article = a.id"
    )
    return dict(zip(rows["id"].to_pylist(), rows["said"].to_pylist(), strict=True))


@functools.cache
def names() -> gazetteer.Gazetteer:
    """The names that ship, read once for all tests here (2 s)."""
    return LOAD(None)


LOAD = gazetteer.load


@pytest.fixture(autouse=True)
def _once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gazetteer, "load", lambda o=None: LOAD(o) if o and (o / "entities").is_dir() else names())


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of seven articles, so that few articles make many."""
    monkeypatch.setattr(run, "BATCH", 7)


def test_a_build_from_front_to_back(tmp_path: Path) -> None:
    """Every record is accounted for, what was kept is analysed, and what is analysed can be found."""
    path = write(tmp_path / "a.jsonl", records(5) + records(1), "{broken\n")
    done = pipeline.build([path], tmp_path / "c")
    assert done == pipeline.Summary(Added(accepted=5, known=1, rejected=1), analysed=5, outdated=0)
    corpus = Corpus.open(tmp_path / "c")
    (found,) = corpus.rows("from analysis where article = 'a000'").to_pylist()
    assert [m["entity"] for m in found["mentions"]] == ["KZ"]
    assert corpora.found(corpus, "Qazaxıstan") == ["a000", "a004"]
    assert corpus.check() == []


def test_building_again_changes_nothing(tmp_path: Path) -> None:
    """The second run finds everything known and leaves every table as it is."""
    path = write(tmp_path / "a.jsonl", records(5), "{broken\n")
    pipeline.build([path], tmp_path / "c")
    before = Corpus.open(tmp_path / "c").version
    done = pipeline.build([path], tmp_path / "c")
    assert done == pipeline.Summary(Added(known=5, rejected=1), analysed=0, outdated=0)
    assert Corpus.open(tmp_path / "c").version == before


@pytest.mark.usefixtures("small")
def test_by_and_by_is_the_same_as_at_once(tmp_path: Path) -> None:
    """Articles that come day by day get the mentions, topics and stories that they get together."""
    every = [write(tmp_path / f"{n}.jsonl", records(15, first)) for n, first in enumerate((0, 15, 30))]
    pipeline.build(every, tmp_path / "once")
    for path in every:
        pipeline.build([path], tmp_path / "often")
    assert told(Corpus.open(tmp_path / "often")) == told(Corpus.open(tmp_path / "once"))


@pytest.mark.usefixtures("small")
def test_the_order_of_the_input_makes_no_difference(tmp_path: Path) -> None:
    """The same articles backwards, several of them on each day, get the same stories."""
    rows = [row | {"date": f"2024-01-{1 + n // 6:02}"} for n, row in enumerate(records(40))]
    pipeline.build([write(tmp_path / "a.jsonl", rows)], tmp_path / "forth")
    pipeline.build([write(tmp_path / "b.jsonl", rows[::-1])], tmp_path / "back")
    forth, back = (Corpus.open(tmp_path / name).table("analysis", ["article", "story"]) for name in ("forth", "back"))
    assert forth.sort_by("article") == back.sort_by("article")


def test_a_late_article_joins_the_story_of_its_time(tmp_path: Path) -> None:
    """What is added after its successors is grouped with them, and they keep the story they had."""
    text = "Şəki şəhərində beynəlxalq ipək festivalı açıldı, festivala on ölkədən ustalar gəldi."
    days = [
        records(1, n)[0] | {"id": f"f{n}", "title": "İpək festivalı", "text": f"{text} Gün {n}."} for n in (3, 5, 4)
    ]
    for row in days:
        pipeline.build([write(tmp_path / "a.jsonl", [row])], tmp_path / "c")
    stories = Corpus.open(tmp_path / "c").table("analysis", ["story"])["story"].to_pylist()
    assert len(set(stories)) == 1


@pytest.mark.parametrize("held", [5, 20, 8_000])
@pytest.mark.parametrize("first", [None, dt.date(2024, 2, 10)])
def test_only_what_stories_would_let_go_of_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: int, first: dt.date | None
) -> None:
    """Before the first new article is looked at, as many are held as if all articles of its time had been read."""
    chance, corpus = random.Random(1), Corpus.open(tmp_path / "c", create=True)
    rows: list[dict[str, Any]] = []
    for n in range(150):
        day = dt.date(2024, 1, 1) + dt.timedelta(days=chance.randrange(80))
        published, precision = chance.choice([(day, "day")] * 4 + [(day.replace(day=1), "month"), (None, None)])
        one = f"{chance.randrange(1000):03}-{n}"
        rows.append(corpora.article(one, f"{n} nömrəli xəbər", published=published, precision=precision))
    corpora.add(corpus, *rows)
    corpus.put_analysis(corpora.analysed(*(row["id"] for row in rows)))
    monkeypatch.setattr(stories, "HELD", held)
    monkeypatch.setattr(run, "HELD", held)
    some = _held(corpus, first)
    near, undated = Corpus.window, Corpus.undated
    every = {"exact": dt.date.min, "near": dt.date(2024, 1, 1), "most": 10**6}
    monkeypatch.setattr(Corpus, "window", lambda self, start, end, **_: near(self, start, end, **every))
    monkeypatch.setattr(Corpus, "undated", lambda self, _: undated(self, 10**6))
    assert some == _held(corpus, first)
    assert 0 < len(some) <= held


def _held(corpus: Corpus, first: dt.date | None) -> list[str]:
    """What is compared with articles of a day, and of none."""
    stream = stories.Stream()
    for earlier in run._Around(corpus).of(pa.chunked_array([[first, None]], pa.date32())):
        stream.resume(run._features_again(earlier), earlier["story"].to_pylist())
    stream._forget(first.toordinal() if first else UNDATED)
    return [one.id for one in stream._held]


@pytest.mark.usefixtures("small")
def test_workers_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two worker processes give the same rows as this one."""
    path = write(tmp_path / "a.jsonl", records(30))
    pipeline.build([path], tmp_path / "one", workers=1)
    monkeypatch.setattr(executors, "SMALL", 0)
    pipeline.build([path], tmp_path / "two", workers=2)
    assert told(Corpus.open(tmp_path / "two")) == told(Corpus.open(tmp_path / "one"))


def _end(_: int) -> int:
    os._exit(1)


def test_a_worker_that_dies_again_and_again_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work that ends every worker gives one clear error, not a hang and not a traceback."""
    monkeypatch.setattr(executors, "RESTARTS", 1)
    with executors.executor(workers=2) as (pool, size), pytest.raises(JarchiError, match="nothing is lost"):
        list(executors.in_order(pool, size, _end, range(4)))


def _end_once(item: tuple[Path, int]) -> int:
    mark, number = item
    if number == 5 and not mark.exists():
        mark.touch()
        os._exit(1)
    return number


def test_a_worker_that_is_ended_is_started_anew(tmp_path: Path) -> None:
    """A worker process killed over one batch costs that batch's time: results are whole and in order."""
    items = [(tmp_path / "ended", number) for number in range(12)]
    with executors.executor(workers=2) as (pool, size):
        assert list(executors.in_order(pool, size, _end_once, items)) == list(range(12))
    assert (tmp_path / "ended").exists()


HELD = """
import os, time
from analytics.pipeline import executors

if __name__ == "__main__":
    with executors.executor(workers=2) as (pool, _):
        print(*{pool.submit(os.getpid).result() for _ in range(8)}, flush=True)
        time.sleep(600)
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked for in /proc")
def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    """Also when that is killed outright: each holds hundreds of megabytes."""
    script = tmp_path / "held.py"
    script.write_text(HELD, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path(pipeline.__file__).resolve().parents[2])}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        workers = [int(number) for number in process.stdout.readline().split()]
        assert workers
        process.kill()
    for _ in range(100):
        if not any(Path(f"/proc/{worker}").exists() for worker in workers):
            return
        time.sleep(0.1)
    pytest.fail(f"{workers} are still there")


def test_results_come_in_order_and_few_are_in_flight() -> None:
    """Memory is bounded by the batches in flight, however many there are."""
    asked: list[int] = []

    def items() -> Any:
        for n in range(100):
            asked.append(n)
            yield n

    with ThreadPoolExecutor(2) as pool:
        results = executors.in_order(pool, 2, lambda n: n * n, items())
        assert next(results) == 0
        assert len(asked) <= executors.AHEAD * 2
        assert list(results) == [n * n for n in range(1, 100)]


@pytest.mark.usefixtures("small")
def test_again_replaces_everything_at_once(tmp_path: Path) -> None:
    """`analyse --again` writes one version; rows of an older method are told before it and gone after it."""
    pipeline.build([write(tmp_path / "a.jsonl", records(30))], tmp_path / "c")
    corpus = Corpus.open(tmp_path / "c")
    before = told(corpus)
    old = corpus.table("analysis")
    corpus.replace_analysis([old.set_column(4, "method", pa.array(["old"] * 30))])
    assert pipeline.analyse(corpus) == (0, 30)
    version = corpus.tables["analysis"].version
    assert pipeline.analyse(corpus, again=True) == (30, 0)
    assert corpus.tables["analysis"].version == version + 1
    assert told(corpus) == before


def test_an_analysts_topics_are_kept_with_the_corpus(tmp_path: Path) -> None:
    """What `--data` names is used now and later; a faulty file is refused before anything is written."""
    topics = tmp_path / "mine" / "topics"
    topics.mkdir(parents=True)
    (topics / "meetings.toml").write_text('name.az = "Görüşlər"\nseeds.az = ["görüş"]\n', encoding="utf-8")
    path = write(tmp_path / "a.jsonl", records(2))
    pipeline.build([path], tmp_path / "c", overlay=tmp_path / "mine")
    corpus = Corpus.open(tmp_path / "c")
    (found,) = corpus.rows("from analysis where article = 'a000'").to_pylist()
    assert "meetings" in [t["topic"] for t in found["topics"]]
    assert pipeline.analyse(corpus) == (0, 0)
    (topics / "meetings.toml").write_text("name.az = ", encoding="utf-8")
    with pytest.raises(TopicError, match=r"meetings\.toml"):
        pipeline.build([path], tmp_path / "new", overlay=tmp_path / "mine")
    assert not (tmp_path / "new").exists()


def test_an_input_that_is_not_there_makes_no_corpus(tmp_path: Path) -> None:
    """A mistyped name leaves nothing behind."""
    with pytest.raises(SourceError):
        pipeline.build([tmp_path / "nothing.csv"], tmp_path / "c")
    assert not (tmp_path / "c").exists()


def test_dask_is_asked_for_and_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "analytics.pipeline.cluster", raising=False)
    with pytest.raises(UsageError, match="pip install distributed"), executors.executor("dask"):
        pytest.fail("there is no such executor")


def test_rows_of_an_article_are_nested_under_it() -> None:
    """Mentions in any order of articles come to their own, in their own order; an article without any has none."""
    rows = [{"article": a, "entity": e, "start": s} for a, e, s in [("b", "KZ", 0), ("a", "TR", 5), ("b", "AZ", 3)]]
    nested = stages.nest(pa.Table.from_pylist(rows, schema=MENTIONS), pa.chunked_array([["a", "c", "b"]]), MENTIONS)
    assert [[m["entity"] for m in one] for one in nested.to_pylist()] == [["TR"], [], ["KZ", "AZ"]]


def test_two_builds_at_once_and_readers_all_the_while(tmp_path: Path) -> None:
    """Two processes build the same files into one corpus: one corpus comes of it, and readers never see an error."""
    paths = [write(tmp_path / f"{n}.jsonl", records(40, first)) for n, first in enumerate((0, 40, 80))]
    pipeline.build(paths, tmp_path / "one")
    imports = "import sys; from analytics.pipeline import run; from analytics.__main__ import main"
    command = f"{imports}; run.BATCH = run.COMMIT = 9; sys.exit(main())"  # small batches, so that the two meet often
    arguments = [sys.executable, "-c", command, "build", *map(str, paths), "--corpus", str(tmp_path / "c")]
    builds = [subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.DEVNULL) for _ in range(2)]
    seen = [0]
    while any(build.poll() is None for build in builds):
        if (tmp_path / "c" / "jarchi.json").exists():
            corpus = Corpus.open(tmp_path / "c")
            assert corpus.check() == []
            seen.append(corpus.count("articles"))
    assert [build.returncode for build in builds] == [0, 0]
    assert seen == sorted(seen)
    assert told(Corpus.open(tmp_path / "c")) == told(Corpus.open(tmp_path / "one"))
