"""The command line: what is promised about fields, exit codes, files and messages."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from analytics import pipeline
from analytics.__main__ import main
from analytics.cli.export import EXPORTS

ROOT = Path(__file__).resolve().parent.parent
FIELDS = {
    "articles": "id published precision outlet language title text url origin duplicate_of",
    "mentions": "article published entity kind name sense field start end surface role duplicate_of",
    "topics": "article topic label score evidence duplicate_of",
    "stories": "article story title first last duplicate_of",
    "attention": "period entity name coverage mentions articles attention",
    "rejected": "origin record reason sample",
}
MEETING = "Qazaxıstanın Azərbaycandakı səfiri Bakıda diaspor nümayəndələri ilə görüşdü. Azərbaycanlılar da gəldi."
SPEECH = "Türkiyə Prezidenti Ankarada çıxış etdi."
CLOUDS = "Bu xəbərdə nə tarix var, nə də ölkə adı; sadəcə hava buludludur."
ROWS = [
    {"id": "z", "date": "2020-01", "title": "Səfir qəbul edildi", "outlet": "Nümunə", "text": MEETING},
    {"id": "b", "date": "2021-03-05", "title": "=1+1", "outlet": "Xəzər", "text": SPEECH},
    {"id": "c", "title": "", "outlet": "Nümunə", "text": CLOUDS},
    {"id": "d", "date": "2021-03-06", "title": "Təkrar", "outlet": "Başqa", "text": SPEECH},
    {"id": "d2", "date": "2021-03-06", "title": "Təkrar", "outlet": "Üçüncü", "text": SPEECH},
]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five articles, one of them a reprint, and one record that could not be read."""
    folder = tmp_path_factory.mktemp("cli")
    path = folder / "input.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS) + "{broken\n", encoding="utf-8")
    pipeline.build([path], folder / "c")
    return folder / "c"


def said(capfdbinary: pytest.CaptureFixture[bytes], *arguments: Any) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of one command."""
    capfdbinary.readouterr()
    try:
        code = main([str(argument) for argument in arguments])
    except SystemExit as ended:
        code = int(ended.code or 0)
    out, error = capfdbinary.readouterr()
    return code, out.decode(), error.decode()


def rows(capfdbinary: pytest.CaptureFixture[bytes], what: str, corpus: Path, *options: str) -> list[dict[str, Any]]:
    """The rows of an export."""
    code, out, error = said(capfdbinary, "export", what, "--corpus", corpus, *options)
    assert (code, error) == (0, "")
    return [json.loads(line) for line in out.splitlines()]


Out = pytest.CaptureFixture[bytes]


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("what", EXPORTS)
def test_fields_are_those_that_are_promised(corpus: Path, capfdbinary: Out, what: str) -> None:
    """Programs rely on names and order of an export's fields."""
    for row in rows(capfdbinary, what, corpus):
        assert list(row) == FIELDS[what].split()


def test_articles_come_in_order_with_dates_as_they_are_known(corpus: Path, capfdbinary: Out) -> None:
    """A month stays a month, undated articles are last, reprints are there and marked."""
    found = [(r["id"], r["published"], r["duplicate_of"]) for r in rows(capfdbinary, "articles", corpus)]
    dated = [("z", "2020-01", None), ("b", "2021-03-05", None), ("d", "2021-03-06", None), ("d2", "2021-03-06", "d")]
    assert found == [*dated, ("c", None, None)]


def test_mentions_stand_where_they_say(corpus: Path, capfdbinary: Out) -> None:
    """Offsets are of the exported field; entities and senses filter rows."""
    texts = {r["id"]: r for r in rows(capfdbinary, "articles", corpus)}
    every = rows(capfdbinary, "mentions", corpus)
    assert all(texts[m["article"]][m["field"]][m["start"] : m["end"]] == m["surface"] for m in every)
    assert {(m["article"], m["entity"], m["sense"]) for m in every} >= {("z", "KZ", "name"), ("z", "AZ", "demonym")}
    only = rows(capfdbinary, "mentions", corpus, "--entity", "AZ", "--sense", "demonym")
    assert [m["surface"] for m in only] == ["Azərbaycan"]


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--from", "2021"], ["b", "d", "d2"]),
        (["--to", "2020"], ["z"]),
        (["--from", "2020-01-15", "--to", "2020-12"], []),
        (["--outlet", "Xəzər", "--outlet", "Başqa"], ["b", "d"]),
        (["--entity", "KZ", "--entity", "TR"], ["z", "b", "d", "d2"]),
        (["--entity", "FR"], []),
        (["--query", "prezident -təkrar"], ["b"]),
        (["--topic", "none"], ["b", "d", "d2", "c"]),
        (["--language", "az", "--query", "hava"], ["c"]),
        (["--language", "kk"], []),
    ],
)
def test_filters_choose_articles(corpus: Path, capfdbinary: Out, options: list[str], ids: list[str]) -> None:
    """The options mean what the same words mean in the address of a page; a month that sticks out is not in."""
    assert [row["id"] for row in rows(capfdbinary, "articles", corpus, *options)] == ids


