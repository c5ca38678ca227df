"""The laws of `analytics.stories`: what joins, what does not, and that batches make no difference."""

import datetime as dt
import functools
import itertools
import tomllib
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import gazetteer, mentions, sources, stories
from analytics.model import MENTIONS
from analytics.pipeline.days import whole_days
from analytics.stories import WINDOW, Features, Stream, features
from analytics.stories.merge import GAMMA, Groups
from analytics.text.words import Words

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


def rows(*articles: tuple[str, str, str], language: str = "az") -> pa.Table:
    """Articles of id, day and title."""
    day = dt.date.fromisoformat
    made = [
        {"id": i, "published": day(d), "precision": "day", "language": language, "title": t, "text": ""}
        for i, d, t in articles
    ]
    return pa.Table.from_pylist(made, schema=SCHEMA)


def group(table: pa.Table, stream: Stream | None = None) -> list[str]:
    """The story of each article."""
    return (stream or Stream()).add(compared(table, NOTHING))


def compared(table: pa.Table, found: pa.Table) -> Features:
    """What of these articles stories are made of."""
    mine = found.filter(pc.is_in(found["article"], value_set=table["id"].combine_chunks()))
    return features(table, Words.of(table), mine)


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


def test_a_republication_is_the_same_event_days_later() -> None:
    """Time parts what is only alike, not what is the same; after the window nothing is the same."""
    first, repeated, alike = group(
        rows(
            ("a", "2024-05-01", QUAKE),
            ("b", "2024-05-04", QUAKE),
            ("c", "2024-05-04", "Zəlzələ sahil şəhərində qorxu yaradıb, məktəblər bağlanıb, dərslər dayandırılıb"),
        )
    )
    assert first == repeated
    assert first != alike


def test_what_everybody_writes_about_is_not_an_event() -> None:
    """In days full of the Games, two headlines are not one event because both speak of the Games."""
    games = "Juegos Olímpicos Tokio"
    filling = [(f"a{n:02}", "2021-07-24", f"{games} palabra{n:02}x otra{n:02}y cosa{n:02}z") for n in range(60)]
    table = rows(
        *filling,
        ("x", "2021-07-25", f"{games} Pareto pierde combate"),
        ("y", "2021-07-25", f"{games} Doncic aplasta Argentina"),
        ("z", "2021-07-25", f"Pareto despide combate {games}"),
        language="es",
    )
    *_, pareto, doncic, again = group(table)
    assert pareto == again
    assert pareto != doncic


def test_a_language_without_grammar_is_grouped_whatever_it_was_taken_for() -> None:
    """A Spanish headline taken for Portuguese joins its story: the beginnings of words are compared all the same."""
    title = "Rayssa Leal gana medalla plata skate"
    table = rows(("a", "2021-07-26", title), ("b", "2021-07-26", "Rayssa Leal plata histórica skate"), language="es")
    taken = table.set_column(3, "language", pa.array(["es", "pt"]))
    first, second = group(taken)
    assert first == second


def test_an_article_without_words_is_a_story_of_its_own() -> None:
    """An empty title and text join nothing, and break nothing."""
    empty, words, other = group(rows(("a", "2024-05-01", ""), ("b", "2024-05-01", QUAKE), ("c", "2024-05-02", "")))
    assert len({empty, words, other}) == 3


