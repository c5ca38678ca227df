"""The laws of `analytics.sources.feeds`: one record an entry, and no document that declares entities."""

import pytest

from analytics.sources.feeds import read_feed
from analytics.sources.raw import Bad, Raw

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Nümunə</title><language>az</language>
<item><title>Yeni körpü</title><link>https://a.example/1</link><pubDate>Tue, 09 Nov 2021 07:45:00 +0400</pubDate>
<description>&lt;p&gt;Körpü açıldı.&lt;/p&gt;&lt;p&gt;Yol &lt;b&gt;qısaldı&lt;/b&gt;.&lt;/p&gt;</description></item>
<item><title>Qatar</title><description>Qatar gecikdi &amp;amp; dayandı.</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Örnek</title>
<entry><id>tag-7</id><title>Yeni köprü</title><updated>2021-11-09T07:45:00Z</updated>
<content type="html">&lt;p&gt;Köprü açıldı.&lt;/p&gt;</content></entry></feed>"""


def raws(text: str) -> list[Raw]:
    """The entries of a feed, all of them good."""
    records = list(read_feed(text.encode("utf-8")))
    assert all(isinstance(record, Raw) for record in records)
    return [record for record in records if isinstance(record, Raw)]


def test_rss_entries_are_records() -> None:
    """Each entry has its own title, address and date, and the feed's name and language."""
    first, second = raws(RSS)
    assert first.record == "entry 1"
    assert first.values["title"] == "Yeni körpü"
    assert first.values["url"] == "https://a.example/1"
    assert first.values["outlet"] == second.values["outlet"] == "Nümunə"
    assert first.values["language"] == "az"
    assert first.values["date"] == "Tue, 09 Nov 2021 07:45:00 +0400"


def test_markup_goes_and_paragraphs_stay() -> None:
    """HTML inside an entry becomes text with its paragraphs; an entity becomes its letter."""
    first, second = raws(RSS)
    assert [part.strip() for part in first.values["text"].split("\n\n")] == ["Körpü açıldı.", "Yol qısaldı."]
    assert second.values["text"] == "Qatar gecikdi & dayandı."


def test_atom_entries_are_records() -> None:
    """Atom is read as RSS is, with the id that is no address as the id."""
    (entry,) = raws(ATOM)
    assert entry.values["id"] == "tag-7"
    assert entry.values["date"] == "2021-11-09T07:45:00Z"
    assert entry.values["text"] == "Köprü açıldı."


def test_an_entry_without_a_date_has_none() -> None:
    """The feed's own date is not lent to its entries."""
    assert "date" not in raws(RSS)[1].values


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE r SYSTEM "http://a.example/x.dtd" [<!ELEMENT r ANY>]>',
    ],
)
def test_declared_entities_are_refused_before_they_are_read(doctype: str, encoding: str) -> None:
    """A bomb or a file from our disk is never expanded, in whatever encoding it hides."""
    text = f"{doctype}<rss version='2.0'><channel><item><title>&b;&x;</title></item></channel></rss>"
    (record,) = read_feed(text.encode(encoding))
    assert isinstance(record, Bad)
    assert "entities" in record.reason


@pytest.mark.parametrize("text", ["<note>salam</note>", "<rss><channel></channel></rss>", "not xml", "<", ""])
def test_what_is_no_feed_says_so(text: str) -> None:
    """XML without entries is one rejection, never silence."""
    (record,) = read_feed(text.encode())
    assert isinstance(record, Bad)
    assert record.reason


def test_a_broken_end_does_not_lose_the_beginning() -> None:
    """A feed that was cut off gives the entries before the cut."""
    assert raws(RSS[: RSS.index("</channel>")])[0].values["title"] == "Yeni körpü"
