"""Which version visitors are shown: the newest that is whole and opens at once.

A newer one of a large corpus is laid out first, by a process of its own: in this one everybody would wait for it.
"""

import subprocess
import sys
import threading
import time
from pathlib import Path

from analytics import cube as cubes
from analytics.corpus import Corpus

ROOT = Path(__file__).resolve().parent.parent
LOOK = 1.0  # seconds between two looks at a version that is not whole
PATIENCE = 60.0  # seconds after which a version is shown whose articles are not all analysed: the build was ended


class Newest:
    """The version of one corpus that is shown, and the next one, while it is being analysed and laid out."""

    def __init__(self, where: str) -> None:
        self.where = where
        self._lock = threading.Lock()
        self._shown = self._next = ""
        self._seen = self._looked = 0.0  # when the next one was first seen, and last looked at
        self._whole = False
        self._process: subprocess.Popen[bytes] | None = None

    def opened(self, version: str) -> None:
        """A version was opened, and may be shown from now on."""
        with self._lock:
            self._shown = version

    def of(self, version: str) -> str:
        """The newest version, which is this; or the one shown last, as long as this one is not ready."""
        with self._lock:
            if version != self._shown and (not self._shown or self._ready(version)):
                self._shown = version
            return self._shown

    def _ready(self, version: str) -> bool:
        """Whether this version is whole and opens at once, or nothing more can be done for it."""
        if self._process is not None and self._process.poll() is None:
            return False
        now = time.monotonic()
        if version != self._next:
            self._next, self._seen, self._looked, self._whole, self._process = version, now, 0.0, False, None
        if not self._whole and now - self._looked >= LOOK:
            self._looked = now
            corpus = Corpus.open(self.where)
            self._whole = corpus.count("analysis") >= corpus.count("articles") or now - self._seen > PATIENCE
            if self._whole and not cubes.is_prepared(corpus):
                self._process = self._begun()
        return self._whole and (self._process is None or self._process.poll() is not None)

    def lay_out(self) -> None:
        """Have the newest version laid out, whole or not, and wait until it is; nobody else has to."""
        if not cubes.is_prepared(Corpus.open(self.where)):
            self._begun().wait()

    def _begun(self) -> "subprocess.Popen[bytes]":
        where = self.where if "://" in self.where else str(Path(self.where).resolve())
        command = [sys.executable, "-m", "analytics", "prepare", "--corpus", where]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603 (our own command)
