"""Millions of short texts without a Python object for each: in two arrays, which may be files mapped into memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

LARGE = 1_000_000  # bytes from which a file is mapped: a map holds one of the process's 1,024 open files while it lives


def mapped(path: Path) -> NDArray[Any]:
    """The array of a .npy file, its pages read as they are needed. Raises OSError, EOFError and ValueError."""
    found = np.load(path, mmap_mode="r" if path.stat().st_size >= LARGE else None)
    return np.asarray(found)  # a plain view: a `memmap` takes a microsecond for every slice


@dataclass(frozen=True, slots=True, eq=False)
class Packed(Sequence[str]):
    """Many short texts in one array: text i is the UTF-8 of `letters[ends[i]:ends[i + 1]]`."""

    letters: NDArray[np.uint8]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, texts: pa.Array) -> Self:
        """The same texts, of an Arrow array without nulls."""
        _, ends, letters = texts.cast(pa.large_string()).buffers()
        first, last = texts.offset, texts.offset + len(texts)
        bounds = np.frombuffer(ends, np.int64)[first : last + 1] if len(texts) else np.zeros(1, np.int64)
        held = np.frombuffer(letters, np.uint8) if letters is not None else np.empty(0, np.uint8)
        return cls(held[bounds[0] : bounds[-1]], bounds - bounds[0])

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, number: Any) -> Any:
        if not 0 <= number < len(self.ends) - 1:
            raise IndexError(number)
        first, last = self.ends[number : number + 2].tolist()  # half the time of two numbers of numpy's
        return self.letters[first:last].tobytes().decode()

    def array(self, first: int = 0, last: int | None = None) -> pa.LargeStringArray:
        """Some of them as Arrow sees them, without a copy."""
        ends = self.ends[first : len(self) + 1 if last is None else last + 1]
        buffers = (pa.py_buffer(np.ascontiguousarray(ends)), pa.py_buffer(self.letters))
        return pa.LargeStringArray.from_buffers(len(ends) - 1, *buffers)
