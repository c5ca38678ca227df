"""From seeds to a classifier: what the articles around the seeds have in common, and what no topic has.

1. **Neighbours.** Each article is linked to its 15 nearest in a space of 100 dimensions (latent semantic analysis,
   Deerwester and others 1990).
2. **Seeds spread** along the links (Zhou and others 2004). Where an article's surroundings are as full of a topic's
   seeds as those of the topic's own seeded articles, it is taken for the topic; where they are not half as full, for
   none of them; in between nothing is said yet.
3. **Backgrounds.** What is none of the topics is no one thing: it is parted into a dozen groups, each with words of
   its own, which compete with the topics for every article.
4. **Rounds.** Naive Bayes on TF-IDF weights (Nigam and others 2000, Rennie and others 2003) learns the words of each
   topic and background, and its verdicts spread along the links again, eight times.
5. Where next to nothing is left to the backgrounds, the topics cover the stream: it is learned without backgrounds.

What an analyst says of an article holds in every round and weighs as much as five articles. No random numbers: the
seed of the decompositions is fixed, and rows are taken in order of id. Figures: docs/topics.md.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags

from analytics.topics.learned import Floats, softmax

FEWEST = 200  # articles of a language from which anything is learned
SEEDED = 10  # articles with its seeds that a topic needs
DIMENSIONS, NEIGHBOURS = 100, 15
EXACT = 2_000  # articles up to which the space is exact, and found sooner so
TYPICAL = 0.6  # quantile of seeded articles whose surroundings a topic's are measured by
INSIDE, OUTSIDE = 0.5, 0.25  # how full of seeds, against that, an article of the topic is, and one of none
REACH, REACH_ALL = 0.95, 0.98  # how far seeds spread (the share handed on at each step), and when topics cover all
REACH_AGAIN = 0.8  # how far verdicts spread
BACKGROUNDS, MEMBERS = 12, 5  # groups of what is none of the topics, and articles that one has at least
ROUNDS = 8
SHARP = 20.0  # weight of the words against a topic's size within a round: verdicts there are near certain
SMOOTH = 0.02  # added to each count of a stem
COVERED = 0.05  # share of articles left to the backgrounds below which the topics cover the stream
LABEL = 5.0  # articles that one which an analyst labelled counts as
BLOCK = 1_000  # rows compared with all others at a time


@dataclass(frozen=True)
class Likelihoods:
    """Words of the topics and then of each background as logarithms, and the share of articles each row stands for."""

    words: Floats
    size: Floats


def learn(weighted: csr_matrix, seeded: Floats, said: npt.NDArray[np.int8]) -> Likelihoods:
    """Learn topics from articles (rows).

    `weighted` are TF-IDF rows; `seeded` says from 0 to 1 how surely an article (row) has seeds of a topic (column);
    `said` is what an analyst said of it: 1 that it belongs, -1 that it does not, 0 nothing.
    """
    seeded = np.where(said > 0, 1.0, np.where((said < 0) | (said > 0).any(axis=1, keepdims=True), 0.0, seeded))
    space = reduced(weighted)
    links = _links(space)
    first = _open_start(space, links, seeded, said)
    found, verdict = _rounds(weighted, links, first, said)
    topics = seeded.shape[1]
    left = float((verdict[:, topics:].sum(axis=1) > verdict[:, :topics].max(axis=1)).mean())
    if topics > 1 and left < COVERED:
        found, _ = _rounds(weighted, links, _closed_start(links, seeded), said)
    return found


def settle(weighted: csr_matrix, space: Floats, first: Floats) -> tuple[Likelihoods, npt.NDArray[np.int64]]:
    """What the words of each column of these verdicts are, after they have spread and been learned from by turns.

    Also returns the column of each article.
    """
    found, verdict = _rounds(weighted, _links(space), first, np.zeros(first.shape, dtype=np.int8))
    return found, verdict.argmax(axis=1).astype(np.int64)


def reduced(weighted: csr_matrix) -> Floats:
    """Each article at length 1 in a space of few dimensions, where words that go together are one."""
    from scipy.linalg import eigh  # both slow to import, and most runs learn nothing
    from sklearn.decomposition import TruncatedSVD

    size = weighted.shape[0]
    dimensions = min(DIMENSIONS, min(weighted.shape) - 1)
    if size <= EXACT:
        like = (weighted @ weighted.T).toarray()
        value, vector = eigh(like, subset_by_index=(size - dimensions, size - 1))
        found = vector * np.sqrt(np.maximum(value, 0.0))
    else:
        found = TruncatedSVD(dimensions, n_iter=4, random_state=0).fit_transform(weighted)
    length = np.linalg.norm(found, axis=1, keepdims=True)
    at_one: Floats = found / np.where(length > 0, length, 1.0)
    return at_one


def _links(space: Floats) -> csr_matrix:
    """The nearest neighbours of each article with their cosine squared; a link of one is a link of the other."""
    number = min(NEIGHBOURS, len(space) - 1)
    near, value = [], []
    for begin in range(0, len(space), BLOCK):
        like = space[begin : begin + BLOCK] @ space.T
        like[np.arange(len(like)), begin + np.arange(len(like))] = 0.0
        nearest = np.argpartition(-like, number, axis=1)[:, :number]
        near.append(nearest)
        value.append(np.maximum(np.take_along_axis(like, nearest, axis=1), 0.0) ** 2)
    rows = np.repeat(np.arange(len(space)), number)
    one_way = csr_matrix((np.concatenate(value).ravel(), (rows, np.concatenate(near).ravel())), (len(space),) * 2)
    return one_way.maximum(one_way.T).tocsr()


def _walk(links: csr_matrix, start: Floats, share: float) -> Floats:
    """The mean of `start` over an article's surroundings, nearer ones counting more."""
    degree = np.asarray(links.sum(axis=1)).ravel()
    step = diags(1 / np.where(degree > 0, degree, 1.0)) @ links
    found = start.copy()
    for _ in range(int(4 / (1 - share))):
        found = share * (step @ found) + (1 - share) * start
    return found


