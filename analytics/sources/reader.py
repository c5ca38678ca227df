"""The parent's side of the reader process: ask it for files, and outlive it."""

import datetime as dt
import os
import selectors
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

import orjson

from analytics.sources.discover import Source
from analytics.sources.limits import OUT_OF_MEMORY, Limits

ROOT = Path(__file__).resolve().parent.parent.parent
GRACE = 2.0  # seconds for a process that has closed its output to end
START = 60.0  # seconds that the process may take to load its libraries


class ReaderDiedError(Exception):
    """The reader process ended, hung or ran out of memory while it read a file; the message says which."""


class Reader:
    """One reader process, started when first asked and again after it died."""

    def __init__(self, limits: Limits, command: list[str] | None = None) -> None:
        self.limits = limits
        self._command = command or [sys.executable, "-m", "analytics.sources.child", str(limits.memory)]
        self._process: subprocess.Popen[bytes] | None = None
        self._fresh = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, source: Source, today: dt.date) -> Iterator[dict[str, Any]]:
        """The frames of one file. Raises ReaderDiedError, after those that came, when the process did not survive."""
        process = self._started()
        request = {
            "path": str(source.path.resolve()),
            "origin": source.origin,
            "today": today.isoformat(),
            "limits": asdict(self.limits),
        }
        assert process.stdin is not None
        try:
            process.stdin.write(orjson.dumps(request) + b"\n")
            process.stdin.flush()
        except BrokenPipeError as error:
            raise ReaderDiedError(self._end("ended before it began")) from error
        while True:
            frame = self._frame(process)
            if frame.get("done"):
                return
            yield frame

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            environment = {
                **os.environ,
                "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
                # Arrow's own allocator sets a gigabyte of addresses aside at a time, which the limit does not allow.
                "ARROW_DEFAULT_MEMORY_POOL": "system",
            }
            self._process = subprocess.Popen(  # noqa: S603 (our own module, no shell)
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
            )
            self._fresh = True
        return self._process

    def _frame(self, process: subprocess.Popen[bytes]) -> dict[str, Any]:
        wait = self.limits.seconds + (START if self._fresh else 0)
        (length,) = struct.unpack(">I", self._bytes(process, 4, wait))
        self._fresh = False
        frame: dict[str, Any] = orjson.loads(self._bytes(process, length, wait))
        return frame

    def _bytes(self, process: subprocess.Popen[bytes], count: int, wait: float) -> bytes:
        assert process.stdout is not None
        data = bytearray()
        until = time.monotonic() + wait
        with selectors.DefaultSelector() as selector:  # unlike `select`, it knows descriptors beyond 1,024
            selector.register(process.stdout, selectors.EVENT_READ)
            while len(data) < count:
                if not selector.select(max(0.0, until - time.monotonic())):
                    raise ReaderDiedError(self._end(f"gave no sign of life for {wait:.0f} seconds"))
                part = os.read(process.stdout.fileno(), count - len(data))
                if not part:
                    raise ReaderDiedError(self._end("did not survive it"))
                data += part
        return bytes(data)

    def _end(self, what: str) -> str:
        """Make sure that the process is gone, and say what happened to it."""
        process, self._process = self._process, None
        assert process is not None
        with suppress(subprocess.TimeoutExpired):
            process.wait(GRACE)  # one that is ending says why; one that hangs says nothing
        process.kill()
        code = process.wait()
        if code == OUT_OF_MEMORY:
            return f"needs more than {self.limits.memory >> 20:,} MiB to be read; split it. The rest was not read"
        how = f" (signal {-code})" if code < 0 and "sign of life" not in what else ""
        return f"the reader {what}{how}: damaged, or made to do harm; the rest of the file was not read"

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            process, self._process = self._process, None
            assert process.stdin is not None
            process.stdin.close()
            process.wait()
