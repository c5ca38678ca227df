"""The store: nothing lost, nothing twice, and a damaged corpus says so."""

import datetime as dt
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from corpora import LONG, add, analysed, article, mention

from analytics.corpus import Added, Corpus
from analytics.corpus.store import MARK
from analytics.errors import CorpusError
from analytics.model import ARTICLES


def stored(corpus: Corpus) -> dict[str, dict[str, Any]]:
    """All articles by id."""
    return {row["id"]: row for row in corpus.table("articles").to_pylist()}


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """An empty corpus."""
    return Corpus.open(tmp_path / "c", create=True)


def test_every_record_has_one_disposition(corpus: Corpus) -> None:
    """New, reprint, known and rejected add up to the records handed in."""
    first = add(corpus, article("a"), article("b", LONG + " yeni"))
    bad = {"origin": "a.csv", "record": "3", "reason": "no text", "sample": ""}
    second = add(corpus, article("a"), article("c"), rejected=(bad,))
    assert first == Added(accepted=2)
    assert second == Added(reprints=1, known=1, rejected=1)
    assert second.records == 3
    assert first + second == Added(accepted=2, reprints=1, known=1, rejected=1)


def test_adding_again_writes_nothing(corpus: Corpus) -> None:
    """The same records again leave every table at the version it was."""
    records = article("a"), article("b"), article("a", "Başqa mətn")
    bad = {"origin": "a.csv", "record": "3", "reason": "no text", "sample": ""}
    add(corpus, *records, rejected=(bad,))
    before = corpus.version
    again = add(Corpus.open(corpus.path), *records, rejected=(bad, bad))
    assert again == Added(known=3, rejected=2)
    assert Corpus.open(corpus.path).version == before


def test_republication_is_kept_and_marked(corpus: Corpus) -> None:
    """The same words at another address are another article that names the first one."""
    add(corpus, article("a", url="https://a.example/1"))
    add(corpus, article("b", LONG.upper().replace(" ", "\n"), url="https://b.example/9", title="Başqa başlıq"))
    assert stored(corpus)["b"]["duplicate_of"] == "a"
    assert stored(corpus)["a"]["duplicate_of"] is None


def test_reprint_of_a_reprint_names_the_original(corpus: Corpus) -> None:
    """`duplicate_of` always points to an article that repeats nobody."""
    add(corpus, article("a"), article("b"), article("c"))
    assert {stored(corpus)[i]["duplicate_of"] for i in "bc"} == {"a"}


def test_short_text_is_a_reprint_only_on_the_same_day(corpus: Corpus) -> None:
    """A weather report of a line, repeated a month later under the same title, is another article."""
    short = "Bakıda küləkli hava gözlənilir."
    later = article("b", short, published=dt.date(2020, 2, 5))
    add(corpus, article("a", short), later, article("c", short))
    assert stored(corpus)["b"]["duplicate_of"] is None
    assert stored(corpus)["c"]["duplicate_of"] == "a"


def test_two_tables_numbered_from_one(corpus: Corpus) -> None:
    """An id that another article has is kept with a suffix, the same on every run, and flagged."""
    add(corpus, article("1", "Birinci cədvəlin mətni", origin="a.csv:1"))
    add(corpus, article("1", "İkinci cədvəlin mətni", origin="b.csv:1"))
    other = next(row for i, row in stored(corpus).items() if i != "1")
    assert other["id"].startswith("1~")
    assert other["flags"] == ["id-taken"]
    assert add(corpus, article("1", "İkinci cədvəlin mətni", origin="b.csv:1")) == Added(known=1)


def test_same_id_and_words_at_another_outlet_is_a_reprint(corpus: Corpus) -> None:
    """Two outlets that number from one and carry one text are two articles, counted once."""
    add(corpus, article("1", outlet="Nümunə"), article("1", outlet="Xəzər"))
    assert sorted(row["duplicate_of"] or "" for row in stored(corpus).values()) == ["", "1"]


def test_two_writers_at_once_lose_and_double_nothing(corpus: Corpus) -> None:
    """Writers that see the same version give way to each other, record by record."""
    writers = [Corpus.open(corpus.path) for _ in range(3)]
    records = [article(str(n), f"{LONG} nömrə {n}") for n in range(12)]

    def work(writer: Corpus) -> Added:
        return sum((add(writer, record) for record in records), Added())

    with ThreadPoolExecutor(3) as pool:
        results = list(pool.map(work, writers))
    corpus.refresh()
    assert sorted(stored(corpus)) == sorted(r["id"] for r in records)
    assert sum(r.accepted for r in results) == 12
    assert all(r.records == 12 for r in results)


def test_creating_at_once_makes_one_corpus(tmp_path: Path) -> None:
    """Processes that find no corpus may all make it."""
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: Corpus.open(tmp_path / "c", create=True), range(4)))
    assert {corpus.version for corpus in made} == {"0.0.0"}


