"""Files that leave the house: nothing in them runs, and no number is touched."""

import csv
import io
import json
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analytics import tables
from analytics.errors import UsageError

SCHEMA = pa.schema(
    [("text", pa.string()), ("n", pa.int64()), ("share", pa.float64()), ("terms", pa.list_(pa.string()))]
)
ROWS = [
    {"text": "Şəki, “Xan” sarayı\nikinci sətir", "n": -3, "share": -0.5, "terms": ["diaspor", "səfir"]},
    {"text": '=HYPERLINK("http://x","y")', "n": 7, "share": None, "terms": []},
    {"text": None, "n": None, "share": 1e-9, "terms": None},
]


def written(kind: tables.Format, rows: list[dict[str, Any]] = ROWS) -> bytes:
    """The file with these rows, in two batches."""
    out = io.BytesIO()
    table = pa.Table.from_pylist(rows, schema=SCHEMA)
    tables.write([table[:1], table[1:]], SCHEMA, kind, out)
    return out.getvalue()


def test_json_lines_and_parquet_keep_every_value() -> None:
    """Formats that machines read are not changed in any way."""
    assert [json.loads(line) for line in written("jsonl").decode().splitlines()] == ROWS
    assert pq.read_table(io.BytesIO(written("parquet"))).to_pylist() == ROWS


def test_csv_opens_in_a_spreadsheet() -> None:
    """A mark for the encoding, one header, formulas as text, lists joined, numbers as they are."""
    data = written("csv")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows == [
        ["text", "n", "share", "terms"],
        ["Şəki, “Xan” sarayı\nikinci sətir", "-3", "-0.5", "diaspor; səfir"],
        ['\'=HYPERLINK("http://x","y")', "7", "", ""],
        ["", "", "1e-09", ""],
    ]


def test_xlsx_holds_text_and_numbers_and_nothing_else() -> None:
    """No cell is a formula or a link, and a negative number is a number; text stands there letter for letter."""
    sheet = openpyxl.load_workbook(io.BytesIO(written("xlsx"))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)
    assert [cell.value for cell in sheet["B"]] == ["n", -3, 7, None]
    assert sheet["A3"].value == '=HYPERLINK("http://x","y")'
    assert sheet["D2"].value == "diaspor; səfir"


@pytest.mark.parametrize("kind", tables.FORMATS)
def test_no_rows_is_a_file_all_the_same(kind: tables.Format) -> None:
    """An export without a row has its header, and can be read again."""
    data = written(kind, [])
    if kind == "csv":
        assert data.decode("utf-8-sig") == "text,n,share,terms\r\n"
    elif kind == "parquet":
        assert pq.read_table(io.BytesIO(data)).schema.names == SCHEMA.names
    elif kind == "xlsx":
        assert openpyxl.load_workbook(io.BytesIO(data)).active["A1"].value == "text"
    else:
        assert data == b""


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "\rx", " =1", "＝1", "\n=1"])
def test_what_a_spreadsheet_would_run_is_made_text(text: str) -> None:
    """A cell that begins like a formula gets an apostrophe."""
    assert tables.neutral(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["Bakı", "", "a=b", "-5", "+994 12 000", "-0,5 %", -5, -0.5, None, "'="])
def test_what_no_spreadsheet_runs_is_left_alone(cell: Any) -> None:
    """Words, numbers and numbers written as text stay as they are."""
    assert tables.neutral(cell) == cell


def test_more_rows_than_a_worksheet_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest is not dropped without a word."""
    monkeypatch.setattr(tables, "XLSX_ROWS", 2)
    with pytest.raises(UsageError, match="csv or parquet"):
        written("xlsx")
