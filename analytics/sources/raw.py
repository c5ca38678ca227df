"""What a reader takes out of a file before anybody has judged it: one record, its fields still as they stood."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from analytics.text.letters import fold, plain

FIELDS = ("id", "date", "title", "text", "outlet", "url", "language")

# Column and key names that mean each field. The first that is there and not empty is taken.
SYNONYMS: dict[str, tuple[str, ...]] = {
    name: tuple(words.split())
    for name, words in {
        "id": "id article_id articleid doc_id docid guid uid uuid _id nömrə",
        "date": "date published published_at publish_date publication_date pub_date pubdate date_published "
        "datepublished datetime time timestamp created_at created tarix tarih дата күні",
        "title": "title headline heading name başlıq başlık заголовок название тақырып",
        "text": "text body content article fulltext full_text article_text maintext description mətn metn metin içerik "
        "текст содержание мәтін",
        "outlet": "outlet source publisher site sitename site_name newspaper media domain mənbə nəşr kaynak источник "
        "издание дереккөз",
        "url": "url link href web_url permalink address keçid ссылка сілтеме ünvan",
        "language": "language lang locale dil язык тіл",
    }.items()
}


def column_name(name: str) -> str:
    """The name of a column without its case, its diacritics and what exports wrap it in: `BAŞLIK` is `baslik`."""
    return "_".join(plain(fold(str(name).strip("\ufeff \t\"'"))).split())


_FIELDS_OF = {f: tuple(column_name(name) for name in names) for f, names in SYNONYMS.items()}
KNOWN_COLUMNS = frozenset(name for names in _FIELDS_OF.values() for name in names)


@dataclass(frozen=True, slots=True)
class Raw:
    """One record: `record` says where in the file it stood, `values` holds some of `FIELDS`."""

    record: str
    values: Mapping[str, str]
    flags: tuple[str, ...] = ()
    original: str | None = None


@dataclass(frozen=True, slots=True)
class Bad:
    """One record that cannot be read: where it stood, why, and a piece of it."""

    record: str
    reason: str
    sample: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column or key of a table holds which field."""

    of: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    @lru_cache(maxsize=32)  # the records of a JSON file have the same few sets of keys
    def among(cls, names: tuple[str, ...]) -> "Columns":
        """Find the fields among these column names, whatever their case."""
        by_name = {column_name(name): name for name in reversed(names)}
        return cls({f: tuple(by_name[s] for s in same if s in by_name) for f, same in _FIELDS_OF.items()})

    @property
    def readable(self) -> bool:
        """Whether there is anything to make an article of."""
        return bool(self.of["text"] or self.of["title"])

    def values(self, row: Mapping[str, Any]) -> dict[str, str]:
        """The fields of one row as text."""
        found = {}
        for name, columns in self.of.items():
            for column in columns:
                value = row.get(column)
                if text := value if type(value) is str else as_text(value):
                    found[name] = text
                    break
        return found


def as_text(value: Any) -> str:
    """A cell or a JSON value as text; a list of paragraphs is joined, a nested object is nothing."""
    if value is None or isinstance(value, bool | dict):
        return ""
    if isinstance(value, list | tuple):
        return "\n\n".join(text for item in value if (text := as_text(item)))
    if isinstance(value, float):
        return "" if value != value else f"{value:.0f}" if value.is_integer() else repr(value)  # noqa: PLR0124 (NaN)
    return str(value)
