"""RSS and Atom. Documents that declare entities are refused before any parser sees them: 103 KB can cost 303 MB."""

import re
from collections.abc import Iterator
from typing import Any

import feedparser
from lxml import etree
from lxml import html as lxml_html

from analytics.sources.raw import Bad, Raw

_ENTITY = re.compile(rb"<!\s*(?:ENTITY|ELEMENT|ATTLIST)|<!DOCTYPE[^>]*\[", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z/!][^>]*>")
_BLOCKS = ("p", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "tr", "figure", "figcaption")  # end a paragraph


def read_feed(data: bytes) -> Iterator[Raw | Bad]:
    """One record an entry."""
    flat = data.replace(b"\0", b"")
    if _ENTITY.search(flat):
        yield Bad("", "an XML file that declares entities is not read; save the feed without its DOCTYPE")
        return
    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        yield Bad("", "no feed: it has no entries", flat[:200].decode("utf-8", "replace"))
        return
    for number, entry in enumerate(feed.entries, 1):
        yield Raw(f"entry {number}", _values(entry, feed.feed))


def _values(entry: Any, feed: Any) -> dict[str, str]:
    bodies = [part.get("value", "") for part in entry.get("content", [])] or [entry.get("summary", "")]
    values = {
        "id": entry.get("id", "") if "://" not in entry.get("id", "") else "",
        "date": entry.get("published", "") or entry.get("updated", ""),
        "title": _text(entry.get("title", "")),
        "text": _text("\n\n".join(bodies)),
        "outlet": _text(entry.get("source", {}).get("title", "") or feed.get("title", "")),
        "url": entry.get("link", ""),
        "language": feed.get("language", ""),
    }
    return {name: value for name, value in values.items() if value}


def _text(value: str) -> str:
    """The text of a piece of HTML, with its paragraphs."""
    if not value.strip() or (not _TAG.search(value) and "&" not in value):
        return value
    tree = lxml_html.fragment_fromstring(value.replace("\0", ""), create_parent="div")
    etree.strip_elements(tree, etree.Comment, "script", "style", with_tail=False)
    for tag in tree.iter("br", *_BLOCKS):
        tag.tail = ("\n" if tag.tag == "br" else "\n\n") + (tag.tail or "")
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", tree.text_content()))
    return "\n\n".join(part for part in paragraphs if part)
