"""The laws of learned topics: seeds reach what other words say, none stays none, an analyst's word is kept."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from themes import THEMES, article, stream, table

from analytics import gazetteer, mentions, pipeline, topics
from analytics.corpus import Corpus
from analytics.errors import TopicError
from analytics.taxonomy import TopicLabel
from analytics.taxonomy.labels import mark, take_back
from analytics.text.words import Words
from analytics.topics import TopicModel

NAMES = gazetteer.load()
SEEDS = {
    "boats": ("sail", "harbour", "anchor"),
    "bread": ("flour", "oven", "yeast"),
    "chess": ("pawn", "rook", "bishop"),
}
EVERY = tuple(THEMES)


def overlay(folder: Path, *names: str) -> Path:
    """An analyst's directory with these topics and no others."""
    room = folder / "data" / "topics"
    room.mkdir(parents=True)
    for name in names:
        (room / f"{name}.toml").write_text(f"seeds.en = {json.dumps(SEEDS[name])}", encoding="utf-8")
    (room / "_index.toml").write_text(f"[topics]\nonly = {json.dumps(names)}", encoding="utf-8")
    return folder / "data"


def taught(folder: Path, articles: pa.Table, *names: str) -> TopicModel:
    """The model of these topics after it has read these articles."""
    data = overlay(folder, *names)
    learned = topics.study(topics.load(data), articles, "en")
    assert learned
    learned.save(data / "topics")
    return topics.load(data)


def assigned(model: TopicModel, articles: pa.Table) -> dict[str, set[str]]:
    """The topics of each article that has any."""
    found: dict[str, set[str]] = {}
    for row in rows(model, articles):
        found.setdefault(row["article"], set()).add(row["topic"])
    return found


def rows(model: TopicModel, articles: pa.Table) -> list[dict]:
    """The topics of these articles, as rows."""
    words = Words.of(articles)
    return model.assign(articles, words, mentions.find(articles, words, NAMES)).to_pylist()


def theme(name: str) -> str:
    """What the article of this id is about."""
    return name.rsplit("-", 1)[0]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> TopicModel:
    """Two topics learned from a stream of six themes; half the articles of a topic have none of its seeds."""
    seeds = SEEDS["boats"] + SEEDS["bread"]
    return taught(tmp_path_factory.mktemp("model"), stream(60, *EVERY, without=seeds), "boats", "bread")


def test_seeds_reach_articles_that_say_it_otherwise(model: TopicModel, tmp_path: Path) -> None:
    """An article without a single seed is found by the words that go with the seeds, and not by seeds alone."""
    new = table([article(name, at, without=SEEDS[name]) for name in SEEDS for at in range(900, 920)])
    found = assigned(model, new)
    assert all(found.get(name) == {theme(name)} for name in new["id"].to_pylist() if theme(name) != "chess")
    assert not assigned(topics.load(overlay(tmp_path, "boats", "bread")), new)


def test_none_is_an_answer(model: TopicModel) -> None:
    """What is about none of the topics is in none, whatever else it is about."""
    others = [name for name in EVERY if name not in ("boats", "bread")]
    found = assigned(model, stream(40, *others))
    assert len(found) <= 0.02 * 40 * len(others)


def test_topics_that_cover_the_stream_take_all_of_it(tmp_path: Path) -> None:
    """Where everything is about one of the topics, every article has one, and the right one."""
    articles = stream(80, *SEEDS, without=sum(SEEDS.values(), ()))
    found = assigned(taught(tmp_path, articles, *SEEDS), articles)
    assert found == {name: {theme(name)} for name in articles["id"].to_pylist()}


def test_an_article_may_have_two(model: TopicModel) -> None:
    """Half of one topic and half of the other is both."""
    pairs = [
        {
            **article("boats", at),
            "id": f"both-{at}",
            "text": article("boats", at)["text"] + " " + article("bread", at)["text"],
        }
        for at in range(20)
    ]
    found = assigned(model, table(pairs))
    assert sum(found.get(pair["id"]) == {"boats", "bread"} for pair in pairs) >= 18


