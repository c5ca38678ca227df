"""Search: what a query means, what it finds, and that the index is always one that can be trusted."""

import random
import shutil
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Thread

import pyarrow as pa
import pytest
from corpora import add, article, found
from hypothesis import given
from hypothesis import strategies as st

from analytics import search
from analytics.corpus import Corpus
from analytics.errors import QueryError
from analytics.search import ask, index, reader, vocabulary
from analytics.search.ask import Question
from analytics.search.marks import marks
from analytics.search.query import Either, Every, Not, Prefix, Query, Words, parse
from analytics.search.segment import make, merge
from analytics.search.vocabulary import Vocabulary
from analytics.text.letters import plain
from analytics.text.packed import Packed

TEXTS = {
    "az": ("az", "Qazaxıstanın səfiri Bakıda diaspor nümayəndələri ilə görüşdü."),
    "caps": ("az", "QAZAXISTANDA İQTİSADİ FORUM KEÇİRİLDİ, SƏFİR ÇIXIŞ ETDİ"),
    "ru": ("ru", "Посол Казахстана встретился с диаспорой в Баку."),
    "tr": ("tr", "Türkiye'nin büyükelçisi Ankara'da konuştu."),
    "en": ("en", "Ambassadors of the Turkic states met in Baku; the Turkic Council was named."),
    "order": ("en", "A council of Turkic poets read aloud."),
    "es": ("es", "El embajador visitó la ciudad."),
}


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """A corpus of seven short articles."""
    corpus = Corpus.open(tmp_path / "c", create=True)
    add(corpus, *(article(i, text, language=language, title="") for i, (language, text) in TEXTS.items()))
    search.update(corpus)
    return corpus


def segments(corpus: Corpus) -> set[str]:
    """The names of the segments in use."""
    noted = index.note(corpus)
    return set(noted.segments) if noted else set()


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a b", Every((Words(("a",)), Words(("b",))))),
        ("a AND b", Every((Words(("a",)), Words(("b",))))),
        ("a b OR c", Either((Every((Words(("a",)), Words(("b",)))), Words(("c",))))),
        ("a (b OR c)", Every((Words(("a",)), Either((Words(("b",)), Words(("c",))))))),
        ("a -b", Every((Words(("a",)), Not(Words(("b",)))))),
        ("a NOT b", Every((Words(("a",)), Not(Words(("b",)))))),
        ("“Türk Şurası”", Words(("Türk", "Şurası"))),
        ('"a OR b"', Words(("a", "OR", "b"))),
        ("C.Tuymebayev", Words(("C", "Tuymebayev"))),
        ("ABŞ-ın", Words(("ABŞ", "ın"))),
        ("a - b", Every((Words(("a",)), Words(("b",))))),
        ("a & b", Every((Words(("a",)), Words(("b",))))),
        ("azərb*", Prefix("azərb")),
        ("and or not", Every((Words(("and",)), Words(("or",)), Words(("not",))))),
    ],
)
def test_what_a_query_means(text: str, tree: Query) -> None:
    """Words go together, OR joins less tightly, signs work only where they stand as signs."""
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no word"),
        ("... !", "no word"),
        ("()", "no word"),
        ('a "b c', "quotation mark at character 3 is not closed"),
        ("(a OR b", r"bracket \( at character 1 is not closed"),
        ("a) b", r"bracket \) at character 2"),
        ("a OR", "after OR at character 3"),
        ("OR a", "before OR at character 1"),
        ("AND a", "before AND at character 1"),
        ("a AND OR b", "after AND at character 3"),
        ("a NOT", "after NOT at character 3"),
        ("q*x", "character 1.*end of one word"),
        ("*x", "end of one word"),
        ("a q*", "character 3: at least 2"),
        ("(" * 30 + "a" + ")" * 30, "more than 20 brackets"),
        ("a " * 61, "more than 60 words"),
    ],
)
def test_a_query_that_cannot_be_understood(text: str, said: str) -> None:
    """The message names the fault and the place."""
    with pytest.raises(QueryError, match=said):
        parse(text)


