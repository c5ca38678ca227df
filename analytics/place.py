"""Where a corpus lies: a directory of this machine, or a prefix of an S3 bucket.

A place has a directory `path` either way. That of a corpus on S3 is a copy which is brought up to date as it is needed:
the analyst's `data/` and the Parquet files of the tables, which are never written twice; beside them lies what is
derived and never leaves the machine (`search/`, `cube/`). It may be deleted at any time.
"""

import fcntl
import hashlib
import os
import re
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from analytics.errors import CorpusError, UsageError, WriteConflictError
from analytics.whole import pour, write

if TYPE_CHECKING:
    from obstore.store import RetryConfig

DATA = "data"
_OURS = re.compile(r"data/(entities|topics)/[^/]+\.(toml|parquet)")  # others' markers of directories are no files
AT_ONCE = 8  # files that are fetched at the same time
UNUSED = 7 * 24 * 3600  # seconds after which a copy of a file that no version needs any more is deleted
ATTEMPTS = 50  # changes of others that one change to `data/` gives way to
PATIENCE: "RetryConfig" = {"max_retries": 5, "retry_timeout": timedelta(seconds=60)}

T = TypeVar("T")


class Place:
    """A directory of this machine: what lies in it is the corpus itself."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @staticmethod
    def of(where: "str | os.PathLike[str] | Place") -> "Place":
        """The place that an address names. Raises UsageError for an address that is neither a directory nor S3."""
        if isinstance(where, Place):
            return where
        said = os.fspath(where)
        return S3(said) if "://" in said else Place(Path(said))

    def __str__(self) -> str:
        return str(self.path)

    def names(self) -> set[str]:
        """What lies here: files and directories, but not what an ended writer left. Raises CorpusError."""
        there = self.path.iterdir() if self.path.is_dir() else ()
        return {path.name for path in there if path.suffix != ".part"}

    def read(self, name: str) -> bytes | None:
        """A file, or None where there is none. Raises CorpusError when it cannot be read."""
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise CorpusError(f"{self.path / name}: cannot be read ({error.strerror})") from error

    def write(self, name: str, content: bytes) -> None:
        """Put a file in place of what is there, whole or not at all. Raises CorpusError when that cannot be done."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            write(self.path / name, content)
        except OSError as error:
            raise CorpusError(f"{self}: cannot be written ({error.strerror})") from error

    def files(self, table: str) -> dict[str, int]:
        """The data files that lie in a table's directory, by name, with their bytes."""
        return {path.name: path.stat().st_size for path in (self.path / table).glob("*.parquet")}

    def fetched(self, table: str, names: Sequence[str]) -> list[str]:
        """Where on this machine the data files of these names are. Raises CorpusError when one cannot be had."""
        return [f"{self.path}/{table}/{name}" for name in names]  # a `Path` for each of 200 takes 3 ms

    def prove(self) -> None:
        """Raises CorpusError where two writers at once could overwrite each other."""

    def pull(self) -> None:
        """Bring `data/` up to date."""

    def edit(self, how: Callable[[], T]) -> T:
        """Do something to the files of `data/`, and return what it returns."""
        return how()


