"""Topics that nobody named: groups of articles that use the same words, with labels of their own words.

Articles are parted into groups in a space of few dimensions (k-means), and each group's words are learned as a named
topic's are. A group most of whose articles have seeds of a named topic is that topic and no discovery. When topics are
discovered again, the groups begin where the earlier ones were, and each of them that is still there keeps its id.
"""

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from analytics.topics.learn import Likelihoods, reduced, settle
from analytics.topics.learned import Floats, Learned

MARK = "d-"  # how the id of a discovered topic begins
PER_TOPIC = 100  # articles to a topic, about
LEAST_GROUPS, MOST_GROUPS = 6, 24  # that are looked for
NAMED = 0.5  # share of a group's articles with a named topic's seeds from which the group is that topic
SAME = 0.5  # likeness of word distributions (Bhattacharyya 1946) from which a group is an earlier one
WORDS = 3  # of a label
MANY = 8  # topics above which they stand in families
BEGINNING = 4  # letters in which two words of a label may not agree: "elections, electoral" says one thing twice
Ints = npt.NDArray[np.int64]


def groups(weighted: csr_matrix, earlier: Floats | None) -> tuple[Likelihoods, Ints]:
    """The words of each group of these articles (rows), and the group of each article.

    `earlier` says what part of each article each earlier group accounts for; the groups begin there, unless there are
    so many more articles that they want half as many groups again.
    """
    from sklearn.cluster import KMeans  # slow to import, and most runs discover nothing

    space = reduced(weighted)
    number = int(np.clip(weighted.shape[0] // PER_TOPIC, LEAST_GROUPS, MOST_GROUPS))
    if earlier is not None and 2 * number <= 3 * earlier.shape[1]:
        centres = (earlier.T @ space) / np.maximum(earlier.sum(axis=0), 1e-9)[:, None]
        found = KMeans(len(centres), init=centres, n_init=1, random_state=0).fit_predict(space)
        number = len(centres)
    else:
        found = KMeans(number, n_init=2, random_state=0).fit_predict(space)
    return settle(weighted, space, np.eye(number)[found])


def ids(words: Floats, stems: Sequence[str], earlier: Learned | None, language: str) -> list[str]:
    """An id for each group: that of the earlier topic it is most like, else one made of its strongest words."""
    own = [_new_id(row, stems, language) for row in words]
    if earlier is None:
        return own
    from scipy.optimize import linear_sum_assignment  # slow to import, and an app needs none of it

    mine = np.array([at for at, stem in enumerate(stems) if stem in earlier.numbers], dtype=np.int64)
    theirs = np.array([earlier.numbers[stem] for stem in stems if stem in earlier.numbers], dtype=np.int64)
    named = earlier.likelihood[: len(earlier.topics)]
    like = np.exp(words[:, mine] / 2) @ np.exp(named[:, theirs] / 2).T
    for group, old in zip(*linear_sum_assignment(-like), strict=True):
        if like[group, old] >= SAME:
            own[group] = earlier.topics[old]
    return own


def _new_id(words: Floats, stems: Sequence[str], language: str) -> str:
    strongest = [stems[at] for at in np.argsort(-words, kind="stable")[:12]]
    return MARK + hashlib.blake2b(" ".join((language, *strongest)).encode(), digest_size=4).hexdigest()


def families(words: Floats) -> list[int]:
    """For each discovered topic (row of log likelihoods, largest first) the first of those that it stands with.

    Where there are more than `MANY` they are put together by the likeness of their words, average linkage, to one
    family for three topics; each is called by its largest.
    """
    from scipy.cluster.hierarchy import fcluster, linkage

    number = len(words)
    if number <= MANY:
        return list(range(number))
    tree = linkage(np.exp(words / 2), "average", metric="cosine")
    family = fcluster(tree, -(-number // 3), "maxclust")
    return [int(np.flatnonzero(family == mine)[0]) for mine in family]


def label(says: Floats, forms: Sequence[str]) -> str:
    """What to call a topic: the words that say most for it, no two of them forms of one.

    `says` is what each stem says for the topic over all its articles, `forms` how each is most often written.
    """
    kept: list[str] = []
    for at in np.argsort(-says, kind="stable")[:60].tolist():
        form = forms[at]
        if says[at] <= 0 or len(kept) == WORDS:
            break
        if len(form) > 2 and not any(form[:BEGINNING].lower() == other[:BEGINNING].lower() for other in kept):
            kept.append(form)
    return ", ".join(kept)
