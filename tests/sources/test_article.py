"""The laws of `analytics.sources.article`: what makes an article, what names it, and what is no article."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.model import Article, Rejected
from analytics.sources.article import make, normal_url
from analytics.sources.raw import FIELDS, Bad, Raw

TODAY = dt.date(2026, 1, 1)
TEXT = "Sahildə yeni körpü açıldı, sürücülər yolun qısaldığını deyirlər."


def article(**values: str) -> Article:
    """The article of a record with these fields."""
    made = make(Raw("line 7", {"text": TEXT, **values}), "a.csv", TODAY)
    assert isinstance(made, Article)
    return made


def rejection(**values: str) -> str:
    """Why a record with these fields is no article."""
    made = make(Raw("line 7", values), "a.csv", TODAY)
    assert isinstance(made, Rejected)
    assert (made.origin, made.record) == ("a.csv", "line 7")
    return made.reason


def test_a_record_keeps_its_place() -> None:
    """Where an article comes from is file and record."""
    assert article().origin == "a.csv#line 7"


def test_the_id_of_a_record_is_kept_and_else_made() -> None:
    """A given id stays; without one the address names the article, and without that what it says."""
    assert article(id=" 17 ").id == "17"
    assert article(url="https://a.example/1?utm_source=x").id == article(url="http://www.a.example/1#top").id
    assert article().id == article().id != article(text=TEXT + " Son.").id


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "http://[", "a.example/1", "file:///etc/passwd"])
def test_what_is_no_address_names_nothing(url: str) -> None:
    """Only a page of the web is an address."""
    assert normal_url(url) == ""


def test_the_outlet_is_the_host_where_it_is_not_named() -> None:
    """A named outlet stays; else the address says whose page it is."""
    assert article(outlet="Nümunə", url="https://www.a.example/1").outlet == "Nümunə"
    assert article(url="https://www.a.example/1").outlet == "a.example"


@pytest.mark.parametrize(
    ("given_language", "code"), [("az", "az"), ("AZ-Latn", "az"), ("Azerbaijani", "az"), ("Türkçe", "tr"), ("x", "az")]
)
def test_a_language_is_a_code(given_language: str, code: str) -> None:
    """Codes and names become codes; what is neither is found from the words."""
    assert article(language=given_language).language == code


def test_what_was_changed_is_kept_beside() -> None:
    """The original stays where the text is another, and only there."""
    assert article().original is None
    assert article(text="Kör\u00adpü açıldı.").original == "Kör\u00adpü açıldı."


@pytest.mark.parametrize("text", ["", " \n", "12 345", "***", "\u200b"])
def test_without_a_word_there_is_no_article(text: str) -> None:
    """Neither title nor text: nothing to count."""
    assert "word" in rejection(text=text)


@pytest.mark.parametrize("text", ["404 Not Found", "Access denied", "Səhifə tapılmadı", "502 Bad Gateway nginx"])
def test_an_error_page_is_no_article(text: str) -> None:
    """What a server said instead of the article."""
    assert "error page" in rejection(text=text)


def test_noise_is_no_text() -> None:
    """Characters that nobody prints."""
    assert "not readable" in rejection(text="salam \ufffd\ufffd\x01\x02\ufffd" * 20)


def test_a_whole_file_in_one_record_is_refused() -> None:
    """Millions of characters are several articles."""
    assert "several articles" in rejection(text="söz " * 600_000)


def test_a_bad_record_stays_bad() -> None:
    """What the reader of a format rejected is a rejection with its words and a short sample."""
    made = make(Bad("line 3", "not JSON", "x" * 900), "b.jsonl", TODAY)
    assert isinstance(made, Rejected)
    assert (made.reason, len(made.sample)) == ("not JSON", 200)


@given(st.dictionaries(st.sampled_from(FIELDS), st.text()))
def test_every_record_is_one_of_the_two(values: dict[str, str]) -> None:
    """Any fields at all give an article with an id and a word in it, or a rejection with a reason."""
    made = make(Raw("", values), "a", TODAY)
    if isinstance(made, Article):
        assert made.id
        assert made.title or made.text
    else:
        assert made.reason
