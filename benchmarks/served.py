"""Streamlit apps on ports of their own, and how long they take to be there."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

PATIENCE = 120  # seconds


@dataclass(frozen=True, slots=True)
class Served:
    """An app that answers: its address, its process, and the seconds from the process's start to its first answer."""

    address: str
    process: int
    seconds: float


@contextmanager
def served(script: Path, folder: Path, environment: Mapping[str, str] | None = None) -> Iterator[Served]:
    """The app of a script, run in a folder (whose `.streamlit/config.toml` it obeys), while the block runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    command += ["--server.headless=true", "--server.address=localhost", "--browser.gatherUsageStats=false"]
    start = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, env=os.environ | (environment or {}), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            address = f"http://localhost:{port}"
            _wait(address, process)
            yield Served(address, process.pid, time.perf_counter() - start)
        finally:
            process.terminate()


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(PATIENCE * 50):
        if process.poll() is not None:
            raise RuntimeError(f"{address}: the app ended while it was starting")
        try:
            with urlopen(f"{address}/_stcore/health") as answer:
                if answer.status == 200:
                    return
        except URLError:
            pass
        time.sleep(0.02)
    raise RuntimeError(f"{address}: the app did not start in {PATIENCE} s")
