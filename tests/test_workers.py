"""What workers do beside the analysis: they learn the same topics, and index the same words, as is done here."""

import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pytest
from themes import THEMES, stream

from analytics import pipeline, search, sources
from analytics.corpus import Corpus
from analytics.pipeline import executors, run
from analytics.pipeline.wire import Sent
from analytics.search import index
from analytics.search.segment import make


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Enough articles of two languages to learn from; the second is the first under another name."""
    english = stream(80, *THEMES).select(["id", "title", "text", "language"]).to_pylist()
    turkish = [row | {"id": f"t{row['id']}", "text": f"Haber. {row['text']}", "language": "tr"} for row in english]
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in english + turkish))
    return path


def learned(corpus: Path) -> dict[str, bytes]:
    """The files of what was learned, by name."""
    return {file.name: file.read_bytes() for file in (Corpus.open(corpus).data / "topics").glob("*.parquet")}


def test_workers_learn_what_is_learned_here(articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of topics are equal to the byte, wherever their language was learned."""
    pipeline.build([articles], tmp_path / "here", workers=1)
    monkeypatch.setattr(executors, "SMALL", 0)
    pipeline.build([articles], tmp_path / "workers", workers=2)
    here = learned(tmp_path / "here")
    assert {"discovered-en.parquet", "discovered-tr.parquet"} <= set(here)
    assert learned(tmp_path / "workers") == here
    assert pipeline.analyse(Corpus.open(tmp_path / "workers")) == (0, 0)


def indexed(corpus: Path) -> list[bytes]:
    """The files of the search index, but for their names."""
    segments = sorted((corpus / "search").glob("*/*.npy"), key=lambda file: (file.name, file.read_bytes()))
    return [file.read_bytes() for file in segments]


def test_new_articles_are_indexed_of_the_words_they_are_analysed_by(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is encoded a second time; the index is equal to the byte, whoever made its parts, and covers all."""
    monkeypatch.setattr(run, "BATCH", 50)
    monkeypatch.setattr(run, "CHUNK", 25)
    monkeypatch.setattr(search, "COMMIT", 100)
    with monkeypatch.context() as patch:
        patch.setattr(index, "make", None)
        pipeline.build([articles], tmp_path / "here", workers=1)
        patch.setattr(executors, "SMALL", 0)
        pipeline.build([articles], tmp_path / "workers", workers=2)
    assert indexed(tmp_path / "workers") == indexed(tmp_path / "here") != []
    corpus = Corpus.open(tmp_path / "here")
    assert index.missing(corpus, index.note(corpus)) == []
    assert sorted(ids(corpus)) == sorted(corpus.rows("select id from articles")["id"].to_pylist())


def ids(corpus: Corpus) -> list[str]:
    """Of all articles in the search index."""
    note = index.note(corpus)
    assert note
    return [article for segment in index.load(corpus, note).values() for article in segment.ids]


def test_parts_of_the_index_are_merged_when_workers_have_ended(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Merging takes memory: beside workers a part is only written; `update` merges, and then they are gone."""
    monkeypatch.setattr(index, "TIER", 2)
    monkeypatch.setattr(executors, "SMALL", 0)
    corpus = Corpus.open(tmp_path / "corpus", create=True)
    run._add(corpus, sources.read([articles]), lambda *_: None)
    some = corpus.rows("select id, language, title, text from articles order by id limit 20")
    search.add(corpus, [make(some.slice(0, 10))])
    search.add(corpus, [make(some.slice(10))])
    there = index.note(corpus)
    assert there
    assert list(there.segments.values()) == [10, 10]
    ended: list[bool] = []
    update = run._index

    def noted(corpus: Corpus, hands: executors.Hands, articles: int) -> None:
        ended.append(hands._started is None)
        update(corpus, hands, articles)

    monkeypatch.setattr(run, "_index", noted)
    pipeline.analyse(corpus, workers=2)
    there = index.note(corpus)
    assert ended == [True]
    assert there
    assert list(there.segments.values()) == [corpus.count("articles")]


def test_what_is_indexed_already_is_not_indexed_twice(articles: Path, tmp_path: Path) -> None:
    """A build that was ended before it had analysed, or an app, may have indexed some of the new articles."""
    corpus = Corpus.open(tmp_path / "corpus", create=True)
    run._add(corpus, sources.read([articles]), lambda *_: None)
    search.update(corpus)
    there = sorted(ids(corpus))
    assert pipeline.analyse(corpus)[0] == len(there) > 0
    assert sorted(ids(corpus)) == there


def test_workers_index_what_is_indexed_here(articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not new is indexed by workers, and equal to the byte."""
    monkeypatch.setattr(index, "BATCH", 50)
    pipeline.build([articles], tmp_path / "corpus", workers=1)
    corpus, there = Corpus.open(tmp_path / "corpus"), tmp_path / "corpus" / "search"
    shutil.rmtree(there)
    search.update(corpus)
    here = indexed(tmp_path / "corpus")
    shutil.rmtree(there)
    monkeypatch.setattr(executors, "SMALL", 0)
    asked: list[tuple[type, object]] = []
    in_order = run.in_order

    def noted(pool: Executor, workers: int, stage: Sent[Any], items: Iterable[pa.Buffer]) -> Iterator[Any]:
        asked.append((type(pool), stage.stage))
        return in_order(pool, workers, stage, items)

    monkeypatch.setattr(run, "in_order", noted)
    pipeline.analyse(corpus, again=True, workers=2)
    assert (executors.Processes, make) in asked
    assert indexed(tmp_path / "corpus") == here != []


def test_workers_are_started_once_and_only_when_they_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little work is done here; what is more is done by the same workers, until the run ends."""
    monkeypatch.setattr(executors, "SMALL", 5)
    with executors.Hands("processes", 2) as hands:
        assert isinstance(hands.of(5)[0], executors.Here)
        first, size = hands.of(6)
        assert (isinstance(first, executors.Processes), size) == (True, 2)
        assert hands.of(7)[0] is first
        hands.away()
        assert hands.of(7)[0] is not first
        assert isinstance(hands.of(2)[0], executors.Here)
    with pytest.raises(RuntimeError, match="shutdown"):
        first.submit(len, "")


def test_a_cluster_is_not_asked_to_learn() -> None:
    """It is told what its tasks go by, which is known only when everything is learned."""
    with executors.Hands("dask") as hands:
        assert isinstance(hands.of(1_000_000)[0], executors.Here)
