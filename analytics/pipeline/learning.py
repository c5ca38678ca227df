"""Learning the topics of a corpus: when it is due, and from which of its articles."""

from dataclasses import replace
from functools import partial

from analytics import topics
from analytics.corpus import Corpus
from analytics.pipeline.stages import Knowledge
from analytics.topics.learned import Learned

SMALL = 20_000  # analysed articles up to which a corpus is analysed again when there is something new to go by

_LANGUAGES = """
    select language, count(*) as articles from articles
    where duplicate_of is null and language <> '' group by language having count(*) >= $least order by language"""
# A sample that does not depend on what was read first; articles that an analyst labelled are always in it.
_SAMPLE = """
    select id, language, title, "text" from articles where duplicate_of is null and language = $language
    order by not list_contains($labelled, id), md5(id) limit $most"""


def learn(corpus: Corpus, known: Knowledge, *, again: bool) -> tuple[Knowledge, bool]:
    """Learn the topics of every language of which there is enough, and keep what was learned with the corpus.

    `again` learns anew what is known. A large corpus is learned from in no other case: it would have to be analysed
    again, which is for its analyst to decide. Returns the knowledge with what was learned, and whether anything was.
    """
    if not again and corpus.count("analysis") > SMALL:
        return known, False
    model = known.topics
    learned, discovered = dict(model.learned), dict(model.discovered)
    for row in corpus.rows(_LANGUAGES, least=topics.FEWEST).to_pylist():
        language = row["language"]
        named = bool(model.learning(language)) and (again or language not in learned)
        unnamed = model.discovers and (again or language not in discovered)
        if named or unnamed:
            labelled = [label.article for label in model.labels]
            sample = corpus.rows(_SAMPLE, language=language, labelled=labelled, most=topics.LARGEST)
            if named:
                _put(corpus, learned, language, topics.study(model, sample, language))
            if unnamed:
                earlier = discovered.get(language)
                _put(corpus, discovered, language, topics.explore(model, sample, language, earlier))
    changed = learned != model.learned or discovered != model.discovered
    return replace(known, topics=replace(model, learned=learned, discovered=discovered)), changed


def _put(corpus: Corpus, known: dict[str, Learned], language: str, found: Learned | None) -> None:
    """Keep what was learned in place of what was; nothing takes the place of nothing."""
    folder = corpus.data / "topics"
    if found is not None:
        corpus.place.edit(partial(found.save, folder))
        known[language] = found
    elif language in known:
        gone = folder / known.pop(language).file
        corpus.place.edit(partial(gone.unlink, missing_ok=True))
