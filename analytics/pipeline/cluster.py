"""A Dask cluster as an executor: each worker gets the analyst's names and topics once, and loads all of them once.

The workers may be on other machines: what lies on this one's disk reaches them as bytes. Each needs the same version
of Jarchi (docs/cluster.md), which the digest of the method proves before the first article is sent.
"""

import asyncio
import logging
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from pathlib import Path

import dask
from distributed import Client, KilledWorker, LocalCluster, Worker, WorkerPlugin

from analytics.errors import JarchiError, UsageError
from analytics.pipeline.stages import Analyse, lay

ANSWER = 20  # seconds to wait for a scheduler
ROOMS = {"entities": ("*.toml",), "topics": ("*.toml", "*.parquet")}  # what knowledge is loaded from
SETTINGS = {"distributed.admin.large-graph-warning-threshold": "1GB"}  # a batch of articles is no mistake
NOT_LOST = "nothing is lost: run the same command again"


class Names(WorkerPlugin):
    """Puts an analyst's files on a worker's disk and loads them with ours, before the worker's first task.

    Dask gives it to the workers that are there, and to each that joins or is started anew.
    """

    def __init__(self, task: Analyse) -> None:
        self.task, self.files, self.name = task, packed(task.overlay), f"jarchi-{task.method}"

    async def setup(self, worker: Worker) -> None:
        """Called as a worker joins. Raises DataError when the worker has other names, topics or code."""
        await asyncio.to_thread(lay, self.task, self._folder(worker), self.files)

    def teardown(self, worker: Worker) -> None:
        """Called as the build ends."""
        shutil.rmtree(self._folder(worker), ignore_errors=True)  # scratch of Dask's, cleared away by it too

    def _folder(self, worker: Worker) -> Path:
        return Path(worker.local_directory) / self.name


@contextmanager
def cluster(workers: int, scheduler: str, task: Analyse | None) -> Iterator[tuple[Executor, int]]:
    """An executor whose workers know what `task` goes by, and how many batches they take at a time.

    Without the address of a scheduler, so many workers are started on this machine. With one, `workers` 0 stands for
    as many as have joined. Raises UsageError where there is no cluster, JarchiError when it breaks down.
    """
    with dask.config.set(SETTINGS), _client(workers, scheduler) as client:
        size = workers or sum(client.nthreads().values())
        if not size:
            raise UsageError(f"--scheduler {scheduler}: no worker has joined; say with --workers how many will")
        try:
            with _known(client, task), client.get_executor(pure=False) as pool:
                yield pool, size
        except KilledWorker as error:
            raise JarchiError(
                f"workers of the cluster died over the same articles again and again, perhaps for want of memory; "
                f"{NOT_LOST}, with more memory for each worker"
            ) from error
        except RuntimeError as error:
            if "deserialization of the task graph" not in str(error):  # Dask gives it no class of its own
                raise
            raise UsageError(
                f"--scheduler {scheduler}: cannot read what it is sent; it needs the same version of Jarchi as the "
                "workers, see docs/cluster.md"
            ) from error
        except (CancelledError, OSError) as error:
            if client.status == "running":
                raise
            raise JarchiError(f"the Dask scheduler went away; {NOT_LOST}") from error


@contextmanager
def _client(workers: int, scheduler: str) -> Iterator[Client]:
    if scheduler:
        try:
            client = Client(scheduler, timeout=ANSWER, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageError(f"--scheduler {scheduler}: no Dask cluster answers there ({error})") from error
        with client:
            yield client
        return
    with (
        tempfile.TemporaryDirectory(prefix="jarchi-") as scratch,
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            host="127.0.0.1",
            security=True,  # certificates of its own: whoever reaches a worker can have it run anything
            dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"dashboard": False},
            local_directory=scratch,
            silence_logs=logging.ERROR,
        ) as started,
        Client(started, set_as_default=False) as client,
    ):
        try:
            yield client
        finally:
            client.run(last_heartbeat, on_error="ignore")  # by workers that are there


async def last_heartbeat(dask_worker: Worker) -> None:
    """Have a worker that is about to be closed send no more heartbeats, and wait for one that is under way.

    Dask cuts it off when it closes the worker, which then prints a traceback.
    """
    dask_worker.periodic_callbacks["heartbeat"].stop()
    while dask_worker.rpc.active:
        await asyncio.sleep(0.01)


@contextmanager
def _known(client: Client, task: Analyse | None) -> Iterator[None]:
    """Have every worker know what the task goes by."""
    if task is None:
        yield
        return
    names = Names(task)
    try:
        client.register_plugin(names)
    except ImportError as error:
        raise UsageError(f"the workers of the cluster cannot run Jarchi ({error}); see docs/cluster.md") from error
    try:
        yield
    finally:  # the analyst's names and topics do not stay with a cluster that others use
        client.unregister_worker_plugin(names.name)


def packed(overlay: Path | None) -> dict[str, bytes]:
    """The files of an analyst's directory that knowledge is loaded from, by their names within it."""
    if overlay is None:
        return {}
    found = [path for room, kinds in ROOMS.items() for kind in kinds for path in sorted((overlay / room).glob(kind))]
    return {path.relative_to(overlay).as_posix(): path.read_bytes() for path in found}