def test_attention_counts_reprints_once_unless_asked(corpus: Path, capfdbinary: Out) -> None:
    """The denominator and the coverage count a republication once; with --reprints it counts too."""
    once = rows(capfdbinary, "attention", corpus, "--entity", "TR", "--from", "2021-03", "--to", "2021-03")
    assert [(r["period"], r["coverage"], r["articles"]) for r in once] == [("2021-03", 2, 2)]
    options = ("--entity", "TR", "--from", "2021", "--to", "2021", "--by", "year", "--reprints")
    assert [(r["period"], r["coverage"]) for r in rows(capfdbinary, "attention", corpus, *options)] == [("2021", 3)]


def test_stories_are_told_with_their_span(corpus: Path, capfdbinary: Out) -> None:
    """Articles of one story share its title, first and last date; an untitled article is told by its first words."""
    found = {row["article"]: row for row in rows(capfdbinary, "stories", corpus)}
    assert found["d"]["story"] == found["d2"]["story"]
    assert found["z"]["first"] == found["z"]["last"] == "2020-01"
    assert found["c"]["title"].startswith("Bu xəbərdə")


def test_rejected_records_say_where_and_why(corpus: Path, capfdbinary: Out) -> None:
    """What was not taken is there to be looked at; filters that cannot apply are refused."""
    (row,) = rows(capfdbinary, "rejected", corpus)
    assert "input.jsonl" in row["origin"]
    assert row["reason"]
    assert said(capfdbinary, "export", "rejected", "--corpus", corpus, "--from", "2020")[0] == 2


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "parquet", "xlsx"])
def test_a_file_by_the_format_of_its_name(corpus: Path, tmp_path: Path, capfdbinary: Out, suffix: str) -> None:
    """--output alone is enough, nothing is printed, and no half file stays."""
    path = tmp_path / f"out.{suffix}"
    assert said(capfdbinary, "export", "articles", "--corpus", corpus, "--output", path) == (0, "", "")
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    if suffix == "parquet":
        assert pq.read_table(path).num_rows == 5
    elif suffix == "csv":
        table = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
        assert [row["title"] for row in table if row["id"] == "b"] == ["'=1+1"]