def test_what_is_held_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many articles come, few are held, and words that none of them has are forgotten."""
    monkeypatch.setattr(stories, "HELD", 5)
    monkeypatch.setattr(stories, "FEATURES", 40)
    stream = Stream()
    for n in range(50):
        day = (dt.date(2024, 1, 1) + dt.timedelta(days=n // 10)).isoformat()
        group(rows((f"a{n:02}", day, f"söz{n}a xəbər{n}b hadisə{n}c olay{n}d yer{n}e {QUAKE}")), stream)
    assert len(stream._held) <= 6
    assert len(stream._vocabulary.numbers) <= 40 + 20


@functools.cache
def sample() -> tuple[pa.Table, pa.Table]:
    """The sample corpus in order of date and id, and what is mentioned in it."""
    read = [article for batch in sources.read([SAMPLE]) for article in batch.articles]
    read.sort(key=lambda a: (a.published or dt.date.max, a.id))
    made = [{name: getattr(article, name) for name in SCHEMA.names} for article in read]
    articles = pa.Table.from_pylist(made, schema=SCHEMA)
    found = mentions.find(articles, Words.of(articles), gazetteer.load())
    return articles, found


def stories_of(articles: pa.Table, found: pa.Table, cuts: list[int]) -> list[str]:
    """The stories when the articles come in batches that end at these places."""
    stream, got, begin = Stream(), [], 0
    for end in [*cuts, articles.num_rows]:
        part = articles.slice(begin, end - begin)
        got += stream.add(compared(part, found))
        begin = end
    return got


def day_ends(articles: pa.Table) -> list[int]:
    """Where a batch may end: before the first article of each day."""
    days = articles["published"].to_pylist()
    return [at for at in range(1, len(days)) if days[at] != days[at - 1]]


def test_batches_make_no_difference() -> None:
    """Any batches of whole days give the same stories."""
    articles, found = sample()
    ends = day_ends(articles)
    whole = stories_of(articles, found, [])
    assert stories_of(articles, found, ends[::5]) == whole
    assert stories_of(articles, found, ends[3::17]) == whole


def test_day_by_day_gives_what_a_batch_gives() -> None:
    """A stream that begins anew each time, with the articles around, tells the stories that one stream tells."""
    articles, found = sample()
    whole = stories_of(articles, found, [])
    ends = [*day_ends(articles)[::20], articles.num_rows]
    got: list[str] = []
    for begin, end in zip([0, *ends], ends, strict=False):
        part = articles.slice(begin, end - begin)
        stream = Stream()
        stream.resume(compared(articles.slice(0, begin), found), got)
        got += stream.add(compared(part, found))
    assert got == whole


@pytest.mark.parametrize("days", [1, 5, 50])
def test_a_day_added_changes_no_earlier_story(days: int) -> None:
    """Earlier articles keep their story, whatever comes later."""
    articles, found = sample()
    end = day_ends(articles)[-days]
    before = articles.slice(0, end)
    kept = Stream().add(compared(before, found))
    assert stories_of(articles, found, [])[:end] == kept


def test_events_are_found_across_languages() -> None:
    """Reports of one event come together, also in several languages.

    Truth: `data/sample/events.toml`. F1 over pairs of articles that report the same event: .89 measured for all
    pairs, .91 for pairs in two languages.
    """
    articles, found = sample()
    truth = {article: name for name, ids in events().items() for article in ids}
    told = zip(
        articles["id"].to_pylist(), articles["language"].to_pylist(), stories_of(articles, found, []), strict=True
    )
    mine = [(truth[i], language, story) for i, language, story in told if i in truth]
    pairs = [(a, b) for at, a in enumerate(mine) for b in mine[:at]]
    assert pairs_f1(pairs) >= 0.86
    assert pairs_f1([(a, b) for a, b in pairs if a[1] != b[1]]) >= 0.88


def pairs_f1(pairs: list[tuple[tuple[str, str, str], tuple[str, str, str]]]) -> float:
    """F1 over pairs of articles, each with its event, language and story."""
    same = {at for at, (a, b) in enumerate(pairs) if a[0] == b[0]}
    together = {at for at, (a, b) in enumerate(pairs) if a[2] == b[2]}
    return 2 * len(same & together) / (len(same) + len(together))


def events() -> dict[str, list[str]]:
    """The articles that report each event, in all languages."""
    found: dict[str, list[str]] = {}
    for name in ("events.toml", "abroad/events.toml"):
        content = tomllib.loads((SAMPLE / name).read_text(encoding="utf-8"))
        for event, value in content.get("reports", content).items():
            found.setdefault(event, []).extend(value if isinstance(value, list) else value["articles"])
    return found


SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "eval" / "stories"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled collections are not beside the project")
@pytest.mark.parametrize(
    ("name", "least"),
    [("wikinews_en", 0.85), ("headlines_2014_en", 0.84), ("headlines_2021_es", 0.69), ("headlines_2021_pt", 0.70)],
)
def test_labelled_stories(name: str, least: float) -> None:
    """BCubed F1 on labelled collections, one set of parameters for all; the measured figures are in docs/stories.md."""
    benchmark = pytest.importorskip("benchmarks.stories")
    articles, truth = benchmark.read(SHARED / f"{name}.jsonl")
    assert benchmark.bcubed(truth, benchmark.jarchi(articles, 0)())[2] >= least


links = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.integers(1, 8)), max_size=40)


@given(links, st.integers(0, 12))
def test_merging_keeps_to_links_and_to_told_stories(pairs: list[tuple[int, int, int]], fixed: int) -> None:
    """Two told stories never become one; whatever is together is linked; and no two are left that are like enough."""
    groups = Groups([1] * 12, fixed)
    joined = {frozenset((a, b)) for a, b, _ in pairs if a != b and not (a < fixed and b < fixed)}
    linked = np.array([pair for pair in pairs if frozenset(pair[:2]) in joined], np.int64).reshape(-1, 3)
    groups.link(linked[:, 0], linked[:, 1], linked[:, 2] / 8)
    group = groups.merge(0.5)
    members = {g: [at for at in range(12) if group[at] == g] for g in set(group)}
    for nodes in members.values():
        assert sum(at < fixed for at in nodes) <= 1
        reached, waiting = {nodes[0]}, [nodes[0]]
        while waiting:
            here = waiting.pop()
            more = {at for at in nodes if frozenset((here, at)) in joined} - reached
            reached |= more
            waiting += more
        assert reached == set(nodes)
    for (a, ours), (b, theirs) in itertools.permutations(members.items(), 2):
        alike = groups.near[a].get(b, 0.0) / (len(ours) * len(theirs)) ** GAMMA
        assert alike < 0.5 or (a < fixed and b < fixed)


@given(st.lists(st.integers(0, 4), max_size=40).map(sorted), st.sets(st.integers(1, 39)), st.integers(1, 6))
def test_a_day_is_cut_only_where_it_is_too_large(days: list[int], cuts: set[int], most: int) -> None:
    """Nothing is lost or moved; a day is cut at multiples of the most from its first article, wherever batches end."""
    dates = [None if day == 4 else dt.date(2024, 1, 1 + day) for day in days]
    table = pa.table({"published": pa.array(dates, pa.date32()), "at": pa.array(range(len(days)), pa.int64())})
    ends = sorted({0, len(days)} | {cut for cut in cuts if cut < len(days)})
    batches = [table.slice(a, b - a) for a, b in itertools.pairwise(ends)]
    out = list(whole_days(batches, most))
    assert [at for part in out for at in part["at"].to_pylist()] == list(range(len(days)))
    for part in out[1:]:
        begin = part["at"][0].as_py()
        assert (begin - days.index(days[begin])) % most == 0
