"""The laws of `analytics.stories`: what joins, what does not, and that batches make no difference."""

import datetime as dt
import tomllib
from pathlib import Path

import pyarrow as pa

from analytics import gazetteer, mentions, sources
from analytics.model import MENTIONS
from analytics.stories import WINDOW, Stream
from analytics.text.tokens import encode

SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("published", pa.date32()),
        ("precision", pa.string()),
        ("language", pa.string()),
        ("title", pa.string()),
        ("text", pa.string()),
    ]
)
SAMPLE = Path(__file__).resolve().parent.parent / "data" / "sample"
NOTHING = pa.Table.from_pylist([], schema=MENTIONS)
QUAKE = "Sahil şəhərində güclü zəlzələ baş verib, binalar dağılıb, xilasedicilər işləyir."
FIRE = "Dağ meşəsində yanğın üçüncü gündür davam edir, helikopterlər alovu söndürür."


def rows(*articles: tuple[str, str, str]) -> pa.Table:
    """Articles of id, day and title."""
    made = [
        {"id": i, "published": dt.date.fromisoformat(d), "precision": "day", "language": "az", "title": t, "text": ""}
        for i, d, t in articles
    ]
    return pa.Table.from_pylist(made, schema=SCHEMA)


def group(table: pa.Table, stream: Stream | None = None) -> list[str]:
    """The story of each article."""
    return (stream or Stream()).add(table, encode(table["title"]), encode(table["text"]), NOTHING)


def test_reports_of_one_event_are_one_story() -> None:
    """The same event in other words joins; another event of the day does not."""
    table = rows(
        ("a", "2024-05-01", QUAKE),
        ("b", "2024-05-01", FIRE),
        ("c", "2024-05-02", "Zəlzələ olan sahil şəhərində xilasedicilər dağılmış binalarda işləyir"),
    )
    first, fire, again = group(table)
    assert first == again
    assert first != fire


def test_time_keeps_like_events_apart() -> None:
    """Equal words after the window are another event: floods come every spring."""
    late = (dt.date(2024, 5, 1) + dt.timedelta(days=WINDOW + 1)).isoformat()
    early, other = group(rows(("a", "2024-05-01", QUAKE), ("b", late, QUAKE)))
    assert early != other


def test_undated_articles_only_join_undated_ones() -> None:
    """An article without a date is not put to a day by its likeness."""
    table = rows(("a", "2024-05-01", QUAKE))
    undated = pa.Table.from_pylist([{**table.to_pylist()[0], "id": "b", "published": None, "precision": None}], SCHEMA)
    stream = Stream()
    assert group(table, stream) != group(undated, stream)


def sample() -> tuple[pa.Table, pa.Table]:
    """The sample corpus in order of date and id, and what is mentioned in it."""
    read = [article for batch in sources.read([SAMPLE]) for article in batch.articles]
    read.sort(key=lambda a: (a.published or dt.date.max, a.id))
    made = [{name: getattr(article, name) for name in SCHEMA.names} for article in read]
    articles = pa.Table.from_pylist(made, schema=SCHEMA)
    found = mentions.find(articles, encode(articles["title"]), encode(articles["text"]), gazetteer.load())
    return articles, found


def stories_of(articles: pa.Table, found: pa.Table, cuts: list[int]) -> list[str]:
    """The stories when the articles come in batches that end at these places."""
    stream, got, begin = Stream(), [], 0
    for end in [*cuts, articles.num_rows]:
        part = articles.slice(begin, end - begin)
        got += stream.add(part, encode(part["title"]), encode(part["text"]), found)
        begin = end
    return got


def test_batches_make_no_difference_and_events_are_found_across_languages() -> None:
    """Any batches give the same stories, and reports of one event in several languages come together.

    Truth: `data/sample/events.toml`. F1 over pairs of articles that report the same event; measured .74.
    """
    articles, found = sample()
    whole = stories_of(articles, found, [])
    assert stories_of(articles, found, [1, 2, 60, 61, 200, 333]) == whole
    event = {article: name for name, ids in events().items() for article in ids}
    mine = [(event[i], story) for i, story in zip(articles["id"].to_pylist(), whole, strict=True) if i in event]
    pairs = [(a, b) for at, a in enumerate(mine) for b in mine[:at]]
    both = sum(a == b for a, b in pairs)
    together = sum(a[1] == b[1] for a, b in pairs)
    same = sum(a[0] == b[0] for a, b in pairs)
    assert 2 * both / (together + same) >= FLOOR


FLOOR = 0.75


def events() -> dict[str, list[str]]:
    """The articles that report each event, in all languages."""
    found: dict[str, list[str]] = {}
    for name in ("events.toml", "abroad/events.toml"):
        content = tomllib.loads((SAMPLE / name).read_text(encoding="utf-8"))
        for event, value in content.get("reports", content).items():
            found.setdefault(event, []).extend(value if isinstance(value, list) else value["articles"])
    return found
