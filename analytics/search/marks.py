"""Where in an article the words stand for which it was found: the same index, made of it alone."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from analytics.search.ask import Question
from analytics.search.query import parse
from analytics.search.segment import indexed
from analytics.text.words import Words

FIELDS = ("title", "text")


def marks(article: Mapping[str, Any], query: str) -> dict[str, list[tuple[int, int]]]:
    """The first and the last character (not included) of each word or phrase asked for, by field and in order.

    `article` has title, text and language; what a query excludes is not looked for. Raises QueryError as `parse` does.
    """
    words = Words(*([article[name]] for name in (*FIELDS, "language")))
    segment = indexed(pa.chunked_array([pa.array([""])]), words)
    title, text = (column.encoded for column in words.columns)
    found: dict[str, list[tuple[int, int]]] = {name: [] for name in FIELDS}
    for first, last in sorted(set(Question([segment], parse(query)).places(0))):
        # A place is left free between the words of the title and those of the text.
        field, encoded, before = ("title", title, 0) if last < len(title.ids) else ("text", text, len(title.ids) + 1)
        found[field].append((int(encoded.starts[first - before]), int(encoded.ends[last - before])))
    return found
