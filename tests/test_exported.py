"""From the rows of an export to the figures of the app: a reprint can be told, and left out."""

import csv
import datetime as dt
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from analytics import cube, pipeline, trends
from analytics.__main__ import main
from analytics.corpus import Corpus
from analytics.cube import NO_TOPIC
from analytics.filters import Filters
from analytics.tables import FORMATS

MEETING = "Qazaxıstanın Azərbaycandakı səfiri Bakıda diaspor nümayəndələri ilə görüşdü. Qazaxıstan diasporu çıxış etdi."
SPEECH = "Türkiyə Prezidenti Ankarada çıxış etdi."
ROWS = [
    {"id": "b", "date": "2020-01-05", "title": "Səfir qəbul edildi", "outlet": "Nümunə", "text": MEETING},
    {"id": "a", "date": "2020-01-05", "title": "Səfir qəbul edildi", "outlet": "Başqa", "text": MEETING},
    {"id": "c", "date": "2020-01-05", "title": "Səfir qəbul edildi", "outlet": "Üçüncü", "text": MEETING},
    {"id": "d", "date": "2021-03-06", "title": "Nitq", "outlet": "Başqa", "text": SPEECH},
]
DUPLICATE_OF = {"b": None, "a": "b", "c": "b", "d": None}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four articles, two of them reprints of the first, one of which stands before it in order of ids."""
    folder = tmp_path_factory.mktemp("exported")
    path = folder / "input.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    pipeline.build([path], folder / "c")
    return folder / "c"


def exported(what: str, corpus: Path, path: Path, *options: str) -> list[dict[str, Any]]:
    """The rows of an export, read again from a file of any format."""
    assert main(["export", what, "--corpus", str(corpus), "--output", str(path), *options]) == 0
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    if path.suffix == ".csv":
        return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    if path.suffix == ".parquet":
        rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
        return rows
    head, *body = openpyxl.load_workbook(path).worksheets[0].values
    return [dict(zip(map(str, head), row, strict=True)) for row in body]


def counted(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows that figures count, by the rule of docs/method.md: of the articles with the same words one."""
    here = {row["article"] for row in rows}
    stands: dict[str, str] = {}
    for row in rows:
        original = row["duplicate_of"] or row["article"]
        stands.setdefault(original, original if original in here else row["article"])
    return [row for row in rows if stands[row["duplicate_of"] or row["article"]] == row["article"]]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("what", ["mentions", "topics", "stories"])
def test_a_reprint_is_marked_in_every_format(corpus: Path, tmp_path: Path, what: str, kind: str) -> None:
    """Rows of a reprint name the article that it repeats, as the export of articles does; all others name none."""
    rows = exported(what, corpus, tmp_path / f"out.{kind}")
    assert {row["article"] for row in rows} >= {"b", "a", "c"}
    assert {row["article"]: row["duplicate_of"] or None for row in rows}.items() <= DUPLICATE_OF.items()


@pytest.mark.parametrize(
    ("options", "filters", "left_out"),
    [
        ([], Filters(), 2),
        (["--to", "2020"], Filters(end=dt.date(2020, 12, 31)), 2),
        (["--outlet", "Nümunə", "--outlet", "Üçüncü"], Filters(outlets=("Nümunə", "Üçüncü")), 1),
        (["--outlet", "Başqa", "--outlet", "Üçüncü"], Filters(outlets=("Başqa", "Üçüncü")), 1),
        (["--outlet", "Üçüncü"], Filters(outlets=("Üçüncü",)), 0),
    ],
    ids=["all", "to", "original and reprint", "two reprints", "one reprint"],
)
def test_figures_can_be_counted_from_an_export(
    corpus: Path, tmp_path: Path, options: list[str], filters: Filters, left_out: int
) -> None:
    """Reprints left out, mentions and topics of an export add up to what the app shows, whatever the filters."""
    opened = cube.open(Corpus.open(corpus))
    rows = exported("mentions", corpus, tmp_path / "mentions.jsonl", "--sense", "name", *options)
    once = counted(rows)
    assert len({row["article"] for row in rows}) - len({row["article"] for row in once}) == left_out
    everybody = tuple(trends.top_entities(opened, filters)["entity"])
    figures = trends.over_time(opened, filters.but(entities=everybody, by="year"))
    figures = figures[figures["coverage"].fillna(0) > 0]
    shown = dict(zip(zip(figures["entity"], figures["period"], strict=True), figures["mentions"], strict=True))
    assert Counter((row["entity"], row["published"][:4]) for row in once) == shown
    topics = trends.topics_over_time(opened, filters).groupby("topic")["coverage"].sum().drop(NO_TOPIC)
    assigned = counted(exported("topics", corpus, tmp_path / "topics.jsonl", *options))
    assert assigned
    assert Counter(row["topic"] for row in assigned) == topics[topics > 0].to_dict()
