"""The laws of `analytics.topics`: seeds, evidence, none as an answer, and an analyst's own topics."""

from pathlib import Path

import pyarrow as pa
import pytest

from analytics import gazetteer, mentions, topics
from analytics.errors import TopicError
from analytics.model import TOPICS
from analytics.text.words import Words

KNOWN = gazetteer.load()
SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("published", pa.date32()),
        ("language", pa.string()),
        ("title", pa.string()),
        ("text", pa.string()),
    ]
)


def assign(
    text: str, title: str = "", language: str = "az", overlay: Path | None = None
) -> dict[str, dict[str, object]]:
    """The topics of one article, by id."""
    row = {"id": "a", "published": None, "language": language, "title": title, "text": text}
    articles = pa.Table.from_pylist([row], schema=SCHEMA)
    words = Words.of(articles)
    table = topics.load(overlay).assign(articles, words, mentions.find(articles, words, KNOWN))
    assert table.schema.equals(TOPICS)
    return {row["topic"]: row for row in table.to_pylist()}


DIASPORA = "Diasporla İş üzrə Dövlət Komitəsi Almaniyada yaşayan azərbaycanlılar üçün həftəsonu məktəbi açıb."
VISIT = (
    "Qazaxıstan Prezidenti rəsmi səfərlə Azərbaycana gəlib. Tərəflər ikitərəfli əməkdaşlıq haqqında saziş imzalayıblar."
)
TALKS = (
    "Danışıqlarda Azərbaycan ilə Qazaxıstan arasında ticarət dövriyyəsi müzakirə olunub. Qazaxıstanın səfiri "
    "etimadnaməsini Azərbaycan Prezidentinə təqdim edib. Azərbaycanla Qazaxıstan müttəfiqlik müqaviləsi bağlayıb."
)
SUMMIT = "Türk Dövlətləri Təşkilatının Zirvə görüşü keçirilib."
NONE = "Bu gün paytaxtda güclü külək əsəcək, axşama doğru yağış yağacağı gözlənilir."


@pytest.mark.parametrize(
    ("text", "topic"),
    [(DIASPORA, "diaspora"), (VISIT, "bilateral"), (SUMMIT, "turkic")],
    ids=["diaspora", "bilateral", "turkic"],
)
def test_one_article_alone_has_its_topic(text: str, topic: str) -> None:
    """A corpus of one article works: what is rare is known from news at large."""
    assert set(assign(text)) == {topic}


def test_an_article_may_have_several_topics() -> None:
    """Topics do not compete."""
    assert set(assign(f"{DIASPORA} {SUMMIT}")) == {"diaspora", "turkic"}


def test_a_topic_that_yields_must_say_more_beside_the_other() -> None:
    """A summit has visits and talks too: one sentence of them is bilateral by itself and not beside a summit."""
    once = "Qazaxıstan Prezidenti səfərlə Azərbaycana gəlib."
    assert set(assign(once)) == {"bilateral"}
    assert set(assign(f"{SUMMIT} {once}")) == {"turkic"}
    assert set(assign(f"{SUMMIT} {VISIT} {TALKS}")) == {"turkic", "bilateral"}


def test_none_is_an_answer() -> None:
    """The weather belongs to no topic, and has no row rather than a forced one."""
    assert assign(NONE) == {}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("tr", "Türk Devletleri Teşkilatı'nın zirvesi başkentte toplandı."),
        ("ru", "В столице прошёл саммит Организации тюркских государств."),
        ("en", "The Organization of Turkic States held its summit."),
        ("kk", "Түркі мемлекеттері ұйымының саммиті өтті."),
    ],
)
def test_topics_are_found_in_five_languages(language: str, text: str) -> None:
    """The same event has the same topic, in whatever language it is told, inflected or not."""
    assert set(assign(text, language=language)) == {"turkic"}


def test_two_countries_in_a_list_are_no_relation() -> None:
    """Bilateral relations need an act between two states, not two names side by side."""
    assert assign("Bu meyvə Gürcüstanda və Türkiyədə yetişir, qışda bahalaşır.") == {}


def test_the_score_is_a_probability_with_its_evidence() -> None:
    """Each assignment says how sure it is, by which words of the article, and in which sentence."""
    row = assign(f"{NONE} {DIASPORA}")["diaspora"]
    assert 0.5 <= float(str(row["score"])) <= 1
    assert row["sentence"] == DIASPORA
    terms = [term["term"] for term in row["evidence"]]  # type: ignore[attr-defined]
    assert terms
    assert all(term in DIASPORA for term in terms)


def test_a_title_counts_more_than_the_text() -> None:
    """The same words weigh more in the title."""
    weak = "Şəhərdə diaspor nümayəndələri ilə tədbir keçirilib."
    inside = assign(weak).get("diaspora")
    above = assign(NONE, title=weak)["diaspora"]
    assert inside is None or float(str(above["score"])) >= float(str(inside["score"]))


def write(folder: Path, name: str, content: str) -> Path:
    """A directory with one topic file."""
    (folder / "topics").mkdir(exist_ok=True)
    (folder / "topics" / name).write_text(content, encoding="utf-8")
    return folder


def test_a_topic_of_ones_own_is_one_seed(tmp_path: Path) -> None:
    """An analyst adds a topic by writing one word in one language, and inflected forms are found."""
    overlay = write(tmp_path, "wine.toml", 'seeds.az = ["üzüm"]')
    assert "wine" in assign(
        "Bu il üzümün məhsuldarlığı yüksəkdir, üzümçülər razıdır, üzümdən şərab hazırlanır.", overlay=overlay
    )


def test_a_file_of_the_same_name_replaces_ours(tmp_path: Path) -> None:
    """What an analyst writes wins over what ships."""
    overlay = write(tmp_path, "turkic.toml", 'seeds.az = ["dondurma"]')
    assert assign(SUMMIT, overlay=overlay) == {}


def test_the_index_says_which_topics_exist(tmp_path: Path) -> None:
    """With `only`, the topics that ship are gone but for those named."""
    overlay = write(tmp_path, "_index.toml", '[topics]\nonly = ["turkic"]')
    assert set(topics.load(overlay).topics) == {"turkic"}


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("wine.toml", "seeds.az = [", "wine.toml"),
        ("wine.toml", 'name.az = "Şərab"', "at least one seed"),
        ("wine.toml", 'seeds.az = ["a"]\ncolour = "red"', "colour"),
        ("wine.toml", 'seeds.xx = ["a"]', "xx"),
        ("wine.toml", 'seeds.az = ["a"]\nneeds = "three states"', "three states"),
        ("wine.toml", 'seeds = ["a"]', "seeds are given per language"),
        ("_index.toml", 'topics = ["turkic"]', "a table with only and discovered"),
        ("Wine List.toml", 'seeds.az = ["a"]', "named by its id"),
        ("_index.toml", '[topics]\nonly = ["nothing"]', "nothing"),
    ],
)
def test_a_faulty_file_is_named(tmp_path: Path, name: str, content: str, fault: str) -> None:
    """A fault names its file and says what to do, and nothing is guessed."""
    with pytest.raises(TopicError, match=fault):
        topics.load(write(tmp_path, name, content))


def test_the_digest_follows_the_files(tmp_path: Path) -> None:
    """What was analysed with other topics can be told."""
    assert topics.load().digest != topics.load(write(tmp_path, "wine.toml", 'seeds.az = ["üzüm"]')).digest
    assert topics.load().digest == topics.load().digest
