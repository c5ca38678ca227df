"""The articles behind a figure, and the sentences behind a mention."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.cube import Cube, start_of
from analytics.cube.codes import Bools, Ints
from analytics.cube.layout import UNDATED
from analytics.filters import Filters
from analytics.model import SENSES
from analytics.periods import PRECISIONS, format_prefix, next_start, period_start
from analytics.text.sentences import sentences
from analytics.trends.axis import axis

ARTICLE_COLUMNS = ["id", "published", "precision", "outlet", "language", "title", "mentions", "story", "reprint"]


def count_articles(cube: Cube, filters: Filters, at: dt.date | None = None) -> int:
    """The number of rows that `articles` has without `limit`: the coverage of the point that was clicked."""
    return int(np.count_nonzero(_behind(cube, filters, at)))


def articles(
    cube: Cube, filters: Filters, at: dt.date | None = None, *, limit: int | None = None, offset: int = 0
) -> pd.DataFrame:
    """The articles that a figure was made of, newest first and undated last: one row per article.

    `at` is the first day of a period: only the articles counted in it. To open a point of an entity's line, pass
    `filters.but(entities=(entity,))`. Columns: id, published (as precise as it is known: 2020-01-31, 2020-01, 2020,
    ""), precision, outlet, language, title, mentions (of the chosen entities, or of all), story, reprint.
    """
    rows = _newest(cube, np.flatnonzero(_behind(cube, filters, at)), None if limit is None else offset + limit)
    return article_rows(cube, filters, rows[offset : None if limit is None else offset + limit])


def _newest(cube: Cube, rows: NDArray[np.intp], most: int | None) -> NDArray[np.intp]:
    """Rows in order of time, put in order of newest day, then id, the undated last: at least so many, or all."""
    days = cube.articles.day[rows]
    dated = int(np.searchsorted(days, UNDATED))
    first = 0  # of the dated rows, the first that is looked at: the first of its day
    if most is not None and most < dated:
        first = int(np.searchsorted(days, days[dated - most]))
    some = rows[first:dated]
    return np.concatenate([some[np.argsort(-days[first:dated], kind="stable")], rows[dated:]])


def _behind(cube: Cube, filters: Filters, at: dt.date | None) -> Bools:
    mask = cube.select_rows(filters)
    if at is None:
        return mask
    grain = axis(cube, filters).grain
    start = period_start(at, grain)
    first, after = cube.stretches(np.array([start, next_start(start, grain)], "datetime64[D]")).tolist()
    here = np.zeros(len(cube), np.bool_)
    here[first:after] = cube.placed(grain)[first:after]
    return mask & cube.articles.analysed & here


def article_rows(cube: Cube, filters: Filters, rows: NDArray[np.integer]) -> pd.DataFrame:
    """These rows of the cube with the columns of `articles`, in the order given."""
    table = cube.articles
    return pd.DataFrame(
        {
            "id": table.ids.take(rows).to_pylist(),
            "published": [_published(cube, row) for row in rows],
            "precision": [PRECISIONS[p] if p >= 0 else "" for p in table.precision[rows]],
            "outlet": [table.outlet.levels[code] for code in table.outlet.codes[rows]],
            "language": [table.language.levels[code] for code in table.language.codes[rows]],
            "title": table.title.take(rows).to_pylist(),
            "mentions": cube.volume(rows, filters.entities, filters.senses),
            "story": [table.story.levels[code] if code >= 0 else "" for code in table.story.codes[rows]],
            "reprint": table.reprint[rows],
        },
        columns=ARTICLE_COLUMNS,
    )


def _published(cube: Cube, row: int) -> str:
    """The article's date, as precise as it is known."""
    precision = cube.articles.precision[row]
    if precision < 0 or cube.articles.day[row] == UNDATED:
        return ""
    return format_prefix(start_of(int(cube.articles.day[row]), "day"), PRECISIONS[precision])


def stories(
    cube: Cube, filters: Filters, *, least: int = 2, top: int | None = None, offset: int = 0, last: int | None = None
) -> pd.DataFrame:
    """The stories that these articles tell: one row per story of at least `least` of them, largest first.

    With `last` only those reported within so many days of the newest of these articles, by how often they were.
    `top` and `offset` cut a page out.

    Columns: story, title (of its first article here that has one), articles, outlets, languages, first, last (day;
    empty where no article is dated).
    """
    mask = cube.select_rows(filters)
    most = None if top is None else offset + top
    return told(cube, mask, by_size(cube, mask, least=least, last=last, most=most)[offset:most])


def count_stories(cube: Cube, filters: Filters, *, least: int = 2, last: int | None = None) -> int:
    """The number of rows that `stories` has without `top`."""
    size, lately, _ = _sizes(cube, cube.select_rows(filters), last)
    return int(np.count_nonzero((size >= least) & (lately > 0)))


def by_size(
    cube: Cube, mask: Bools, *, least: int = 2, last: int | None = None, most: int | None = None
) -> NDArray[np.intp]:
    """The codes of the `most` largest stories, or of all; of several as large the one that began first comes first."""
    size, lately, first = _sizes(cube, mask, last)
    found = np.flatnonzero((size >= least) & (lately > 0))
    if most is not None and most < len(found):  # sorting all takes longer than all else
        found = found[lately[found] >= np.partition(lately[found], len(found) - most)[len(found) - most]]
    return found[np.lexsort((first[found], -size[found], -lately[found]))]


