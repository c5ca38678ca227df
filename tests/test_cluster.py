"""Dask in place of a pool: the same corpus to the byte, whoever is killed, and names that travel as bytes."""

import asyncio
import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, redirect_stdout
from pathlib import Path
from typing import Any

import corpora
import pyarrow as pa
import pytest
from distributed import Client, Scheduler
from test_pipeline import ROOT, records, told, write

from analytics import pipeline
from analytics.__main__ import main
from analytics.corpus import Corpus
from analytics.errors import DataError, JarchiError, UsageError
from analytics.pipeline import Knowledge, executors, run
from analytics.pipeline.cluster import cluster
from analytics.pipeline.stages import Analyse
from analytics.pipeline.wire import Sent, wire

WORKERS = 2
EXPORTS = ("articles", "mentions", "topics", "stories", "attention")


PATHS = os.pathsep.join((str(ROOT), str(ROOT / "tests")))


def started(
    where: ExitStack, folder: Path, command: str, *arguments: str, paths: str = PATHS
) -> subprocess.Popen[bytes]:
    """A process of Dask's on loopback, ended with the tests."""
    environment = os.environ | {"PYTHONPATH": paths}
    process = subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.dask_{command}", *arguments, "--host", "127.0.0.1", "--no-dashboard"],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    where.callback(process.wait)
    where.callback(process.terminate)
    return process


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a cluster of two workers, each a process with a nanny."""
    folder, port = tmp_path_factory.mktemp("dask"), free_port()
    address = f"tcp://127.0.0.1:{port}"
    with ExitStack() as processes:
        started(processes, folder, "scheduler", "--port", str(port))
        for _ in range(WORKERS):
            started(processes, folder, "worker", address, "--nthreads", "1", "--local-directory", str(folder))
        with Client(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(WORKERS, timeout=60)
        yield address


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of seven articles, so that few articles make many."""
    monkeypatch.setattr(run, "BATCH", 7)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Corpus]:
    """Articles as a file, and the corpus that this process alone makes of them."""
    folder = tmp_path_factory.mktemp("alone")
    path = write(folder / "a.jsonl", records(90), "{broken\n")
    pipeline.build([path], folder / "c")
    return path, Corpus.open(folder / "c")


def exported(corpus: Corpus) -> list[str]:
    """Every export of a corpus as JSON Lines."""
    found = []
    for what in EXPORTS:
        with redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")) as out:
            assert main(["export", what, "--corpus", str(corpus.place)]) == 0
            out.flush()
            found.append(out.buffer.getvalue().decode())
    return found


def same(one: Corpus, other: Corpus) -> bool:
    """Whether two corpora say the same to the byte."""
    rows = [corpus.table("analysis").sort_by("article") for corpus in (one, other)]
    return bool(told(one) == told(other) and rows[0] == rows[1] and exported(one) == exported(other))


def test_a_running_cluster_makes_the_same_corpus(tmp_path: Path, scheduler: str, alone: tuple[Path, Corpus]) -> None:
    """Table by table and export by export, what two workers make is what one process makes."""
    done = pipeline.build([alone[0]], tmp_path / "c", scheduler=scheduler)
    assert done.analysed == 90
    assert same(Corpus.open(tmp_path / "c"), alone[1])


def test_workers_are_started_where_no_address_is_given(tmp_path: Path, alone: tuple[Path, Corpus]) -> None:
    """`--executor dask` alone starts workers on this machine and makes the same corpus."""
    pipeline.build([alone[0]], tmp_path / "c", kind="dask", workers=2)
    assert same(Corpus.open(tmp_path / "c"), alone[1])