class S3(Place):
    """A prefix of a bucket. Endpoint and credentials are those of the environment (`AWS_ENDPOINT_URL` and so on)."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        scheme, _, rest = self.address.partition("://")
        bucket, _, prefix = rest.partition("/")
        if scheme != "s3" or not bucket:
            raise UsageError(f"{address}: a corpus lies in a directory or at s3://BUCKET/PREFIX")
        try:
            from obstore.store import S3Store
        except ImportError as error:
            raise UsageError(f"{address}: a corpus on S3 needs obstore: python -m pip install obstore") from error
        super().__init__(cache(self.address))
        self._pulled: dict[str, tuple[str, str]] = {}  # ETag and digest of each file of `data/` as it was pulled
        with self._answering():
            self._store = S3Store(bucket, prefix=prefix or None, retry_config=PATIENCE)

    def __str__(self) -> str:
        return self.address

    def names(self) -> set[str]:
        """What lies under the prefix."""
        with self._answering():
            found = self._store.list_with_delimiter()
        there = [*found["common_prefixes"], *(one["path"] for one in found["objects"])]
        return {path.rstrip("/").rpartition("/")[2] for path in there}

    def read(self, name: str) -> bytes | None:
        """An object, or None where there is none."""
        with self._answering():
            try:
                return bytes(self._store.get(name).bytes())
            except FileNotFoundError:
                return None

    def write(self, name: str, content: bytes) -> None:
        """Put an object, which S3 does whole."""
        with self._answering():
            self._store.put(name, content)

    def files(self, table: str) -> dict[str, int]:
        """The data files under a table's prefix."""
        with self._answering():
            there = self._store.list(table).collect()
        return {
            one["path"].rpartition("/")[2]: one["size"]
            for one in there
            if one["path"].endswith(".parquet") and "/_" not in one["path"]
        }

    def fetched(self, table: str, names: Sequence[str]) -> list[str]:
        """Copies of the files; those that are not here yet are fetched."""
        folder = self.path / table
        folder.mkdir(parents=True, exist_ok=True)
        missing = [name for name in names if not _used(folder / name)]
        if missing:
            with self._answering(), ThreadPoolExecutor(AT_ONCE) as pool:
                list(pool.map(lambda name: self._fetch(f"{table}/{name}"), missing))
            _clear(folder, {*names})
        return [str(folder / name) for name in names]

    def _fetch(self, name: str) -> None:
        try:
            found = self._store.get(name)
        except FileNotFoundError as error:
            raise CorpusError(f"{self}/{name}: is not there; restore it from a copy") from error
        pour(self.path / name, found.stream())

    def prove(self) -> None:
        """Put an object that must not be there yet, twice: a store that takes both would lose commits."""
        from obstore.exceptions import AlreadyExistsError

        name = f"{DATA}/.{secrets.token_hex(4)}.part"
        with self._answering():
            self._store.put(name, b"once", mode="create")
            try:
                self._store.put(name, b"twice", mode="create")
            except AlreadyExistsError:
                return
            finally:
                self._store.delete(name)
        raise CorpusError(
            f"{self}: this store overwrites what it is told not to (it ignores If-None-Match), so that two writers "
            "would lose each other's articles; use one that does not, or a newer version of it"
        )

    def pull(self) -> None:
        """Bring the copy of `data/` up to date."""
        with self._alone():
            self._pull()

    def edit(self, how: Callable[[], T]) -> T:
        """The same change is made again to what somebody else wrote meanwhile. Raises WriteConflictError at last."""
        with self._alone():
            for _ in range(ATTEMPTS):
                self._pull()
                done = how()
                if self._push():
                    return done
        raise WriteConflictError(f"{self}/{DATA}: others keep changing it; try again when they are done")

    def _pull(self) -> None:
        with self._answering():
            found = self._store.list(DATA).collect()
            there = {one["path"]: one["e_tag"] or "" for one in found if _OURS.fullmatch(one["path"])}
            for name, tag in there.items():
                if _digest(self.path / name) != tag.strip('"'):  # an ETag is the MD5 of the content, or another copy
                    (self.path / name).parent.mkdir(parents=True, exist_ok=True)
                    self._fetch(name)
            for name in self._copies().keys() - there:
                (self.path / name).unlink(missing_ok=True)
            self._pulled = {name: (tag, _digest(self.path / name)) for name, tag in there.items()}

    def _push(self) -> bool:
        """Put what was changed since `_pull`; False when somebody else was faster."""
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        copies = self._copies()
        with self._answering():
            for name, digest in copies.items():
                tag, before = self._pulled.get(name, ("", ""))
                if digest != before:
                    mode: Any = {"e_tag": tag} if tag else "create"
                    try:
                        self._store.put(name, (self.path / name).read_bytes(), mode=mode)
                    except (AlreadyExistsError, PreconditionError):
                        return False
            for name in self._pulled.keys() - copies:
                self._store.delete(name)
        return True

    def _copies(self) -> dict[str, str]:
        """The digests of the files of `data/` as they are here."""
        found = {path.relative_to(self.path).as_posix(): path for path in (self.path / DATA).rglob("*.*")}
        return {name: _digest(path) for name, path in found.items() if _OURS.fullmatch(name)}

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes and threads of this machine from the copy of `data/`."""
        with self._answering():
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = (self.path / ".lock").open("w")
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Says in a reader's words what goes wrong between this machine and the store."""
        from obstore.exceptions import BaseError

        try:
            yield
        except FileNotFoundError as error:
            raise CorpusError(f"{self}: there is no such bucket ({_brief(error)})") from error
        except BaseError as error:
            raise CorpusError(
                f"{self}: the store does not do what it is asked ({_brief(error)}); the environment says where it is "
                "and who asks: AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_ALLOW_HTTP"
            ) from error
        except OSError as error:
            raise CorpusError(
                f"{self.path}: the copy of {self} cannot be kept there ({error.strerror}); XDG_CACHE_HOME names another"
            ) from error


def cache(address: str) -> Path:
    """The directory for the copy of what lies at an address of the endpoint in the environment."""
    home = os.environ.get("XDG_CACHE_HOME")
    said = f"{address}\n{os.environ.get('AWS_ENDPOINT_URL', '')}"
    name = re.sub(r"[^a-z0-9]+", "-", address.lower()).strip("-")[:60]
    digest = hashlib.blake2b(said.encode(), digest_size=6).hexdigest()
    return (Path(home) if home else Path.home() / ".cache") / "jarchi" / f"{name}-{digest}"


def _used(path: Path) -> bool:
    """Whether the file is here; if so it is marked as used now."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def _clear(folder: Path, needed: set[str]) -> None:
    """Delete the copies of files that nobody has needed for long: those of versions that were rewritten."""
    for path in folder.glob("*.parquet"):
        if path.name not in needed and time.time() - path.stat().st_mtime > UNUSED:
            path.unlink(missing_ok=True)


def _digest(path: Path) -> str:
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest() if path.is_file() else ""


def _brief(error: Exception) -> str:
    """The first line of an error, without the traces that libraries add."""
    return str(error).strip().split("\n", maxsplit=1)[0][:300]
