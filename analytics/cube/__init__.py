"""The analysed corpus laid out for counting.

One row of numbers per article, and for each sense one per entity and article, sorted so that the rows of an entity lie
together and in order of time: a filter is a mask over the articles, a count is a `bincount`. Nothing in a cube changes
once it is made, so any number of threads may read it without a lock.
"""

from analytics.cube.calendar import labels, ordinal, ordinals, start_of, starts
from analytics.cube.codes import Codes
from analytics.cube.cube import Cube, Tally, Totals
from analytics.cube.laying import lay_out
from analytics.cube.names import MISSING, NO_TOPIC, OTHER
from analytics.cube.opening import is_prepared, open_cube, prepare

open = open_cube  # noqa: A001 (read as `cube.open(corpus)`, the counterpart of `Corpus.open`)

__all__ = [
    "MISSING",
    "NO_TOPIC",
    "OTHER",
    "Codes",
    "Cube",
    "Tally",
    "Totals",
    "is_prepared",
    "labels",
    "lay_out",
    "open",
    "ordinal",
    "ordinals",
    "prepare",
    "start_of",
    "starts",
]
