"""What a page is given: the corpus laid out for counting, the filters, the words and the language."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st
from streamlit import config

from analytics import charts, trends
from analytics.charts import labels
from analytics.cube import Cube
from analytics.filters import Filters
from analytics.model import WITH_ENDING, Kind, parted
from analytics.periods import parse_prefix
from analytics.trends import Basis
from ui import store
from ui.kept import Answer
from ui.turns import Turn
from ui.words import Translate

KEY = "_view"
KINDS: dict[Kind, str] = {"country": "countries", "official": "officials", "organisation": "organisations"}
RANKED: dict[Kind, str] = {
    "country": "Leading countries",
    "official": "Leading officials",
    "organisation": "Leading organisations",
}


@dataclass(frozen=True)
class View:
    """One visitor's look at the corpus."""

    where: str
    version: str
    filters: Filters
    t: Translate
    language: str
    turn: Turn
    page: str  # its address, without what is asked there: /mentions, or /news/mentions
    hues: dict[str, str] = field(default_factory=dict)
    """The colours that charts of this run of the page have given to ids."""

    @cached_property
    def loaded(self) -> store.Loaded:
        """The corpus at the version that this session looks at."""
        return store.load(self.where, self.version)

    @property
    def part(self) -> Filters:
        """The filters without how they divide time and what they count: all that lists and rankings go by."""
        return self.filters.but(by="month", measure="coverage")

    @property
    def cube(self) -> Cube:
        """The figures."""
        return self.loaded.cube

    def basis(self, filters: Filters | None = None) -> Basis:
        """What figures under these filters, or under the session's own, are shares of."""
        chosen = self.filters if filters is None else filters
        return self.ask(trends.basis, filters=chosen.but(entities=(), measure="coverage", senses=("name",)))

    def ask(
        self, question: Callable[..., Answer], *more: Any, filters: Filters | None = None, **options: Any
    ) -> Answer:
        """What a function of `trends` says of the cube under these filters, or under the session's own."""
        return self.work(question, self.cube, self.filters if filters is None else filters, *more, **options)

    def work(self, make: Callable[..., Answer], *args: Any, **options: Any) -> Answer:
        """What a pure function says of these arguments: worked out once for all sessions, and when it is its turn."""
        return self.loaded.kept.get(self.turn, make, *args, **options)

    def colours(self, frame: pd.DataFrame) -> charts.Hues:
        """The colours of a chart of this frame: whoever has one on the page keeps it."""
        found = charts.colours(charts.ids_of(frame), self.hues, self._kind)
        self.hues.update(found)
        return found

    def _kind(self, thing: str) -> str:
        return self.cube.kind(thing) or ("discovered" if thing in self.cube.discovered else "")

    def name(self, kind: str, thing: str) -> str:
        """What to call an entity, topic, outlet or language."""
        return self.cube.name(kind, thing, self.language)

    def office(self, written: str, holder: str = "") -> str:
        """An office as the corpus has it, in the session's language where the gazetteer has it in that."""
        return self.loaded.gazetteer.offices.told(written, self.language, holder)

    def rule(self, written: str) -> str:
        """The rule that found a mention, in words; the corpus has it in English."""
        rule, ending = parted(written)
        return self.t(WITH_ENDING).format(rule=self.t(rule), ending=ending) if ending else self.t(rule)

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


def address(page: str) -> str:
    """A page's address from the root of its host on, with the path below which the server is seen there, if any.

    That path is Streamlit's setting, or else what the browser says: a proxy may take off one that the server does not
    know. The setting goes first, as `st.context.url` loses the end of a path that is called like one of our pages.
    """
    path: str = config.get_option("server.baseUrlPath") or urlsplit(st.context.url or "").path.removesuffix(page)
    below = path.strip("/")
    return f"/{below}/{page}" if below else f"/{page}"


def current() -> View:
    """The view of this run; the frame has put it there."""
    found: View = st.session_state[KEY]
    return found