def test_order_and_repetition_make_no_difference(tmp_path: Path) -> None:
    """The same articles teach the same in any order."""
    articles = stream(50, *EVERY)
    shuffled = articles.take(np.random.default_rng(5).permutation(len(articles)))
    base = topics.load(overlay(tmp_path, "boats", "chess"))
    assert topics.study(base, articles, "en").digest == topics.study(base, shuffled, "en").digest


@pytest.mark.parametrize(
    ("articles", "why"),
    [
        (stream(30, *EVERY), "fewer than 200 articles"),
        (stream(80, "roads", "court", "weather"), "no article has a seed"),
    ],
)
def test_too_little_teaches_nothing(tmp_path: Path, articles: pa.Table, why: str) -> None:
    """Where there is too little to learn from, the seeds stay as they are."""
    assert topics.study(topics.load(overlay(tmp_path, "boats")), articles, "en") is None, why


def test_evidence_stands_in_the_article(model: TopicModel) -> None:
    """Terms are the article's own words, the heaviest first; the sentence is the article's own."""
    new = stream(20, "boats")
    text = dict(zip(new["id"].to_pylist(), new["text"].to_pylist(), strict=True))
    for row in rows(model, new):
        weights = [term["weight"] for term in row["evidence"]]
        assert weights
        assert weights == sorted(weights, reverse=True)
        assert all(
            weight > 0 and term["term"] in text[row["article"]]
            for term, weight in zip(row["evidence"], weights, strict=True)
        )
        assert row["sentence"] in text[row["article"]]
        assert {term["term"].lower() for term in row["evidence"]} <= set(THEMES["boats"])


def test_what_is_kept_is_what_was_learned(model: TopicModel, tmp_path: Path) -> None:
    """A model read back scores to the last digit as the one that was written."""
    learned = model.learned["en"]
    learned.save(tmp_path)
    again = type(learned).read(tmp_path / "learned-en.parquet")
    assert again.digest == learned.digest
    assert (again.likelihood == learned.likelihood).all()
    assert again.topics == learned.topics


def test_changed_seeds_put_what_was_learned_aside(tmp_path: Path) -> None:
    """What was learned of other seeds is not used."""
    model = taught(tmp_path, stream(50, *EVERY), "boats")
    assert set(model.learned) == {"en"}
    (tmp_path / "data" / "topics" / "boats.toml").write_text('seeds.en = ["deck"]', encoding="utf-8")
    assert not topics.load(tmp_path / "data").learned


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    """A file that cannot be read says which it is and what to do."""
    room = overlay(tmp_path, "boats") / "topics"
    (room / "learned-en.parquet").write_bytes(b"PAR1 and nothing")
    with pytest.raises(TopicError, match=r"learned-en\.parquet: damaged .* delete it"):
        topics.load(tmp_path / "data")


def test_an_analyst_teaches(tmp_path: Path) -> None:
    """Articles that are labelled, and have no seed, bring their like with them."""
    articles, like = stream(60, *EVERY), table([article("court", at) for at in range(500, 540)])
    plain = taught(tmp_path / "plain", articles, "boats")
    assert not assigned(plain, like)
    data = overlay(tmp_path / "labelled", "boats")
    for at in range(20):
        mark(data / "topics", TopicLabel(f"court-{at}", "boats", holds=True))
    learned = topics.study(topics.load(data), articles, "en")
    assert learned
    learned.save(data / "topics")
    assert len(assigned(topics.load(data), like)) >= 30


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """A corpus of four themes, two of which are topics."""
    data = overlay(tmp_path, "boats", "bread")
    pipeline.build([written(tmp_path, "first", 0, 60)], tmp_path / "corpus", overlay=data)
    return Corpus.open(tmp_path / "corpus")


