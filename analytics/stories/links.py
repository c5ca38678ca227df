"""Which articles are near each other: for each new one, its nearest of the window."""

import numpy as np

from analytics.stories.window import UNDATED, Floats, Ints, Rows

NEIGHBOURS = 30  # links that an article has to its nearest
SIGMA = 0.8  # days after which a slight likeness of headlines counts e^-1/2
REACH = 6  # days between two articles that can be linked, the window's
SHARP = 1.5  # power of likeness: one near article counts for more than several far ones
LEAST = 0.02  # links weaker than this are none
SHORT = 10  # distinct words of a headline
LONGER = 2.0  # by how much a likeness counts for more, for each tenfold length: long texts on one event differ more
LASTING = 1.0  # by how much it lasts longer: reports are written for days, headlines for one
FOREIGN = 0.4  # likeness of marks alone from which an article in another language is the same event's
FOREIGN_SHARED = 2  # of them that must be shared
FOREIGN_DAYS = 2  # that may lie between the two

Link = tuple[int, int, float]


def links(rows: Rows, first: int, enough: float) -> list[Link]:
    """Links of the rows from `first` on to their nearest of all rows: row, other row, weight.

    `enough` is the weight by which two single articles become one story; a link between two languages that passes
    the test of its own has it.
    """
    found = []
    chance = _chance(rows)
    for row in range(first, len(rows.length)):
        others, weights = _near(rows, row, enough, chance)
        found += [(row, int(other), float(weight)) for other, weight in zip(others, weights, strict=True)]
    return found


def _chance(rows: Rows) -> float:
    """The cosine below which no two of these articles, however long, are near enough for a link: mere chance.

    Taking the average article off lowers nearly every likeness; where it raises one, it is by less than a fifth.
    """
    longest = np.log10(max(1.0, rows.length.max() / SHORT))
    return float(0.8 * (LEAST / (1 + LONGER * longest)) ** (1 / SHARP))


def _near(rows: Rows, row: int, enough: float, chance: float) -> tuple[Ints, Floats]:
    """The nearest rows and the weights of the links to them, the nearest first, the older of equals."""
    mine = slice(int(rows.bounds[row]), int(rows.bounds[row + 1]))
    columns = rows.column[mine]
    if not len(columns):
        return np.zeros(0, np.int64), np.zeros(0)
    spans = [slice(a, b) for a, b in zip(rows.posts[columns].tolist(), rows.posts[columns + 1].tolist(), strict=True)]
    sizes = rows.posts[columns + 1] - rows.posts[columns]
    posted = np.concatenate([rows.posted[span] for span in spans])
    value = np.concatenate([rows.posted_value[span] for span in spans]) * np.repeat(rows.value[mine], sizes)
    dots: Floats = np.bincount(posted, value).astype(np.float64)
    dots[row] = 0.0
    others = np.flatnonzero(dots > chance)
    days = _days(rows, row, others)
    others, days = others[days <= REACH], days[days <= REACH]
    abroad = rows.tongue[others] != rows.tongue[row]
    longer = _longer(rows, row, others)
    like = np.clip(_likeness(rows, row, others, dots[others]), 0.0, 1.0)
    faded = (1 - like**2) * (days / (SIGMA * (1 + LASTING * longer))) ** 2 / 2
    weights = (like * np.exp(-faded)) ** SHARP * (1 + LONGER * longer)
    if abroad.any():
        marked = np.repeat(rows.mark[columns], sizes)
        shared = np.bincount(posted[marked], minlength=len(dots))[others]
        alike = dots[others] / (rows.marks[others] * rows.marks[row])
        same = (shared >= FOREIGN_SHARED) & (days <= FOREIGN_DAYS)
        weights = np.where(abroad, np.where(same, alike / FOREIGN * enough, 0.0), weights)
    likely = np.flatnonzero(weights > LEAST)
    others, weights = others[likely], np.round(weights[likely], 9)
    best = np.argsort(-weights, kind="stable")[:NEIGHBOURS]
    return others[best], weights[best]


def _likeness(rows: Rows, row: int, others: Ints, dots: Floats) -> Floats:
    """The cosine with the stream's average article taken off both: what all articles of the days say is not news."""
    centred: Floats = dots - rows.mean[row] - rows.mean[others] + rows.middle[row]
    centred /= rows.spread[row] * rows.spread[others]
    return centred


def _longer(rows: Rows, row: int, others: Ints) -> Floats:
    """How much longer two articles are than headlines: 0 for headlines, 1 for ten times their words."""
    length: Floats = np.sqrt(rows.length[row] * rows.length[others])
    found: Floats = np.log10(np.maximum(1.0, length / SHORT))
    return found


def _days(rows: Rows, row: int, others: Ints) -> Floats:
    """Days between; one dated to the month stands on any of its days. Undated articles are only near undated ones."""
    apart = np.abs(rows.day[others] - rows.day[row]).astype(np.float64)
    within = (rows.month[others] | rows.month[row]) & (rows.calendar[others] == rows.calendar[row])
    undated = (rows.day[others] == UNDATED) != (rows.day[row] == UNDATED)
    return np.where(undated, np.inf, np.where(within, 0.0, apart))
