"""When two records are one article: what is new, what is known, what is a reprint."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from analytics.periods import format_prefix
from analytics.text.letters import fold

# Below this many words, equal words are no proof of a reprint: "Hava proqnozu" stands above a new text every day.
ENOUGH_WORDS = 30

_WORD = re.compile(r"[^\W_]+")


def content(article: Mapping[str, Any]) -> str:
    """A digest of what the article says: equal for word-for-word copies, whatever their layout, title or address.

    Counts the folded words of the text; of a short article, those of its title and its date as well.
    """
    words = _WORD.findall(fold(article["text"] or ""))
    if len(words) < ENOUGH_WORDS:
        words = _WORD.findall(fold(article["title"] or "")) + words
        if article["published"] is not None:
            words.append(format_prefix(article["published"], article["precision"]))
    return hashlib.blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def address(article: Mapping[str, Any]) -> int:
    """Where it was published, as a number: two copies of one text at one address are one record."""
    said = f"{article['outlet'] or ''}\n{article['url'] or ''}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest())


@dataclass(slots=True)
class Known:
    """The identities in a corpus: content and address of each id, and the first article of each content."""

    records: dict[str, tuple[str, int]] = field(default_factory=dict)
    originals: dict[str, str] = field(default_factory=dict)

    def learn(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Take in rows of the articles table."""
        for row in rows:
            self.records[row["id"]] = row["content"], address(row)
            if row["duplicate_of"] is None:
                self.originals.setdefault(row["content"], row["id"])

    def admit(self, article: dict[str, Any]) -> dict[str, Any] | None:
        """The row to keep for this record, or None when the corpus already has it.

        A row whose content is there under another id or address is marked as a reprint. A row whose id belongs to
        another record gets a suffix made of its content and address, the same on every run.
        """
        said, where = content(article), address(article)
        row = {**article, "content": said}
        if self.records.get(row["id"], (said, where)) != (said, where):
            row["id"] = f"{row['id']}~{hashlib.blake2b(f'{said}{where}'.encode(), digest_size=4).hexdigest()}"
            row["flags"] = [*(row["flags"] or ()), "id-taken"]
        if row["id"] in self.records:
            return None
        row["duplicate_of"] = self.originals.get(said)
        self.learn([row])
        return row
