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


@dataclass(slots=True)
class Known:
    """The identities in a corpus: the content of each id, and the first article of each content."""

    contents: dict[str, str] = field(default_factory=dict)
    originals: dict[str, str] = field(default_factory=dict)

    def learn(self, ids: Iterable[str], contents: Iterable[str], originals: Iterable[str | None]) -> None:
        """Take in rows of the articles table."""
        for article, said, original in zip(ids, contents, originals, strict=True):
            self.contents[article] = said
            if original is None:
                self.originals.setdefault(said, article)

    def admit(self, article: dict[str, Any]) -> dict[str, Any] | None:
        """The row to keep for this record, or None when the corpus already has it.

        A row whose content is there under another id is marked as a reprint. A row whose id belongs to another
        article gets a suffix made of its content, the same on every run.
        """
        said = content(article)
        row = {**article, "content": said}
        if self.contents.get(row["id"], said) != said:
            row["id"] = f"{row['id']}~{said[:8]}"
            row["flags"] = [*(row["flags"] or ()), "id-taken"]
        if row["id"] in self.contents:
            return None
        row["duplicate_of"] = self.originals.get(said)
        self.learn([row["id"]], [said], [row["duplicate_of"]])
        return row
