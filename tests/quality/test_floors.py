"""Recognition and topics on the labelled articles do not fall below what they have reached.

The articles lie beside the project and are not part of it; without them there is nothing to measure. A floor is
raised by whoever improves a figure, and lowered only with a reason in the commit.
"""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
import pytest

from analytics import gazetteer, mentions, topics
from analytics.periods import parse_prefix
from analytics.text.language import detect
from analytics.text.letters import clean
from analytics.text.words import Words

pytestmark = pytest.mark.shared

FLOORS = {"countries": 0.99, "country_mentions": 0.985, "officials": 0.96}
TOPIC_FLOORS = {"micro": 0.92, "macro": 0.93}
LANGUAGE_FLOOR = 0.97  # countries of an article, in each language


def scorer(shared: Path) -> ModuleType:
    """The scorer that lies beside the labels."""
    spec = importlib.util.spec_from_file_location("score", shared / "eval" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(rows: list[dict[str, Any]]) -> pa.Table:
    """Labelled articles as a batch, their titles taken out of their texts as sources do."""
    columns: dict[str, list[Any]] = {name: [] for name in ("id", "published", "precision", "language", "title", "text")}
    for row in rows:
        text, title = clean(row["text"]), clean(row.get("title", ""))
        period = parse_prefix(row["date"][:10]) if row.get("date") else None
        columns["id"].append(row["id"])
        columns["published"].append(period and period.start)
        columns["precision"].append(period and period.precision)
        columns["language"].append(detect(title, text))
        columns["title"].append("" if text.startswith(title) else title)
        columns["text"].append(text)
    return pa.table(columns | {"published": pa.array(columns["published"], pa.date32())})


def recognise(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The mentions of labelled articles."""
    articles = read(rows)
    found = mentions.find(articles, Words.of(articles), gazetteer.load())
    return list(found.to_pylist())


@pytest.fixture(scope="module")
def figures(shared: Path) -> dict[str, Any]:
    """The scorer's figures over all labelled articles."""
    score = scorer(shared)
    gold = score.rows(shared / "eval" / "articles.jsonl")
    result: dict[str, Any] = score.entities(gold, recognise(gold))[0]
    return result


@pytest.mark.parametrize("what", sorted(FLOORS))
def test_a_figure_does_not_fall(figures: dict[str, Any], what: str) -> None:
    """Countries of an article, country mentions, and officials of an article, as F1 over five languages."""
    assert figures[what]["f1"] >= FLOORS[what]


def test_topics_do_not_fall(shared: Path) -> None:
    """The three named topics, several to an article or none, as F1 over all decisions and over topics."""
    score = scorer(shared)
    gold = score.rows(shared / "eval" / "articles.jsonl")
    articles = read(gold)
    words = Words.of(articles)
    found = mentions.find(articles, words, gazetteer.load())
    result = score.topics(gold, topics.load().assign(articles, words, found).to_pylist())[0]
    assert result["micro"]["f1"] >= TOPIC_FLOORS["micro"]
    assert result["macro_f1"] >= TOPIC_FLOORS["macro"]


def test_no_language_is_left_behind(figures: dict[str, Any]) -> None:
    """The countries of an article are as right in each language as the whole promises."""
    assert min(figures["countries_by_language"].values()) >= LANGUAGE_FLOOR


def test_every_string_that_trips_matchers_is_read_right(shared: Path) -> None:
    """All challenge strings are exactly right, and their officials too."""
    score = scorer(shared)
    gold = score.rows(shared / "eval" / "challenge.jsonl")
    result, misses = score.challenge(gold, recognise(gold))
    assert misses == []
    assert result["officials_right"] == result["officials_strings"]


def test_the_first_article_is_read_as_its_labels_say(shared: Path) -> None:
    """The seed: both states with a careful reader's counts, and its five officials with an office each."""
    with (shared / "eval" / "articles.jsonl").open(encoding="utf-8") as lines:
        seed = json.loads(next(lines))
    found = recognise([seed])
    named = [m["entity"] for m in found if m["kind"] == "country" and m["sense"] == "name"]
    assert {code: named.count(code) for code in set(named)} == seed["country_counts_strict"]
    officials = {m["name"]: m["role"] for m in found if m["kind"] == "official"}
    assert officials.keys() == {o["name"] for o in seed["officials"]}
    assert all(officials.values())
