"""The index on disk: segments that are never changed, and a note of which are in use.

search/current     the note: segments in use, and the data files whose articles are in them; replaced whole
search/<segment>/  the arrays of one segment
search/lock        held by the process that adds to it

Articles are known by their ids: a data file that was made of others, to have fewer, brings nothing new. Segments of
like size are merged when there are `TIER` of them, so a day's articles cost the same however many there are. What is
damaged or of another format is not mended but made anew: all of it can be.
"""

import fcntl
import json
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analytics.corpus import Corpus
from analytics.errors import CorpusError
from analytics.search.segment import BLOCK, MOST, Places, Segment, make, merge
from analytics.text.packed import Packed, mapped
from analytics.whole import write

FORMAT = 2  # of the files below and of folding; raised when an old index would answer wrongly
BATCH = 2_000  # articles indexed at a time: 70 MB of memory, in each worker
COMMIT = 48_000  # articles between two notes of a long build: what a kill costs
TIER = 8  # segments of like size that become one
SMALLEST = 500  # articles; segments below are of like size
PASSED = 10_000  # names of files kept that the newest version no longer has: readers may still stand at an older one
COLUMNS = ["id", "language", "title", "text"]
ARRAYS = {
    "letters": np.uint8,
    "ends": np.int64,
    "bounds": np.int64,
    "places": np.int32,
    "owners": np.int32,
    "id-letters": np.uint8,
    "id-ends": np.int64,
}


Each = Callable[[Callable[[pa.Table], Segment], Iterable[pa.Table]], Iterable[Segment]]
"""Does something with each of many tables, in their order: `map`, or workers who do it side by side."""


class DamagedError(CorpusError):
    """The index cannot be used. It is derived: the answer is to make it again."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is in use: each segment by name with its number of articles, and the files that need no more indexing.

    `table` is the identity of the table of articles: the index of another is of no use.
    """

    table: str
    segments: Mapping[str, int] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    format: int = FORMAT


