"""The laws of discovered topics: what they find, that they stay what they are, and what an analyst may make of them."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from themes import THEMES, article, stream
from threadpoolctl import threadpool_info, threadpool_limits

from analytics import pipeline, topics
from analytics.corpus import Corpus
from analytics.cube import NO_TOPIC, open_cube
from analytics.errors import TopicError
from analytics.taxonomy.curate import NAME, OWN, Decision, add, decide, parts, read_decisions, remove
from analytics.text.words import Words
from analytics.topics import discover
from analytics.topics.discover import MANY, families

NOTHING_NAMED = topics.load()


def discovered(model: topics.TopicModel, articles: pa.Table, language: str = "en") -> dict[str, str]:
    """The discovered topic of each article that has one."""
    found = topics.explore(model, articles, language, None)
    assert found
    scores = found.scores(found.weights(_counts(found, articles)))
    return {name: found.topics[at] for name, at in zip(articles["id"].to_pylist(), scores.argmax(axis=1), strict=True)}


def _counts(found: object, articles: pa.Table) -> object:
    return found.numbered(Words.of(articles), range(len(articles))).counts()


def test_themes_are_told_apart() -> None:
    """No discovered topic mixes two themes."""
    articles = stream(60, *THEMES)
    themes: dict[str, Counter[str]] = {}
    for name, topic in discovered(NOTHING_NAMED, articles).items():
        themes.setdefault(topic, Counter())[name.rsplit("-", 1)[0]] += 1
    assert len(themes) >= len(THEMES)
    assert sum(max(found.values()) for found in themes.values()) >= 0.98 * len(articles)


def test_one_thread_does_the_linear_algebra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several would end their sums in other digits on another number of cores, and topics would differ."""
    threads: list[int] = []
    groups = discover.groups

    def noted(*asked: Any) -> Any:
        threads.extend(library["num_threads"] for library in threadpool_info())
        return groups(*asked)

    monkeypatch.setattr(discover, "groups", noted)
    with threadpool_limits(limits=2):
        assert topics.explore(NOTHING_NAMED, stream(60, *THEMES), "en", None)
    assert threads
    assert set(threads) == {1}


def test_labels_are_words_of_the_theme() -> None:
    """A label has no word that every article has, and no word twice."""
    found = topics.explore(NOTHING_NAMED, stream(60, *THEMES), "en", None)
    assert found
    own = {word for words in THEMES.values() for word in words}
    for label in found.names.values():
        words = [word.lower() for word in label.split(", ")]
        assert set(words) <= own
        assert len(words) == len({word[:4] for word in words})


def test_a_named_topic_is_no_discovery(tmp_path: Path) -> None:
    """A group whose articles have the seeds of a named topic is left to it."""
    room = tmp_path / "topics"
    add(room, "Boats", THEMES["boats"][:8], "en")
    found = topics.explore(topics.load(tmp_path), stream(60, *THEMES), "en", None)
    assert found
    assert not any(set(label.lower().split(", ")) & set(THEMES["boats"]) for label in found.names.values())


def test_a_topic_keeps_its_id_when_more_arrives() -> None:
    """Discovered again with more articles, each topic that is still there has the id it had."""
    before = topics.explore(NOTHING_NAMED, stream(60, *THEMES), "en", None)
    after = topics.explore(NOTHING_NAMED, stream(75, *THEMES), "en", before)
    assert before
    assert after
    assert set(after.topics) == set(before.topics)
    about = [{topic: set(found.names[topic].split(", ")) for topic in found.topics} for found in (before, after)]
    assert all(about[0][topic] & about[1][topic] for topic in before.topics)


