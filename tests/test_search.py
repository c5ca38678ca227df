"""Search: what a query means, what it finds, and that the index is always one that can be trusted."""

import random
import shutil
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
import tantivy
from corpora import add, article
from hypothesis import given
from hypothesis import strategies as st

from analytics import search
from analytics.corpus import Corpus
from analytics.errors import QueryError
from analytics.search import reader
from analytics.search.query import Either, Every, Not, Prefix, Query, Words, parse

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


def generation(corpus: Corpus) -> Path:
    """The directory of the index in use."""
    return corpus.path / "search" / (corpus.path / "search" / "current").read_text()


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
    ("query", "found"),
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
def test_what_a_query_finds(corpus: Corpus, query: str, found: set[str]) -> None:
    """Forms of a word, letters with and without diacritics, capitals, phrases, prefixes and their absence."""
    assert set(search.ids(corpus, query)) == found


def test_a_phrase_does_not_reach_from_title_into_text(corpus: Corpus) -> None:
    """The last word of a title and the first of the text are not side by side."""
    add(corpus, article("t", "Şurası toplandı", title="Qədim Türk"))
    assert search.ids(corpus, '"Türk Şurası"') == []
    assert search.ids(corpus, '"Qədim Türk"') == ["t"]


def test_too_many_words_behind_a_prefix(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """A prefix that stands for half the dictionary is refused with a way out."""
    monkeypatch.setattr(reader, "MAX_EXPANSIONS", 1)
    with pytest.raises(QueryError, match="add a letter"):
        search.ids(corpus, "qa* OR tu* OR co*")


def test_new_articles_are_added_and_old_ones_not_again(corpus: Corpus) -> None:
    """The index follows the corpus; an article is found once."""
    before = generation(corpus)
    add(corpus, article("new", "Qazaxıstanda yeni sərgi"))
    search.update(corpus)
    assert generation(corpus) == before
    assert search.ids(corpus, "Qazaxıstan") == ["az", "caps", "new"]


def test_search_without_an_index_makes_it(corpus: Corpus) -> None:
    """The index is derived: deleting it costs time and nothing else."""
    shutil.rmtree(corpus.path / "search")
    reader._opened.clear()
    assert set(search.ids(corpus, "Qazaxıstan")) == {"az", "caps"}
    assert generation(corpus).is_dir()


def test_a_damaged_index_is_made_again(corpus: Corpus) -> None:
    """Any file of it may be cut or gone: the answer is the same."""
    names = sorted(p.name for p in generation(corpus).iterdir() if not p.name.startswith("."))
    for name in names:
        for damage in (b"", b"garbage"):
            victims = [p for p in generation(corpus).iterdir() if p.suffix == Path(name).suffix]
            for victim in victims:
                victim.unlink()  # a new file: one that is cut while it is mapped ends the process that maps it
                victim.write_bytes(damage)
            reader._opened.clear()
            assert set(search.ids(corpus, '"iqtisadi forum"')) == {"caps"}, f"{name} damaged"


@pytest.mark.parametrize("blocked", ["not writable", "somebody writes"])
def test_what_cannot_be_written_is_searched_in_memory(tmp_path: Path, blocked: str) -> None:
    """A corpus that cannot be written, or is being written, is searched whole."""
    corpus = Corpus.open(tmp_path / "c", create=True)
    add(corpus, article("a", "Qazaxıstanda sərgi"))
    writer = None
    if blocked == "not writable":
        (corpus.path / "search").write_text("a file where the directory should be")
    else:
        search.update(corpus)
        writer = tantivy.Index.open(str(generation(corpus))).writer(15_000_000, 1)
    add(corpus, article("b", "Qazaxıstana səfər"))
    assert search.update(corpus) is False
    assert search.ids(corpus, "Qazaxıstan") == ["a", "b"]
    del writer


def test_readers_while_somebody_writes(corpus: Corpus) -> None:
    """Every answer is that of some version: what was found stays found, and nothing fails."""
    errors: list[BaseException] = []
    counts: list[int] = []

    def read() -> None:
        try:
            for _ in range(15):
                here = Corpus.open(corpus.path)
                counts.append(len(search.ids(here, "Qazaxıstan")))
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
    assert len(search.ids(corpus, "Qazaxıstan")) == 8
