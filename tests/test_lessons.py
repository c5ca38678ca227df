"""Learning by workers: the same topics as learned here, a language at a time."""

from pathlib import Path

import orjson
import pytest
from themes import THEMES, stream

from analytics import pipeline
from analytics.corpus import Corpus
from analytics.pipeline import executors


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


def test_workers_are_started_once_and_only_when_they_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little work is done here; what is more is done by the same workers, until the run ends."""
    monkeypatch.setattr(executors, "SMALL", 5)
    with executors.Hands("processes", 2) as hands:
        assert isinstance(hands.of(5)[0], executors.Here)
        first, size = hands.of(6)
        assert (isinstance(first, executors.Processes), size) == (True, 2)
        assert hands.of(7)[0] is first
        assert isinstance(hands.of(2)[0], executors.Here)
    with pytest.raises(RuntimeError, match="shutdown"):
        first.submit(len, "")


def test_a_cluster_is_not_asked_to_learn() -> None:
    """It is told what its tasks go by, which is known only when everything is learned."""
    with executors.Hands("dask") as hands:
        assert isinstance(hands.of(1_000_000)[0], executors.Here)
