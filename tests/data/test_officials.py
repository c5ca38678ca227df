"""The gazetteer's people, bodies and offices keep the promises that their files' headers make."""

import datetime as dt
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel import Locale

from analytics.model import LANGUAGES
from analytics.text.letters import fold

ENTITIES = Path(__file__).resolve().parents[2] / "data" / "entities"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
# CLDR also lists groupings and test codes, which are no states; XN is this project's code for Northern Cyprus.
STATES = {code for code in map(str, Locale("en").territories) if re.fullmatch("[A-Z]{2}", code)} - set(
    "EU EZ UN XA XB ZZ".split()
)
STATES.add("XN")

FILES = {path.name: tomllib.loads(path.read_text("utf-8")) for path in sorted(ENTITIES.glob("*.toml"))}
ROLES: dict[str, Any] = FILES["roles.toml"]["role"]
OFFICIALS: list[dict[str, Any]] = [row for data in FILES.values() for row in data.get("official", [])]
ORGANISATIONS: list[dict[str, Any]] = [row for data in FILES.values() for row in data.get("organisation", [])]
ROWS = OFFICIALS + ORGANISATIONS
OFFICES = [(row["id"], office) for row in OFFICIALS for office in row["offices"]]


def first_day(value: str) -> dt.date:
    """The first day of a partial date; ValueError when there is no such day."""
    return dt.date.fromisoformat(value + "-01-01"[len(value) - 4 :])


def last_day(value: str) -> dt.date:
    """The last day of a partial date, near enough to compare by: the 28th is in every month."""
    return dt.date.fromisoformat(value + "-12-28"[len(value) - 4 :])


def spellings(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Language and spelling of every form of a row that suffices by itself."""
    yield from row["name"].items()
    for language, forms in row.get("strong", {}).items():
        yield from ((language, form) for form in forms)


def test_there_are_enough_of_them() -> None:
    """A number far outside the band means a lost file: six hundred officials is the least the project promises."""
    assert 1500 <= len(OFFICIALS) <= 4000
    assert 100 <= len(ORGANISATIONS) <= 1000


def test_ids_are_slugs_and_belong_to_one_row() -> None:
    """An id is lower-case ASCII and names one entity in the whole gazetteer."""
    ids = [row["id"] for row in ROWS]
    assert [i for i in ids if not SLUG.fullmatch(i)] == []
    assert sorted({i for i in ids if ids.count(i) > 1}) == []


@pytest.mark.parametrize("name", FILES)
def test_a_file_explains_its_fields(name: str) -> None:
    """A file's header names every field that its rows use, so that an analyst needs no manual."""
    text = (ENTITIES / name).read_text("utf-8")
    header = text.split("\n\n")[0]
    assert header.startswith("# ")
    for kind in ("official", "organisation"):
        fields = {field for row in FILES[name].get(kind, []) for field in row}
        assert [field for field in sorted(fields) if field not in header] == []


def test_names_are_given_in_three_languages() -> None:
    """Every row has an Azerbaijani and an English name, and a Russian one in Cyrillic for people."""
    for row in ROWS:
        assert {"az", "en", "ru"} <= row["name"].keys(), row["id"]
        assert set(row["name"]) | set(row.get("strong", {})) | set(row.get("weak", {})) <= set(LANGUAGES), row["id"]
    ordinal = re.compile(r"\b[IVX]+\b")  # Елизавета II
    latin = [row["id"] for row in OFFICIALS if re.search("[A-Za-zƏəİı]", ordinal.sub("", row["name"]["ru"]))]
    assert latin == []


def test_latin_names_are_written_in_latin_letters() -> None:
    """No Cyrillic look-alike letter hides in an Azerbaijani, Turkish or English name."""
    mixed = [
        (row["id"], form)
        for row in ROWS
        for language, form in spellings(row)
        if language in {"az", "tr", "en"} and re.search("[\u0400-\u04ff]", form)
    ]
    assert mixed == []


def test_people_have_more_than_one_name() -> None:
    """No spelling of a person that suffices by itself is a single word: "Filip" alone is half of Europe."""
    assert [(row["id"], form) for row in OFFICIALS for _, form in spellings(row) if not re.search("[ -]", form)] == []


def test_a_strong_spelling_belongs_to_one_entity() -> None:
    """Two entities never share a spelling that suffices by itself; the ambiguous one is weak in both."""
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in ROWS:
        for language, form in spellings(row):
            owners[language, fold(form, language)].add(row["id"])
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}


