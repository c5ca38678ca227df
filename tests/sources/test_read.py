"""The laws of `analytics.sources.read`: every record an article or a rejection, whatever a file does to its reader."""

import datetime as dt
import gzip
import io
import json
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analytics.errors import SourceError
from analytics.model import Article, Rejected
from analytics.sources import Limits, read
from analytics.sources.discover import Source
from analytics.sources.reader import Reader, ReaderDiedError

TODAY = dt.date(2026, 1, 1)
LINE = json.dumps(
    {"id": "a", "date": "2021-11-09", "title": "Yeni körpü", "text": "Körpü səhər açıldı."}, ensure_ascii=False
)
SMALL = Limits(unpacked=1 << 20, ratio=50)


def outcome(inputs: Sequence[Path], limits: Limits | None = None) -> tuple[list[Article], list[Rejected]]:
    """All articles and all rejections."""
    batches = list(read(inputs, limits or Limits(), TODAY))
    return [a for b in batches for a in b.articles], [r for b in batches for r in b.rejected]


def put(folder: Path, name: str, data: bytes | str) -> Path:
    """A file with these bytes."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def zipped(**files: bytes) -> bytes:
    """A zip archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return out.getvalue()


def test_a_scraped_text_becomes_an_article(tmp_path: Path) -> None:
    """Header with a month, no title line, blank lines, a tail of the page: an article dated to the month."""
    body = "Körpü açıldı.\n\n\n\nYol qısaldı.\n You must enable Javascript to see the comments"
    (article,), rejected = outcome([put(tmp_path, "az/koerpue.txt", f" date 2020-01 \n\n{body}")])
    assert rejected == []
    assert article.id == "koerpue"
    assert (article.published, article.precision) == (dt.date(2020, 1, 1), "month")
    assert article.text == "Körpü açıldı.\n\nYol qısaldı."
    assert "boilerplate-removed" in article.flags
    assert article.language == "az"
    assert article.original is not None
    assert "Javascript" in article.original


def test_a_folder_is_read_in_order_with_its_places(tmp_path: Path) -> None:
    """Each record says its line and its file, from the folder that was given."""
    put(tmp_path, "in/b.jsonl", f"{LINE}\nbroken\n")
    put(tmp_path, "in/a.csv", "title,text\nBir,Mətn sözləri\n")
    articles, (bad,) = outcome([tmp_path / "in"])
    assert [a.origin for a in articles] == ["in/a.csv#line 2", "in/b.jsonl#line 1"]
    assert (bad.origin, bad.record) == ("in/b.jsonl", "line 2")


@pytest.mark.parametrize("name", ["rows.jsonl.gz", "rows.zip", "rows"])
def test_packed_files_are_read(tmp_path: Path, name: str) -> None:
    """A compressed file, an archive, and a file whose name says nothing."""
    data = {"rows.jsonl.gz": gzip.compress(LINE.encode()), "rows.zip": zipped(**{"x/rows.jsonl": LINE.encode()})}
    articles, rejected = outcome([put(tmp_path, name, data.get(name, LINE))])
    assert [a.title for a in articles] == ["Yeni körpü"]
    assert rejected == []


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("bomb.csv.gz", gzip.compress(b"title,text\n" + b"a,b\n" * 2_000_000), "unpacks to more"),
        ("bomb.zip", zipped(**{"a.txt": b"a" * 3_000_000}), "not opened"),
        ("twice.zip", zipped(**{"inner.zip": zipped(**{"a.txt": b"Salam"})}), "an archive in an archive"),
        ("cut.jsonl.gz", gzip.compress(LINE.encode() * 99)[:-20], "damaged archive"),
        ("cut.zip", zipped(**{"a.txt": b"Salam"})[:-30], "damaged archive"),
        ("model.pkl", b"\x80\x04N.", "pickle"),
        ("empty.csv", b"", "empty"),
        ("photo.bin", bytes(range(256)), "not a format"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # the bytes of an archive hold the time of day
)
def test_what_is_not_read_says_why(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    """Bombs, damage, programs in disguise and files of other kinds are rejections that name the cause."""
    articles, rejected = outcome([put(tmp_path, name, data)], SMALL)
    assert reason in rejected[-1].reason
    assert rejected[-1].origin.startswith(name)
    assert all(article.title == "Yeni körpü" or article.text == "b" for article in articles)


def test_names_inside_an_archive_lead_nowhere(tmp_path: Path) -> None:
    """A member that is called like a place on our disk is read from the archive and written nowhere."""
    (article,), _ = outcome([put(tmp_path, "slip.zip", zipped(**{"../../evil.jsonl": LINE.encode()}))])
    assert article.origin.startswith("slip.zip/")
    assert not (tmp_path.parent / "evil.jsonl").exists()


def test_an_input_that_does_not_exist_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    """A mistyped path is told at once, by its name."""
    with pytest.raises(SourceError, match="nowhere"):
        read([put(tmp_path, "a.txt", "Salam"), tmp_path / "nowhere"])


READERS = {
    "dies": "import os; os.abort()",
    "ends": "raise SystemExit(0)",
    "hangs": "import time; time.sleep(60)",
    "eats": "x = 'a' * (1 << 40)",
}


@pytest.mark.parametrize("manner", READERS)
def test_a_reader_that_fails_is_outlived(tmp_path: Path, manner: str) -> None:
    """Whatever becomes of the process, the parent says so in words, and the next file has a new process."""
    source = Source(put(tmp_path, "a.txt", "Salam"), "a.txt")
    limits = Limits(seconds=-58.0 if manner == "hangs" else 20.0)  # the start of a process is given a minute besides
    with Reader(limits, [sys.executable, "-c", READERS[manner]]) as reader:
        for _ in range(2):
            with pytest.raises(ReaderDiedError, match="the reader"):
                list(reader.read(source, TODAY))


def test_a_file_that_costs_too_much_memory_costs_itself(tmp_path: Path) -> None:
    """Memory is bounded: the large file is a rejection, the one after it is read."""
    put(tmp_path, "in/a.json", json.dumps([{"title": "Bir", "text": "söz " * 2_000_000}] * 4))
    put(tmp_path, "in/b.jsonl", LINE)
    articles, rejected = outcome([tmp_path / "in"], Limits(memory=40 << 20))
    assert [a.origin for a in articles] == ["in/b.jsonl#line 1"]
    assert [r.origin for r in rejected] == ["in/a.json"]
    assert "needs more than 40 MiB" in rejected[0].reason


def test_links_and_hidden_files_are_left_alone(tmp_path: Path) -> None:
    """What an operating system leaves in a folder is no source."""
    put(tmp_path, "in/.DS_Store", b"\0\1")
    put(tmp_path, "in/a.jsonl", LINE)
    articles, rejected = outcome([tmp_path / "in"])
    assert (len(articles), rejected) == (1, [])


def test_a_table_that_needs_little_memory_is_read_in_little(tmp_path: Path) -> None:
    """What a library would set aside beyond its need does not count: a small Parquet file is read under a low limit."""
    table = pa.table({"title": ["Yeni körpü"] * 900, "text": [f"Körpü {n} səhər açıldı." for n in range(900)]})
    pq.write_table(table, tmp_path / "a.parquet")
    articles, rejected = outcome([tmp_path / "a.parquet"], Limits(memory=300 << 20))
    assert (len(articles), rejected) == (900, [])
