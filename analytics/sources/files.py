"""What kind a file is, and its records, packed or not."""

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from analytics.sources import jsons, plain
from analytics.sources.decode import UndecodableError
from analytics.sources.discover import BESIDE
from analytics.sources.limits import Limits
from analytics.sources.raw import Bad, Raw

KINDS = {
    ".txt": "text", ".text": "text", ".html": "page", ".htm": "page", ".xhtml": "page",
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx",
    ".parquet": "parquet", ".pq": "parquet",
    ".jsonl": "lines", ".ndjson": "lines", ".json": "json",
    ".xml": "feed", ".rss": "feed", ".atom": "feed", ".rdf": "feed",
}  # fmt: skip
_PART = 1 << 20  # bytes read at a time
REFUSED = {".pickle": "a pickle", ".pkl": "a pickle", ".arrow": "an Arrow IPC file", ".feather": "an Arrow IPC file"}


def records(path: Path, limits: Limits) -> Iterator[tuple[str, Raw | Bad]]:
    """The records of a file with the name inside it that they come from ("" for the file itself)."""
    if path.stat().st_size == 0:
        yield "", Bad("", "an empty file")
        return
    with path.open("rb") as stream:
        yield from _stream(stream, path.name, limits, inside="", size=path.stat().st_size)


def _stream(
    stream: BinaryIO, name: str, limits: Limits, *, inside: str, size: int, depth: int = 0
) -> Iterator[tuple[str, Raw | Bad]]:
    suffix = PurePosixPath(name.lower()).suffix
    head = stream.read(8)
    stream.seek(0)
    if head.startswith(b"\x1f\x8b"):
        inner = name[: -len(suffix)] if suffix in {".gz", ".gzip"} else name
        unpacked = _Bounded(cast("BinaryIO", gzip.GzipFile(fileobj=stream)), min(limits.unpacked, size * limits.ratio))
        yield from _guard(inside, _kind_of(io.BufferedReader(unpacked), inner, inside, limits))
    elif head.startswith(b"PK\x03\x04") and suffix not in {".xlsx", ".xlsm"}:
        yield from _guard(inside, _zip(stream, inside, limits, depth))
    else:
        yield from _guard(inside, _kind_of(stream, name, inside, limits))


def _guard(inside: str, rows: Iterator[tuple[str, Raw | Bad]]) -> Iterator[tuple[str, Raw | Bad]]:
    """What goes wrong with the bytes of a file is one rejected record: the rest of the file."""
    try:
        yield from rows
    except (UndecodableError, _TooMuchError) as error:
        yield inside, Bad("", str(error))
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, OSError) as error:
        yield inside, Bad("", f"a damaged archive: {error}")


def _zip(stream: BinaryIO, inside: str, limits: Limits, depth: int) -> Iterator[tuple[str, Raw | Bad]]:
    with zipfile.ZipFile(stream) as packed:
        members = [member for member in packed.infolist() if not member.is_dir()]
        if len(members) > limits.members or depth:
            yield (
                inside,
                Bad("", "an archive in an archive is not opened" if depth else f"{len(members):,} files inside"),
            )
            return
        left = limits.unpacked
        for member in members:
            name = f"{inside}/{member.filename}" if inside else member.filename
            if member.flag_bits & 1:
                yield name, Bad("", "encrypted; unpack it first")
            elif member.file_size > max(limits.ratio * member.compress_size, 1024) or member.file_size > left:
                yield name, Bad("", f"unpacks to {member.file_size:,} bytes from {member.compress_size:,}: not opened")
            elif PurePosixPath(member.filename.lower()).suffix not in BESIDE and "__MACOSX" not in member.filename:
                left -= member.file_size
                data = io.BytesIO(_Bounded(cast("BinaryIO", packed.open(member)), member.file_size).readall())
                yield from _stream(
                    data, member.filename, limits, inside=name, size=member.compress_size, depth=depth + 1
                )


def _kind_of(stream: BinaryIO, name: str, inside: str, limits: Limits) -> Iterator[tuple[str, Raw | Bad]]:
    suffix = PurePosixPath(name.lower()).suffix
    if suffix in REFUSED:
        yield inside, Bad("", f"{REFUSED[suffix]} can run what it holds and is not opened; export CSV or Parquet")
        return
    kind = KINDS.get(suffix) or _sniff(stream)
    if kind is None:
        yield inside, Bad("", f"not a format that is read ({suffix or 'no suffix'})")
        return
    stem = re.sub(r"\.\w+$", "", PurePosixPath(name).name)
    for row in _read(kind, stream, stem, limits):
        yield inside, row


def _read(kind: str, stream: BinaryIO, stem: str, limits: Limits) -> Iterator[Raw | Bad]:
    """The records of a stream of this kind. Libraries that take long to load are loaded when their format is met."""
    if kind == "lines":
        return jsons.read_lines(stream, limits)
    if kind in {"text", "json"}:
        data = _whole(stream, limits.whole)
        return plain.read_text(data, stem) if kind == "text" else jsons.read_document(data)
    if kind in {"page", "feed"}:
        return _read_markup(kind, _whole(stream, limits.whole), stem)
    from analytics.sources import tables

    if kind == "parquet":
        return tables.read_parquet(stream if stream.seekable() else io.BytesIO(_whole(stream, limits.whole)), limits)
    if kind == "csv":
        return tables.read_csv(_whole(stream, limits.file // 8), limits)
    return tables.read_xlsx(_whole(stream, limits.whole), limits)


def _read_markup(kind: str, data: bytes, stem: str) -> Iterator[Raw | Bad]:
    if kind == "page":
        from analytics.sources import pages

        return pages.read_page(data, stem)
    from analytics.sources import feeds

    return feeds.read_feed(data)


def _whole(stream: BinaryIO, most: int) -> bytes:
    data = bytearray()
    while part := stream.read(_PART):  # asked for `most` at once, Python would set that much memory aside
        data += part
        if len(data) > most:
            raise _TooMuchError(f"larger than {most:,} bytes; split it, or give it as JSON Lines")
    return bytes(data)


def _sniff(stream: BinaryIO) -> str | None:
    """The kind of a file whose name does not tell, by its first bytes."""
    head = stream.read(2048)
    stream.seek(0)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if head.startswith(b"PAR1"):
        return "parquet"
    if start.startswith((b"<!doctype html", b"<html")):
        return "page"
    if start.startswith((b"<?xml", b"<rss", b"<feed")):
        return "feed"
    if start.startswith(b"{"):
        return "lines" if b"}\n" in head else "json"
    return "json" if start.startswith(b"[") else None


class _TooMuchError(ValueError):
    """A file unpacks to, or is, more than its limits allow."""


class _Bounded(io.RawIOBase):
    """A stream that ends with an error when more comes out of it than was allowed."""

    def __init__(self, inner: BinaryIO, most: int) -> None:
        self._inner, self._left, self._most = inner, most, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._inner.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise _TooMuchError(f"unpacks to more than {self._most:,} bytes: not read further")
        buffer[: len(data)] = data
        return len(data)

    def seekable(self) -> bool:
        return False
