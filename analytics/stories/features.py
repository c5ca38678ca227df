"""What of an article is compared: its words with their frequencies, and whom it names. A pure stage, for any worker."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analytics.text.tokens import Encoded
from analytics.text.vectors import Numbered

WORDS = 96  # words of an article that count, the most frequent: beyond them likeness no longer changes
ENTITY = 1.5  # what an entity weighs beside a stem

SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("published", pa.date32()),
        ("precision", pa.string()),
        ("language", pa.string()),
        ("names", pa.list_(pa.string())),
        ("weights", pa.list_(pa.float64())),
        ("marks", pa.list_(pa.bool_())),
    ]
)
"""One row per article: the names of its features, most frequent stems first, entities (`@KZ`) last; their weights,
1 + log of the count (Salton and Buckley 1988), a word of the title counting twice; and which are marks, entities and
numbers, that all languages share."""

Part = tuple[npt.NDArray[np.int64], npt.NDArray[Any], npt.NDArray[np.float64]]


def features(articles: pa.Table, titles: Encoded, texts: Encoded, mentions: pa.Table) -> pa.Table:
    """The features of these articles, as `SCHEMA`. `mentions` has article, entity and sense.

    Nationality words are not taken for entities.
    """
    languages = [language or "" for language in articles["language"].to_pylist()]
    parts = [
        _words(titles, texts, [at for at, each in enumerate(languages) if each == language], language)
        for language in sorted(set(languages))
    ]
    parts.append(_entities(articles["id"].to_pylist(), mentions))
    row, name, weight = (np.concatenate(each) for each in zip(*parts, strict=True))
    order = np.argsort(row, kind="stable")
    bounds = pa.array(np.searchsorted(row[order], np.arange(articles.num_rows + 1)), pa.int32())
    names = name[order].tolist()
    marks = [each[0] == "@" or each.isdigit() for each in names]
    columns = pa.array(names, pa.string()), pa.array(weight[order]), pa.array(marks, pa.bool_())
    return pa.table(
        [*(articles[field] for field in SCHEMA.names[:4]), *(pa.ListArray.from_arrays(bounds, c) for c in columns)],
        schema=SCHEMA,
    )


def _words(titles: Encoded, texts: Encoded, rows: Sequence[int], language: str) -> Part:
    """Of each of these articles its most frequent stems, the first of equals first."""
    numbers: dict[str, int] = {}
    article, stem, times = Numbered(titles, texts, rows, language, numbers, grow=True).words()
    width = max(1, len(numbers))
    key, first, which = np.unique(article * width + stem, return_index=True, return_inverse=True)
    count = np.bincount(which, times, len(key))
    order = np.lexsort((first, -count, key // width))
    article = key[order] // width
    rank = np.arange(len(order)) - np.searchsorted(article, article)
    kept = order[rank < WORDS]
    names = np.array(list(numbers), dtype=object)
    return np.array(rows, np.int64)[key[kept] // width], names[key[kept] % width], 1 + np.log(count[kept])


def _entities(ids: Sequence[str], mentions: pa.Table) -> Part:
    """The entities of each article, in order of mention."""
    place = {article: at for at, article in enumerate(ids)}
    rows = zip(*(mentions[name].to_pylist() for name in ("article", "entity", "sense")), strict=True)
    named = Counter((place[article], f"@{entity}") for article, entity, sense in rows if sense != "demonym")
    return (
        np.fromiter((at for at, _ in named), np.int64, len(named)),
        np.array([name for _, name in named], dtype=object),
        ENTITY * (1 + np.log(np.fromiter(named.values(), np.float64, len(named)))),
    )
