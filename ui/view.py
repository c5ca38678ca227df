"""What a page is given: the corpus laid out for counting, the filters, the words and the language."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import streamlit as st

from analytics.charts import labels
from analytics.cube import Cube
from analytics.filters import Filters
from analytics.model import Kind
from analytics.periods import parse_prefix
from analytics.trends import Basis
from ui import store
from ui.words import Translate

KEY = "_view"
KINDS: dict[Kind, str] = {"country": "countries", "official": "officials", "organisation": "organisations"}


@dataclass(frozen=True)
class View:
    """One visitor's look at the corpus."""

    where: str
    version: str
    filters: Filters
    t: Translate
    language: str

    @cached_property
    def loaded(self) -> store.Loaded:
        """The corpus at the version that this session looks at."""
        return store.load(self.where, self.version)

    @property
    def cube(self) -> Cube:
        """The figures."""
        return self.loaded.cube

    def basis(self, filters: Filters | None = None) -> Basis:
        """What figures under these filters, or under the session's own, are shares of."""
        chosen = self.filters if filters is None else filters
        return self.loaded.basis(chosen.but(entities=(), measure="coverage", senses=("name",)))

    def name(self, kind: str, thing: str) -> str:
        """What to call an entity, topic, outlet or language."""
        return self.cube.name(kind, thing, self.language)

    def day(self, published: str) -> str:
        """A date as precise as it is known, in the session's language."""
        if not published:
            return self.t("undated")
        period = parse_prefix(published)
        if period.precision == "day":
            return labels.day(period.start, self.language)
        return labels.period(period.start, period.precision, self.language)

    def span(self, first: dt.date | None, last: dt.date | None) -> str:
        """A period from day to day."""
        return labels.span(first, last, self.language) if first and last else self.t("undated")

    def documents(self, ids: tuple[str, ...]) -> dict[str, dict[str, Any]]:
        """These articles with their texts and what was found in them, by id."""
        return store.documents(self.where, self.version, ids)


def current() -> View:
    """The view of this run; the frame has put it there."""
    found: View = st.session_state[KEY]
    return found
