"""The office that somebody is shown with: the one that is said, else the one of the day."""

import datetime as dt

import pyarrow as pa
import pytest

from analytics import gazetteer, mentions
from analytics.text.letters import clean
from analytics.text.words import Words

KNOWN = gazetteer.load()
SUMMER = dt.date(2022, 6, 1)


def offices(text: str, language: str, day: dt.date | None = SUMMER) -> list[tuple[str, str]]:
    """The officials of one text as they are written, each with the office."""
    articles = pa.table(
        {"id": ["a"], "published": pa.array([day], pa.date32()), "precision": ["day"], "language": [language]}
        | {"title": [""], "text": [clean(text)]}
    )
    found = mentions.find(articles, Words.of(articles), KNOWN).to_pylist()
    return [(m["surface"], m["role"]) for m in found if m["kind"] == "official"]


@pytest.mark.parametrize(
    ("text", "language", "day", "office"),
    [
        ("İlham Əliyev sərgini gəzib.", "az", None, "prezident (Azərbaycan)"),
        ("Вчера президент России Владимир Путин молчал.", "ru", None, "президент (Россия)"),
        ("Başbakan Yardımcısı Ali Babacan sustu.", "tr", None, "başbakan yardımcısı (Türkiye)"),
        ("Dışişleri Bakanı Ali Babacan sustu.", "tr", None, "dışişleri bakanı (Türkiye)"),
        ("Başbakan Recep Tayyip Erdoğan sustu.", "tr", SUMMER, "başbakan (Türkiye)"),
        ("Recep Tayyip Erdoğan sustu.", "tr", SUMMER, "cumhurbaşkanı (Türkiye)"),
        ("Recep Tayyip Erdoğan sustu.", "tr", dt.date(2005, 5, 1), "başbakan (Türkiye)"),
        ("Vladimir Putin was silent.", "en", dt.date(2010, 5, 1), "prime minister (Russia)"),
        ("Boris Johnson was silent.", "en", dt.date(2024, 5, 1), "prime minister (United Kingdom)"),
        ("Donald Trump bought a hotel.", "en", dt.date(2011, 5, 1), ""),
    ],
)
def test_a_known_official_has_the_office_that_is_said_else_that_of_the_day(
    text: str, language: str, day: dt.date | None, office: str
) -> None:
    """Said beside the name; else held on the day, or now; else the last before; never one of the future."""
    assert [role for _, role in offices(text, language, day)] == [office]
