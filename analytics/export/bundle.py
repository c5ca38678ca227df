"""What a download is made of, and the note that says how its figures came about."""

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from analytics import __version__
from analytics.charts import Caption
from analytics.cube import Cube
from analytics.filters import SENSE_WORDS, Filters, Translate

IMAGE_WIDTH = 1000  # pixels; doubled by `scale`, enough for a page of print
NAME = 110  # characters of a file name: Windows allows 255 for a whole path
LISTED = 4  # ids in a file name; of more it says how many

# Azerbaijani and Turkish letters without their marks, Russian and Kazakh ones in Latin. The rest is left to NFKD.
_SMALL = (
    dict(zip("əığöüşç", "eigousc", strict=True))
    | dict(zip("абвгдезийклмнопрстуфыәғқңөұүһі", "abvgdeziyklmnoprstufyagqnouuhi", strict=True))
    | {"ё": "yo", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "э": "e", "ю": "yu", "я": "ya"}
    | {"ь": "", "ъ": ""}
)
_LETTERS = str.maketrans(_SMALL | {"İ": "I"} | {k.upper(): v.capitalize() for k, v in _SMALL.items() if k != "ı"})


@dataclass(frozen=True, eq=False)
class Bundle:
    """One figure's data and all that must be known about it. `what` names it in files: attention, topics, outlets.

    `page` is where it is seen, from the root of the host on: /mentions; `own` are that page's own parameters, such as
    the story it shows.
    """

    what: str
    frame: pd.DataFrame
    filters: Filters
    caption: Caption
    version: str
    made: dt.datetime
    language: str
    t: Translate
    page: str
    own: Mapping[str, Sequence[str]]


def bundle(
    what: str,
    frame: pd.DataFrame,
    cube: Cube,
    filters: Filters,
    caption: Caption,
    *,
    page: str,
    own: Mapping[str, Sequence[str]] | None = None,
    t: Translate = str,
    language: str = "en",
    made: dt.datetime | None = None,
) -> Bundle:
    """A figure ready to be written; `made` is now unless given."""
    made = made or dt.datetime.now(dt.UTC).replace(microsecond=0)
    return Bundle(what, frame, filters, caption, cube.version, made, language, t, page, own or {})


# What each column of a frame of `trends` means: the words of the method note.
COLUMNS: dict[str, str] = {
    "period": "the period: a day, an ISO week, a month, a quarter or a year",
    "start": "first day",
    "end": "last day, included",
    "first": "first day",
    "last": "last day",
    "entity": "id of the entity: ISO 3166 code of a country, or a short name",
    "name": "name",
    "kind": "country, official or organisation",
    "role": "the role in which an official is mentioned most",
    "topic": "id of the topic",
    "term": "a word or name that spoke for the topic",
    "weight": "how much it spoke, summed over the articles",
    "coverage": "articles that mention the entity, or belong to the topic; empty where there was no article at all",
    "mentions": "how often it is mentioned in them",
    "titled": "articles that mention it in the title",
    "articles": "all articles of the period in this part of the corpus: the denominator",
    "attention": "coverage ÷ articles; of a week or month the sum over the sum, never a mean of daily shares",
    "total": "summed coverage of all entities compared here",
    "voice": "share of voice: coverage ÷ summed coverage of the compared entities",
    "share": "share of all articles",
    "apart": "further articles dated only to a month or year that overlaps the period, counted in none",
    "partial": "the period is cut by the filters, or was not over when the corpus ends",
    "reason": "why a figure is missing or not whole: empty (no article at all), cut, unfinished",
    "small": "so few articles that a share says little",
    "reprints": "word-for-word reprints of other articles, not counted",
    "outlets": "outlets that published in it",
    "languages": "languages it was written in",
    "cumulative": "articles up to the end of the period",
    "outlet": "who published it",
    "language": "language code",
    "story": "id of the story",
    "title": "title, letter for letter",
    "url": "where the outlet has the article",
    "copy_of": "the article that this one repeats almost word for word",
    "adds": "a sentence of it that no earlier report had",
    "id": "id of the article",
    "published": "date, as precise as it is known",
    "precision": "how precise the date is: day, month or year",
    "reprint": "repeats another article word for word",
    "a": "id of the first entity",
    "b": "id of the second entity",
    "name_a": "name of the first entity",
    "name_b": "name of the second entity",
    "coverage_a": "articles that mention the first",
    "coverage_b": "articles that mention the second",
    "lift": "how many times more often together than if chance had thrown them together",
    "filters": "the question, as in the address of the page",
    "corpus_version": "the version of the corpus the figures were counted in",
    "made": "when this file was made",
}


