"""Sentences end where a reader says that they do."""

from analytics.text.sentences import sentences


def test_sentences_end_where_they_do() -> None:
    """Not after an initial or an abbreviation, before a small letter or inside a number; at a line's end always."""
    text = "F. Muradov və Dr. Əliyev gəldi. 2.5 faiz artdı… və qaldı! “Bəli.” Son\n  \nbaşlıq "
    assert [text[a:b] for a, b in sentences(text)] == [
        "F. Muradov və Dr. Əliyev gəldi.",
        "2.5 faiz artdı… və qaldı!",
        "“Bəli.”",
        "Son",
        "başlıq",
    ]
    assert sentences("") == sentences(" \n ") == []
