"""`analytics explain`: a word's stem, endings and reading, in the words of the grammar."""

import pytest

from analytics import gazetteer, mentions

KNOWN = gazetteer.load()


@pytest.mark.parametrize(
    ("phrase", "language", "says"),
    [
        (
            "Azərbaycandakılardan",
            "az",
            ["Azərbaycan", "-da (case)", "-kı (relational)", "-dan (relational case)", "AZ"],
        ),
        ("Казахстаном", "ru", ["a form of Казахстан", "KZ"]),
        ("iraqlı", "az", ["-lı (nationality)", "demonym"]),
        ("Fuad Muradovun", "az", ["fuad-muradov", "-un (case)", "official"]),
        ("Latın Amerikasına", "az", ["only looks like a name"]),
        ("azərbaycançılıq", "az", ["no name"]),
    ],
)
def test_an_explanation_says_stem_endings_and_reading(phrase: str, language: str, says: list[str]) -> None:
    """Every accepted form can be explained, and so can a refusal."""
    lines = "\n".join(mentions.explain(phrase, language, KNOWN))
    assert all(part in lines for part in says), lines
