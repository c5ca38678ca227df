"""The laws of `analytics.text.letters`."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analytics.text.letters import clean, fold, plain

ALPHABETS = "aəxıişğqöüçAƏXIİŞĞQÖÜÇâîûабвгәғқңөұүһіёАБВГӘҒҚҢӨҰҮҺІЁ'’-– \n.0123\u00ad\u200b\u0307\u00a0\u01dd"
texts = st.one_of(st.text(), st.text(alphabet=ALPHABETS))
languages = st.sampled_from(["", "az", "tr", "ru", "en", "kk"])


@given(texts)
@example("A\x1f\u0300")
@example("s\u200b\u0326")
@example("i\u0307\u0301")
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    """A cleaned text is left alone, so that offsets stay true however often a text passes by."""
    assert clean(clean(text)) == clean(text)


@given(texts, languages)
def test_folding_keeps_every_character_in_its_place(text: str, language: str) -> None:
    """Folded and plain forms of a cleaned text are as long as the text: a match there is a match here."""
    cleaned = clean(text)
    assert len(fold(cleaned, language)) == len(cleaned)
    assert len(plain(fold(cleaned, language))) == len(cleaned)


@given(texts, languages)
def test_folding_forgets_case(text: str, language: str) -> None:
    """Folding twice changes nothing more: there is one form to compare by."""
    once = fold(clean(text), language)
    assert fold(once, language) == once


@pytest.mark.parametrize(
    ("language", "word", "folded"),
    [
        ("az", "İRAN", "iran"),
        ("az", "QAZAXISTAN", "qazaxıstan"),
        ("tr", "IĞDIR", "ığdır"),
        ("en", "INDIA", "india"),
        ("ru", "Ёлка", "елка"),
        ("", "I", "i"),
    ],
)
def test_the_capital_i_is_lowered_by_the_rule_of_the_language(language: str, word: str, folded: str) -> None:
    """İ is always i; I is ı in Azerbaijani and Turkish, and i elsewhere."""
    assert fold(word, language) == folded


@pytest.mark.parametrize("name", ["İran", "Qazaxıstan", "Türkiyə", "Özbəkistan", "Ázerbaıjan", "Польша"])
def test_both_unicode_forms_of_a_word_are_one_word(name: str) -> None:
    """Composed and decomposed text are cleaned to the same characters."""
    assert clean(unicodedata.normalize("NFD", name)) == clean(name) == name


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("Azər\u00adbaycan", "Azərbaycan"),
        ("Bak\u200bı", "Bakı"),
        ("\ufeffXəbər", "Xəbər"),
        ("Böyük\u00a0Britaniya", "Böyük Britaniya"),
        ("Az\u01ddrbaycan", "Azərbaycan"),
        ("Аzərbaycаn", "Azərbaycan"),  # Cyrillic а
        ("Казаxстан", "Казахстан"),  # Latin x
        ("i\u0307ran", "iran"),
        ("bir\r\niki", "bir\niki"),
        ("sağdan\u202esola", "sağdansola"),
    ],
)
def test_what_scrapers_break_is_mended(broken: str, mended: str) -> None:
    """Invisible characters go, spaces and line breaks become common, look-alike letters return to their alphabet."""
    assert clean(broken) == mended


@pytest.mark.parametrize("text", ["трогатьIran", "Report и AZƏRTAC", "Müller – “ə”", "5 °C, 3½ м²"])
def test_what_a_reader_would_see_is_left_alone(text: str) -> None:
    """Words of two scripts glued together, quotation marks, dashes and signs are nobody's mistake to mend."""
    assert clean(text) == text
