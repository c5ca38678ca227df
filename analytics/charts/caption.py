"""What stands around a chart: its title, the filters in words, and what the figures are shares of."""

from dataclasses import dataclass
from functools import partial

from analytics.charts import labels
from analytics.cube import Cube
from analytics.filters import Filters, Measure, Translate
from analytics.trends import Basis, basis

LINE = 104  # characters that fit the width of a narrow page at 13 px
HALF = 64  # and half of it


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
    measure: Measure | None = None,
    line: int = LINE,
    found: Basis | None = None,
) -> Caption:
    """The words around a chart of these filters.

    `measure` is what the chart draws, where that is not `filters.measure`; it decides whether the source line speaks
    of a share or of a count. `line` is how many letters fit beside each other. `found` is the basis of these filters,
    where the caller knows it already.
    """
    return Caption(
        title=title,
        subtitle=filters.describe(t, cube.names(language), partial(labels.day, language=language)),
        source=_source(found or basis(cube, filters), measure or filters.measure, t, language),
        line=line,
    )


def _source(found: Basis, measure: Measure, t: Translate, language: str) -> tuple[str, ...]:
    many = partial(_many, language=language)
    parts = [
        t("share of {articles} from {outlets}")
        if measure == "attention"
        else t("counted in {articles} from {outlets}"),
        " + ".join(code or "?" for code in found.languages),
        labels.span(found.start, found.end, language) if found.start and found.end else "",
    ]
    articles = many(found.articles, t("{n} article"), t("{n} articles"))
    outlets = many(found.outlets, t("{n} outlet"), t("{n} outlets"))
    first = ", ".join(part for part in parts if part).format(articles=articles, outlets=outlets)
    version = t("corpus version {version}").format(version=found.version)
    return (f"{first} · {version}", *_left_out(found, t, language))


def _left_out(found: Basis, t: Translate, language: str) -> tuple[str, ...]:
    """What the figures do not show, in one line; nothing where there is nothing."""
    many = partial(_many, language=language)
    parts = []
    if found.apart:
        one = t("{n} article dated only to its month or year is not drawn")
        parts.append(many(found.apart, one, t("{n} articles dated only to their month or year are not drawn")))
    if found.undated:
        parts.append(many(found.undated, t("{n} undated article"), t("{n} undated articles")))
    if found.reprints:
        one = t("{n} word-for-word reprint not counted")
        parts.append(many(found.reprints, one, t("{n} word-for-word reprints not counted")))
    return ("; ".join(parts),) if parts else ()


def _many(n: int, one: str, more: str, language: str) -> str:
    return (one if n == 1 else more).format(n=labels.number(n, language))
