"""The sieve passes over nothing: what the finders find in all words, they find in the places it leaves."""

import datetime as dt

import pytest

from analytics import gazetteer
from analytics.mentions import Recogniser
from analytics.mentions.heads import Heads
from analytics.mentions.lexicon import Lexicon
from analytics.mentions.phrases import Phrase
from analytics.mentions.sieve import CAPITAL, NAME, Sieve
from analytics.mentions.sound import sound, sounds
from analytics.text.letters import fold
from analytics.text.words import Words

KNOWN = gazetteer.load()
TEXTS = {
    "az": "Xarici işlər naziri Ceyhun Bayramov Qazaxıstandakı həmkarı ilə görüşdü. Bayramovun dediyi kimi, su azalıb.",
    "ru": "Министр иностранных дел Сергей Лавров прибыл в Баку. Лаврова встретили в аэропорту, КазахстанПрезидент.",
    "en": "Foreign Minister Hakan Fidan of Turkey spoke. Fidan's visit to Kazakhstan ended.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_nothing_is_passed_over(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With every word let through, the mentions are the same."""
    text = TEXTS[language]
    row = {"id": "a", "published": dt.date(2023, 9, 1), "language": language}

    def find() -> list[dict[str, object]]:
        return list(Recogniser(KNOWN).batch([row], Words([""], [text], [language])))

    sifted = find()
    assert len(sifted) >= 3
    monkeypatch.setattr(Sieve, "_kinds", lambda _, words: [15 if word[0].isupper() else NAME for word in words])
    assert find() == sifted


def test_a_batch_of_several_languages_is_read_each_by_its_own_rules() -> None:
    """The neighbours of an article in its batch, and their languages, change nothing."""
    rows = [{"id": code, "published": None, "language": code} for code in TEXTS]
    recogniser = Recogniser(KNOWN)
    together = list(recogniser.batch(rows, Words([""] * 3, list(TEXTS.values()), list(TEXTS))))
    alone = [m for row in rows for m in recogniser.batch([row], Words([""], [TEXTS[row["id"]]], [row["id"]]))]
    assert together == alone != []


def test_ordinary_words_are_passed_over() -> None:
    """A small word that begins no name is not looked at, a capitalised one only as a part of somebody's name."""
    sieve = Recogniser(KNOWN).sieve("az")
    assert sieve.kinds(["kitab", "Kitab"]).tolist() == [0, CAPITAL]


def test_an_empty_batch_has_no_mentions() -> None:
    """No articles, or articles without a word."""
    empty = {"id": "a", "published": None, "language": "az"}
    assert list(Recogniser(KNOWN).batch([], Words([], [], []))) == []
    assert list(Recogniser(KNOWN).batch([empty], Words([""], [None], ["az"]))) == []


@pytest.mark.parametrize("before", ["", "A", "Al", "Ala", "Alas", "Alasa"])
@pytest.mark.parametrize(
    ("written", "own"),
    [("dzh", "c"), ("dj", "c"), ("zh", "c"), ("shch", "ş"), ("sch", "ş"), ("kh", "x"), ("tz", "s"), ("yu", "u")],
)
def test_no_name_is_given_up_where_letters_may_yet_be_one_sound(before: str, written: str, own: str) -> None:
    """A beginning is told by its sound, but for what the next letter may change: `Radz` goes on to `Radzhabov`."""
    name, spelt = f"{before}{own}abov", f"{before}{written}abov"
    assert sound(spelt) == sound(name)
    assert (0, len(spelt)) in Heads(sounds, {sound(name)}, 3).cuts([spelt, "Başqa"])
    lexicon = Lexicon("en", sound)
    lexicon.add([Phrase("Q1", "official", "name", f"{name} Kərimli")])
    assert [one.length for one in lexicon.candidates(fold(spelt))] == [len(spelt)]
    assert lexicon.opens([fold(spelt), "başqa"]) == [True, False]
