"""Candidates: named often, beside an office, and not known yet."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
from corpora import add, analysed, article
from hypothesis import given
from hypothesis import strategies as st

from analytics import gazetteer
from analytics.__main__ import main
from analytics.candidates import candidates, entry
from analytics.corpus import Corpus


def official(entity: str, name: str) -> dict[str, Any]:
    """A mention of an official beside an office."""
    return {
        "entity": entity, "kind": "official", "name": name, "sense": "name", "field": "text", "start": 0, "end": 3,
        "surface": name, "role": "nazir", "country": "AZ", "rule": "office and name",
    }  # fmt: skip


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """An unknown minister in three articles and a reprint, another in one, and a known one in three."""
    made = Corpus.open(tmp_path / "corpus", create=True)
    add(made, *(article(i, f"Mətn {i}", outlet=f"Qəzet {i}", published=dt.date(2022, 1, int(i))) for i in "1234"))
    add(made, article("5", "Mətn 4", url="https://a.example"))
    for i in "123":
        found = [official("yeni-nazirov", "Yeni Nazirov"), official("fuad-muradov", "Fuad Muradov")]
        made.put_analysis(analysed(i, mentions=found))
    made.put_analysis(analysed("4", mentions=[official("tek-adam", "Tək Adam")]))
    made.put_analysis(analysed("5", mentions=[official("tek-adam", "Tək Adam")] * 5))
    return made


def test_the_unknown_who_are_named_often_are_listed(corpus: Corpus) -> None:
    """In enough articles, reprints and officials of the gazetteer aside, with office, outlets and days."""
    (one,) = candidates(corpus, gazetteer.load()).to_dict("records")
    assert (one["entity"], one["name"], one["role"], one["country"]) == ("yeni-nazirov", "Yeni Nazirov", "nazir", "AZ")
    assert (one["articles"], one["mentions"], one["outlets"]) == (3, 3, 3)
    assert list(one["forms"]) == ["Yeni Nazirov"]


def test_how_often_is_the_analysts_choice(corpus: Corpus) -> None:
    """A lower bar lists more; a higher one nobody."""
    assert list(candidates(corpus, gazetteer.load(), least=1)["entity"]) == ["yeni-nazirov", "tek-adam"]
    assert candidates(corpus, gazetteer.load(), least=9).empty


def test_a_draft_becomes_an_entry(corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the command drafts is a file that the gazetteer reads, after which nobody is a candidate any more."""
    assert main(["candidates", "--corpus", str(corpus.path), "--toml"]) == 0
    own = tmp_path / "own" / "entities"
    own.mkdir(parents=True)
    (own / "mine.toml").write_text(capsys.readouterr().out, encoding="utf-8")
    known = gazetteer.load(tmp_path / "own")
    assert known.entities["yeni-nazirov"].name() == "Yeni Nazirov"
    assert candidates(corpus, known).empty


def test_the_list_says_who_and_how_often(corpus: Corpus, capsys: pytest.CaptureFixture[str]) -> None:
    """One line each, and a remedy."""
    assert main(["candidates", "--corpus", str(corpus.path), "--least", "1"]) == 0
    said = capsys.readouterr()
    assert "3  Yeni Nazirov · nazir" in said.out
    assert "--toml" in said.err


text = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]))


@given(text, text, st.lists(text, max_size=3))
def test_a_draft_is_toml_whatever_was_found(name: str, role: str, forms: list[str]) -> None:
    """No form of a name can break the file it is pasted into."""
    draft = entry({"entity": "x", "name": name, "role": role, "forms": forms, "articles": 3})
    assert tomllib.loads(draft)["official"] == [{"id": "x", "name": {"az": name}}]
