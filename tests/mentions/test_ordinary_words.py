"""Ordinary words are no countries: thousands of them, in five languages, each read by itself."""

import re
from pathlib import Path

import pytest

from analytics import gazetteer, sources
from analytics.mentions import Recogniser
from analytics.text.words import Words

DATA = Path(__file__).resolve().parents[2] / "data"
ENOUGH = {"az": 5_000, "tr": 3_000, "ru": 3_000, "en": 3_000, "kk": 1_500}  # words read, within a tenth
RECOGNISER = Recogniser(gazetteer.load())


def sample_words() -> dict[str, set[str]]:
    """The words without a capital in the articles of the sample, by language."""
    found: dict[str, set[str]] = {}
    for batch in sources.read([DATA / "sample"]):
        for article in batch.articles:
            words = re.findall(r"[^\W\d_]{2,}", f"{article.title} {article.text}")
            found.setdefault(article.language, set()).update(word for word in words if word.islower())
    return found


WORDS = sample_words()


def common_stems(language: str) -> set[str]:
    """The commonest word stems of news, from the background that ships."""
    lines = (DATA / "background" / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    return {line.split("\t")[1] for line in lines if re.fullmatch(r"\d+\t[^\W\d_]{2,}", line)}


@pytest.mark.parametrize("language", ENOUGH)
def test_no_ordinary_word_is_a_country(language: str) -> None:
    """Written small and alone, no word but a nationality's reads as a state; a state's own long name may be one."""
    words = sorted(WORDS.get(language, set()) | common_stems(language))
    assert len(words) >= ENOUGH[language] * 0.9
    rows = [{"id": word, "published": None, "language": language} for word in words]
    found = RECOGNISER.batch(rows, Words([""] * len(words), words, [language] * len(words)))
    own = {name.casefold() for c in RECOGNISER.gazetteer.of("country") for name in c.names.values()}
    named = {m["surface"] for m in found if m["kind"] == "country" and m["sense"] == "name"}
    assert {word for word in named if word not in own} == set()