def written(folder: Path, name: str, first: int, last: int) -> Path:
    """A file of articles on four themes, one a day."""
    path = folder / f"{name}.jsonl"
    made = [article(theme, at) for theme in EVERY[:4] for at in range(first, last)]
    lines = [json.dumps({**row, "published": f"2024-03-{1 + at % 28:02}"}) for at, row in enumerate(made)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def of(corpus: Corpus) -> dict[str, set[str]]:
    """The topics of every article of a corpus."""
    corpus.refresh()
    analysed = corpus.table("analysis").to_pylist()
    return {row["article"]: {topic["topic"] for topic in row["topics"]} for row in analysed}


def test_a_build_learns_and_a_second_one_changes_nothing(corpus: Corpus, tmp_path: Path) -> None:
    """Topics are learned with the first build, kept, and used for what comes later."""
    before, kept = of(corpus), (corpus.data / "topics" / "learned-en.parquet").read_bytes()
    assert all(before[name] == ({theme(name)} & set(SEEDS)) - {"chess"} for name in before)
    version = corpus.version
    pipeline.build([written(tmp_path, "first", 0, 60)], corpus.path)
    corpus.refresh()
    assert corpus.version == version
    pipeline.build([written(tmp_path, "second", 60, 70)], corpus.path)
    after = of(corpus)
    assert {name: after[name] for name in before} == before
    assert all(after[f"boats-{at}"] == {"boats"} for at in range(60, 70))
    assert (corpus.data / "topics" / "learned-en.parquet").read_bytes() == kept


def test_a_corpus_that_has_grown_enough_is_learned_from(tmp_path: Path) -> None:
    """Too small to learn from at first; once it is not, the articles of before are analysed with what was learned."""
    data = overlay(tmp_path, "boats", "bread")
    pipeline.build([written(tmp_path, "little", 0, 20)], tmp_path / "corpus", overlay=data)
    corpus = Corpus.open(tmp_path / "corpus")
    assert not (corpus.data / "topics" / "learned-en.parquet").exists()
    summary = pipeline.build([written(tmp_path, "more", 20, 60)], corpus.path)
    assert summary.analysed == 240
    assert len(corpus.methods() if not corpus.refresh() else ()) == 1


def test_a_run_that_was_ended_when_it_had_learned_is_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was learned is kept before the articles of before are read again: the next run reads them."""
    data = overlay(tmp_path, "boats", "bread")
    pipeline.build([written(tmp_path, "little", 0, 20)], tmp_path / "corpus", overlay=data)

    def ended(*_: object) -> int:
        raise KeyboardInterrupt

    more = [written(tmp_path, "more", 20, 60)]
    with monkeypatch.context() as patch:
        patch.setattr(Corpus, "replace_analysis", ended)
        with pytest.raises(KeyboardInterrupt):
            pipeline.build(more, tmp_path / "corpus")
    assert pipeline.build(more, tmp_path / "corpus").analysed == 240
    assert len(Corpus.open(tmp_path / "corpus").methods()) == 1
    assert pipeline.build(more, tmp_path / "corpus").analysed == 0


def test_a_label_decides_for_its_article_and_is_never_lost(corpus: Corpus) -> None:
    """What an analyst says holds at once, costs no more than its article, outlives learning anew, and can be undone."""
    before = of(corpus)
    wrong, missed = TopicLabel("boats-3", "boats", holds=False), TopicLabel("roads-5", "bread", holds=True)
    for label in (wrong, missed):
        mark(corpus.data / "topics", label)
    assert pipeline.analyse(corpus)[0] == 2
    said = before | {"boats-3": set(), "roads-5": {"bread"}}
    assert of(corpus) == said
    assert pipeline.analyse(corpus)[0] == 0
    pipeline.analyse(corpus, again=True)
    assert of(corpus)["boats-3"] == set()
    assert of(corpus)["roads-5"] == {"bread"}
    for label in (wrong, missed):
        take_back(corpus.data / "topics", label)
    assert pipeline.analyse(corpus)[0] == 2
    assert of(corpus)["boats-3"] == before["boats-3"]


def test_a_faulty_label_is_named(tmp_path: Path) -> None:
    """A label written by hand that says too little is named by file and number."""
    room = overlay(tmp_path, "boats") / "topics"
    (room / "labels.toml").write_text('[[label]]\narticle = "a"\ntopic = "boats"\n', encoding="utf-8")
    with pytest.raises(TopicError, match=r"labels\.toml: \[\[label\]\] number 1: needs"):
        topics.load(tmp_path / "data")
