"""JSON Lines and JSON arrays, read strictly: a line that is not JSON is one rejected record, and the next is read."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

import orjson

from analytics.sources.decode import UndecodableError, decode
from analytics.sources.limits import Limits
from analytics.sources.raw import Bad, Columns, Raw

_LISTS = ("articles", "items", "data", "results", "documents", "docs", "records", "entries", "news")


def read_lines(stream: BinaryIO, limits: Limits) -> Iterator[Raw | Bad]:
    """One record a line. Blank lines are no records."""
    for number, line in enumerate(_lines(stream, limits), 1):
        if isinstance(line, Bad):
            yield Bad(f"line {number}", line.reason, line.sample)
        elif line.strip():
            yield _line(line.strip().removeprefix(b"\xef\xbb\xbf"), f"line {number}")


def _lines(stream: BinaryIO, limits: Limits) -> Iterator[bytes | Bad]:
    while line := stream.readline(limits.cell):
        if len(line) < limits.cell or line.endswith(b"\n"):
            yield line
            continue
        sample = line[:200].decode("utf-8", "replace")
        while line and not line.endswith(b"\n"):
            line = stream.readline(limits.cell)
        yield Bad("", f"a line of more than {limits.cell:,} bytes", sample)


def _line(line: bytes, record: str) -> Raw | Bad:
    try:
        value = _parse(line)
    except ValueError as error:
        return Bad(record, f"not JSON: {error}", line[:200].decode("utf-8", "replace"))
    return _record(value, record)


def _parse(data: bytes) -> Any:
    """Strict JSON no deeper than 1024 (orjson's bound), in UTF-8 or what `decode` is sure of."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = decode(data)
        return _with_constants(text, error)


def _with_constants(text: str, error: orjson.JSONDecodeError) -> Any:
    """NaN and Infinity, which Python writes for a cell without a value, are null; any other error stays as it was."""
    try:
        return orjson.loads(json.dumps(json.loads(text, parse_constant=lambda _: None)))
    except (ValueError, RecursionError):
        raise ValueError(str(error)) from error


def _record(value: Any, record: str) -> Raw | Bad:
    if not isinstance(value, dict):
        return Bad(record, "not an object with a title or a text", str(value)[:200])
    columns = Columns.among(tuple(map(str, value)))
    if not columns.readable:
        return Bad(record, "no title and no text among its keys: " + ", ".join(map(str, value))[:200], str(value)[:200])
    return Raw(record, columns.values(value))


def read_document(data: bytes) -> Iterator[Raw | Bad]:
    """One JSON document: an array of records, an object that holds one, or one record. JSON Lines is recognised too."""
    try:
        value = _parse(data)
    except (ValueError, UndecodableError) as error:
        yield from _not_a_document(data, str(error))
        return
    if isinstance(value, dict):
        inner = next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)
        value = [value] if inner is None else inner
    if not isinstance(value, list):
        yield Bad("", "neither a list of records nor a record", str(value)[:200])
        return
    if not value:
        yield Bad("", "a list without records")
    for number, item in enumerate(value, 1):
        yield _record(item, f"record {number}")


def _not_a_document(data: bytes, reason: str) -> Iterator[Raw | Bad]:
    lines = [line for line in data.split(b"\n") if line.strip()]
    if len(lines) > 1 and all(line.strip()[:1] == b"{" for line in lines[:2]) and lines[0].strip()[-1:] == b"}":
        yield from (
            _line(line.strip(), f"line {number}") for number, line in enumerate(data.split(b"\n"), 1) if line.strip()
        )
    else:
        yield Bad("", f"not JSON: {reason}", data[:200].decode("utf-8", "replace"))
