"""The laws of `analytics.gazetteer`: what a file may say, and how a fault in it is told."""

from collections.abc import Callable
from pathlib import Path

import pytest
from babel import Locale

from analytics import gazetteer
from analytics.errors import GazetteerError
from analytics.model import LANGUAGES

Overlay = Callable[[str], Path]
PERSON = '[[official]]\nid = "sadiq-denizli"\nname = { az = "Sadıq Dənizli" }\noffices = [\n  {%s},\n]\n'


@pytest.fixture
def overlay(tmp_path: Path) -> Overlay:
    """Lays one file of the analyst's own over ours."""

    def lay(content: str) -> Path:
        (tmp_path / "entities").mkdir(exist_ok=True)
        (tmp_path / "entities" / "own.toml").write_text(content, "utf-8")
        return tmp_path

    return lay


def test_our_own_files_have_no_fault() -> None:
    """What ships loads, and the check of it is empty."""
    assert gazetteer.faults() == []


def test_every_state_of_cldr_is_there_in_five_languages() -> None:
    """Every present-day state that Unicode names, Kosovo and Northern Cyprus have a name in every language."""
    known = gazetteer.load().of("country")
    ids = {country.id for country in known}
    assert {"AZ", "TR", "KZ", "XK", "XN", "PS", "VA", "TW"} <= ids <= {*Locale("en").territories, "XN"}
    assert len(ids) >= 195
    assert all(country.names.keys() == {*LANGUAGES} for country in known)


def test_the_gazetteer_is_large_enough_to_be_useful() -> None:
    """Names of 20 offices and more, hundreds of holders, and bodies that they belong to."""
    known = gazetteer.load()
    assert len(known.roles) >= 60
    assert len(known.of("official")) >= 300
    assert {"ots", "diaspora-committee"} <= {body.id for body in known.of("organisation")}


def test_an_analysts_file_adds_to_ours_and_changes_the_digest(overlay: Overlay) -> None:
    """A person of one's own is known beside ours; results made before are recognisably of another gazetteer."""
    laid = gazetteer.load(overlay(PERSON % ' role = "minister", country = "AZ", from = "2020" '))
    assert laid.entities["sadiq-denizli"].name() == "Sadıq Dənizli"
    assert "fuad-muradov" in laid.entities
    assert laid.digest != gazetteer.load().digest


def test_loading_twice_gives_one_digest() -> None:
    """The digest depends on the files and the method alone."""
    assert gazetteer.load().digest == gazetteer.load().digest


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (PERSON % ' role = "wizard", country = "AZ" ', "own.toml, line 2.*role wizard"),
        (PERSON % ' role = "minister", country = "QQ" ', "own.toml, line 2.*no country QQ"),
        (PERSON % ' role = "chair", organisation = "nobody" ', "own.toml, line 2.*no organisation nobody"),
        (
            PERSON % ' role = "minister", country = "AZ", from = "2021", to = "2020" ',
            "own.toml, line 2.*before it begins",
        ),
        (PERSON % ' role = "minister", country = "AZ", from = "2021-13" ', "own.toml, line 2.*2021-13"),
        ('[[official]]\nid = "a b"\nname = { az = "A" }\noffices = []\n', "own.toml, line 2.*hyphens"),
        ('[[official]]\nid = "sadiq"\nname = { en = "A" }\noffices = []\n', "own.toml, line 2.*name.az"),
        ('[[official]]\nid = "sadiq"\nnaem = "x"\n', "own.toml, line 2.*naem"),
        ('[[country]]\nid = "Azerbaijan"\nname = { az = "A" }\n', "own.toml, line 2.*two-letter"),
        ('[[country]]\nid = "AZ"\nname = { az = "A" }\n', "the id AZ is taken by countries.toml"),
        ('[[organisation]]\nid = "own"\nname = { az = "Öz" }\nstrong.az = ["ABŞ"]\n', "ABŞ"),
        ('[[organisation]]\nid = "own"\nname = { az = "Öz" }\npublic = true\n', "own.toml, line 2.*that has a country"),
        (
            '[[organisation]]\nid = "own"\nname = { az = "Öz" }\ncountry = "AZ"\npublic = "yes"\n',
            "own.toml, line 2.*true or false",
        ),
        ("[[official]\n", "own.toml.*not valid TOML.*line 1"),
        ("[[offical]]\nid = 1\n", "unknown section"),
        ('[[official]]\nid = "sadiq"\nname = "Fuad"\n', "own.toml, line 2.*name is given per language"),
        (
            '[[official]]\nid = "sadiq"\nname.az = "A"\noffices = ["minister"]\n',
            "own.toml, line 2.*offices is a list of",
        ),
        ('[official]\nid = "sadiq"\n', r"own.toml: \[official\] is written in two brackets"),
        ('not_names = ["Yeni Dünya"]\n', r"own.toml: \[not_names\].*a list per language"),
        ('[role]\nminister = "nazir"\n', r"own.toml: a role is a table of its own"),
        ('[role.minister]\nwords = "nazir"\n', r"own.toml: \[role.minister\]: words is a list per language"),
        (
            '[[organisation]]\nid = "own"\nname.az = "A"\n[[organisation]]\nid = "own"\nname.az = "B"\n',
            "own.toml, line 5: the id own is taken by own.toml, line 2",
        ),
    ],
)
def test_a_fault_is_told_with_file_and_line(overlay: Overlay, content: str, says: str) -> None:
    """Each kind of mistake stops the loading with a message that says where it is and what is wrong."""
    with pytest.raises(GazetteerError, match=says):
        gazetteer.load(overlay(content))


def test_the_check_names_every_fault_at_once(overlay: Overlay) -> None:
    """An analyst who is editing sees all that is wrong, not only the first."""
    both = PERSON % ' role = "wizard", country = "QQ" '
    assert len(gazetteer.faults(overlay(both))) == 2


def test_an_office_is_called_by_its_language() -> None:
    """A role has a title in the language asked for, and its id where nobody knows it."""
    known = gazetteer.load()
    assert known.offices.title("president", "ru") == "президент"
    assert known.offices.title("president", "fr") == "prezident"
    assert known.offices.title("unheard-of", "az") == "unheard-of"


def test_an_office_is_told_in_another_language() -> None:
    """What an article in one language calls an official's office is the same office in the reader's."""
    known = gazetteer.load()
    offices = known.offices
    assert offices.told("президент (Казахстан)", "az") == "prezident (Qazaxıstan)"
    assert offices.told("səfir (Azərbaycan → İtaliya)", "en") == "ambassador (Azerbaijan → Italy)"
    for official in known.of("official"):
        titles = [{known.roles[term.role].names[language] for term in official.terms} for language in LANGUAGES]
        if len({len(some) for some in titles}) > 1:
            continue  # two of their offices have one title in some language
        for term in official.terms:
            places = (term.country, term.organisation, term.to_country)
            said = {offices.told(offices.called(term.role, one, places), "az", official.id) for one in LANGUAGES}
            assert said == {offices.called(term.role, "az", places)}


def test_an_office_that_cannot_be_told_stays_as_it_is() -> None:
    """A title that is nobody's, or that of two offices, is not translated; nor is a place that has no name there."""
    offices = gazetteer.load().offices
    assert offices.told("başkan (Kızılay)", "en") == "başkan (Kızılay)"
    assert offices.told("главный по тарелочкам (Россия)", "az") == "главный по тарелочкам (Россия)"
    assert offices.told("президент (Союз друзей)", "az") == "prezident (Союз друзей)"
    assert offices.told("", "az") == ""
