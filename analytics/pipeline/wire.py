"""Articles on their way to a worker: Arrow's own bytes.

A table pickles with all of the memory that it is a slice of, thousands of articles for the sake of ten; its stream of
record batches holds what is in it and nothing else, and is read at the other end without being copied.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import pyarrow as pa

T = TypeVar("T")


def wire(table: pa.Table) -> pa.Buffer:
    """A table as bytes."""
    out = pa.BufferOutputStream()
    with pa.ipc.new_stream(out, table.schema) as stream:
        stream.write_table(table)
    return out.getvalue()


def unwire(sent: pa.Buffer) -> pa.Table:
    """A table of such bytes."""
    with pa.ipc.open_stream(sent) as stream:
        return stream.read_all()


@dataclass(frozen=True)
class Sent(Generic[T]):
    """A stage that takes a table as bytes."""

    stage: Callable[[pa.Table], T]

    def __call__(self, sent: pa.Buffer) -> T:
        """What the stage makes of the table."""
        return self.stage(unwire(sent))
