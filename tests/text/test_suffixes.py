"""Each language's endings, tried on what may follow a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.text import az, en, kk, ru, stems, stop_words, tr
from analytics.text.letters import plain
from analytics.text.suffixes import Suffixes

CHAINS = {
    "az": "ın nın a ya ə yə ı nı i ni da də dan dən la lə yla dakı dəki dakılar dakılardan dır dədir sa dasınızsa "
    "dandır lar lara mız nda ndakı nın nə ydı dirmi "
    "ınkı dakının",
    "tr": "ın nin a ya e ye ı yı da de dan den ta te tan ten la yla daki deki dır tır lar nda ndaki ninki",
    "kk": "ның нің дың ты ға қа ге ке да де та те дан нан тан мен бен пен дағы дегі тағы лар ның ды дағыларға дікі нын",
    "en": "s",
}
NATIONAL = {"az": "lı li lu lü lılar lıların lının", "tr": "lı li lu lü lılar lıların", "kk": "лық дық тік лықтар"}
OTHER = {
    "az": "lıq çılıq pərəst sayağı ca liyyə yalnız ala au ki",  # -kı follows a place or an owner, and no case a case
    "tr": "lık ca cı ki kinin ana",
    "kk": "ша шыл ғы аға",
    "en": "ity ian",
}
GRAMMARS: dict[str, Suffixes] = {"az": az.SUFFIXES, "tr": tr.SUFFIXES, "kk": kk.SUFFIXES, "en": en.SUFFIXES}


def cases(lists: dict[str, str]) -> list[tuple[str, str]]:
    """Every ending with its language."""
    return [(language, ending) for language, endings in lists.items() for ending in endings.split()]


@pytest.mark.parametrize(("language", "ending"), cases(CHAINS))
def test_an_ending_of_the_grammar_leaves_the_name_a_name(language: str, ending: str) -> None:
    """Case, possessive, plural, relational, copula and question endings are read, in any order the grammar has."""
    assert GRAMMARS[language].reading(plain(ending)) == "name"


@pytest.mark.parametrize(("language", "ending"), cases(NATIONAL))
def test_the_suffix_of_a_nationality_is_said_to_be_one(language: str, ending: str) -> None:
    """A person of the country is not the country, with any case after."""
    assert GRAMMARS[language].reading(plain(ending)) == "demonym"


@pytest.mark.parametrize(("language", "ending"), cases(OTHER))
def test_what_the_grammar_does_not_make_is_another_word(language: str, ending: str) -> None:
    """Suffixes that build new words, and letters that are no suffix, end the reading."""
    assert GRAMMARS[language].reading(plain(ending)) is None


def test_the_parts_of_an_ending_are_named() -> None:
    """An explanation names each slot and leaves no letter over."""
    parts = az.SUFFIXES.parts("dakilardan")
    assert [slot for slot, _ in parts] == ["case", "relational", "relational_plural", "relational_case"]
    assert "".join(part for _, part in parts) == "dakilardan"


@given(st.sampled_from(sorted(GRAMMARS)), st.text(alphabet="adeiklmnrstuy", min_size=1, max_size=8))
def test_an_explained_ending_is_explained_whole(language: str, ending: str) -> None:
    """Whatever reads as an ending has parts that put together are the ending; whatever does not has none."""
    grammar = GRAMMARS[language]
    whole = "".join(part for _, part in grammar.parts(ending))
    assert whole == (ending if grammar.reading(ending) else "")


@pytest.mark.parametrize(
    ("word", "some"),
    [
        ("казахстан", "казахстана казахстану казахстаном казахстане"),
        ("турция", "турции турцию турцией"),
        ("россия", "россии россию россией"),
        ("польша", "польши польше польшу польшей"),
        ("израиль", "израиля израилю израилем израиле"),
        ("китай", "китая китаю китаем китае"),
        ("азербайджанский", "азербайджанского азербайджанской азербайджанские азербайджанскую"),
        ("азербайджанец", "азербайджанца азербайджанцы азербайджанцев азербайджанцами"),
        ("токаев", "токаева токаеву токаевым токаеве"),
    ],
)
def test_russian_words_have_the_forms_of_their_declension(word: str, some: str) -> None:
    """The forms that a newspaper prints are among those the grammar makes."""
    assert set(some.split()) <= ru.forms(word)


@pytest.mark.parametrize(
    ("word", "other"), [("мали", "малина"), ("перу", "перо"), ("того", "тога"), ("чили", "число"), ("самоа", "само")]
)
def test_russian_words_that_do_not_decline_stay_as_they_are(word: str, other: str) -> None:
    """A name in a vowel that no declension has keeps one form, and words that begin alike are not it."""
    assert ru.forms(word) == {word}
    assert other not in ru.forms(word)


def test_a_russian_ending_is_spelt_as_its_letter_asks() -> None:
    """и stands behind к and ы behind н: `Гани` is a surname and no form of Гана."""
    assert {"ганы", "америки"} <= ru.forms("гана") | ru.forms("америка")
    assert not {"гани", "америкы", "ирани"} & (ru.forms("гана") | ru.forms("америка") | ru.forms("иран"))


@pytest.mark.parametrize(
    ("word", "plural", "singular"),
    [
        ("ливан", "ливанов ливаны ливанами", "ливан ливана ливаном ливане"),
        ("корея", "корей кореям", "корея кореи кореей"),
        ("китай", "китаев китаи", "китай китая китае"),
        ("куба", "куб кубам", "куба кубы кубе"),
        ("филиппины", "", "филиппины филиппин филиппинах"),
    ],
)
def test_a_plural_is_told_from_the_singular(word: str, plural: str, singular: str) -> None:
    """A form that the singular has as well is none of the plural alone; a name in the plural has no singular."""
    assert all(ru.is_plural(form, word) for form in plural.split())
    assert not any(ru.is_plural(form, word) for form in singular.split())


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("az", "diasporun diasporla"),
        ("ru", "переговоры переговоров"),
        ("en", "visits visited"),
        ("tr", "görüşmede görüşmeler"),
    ],
)
def test_forms_of_one_word_are_counted_together(language: str, forms: str) -> None:
    """Inflected forms share a stem."""
    assert len(set(stems(forms.split(), language))) == 1


def test_a_language_without_a_grammar_is_cut_alike() -> None:
    """Forms of a word share their beginning in any language, letters are folded, and nothing is a stop word."""
    assert len(set(stems(["Élection", "élections"], "fr"))) == 1
    assert stems(["Été"], "fr") == ["été"]
    assert stop_words("fr") == frozenset()
