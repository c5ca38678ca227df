"""The laws of a story in short: every sentence is somebody's, a copy adds nothing, the first is the first."""

from typing import Any

from analytics.stories.digest import MOST, SUM, digest

FIRST = (
    "The bridge over the northern canal was closed on Monday morning after an inspection. "
    "Engineers of the city found two cracks in the western pillar of the bridge. "
    "Buses take the southern road until the pillar is repaired in about three weeks."
)
LATER = (
    "The bridge over the northern canal was closed on Monday after an inspection of the city. "
    "A ferry for pedestrians will cross the water every twenty minutes from tomorrow on. "
    "Shopkeepers nearby expect to lose half their customers and ask for compensation."
)
RUSSIAN = "Мост через северный канал закрыли в понедельник после проверки специалистов города."


def report(number: int, text: str, outlet: str, language: str = "en", entities: tuple[str, ...] = ()) -> dict[str, Any]:
    """A document as the app reads it."""
    mentions = [{"entity": entity, "sense": "name"} for entity in entities]
    return {"id": f"r{number}", "text": text, "outlet": outlet, "language": language, "mentions": mentions}


STORY = [
    report(0, FIRST, "Morning", entities=("AZ",)),
    report(1, FIRST.replace("about three", "three"), "Copycat", entities=("AZ",)),
    report(2, LATER, "Evening", entities=("AZ", "TR")),
    report(3, RUSSIAN, "Utro", "ru"),
]


def test_every_sentence_is_the_articles_own() -> None:
    """What sums a story up, and what an outlet adds, stands letter for letter in the article that is named."""
    told, text = digest(STORY), {document["id"]: document["text"] for document in STORY}
    said = [*told.summary, *(one for report in told.reports for one in report.adds)]
    assert said
    assert all(one.text in text[one.article] for one in said)
    assert 1 <= len(told.summary) <= SUM


def test_no_two_sentences_of_a_summary_say_the_same() -> None:
    """Of the two reports of the closing one is chosen at most."""
    assert sum("closed on Monday" in one.text for one in digest(STORY).summary) <= 1


def test_a_copy_adds_nothing_and_names_its_original() -> None:
    """A reprint with a word changed repeats the first; its outlet adds neither sentence nor name."""
    told = digest(STORY)
    assert told.copies == {"r1": "r0"}
    copycat = next(report for report in told.reports if report.outlet == "Copycat")
    assert (copycat.adds, copycat.entities) == ((), ())


def test_an_outlet_adds_what_nobody_had() -> None:
    """Of a later report the new sentences are shown, not the old one; and the name that it names first."""
    told = digest(STORY)
    assert [report.outlet for report in told.reports] == ["Morning", "Copycat", "Evening", "Utro"]
    evening = told.reports[2]
    assert {one.text.split()[0] for one in evening.adds} == {"A", "Shopkeepers"}
    assert evening.entities == ("TR",)
    assert told.entities == (("AZ", 3), ("TR", 1))


def test_one_article_is_a_story() -> None:
    """A single article sums itself up; one without sentences says nothing, and does not fail."""
    assert [one.article for one in digest(STORY[:1]).summary] == ["r0"] * len(digest(STORY[:1]).summary)
    empty = digest([report(0, "", "Silent")])
    assert (empty.summary, empty.copies, empty.reports[0].adds) == ((), {}, ())


def test_a_huge_story_says_how_much_was_left_out() -> None:
    """No more articles are read than can be in a moment, and that is said."""
    assert digest([report(number, RUSSIAN, "Utro", "ru") for number in range(MOST + 5)]).left_out == 5