def test_a_failed_export_leaves_the_old_file(corpus: Path, tmp_path: Path, capfdbinary: Out) -> None:
    """A file is replaced when the new one is complete, not before."""
    path = tmp_path / "out.csv"
    path.write_text("old")
    assert said(capfdbinary, "export", "articles", "--corpus", corpus, "--output", path, "--outlet", "x")[0] == 2
    assert path.read_text() == "old"
    missing = tmp_path / "no" / "out.csv"
    code, _, error = said(capfdbinary, "export", "articles", "--corpus", corpus, "--output", missing)
    assert code == 2
    assert "cannot be written" in error


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], (2, "COMMAND")),
        (["fly"], (2, "fly")),
        (["export", "everything", "--corpus", "C"], (2, "everything")),
        (["export", "articles", "--corpus", "C", "--entity", "Narnia"], (2, "--entity Narnia: not in this corpus")),
        (["export", "articles", "--corpus", "C", "--from", "2020-13"], (2, "--from 2020-13: not a date")),
        (["export", "articles", "--corpus", "C", "--query", "(a"], (1, "bracket")),
        (["export", "articles", "--corpus", "nowhere"], (1, "not a corpus")),
        (["check", "--corpus", "nowhere"], (1, "not a corpus")),
        (["build", "nowhere.csv", "--corpus", "new"], (1, "nowhere.csv")),
        (["build", "x", "--corpus", "C", "--data", "nowhere"], (2, "not a directory")),
        (["build", "x", "--corpus", "C", "--workers", "0"], (2, "1 or more")),
    ],
)
def test_errors_are_one_line_and_a_code(
    corpus: Path, empty: Path, capfdbinary: Out, arguments: list[str], told: tuple[int, str]
) -> None:
    """2 for wrong usage, 1 for failure, one clear line either way, and nothing written."""
    code, out, error = said(capfdbinary, *(corpus if a == "C" else a for a in arguments))
    assert (code, out) == (told[0], "")
    assert len(error.splitlines()) == 1
    assert told[1] in error
    assert list(empty.iterdir()) == []


def test_an_unexpected_error_is_calm_unless_debugging(
    corpus: Path, capfdbinary: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of the program is one line that tells how to see more."""

    def broken(*_: Any) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr("analytics.cli.commands.Corpus.open", broken)
    code, _, error = said(capfdbinary, "check", "--corpus", corpus)
    assert code == 1
    assert error.splitlines() == [
        "python -m analytics: unexpected ZeroDivisionError: boom (JARCHI_DEBUG=1 shows where)"
    ]
    monkeypatch.setenv("JARCHI_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main(["check", "--corpus", str(corpus)])


def test_check_tells_what_is_there_and_what_is_wrong(corpus: Path, tmp_path: Path, capfdbinary: Out) -> None:
    """A whole corpus is counted, exit 0; a broken one is named, exit 1."""
    code, out, error = said(capfdbinary, "check", "--corpus", corpus)
    assert (code, error) == (0, "")
    assert "5 articles, 1 of them reprints, 1 undated" in out
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(ROWS[0]) + "\n", encoding="utf-8")
    pipeline.build([path], tmp_path / "c")
    next((tmp_path / "c" / "articles").glob("*.parquet")).unlink()
    code, out, error = said(capfdbinary, "check", "--corpus", tmp_path / "c")
    assert code == 1
    assert error.startswith("fault: ")


def test_build_prints_the_fate_of_every_record(tmp_path: Path, capfdbinary: Out) -> None:
    """Accepted, duplicate and rejected add up, and the way to the rejected is shown; the second time nothing is new."""
    path = tmp_path / "input.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS) + "{broken\n", encoding="utf-8")
    code, out, _ = said(capfdbinary, "build", path, "--corpus", tmp_path / "c")
    assert code == 0
    assert "6 records = 4 accepted + 1 duplicate + 1 rejected" in out
    assert "export rejected --corpus" in out
    _, out, _ = said(capfdbinary, "build", path, "--corpus", tmp_path / "c")
    assert "6 records = 0 accepted + 5 duplicate + 1 rejected" in out
    assert "0 articles analysed" in out


def test_explain_and_gazetteer_check_answer(tmp_path: Path, capfdbinary: Out) -> None:
    """How a word is recognised can be asked; the names that ship have no fault; an analyst's fault is named."""
    code, out, _ = said(capfdbinary, "explain", "Qazaxıstandakı", "--language", "az")
    assert code == 0
    assert "KZ" in out
    assert said(capfdbinary, "gazetteer", "check")[0] == 0
    (tmp_path / "entities").mkdir()
    (tmp_path / "entities" / "mine.toml").write_text("[[official]]\nid = 5\n")
    code, _, error = said(capfdbinary, "gazetteer", "check", "--data", tmp_path)
    assert code == 1
    assert "mine.toml" in error


def test_a_reader_that_has_seen_enough(corpus: Path) -> None:
    """`export … | head -1` ends calmly."""
    command = f'"{sys.executable}" -m analytics export mentions --corpus "{corpus}" | head -c 1 > {os.devnull}'
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