def _sizes(cube: Cube, mask: Bools, last: int | None) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """For each story its articles, those of the `last` days (all, for None), and its first row."""
    rows = np.flatnonzero(mask & (cube.articles.story.codes >= 0))
    code = cube.articles.story.codes[rows]
    size = lately = np.bincount(code, minlength=len(cube.articles.story.levels))
    first = np.full(len(size), len(cube))
    first[code[::-1]] = rows[::-1]  # of several the last one written stays, which is the first row
    if last is not None:
        days = cube.articles.day[rows]
        dated = int(np.searchsorted(days, UNDATED))
        since = int(days[dated - 1]) - last if dated else UNDATED
        lately = np.bincount(code[(days > since) & (days < UNDATED)], minlength=len(size))
    return size, lately, first


def told(cube: Cube, mask: Bools, codes: NDArray[np.intp]) -> pd.DataFrame:
    """These stories, each with those of its articles that are in the mask; columns as in `stories`."""
    table = cube.articles
    found = []
    for code in codes:
        rows = cube.story_rows.of(code)
        rows = rows[mask[rows]]
        titles = table.title.take(_as_reported(cube, rows)).to_pylist()
        dated = rows[table.day[rows] != UNDATED]
        found.append(
            {
                "story": table.story.levels[code],
                "title": next((title for title in titles if title), titles[0]),
                "articles": len(rows),
                "outlets": table.outlet.different(rows),
                "languages": table.language.different(rows),
                "first": start_of(int(table.day[dated].min()), "day") if len(dated) else None,
                "last": start_of(int(table.last[dated].max()), "day") if len(dated) else None,
            }
        )
    frame = pd.DataFrame(found, columns=["story", "title", "articles", "outlets", "languages", "first", "last"])
    return frame.assign(first=pd.to_datetime(frame["first"]), last=pd.to_datetime(frame["last"]))


def _as_reported(cube: Cube, rows: Ints) -> Ints:
    """Rows by the day at which each was out for certain; at the same day those known to be of that day first."""
    return rows[np.lexsort((-cube.articles.day[rows], cube.articles.last[rows]))]


def timeline(cube: Cube, story: str, filters: Filters | None = None) -> pd.DataFrame:
    """The articles of one story, first to last: columns as in `articles`, and start and end of the article's date.

    Who is known only to have reported within a month or year is taken to have done so at its end, the undated last.
    """
    filters = filters or Filters()
    rows = cube.reports(story)
    rows = _as_reported(cube, rows[cube.part(filters)[rows]])
    frame = article_rows(cube, filters, rows)
    for name, numbers in (("start", cube.articles.day[rows]), ("end", cube.articles.last[rows])):
        frame[name] = pd.to_datetime(pd.Series([None if n == UNDATED else start_of(int(n), "day") for n in numbers]))
    return frame


@dataclass(frozen=True, slots=True)
class Mark:
    """A mention within a snippet: `start` and `end` are offsets into the snippet's `text`."""

    start: int
    end: int
    entity: str
    name: str
    sense: str
    rule: str


@dataclass(frozen=True, slots=True)
class Snippet:
    """A sentence that mentions someone. `text` is the article's own, `start` its offset into the article's `field`."""

    field: str
    start: int
    text: str
    marks: tuple[Mark, ...]
    clipped: tuple[bool, bool] = (False, False)  # whether the sentence goes on before and behind


SENTENCE = 320  # characters of a sentence that are shown; a scraped list without full stops would fill the page


def snippets(
    article: Mapping[str, Any],
    mentions: Iterable[Mapping[str, Any]],
    entities: Collection[str] = (),
    senses: Collection[str] = SENSES,
) -> list[Snippet]:
    """The sentences of an article that mention one of the entities (any, where none is given), in reading order.

    `article` has title and text; `mentions` are rows of `model.MENTIONS`, with offsets into them. A sentence appears
    once, with all its mentions marked. Pure: it reads nothing but its arguments.
    """
    wanted = [m for m in mentions if (not entities or m["entity"] in entities) and m["sense"] in senses]
    found: list[Snippet] = []
    for field in ("title", "text"):
        text = article[field] or ""
        spans = sorted((m["start"], m["end"], m["entity"], m) for m in wanted if m["field"] == field)
        found += _snippets(field, text, [span[3] for span in spans])
    return found


def _snippets(field: str, text: str, mentions: Sequence[Mapping[str, Any]]) -> Iterator[Snippet]:
    bounds = sentences(text) if mentions else []
    place = 0
    while place < len(mentions):
        first = mentions[place]
        start, end = next(((s, e) for s, e in bounds if first["start"] < e), (0, len(text)))
        clip_start, clip_end = _clip(text, start, end, first["start"], first["end"])
        inside = list(takewhile(lambda m: m["end"] <= clip_end, mentions[place:]))  # noqa: B023 (used up at once)
        yield Snippet(
            field=field,
            start=clip_start,
            text=text[clip_start:clip_end],
            marks=tuple(_mark(m, clip_start) for m in inside),
            clipped=(clip_start > start, clip_end < end),
        )
        place += max(len(inside), 1)


def _mark(mention: Mapping[str, Any], start: int) -> Mark:
    return Mark(
        mention["start"] - start,
        mention["end"] - start,
        mention["entity"],
        mention["name"],
        mention["sense"],
        mention["rule"],
    )


def _clip(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """At most `SENTENCE` characters of a sentence around a mention, cut between words."""
    end = max(end, last)
    if end - start <= SENTENCE:
        return start, end
    spare = max(SENTENCE - (last - first), 0) // 2
    low, high = max(start, first - spare), min(end, last + spare)
    if low > start:
        low = min(text.find(" ", low, first) + 1 or first, first)
    if high < end:
        high = max(text.rfind(" ", last, high), last)
    return low, high
