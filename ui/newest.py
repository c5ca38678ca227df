"""Which version visitors are shown: the newest that opens at once.

A newer one of a large corpus is laid out first, by a process of its own: in this one everybody would wait for it.
"""

import subprocess
import sys
import threading
from pathlib import Path

from analytics import cube as cubes
from analytics.corpus import Corpus

ROOT = Path(__file__).resolve().parent.parent


class Newest:
    """The version of one corpus that is shown, and the next one, while it is being laid out."""

    def __init__(self, where: str) -> None:
        self.where = where
        self._lock = threading.Lock()
        self._shown = self._next = ""
        self._process: subprocess.Popen[bytes] | None = None

    def opened(self, version: str) -> None:
        """A version was opened, and may be shown from now on."""
        with self._lock:
            self._shown = version

    def of(self, version: str) -> str:
        """The newest version, which is this; or the one shown last, as long as this one is not laid out."""
        with self._lock:
            if version != self._shown and (not self._shown or self._ready(version)):
                self._shown = version
            return self._shown

    def _ready(self, version: str) -> bool:
        """Whether this version opens at once, or nothing more can be done for it; if not, have it laid out."""
        if self._process is not None and self._process.poll() is None:
            return False
        if version != self._next:
            self._next, self._process = version, None
            if not cubes.is_prepared(Corpus.open(self.where)):
                self._process = self._lay_out()
        return self._process is None or self._process.poll() is not None

    def _lay_out(self) -> "subprocess.Popen[bytes]":
        where = self.where if "://" in self.where else str(Path(self.where).resolve())
        command = [sys.executable, "-m", "analytics", "prepare", "--corpus", where]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603 (our own command)