def _open_start(space: Floats, links: csr_matrix, seeded: Floats, said: npt.NDArray[np.int8]) -> Floats:
    """First verdicts where most articles may belong to none: topics, then backgrounds; zero where nothing is said."""
    around = _walk(links, seeded, REACH)
    typical = np.array([np.quantile(column[own > 0], TYPICAL) for column, own in zip(around.T, seeded.T, strict=True)])
    full = around / np.maximum(typical, 1e-12)
    told = (said > 0).any(axis=1)
    inside = (full.max(axis=1) >= INSIDE) | told
    outside = (full.max(axis=1) < OUTSIDE) & ~told
    group, groups = _groups(space[outside])
    first = np.zeros((len(space), seeded.shape[1] + groups))
    first[inside, : seeded.shape[1]] = _shares(full[inside] ** 2)
    first[np.flatnonzero(outside), seeded.shape[1] + group] = 1.0
    return first


def _groups(space: Floats) -> tuple[npt.NDArray[np.int64], int]:
    """The group of each article of none, and how many groups there are."""
    from sklearn.cluster import KMeans

    number = min(BACKGROUNDS, len(space) // MEMBERS)
    if number < 2:
        return np.zeros(len(space), dtype=np.int64), min(1, len(space))
    found = KMeans(number, n_init=1, max_iter=30, random_state=0).fit_predict(space)
    return found.astype(np.int64), number


def _closed_start(links: csr_matrix, seeded: Floats) -> Floats:
    """First verdicts where every article belongs to a topic: the one whose seeds reach it most, size set aside."""
    degree = np.sqrt(np.asarray(links.sum(axis=1)).ravel())
    even = diags(1 / np.where(degree > 0, degree, 1.0))
    step, start = even @ links @ even, seeded / seeded.sum(axis=0)
    found = start.copy()
    for _ in range(60):
        found = REACH_ALL * (step @ found) + (1 - REACH_ALL) * start
    return _shares(found / np.maximum(found.sum(axis=0), 1e-12))


def _rounds(
    weighted: csr_matrix, links: csr_matrix, first: Floats, said: npt.NDArray[np.int8]
) -> tuple[Likelihoods, Floats]:
    """What the words of each column of `first` are after all rounds, and the last verdicts."""
    verdicts = first
    times = np.where((said > 0).any(axis=1), LABEL, 1.0)[:, None]
    for _ in range(ROUNDS):
        verdicts = _obeyed(verdicts, said) * times
        count = np.asarray((weighted.T @ verdicts).T) + SMOOTH
        words = np.log(count / count.sum(axis=1, keepdims=True))
        size = verdicts.sum(axis=0) + 1e-9
        verdict = softmax(np.asarray(weighted @ words.T) * SHARP + np.log(size))
        verdicts = _shares(_walk(links, verdict, REACH_AGAIN))
    exact = words.astype(np.float32).astype(np.float64)  # as it will be read back
    return Likelihoods(exact, size / size.sum()), verdict


def _obeyed(verdicts: Floats, said: npt.NDArray[np.int8]) -> Floats:
    """The verdicts as far as an analyst has not said otherwise."""
    belongs = said > 0
    named = np.where(said < 0, 0.0, verdicts[:, : said.shape[1]])
    found = np.concatenate([named, verdicts[:, said.shape[1] :]], axis=1)
    told = belongs.any(axis=1)
    found[told] = 0.0
    found[told, : said.shape[1]] = belongs[told]
    return _shares(found)


def _shares(values: Floats) -> Floats:
    """Each row as shares of one; a row of zeros stays one."""
    whole = values.sum(axis=1, keepdims=True)
    found: Floats = values / np.where(whole > 0, whole, 1.0)
    return found
