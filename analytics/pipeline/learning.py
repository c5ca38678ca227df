"""Learning the topics of a corpus: when it is due, and from which of its articles."""

from dataclasses import replace

from analytics import topics
from analytics.corpus import Corpus
from analytics.pipeline.stages import Knowledge
from analytics.topics.learned import PREFIX

SMALL = (
    20_000  # analysed articles up to which a corpus is analysed again when its topics can be learned for the first time
)

_LANGUAGES = (
    "select language, count(*) as articles from articles where duplicate_of is null group by language order by language"
)
# A sample that does not depend on what was read first; articles that an analyst labelled are always in it.
_SAMPLE = """
    select id, language, title, "text" from articles where duplicate_of is null and language = $language
    order by not list_contains($labelled, id), md5(id) limit $most"""


def learn(corpus: Corpus, known: Knowledge, *, again: bool) -> tuple[Knowledge, bool]:
    """Learn the topics of every language of which there is enough, and keep what was learned with the corpus.

    `again` learns anew what is known. A large corpus is learned from in no other case: it would have to be analysed
    again, which is for its analyst to decide. Returns the knowledge with what was learned, and whether anything was.
    """
    model = known.topics
    found = dict(model.learned)
    if not again and corpus.count("analysis") > SMALL:
        return known, False
    for language, articles in _spoken(corpus):
        if articles < topics.FEWEST or not model.learning(language) or (language in found and not again):
            continue
        labelled = [label.article for label in model.labels]
        sample = corpus.rows(_SAMPLE, language=language, labelled=labelled, most=topics.LARGEST)
        learned = topics.study(model, sample, language)
        if learned is None:
            found.pop(language, None)
            (corpus.data / "topics" / f"{PREFIX}{language}.parquet").unlink(missing_ok=True)
        else:
            learned.save(corpus.data / "topics")
            found[language] = learned
    return replace(known, topics=replace(model, learned=found)), found != model.learned


def _spoken(corpus: Corpus) -> list[tuple[str, int]]:
    rows = corpus.rows(_LANGUAGES).to_pylist()
    return [(row["language"], row["articles"]) for row in rows if row["language"]]