def test_order_makes_no_difference() -> None:
    """The same articles give the same topics in any order."""
    articles = stream(50, *THEMES)
    turned = articles.take(list(range(len(articles)))[::-1])
    one, two = (topics.explore(NOTHING_NAMED, given, "en", None) for given in (articles, turned))
    assert one
    assert two
    assert one.digest == two.digest
    assert one.names == two.names


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of six themes, nothing of which is named."""
    folder = tmp_path_factory.mktemp("built")
    rows = [{**article(theme, at), "published": "2024-03-05"} for theme in THEMES for at in range(50)]
    (folder / "in.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    pipeline.build([folder / "in.jsonl"], folder / "corpus")
    return folder / "corpus"


def counted(path: Path) -> dict[str, int]:
    """How many articles each discovered topic has, as charts count them."""
    cube = open_cube(Corpus.open(path))
    return {topic: int(cube.about((topic,)).sum()) for topic in cube.discovered}


def test_articles_of_no_named_topic_have_discovered_ones(built: Path) -> None:
    """They are counted under it, and are still in no named topic; an article has one of them at most."""
    cube = open_cube(Corpus.open(built))
    assert sum(counted(built).values()) >= 0.9 * len(cube)
    assert cube.about((NO_TOPIC,)).all()
    assert all(len(row["topics"]) <= 1 for row in Corpus.open(built).table("analysis").to_pylist())


def test_a_day_that_is_added_changes_no_id(built: Path, tmp_path: Path) -> None:
    """New articles join what was discovered; nothing that was counted before is counted elsewhere."""
    before = {row["article"]: row["topics"] for row in Corpus.open(built).table("analysis").to_pylist()}
    rows = [{**article(theme, at), "published": "2024-03-06"} for theme in THEMES for at in range(50, 55)]
    (tmp_path / "more.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    pipeline.build([tmp_path / "more.jsonl"], built)
    after = {row["article"]: row["topics"] for row in Corpus.open(built).table("analysis").to_pylist()}
    assert {name: after[name] for name in before} == before
    assert sum(bool(after[f"{theme}-{at}"]) for theme in THEMES for at in range(50, 55)) >= 25


def test_a_name_and_a_merger_cost_no_analysis(built: Path) -> None:
    """A renamed topic is called so at once; one counted with another adds to it and is no longer listed itself."""
    before, version = counted(built), Corpus.open(built).version
    one, two = sorted(before)[:2]
    room = Corpus.open(built).data / "topics"
    try:
        decide(room, Decision(one, name="Two in one"))
        decide(room, Decision(two, into=one))
        after = counted(built)
        assert after == {name: before[name] for name in before if name != two} | {one: before[one] + before[two]}
        assert open_cube(Corpus.open(built)).name("topic", one) == "Two in one"
        assert Corpus.open(built).version == version
        assert pipeline.analyse(Corpus.open(built))[0] == 0
    finally:
        (room / NAME).unlink()
    assert counted(built) == before


def test_mergers_lead_to_the_last_and_never_in_a_circle() -> None:
    """A topic that is part of a part is part of the whole; topics that are each other's part stay what they are."""
    assert parts([Decision("a", into="b"), Decision("b", into="c")]) == {"a": "c", "b": "c"}
    assert parts([Decision("a", into="b"), Decision("b", into="a"), Decision("c", into="a")]) == {}


def test_a_topic_made_in_the_app_is_a_file_like_any_other(tmp_path: Path) -> None:
    """Whatever its name and terms, it is read back as it was given; made again, it is replaced; it alone is deleted."""
    room = tmp_path / "topics"
    topic = add(room, 'Üzüm "və" şərab', ["üzüm", " şərab  evi ", "", "üzüm", "\x7f\\"], "az")
    assert topic.endswith(OWN)
    found = topics.load(tmp_path).topics[topic]
    assert found.names == {"az": 'Üzüm "və" şərab'}
    assert list(found.seeds["az"]) == ["üzüm", "şərab evi", "\x7f\\"]
    assert add(room, 'Üzüm "və" şərab', ["üzüm"], "az") == topic
    assert list(topics.load(tmp_path).topics[topic].seeds["az"]) == ["üzüm"]
    others = [
        "Спортивные новости",
        "Спортивная политика",
        "Выборы 2024",
        "Спорт 2024",
        "Labels",
        "Discovered",
        "L" * 90,
    ]
    ids = [add(room, name, ["söz"], "az") for name in [*others, "L" * 91]]
    assert len({topic, *ids}) == 9  # no name takes the file of another, nor of what is no topic
    assert {topic, *ids} <= topics.load(tmp_path).topics.keys()
    for other in ids:
        remove(room, other)
    assert add(room, "Жүзім", ["жүзім"], "kk") in topics.load(tmp_path).topics
    remove(room, topic)
    assert topic not in topics.load(tmp_path).topics
    with pytest.raises(TopicError, match="was not made in the app"):
        remove(room, "diaspora")
    with pytest.raises(TopicError, match="at least one seed"):
        add(room, "Nothing", [" "], "en")


def test_a_faulty_decision_is_named(tmp_path: Path) -> None:
    """A row that says too little is named by file and number."""
    with pytest.raises(TopicError, match=r"discovered-marked\.toml: \[\[discovered\]\] number 1"):
        read_decisions(tmp_path / NAME, {"discovered": [{"name": "x"}]})


def test_many_topics_stand_in_families() -> None:
    """Few stand each alone; of many those of like words stand together, under the largest."""
    near = np.log(np.full((12, 24), 0.001))
    for topic in range(12):
        near[topic, 2 * (topic % 4) : 2 * (topic % 4) + 2] = np.log(0.45)
        near[topic, 8 + topic] = np.log(0.08)
    assert families(near) == [0, 1, 2, 3] * 3
    assert families(near[:MANY]) == list(range(MANY))
