"""Learning the topics of a corpus: when it is due, and from which of its articles."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from analytics import topics
from analytics.corpus import Corpus
from analytics.pipeline.executors import Hands, in_order
from analytics.pipeline.stages import Knowledge
from analytics.pipeline.wire import unwire, wire
from analytics.topics.learned import Learned

SMALL = 20_000  # analysed articles up to which a corpus is analysed again when there is something new to go by

_LANGUAGES = """
    select language, count(*) as articles from articles
    where duplicate_of is null and language <> '' group by language having count(*) >= $least order by language"""
# A sample that does not depend on what was read first; articles that an analyst labelled are always in it. One query
# for all languages: it reads the texts once.
_SAMPLES = """
    with chosen as (
        select id, row_number() over (partition by language order by not list_contains($labelled, id), md5(id)) as place
        from articles where duplicate_of is null and list_contains($languages, language) qualify place <= $most)
    select id, language, title, "text" from articles join chosen using (id) order by language, place"""


@dataclass(frozen=True, slots=True)
class Due:
    """A language of which something is to be learned: its named topics, and those that nobody named."""

    language: str
    named: bool
    unnamed: bool


@dataclass(frozen=True, slots=True)
class Taught:
    """What was learned of a language. None, where it was due, when there was too little."""

    due: Due
    named: Learned | None = None
    unnamed: Learned | None = None


@dataclass(frozen=True)
class Teach:
    """Learning as a task that can be sent to a worker: it carries the path of an analyst's topics, not the topics."""

    overlay: Path

    def __call__(self, lesson: tuple[Due, pa.Buffer]) -> Taught:
        """What a sample of articles of one language, as bytes, teaches. Raises TopicError as `topics.load` does."""
        due, sent = lesson
        sample, model = unwire(sent), topics.load(self.overlay)
        earlier = model.discovered.get(due.language)
        return Taught(
            due,
            topics.study(model, sample, due.language) if due.named else None,
            topics.explore(model, sample, due.language, earlier) if due.unnamed else None,
        )


def learn(corpus: Corpus, known: Knowledge, hands: Hands, *, again: bool) -> tuple[Knowledge, bool]:
    """Learn the topics of every language of which there is enough, and keep what was learned with the corpus.

    `again` learns anew what is known. A large corpus is learned from in no other case: it would have to be analysed
    again, which is for its analyst to decide. Returns the knowledge with what was learned, and whether anything was.
    """
    if not again and corpus.count("analysis") > SMALL:
        return known, False
    model = known.topics
    learned, discovered = dict(model.learned), dict(model.discovered)
    if due := list(_due(corpus, model, again=again)):
        labelled = [label.article for label in model.labels]
        samples = _samples(corpus, [one.language for one in due], labelled)
        lessons = ((one, wire(samples.filter(pc.equal(samples["language"], one.language)))) for one in due)
        for taught in in_order(*hands.of(corpus.count("articles")), Teach(corpus.data), lessons):
            if taught.due.named:
                _put(corpus, learned, taught.due.language, taught.named)
            if taught.due.unnamed:
                _put(corpus, discovered, taught.due.language, taught.unnamed)
    changed = learned != model.learned or discovered != model.discovered
    return replace(known, topics=replace(model, learned=learned, discovered=discovered)), changed


def _due(corpus: Corpus, model: topics.TopicModel, *, again: bool) -> Iterator[Due]:
    for language in corpus.rows(_LANGUAGES, least=topics.FEWEST)["language"].to_pylist():
        named = bool(model.learning(language)) and (again or language not in model.learned)
        unnamed = model.discovers and (again or language not in model.discovered)
        if named or unnamed:
            yield Due(language, named, unnamed)


def _samples(corpus: Corpus, languages: list[str], labelled: list[str]) -> pa.Table:
    """Of each language as many articles as are learned from at most, in an order that a larger corpus keeps."""
    return corpus.rows(_SAMPLES, languages=languages, labelled=labelled, most=topics.LARGEST)


def _put(corpus: Corpus, known: dict[str, Learned], language: str, found: Learned | None) -> None:
    """Keep what was learned in place of what was; nothing takes the place of nothing."""
    folder = corpus.data / "topics"
    if found is not None:
        corpus.place.edit(partial(found.save, folder))
        known[language] = found
    elif language in known:
        gone = folder / known.pop(language).file
        corpus.place.edit(partial(gone.unlink, missing_ok=True))
