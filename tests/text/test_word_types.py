"""What is said of a word is asked once, and stays right when types are forgotten and come again."""

import numpy as np
import pytest

from analytics.text import words as module
from analytics.text.vectors import column_numbers, columns, counted, stem_numbers
from analytics.text.words import Question, Words, folded


def spoken(words: Words, side: int, article: int) -> list[str]:
    """The words of one field as they stand."""
    encoded = words.columns[side].encoded
    return [words.types[at] for at in encoded.ids[encoded.tokens(article)]]


def test_titles_and_texts_of_several_languages() -> None:
    """Each field has its own words in their order; a type of two languages is two words."""
    words = Words(["Bakı Bakı", None], ["Bakı gözəldir", "Bakı çok güzel"], ["az", "tr"])
    assert [spoken(words, side, at) for at in (0, 1) for side in (0, 1)] == [
        ["Bakı", "Bakı"],
        ["Bakı", "gözəldir"],
        [],
        ["Bakı", "çok", "güzel"],
    ]
    assert words.types == ["Bakı", "gözəldir", "Bakı", "çok", "güzel"]
    asked = words.ask(lambda language: Question(lambda types, code=language: [f"{code}:{t}" for t in types], object))
    assert asked.tolist() == ["az:Bakı", "az:gözəldir", "tr:Bakı", "tr:çok", "tr:güzel"]


def test_no_articles() -> None:
    """An empty batch has no words, and the answers about them have the question's type."""
    words = Words([], [], [])
    assert (len(words), words.types) == (0, [])
    assert words.ask(counted).dtype == object


def test_a_type_is_asked_about_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many batches hold it; one that was forgotten is asked about again, and rightly."""
    monkeypatch.setattr(module, "LATELY", 4)
    module._vocabulary.cache_clear()
    asked: list[str] = []

    def answer(types: list[str]) -> list[int]:
        asked.extend(types)
        return [len(word) for word in types]

    length = Question(answer, np.int32)
    twice = Question(lambda lengths: [2 * one for one in lengths], np.int64, of=length)

    def said(text: str) -> list[tuple[str, int, int]]:
        words = Words([""], [text], ["xx"])
        answers = (words.own("xx", question)[1].tolist() for question in (length, twice))
        return list(zip(words.types, *answers, strict=True))

    assert said("a bb ccc") == [("a", 1, 2), ("bb", 2, 4), ("ccc", 3, 6)]
    assert said("ccc dddd a") == [("ccc", 3, 6), ("dddd", 4, 8), ("a", 1, 2)]
    assert sorted(asked) == ["a", "bb", "ccc", "dddd"]
    assert said("e ff ggg a ccc") == [("e", 1, 2), ("ff", 2, 4), ("ggg", 3, 6), ("a", 1, 2), ("ccc", 3, 6)]
    assert said("bb hhhhh") == [("bb", 2, 4), ("hhhhh", 5, 10)]
    assert asked.count("a") == asked.count("ccc") == 1  # they were seen lately
    said("p q r s t u v w")
    assert said("bb a") == [("bb", 2, 4), ("a", 1, 2)]
    assert asked.count("bb") == 3
    module._vocabulary.cache_clear()


def test_a_batch_keeps_its_answers_when_its_types_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was numbered before others came is asked about after them."""
    monkeypatch.setattr(module, "LATELY", 2)
    module._vocabulary.cache_clear()
    length = Question(lambda types: [len(word) for word in types], np.int32)
    first = Words(["a bb"], ["ccc"], ["xx"])
    for text in ("d e f", "g h i", "j k l"):
        Words([""], [text], ["xx"]).ask(lambda _: length)
    assert first.ask(lambda _: length).tolist() == [1, 2, 3]
    module._vocabulary.cache_clear()


def test_answers_go_with_their_question() -> None:
    """What was answered to a question that nobody can ask any more is not kept."""
    words = Words([""], ["a bb ccc"], ["xy"])
    question = Question(lambda types: [1 for _ in types], np.int8)
    words.own("xy", question)
    known, _ = words._numbers["xy"]
    assert len(known._answers) == 1
    del question
    assert len(known._answers) == 0


def test_stems_are_numbered_as_they_come() -> None:
    """Those of the titles first; a word that says nothing has no number, nor has one of another language."""
    words = Words(["Səfir gəldi", "Посол"], ["SƏFİR və səfir", "и посла"], ["az", "ru"])
    numbers, names = stem_numbers(words, "az")
    by_word = dict(zip(words.types, numbers.tolist(), strict=True))
    assert names[by_word["Səfir"]] == "səfir"
    assert by_word["Səfir"] == by_word["SƏFİR"] == by_word["səfir"] == 0
    assert by_word["və"] == by_word["Посол"] == -1
    found = column_numbers(words, "az", columns("az", {"səfir": 7}))
    assert set(found[: words.types.index("Посол")].tolist()) == {7, -1}


def test_a_word_that_is_its_own_answer_is_kept_once() -> None:
    """A word in small letters is folded to itself: the letters are not held twice."""
    module._vocabulary.cache_clear()
    words = Words([""], ["gəldi Səfir"], ["az"])
    small, capital = words.ask(folded)
    assert small is words.types[0]
    assert (words.types, capital) == (["gəldi", "Səfir"], "səfir")
