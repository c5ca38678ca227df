"""A corpus as sorted arrays: the form in which counting is cheap. `laying` makes it of tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from analytics.corpus.places import Places
from analytics.corpus.store import Name
from analytics.cube.codes import Bools, Codes, Ints
from analytics.cube.terms import Terms
from analytics.model import Kind, Sense

UNDATED = np.iinfo(np.int32).max  # sorts last, and lies in no period


@dataclass(frozen=True, slots=True, eq=False)
class Articles:
    """One row per article, in order of date and id, undated ones last. Row numbers are what all else refers to.

    `day` and `last` are the first and last day of the article's date, in days since 1970 (`UNDATED` for none);
    `precision` is an index into `periods.PRECISIONS`, -1 for none. `family` is equal for an article and its
    reprints. `story` is -1 for none.
    """

    ids: pa.LargeStringArray
    day: Ints
    last: Ints
    precision: NDArray[np.int8]
    outlet: Codes
    language: Codes
    title: pa.LargeStringArray
    reprint: Bools
    family: Ints
    analysed: Bools
    story: Codes


@dataclass(frozen=True, slots=True, eq=False)
class Mentions:
    """One row per entity and article, in that order. `bounds[e]:bounds[e + 1]` are the rows of entity e.

    `count` is the number of mentions, `titled` whether one of them stands in the title.
    """

    article: Ints
    count: Ints
    titled: Bools
    bounds: NDArray[np.int64]

    def of(self, code: int) -> slice:
        """The rows of one entity; none for -1."""
        return slice(int(self.bounds[code]), int(self.bounds[code + 1])) if code >= 0 else slice(0, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Topics:
    """One row per topic and article, in that order. `bounds[t]:bounds[t + 1]` are the rows of topic t."""

    topic: Ints
    article: Ints
    score: NDArray[np.float32]
    bounds: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Seen:
    """An entity as the corpus knows it: what kind it is, its name, and the role in which it is mentioned most."""

    kind: Kind
    name: str
    role: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """All arrays of a cube. `entities` and `seen` are in the order of entity codes, `themes` of topic codes.

    `places` say where the rows of `articles` and `analysis` lie; a layout of tables in memory has none.
    """

    articles: Articles
    mentions: Mapping[Sense, Mentions]
    topics: Topics
    terms: Terms
    entities: tuple[str, ...]
    seen: tuple[Seen, ...]
    themes: tuple[str, ...]
    places: Mapping[Name, Places] = field(default_factory=dict)