def test_two_analysers_at_once_double_no_row(corpus: Corpus) -> None:
    """A row that somebody else wrote meanwhile stays theirs."""
    add(corpus, article("a"), article("b", "Başqa"))
    other = Corpus.open(corpus.path)
    assert corpus.put_analysis(analysed("a")) == 1
    assert other.put_analysis(analysed("a", "b", method="other")) == 1
    corpus.refresh()
    assert corpus.methods() == {"m": 1, "other": 1}


def test_analysis_again_keeps_what_others_added(corpus: Corpus) -> None:
    """Rows of articles that are not made again stay; the others are replaced in one commit."""
    add(corpus, article("a"), article("b", "Başqa"))
    corpus.put_analysis(analysed("a"))
    other = Corpus.open(corpus.path)
    other.put_analysis(analysed("b"))
    before = other.tables["analysis"].version
    corpus.replace_analysis([analysed("a", method="new")])
    corpus.refresh()
    assert corpus.methods() == {"m": 1, "new": 1}
    assert corpus.tables["analysis"].version == before + 1


def test_pending_comes_in_order_of_date_then_id(corpus: Corpus) -> None:
    """What is not analysed comes by date and id, undated last, and what is analysed does not come."""
    old, undated = {"published": dt.date(2019, 1, 1)}, {"published": None, "precision": None}
    add(
        corpus,
        article("z"),
        article("u", "1", **undated),
        article("b", "2"),
        article("y", "3", **old),
        article("x", "4"),
    )
    corpus.put_analysis(analysed("x"))
    assert [i for batch in corpus.pending(size=2) for i in batch["id"].to_pylist()] == ["y", "b", "z", "u"]
    assert sum(batch.num_rows for batch in corpus.pending(again=True)) == 5
    assert corpus.waiting() == 4


def test_files_are_told_oldest_first_whoever_reads_the_log(corpus: Corpus) -> None:
    """From a checkpoint as from the commits: what is numbered by first appearance has the same numbers for all."""
    for one in ("b", "a", "c"):
        add(corpus, article(one, one))
    before = corpus.files("articles")
    assert [pq.read_table(path, columns=["id"])["id"].to_pylist() for path in before] == [["b"], ["a"], ["c"]]
    corpus.tables["articles"].delta.create_checkpoint()
    assert Corpus.open(corpus.path).files("articles") == before


def waiting(corpus: Corpus) -> list[str]:
    """The ids of what is to be analysed."""
    return [one for batch in corpus.pending() for one in batch["id"].to_pylist()]


def test_what_is_analysed_is_not_read_for_what_waits(corpus: Corpus) -> None:
    """Where nothing waited, what was added since is sought in its own files: a day costs a day."""
    add(corpus, article("a"))
    corpus.put_analysis(analysed("a"))
    corpus.refresh()
    (old,) = corpus.files("articles")
    add(corpus, article("b", "1"), article("c", "2"))
    Path(old).unlink()
    assert waiting(corpus) == ["b", "c"]
    corpus.put_analysis(analysed("b"))
    assert waiting(corpus) == ["c"]


def test_what_others_do_meanwhile_does_not_make_an_analysed_article_wait(corpus: Corpus) -> None:
    """Not when the files are put together, and not when an article that came in since is analysed."""
    add(corpus, article("a"))
    corpus.put_analysis(analysed("a"))
    corpus.refresh()
    add(corpus, article("b", "1"), article("c", "2"))
    other = Corpus.open(corpus.path)
    other.tables["articles"].delta.optimize.compact()
    corpus.refresh()
    assert waiting(corpus) == ["b", "c"]
    other.refresh()
    other.put_analysis(analysed("b"))
    corpus.refresh()
    assert waiting(corpus) == ["c"]


def test_a_reader_never_sees_an_analysis_without_its_article(corpus: Corpus) -> None:
    """Tables are opened so that what was written later is looked at first."""
    assert next(iter(corpus.tables)) == "analysis"


def test_version_changes_with_every_write_and_only_then(corpus: Corpus) -> None:
    """Each table's version is part of the corpus version."""
    seen = [corpus.version]
    add(corpus, article("a"))
    seen.append(corpus.version)
    corpus.put_analysis(analysed("a"))
    seen.append(corpus.version)
    add(corpus, rejected=({"origin": "a", "record": "1", "reason": "r", "sample": ""},))
    seen.append(corpus.version)
    assert len(set(seen)) == 4
    assert Corpus.open(corpus.path).version == seen[-1]


def test_report_counts_what_is_there_and_what_was_left_out(corpus: Corpus) -> None:
    """The corpus page shows every article and every rejection, by reason."""
    bad = [{"origin": "a", "record": str(n), "reason": "no text", "sample": ""} for n in range(2)]
    add(corpus, article("a", flags=["date-future"]), article("b"), rejected=tuple(bad))
    report = corpus.report()
    assert (report["articles"], report["reprints"]) == (2, 1)
    assert report["reasons"] == {"no text": 2}
    assert report["flags"] == {"date-future": 1}


