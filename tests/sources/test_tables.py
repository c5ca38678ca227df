"""The laws of `analytics.sources.tables`: one record a row, and a row that does not fit costs one row."""

import datetime as dt
import io

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.sources.limits import Limits
from analytics.sources.raw import Bad, Raw
from analytics.sources.tables import read_csv, read_parquet, read_xlsx


def rows(text: str | bytes, limits: Limits | None = None) -> list[Raw | Bad]:
    """The records of a table of text."""
    return list(read_csv(text.encode() if isinstance(text, str) else text, limits or Limits()))


def values(text: str) -> list[dict[str, str]]:
    """The fields of the rows that can be read."""
    return [dict(row.values) for row in rows(text) if isinstance(row, Raw)]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(mark: str) -> None:
    """Comma, semicolon, tabulator and stroke: the head tells which."""
    assert values(mark.join(["date", "title", "text"]) + "\n" + mark.join(["2021", "Bir", "İki"])) == [
        {"date": "2021", "title": "Bir", "text": "İki"}
    ]


@pytest.mark.parametrize(
    "head", ["Tarix,Başlıq,Mətn", "tarih,BAŞLIK,içerik", "дата,заголовок,текст", "күні,тақырып,мәтін"]
)
def test_columns_are_known_in_five_languages(head: str) -> None:
    """The names of columns may be written in any of our languages and in any case."""
    assert values(f"{head}\n2021,Bir,Son") == [{"date": "2021", "title": "Bir", "text": "Son"}]


def test_quoted_cells_hold_what_they_like() -> None:
    """Line breaks, delimiters and doubled quotes belong to the cell."""
    assert values('title,text\n"Bir, iki","Birinci.\n\n""İkinci"""\n') == [
        {"title": "Bir, iki", "text": 'Birinci.\n\n"İkinci"'}
    ]


def test_a_row_that_does_not_fit_costs_one_row() -> None:
    """Too many and too few cells are rejected with their line; the others are read."""
    first, long, short, last = rows("title,text\nBir,a\nİki,b,c\nÜç\nDörd,d\n")
    assert isinstance(first, Raw)
    assert isinstance(last, Raw)
    assert isinstance(long, Bad)
    assert isinstance(short, Bad)
    assert (long.record, short.record, last.record) == ("line 3", "line 4", "line 5")
    assert "3 cells" in long.reason


def test_empty_cells_at_the_end_are_no_fault() -> None:
    """Spreadsheets write a row of commas after the last cell, and leave columns out that are empty."""
    assert len(values("title,text,note\nBir,a,,,\nİki,b\n")) == 2


def test_a_table_without_articles_rejects_every_row() -> None:
    """No title and no text: each row is a rejection that names the columns."""
    records = rows("price,amount\n1,2\n3,4\n")
    assert len(records) == 2
    assert all(isinstance(record, Bad) and "price" in record.reason for record in records)


@pytest.mark.parametrize("text", ["", " \n", "\ufeff", "price,amount\n"])
def test_an_empty_table_is_a_rejection(text: str) -> None:
    """A file without rows is not silence."""
    (record,) = rows(text)
    assert isinstance(record, Bad)


def test_a_long_article_is_one_cell() -> None:
    """A cell may be longer than Python's own reader allows, up to our limit and no further."""
    assert len(values(f"title,text\nBir,{'söz ' * 50_000}\n")) == 1
    assert all(isinstance(row, Bad) for row in rows(f"title,text\nBir,{'a' * 500}\n", Limits(cell=200)))


def test_too_many_columns_are_no_table_of_articles() -> None:
    """A head without end is refused before its rows are read."""
    (record,) = rows("title" + ",x" * 600 + "\nBir\n")
    assert isinstance(record, Bad)


cells = st.text(alphabet='ab,"\n;ə ', min_size=1, max_size=8).filter(str.strip)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=5))
def test_what_csv_writes_is_read_back(table: list[tuple[str, str]]) -> None:
    """Every row that Python's writer writes comes back with the same cells."""
    import csv

    written = io.StringIO()
    csv.writer(written).writerows([("title", "text"), *table])
    assert [(row["title"], row["text"]) for row in values(written.getvalue())] == table


def workbook(*table: tuple[object, ...]) -> bytes:
    """An Excel workbook of one sheet."""
    book = openpyxl.Workbook()
    for row in table:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read() -> None:
    """The first filled row is the head, a date cell is a date, an empty row is no record."""
    data = workbook((), ("Tarix", "Başlıq", "Mətn"), (dt.datetime(2021, 11, 9), "Bir", "İki"), (), (None, "Üç", None))  # noqa: DTZ001
    first, second = read_xlsx(data, Limits())
    assert isinstance(first, Raw)
    assert isinstance(second, Raw)
    assert first.values == {"date": "2021-11-09T00:00:00", "title": "Bir", "text": "İki"}
    assert second.values == {"title": "Üç"}
    assert "row 5" in second.record


@pytest.mark.parametrize("data", [b"no zip", b"PK\x03\x04 cut", workbook(("price",), (1,))])
def test_what_is_no_workbook_of_articles_says_so(data: bytes) -> None:
    """A damaged workbook and one without articles are rejections."""
    (record,) = read_xlsx(data, Limits())
    assert isinstance(record, Bad)
    assert record.reason


def parquet(table: pa.Table) -> io.BytesIO:
    """A Parquet file."""
    out = io.BytesIO()
    pq.write_table(table, out)
    out.seek(0)
    return out


def test_parquet_rows_are_records() -> None:
    """Text, dictionary and date columns are read; an empty cell is no field."""
    table = pa.table(
        {
            "title": pa.array(["Bir", "İki"]).dictionary_encode(),
            "text": ["a", None],
            "date": pa.array([dt.date(2021, 11, 9), None]),
            "score": [0.5, 0.7],
        }
    )
    first, second = read_parquet(parquet(table), Limits())
    assert isinstance(first, Raw)
    assert isinstance(second, Raw)
    assert (first.record, first.values) == ("row 1", {"title": "Bir", "text": "a", "date": "2021-11-09"})
    assert second.values == {"title": "İki"}


def test_parquet_without_articles_rejects_every_row() -> None:
    """As many rejections as rows."""
    records = list(read_parquet(parquet(pa.table({"price": [1, 2, 3]})), Limits()))
    assert [record.record for record in records] == ["row 1", "row 2", "row 3"]
    assert all(isinstance(record, Bad) for record in records)


@given(st.integers(0, 400), st.binary(min_size=1, max_size=30))
def test_damaged_parquet_is_a_rejection(at: int, noise: bytes) -> None:
    """Wherever the bytes are broken, nothing but a record or a rejection comes out."""
    data = bytearray(parquet(pa.table({"title": ["Bir", "İki"], "text": ["a", "b"]})).getvalue())
    data[at : at + len(noise)] = noise
    records = list(read_parquet(io.BytesIO(bytes(data)), Limits()))
    assert records
    assert all(record.reason for record in records if isinstance(record, Bad))
