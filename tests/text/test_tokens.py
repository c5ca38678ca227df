"""The laws of `analytics.text.tokens`."""

import re

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.text.tokens import encode

WORD = re.compile(r"[^\W_]+")
texts = st.lists(st.text(alphabet="aəİı Шқ-’.\n9_🙂\u4e2d", max_size=30), max_size=8)


def words(encoded_texts: list[str]) -> list[list[tuple[str, int, int]]]:
    """Each text's words with their places, read back from the encoding."""
    encoded = encode(encoded_texts)
    found = []
    for number in range(len(encoded)):
        at = encoded.tokens(number)
        forms = [encoded.types[i] for i in encoded.ids[at]]
        found.append(list(zip(forms, encoded.starts[at].tolist(), encoded.ends[at].tolist(), strict=True)))
    return found


@settings(deadline=None)  # the first call builds the table of letters
@given(texts)
def test_every_word_stands_where_the_encoding_says(given_texts: list[str]) -> None:
    """Words, order and character offsets are those of a plain scan of each text, whatever stands beside it."""
    assert words(given_texts) == [[(m[0], m.start(), m.end()) for m in WORD.finditer(text)] for text in given_texts]


@given(texts)
def test_types_are_distinct_and_all_used(given_texts: list[str]) -> None:
    """The dictionary names each form once and holds no form that stands nowhere."""
    encoded = encode(given_texts)
    assert len(set(encoded.types)) == len(encoded.types)
    assert set(encoded.ids.tolist()) == set(range(len(encoded.types)))


def test_an_arrow_column_with_nulls_is_read_like_a_list() -> None:
    """A null text is an empty text, and keeps its number."""
    encoded = encode(pa.chunked_array([["Bakı", None], ["Astana"]]))
    assert encoded.bounds.tolist() == [0, 1, 1, 2]
    assert [encoded.types[i] for i in encoded.ids] == ["Bakı", "Astana"]


def test_characters_beyond_the_first_plane_count_as_one() -> None:
    """Offsets are code points, so an emoji before a word moves it by one."""
    encoded = encode(["🙂 Bakı"])
    assert (encoded.starts.tolist(), encoded.ends.tolist()) == ([2], [6])
