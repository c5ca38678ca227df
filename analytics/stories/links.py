"""Which articles are near each other: for each new one, its nearest of the window."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from analytics.stories.features import Floats, Ints
from analytics.stories.window import UNDATED, WINDOW, Rows

NEIGHBOURS = 30  # links that an article has to its nearest
SIGMA = 0.8  # days after which a slight likeness of headlines counts e^-1/2
SHARP = 1.5  # power of likeness: one near article counts for more than several far ones
LEAST = 0.02  # links weaker than this are none
SHORT = 10  # distinct words of a headline
LONGER = 2.0  # by how much a likeness counts for more, for each tenfold length: long texts on one event differ more
LASTING = 1.0  # by how much it lasts longer: reports are written for days, headlines for one
FOREIGN = 0.4  # likeness of marks alone from which an article in another language is the same event's
FOREIGN_SHARED = 2  # of them that must be shared
FOREIGN_DAYS = 2  # that may lie between the two

SLICE = 256  # articles compared with all others at a time: some 10 MB


@dataclass(frozen=True, slots=True)
class Links:
    """From a row to another, with a weight: each row's nearest, the nearest first, the older of equals."""

    row: Ints
    other: Ints
    weight: Floats

    def keep(self, chosen: Ints) -> "Links":
        """Some of them."""
        return Links(self.row[chosen], self.other[chosen], self.weight[chosen])


def links(rows: Rows, first: int, enough: float) -> Links:
    """Links of the rows from `first` on to their nearest of all rows, two rows that are near each other linked once.

    `enough` is the weight by which two single articles become one story; a link between two languages that passes
    the test of its own has it.
    """
    compared, number = _Compared(rows, enough), len(rows.length)
    found = [compared.near(begin, min(begin + SLICE, number)) for begin in range(first, number, SLICE)]
    row, other, weight = (np.concatenate([getattr(one, name) for one in found]) for name in ("row", "other", "weight"))
    pair = np.minimum(row, other) * number + np.maximum(row, other)
    return Links(row, other, weight).keep(np.sort(np.unique(pair, return_index=True)[1]))


def _least(rows: Rows) -> float:
    """The likeness below which no two of these articles are linked, however long they are and though of one day."""
    longest = np.log10(max(1.0, rows.length.max() / SHORT))
    return float((LEAST / (1 + LONGER * longest)) ** (1 / SHARP))


class _Compared:
    """The articles of a window, ready to be compared with one another."""

    def __init__(self, rows: Rows, enough: float) -> None:
        self.rows, self.enough, self.least = rows, enough, _least(rows)
        self.matrix, self.marks = rows.matrix(), rows.matrix(marks=True)
        self.turned = self.matrix.T.tocsr()

    def near(self, begin: int, end: int) -> Links:
        """The links of some rows to their nearest of all.

        Of a hundred pairs that share a word some three are near: the others are told by their likeness alone, and
        most of those by their cosine. Taking the average article off lowers nearly every likeness; where it raises
        one, it is by less than a fifth.
        """
        rows = self.rows
        dots = csr_matrix(self.matrix[begin:end] @ self.turned)
        likely = np.flatnonzero(dots.data > 0.8 * self.least)
        row = begin + np.searchsorted(dots.indptr, likely, side="right") - 1
        other, dot = dots.indices[likely].astype(np.int64), dots.data[likely]
        like = _likeness(rows, row, other, dot)
        near = np.flatnonzero((other != row) & ((like > self.least) | (rows.tongue[other] != rows.tongue[row])))
        days = _days(rows, row[near], other[near])
        near, days = near[days <= WINDOW], days[days <= WINDOW]
        row, other, dot, like = row[near], other[near], dot[near], np.clip(like[near], 0.0, 1.0)
        longer = _longer(rows, row, other)
        faded = (1 - like**2) * (days / (SIGMA * (1 + LASTING * longer))) ** 2 / 2
        weight = (like * np.exp(-faded)) ** SHARP * (1 + LONGER * longer)
        abroad = np.flatnonzero(rows.tongue[other] != rows.tongue[row])
        weight[abroad] = self._foreign(Links(row[abroad], other[abroad], dot[abroad]), days[abroad])
        linked = np.flatnonzero(weight > LEAST)
        return _nearest(Links(row[linked], other[linked], np.round(weight[linked], 9)))

    def _foreign(self, pairs: Links, days: Floats) -> Floats:
        """The weights of pairs in two languages, whose `weight` is their dot product: by the marks they share."""
        alike = pairs.weight / (self.rows.marks[pairs.other] * self.rows.marks[pairs.row])
        weight = np.where(days <= FOREIGN_DAYS, alike / FOREIGN * self.enough, 0.0)
        may = np.flatnonzero(weight > LEAST)
        if len(may):
            shared = self.marks[pairs.row[may]].multiply(self.marks[pairs.other[may]]).sum(axis=1)
            weight[may[np.asarray(shared).ravel() < FOREIGN_SHARED]] = 0.0
        return weight


def _nearest(found: Links) -> Links:
    """Of each row the `NEIGHBOURS` heaviest."""
    ordered = found.keep(np.lexsort((found.other, -found.weight, found.row)))
    rank = np.arange(len(ordered.row)) - np.searchsorted(ordered.row, ordered.row)
    return ordered.keep(np.flatnonzero(rank < NEIGHBOURS))


def _likeness(rows: Rows, row: Ints, others: Ints, dots: Floats) -> Floats:
    """The cosine with the stream's average article taken off both: what all articles of the days say is not news."""
    centred: Floats = dots - rows.mean[row] - rows.mean[others] + rows.middle[row]
    centred /= rows.spread[row] * rows.spread[others]
    return centred


def _longer(rows: Rows, row: Ints, others: Ints) -> Floats:
    """How much longer two articles are than headlines: 0 for headlines, 1 for ten times their words."""
    length: Floats = np.sqrt(rows.length[row] * rows.length[others])
    found: Floats = np.log10(np.maximum(1.0, length / SHORT))
    return found


def _days(rows: Rows, row: Ints, others: Ints) -> Floats:
    """Days between; one dated to the month stands on any of its days. Undated articles are only near undated ones."""
    apart = np.abs(rows.day[others] - rows.day[row]).astype(np.float64)
    within = (rows.month[others] | rows.month[row]) & (rows.calendar[others] == rows.calendar[row])
    undated = (rows.day[others] == UNDATED) != (rows.day[row] == UNDATED)
    return np.where(undated, np.inf, np.where(within, 0.0, apart))
