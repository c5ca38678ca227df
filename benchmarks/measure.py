"""A command with its price: seconds, CPU seconds and memory of all its processes together."""

import os
import resource
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Price:
    """What a command cost. `megabytes` is the most that its processes held at one time; shared pages count in each."""

    seconds: float
    cpu: float
    megabytes: float


def priced(command: Sequence[str]) -> Price:
    """Run a command to its end. Raises CalledProcessError when it fails."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, env=environment)
    most = 0.0
    done = threading.Event()

    def watch() -> None:
        nonlocal most
        while not done.wait(0.2):
            most = max(most, held(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    status = process.wait()
    done.set()
    watcher.join()
    if status:
        raise subprocess.CalledProcessError(status, command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Price(round(time.perf_counter() - start, 1), round(cpu, 1), round(most / 1e6))


def held(process: int) -> int:
    """The resident bytes of a process and all that descend from it (Linux)."""
    parents, pages = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                pages[int(entry.name)] = int((entry / "statm").read_text().split()[1])
            except (OSError, IndexError):
                continue  # it has just ended
    family = {process}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return PAGE * sum(pages.get(one, 0) for one in family)


def peak() -> int:
    """The most resident bytes that this process has held since its program began (Linux).

    `ru_maxrss` would begin with what the process held that started it.
    """
    status = Path("/proc/self/status").read_text()
    return 1024 * next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))
