"""HTML pages: the article that trafilatura finds, with the date, title and address that the page declares."""

from collections.abc import Iterator

import trafilatura
from lxml import html as lxml_html
from trafilatura.metadata import extract_metadata

from analytics.sources.decode import decode
from analytics.sources.raw import Bad, Raw

# The page's own declarations of its date, most trustworthy first. htmldate's guesses from the text are not used: a date
# found somewhere on a page is not the day the article appeared.
_DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//meta[@name='date' or @name='pubdate' or @name='DC.date.issued' or @name='publish-date']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//article//time/@datetime",
    "//time/@datetime",
    "//article//time/text()",
)


def read_page(data: bytes, name: str) -> Iterator[Raw | Bad]:
    """One article a page. Its id is the file's name."""
    page = decode(data, declared=True)
    tree = trafilatura.load_html(page)
    if tree is None:
        yield Bad("", "not an HTML page", page[:200])
        return
    text = trafilatura.extract(page, include_comments=False, include_tables=False, favor_precision=True) or ""
    text = text or trafilatura.extract(page, include_comments=False, favor_recall=True) or ""
    about = extract_metadata(page, extensive=False)
    values = {
        "id": name,
        "date": _date(page),
        "title": about.title or "",
        "text": "\n\n".join(text.split("\n")),
        "outlet": about.sitename or "",
        "url": about.url or "",
    }
    if not text.strip():
        yield Bad("", "no article text was found in the page", about.title or page[:200])
        return
    yield Raw("", {k: v for k, v in values.items() if v}, original=page)


def _date(page: str) -> str:
    try:
        tree = lxml_html.fromstring(page.encode("utf-8", "replace"), parser=lxml_html.HTMLParser(encoding="utf-8"))
    except (ValueError, lxml_html.etree.ParserError):
        return ""
    found = (str(value).strip() for path in _DATES for value in tree.xpath(path))
    return next((value for value in found if value), "")
