"""Plain text as scrapers leave it: an optional head that says the date, then the article."""

import re
from collections.abc import Iterator

from analytics.sources.decode import decode
from analytics.sources.raw import SYNONYMS, Bad, Raw

_HEAD = re.compile(r"\s*date[:\s]+(\d{4}(?:-\d{2}){0,2})(?=\s|\Z)[ \t]*", re.IGNORECASE)
_FIELD = re.compile(r"\s*([^\W\d_]+)\s*:\s*(.+?)\s*(?:\n|\Z)")
_OPENING = 12  # lines of head at the most


def read_text(data: bytes, name: str) -> Iterator[Raw | Bad]:
    """One article a file. Its id is the file's name; the head is `date 2020-01`, or lines such as `title: …`."""
    text = decode(data).lstrip("\ufeff")
    if not text.strip():
        yield Bad("", "an empty file")
        return
    values, body = _head(text)
    yield Raw("", {"id": name, **values, "text": body}, original=text)


def _head(text: str) -> tuple[dict[str, str], str]:
    if found := _HEAD.match(text):
        return {"date": found[1]}, text[found.end() :]
    values: dict[str, str] = {}
    rest = text
    for _ in range(_OPENING):
        found = _FIELD.match(rest)
        field = _field(found[1]) if found else None
        if found is None or field is None or field in values:
            break
        values[field] = found[2]
        rest = rest[found.end() :]
    return (values, rest) if "date" in values or "title" in values else ({}, text)


def _field(word: str) -> str | None:
    return next((field for field, names in SYNONYMS.items() if word.lower() in names), None)
