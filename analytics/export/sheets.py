"""Frames as CSV and XLSX: letters intact, numbers intact, formulas dead."""

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from analytics.errors import UsageError
from analytics.export.bundle import Bundle, note, question
from analytics.tables import XLSX_CELL, XLSX_ROWS, neutral

if TYPE_CHECKING:
    import xlsxwriter

BOM = "\ufeff"  # without it Excel reads UTF-8 as the machine's old code page
SHARES = {"attention", "voice", "share"}


def csv_of(frame: pd.DataFrame) -> bytes:
    """A frame as CSV: UTF-8 with BOM, commas, formulas in text cells neutralised, missing values empty."""
    safe = frame.copy(deep=False)
    for name in frame.columns:
        if _is_text(frame[name]):
            safe[name] = frame[name].map(neutral)
    text = safe.to_csv(index=False, lineterminator="\r\n")
    return (BOM + text).encode("utf-8", "replace")


def csv(some: Bundle) -> bytes:
    """A bundle as CSV. The last three columns say what was asked, of which corpus, and when."""
    told = {"filters": question(some.filters), "corpus_version": some.version, "made": some.made.isoformat()}
    return csv_of(some.frame.assign(**told))


def xlsx(some: Bundle) -> bytes:
    """A bundle as XLSX: the sheet `data` and the sheet `method`."""
    return xlsx_of(some.frame, note(some), some.made)


def xlsx_of(frame: pd.DataFrame, notes: Sequence[tuple[str, str]] = (), made: dt.datetime | None = None) -> bytes:
    """A frame as XLSX, letter for letter: a text is stored as a text, and no spreadsheet runs it.

    A text longer than a cell holds is cut, and the sheet `method` says so. Raises UsageError for more rows than a
    sheet holds.
    """
    import xlsxwriter  # not before somebody wants a sheet

    if len(frame) > XLSX_ROWS:
        raise UsageError(
            f"{len(frame):,} rows are more than a sheet holds ({XLSX_ROWS:,}); use csv or parquet, or filter"
        )
    whole = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(whole, options) as book:
        if made is not None:
            book.set_properties({"created": made})
        cut = _write(book, frame)
        said = [*notes, ("data", f"texts cut to {XLSX_CELL:,} characters: {cut}")] if cut else list(notes)
        if said:
            _write_notes(book, said)
    return whole.getvalue()


def _write(book: "xlsxwriter.Workbook", frame: pd.DataFrame) -> int:
    """The sheet `data`; the number of texts that had to be cut."""
    sheet = book.add_worksheet("data")
    head, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
    share = book.add_format({"num_format": "0.0%"})
    cut = 0
    for column, name in enumerate(map(str, frame.columns)):
        form = share if name in SHARES else None
        sheet.write_string(0, column, name, head)
        sheet.set_column(column, column, max(11, min(len(name) + 2, 40)))
        for row, value in enumerate(frame.iloc[:, column].tolist(), start=1):
            if isinstance(value, str):
                sheet.write_string(row, column, _cell(value))
                cut += len(value) > XLSX_CELL
            elif isinstance(value, bool):
                sheet.write_boolean(row, column, value)
            elif not _is_missing(value):
                _write_value(sheet, (row, column), value, day if hasattr(value, "isoformat") else form)
    sheet.freeze_panes(1, 0)
    if len(frame):
        sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)
    return cut


def _write_value(sheet: Any, place: tuple[int, int], value: Any, form: Any) -> None:
    if hasattr(value, "isoformat"):
        sheet.write_datetime(*place, value, form)
    elif isinstance(value, int | float):
        sheet.write_number(*place, value, form)
    else:
        sheet.write_string(*place, _cell(str(value)))


def _write_notes(book: "xlsxwriter.Workbook", notes: Sequence[tuple[str, str]]) -> None:
    sheet = book.add_worksheet("method")
    bold, wrap = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True})
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 90)
    for row, (about, said) in enumerate(notes):
        sheet.write_string(row, 0, _cell(about), bold)
        sheet.write_string(row, 1, _cell(said), wrap)


def _cell(text: str) -> str:
    """A text as a cell can hold it: not too long, and without half a character."""
    return text[:XLSX_CELL].encode("utf-8", "replace").decode()


def _is_missing(value: Any) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or value != value  # noqa: PLR0124 (NaN alone differs from itself)


def _is_text(column: pd.Series) -> bool:
    return column.dtype == object or isinstance(column.dtype, pd.StringDtype | pd.CategoricalDtype)


def rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The rows of a frame as JSON takes them: None for what is missing, ISO dates, plain numbers."""
    columns = {str(name): [_plain(value) for value in frame[name].tolist()] for name in frame.columns}
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(columns, values, strict=True))


def _plain(value: Any) -> Any:
    if isinstance(value, str | bool | int):
        return value
    if isinstance(value, list | dict):
        return value
    if _is_missing(value):
        return None
    return value.isoformat()[:10] if hasattr(value, "isoformat") else value
