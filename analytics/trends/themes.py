"""One topic looked at closely: its typical and doubtful articles, what moves in it, who drives it, what is near it."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.cube import Cube
from analytics.filters import Filters
from analytics.trends.axis import texts
from analytics.trends.lists import article_rows
from analytics.trends.rank import top_entities

LATELY = 0.25  # the share of a topic's articles, the newest, that is compared with those before
SURE = 1.96  # standard errors from which a term is said to rise or fall
SHARED = 0.1  # share of the smaller topic's articles that another has as well, from which they are neighbours


def examples(cube: Cube, filters: Filters, topic: str, *, doubtful: bool = False, top: int = 5) -> pd.DataFrame:
    """The articles of a topic with the highest score, or those nearest to even odds. Columns as in `articles`."""
    rows, scores = _members(cube, filters, topic)
    order = np.lexsort((rows, np.abs(scores - 0.5) if doubtful else -scores))[:top]
    return article_rows(cube, filters, rows[order])


def moving(cube: Cube, filters: Filters, topic: str, *, top: int = 4) -> pd.DataFrame:
    """The terms that speak for a topic more often lately than before, and those that do so less: the surest first.

    Log odds between the newest quarter of its articles and the rest, with the whole as prior, in standard errors
    (Monroe, Colaresi and Quinn 2008). Columns: term, z (above zero: rises).
    """
    members, _ = _members(cube, filters, topic)
    members = members[members < cube.dated]  # nobody knows whether an undated one is new
    terms, mask = cube.terms, np.zeros(len(cube), np.bool_)
    mask[members] = True
    rows = terms.rows(mask)
    mine = terms.topic[terms.pair[rows]] == cube.theme_code.get(topic, -1)
    if not mine.any():
        return pd.DataFrame({"term": pd.Series(dtype=object), "z": pd.Series(dtype=float)})
    since = np.sort(members)[int(len(members) * (1 - LATELY))]  # rows are in order of date
    codes, term = np.unique(terms.term.codes[terms.pair[rows[mine]]], return_inverse=True)
    late = terms.articles(rows[mine]) >= since
    counts = np.stack([np.bincount(term[side], minlength=len(codes)) for side in (late, ~late)]).astype(float)
    whole = counts.sum(axis=0)
    odds = [np.log((side + whole) / (side.sum() + whole.sum() - side - whole + 1)) for side in counts]
    error = np.sqrt(1 / (counts[0] + whole) + 1 / (counts[1] + whole))
    frame = pd.DataFrame({"term": texts(terms.term.strings(codes)), "z": (odds[0] - odds[1]) / error})
    frame = frame[frame["z"].abs() >= SURE].sort_values(["z", "term"], ascending=[False, True])
    return pd.concat([frame.head(top), frame[frame["z"] < 0].tail(top)]).drop_duplicates().reset_index(drop=True)


def drivers(cube: Cube, filters: Filters, topic: str, language: str = "az", *, top: int = 6) -> pd.DataFrame:
    """The entities that most of a topic's articles mention: the columns of `top_entities`."""
    return top_entities(cube, filters.but(topics=(topic,), entities=()), language, kind=None, top=top)


def neighbours(cube: Cube, filters: Filters, topic: str) -> list[str]:
    """The other topics that share articles with this one, most first."""
    mask = cube.base(filters) & cube.select_rows(filters)
    own = mask & cube.about((topic,))
    found = []
    for other in cube.themes:
        theirs = mask & cube.about((other,))
        both, least = int((own & theirs).sum()), min(int(own.sum()), int(theirs.sum()))
        if other != topic and least and both >= max(2, SHARED * least):
            found.append((-both, other))
    return [other for _, other in sorted(found)]


def _members(cube: Cube, filters: Filters, topic: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The articles of a topic in this part of the corpus, by row, with their scores."""
    code = cube.theme_code.get(topic)
    if code is None:
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    mine = slice(*cube.topics.bounds[code : code + 2])
    rows, scores = cube.topics.article[mine].astype(np.int64), cube.topics.score[mine]
    here = (cube.base(filters) & cube.select_rows(filters))[rows]
    return rows[here], scores[here]