@given(st.text(alphabet='aə "()*-ANDORT“”\\[]{}^~:+', max_size=60))
def test_any_text_is_a_query_or_is_refused(text: str) -> None:
    """Nothing a user types raises anything but QueryError."""
    with suppress(QueryError):
        assert parse(text)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("Qazaxıstan", {"az", "caps"}),
        ("qazaxıstandan", {"az", "caps"}),
        ("qazaxistan", {"az", "caps"}),
        ("QAZAXISTAN səfir", {"az", "caps"}),
        ("Qazaxıstan -diaspor", {"caps"}),
        ("Казахстан", {"ru"}),
        ("Казахстану OR Qazaxıstana", {"az", "caps", "ru"}),
        ("Bakı", {"az"}),
        ("səfirlərin", {"az", "caps"}),
        ("посла", set()),
        ("диаспора", {"ru"}),
        ("ambassador", {"en"}),
        ("Türkiye", {"tr"}),
        ("Türkiye'nin", {"tr"}),
        ('"Turkic Council"', {"en"}),
        ('"council of turkic"', {"order"}),
        ("turkic council", {"en", "order"}),
        ("диаспор*", {"ru"}),
        ("iqtis*", {"caps"}),
        ("visitó", {"es"}),
        ("visito", {"es"}),
        ("NOT (bakı OR baku OR баку)", {"caps", "tr", "order", "es"}),
        ("(Bakı OR Baku) -ambassador", {"az"}),
        ("yoxdurbelə", set()),
        ("yoxdurbelə*", set()),
    ],
)
def test_what_a_query_finds(corpus: Corpus, query: str, wanted: set[str]) -> None:
    """Forms of a word, letters with and without diacritics, capitals, phrases, prefixes and their absence."""
    assert set(found(corpus, query)) == wanted


@pytest.mark.parametrize("step", [1, 2, 512])
@given(
    words=st.sets(st.text("aəeığ", min_size=1, max_size=4), max_size=30),
    sought=st.text("aəeığb", max_size=4),
)
def test_a_word_has_its_place_in_the_order(step: int, words: set[str], sought: str) -> None:
    """As many words stand before it as are less, however many of them are kept in memory."""
    there = sorted((plain(word), word) for word in words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary, "STEP", step)
        known = Vocabulary(Packed.of(pa.array([word for _, word in there], pa.large_string())))
        for asked in ((plain(sought), ""), (plain(sought), sought), (plain(sought) + vocabulary.AFTER, "")):
            assert known.place(*asked) == sum(key < asked for key in there)


def test_a_phrase_does_not_reach_from_title_into_text(corpus: Corpus) -> None:
    """The last word of a title and the first of the text are not side by side."""
    add(corpus, article("t", "Şurası toplandı", title="Qədim Türk"))
    assert found(corpus, '"Türk Şurası"') == []
    assert found(corpus, '"Qədim Türk"') == ["t"]


words = st.sampled_from(["ana", "bala", "çay", "dağ", "Əli", "evdə"])
said = st.lists(words, max_size=8).map(" ".join)


@pytest.mark.parametrize("way", ["sought", "marked"])
@given(articles=st.lists(st.tuples(said, said), min_size=1, max_size=9), phrase=st.lists(words, min_size=1, max_size=3))
def test_a_phrase_is_found_where_it_stands(articles: list[tuple[str, str]], phrase: list[str], way: str) -> None:
    """Indexed at once or merged of parts, looked for either way, it is found in those that say it, and no other."""
    rows = [{"id": str(n), "language": "az", "title": title, "text": text} for n, (title, text) in enumerate(articles)]
    table = pa.Table.from_pylist(rows)
    at_once, merged = make(table), merge([make(table.slice(n, 2)) for n in range(0, len(rows), 2)])
    wanted = [any(f" {' '.join(phrase)} " in f" {part} " for part in parts) for parts in articles]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ask, "SEEK", 0 if way == "sought" else 1e9)
        patch.setattr(ask, "MOST_PLACES", float("inf"))
        patch.setattr(ask, "WINDOW", 7)
        for segment in (at_once, merged):
            assert Question([segment], Words(tuple(phrase))).answer(0).tolist() == wanted


