"""The sample that ships: enough of it, whole, dated, free of copies but the marked ones, and true to its own labels.

It is read here without `analytics.sources`, so that a fault of the reader cannot hide a fault of the sample.
"""

import csv
import json
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from lxml import html

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
MONTHS = "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr".split()
FIRST, LAST = date(2018, 1, 1), date(2025, 12, 31)
SENTENCE_WORDS = 8  # shorter ones ("Növbəti rəqib …") may meet by chance
LATEST_REPORT = timedelta(days=7)  # a daily's second thoughts on an event; later it is another story


@dataclass(frozen=True)
class Record:
    """One article as it lies in a file; `published` is the text the file gives, "" where it gives none."""

    id: str
    published: str
    title: str
    text: str
    url: str


def scraped() -> Iterator[Record]:
    for path in sorted((SAMPLE / "scraped").glob("*.txt")):
        raw = path.read_bytes()
        text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")
        header = re.match(r" date (\S+) ", text)
        assert header, f"{path.name} has no date header"
        yield Record(path.stem, header[1], "", text[header.end() :].split("You must enable")[0], "")


def lines() -> Iterator[Record]:
    for path in sorted((SAMPLE / "lines").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            yield Record(row["id"], row.get("date", ""), row["title"], row["text"], row["url"])


def tables() -> Iterator[Record]:
    with (SAMPLE / "tables" / "xeberler.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";", strict=True):
            yield Record(row["id"], row["tarix"], row["başlıq"], row["mətn"], row["link"])


def feeds() -> Iterator[Record]:
    for path in sorted((SAMPLE / "feeds").glob("*.xml")):
        for item in ElementTree.parse(path).iter("item"):
            guid, day, title, body, link = (
                item.findtext(tag, "") for tag in ("guid", "pubDate", "title", "description", "link")
            )
            yield Record(guid, parsedate_to_datetime(day).date().isoformat(), title, plain(body), link)


def pages() -> Iterator[Record]:
    for path in sorted((SAMPLE / "pages").glob("*.html")):
        page = html.fromstring(path.read_text("utf-8"))
        (day,) = page.xpath("//meta[@property='article:published_time']/@content")
        (link,) = page.xpath("//link[@rel='canonical']/@href")
        text = "\n".join(p.text_content() for p in page.xpath("//article/p"))
        yield Record(path.stem, day, page.xpath("string(//h1)"), text, link)


FORMS = {"scraped": scraped, "lines": lines, "tables": tables, "feeds": feeds, "pages": pages}


def plain(body: str) -> str:
    """The words of a feed's description, its paragraphs apart."""
    return re.sub(r"<[^>]+>", "\n", body)


def interval(text: str) -> tuple[date, date]:
    """First and last day that a date in any form of the sample may mean; ValueError for an impossible one."""
    words = text.split()
    if len(words) > 1:
        parts = [int(words[-1]), MONTHS.index(words[-2]) + 1, *map(int, words[:-2])]
    elif "." in text:
        parts = [int(part) for part in reversed(text.split("."))]
    else:
        parts = [int(part) for part in text[:10].split("-")]
    first = date(*[*parts, 1, 1][:3])
    days = {1: 366, 2: 31, 3: 1}[len(parts)]
    return first, first + timedelta(days=days - 1)


def sentences(text: str) -> Iterator[str]:
    """The sentences long enough to be somebody's, as bare lower-case words."""
    for sentence in re.split(r"(?<=[.!?])\s+|\n+", unicodedata.normalize("NFC", text)):
        words = re.findall(r"\w+", sentence.lower())
        if len(words) >= SENTENCE_WORDS:
            yield " ".join(words)


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return [record for form in FORMS.values() for record in form()]


@pytest.fixture(scope="module")
def events() -> dict[str, Any]:
    return tomllib.loads((SAMPLE / "events.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def labels() -> dict[str, Any]:
    return tomllib.loads((SAMPLE / "labels.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("form", "least"), [("scraped", 20), ("lines", 150), ("tables", 40), ("feeds", 20), ("pages", 10)]
)
def test_every_form_is_there(form: str, least: int) -> None:
    """Each form that scrapers leave parses to the end and holds enough articles to be worth reading."""
    assert len(list(FORMS[form]())) >= least


def test_ids_are_unique(records: list[Record]) -> None:
    """An id names one record across all files, and there are at least 230."""
    assert [name for name, n in Counter(record.id for record in records).items() if n > 1] == []
    assert len(records) >= 230


def test_dates_are_possible(records: list[Record], labels: dict[str, Any]) -> None:
    """Every record is dated within 2018-2025, but the two whose fault is their date."""
    wrong = []
    for record in records:
        try:
            first, last = interval(record.published)
        except ValueError:
            wrong.append(record.id)
        else:
            assert first >= FIRST, record.id
            assert last <= LAST, record.id
    assert sorted(wrong) == [name for name, fault in labels["faults"].items() if "date" in fault]


def test_texts_are_there(records: list[Record], labels: dict[str, Any]) -> None:
    """Every record has a text, but the one whose fault is to have none."""
    assert [record.id for record in records if not record.text.strip()] == [
        name for name, fault in labels["faults"].items() if fault == "no text"
    ]


def test_outlets_are_fictional(records: list[Record]) -> None:
    """No address leads to a real site: all hosts lie under .example, which nobody can register."""
    assert [r.url for r in records if r.url and not (urlsplit(r.url).hostname or "").endswith(".example")] == []


def test_no_sentence_twice(records: list[Record], labels: dict[str, Any]) -> None:
    """No two articles share a sentence of eight words or more, the marked reprints apart."""
    seen: dict[str, str] = {}
    shared = []
    for record in records:
        if record.id not in labels["reprints"]:
            shared += [
                (record.id, seen[s]) for s in sentences(record.text) if seen.setdefault(s, record.id) != record.id
            ]
    assert shared == []


def test_reprints_are_word_for_word(records: list[Record], labels: dict[str, Any]) -> None:
    """A marked reprint repeats every sentence of its original at an address of its own."""
    by_id = {record.id: record for record in records}
    for copy, original in labels["reprints"].items():
        assert list(sentences(by_id[copy].text)) == list(sentences(by_id[original].text)), copy
        assert by_id[copy].url != by_id[original].url, copy


def test_topics_leave_ordinary_news(records: list[Record], labels: dict[str, Any]) -> None:
    """The labels name existing articles, and at least two in five belong to no topic."""
    ids = {record.id for record in records}
    labelled = {name for topic in labels["topics"].values() for name in topic}
    assert labelled - ids == set()
    assert len(ids - labelled) >= 0.4 * len(ids)


def test_events_are_reported_in_time(records: list[Record], events: dict[str, Any]) -> None:
    """Every event names existing articles dated from its day to a week later, or its month."""
    by_id = {record.id: record for record in records}
    for event, facts in events.items():
        day = date.fromisoformat(facts["date"])
        for name in facts["articles"]:
            first, last = interval(by_id[name].published)
            assert first <= day + LATEST_REPORT, (event, name)
            assert last >= day, (event, name)


def test_events_do_not_share_articles(events: dict[str, Any]) -> None:
    """An article reports one event, and an event has at least two reports, ours and those from abroad together."""
    abroad = tomllib.loads((SAMPLE / "abroad" / "events.toml").read_text("utf-8"))["reports"]
    counts = Counter(name for facts in events.values() for name in facts["articles"])
    assert [name for name, n in counts.items() if n > 1] == []
    assert [e for e, facts in events.items() if len(facts["articles"]) + len(abroad.get(e, [])) < 2] == []


def test_events_abroad_are_known(events: dict[str, Any]) -> None:
    """Events that outlets abroad share with ours (E..) are described in our list."""
    abroad = tomllib.loads((SAMPLE / "abroad" / "events.toml").read_text("utf-8"))["reports"]
    assert {event for event in abroad if re.match(r"E\d", event)} - set(events) == set()
