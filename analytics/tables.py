"""Rows as files: JSON Lines, CSV, Parquet, XLSX. Batches in, so that a file may be larger than memory."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, BinaryIO, Literal, get_args

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.errors import UsageError

Format = Literal["jsonl", "csv", "parquet", "xlsx"]
FORMATS: tuple[Format, ...] = get_args(Format)

XLSX_ROWS = 1_048_575  # a worksheet has no more, its header aside
XLSX_CELL = 32_767  # characters; Excel cannot open a workbook with a longer cell
# A spreadsheet runs a cell that begins so, also behind spaces, and in the full-width forms that it folds.
_FORMULA = re.compile(r"\s*\ufeff?\s*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r"\s*[+-]?(?:\d[\d\s.,]*|[.,]\d+)(?:[eE][+-]?\d+)?\s*%?\s*")


def neutral(cell: Any) -> Any:
    """A cell that no spreadsheet runs: text that begins like a formula gets an apostrophe; numbers stay numbers."""
    if isinstance(cell, str) and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def flat(cell: Any) -> Any:
    """A cell of a table on paper: a list becomes its members with semicolons between."""
    return "; ".join(map(str, cell)) if isinstance(cell, list) else cell


def write(batches: Iterable[pa.Table], schema: pa.Schema, kind: Format, out: BinaryIO) -> None:
    """Write these rows, in this order, with exactly the columns of `schema`.

    CSV is UTF-8 with a mark (Excel needs it), its formulas neutralised; XLSX stores text as text, letter for letter,
    and cuts what is longer than a cell. In both, lists are joined.
    Raises UsageError for more rows than a worksheet holds.
    """
    WRITERS[kind]((batch.select(schema.names).cast(schema) for batch in batches), schema, out)


def _jsonl(batches: Iterable[pa.Table], _: pa.Schema, out: BinaryIO) -> None:
    rows = (row for batch in batches for row in batch.to_pylist())
    out.writelines(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows)


def _csv(batches: Iterable[pa.Table], schema: pa.Schema, out: BinaryIO) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(schema.names)
    for batch in batches:
        writer.writerows([neutral(flat(cell)) for cell in row.values()] for row in batch.to_pylist())
    text.flush()
    text.detach()  # `out` belongs to the caller


def _parquet(batches: Iterable[pa.Table], schema: pa.Schema, out: BinaryIO) -> None:
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_table(batch)


def _xlsx(batches: Iterable[pa.Table], schema: pa.Schema, out: BinaryIO) -> None:
    import xlsxwriter  # not before somebody wants a sheet

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, schema.names)
        sheet.freeze_panes(1, 0)
        at = 0
        for batch in batches:
            for row in batch.to_pylist():
                at += 1
                if at > XLSX_ROWS:
                    raise UsageError(
                        f"more than {XLSX_ROWS:,} rows do not fit on a worksheet; use --format csv or parquet"
                    )
                for column, cell in enumerate(row.values()):
                    _write_cell(sheet, at, column, flat(cell))


def _write_cell(sheet: Any, row: int, column: int, cell: Any) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell[:XLSX_CELL])
    elif cell is not None:
        sheet.write_number(row, column, cell)


WRITERS: Mapping[Format, Callable[[Iterable[pa.Table], pa.Schema, BinaryIO], None]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "parquet": _parquet,
    "xlsx": _xlsx,
}
