"""Build and analyse: the stages in order, over batches, so that memory is bounded by the batch."""

import datetime as dt
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from analytics import search, sources
from analytics.corpus import Added, Corpus, compact
from analytics.corpus.store import BATCH
from analytics.model import REJECTED
from analytics.pipeline.basis import Basis
from analytics.pipeline.days import whole_days
from analytics.pipeline.executors import Hands, Kind, in_order
from analytics.pipeline.learning import learn
from analytics.pipeline.stages import Analyse, Knowledge, keep
from analytics.pipeline.touched import touched
from analytics.pipeline.wire import Sent, wire
from analytics.stories import CHUNK, WINDOW, Features, Stream, features
from analytics.stories.window import HELD, MONTH
from analytics.text.words import Words

Progress = Callable[[str, int, int | None], None]
"""Told what is being done, how much of it more is done, and how much there is in all (None: not known)."""

COMMIT, COMMIT_BYTES = 16_000, 64 << 20  # articles, or bytes of them, that are kept in one commit: a file on disk each
REACH = dt.timedelta(days=WINDOW + MONTH)  # a story dated to a month can be joined for a window after its end


def _silent(stage: str, done: int, total: int | None) -> None:
    """Nobody is watching."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did: the fate of every record, articles analysed, and those that an older method analysed."""

    added: Added
    analysed: int
    outdated: int


def build(
    inputs: Sequence[str | Path],
    where: str | os.PathLike[str],
    *,
    overlay: Path | None = None,
    kind: Kind = "processes",
    workers: int = 0,
    scheduler: str = "",
    progress: Progress = _silent,
) -> Summary:
    """Read the inputs, keep in the corpus `where` what is new, analyse what is not analysed, and make it searchable.

    Running it again changes nothing; a run that was ended at any moment is finished by the next one. `overlay` is a
    directory with the analyst's own `entities` and `topics`; it is checked before anything is written.
    Raises SourceError, CorpusError, GazetteerError, TopicError, and UsageError for an executor that is not there.
    """
    if overlay is not None:
        Knowledge.load(overlay)
    batches = sources.read(inputs)
    corpus = Corpus.open(where, create=True)
    if overlay is not None:
        corpus.adopt(overlay)
    with Hands(kind, workers, scheduler) as hands:
        added = _add(corpus, batches, progress)
        analysed, outdated = _analyse(corpus, hands, progress, again=False)
    return Summary(added, analysed, outdated)


def _add(corpus: Corpus, batches: Iterable[sources.Batch], progress: Progress) -> Added:
    """Keep what is new. Every record is counted once."""
    added = Added()
    for articles, rejected in _gather(batches):
        done = corpus.add(articles, rejected)
        added += done
        progress("reading", done.records, None)
    return added