@pytest.mark.parametrize("query", ["qa* OR tu* OR co*", '"qazaxıstan səfiri" OR bakı', "NOT (qa* OR tu* OR di*)", "və"])
def test_what_a_query_costs_is_known_before_it_is_answered(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    """A query that would look at too many places is refused with a way out, and none of them is looked at."""
    add(corpus, article("long", "və " * 50))
    monkeypatch.setattr(ask, "MOST_PLACES", 4)
    monkeypatch.setattr(ask, "_matching", None)
    with pytest.raises(QueryError, match="add letters"):
        found(corpus, query)


def test_a_word_that_begins_like_too_many(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words of the index that are compared with those of a query are counted before they are."""
    monkeypatch.setattr(ask, "MOST_WORDS", 3)
    with pytest.raises(QueryError, match="more than 3 words begin"):
        found(corpus, "Qazaxıstan səfir")


def test_new_articles_are_added_and_old_ones_not_again(corpus: Corpus) -> None:
    """The index follows the corpus; an article is found once."""
    before = segments(corpus)
    add(corpus, article("new", "Qazaxıstanda yeni sərgi"))
    search.update(corpus)
    assert segments(corpus) > before
    assert found(corpus, "Qazaxıstan") == ["az", "caps", "new"]


def test_segments_of_like_size_are_merged(corpus: Corpus) -> None:
    """However often a little is added, the segments are few, and all of it is found."""
    for n in range(2 * index.TIER):
        add(corpus, article(f"n{n}", f"Qazaxıstanda sərgi nömrə {n}"))
        search.update(corpus)
    assert len(segments(corpus)) < index.TIER
    assert {path.name for path in (corpus.path / "search").iterdir() if path.is_dir()} == segments(corpus)
    assert len(found(corpus, "sərgi")) == 2 * index.TIER


def test_a_file_made_of_others_is_not_indexed_again(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles are known by their ids, whatever file they stand in."""
    add(corpus, article("new", "Qazaxıstanda yeni sərgi"))
    search.update(corpus)
    before = segments(corpus)
    corpus.tables["articles"].delta.optimize.compact()
    corpus.refresh()
    monkeypatch.setattr(index, "make", None)
    search.update(corpus)
    assert segments(corpus) == before
    assert found(corpus, "Qazaxıstan") == ["az", "caps", "new"]


def test_the_index_of_another_corpus_is_not_believed(corpus: Corpus, tmp_path: Path) -> None:
    """A corpus made again in the same directory has the ids of the one before, and other texts."""
    other = Corpus.open(tmp_path / "other", create=True)
    add(other, article("az", "Gürcüstanda sərgi"))
    shutil.copytree(corpus.path / "search", other.path / "search")
    assert found(other, "Qazaxıstan") == []
    assert found(other, "Gürcüstan") == ["az"]


def test_search_without_an_index_makes_it(corpus: Corpus) -> None:
    """The index is derived: deleting it costs time and nothing else."""
    shutil.rmtree(corpus.path / "search")
    reader._opened.clear()
    assert set(found(corpus, "Qazaxıstan")) == {"az", "caps"}
    assert segments(corpus)


def test_a_damaged_index_is_made_again(corpus: Corpus) -> None:
    """Any file of it may be cut or gone: the answer is the same."""
    names = [*sorted(path.name for path in (corpus.path / "search").glob("*/*")), "current"]
    for name in names:
        for damage in (None, b"", b"garbage", "cut"):
            victim = next((corpus.path / "search").rglob(name))
            whole = victim.read_bytes()
            victim.unlink()  # a new file: one that is cut while it is mapped ends the process that maps it
            if damage is not None:
                victim.write_bytes(whole[: len(whole) - 3] if isinstance(damage, str) else damage)
            reader._opened.clear()
            assert set(found(corpus, '"iqtisadi forum"')) == {"caps"}, f"{name}: {damage!r}"
            assert segments(corpus), f"{name}: {damage!r}"


@pytest.mark.parametrize("blocked", ["not writable", "somebody writes"])
def test_what_cannot_be_written_is_searched_in_memory(tmp_path: Path, blocked: str) -> None:
    """A corpus that cannot be written, or is being written, is searched whole."""
    corpus = Corpus.open(tmp_path / "c", create=True)
    add(corpus, article("a", "Qazaxıstanda sərgi"))
    with ExitStack() as held:
        if blocked == "not writable":
            (corpus.path / "search").write_text("a file where the directory should be")
        else:
            search.update(corpus)
            held.enter_context(index._locked(corpus.path / "search"))
        add(corpus, article("b", "Qazaxıstana səfər"))
        assert search.update(corpus) is False
        assert found(corpus, "Qazaxıstan") == ["a", "b"]


def test_a_part_is_called_by_what_is_in_it(tmp_path: Path) -> None:
    """What the index leaves of a file changes with the index, though it is in memory: its name does too."""
    corpus = Corpus.open(tmp_path / "c", create=True)
    add(corpus, article("a", "Qazaxıstanda sərgi"), article("b", "Qazaxıstana səfər"))
    with index._locked(corpus.path / "search"):
        (before,) = search.matches(corpus, "Qazaxıstan")
    segment = make(corpus.table("articles").slice(0, 1))
    search.add(corpus, [segment])
    reader._opened.clear()
    with index._locked(corpus.path / "search"):
        names = {part.name: sorted(part.ids.to_pylist()) for part in search.matches(corpus, "Qazaxıstan")}
    assert sorted(map(len, names.values())) == [1, 1]
    assert before.name not in names


def test_readers_while_somebody_writes(corpus: Corpus) -> None:
    """Every answer is that of some version: what was found stays found, and nothing fails."""
    errors: list[BaseException] = []
    counts: list[int] = []

    def read() -> None:
        try:
            for _ in range(15):
                here = Corpus.open(corpus.path)
                counts.append(len(found(here, "Qazaxıstan")))
        except BaseException as error:
            errors.append(error)

    thread = Thread(target=read)
    thread.start()
    for n in range(6):
        add(corpus, article(f"n{n}", f"Qazaxıstan {random.Random(n).random()}"))
        search.update(corpus)
    thread.join()
    assert not errors
    assert counts == sorted(counts)
    assert len(found(corpus, "Qazaxıstan")) == 8


@pytest.mark.parametrize(
    ("query", "title", "text"),
    [
        ("bakı", ["Bakıda", "BAKI"], ["Bakıdan"]),
        ("baki", ["Bakıda", "BAKI"], ["Bakıdan"]),
        ('"türk şurası"', [], ["Türk Şurasının"]),
        ('"şurasının türk"', [], []),
        ("görüş* -bakı", ["görüş"], ["görüşdülər"]),
        ("yoxdur OR (dünən NOT baki)", [], ["Dünən"]),
        ("İSTANBUL", [], ["İstanbulda"]),
    ],
)
def test_what_was_searched_for_is_found_in_the_article(query: str, title: list[str], text: list[str]) -> None:
    """In any form and any letters, as the search itself finds it; what is excluded is not."""
    article = {
        "title": "Bakıda görüş: BAKI",
        "text": "Dünən Türk Şurasının üzvləri İstanbulda görüşdülər.\nBakıdan da gəldilər, türk.",
        "language": "az",
    }
    found = marks(article, query)
    assert [article["title"][a:b] for a, b in found["title"]] == title
    assert [article["text"][a:b] for a, b in found["text"]] == text
