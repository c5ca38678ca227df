"""The layout that is kept on the disk: the same figures, or made anew."""

import json
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from corpora import add, analysed, article, mention

from analytics import cube as cubes
from analytics import gazetteer, pipeline, search, trends
from analytics.__main__ import main
from analytics.corpus import Corpus, stand_at
from analytics.cube import Cube, opening, parts
from analytics.cube.kept import Kept
from analytics.cube.members import Members
from analytics.cube.presence import Presence
from analytics.filters import Filters
from analytics.model import KINDS, SENSES

KNOWN = gazetteer.load()


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """A corpus of which the layout is kept, small as it is."""
    monkeypatch.setattr(opening, "LARGE", 1)
    corpus = Corpus.open(tmp_path / "c", create=True)
    for n in range(6):
        add(corpus, article(f"a{n}", f"Qazaxıstanda sərgi {n}", title=f"Başlıq {n}", outlet=f"Nümunə {n % 2}"))
        named = [
            mention("Qazaxıstanda", 0),
            *[mention("Qazaxıstan", 20 + n)] * (n % 3),
            *[mention("qazax", 40) | {"sense": "demonym"}] * (n % 2),
            *[mention("Türkiyə", 0, "title") | {"entity": "TR", "name": "Türkiyə"}] * (n > 3),
        ]
        corpus.put_analysis(analysed(f"a{n}", story=f"s{n // 2}", mentions=named))
    return corpus


def opened(corpus: Corpus) -> Cube:
    """The cube as the app opens it."""
    return cubes.open(corpus, lambda query: search.matches(corpus, query), KNOWN)


def figures(cube: Cube) -> list[Any]:
    """What a reader would see of it."""
    some = Filters(entities=("KZ",), query="sərgi")
    senses = [
        (sense, trends.top_entities(cube, filters=Filters(senses=(sense,)), top=5).to_dict("list")) for sense in SENSES
    ]
    return [
        senses,
        cube.select(some),
        cube.known,
        cube.people,
        trends.over_time(cube, some).to_dict("list"),
        trends.articles(cube, some).to_dict("list"),
        trends.stories(cube, some).to_dict("list"),
        trends.timeline(cube, "s1").to_dict("list"),
    ]


def first_page(cube: Cube) -> list[Any]:
    """What a reader sees first."""
    filters = Filters()
    return [
        *(trends.top_entities(cube, filters=filters, kind=kind, top=5).to_dict("list") for kind in KINDS),
        trends.over_time(cube, filters).to_dict("list"),
        trends.articles(cube, filters).to_dict("list"),
        trends.stories(cube, filters, least=1).to_dict("list"),
    ]


def layouts(corpus: Corpus) -> list[Path]:
    """What is kept."""
    return sorted((corpus.path / "cube").iterdir())


def never(*_: object) -> Any:
    """Stands in for what must not be called."""
    raise AssertionError


def test_a_kept_layout_gives_the_same_figures(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """And it is read, not made again; the rows of the search index with it, and of stories and of second mentions."""
    with monkeypatch.context() as small:
        small.setattr(opening, "LARGE", 1_000)
        made = figures(opened(corpus))  # and nothing kept
    assert figures(opened(corpus)) == made
    monkeypatch.setattr(opening, "lay_out", never)
    monkeypatch.setattr(parts, "numbers", never)
    monkeypatch.setattr(Members, "grouped", never)
    for name in ("made_again", "made_titled", "made_named"):
        monkeypatch.setattr(Presence, name, never)
    assert figures(opened(corpus)) == made


def test_a_corpus_is_laid_out_before_it_is_opened(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a command, or at the end of a build that reads much; whoever opens it then makes nothing."""
    made, named = first_page(opened(corpus)), opened(corpus).presence(("name",)).made_named().of(0).tolist()
    assert named
    shutil.rmtree(corpus.path / "cube")
    assert main(["prepare", "--corpus", str(corpus.path)]) == 0
    for name in ("made_again", "made_titled", "made_named", "together"):
        monkeypatch.setattr(Presence, name, never)
    monkeypatch.setattr(opening, "lay_out", never)
    monkeypatch.setattr(Members, "grouped", never)
    assert first_page(opened(corpus)) == made
    assert opened(corpus).presence(("name",)).named.of(0).tolist() == named
    assert main(["prepare", "--corpus", str(corpus.path)]) == 0


def test_a_corpus_that_cannot_be_written_to_is_not_laid_out_twice(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another process made of it could not be kept for this one."""
    assert not cubes.is_prepared(corpus)
    monkeypatch.setattr(opening.os, "access", lambda *_: False)
    assert cubes.is_prepared(corpus)


@pytest.mark.parametrize(("before", "laid_out"), [(0, True), (20, False)])
def test_a_build_that_reads_much_lays_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: int, laid_out: bool
) -> None:
    """A day's articles on top of many do not pay for all of them; the first build does."""
    lines = [json.dumps({"id": f"a{n}", "text": f"Qazaxıstanda {n} sərgi."}) for n in range(before + 1)]
    where, first, more = tmp_path / "c", tmp_path / "first.jsonl", tmp_path / "more.jsonl"
    first.write_text("\n".join(lines[:before]) + "\n")
    more.write_text(lines[-1] + "\n")
    if before:
        pipeline.build([first], where)
    monkeypatch.setattr(opening, "LARGE", 1)
    assert main(["build", str(more), "--corpus", str(where)]) == 0
    assert (where / "cube").is_dir() == laid_out


def test_of_all_who_ask_at_once_one_makes_the_numbers(corpus: Corpus) -> None:
    """The first visitors of a morning come together."""
    opened(corpus)
    kept, makes = opening.kept_of(corpus, {}), []

    def make() -> np.ndarray[Any, Any]:
        makes.append(1)
        time.sleep(0.05)
        return np.arange(3)

    kept.path.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: kept.numbers("x", make).tolist(), range(4)))
    assert (found, len(makes)) == ([[0, 1, 2]] * 4, 1)