def _gather(batches: Iterable[sources.Batch]) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Articles and rejections, small batches put together: a commit costs the same for one article as for thousands."""
    given: list[pa.Table] = [sources.GIVEN.empty_table()]
    refused: list[pa.Table] = [REJECTED.empty_table()]
    records = size = 0
    for batch in batches:
        given.append(batch.given)
        refused.append(batch.refused)
        records += batch.records
        size += batch.given.nbytes
        if records >= COMMIT or size >= COMMIT_BYTES:
            yield pa.concat_tables(given), pa.concat_tables(refused)
            given, refused, records, size = given[:1], refused[:1], 0, 0
    if records:
        yield pa.concat_tables(given), pa.concat_tables(refused)


def analyse(
    corpus: Corpus,
    *,
    again: bool = False,
    kind: Kind = "processes",
    workers: int = 0,
    scheduler: str = "",
    progress: Progress = _silent,
) -> tuple[int, int]:
    """Analyse what is not analysed, or everything `again` in one commit, and bring the search index up to date.

    Returns the number of articles analysed, and of those that another method analysed before.
    """
    with Hands(kind, workers, scheduler) as hands:
        return _analyse(corpus, hands, progress, again=again)


def _analyse(corpus: Corpus, hands: Hands, progress: Progress, *, again: bool) -> tuple[int, int]:
    corpus.refresh()
    known, fresh = learn(corpus, Knowledge.load(corpus.data), hands, again=again)
    keep(known)
    obeyed = Basis.read(corpus)
    fresh = fresh or (obeyed is not None and obeyed.unlike(known))
    again = again or (fresh and corpus.count("analysis") > 0)
    task = Analyse(corpus.data, known.method)
    if again:
        waiting = corpus.count("articles")
        rows = _rows(corpus, task, *hands.of(waiting, task), again=True)
        analysed = corpus.replace_analysis(_told(rows, waiting, progress))
        basis = Basis.of(known).keep(corpus)
    else:
        basis, analysed = _catch_up(corpus, task, known, hands, progress)
        if waiting := corpus.waiting():
            rows = _rows(corpus, replace(task, new=True), *hands.of(waiting, task), again=False)
            analysed += sum(map(corpus.put_analysis, _told(rows, waiting, progress)))
    hands.away()  # the words they know take up what merging the index needs
    _index(corpus, hands, analysed)
    if compact(corpus):
        search.update(corpus)  # which finds the same articles in other files
    outdated = sum(number for method, number in corpus.methods().items() if method.split("+")[0] not in basis.methods)
    return analysed, outdated


def _index(corpus: Corpus, hands: Hands, articles: int) -> None:
    """Bring the search index up to date: some so many articles are new to it, and if that is many, by workers."""
    pool, workers = hands.of(articles)
    search.update(corpus, lambda stage, tables: in_order(pool, workers, Sent(stage), map(wire, tables)))


def _catch_up(corpus: Corpus, task: Analyse, known: Knowledge, hands: Hands, progress: Progress) -> tuple[Basis, int]:
    """Analyse again what other names, or an analyst's word on single articles, have changed; stories stay.

    Returns what the analyses go by from now on, and the number of articles.
    """
    earlier = Basis.read(corpus)
    basis = Basis.of(known).after(earlier)
    again = touched(corpus, known, earlier, basis)
    stories: deque[list[str]] = deque()

    def sent() -> Iterator[pa.Buffer]:
        for batch in corpus.analysed(again):
            stories.append(batch["story"].to_pylist())
            yield wire(batch.drop_columns(["story"]))

    if again.num_rows:
        done = in_order(*hands.of(again.num_rows, task), Sent(task), sent())
        rows = (found.told(stories.popleft()) for found in done)
        corpus.replace_analysis(_told(rows, again.num_rows, progress))
    return basis if basis == earlier else basis.keep(corpus), again.num_rows


def _rows(corpus: Corpus, task: Analyse, pool: Executor, workers: int, *, again: bool) -> Iterator[pa.Table]:
    """Analysis rows in order of date, a batch at a time. What is new is searchable when the last one was handed out."""
    stream, segments = Stream(), list[search.Segment]()
    around = _Around(corpus) if corpus.count("analysis") and not again else None
    batches = whole_days(corpus.pending(again=again, size=BATCH), CHUNK)
    for found in in_order(pool, workers, Sent(task), map(wire, batches)):
        if around:
            for earlier in around.of(found.features.articles["published"]):
                stream.resume(_features_again(earlier), earlier["story"].to_pylist())
        yield found.told(stream.add(found.features))
        segments += [found.segment] if found.segment else []
        if sum(map(len, segments)) >= search.COMMIT:
            search.add(corpus, segments)
            segments.clear()
    if segments:
        search.add(corpus, segments)


def _features_again(earlier: pa.Table) -> Features:
    """What stories are made of, of articles that were analysed before."""
    columns = ("article", "entity", "sense")
    told = zip(earlier["id"].to_pylist(), earlier["mentions"].to_pylist(), strict=True)
    rows = [(article, one["entity"], one["sense"]) for article, mentions in told for one in mentions or ()]
    mentions = pa.table({name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(columns)})
    return features(earlier, Words.of(earlier), mentions)


class _Around:
    """The analysed articles that stand around new ones: a late article joins the story of its time.

    Each is handed out once, and none that stories would let go of before they look at the first new one. Batches are
    asked for in order of date, the undated last.
    """

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.seen: dt.date | None = None
        self.undated = False

    def of(self, days: pa.ChunkedArray) -> Iterator[pa.Table]:
        """Those around these days that were not handed out before, by batches."""
        first, last = pc.min(days).as_py(), pc.max(days).as_py()
        if first is not None:
            start = first - REACH if self.seen is None else self.seen + dt.timedelta(days=1)
            self.seen = max(last + REACH, self.seen or last)
            exact = first - dt.timedelta(days=WINDOW)
            yield from self.corpus.window(start, self.seen, exact=exact, near=first, most=HELD)
        if days.null_count and not self.undated:
            self.undated = True
            yield from self.corpus.undated(HELD)


def _told(rows: Iterable[pa.Table], total: int, progress: Progress) -> Iterator[pa.Table]:
    for part in rows:
        progress("analysing", part.num_rows, total)
        yield part
