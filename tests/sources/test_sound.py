"""The law of `analytics.sources.sound`: a text that is called sound is one that mending leaves as it is."""

import unicodedata

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analytics.sources import sound as module
from analytics.sources.decode import undo_mojibake
from analytics.sources.sound import sound
from analytics.text.letters import clean

GOOD = "Təhlükəsizlik məsələləri üzrə görüş. Путь из Баку в Стамбул – «Шёлковый путь», NATO.\n\nThe end… “Qarabağ”"
# What makes trouble, among what does not.
LETTERS = "aıIiİəğŞșǝзаРСÃÅЂѓ€ž \n\t\r«»–“”…\u0307\u0301\u00ad\u200b\u00a0\u2028\ufeff\ufffd\x9d😀한ᅡ각" + "Ђ°ѕ"


def untouched(text: str) -> bool:
    """Whether the slow way leaves the text as it is."""
    return clean(undo_mojibake(text)) == text


def test_ordinary_text_is_sound() -> None:
    """Sentences in our alphabets, with the punctuation that outlets use, are not looked at twice."""
    assert sound([GOOD, "", "plain", "Сəрһəд"]) == [True, True, True, False]


@given(st.lists(st.one_of(st.text(), st.text(LETTERS), st.text(LETTERS, min_size=12)), max_size=6))
def test_what_is_sound_needs_no_mending(texts: list[str]) -> None:
    """Whatever stands in a text and in those beside it."""
    told = sound(texts)
    assert len(told) == len(texts)
    for text, fine in zip(texts, told, strict=True):
        assert not fine or untouched(text)


@given(
    st.text("Təhlükə Путь görüş ğışçö «»–“”…’№", min_size=4), st.sampled_from(["cp1252", "cp1254", "cp1251", "latin-1"])
)
def test_misread_text_is_never_sound(text: str, encoding: str) -> None:
    """UTF-8 read as any of the encodings it is misread as is looked at, and so mended where it can be."""
    misread = text.encode().decode(encoding, "replace")
    assert untouched(misread) or sound([misread]) == [False]


def test_no_two_sound_characters_are_composed() -> None:
    """Side by side, any two characters that are sound alone are what NFC makes of them."""
    kinds = module._table()
    alone = [chr(point) for point in np.flatnonzero((kinds & module._ODD) == 0)]
    assert len(alone) > 1_000
    for first in alone:
        pairs = "".join(f"{first}{second}" for second in alone)
        assert unicodedata.is_normalized("NFC", pairs), first
