"""Recognition held against generated text: any name, in any form its grammar makes, is found exactly there."""

import unicodedata

import pyarrow as pa
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analytics import gazetteer, mentions
from analytics.mentions.common import NEEDS_COMPANY
from analytics.model import Entity
from analytics.text.letters import clean
from analytics.text.words import Words

KNOWN = gazetteer.load()
COUNTRIES = KNOWN.of("country")
# Endings after a vowel and after a consonant; both sets of vowels are read, as loan names break harmony.
AFTER_VOWEL = "nın yа da dan yla dakı nındır lar".replace("а", "a").split()
AFTER_CONSONANT = "ın a da dan la dakı dandır lar".split()
# Words that no name begins or ends with, so that nothing else is in the text.
FILLING = st.lists(st.sampled_from("bu gün sabah yeni məktəb, kitab alma bağ. evdə yolda su".split()), max_size=6)
FORMS = st.sampled_from(["NFC", "NFD", "soft", "zero"])


def damage(text: str, form: str) -> str:
    """The text as a keyboard or a scraper may leave it."""
    if form in {"NFC", "NFD"}:
        return unicodedata.normalize(form, text)
    mark = {"soft": "\u00ad", "zero": "\u200b"}[form]
    return text[:1] + mark + text[1:]


def countries_in(text: str) -> list[tuple[str, int, int]]:
    """The countries named in an Azerbaijani text."""
    table = pa.table(
        {"id": ["a"], "published": [None], "precision": [None], "language": ["az"], "title": [""], "text": [text]}
    )
    found = mentions.find(table, Words.of(table), KNOWN).to_pylist()
    return [(m["entity"], m["start"], m["end"]) for m in found if m["kind"] == "country" and m["sense"] == "name"]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(COUNTRIES), st.integers(0, 20), FILLING, FILLING, FORMS)
def test_any_country_in_any_case_in_any_unicode_form_is_found(
    country: Entity, ending: int, before: list[str], after: list[str], form: str
) -> None:
    """A name with an ending of the grammar is found with exact offsets, alone in words that are not names."""
    name = country.name()
    endings = ["", *(AFTER_VOWEL if name[-1] in "aeəıioöuü" else AFTER_CONSONANT)]
    joint = "-" if name.isupper() else ""
    tail = endings[ending % len(endings)]
    assume(tail or name.casefold() not in NEEDS_COMPANY["az"])  # a bare `Butan` may be the gas: it needs company
    words = [*before, damage(name, form) + (joint + tail if tail else ""), *after]
    text = clean(" ".join(words))
    start = len(clean(" ".join(before))) + bool(before)
    assert countries_in(text) == [(country.id, start, start + len(clean(name)))]


@settings(max_examples=300, deadline=None)
@given(st.text(), st.text(alphabet="AÇİRTMQabıiən -’.,\nüÜ", max_size=60))
def test_no_text_breaks_recognition_and_every_mention_is_what_stands_there(noise: str, letters: str) -> None:
    """Whatever a text holds, there is an answer, and each surface is the text at its offsets."""
    text = clean(noise + letters)
    table = pa.table(
        {"id": ["a"], "published": [None], "precision": [None], "language": ["az"], "title": [text], "text": [text]}
    )
    for one in mentions.find(table, Words.of(table), KNOWN).to_pylist():
        assert one["surface"] == text[one["start"] : one["end"]] != ""
        assert one["entity"]
        assert one["rule"]
