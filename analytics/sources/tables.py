"""Tables: CSV and TSV, XLSX, Parquet. A row that does not fit its table is a rejected record with its line."""

import csv
import io
import sys
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from analytics.sources.decode import decode
from analytics.sources.limits import Limits
from analytics.sources.raw import KNOWN_COLUMNS, Bad, Columns, Raw, column_name

_DELIMITERS = ",;\t|"


def read_csv(data: bytes, limits: Limits) -> Iterator[Raw | Bad]:
    """One record a row, under a head that names the columns. The delimiter is the one that makes sense of the head."""
    csv.field_size_limit(min(limits.cell, sys.maxsize))  # the module stops at 131,072 characters, which articles exceed
    text = decode(data).lstrip("\ufeff")
    if not text.strip():
        yield Bad("", "an empty file")
        return
    delimiter = _delimiter(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    head = next(rows, [])
    columns = Columns.among(tuple(head))
    if len(head) > limits.columns:
        yield Bad("line 1", f"{len(head):,} columns; a table of articles has fewer than {limits.columns}", text[:200])
        return
    if not columns.readable:
        names = ", ".join(name.strip() for name in head)[:200]
        yield from _no_columns(rows, delimiter.join(head), f"no column for a title or a text among: {names}")
        return
    yield from _rows(rows, head, columns)


def _rows(rows: Any, head: list[str], columns: Columns) -> Iterator[Raw | Bad]:
    width, least = len(head), len(head) - _missing(head)
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Bad(f"line {line}", f"not a row of this table: {error}")
            continue
        if not any(cell.strip() for cell in row):
            continue
        if len(row) < least or (len(row) > width and any(cell.strip() for cell in row[width:])):
            yield Bad(f"line {line}", f"{len(row)} cells in a table of {width} columns", " | ".join(row))
            continue
        yield Raw(f"line {line}", columns.values(dict(zip(head, row, strict=False))))


def _missing(head: list[str]) -> int:
    """How many cells a row may lack at its end: spreadsheets leave empty ones out, but not the text itself."""
    last = max((i for i, name in enumerate(head) if column_name(name) in KNOWN_COLUMNS), default=len(head) - 1)
    return max(0, len(head) - 1 - last)


def _no_columns(rows: Any, first: str, reason: str) -> Iterator[Bad]:
    """A table without articles: every row is a rejected record, the head too when it is all there is."""
    number = 0
    try:
        for row in rows:
            if any(cell.strip() for cell in row):
                number += 1
                yield Bad(f"line {rows.line_num}", reason, " | ".join(row))
    except csv.Error as error:
        number += 1
        yield Bad(f"line {rows.line_num}", f"not a row of this table: {error}")
    if not number:
        yield Bad("line 1", reason, first)


def _delimiter(text: str) -> str:
    """The delimiter under which the first line names most known columns, then the one it holds most often."""
    head = text.split("\n", 1)[0]

    def sense(delimiter: str) -> tuple[int, int]:
        names = [column_name(name) for name in head.split(delimiter)]
        return sum(name in KNOWN_COLUMNS for name in names), len(names)

    return max(_DELIMITERS, key=sense)


def read_xlsx(data: bytes, limits: Limits) -> Iterator[Raw | Bad]:
    """Every sheet whose first filled row names the columns."""
    import openpyxl  # a quarter of a second, which the other tables need not wait for

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(member.file_size for member in packed.infolist()) > limits.whole * 4:
                yield Bad("", "unpacks to more than a table of articles needs")
                return
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, of styles: nothing that an article has
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError) as error:
        yield Bad("", f"not an Excel workbook: {error}")
        return
    for sheet in book.worksheets:
        yield from _sheet(sheet, limits)


def _sheet(sheet: Any, limits: Limits) -> Iterator[Raw | Bad]:
    head: list[str] = []
    columns = Columns()
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=limits.columns), 1):
        cells = ["" if cell is None else cell.isoformat() if hasattr(cell, "isoformat") else cell for cell in row]
        if not any(str(cell).strip() for cell in cells):
            continue
        where = f"{sheet.title}, row {number}"
        if not head:
            head = [str(cell) for cell in cells]
            columns = Columns.among(tuple(head))
            if not columns.readable:
                yield Bad(where, "no column for a title or a text: " + ", ".join(head)[:200])
                return
            continue
        yield Raw(where, columns.values(dict(zip(head, cells, strict=False))))


def read_parquet(stream: BinaryIO, limits: Limits) -> Iterator[Raw | Bad]:
    """One record a row, a row group at a time."""
    number = 0
    try:
        table = pq.ParquetFile(stream)
        columns = Columns.among(tuple(table.schema_arrow.names))
        if not columns.readable or len(table.schema_arrow.names) > limits.columns:
            names = ", ".join(table.schema_arrow.names)[:200]
            yield from (Bad(f"row {n}", f"no column for a title or a text among: {names}") for n in _row_numbers(table))
            return
        wanted = sorted({name for names in columns.of.values() for name in names})
        for batch in table.iter_batches(batch_size=500, columns=wanted):
            for row in _readable(batch).to_pylist():
                number += 1
                values = {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in row.items()}
                yield Raw(f"row {number}", columns.values(values))
        if not number:
            yield Bad("", "a table without rows")
    except (pa.ArrowException, OSError, ValueError, TypeError, OverflowError) as error:
        yield Bad(f"from row {number + 1}", f"not readable as Parquet: {str(error).splitlines()[0]}")


def _row_numbers(table: Any) -> range:
    return range(1, max(1, table.metadata.num_rows) + 1)


def _readable(batch: Any) -> Any:
    """The batch with dictionaries and binary columns as text."""
    columns = []
    for column in batch.columns:
        kind = column.type
        columns.append(column.cast(pa.string()) if pa.types.is_dictionary(kind) or pa.types.is_binary(kind) else column)
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)