def note(some: Bundle) -> list[tuple[str, str]]:
    """The method note, line by line: what it is about, and what is to be said."""
    t = some.t
    made = some.made.strftime("%Y-%m-%d %H:%M %Z").strip()
    lines = [
        (t("Figure"), some.caption.title),
        (t("Filters"), some.caption.subtitle),
        (t("Countries count when named"), ", ".join(t(SENSE_WORDS[s]) for s in some.filters.senses)),
        (t("Address"), address(some)),
        *((t("Source"), line) for line in some.caption.source),
        (t("Corpus version"), some.version),
        (t("Made"), made),
        (t("Program"), f"Jarchi {__version__}"),
    ]
    return lines + [(column, t(COLUMNS[column])) for column in map(str, some.frame.columns) if column in COLUMNS]


def method(some: Bundle) -> str:
    """The method note as text."""
    return "\n".join(f"{about}: {said}" for about, said in note(some)) + "\n"


def query(some: Bundle) -> bytes:
    """The question as JSON: enough to ask it again of the same corpus."""
    asked: dict[str, Any] = {
        "what": some.what,
        "filters": some.filters.to_query(),
        "address": address(some),
        "described": some.caption.subtitle,
        "corpus_version": some.version,
        "made": some.made.isoformat(),
        "program": f"jarchi {__version__}",
    }
    return (json.dumps(asked, ensure_ascii=False, indent=2) + "\n").encode()


def address(some: Bundle) -> str:
    """Where the app shows this figure, from the root of its host on: /mentions?entities=KZ."""
    asked = urlencode({**some.filters.to_query(), **some.own}, doseq=True)
    return f"{some.page}?{asked}" if asked else some.page


def question(filters: Filters) -> str:
    """The filters as the query part of an address."""
    return urlencode(filters.to_query(), doseq=True)


def slug(text: str) -> str:
    """ASCII letters, digits and dashes, for a file name: Səfər -> Sefer."""
    latin = unicodedata.normalize("NFC", text).translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")


def file_name(what: str, filters: Filters, ending: str = "") -> str:
    """A name that says what is inside: jarchi-attention-KZ-TR-2020-01-01-2020-12-31-by-month."""
    groups = (filters.entities, filters.topics, filters.outlets, filters.languages)
    parts = ["jarchi", what]
    for ids in groups:
        parts += [*ids[:LISTED], *([f"and-{len(ids) - LISTED}-more"] if len(ids) > LISTED else [])]
    parts += [filters.query, *(day.isoformat() for day in (filters.start, filters.end) if day), f"by-{filters.by}"]
    name = "-".join(part for part in map(slug, parts) if part)
    if len(name) > NAME:  # cut names stay apart: the digest differs when the filters do
        name = f"{name[:NAME]}-{filters.digest()}"
    return name + ending


def image_options(what: str, filters: Filters, height: int) -> dict[str, Any]:
    """What `Plotly.toImage` is told of a figure so many pixels high; the page adds `format` (png or svg)."""
    return {
        "filename": file_name(what, filters),
        "width": IMAGE_WIDTH,
        "height": height,
        "scale": 2,
    }
