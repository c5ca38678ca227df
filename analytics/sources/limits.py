"""How much a stranger's file may cost us."""

from dataclasses import dataclass

MIB = 1 << 20
OUT_OF_MEMORY = 77  # with what the reader process ends when a file asks for more than it may have


@dataclass(frozen=True, slots=True)
class Limits:
    """What one input file may cost. `seconds` without a record, or `memory` bytes, and the file's rest is rejected."""

    memory: int = 1024 * MIB  # above what the reader process needs by itself
    seconds: float = 60.0  # between two signs of life
    file: int = 2048 * MIB  # of a file that must be read whole (HTML, JSON array, feed, XLSX): one twentieth of this
    unpacked: int = 4096 * MIB  # of one archive
    ratio: int = 200  # unpacked to packed; ordinary text packs 3 to 10 times, a bomb a thousand
    members: int = 200_000  # files in one archive
    columns: int = 500  # of a table; a news table has ten
    cell: int = 10 * MIB  # of one cell

    @property
    def whole(self) -> int:
        """Bytes of a file that has to be held in memory to be read."""
        return self.file // 20


DEFAULT = Limits()
