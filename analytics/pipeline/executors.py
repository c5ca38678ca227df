"""Where the stages run: in this process, in worker processes, or on a Dask cluster, behind one interface."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any, Literal, ParamSpec, Self, TypeVar, get_args

from analytics.corpus.store import BATCH
from analytics.errors import JarchiError, UsageError
from analytics.pipeline.stages import Analyse

Kind = Literal["processes", "dask"]
EXECUTORS: tuple[Kind, ...] = get_args(Kind)

AHEAD = 2  # batches waiting for each worker: enough to keep it busy, little enough to hold in memory
SMALL = 4 * BATCH  # articles that are read here before workers would have started
RESTARTS = 3  # of worker processes over one batch: more, and it is the batch that ends them

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


class Processes(Executor):
    """Worker processes of this machine, which may be started anew when one of them was ended from outside."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool = self._start()

    def _start(self) -> ProcessPoolExecutor:
        # Spawned, not forked: Arrow and DuckDB keep threads, and a fork copies their locks but not the threads.
        spawn = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.workers, mp_context=spawn, initializer=_belong)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a task in one of the processes."""
        return self._pool.submit(fn, *args, **kwargs)

    def again(self) -> None:
        """Start all processes anew; what they had in hand has to be submitted again."""
        self._pool.shutdown()
        self._pool = self._start()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes."""
        self._pool.shutdown(wait, cancel_futures=cancel_futures)


@contextmanager
def executor(
    kind: Kind = "processes", workers: int = 0, scheduler: str = "", *, task: Analyse | None = None
) -> Iterator[tuple[Executor, int]]:
    """An executor and the number of its workers. `workers` 0 stands for one for each core; 1 is this process.

    `scheduler` is the address of a running Dask cluster, whose workers are told what the `task` goes by. Raises
    UsageError when Dask is asked for and not installed, or does not answer.
    """
    if kind == "dask" or scheduler:
        try:
            from analytics.pipeline.cluster import cluster
        except ImportError as error:
            raise UsageError("--executor dask needs Dask: python -m pip install distributed") from error
        with cluster(workers if scheduler else workers or _cores(), scheduler, task) as pool:
            yield pool
        return
    workers = workers or _cores()
    if workers == 1:
        yield Here(), 1
    else:
        with Processes(workers) as processes:
            yield processes, workers


class Hands:
    """Whoever does the work of one run: this process where there is little of it, else workers.

    They are started when they are first needed, and end with the block, or when they are sent away.
    """

    def __init__(self, kind: Kind = "processes", workers: int = 0, scheduler: str = "") -> None:
        self._open = partial(executor, kind, workers, scheduler)
        self._cluster = kind == "dask" or bool(scheduler)
        self._started: tuple[Executor, int] | None = None
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: Any) -> None:
        self._stack.__exit__(*error)

    def away(self) -> None:
        """End the workers, and what they hold in memory; who needs any after that has new ones started."""
        self._stack.close()
        self._started = None

    def of(self, articles: int, task: Analyse | None = None) -> tuple[Executor, int]:
        """An executor for so many articles, and the number of its workers.

        A cluster is told what the `task` goes by; without one, it is not asked. Raises as `executor` does.
        """
        if task is None if self._cluster else articles <= SMALL:
            return Here(), 1
        if self._started is None:
            self._started = self._stack.enter_context(self._open(task=task))
        return self._started


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _belong() -> None:
    """A worker ends with the process that the person started: not by its own Ctrl-C, and also when that is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # nobody is left to hand a result to


def in_order(pool: Executor, workers: int, stage: Callable[[T], U], items: Iterable[T]) -> Iterator[U]:
    """The results of a stage in the order of its items, never more than `AHEAD` items a worker in flight.

    Where a worker process was ended, what was in flight is done again. Raises JarchiError when that goes on.
    """
    waiting: deque[tuple[T, Future[U]]] = deque()
    try:
        for item in items:
            waiting.append((item, _submitted(pool, stage, item)))
            if len(waiting) >= AHEAD * workers:
                yield _first(pool, stage, waiting)
        while waiting:
            yield _first(pool, stage, waiting)
    finally:
        for _, future in waiting:  # of a run that was stopped
            future.cancel()


def _submitted(pool: Executor, stage: Callable[[T], U], item: T) -> Future[U]:
    """The future of one item; a pool that broke since the last one is noticed here, and said by the first result."""
    try:
        return pool.submit(stage, item)
    except BrokenProcessPool as error:
        failed: Future[U] = Future()
        failed.set_exception(error)
        return failed


def _first(pool: Executor, stage: Callable[[T], U], waiting: deque[tuple[T, Future[U]]]) -> U:
    """The result of the item that has waited longest, which waits no more."""
    restarts = 0
    while True:
        try:
            result = waiting[0][1].result()
        except BrokenProcessPool as error:
            restarts += 1
            if restarts > RESTARTS:
                raise JarchiError(
                    "worker processes were ended from outside again and again, perhaps for want of memory; nothing is "
                    "lost: run the same command again, with fewer --workers"
                ) from error
            assert isinstance(pool, Processes)
            pool.again()
            for at, (item, future) in enumerate(waiting):
                if not future.done() or isinstance(future.exception(), BrokenProcessPool):
                    waiting[at] = item, _submitted(pool, stage, item)
        else:
            waiting.popleft()
            return result
