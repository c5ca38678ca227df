"""What stands around a chart: its title, the filters in words, and what the figures are shares of."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from analytics.charts import labels
from analytics.cube import Cube
from analytics.filters import Filters, Translate
from analytics.trends import Basis, basis

LINE = 104  # characters that fit the width of a narrow page at 13 px
HALF = 64  # and half of it


Counted = Literal["coverage", "mentions", "attention", "voice", "kind voice", "weight", "reports", "listed"]
"""What a chart draws: a measure, the voice among all of a kind, the weight of terms, or the reports of a story.

A list of articles, which is no chart, has a caption for its downloads."""

COUNTED: Mapping[Counted, str] = {
    "coverage": "number of articles, out of {articles} from {outlets}",
    "mentions": "number of mentions in {articles} from {outlets}",
    "attention": "share of {articles} from {outlets}",
    "voice": "share of the coverage of the names shown, in {articles} from {outlets}",
    "kind voice": "share of the coverage of all of this kind, in {articles} from {outlets}",
    "weight": "weight of the words, added up over {articles} from {outlets}",
    "reports": "each report of the story: {articles} from {outlets}",
    "listed": "each article: {articles} from {outlets}",
}

Coarse = Literal["not drawn", "at the foot", "counted"]
"""What becomes of articles whose date is too coarse for the axis; a chart without an axis of time counts them."""


@dataclass(frozen=True, slots=True)
class Caption:
    """The words of one chart, in the reader's language. `source` has one string per line; `line` letters fit in one."""

    title: str
    subtitle: str
    source: tuple[str, ...]
    line: int = LINE


def caption(
    title: str,
    cube: Cube,
    filters: Filters,
    t: Translate = str,
    language: str = "en",
    *,
    counted: Counted | None = None,
    coarse: Coarse = "not drawn",
    note: str = "",
    line: int = LINE,
    found: Basis | None = None,
    mentions: bool = False,
) -> Caption:
    """The words around a chart of these filters.

    `counted` is what the chart draws, where that is not `filters.measure`; `note` is one more thing to know about it.
    `line` is how many letters fit beside each other. `found` is the basis of the figures, where the caller knows it;
    `mentions` says that the chart counts mentions, of whomever.
    """
    found = found or basis(cube, filters)
    version = t("corpus version {version}").format(version=found.version)
    left_out = "; ".join([*_left_out(found, coarse, t, language), version])
    lines = _source(found, counted or filters.measure, t, language), note, left_out
    return Caption(
        title=title,
        subtitle=filters.describe(t, cube.names(language), partial(labels.day, language=language), mentions=mentions),
        source=tuple(line for line in lines if line),
        line=line,
    )


def _source(found: Basis, counted: Counted, t: Translate, language: str) -> str:
    many = partial(_many, language=language)
    parts = [
        t(COUNTED[counted]),
        " + ".join(code or "?" for code in found.languages),
        labels.span(found.start, found.end, language) if found.start and found.end else "",
    ]
    articles = many(found.articles, t("{n} article"), t("{n} articles"))
    outlets = many(found.outlets, t("{n} outlet"), t("{n} outlets"))
    return ", ".join(part for part in parts if part).format(articles=articles, outlets=outlets)


def _left_out(found: Basis, coarse: Coarse, t: Translate, language: str) -> list[str]:
    """What the figures do not show."""
    many = partial(_many, language=language)
    parts = []
    if coarse == "not drawn" and found.apart:
        one = t("{n} article dated only to its month or year is not drawn")
        parts.append(many(found.apart, one, t("{n} articles dated only to their month or year are not drawn")))
    if coarse == "at the foot" and found.apart:
        one = t("{n} article dated only to its month or year is in no period (bar at the foot)")
        more = t("{n} articles dated only to their month or year are in no period (bars at the foot)")
        parts.append(many(found.apart, one, more))
    if coarse == "counted" and found.outside:
        one = t("{n} article dated only to its month or year is not counted")
        parts.append(many(found.outside, one, t("{n} articles dated only to their month or year are not counted")))
    if found.undated:
        parts.append(many(found.undated, t("{n} undated article"), t("{n} undated articles")))
    if found.reprints:
        one = t("{n} word-for-word reprint not counted")
        parts.append(many(found.reprints, one, t("{n} word-for-word reprints not counted")))
    return parts


def _many(n: int, one: str, more: str, language: str) -> str:
    return (one if n == 1 else more).format(n=labels.number(n, language))
