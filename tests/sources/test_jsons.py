"""The laws of `analytics.sources.jsons`: strict, and one bad record costs one record."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.sources.jsons import read_document, read_lines
from analytics.sources.limits import Limits
from analytics.sources.raw import Bad, Raw

ROW = {"title": "Yeni körpü", "body": "Körpü açıldı.", "published_at": "2021-11-09"}
ONE = json.dumps(ROW).encode()
VALUES = {"title": "Yeni körpü", "text": "Körpü açıldı.", "date": "2021-11-09"}


def lines(data: bytes, limits: Limits | None = None) -> list[Raw | Bad]:
    """The records of a file of JSON Lines."""
    return list(read_lines(io.BytesIO(data), limits or Limits()))


def document(data: bytes) -> list[Raw | Bad]:
    """The records of one JSON document."""
    return list(read_document(data))


def test_a_bad_line_costs_one_line() -> None:
    """The lines before and after it are read, and its number is told."""
    first, bad, last = lines(ONE + b"\n{broken\n\n" + ONE)
    assert isinstance(first, Raw)
    assert isinstance(last, Raw)
    assert first.values == last.values == VALUES
    assert isinstance(bad, Bad)
    assert (bad.record, bad.sample) == ("line 2", "{broken")
    assert last.record == "line 4"


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b""])
def test_the_last_line_may_end_as_it_likes(end: bytes) -> None:
    """A file without a last line break loses nothing; a mark at its start is no letter."""
    (record,) = lines(b"\xef\xbb\xbf" + ONE + end)
    assert isinstance(record, Raw)


def test_a_line_without_end_is_not_held_in_memory() -> None:
    """A line longer than a cell may be is one rejection, and the next line is read."""
    small = Limits(cell=200)
    long, good = lines(b'{"title": "' + b"a" * 950 + b'"}\n' + ONE, small)
    assert isinstance(long, Bad)
    assert "200 bytes" in long.reason
    assert isinstance(good, Raw)


@pytest.mark.parametrize("text", ["[1,]", '{"a" 1}', "{'a': 1}", '"\\x41"', "01", "[", "// no\n{}", "tru", '"\t"'])
def test_what_is_not_json_is_not_read(text: str) -> None:
    """No reader's kindness: what the standard forbids is rejected with words."""
    (record,) = document(text.encode())
    assert isinstance(record, Bad)
    assert record.reason.startswith("not JSON")


def test_a_number_that_is_none_is_no_value() -> None:
    """NaN and Infinity stand where Python had nothing to write: the cell is empty, the record and its list are read."""
    records = document(b'[{"title": "Bir", "text": NaN, "date": -Infinity}, ' + ONE + b"]")
    assert [record.values for record in records if isinstance(record, Raw)] == [{"title": "Bir"}, VALUES]


@pytest.mark.parametrize(
    "wrap",
    [[ROW, ROW], {"articles": [ROW, ROW]}, {"count": 2, "results": [ROW, ROW]}],
)
def test_a_list_of_records_is_found(wrap: object) -> None:
    """A list, or an object that holds one under a usual name."""
    records = document(json.dumps(wrap).encode())
    assert [record.record for record in records] == ["record 1", "record 2"]
    assert all(isinstance(record, Raw) and record.values == VALUES for record in records)


def test_one_record_is_a_document_too() -> None:
    """An object with a title is an article."""
    (record,) = document(ONE)
    assert isinstance(record, Raw)


def test_json_lines_in_a_json_file_are_recognised() -> None:
    """A wrong suffix is no reason to reject a hundred articles."""
    good, bad, last = document(ONE + b"\n{oops\n" + ONE)
    assert isinstance(good, Raw)
    assert isinstance(bad, Bad)
    assert isinstance(last, Raw)


@pytest.mark.parametrize("value", [1, None, "text", True, [], {}, {"a": 1}, {"title": None}])
def test_a_record_that_is_no_article_keeps_its_place(value: object) -> None:
    """Each item of a list is one record, whatever it is."""
    assert len(document(json.dumps([value, ROW]).encode())) == 2


def test_deep_nesting_does_not_kill() -> None:
    """A hundred thousand brackets are one rejection."""
    (record,) = document(b"[" * 100_000)
    assert isinstance(record, Bad)


def test_values_of_every_kind() -> None:
    """A list of paragraphs is joined, a number is written out, an object or a truth value is nothing."""
    row = {"id": 7, "title": "Bir", "text": ["İki.", None, "Üç."], "url": {"a": 1}, "source": True}
    (record,) = document(json.dumps(row).encode())
    assert isinstance(record, Raw)
    assert record.values == {"id": "7", "title": "Bir", "text": "İki.\n\nÜç."}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["title", "text", "date", "x"]), inner),
    max_leaves=8,
)


@given(st.lists(json_values, min_size=1))
def test_as_many_records_as_items(items: list[object]) -> None:
    """Whatever a list holds, as many records come out as items stand in it."""
    assert len(document(json.dumps(items).encode())) == len(items)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_record_or_a_rejection(data: bytes) -> None:
    """No bytes make the reader of JSON Lines fail, and no line with something in it vanishes."""
    assert len(lines(data)) == sum(bool(line.strip()) for line in data.split(b"\n"))
