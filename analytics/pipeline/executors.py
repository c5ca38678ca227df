"""Where the stages run: in this process, in worker processes, or on a Dask cluster, behind one interface."""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, Literal, ParamSpec, TypeVar, get_args

from analytics.errors import JarchiError, UsageError

Kind = Literal["processes", "dask"]
EXECUTORS: tuple[Kind, ...] = get_args(Kind)

AHEAD = 2  # batches waiting for each worker: enough to keep it busy, little enough to hold in memory

P = ParamSpec("P")
T = TypeVar("T")
U = TypeVar("U")


class Here(Executor):
    """Runs each task at once, in this process: for a small job, which a pool's start would double."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """A future that is done."""
        done: Future[T] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


@contextmanager
def executor(kind: Kind = "processes", workers: int = 0, scheduler: str = "") -> Iterator[tuple[Executor, int]]:
    """An executor and the number of its workers. `workers` 0 stands for one for each core; 1 is this process.

    `scheduler` is the address of a running Dask cluster. Raises UsageError when Dask is asked for and not installed.
    """
    workers = workers or len(
        os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    )
    if kind == "dask" or scheduler:
        with _dask(workers, scheduler) as pool:
            yield pool, workers
    elif workers == 1:
        yield Here(), 1
    else:
        # Spawned, not forked: Arrow and DuckDB keep threads, and a fork copies their locks but not the threads.
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(workers, mp_context=spawn, initializer=_leave_interrupts) as pool:
            yield pool, workers


def _leave_interrupts() -> None:
    """Ctrl-C is for the process that the person started; its workers end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _dask(workers: int, scheduler: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError("--executor dask needs Dask: python -m pip install distributed") from error
    options: dict[str, Any] = {"address": scheduler} if scheduler else {"n_workers": workers, "threads_per_worker": 1}
    try:
        client = Client(**options)
    except OSError as error:
        raise UsageError(f"--scheduler {scheduler}: no Dask cluster answers there ({error})") from error
    with client, client.get_executor() as pool:
        yield pool


def in_order(pool: Executor, workers: int, stage: Callable[[T], U], items: Iterable[T]) -> Iterator[U]:
    """The results of a stage in the order of its items, never more than `AHEAD` items a worker in flight."""
    waiting: deque[Future[U]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(stage, item))
            if len(waiting) >= AHEAD * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise JarchiError(
            "a worker process was ended from outside, perhaps for want of memory; nothing is lost: "
            "run the same command again, with fewer --workers"
        ) from error
    finally:
        for future in waiting:  # of a run that was stopped
            future.cancel()
