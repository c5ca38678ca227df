"""What becomes of records that are added: how many are new, and under which ids they are kept."""

from dataclasses import dataclass
from typing import Self

import pyarrow as pa

from analytics.model import ARTICLES

TAKEN = "id-taken"  # the flag of an article whose id another one has


@dataclass(frozen=True, slots=True)
class Added:
    """What became of some records.

    `accepted` are new articles, `reprints` are new but word-for-word copies of another and count once with it,
    `known` were in the corpus already, `rejected` could not be read.
    """

    accepted: int = 0
    reprints: int = 0
    known: int = 0
    rejected: int = 0

    @property
    def duplicates(self) -> int:
        """Records that say what another article already said."""
        return self.reprints + self.known

    @property
    def records(self) -> int:
        """All records that were read: every one is in exactly one of the others."""
        return self.accepted + self.duplicates + self.rejected

    def __add__(self, other: Self) -> Self:
        return type(self)(
            self.accepted + other.accepted,
            self.reprints + other.reprints,
            self.known + other.known,
            self.rejected + other.rejected,
        )


def admitted(articles: pa.Table, said: list[str], told: list[tuple[str, str | None] | None]) -> pa.Table:
    """The rows that are to be kept, under the ids and as the reprints that they were told to be."""
    kept = [(row, *one) for row, one in enumerate(told) if one]
    rows, ids, originals = map(list, zip(*kept, strict=True)) if kept else ([], [], [])
    new = articles if len(rows) == articles.num_rows else articles.take(pa.array(rows, pa.int64()))
    given, flags = new["id"].to_pylist(), new["flags"]
    if ids != given:
        flags = pa.array(
            [
                f if one == other else [*(f or ()), TAKEN]
                for f, one, other in zip(flags.to_pylist(), ids, given, strict=True)
            ],
            ARTICLES.field("flags").type,
        )
    made = {"id": ids, "flags": flags, "duplicate_of": originals, "content": [said[row] for row in rows]}
    found = pa.table([made[name] if name in made else new[name] for name in ARTICLES.names], schema=ARTICLES)
    return found.sort_by("published")  # nulls last: what is looked up together lies together
