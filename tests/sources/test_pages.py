"""The laws of `analytics.sources.pages`: the article of a page, with what the page says of itself."""

from analytics.sources.pages import read_page
from analytics.sources.raw import Bad, Raw

FIRST = "Sahildəki köhnə körpünün yerində tikilən yeni körpü bu gün səhər saatlarında sürücülərin üzünə açıldı."
SECOND = "Layihənin rəhbəri deyir ki, yol iyirmi dəqiqə qısalıb və yük maşınları artıq şəhərin mərkəzindən keçmir."
HEAD = '<title>Yeni körpü</title><meta property="og:site_name" content="Nümunə">'
PUBLISHED = '<meta property="article:published_time" content="2021-11-09T07:45:00+04:00">'
BODY = f"<nav><a href='/'>Ana səhifə</a></nav><article><h1>Yeni körpü</h1><p>{FIRST}</p><p>{SECOND}</p></article>"


def page(head: str = HEAD, body: str = BODY) -> bytes:
    """A page of news."""
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def read(data: bytes) -> Raw:
    """The one record of a page."""
    (record,) = read_page(data, "koerpue")
    assert isinstance(record, Raw)
    return record


def test_the_article_is_found_in_its_page() -> None:
    """Paragraphs stay paragraphs, navigation and markup stay outside, the whole page is kept beside it."""
    record = read(page())
    assert f"{FIRST}\n\n{SECOND}" in record.values["text"]
    assert "Ana səhifə" not in record.values["text"]
    assert "<" not in record.values["text"]
    assert record.values["title"] == "Yeni körpü"
    assert record.original == page().decode()


def test_the_date_is_the_one_that_the_page_declares() -> None:
    """The page's own declaration, letter for letter."""
    assert read(page(HEAD + PUBLISHED)).values["date"] == "2021-11-09T07:45:00+04:00"


def test_a_time_element_inside_the_article_is_a_declaration() -> None:
    """The date that the article itself marks is its date."""
    body = BODY.replace("<h1>", '<time datetime="2021-11-09">dünən</time><h1>')
    assert read(page(body=body)).values["date"] == "2021-11-09"


def test_a_date_that_only_stands_somewhere_is_not_taken() -> None:
    """A year in the text or in the footer is not the day that an article appeared."""
    body = BODY + "<footer>© 2019. Son yenilənmə 3 mart 2020</footer>"
    assert "date" not in read(page(body=body)).values


def test_scripts_leave_nothing_behind() -> None:
    """What a page would run is no text."""
    body = BODY.replace("</article>", "<script>alert('oğurluq')</script><style>p{}</style></article>")
    assert "alert" not in read(page(body=body)).values["text"]


def test_a_page_in_its_own_encoding_is_read() -> None:
    """The declaration of an older encoding is honoured."""
    russian = "Новый мост на берегу открыли сегодня утром, дорога стала короче на двадцать минут, говорит инженер."
    source = f'<html><head><meta charset="windows-1251"></head><body><article><p>{russian}</p></article></body></html>'
    assert russian in read(source.encode("cp1251")).values["text"]


def test_a_page_without_an_article_is_a_rejection() -> None:
    """An empty page says so instead of giving an empty article."""
    (record,) = read_page(page(body=""), "bos")
    assert isinstance(record, Bad)
    assert record.reason
