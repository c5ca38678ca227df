"""When two records are one article: what is new, what is known, what is a reprint."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analytics.periods import format_prefix
from analytics.text.letters import fold, fold_all
from analytics.text.points import REST, TABLE, points

# Below this many words, equal words are no proof of a reprint: "Hava proqnozu" stands above a new text every day.
ENOUGH_WORDS = 30
TOGETHER = 200_000  # characters that are folded at once: their arrays stay in the processor's cache

_WORD = re.compile(r"[^\W_]+")
_SPACE, _END = ord(" "), ord("\n")
_ALONE = REST  # a character whose text must be folded by itself


def content(article: Mapping[str, Any]) -> str:
    """A digest of what the article says: equal for word-for-word copies, whatever their layout, title or address.

    Counts the folded words of the text; of a short article, those of its title and its date as well.
    """
    return contents(pa.Table.from_pylist([{name: article[name] for name in _SAYS.names}], schema=_SAYS))[0]


_SAYS = pa.schema(
    [("title", pa.string()), ("text", pa.string()), ("published", pa.date32()), ("precision", pa.string())]
)


def contents(articles: pa.Table) -> list[str]:
    """The same of every row of a table with title, text, published and precision."""
    texts = folded_words(articles["text"].to_pylist())
    short = [row for row, words in enumerate(texts) if len(words.split(b" ", ENOUGH_WORDS - 1)) < ENOUGH_WORDS]
    rows = articles.select(["title", "published", "precision"]).take(pa.array(short, pa.int64())).to_pylist()
    titles = folded_words([row["title"] for row in rows])
    for number, title, row in zip(short, titles, rows, strict=True):
        date = "" if row["published"] is None else format_prefix(row["published"], row["precision"])
        texts[number] = b" ".join(filter(None, (title, texts[number], date.encode())))
    return [hashlib.blake2b(words, digest_size=16).hexdigest() for words in texts]


def folded_words(texts: Sequence[str | None]) -> list[bytes]:
    """The folded words of each text with one space between them, in UTF-8."""
    found: list[bytes] = []
    for part in _parts([text or "" for text in texts]):
        found += _folded(part)
    return found


def _parts(texts: list[str]) -> Iterator[list[str]]:
    """Neighbours of some length together."""
    first = size = 0
    for number, text in enumerate(texts):
        size += len(text)
        if size > TOGETHER:
            yield texts[first : number + 1]
            first, size = number + 1, 0
    if texts[first:]:
        yield texts[first:]


def _folded(texts: list[str]) -> list[bytes]:
    ends = np.cumsum([len(text) + 1 for text in texts])
    made = _folds()[points("\n".join([*texts, ""]))]
    made[ends - 1] = _END
    space = made == _SPACE
    kept = ~space
    kept[1:] |= ~space[:-1]  # of spaces side by side the first; those at an end of a text are taken off below
    lines = [line.strip() for line in made[kept].tobytes().decode("utf-16-le").encode().split(b"\n")]
    for number in np.unique(np.searchsorted(ends, np.flatnonzero(made == _ALONE), side="right")):
        lines[number] = " ".join(_WORD.findall(fold(texts[number]))).encode("utf-8", "surrogatepass")
    return lines[: len(texts)]


@cache
def _folds() -> npt.NDArray[np.uint16]:
    """For every character of 16 bits its folded letter, a space, or `_ALONE` (some 50 ms, once)."""
    folds = np.full(TABLE, _SPACE, np.uint16)
    folds[0xD800:0xE000] = _ALONE  # halves of a character, which a text may hold though no file does
    folds[[ord("Σ"), REST]] = _ALONE  # how Σ is folded depends on its neighbours
    letters = [chr(point) for point in np.flatnonzero(folds != _ALONE) if point != _END]
    for letter, folded in zip(letters, fold_all(letters), strict=True):
        if _WORD.fullmatch(folded):
            folds[ord(letter)] = ord(folded)
    return folds


def address(outlet: str | None, url: str | None) -> int:
    """Where it was published, as a number: two copies of one text at one address are one record."""
    said = f"{outlet or ''}\n{url or ''}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest())


def other_id(given: str, said: str, where: int) -> str:
    """The id of a record whose own belongs to another: a suffix made of content and address, the same on every run."""
    return f"{given}~{hashlib.blake2b(f'{said}{where}'.encode(), digest_size=4).hexdigest()}"


@dataclass(slots=True)
class Known:
    """What a corpus has, as far as some records ask: content and address of ids, the first article of contents."""

    records: dict[str, tuple[str, int]] = field(default_factory=dict)
    originals: dict[str, str] = field(default_factory=dict)

    def admit(self, given: str, said: str, where: int) -> tuple[str, str | None] | None:
        """The id to keep a record under and the article that it repeats; None when the corpus has it already.

        A record whose content is there under another id or address is a reprint. One whose id belongs to another
        record gets another (see `other_id`).
        """
        if self.records.get(given, (said, where)) != (said, where):
            given = other_id(given, said, where)
        if given in self.records:
            return None
        self.records[given] = said, where
        original = self.originals.get(said)
        if original is None:
            self.originals[said] = given
        return given, original