def test_no_spelling_is_listed_twice() -> None:
    """A spelling stands once in its row: a name is not repeated among the strong or weak forms."""
    repeated = []
    for row in ROWS:
        forms = list(spellings(row)) + [(lang, f) for lang, fs in row.get("weak", {}).items() for f in fs]
        repeated += [(row["id"], form) for form in set(forms) if forms.count(form) > 1]
    assert repeated == []


def test_offices_refer_to_what_exists() -> None:
    """Each office has a role of roles.toml; its countries and organisation are known."""
    organisations = {row["id"] for row in ORGANISATIONS}
    for who, office in OFFICES:
        assert office["role"] in ROLES, (who, office)
        assert {office[key] for key in ("country", "to_country") if key in office} <= STATES, (who, office)
        assert office.get("organisation", next(iter(organisations))) in organisations, (who, office)


def test_an_office_says_of_whom() -> None:
    """An office belongs to a country or an organisation, unless its holder is history and so is the state."""
    homeless = [
        row["id"]
        for row in OFFICIALS
        for office in row["offices"]
        if not office.keys() & {"country", "organisation"} and not row.get("historical")
    ]
    assert homeless == []


def test_ambassadors_of_states_are_accredited_somewhere() -> None:
    """`to_country` stands with ambassadors and consuls only, and is never their own country."""
    diplomats = {"ambassador", "consul", "charge-daffaires", "permanent-representative"}
    for who, office in OFFICES:
        if "to_country" in office:
            assert office["role"] in diplomats, (who, office)
            assert office["to_country"] != office.get("country"), (who, office)


def test_dates_exist_and_are_in_order() -> None:
    """`from` and `to` are partial dates of days that exist, and an office does not end before it starts."""
    for who, office in OFFICES:
        for value in (office[key] for key in ("from", "to") if key in office):
            assert PARTIAL_DATE.fullmatch(value), (who, value)
            assert 1900 <= first_day(value).year <= 2026, (who, value)
        if {"from", "to"} <= office.keys():
            assert first_day(office["from"]) <= last_day(office["to"]), (who, office)


def test_history_has_ended() -> None:
    """A historical person holds no office after 2014."""
    late = [
        row["id"]
        for row in OFFICIALS
        if row.get("historical") and any(first_day(o.get("to", "1900")).year > 2014 for o in row["offices"])
    ]
    assert late == []


ALONE = {"president", "prime-minister", "foreign-minister", "supreme-leader", "king"}  # one holder at a time
PAIRS = [
    (role, country, who, office)
    for who, office in OFFICES
    if (role := office["role"]) in ALONE and (country := office.get("country")) and {"from"} <= office.keys()
]


def test_one_president_at_a_time() -> None:
    """Two people do not hold a state's highest offices in the same months, so that a title finds one person.

    A year of overlap is let pass where a term is only known by its years. Bosnia and Herzegovina has three
    members of a presidency and is left out.
    """
    rivals = []
    for index, (role, country, who, office) in enumerate(PAIRS):
        for role2, country2, who2, office2 in PAIRS[index + 1 :]:
            if (role, country) != (role2, country2) or who == who2 or country == "BA":
                continue
            starts = max(first_day(office["from"]), first_day(office2["from"]))
            ends = min(last_day(office.get("to", "2026")), last_day(office2.get("to", "2026")))
            if (ends - starts).days > 366:
                rivals.append((role, country, who, who2))
    assert rivals == []


def test_roles_are_named_and_announced_in_every_language() -> None:
    """A role has a title and at least one word in each language; words are lower-case and not repeated."""
    for role, row in ROLES.items():
        assert SLUG.fullmatch(role)
        for language in LANGUAGES:
            words = row["words"][language]
            assert row[language], (role, language)
            assert words, (role, language)
            assert len(words) == len(set(words)), (role, language)
            assert [word for word in words if word != word.lower()] == [], (role, language)


def test_the_offices_that_made_the_project_are_there() -> None:
    """The people and bodies that the first requirement names are known, with their office on a day."""
    offices = {row["id"]: row["offices"] for row in OFFICIALS}
    assert any(o.get("organisation") == "diaspora-committee" for o in offices["fuad-muradov"])
    assert any(o.get("to_country") == "AZ" for o in offices["serjan-abdikerimov"])
    assert {"ots", "turksoy", "turkpa", "qxa", "diaspora-committee"} <= {row["id"] for row in ORGANISATIONS}