def note(corpus: Corpus) -> Note | None:
    """The note on disk, or None where there is none for this corpus that can be read."""
    try:
        said = json.loads((_folder(corpus) / "current").read_text(encoding="utf-8"))
        found = Note(said["table"], said["segments"], tuple(said["files"]), said["format"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if (found.format, found.table) == (FORMAT, _table(corpus)) else None


def load(corpus: Corpus, found: Note) -> dict[str, Segment]:
    """The segments of a note, by name, their arrays mapped into memory. Raises DamagedError."""
    try:
        return {name: _read(_folder(corpus) / name, size) for name, size in found.segments.items()}
    except (OSError, ValueError) as error:
        raise DamagedError(str(error)) from error


def discard(corpus: Corpus) -> None:
    """Forget an index that turned out to be damaged."""
    with suppress(OSError):
        (_folder(corpus) / "current").unlink(missing_ok=True)


def update(corpus: Corpus, each: Each = map) -> bool:
    """Bring the index on disk up to the open version of the corpus; make it where there is none.

    `each` may do it with many hands: what is made of some articles depends on no others. Returns False, and changes
    nothing, when another process is writing it or the directory cannot be written.
    """
    there = note(corpus)
    if there is not None and not missing(corpus, there) and _whole(corpus, there):
        return True
    try:
        with _locked(_folder(corpus)):
            _Writer(corpus, each).bring()
    except OSError:
        return False
    return True


def add(corpus: Corpus, segments: Sequence[Segment]) -> None:
    """Take in articles that were indexed elsewhere, so that `update` finds little to do.

    A segment that has an article which is there already is left to `update`; all of them are when another process is
    writing the index or the directory cannot be written. So is merging, which takes memory that workers may have.
    """
    with suppress(OSError), _locked(_folder(corpus)):
        _Writer(corpus, map).take(segments)


def missing(corpus: Corpus, there: Note | None) -> list[str]:
    """The data files whose articles are not known to be in the index."""
    known = set(there.files) if there else set()
    return [path for path in corpus.files("articles") if path.rpartition("/")[2] not in known]


def fresh(file: str, segments: Sequence[Segment]) -> Iterator[pa.Table]:
    """The articles of a data file that are in none of these segments, so many at a time. Raises CorpusError."""
    ids = _columns(file, ["id"])["id"].combine_chunks().cast(pa.large_string())
    # Looked for among the new ones: they are few, and a table of all others would have to be made for every file.
    known = [there.filter(pc.is_in(there, ids)) for there in (segment.ids.array() for segment in segments)]
    new = pc.invert(pc.is_in(ids, pa.concat_arrays([*known, pa.array([], pa.large_string())])))
    if pc.any(new).as_py():
        articles = _columns(file, COLUMNS).filter(new)
        for first in range(0, articles.num_rows, BATCH):
            yield articles.slice(first, BATCH)


def _columns(file: str, columns: Sequence[str]) -> pa.Table:
    try:
        return pq.read_table(file, columns=list(columns), partitioning=None)
    except (OSError, pa.ArrowException) as error:
        raise CorpusError(f"{file}: a data file of the corpus cannot be read ({error})") from error


def _folder(corpus: Corpus) -> Path:
    return corpus.path / "search"


def _table(corpus: Corpus) -> str:
    return str(corpus.tables["articles"].delta.metadata().id)


def _whole(corpus: Corpus, there: Note) -> bool:
    """Whether all files of an index are there with the sizes they should have."""
    try:
        load(corpus, there)
    except DamagedError:
        return False
    return True


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Alone among the processes that write there. Raises OSError when another is at it, or nobody can write."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # let go of by the system when the process ends
        yield


class _Writer:
    """Adds to the index, with the lock in hand."""

    def __init__(self, corpus: Corpus, each: Each) -> None:
        self.corpus, self.folder, self.each = corpus, _folder(corpus), each
        there = note(corpus)
        try:
            self.segments = load(corpus, there) if there else {}
        except DamagedError:
            there, self.segments = None, {}
        self.files = list(there.files) if there else []
        self.todo = missing(corpus, there)
        self.waiting: list[Segment] = []

    def take(self, segments: Sequence[Segment]) -> None:
        """Keep those of these segments of which no article is there."""
        there = [segment.ids.array() for segment in self.segments.values()]
        for segment in segments:
            ids = segment.ids.array()
            if not any(pc.any(pc.is_in(some, ids)).as_py() for some in there):
                self.waiting.append(segment)
                there.append(ids)
        self._keep()

    def bring(self) -> None:
        """Index what is new, and put segments together where there are too many."""
        for file in self.todo:
            self.waiting += self.each(make, fresh(file, [*self.segments.values(), *self.waiting]))
            self.files.append(Path(file).name)
            if sum(map(len, self.waiting)) >= COMMIT:
                self._keep()
        self._keep()
        self._merge()
        for path in self.folder.iterdir():
            if path.is_dir() and path.name not in self.segments:
                shutil.rmtree(path, ignore_errors=True)

    def _keep(self) -> None:
        """Write what waits, and say so."""
        if self.waiting:
            self._add(self.waiting)
            self.waiting = []
        self._note()

    def _merge(self) -> None:
        """Put together what is of like size, and say so each time."""
        while alike := self._alike():
            self._add([self.segments[name] for name in alike])
            for name in alike:
                del self.segments[name]
            self._note()

    def _note(self) -> None:
        """Say what is in use."""
        here = {Path(path).name for path in self.corpus.files("articles")}
        passed = [name for name in self.files if name not in here][-PASSED:]
        kept = [*passed, *(name for name in self.files if name in here)]
        said = Note(_table(self.corpus), {name: len(one) for name, one in self.segments.items()}, tuple(kept))
        write(self.folder / "current", json.dumps(asdict(said)).encode())

    def _add(self, segments: Sequence[Segment]) -> None:
        """Have one segment of these."""
        name = secrets.token_hex(6)
        _write(self.folder / name, segments)
        self.segments[name] = _read(self.folder / name, sum(map(len, segments)))

    def _alike(self) -> list[str]:
        """The names of segments to be merged now, those with the fewest articles first."""
        tiers: dict[int, list[str]] = {}
        for name, segment in self.segments.items():
            tiers.setdefault(int(log(max(len(segment), SMALLEST) / SMALLEST, TIER)), []).append(name)
        for _, names in sorted(tiers.items()):
            if len(names) >= TIER and sum(len(self.segments[name].owners) for name in names) * BLOCK < MOST:
                return names
        return []


def _write(folder: Path, segments: Sequence[Segment]) -> None:
    """One segment of these. Its places, which are most of it, are written as they come."""
    folder.mkdir()
    number = sum(len(one.places) for one in segments)
    merged = merge(segments, lambda places: _pour(folder / "places.npy", number, places))
    for name, array in _arrays(merged).items():
        if name != "places":
            np.save(folder / f"{name}.npy", array)


def _pour(path: Path, number: int, places: Iterable[Places]) -> Places:
    """So many places in all, in a file."""
    kind = ARRAYS["places"]
    with path.open("wb") as out:
        header = {"descr": np.dtype(kind).str, "fortran_order": False, "shape": (number,)}
        np.lib.format.write_array_header_1_0(out, header)
        for some in places:
            some.tofile(out)
    return _map(path, kind)


def _arrays(segment: Segment) -> dict[str, np.ndarray[Any, Any]]:
    held = (
        *(segment.words.letters, segment.words.ends, segment.bounds, segment.places, segment.owners),
        *(segment.ids.letters, segment.ids.ends),
    )
    return dict(zip(ARRAYS, held, strict=True))


def _read(folder: Path, size: int) -> Segment:
    """A segment of so many articles. Raises OSError or ValueError where a file is gone, cut or of another kind."""
    arrays = [_map(folder / f"{name}.npy", kind) for name, kind in ARRAYS.items()]
    letters, ends, bounds, places, owners, id_letters, id_ends = arrays
    found = Segment(Packed(letters, ends), bounds, places, owners, Packed(id_letters, id_ends))
    said = (len(ends), len(letters), len(places), len(id_letters), len(found))
    if said != (len(bounds), int(ends[-1]), int(bounds[-1]), int(id_ends[-1]), size):
        raise ValueError(f"{folder}: the arrays do not belong together")
    return found


def _map(path: Path, kind: type) -> np.ndarray[Any, Any]:
    if not path.stat().st_size:
        raise ValueError(f"{path}: empty")
    found = mapped(path)
    if found.dtype != kind:
        raise ValueError(f"{path}: not numbers of the kind expected")
    return found
