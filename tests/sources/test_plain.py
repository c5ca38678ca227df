"""The laws of `analytics.sources.plain`: one text, one article, with an optional head."""

import pytest

from analytics.sources.plain import read_text
from analytics.sources.raw import Bad, Raw


def read(text: str) -> Raw:
    """The one record of a text."""
    (record,) = read_text(text.encode("utf-8"), "koerpue")
    assert isinstance(record, Raw)
    return record


def test_a_file_is_one_article_named_by_the_file() -> None:
    """The file's name is the id, the whole of it the text and the original."""
    record = read("Körpü açıldı.\n\nYol qısaldı.")
    assert record.values == {"id": "koerpue", "text": "Körpü açıldı.\n\nYol qısaldı."}
    assert record.original == "Körpü açıldı.\n\nYol qısaldı."


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("date 2021", "2021"),
        ("date 2021-11", "2021-11"),
        ("date: 2021-11-09", "2021-11-09"),
        ("DATE 2021-11", "2021-11"),
    ],
)
def test_a_date_line_is_the_date_and_not_the_text(head: str, date: str) -> None:
    """The date that a scraper put first is the article's, as precisely as it stands."""
    record = read(f"{head}\nKörpü açıldı.")
    assert record.values["date"] == date
    assert record.values["text"].strip() == "Körpü açıldı."


def test_a_date_may_stand_in_the_first_line_of_the_text() -> None:
    """Some scrapers leave no line break after the date."""
    assert read("date 2021-11 Körpü açıldı.").values["text"] == "Körpü açıldı."


def test_a_head_of_fields_is_read() -> None:
    """Lines with the names of fields, in any of our languages, are the fields."""
    values = read(
        "title: Yeni körpü\ntarix: 09.11.2021\nmənbə: Nümunə\nurl: https://a.example/1\n\nKörpü açıldı."
    ).values
    assert values["title"] == "Yeni körpü"
    assert values["date"] == "09.11.2021"
    assert values["outlet"] == "Nümunə"
    assert values["url"] == "https://a.example/1"
    assert values["text"].strip() == "Körpü açıldı."


@pytest.mark.parametrize("text", ["Nazir: yol qısaldı.\nSon.", "source: unnamed\nSon.", "title Yeni körpü\nSon."])
def test_what_only_looks_like_a_head_is_text(text: str) -> None:
    """Unknown names, or a head with neither title nor date, stay in the text."""
    assert read(text).values["text"] == text


def test_a_name_that_comes_twice_ends_the_head() -> None:
    """The second line of the same name belongs to the article."""
    assert read("title: Bir\ntitle: İki\nSon.").values["text"].startswith("title: İki")


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_a_rejection(data: bytes) -> None:
    """Nothing is not an article, and it is not silence either."""
    (record,) = read_text(data, "bos")
    assert isinstance(record, Bad)
    assert record.reason