def test_workers_that_are_closed_say_nothing(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A heartbeat that is under way as the work ends is waited for: Dask would cut it off and print a traceback."""
    begun, heartbeat = threading.Event(), Scheduler.heartbeat_worker

    async def slowly(said: Any) -> Any:
        begun.set()
        await asyncio.sleep(1)
        return said

    def slow(scheduler: Scheduler, *args: Any, **options: Any) -> Any:
        said = heartbeat(scheduler, *args, **options)
        return said if "resolve_address" in options else slowly(said)  # the scheduler calls it by itself, too

    monkeypatch.setattr(Scheduler, "heartbeat_worker", slow)
    with cluster(1, "", None) as (pool, _):
        assert pool.submit(abs, -1).result() == 1
        begun.clear()
        assert begun.wait(10)
    assert capfd.readouterr().err == ""


def test_a_worker_killed_in_mid_build_costs_nothing(tmp_path: Path, scheduler: str, alone: tuple[Path, Corpus]) -> None:
    """SIGKILL to a worker once the first articles are done: the corpus is the undisturbed one."""
    killed: list[int] = []

    def kill(stage: str, done: int, total: int | None) -> None:
        if stage == "analysing" and not killed:
            with Client(scheduler, set_as_default=False) as client:
                killed.append(next(iter(client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    done = pipeline.build([alone[0]], tmp_path / "c", scheduler=scheduler, progress=kill)
    assert killed
    assert done.analysed == 90
    assert same(Corpus.open(tmp_path / "c"), alone[1])


def _slow(number: int) -> tuple[int, int]:
    time.sleep(0.2)
    return number, os.getpid()


def test_what_a_killed_worker_had_in_hand_is_done_by_another(scheduler: str) -> None:
    """Results come in order, none twice and none missing, and nobody waits for the dead."""
    with cluster(0, scheduler, None) as (pool, size):
        results = executors.in_order(pool, size, _slow, range(20))
        first = next(results)
        os.kill(first[1], signal.SIGKILL)
        rest = list(results)
    assert [number for number, _ in (first, *rest)] == list(range(20))
    assert {process for _, process in rest[4:]} - {first[1]}


def with_topic(folder: Path) -> Path:
    """An analyst's directory with a topic of its own."""
    (folder / "topics").mkdir(parents=True)
    topic = 'name.az = "Görüşlər"\nseeds.az = ["görüş"]\n'
    (folder / "topics" / "meetings.toml").write_text(topic, encoding="utf-8")
    return folder


def _which(task: Analyse, _: int) -> tuple[int, int]:
    time.sleep(0.05)
    return os.getpid(), id(task.knowledge())


def test_names_travel_as_bytes_and_are_loaded_once(tmp_path: Path, scheduler: str) -> None:
    """Workers that cannot see the analyst's directory know the topic, each loaded once; so does one that joins."""
    folder = with_topic(tmp_path / "mine")
    task = Analyse(folder, Knowledge.load(folder).method)
    article: dict[str, Any] = corpora.article("a", "Səfir ilə görüş keçirildi.")
    rows = pa.Table.from_pylist([article], schema=corpora.INPUT)
    with cluster(0, scheduler, task) as (pool, _):
        shutil.rmtree(folder)
        known = {future.result() for future in [pool.submit(_which, task, n) for n in range(20)]}
        found = pool.submit(Sent(task), wire(rows)).result()
        os.kill(next(iter(known))[0], signal.SIGKILL)
        again = [pool.submit(Sent(task), wire(rows)) for _ in range(6)]
        assert all(future.result().analysis == found.analysis for future in again)
    assert len({process for process, _ in known}) == len(known) <= WORKERS
    assert "meetings" in [topic["topic"] for topic in found.analysis["topics"].to_pylist()[0]]


def test_a_worker_of_another_version_is_refused(tmp_path: Path, scheduler: str) -> None:
    """Before the first article is sent, not in some of the results."""
    with pytest.raises(DataError, match="another version"), cluster(0, scheduler, Analyse(tmp_path, "another method")):
        pytest.fail("a worker with other code was taken")


def test_no_cluster_and_no_workers_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address where nothing listens, and a scheduler that nobody has joined, are wrong usage."""
    monkeypatch.setattr("analytics.pipeline.cluster.ANSWER", 1)
    with pytest.raises(UsageError, match="no Dask cluster answers"), cluster(0, f"tcp://127.0.0.1:{free_port()}", None):
        pytest.fail("there is no such cluster")
    port = free_port()
    monkeypatch.setattr("analytics.pipeline.cluster.ANSWER", 60)
    with ExitStack() as processes:
        started(processes, tmp_path, "scheduler", "--port", str(port))
        with pytest.raises(UsageError, match="no worker has joined"), cluster(0, f"tcp://127.0.0.1:{port}", None):
            pytest.fail("there is no such worker")


def _work_and_kill(address: str, process: subprocess.Popen[bytes]) -> None:
    with cluster(0, address, None) as (pool, size):
        results = executors.in_order(pool, size, _slow, range(100))
        next(results)
        process.kill()
        list(results)


@pytest.mark.parametrize(("paths", "error", "said"), [(PATHS, JarchiError, "went away"), ("", UsageError, "same vers")])
def test_a_scheduler_that_dies_or_has_no_jarchi_is_said(
    tmp_path: Path, paths: str, error: type[JarchiError], said: str
) -> None:
    """One clear error, not a hang: from a scheduler killed in mid-work, and from one that cannot read the tasks."""
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    with ExitStack() as processes:
        one = started(processes, tmp_path, "scheduler", "--port", str(port), paths=paths)
        started(processes, tmp_path, "worker", address, "--nthreads", "1", "--local-directory", str(tmp_path))
        with Client(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(1, timeout=60)
        with pytest.raises(error, match=said):
            _work_and_kill(address, one)


def test_a_slice_travels_as_what_it_holds() -> None:
    """Ten rows of a table of thousands are ten rows on the wire, and the same rows at the other end."""
    table = pa.table({"text": ["x" * 100] * 10_000})
    sent = wire(table.slice(5, 10))
    assert sent.size < 10_000
    assert Sent(lambda read: read)(sent) == table.slice(5, 10)
