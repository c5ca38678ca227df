"""Sentences in our own words: what is marked in them is found, exactly there, and nothing else is.

The sentences and the notation stand in `sentences.toml` beside this file.
"""

import datetime as dt
import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pytest

from analytics import gazetteer, mentions
from analytics.mentions import exceptions
from analytics.model import RULES, parted
from analytics.text.letters import clean
from analytics.text.words import Words

LAWS = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text("utf-8"))["law"]
KNOWN = gazetteer.load()
CASES = [pytest.param(law, marked, id=marked[:60]) for law in LAWS for marked in law["sentences"]]
MARK = re.compile(r"\{([+~@#]?)([^|{}]+)\|([^{}]+)\}")
SENSES = {"": "name", "+": "in_name", "~": "demonym", "@": "name", "#": "name"}


class Expected(NamedTuple):
    """One marked place: the entity (or the official's name), the sense, and the characters it covers."""

    who: str
    sense: str
    start: int
    end: int


def read(marked: str) -> tuple[str, set[Expected]]:
    """The sentence without its marks, and what they say."""
    plain, expected, done = "", set(), 0
    for mark in MARK.finditer(marked):
        plain += marked[done : mark.start()]
        start = len(plain)
        plain += mark[3]
        expected.add(Expected(mark[2], SENSES[mark[1]], start, 0 if mark[1] == "~" else len(plain)))
        done = mark.end()
    return plain + marked[done:], expected


def find(text: str, language: str) -> list[dict[str, Any]]:
    """The mentions of one text of 2022."""
    articles = pa.table(
        {"id": ["a"], "published": [dt.date(2022, 6, 1)], "precision": ["day"], "language": [language]}
        | {"title": [""], "text": [text]}
    )
    found = mentions.find(articles, Words.of(articles), KNOWN)
    return list(found.to_pylist())


@pytest.mark.parametrize(("law", "marked"), CASES)
def test_a_sentence_is_read_as_a_careful_reader_does(law: dict[str, Any], marked: str) -> None:
    """Every marked place is found with its entity, sense and exact offsets, and no other place is."""
    text, expected = read(clean(marked))
    found = set()
    for one in find(text, law["language"]):
        if one["kind"] == "organisation" and "{#" not in marked:
            continue
        who = one["name"] if one["kind"] == "official" else one["entity"]
        found.add(Expected(who, one["sense"], one["start"], 0 if one["sense"] == "demonym" else one["end"]))
        assert one["surface"] == text[one["start"] : one["end"]]
    assert found == expected, law["says"]


def test_every_mention_is_found_by_a_known_rule() -> None:
    """A rule is one of `RULES`, which are translated; each but an analyst's finds something in these sentences."""
    texts = [(read(clean(marked))[0], law["language"]) for law in LAWS for marked in law["sentences"]]
    found = {parted(one["rule"])[0] for text, language in texts for one in find(text, language)}
    assert found | {exceptions.RULE} == set(RULES)


def test_there_are_enough_sentences() -> None:
    """At least 150 sentences stand for the rules, and every language has some."""
    assert len(CASES) >= 150
    assert {law["language"] for law in LAWS} == {"az", "tr", "ru", "en", "kk"}