def test_a_value_of_a_query_is_a_value(corpus: Corpus) -> None:
    """An article is found by its id; an unknown id, quotes and all, is nobody's."""
    add(corpus, article("a"))
    texts = [corpus.rows("from articles where id = $id", id=one)["text"].to_pylist() for one in ("a", "' or 1=1 --")]
    assert texts == [[LONG], []]


def test_check_of_a_sound_corpus_finds_nothing(corpus: Corpus) -> None:
    """Offsets count code points, also after letters that take four bytes."""
    add(corpus, article("a", "𝒦𝒵 və İ: Qazaxıstanda"))
    corpus.put_analysis(analysed("a", mentions=[mention("Qazaxıstanda", 9)]))
    assert corpus.check() == []


@pytest.mark.parametrize(
    ("analysis", "fault"),
    [
        (analysed("nobody"), "not there"),
        (analysed("a", mentions=[mention("Qazaxıstan", 3)]), "surface"),
        (analysed("a", mentions=[mention("Başlıq", 0)]), "surface"),
    ],
)
def test_check_names_what_is_wrong(corpus: Corpus, analysis: pa.Table, fault: str) -> None:
    """An analysis without an article, or a mention that is not in the text, is a fault."""
    add(corpus, article("a"))
    corpus.put_analysis(analysis)
    assert [line for line in corpus.check() if fault in line]


def test_check_notices_a_doubled_and_a_changed_article(corpus: Corpus) -> None:
    """Rows that did not come through `add` are found out."""
    add(corpus, article("a"))
    row = corpus.table("articles").to_pylist()[0]
    corpus.tables["articles"].append(lambda: pa.Table.from_pylist([row | {"text": "başqa"}], schema=ARTICLES))
    lines = "\n".join(corpus.check())
    assert "more than once" in lines
    assert "not the one that was added" in lines


def test_a_directory_that_is_not_a_corpus(tmp_path: Path) -> None:
    """The message says how to make one, and nothing is written among other people's files."""
    with pytest.raises(CorpusError, match="analytics build"):
        Corpus.open(tmp_path)
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(CorpusError, match="other files"):
        Corpus.open(tmp_path, create=True)
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("mark", ["", "[]", "{}", '{"format": 999}', "\x00"])
def test_a_broken_or_newer_mark(corpus: Corpus, mark: str) -> None:
    """A corpus of a format we do not know is refused, not guessed at."""
    (corpus.path / MARK).write_text(mark)
    with pytest.raises(CorpusError, match=r"jarchi\.json|newer"):
        Corpus.open(corpus.path)


def test_a_missing_data_file_is_said_and_found_by_check(corpus: Corpus) -> None:
    """Reading names the file; so does `check`."""
    add(corpus, article("a"))
    Path(corpus.files("articles")[0]).unlink()
    again = Corpus.open(corpus.path)
    for read in (again.report, lambda: again.rows("from articles"), lambda: list(again.pending())):
        with pytest.raises(CorpusError, match="articles"):
            read()
    assert again.check()


@pytest.mark.parametrize("damage", ["garbage", "cut", "gone", "no table"])
def test_a_damaged_log_is_said(corpus: Corpus, damage: str) -> None:
    """A log that is not one gives the table's name and the way out, not a traceback of a library."""
    add(corpus, article("a"))
    log = corpus.path / "articles" / "_delta_log" / "00000000000000000000.json"
    match damage:
        case "garbage":
            log.write_bytes(b"\x00\x01garbage")
        case "cut":
            log.write_text(log.read_text()[:-40])
        case "gone":
            log.unlink()
        case "no table":
            shutil.rmtree(corpus.path / "articles")
    with pytest.raises(CorpusError, match="articles"):
        Corpus.open(corpus.path).report()


def test_an_analysts_data_is_kept_whole(corpus: Corpus, tmp_path: Path) -> None:
    """What was kept before is replaced; other files in the directory are not taken along."""
    for name in ("one", "two"):
        folder = tmp_path / name / "topics"
        folder.mkdir(parents=True)
        (folder / f"{name}.toml").write_text("name.az = 'x'")
        (folder / "notes.txt").write_text("mine")
    assert not corpus.data.exists()
    corpus.adopt(tmp_path / "one")
    corpus.adopt(tmp_path / "two")
    corpus.adopt(corpus.data)
    assert [p.relative_to(corpus.data).as_posix() for p in corpus.data.rglob("*.*")] == ["topics/two.toml"]
    with pytest.raises(CorpusError, match="entities/ nor topics/"):
        corpus.adopt(tmp_path / "one" / "topics")


def test_the_mark_is_json_with_a_format(corpus: Corpus) -> None:
    """A later version can tell what it opens."""
    assert json.loads((corpus.path / MARK).read_text()) == {"format": 1}