def test_many_strings_are_read_one_by_one(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether or not the strings of a column are made when it is opened, they are the same."""
    made = figures(opened(corpus))
    monkeypatch.setattr("analytics.cube.kept.MANY", 0)
    assert figures(opened(corpus)) == made


@pytest.mark.parametrize("damage", [None, b"", b"garbage", "cut"])
def test_a_damaged_layout_is_made_anew(corpus: Corpus, damage: bytes | str | None) -> None:
    """Whichever of its files is gone, empty, cut or something else."""
    made = figures(opened(corpus))
    (kept,) = layouts(corpus)
    for name in sorted(path.name for path in kept.iterdir()):
        whole = (kept / name).read_bytes()
        (kept / name).unlink()  # a new file: one that is cut while it is mapped ends the process that maps it
        if damage is not None:
            (kept / name).write_bytes(whole[:-3] if isinstance(damage, str) else damage)
        assert figures(opened(corpus)) == made, name
        assert layouts(corpus) == [kept], name
        assert figures(opened(corpus)) == made, name


def test_a_half_written_layout_is_not_read(corpus: Corpus) -> None:
    """It has no name by which it would be found, and goes when the next one is written."""
    made = figures(opened(corpus))
    (kept,) = layouts(corpus)
    shutil.move(kept, corpus.path / "cube" / ".half")
    assert figures(opened(corpus)) == made
    assert layouts(corpus) == [kept]


def test_layouts_of_other_versions_are_cleared_away(corpus: Corpus) -> None:
    """One is kept: that of the newest version. Who looks back does not put it out."""
    opened(corpus)
    version, before = corpus.version, layouts(corpus)
    add(corpus, article("new", "Qazaxıstanda yeni sərgi"))
    assert len(opened(corpus)) == 7
    now = layouts(corpus)
    assert len(now) == 1
    assert now != before
    back = Corpus.open(corpus.path)
    stand_at(back, version)
    assert len(opened(back)) == 6
    assert layouts(corpus) == now


def test_a_corpus_that_cannot_be_written_opens(corpus: Corpus) -> None:
    """It opens as it would without."""
    made = figures(opened(corpus))
    shutil.rmtree(corpus.path / "cube")
    (corpus.path / "cube").write_text("a file where the directory should be")
    assert figures(opened(corpus)) == made


def test_rows_are_kept_where_a_layout_is(tmp_path: Path) -> None:
    """Row numbers are made once for a name; without a layout they are made each time, and nothing is written."""
    kept = Kept(tmp_path, ["a.parquet"], {})
    assert kept.numbers("x", lambda: np.array([1, 2], np.int32)).tolist() == [1, 2]
    assert list(tmp_path.iterdir()) == []
    kept.path.mkdir()
    assert kept.numbers("x", lambda: np.array([1, 2], np.int32)).tolist() == [1, 2]
    assert kept.numbers("x", never).tolist() == [1, 2]


def test_numbers_of_articles_that_are_not_there() -> None:
    """An article of another version has no row."""
    ids = pa.array(["b", "gone", "a"], pa.large_string())
    assert parts.numbers(ids, pa.array(["a", "b"], pa.large_string())).tolist() == [1, -1, 0]
