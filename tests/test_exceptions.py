"""An analyst's word on single mentions: kept, obeyed, taken back, and costing no more than the articles it is about."""

import tempfile
import tomllib
from pathlib import Path

import pytest
from corpora import built
from hypothesis import given
from hypothesis import strategies as st

from analytics import gazetteer, pipeline
from analytics.corpus import Corpus
from analytics.errors import GazetteerError
from analytics.gazetteer import MentionException, mark, take_back
from analytics.gazetteer.exceptions import MARKED

TEXTS = {
    "a": "Qazaxıstan və Türkiyə nümayəndələri Bakıda görüşdülər.",
    "b": "Türkiyə komandası qalib gəldi, Qazaxıstan ikinci oldu.",
    "c": "Hava isti keçəcək, yağış gözlənilmir.",
}


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Three analysed articles, two of which name the same two states."""
    return built(tmp_path, TEXTS)


def named(corpus: Corpus) -> dict[str, list[str]]:
    """The entities of each article."""
    corpus.refresh()
    rows = corpus.rows(
        "select article, list_transform(mentions, lambda m: m.entity) as e from analysis order by article"
    )
    return {row["article"]: row["e"] for row in rows.to_pylist()}


def except_(corpus: Corpus, **fields: str) -> int:
    """Mark a mention and analyse; the number of articles that were analysed."""
    mark(corpus.data / "entities", MentionException(**fields))
    return pipeline.analyse(corpus)[0]


def test_a_wrong_mention_goes_from_its_article_alone(corpus: Corpus) -> None:
    """One article is analysed again, and loses the mention; the other keeps its own."""
    assert except_(corpus, surface="Qazaxıstan", entity="KZ", article="a") == 1
    assert named(corpus) == {"a": ["TR"], "b": ["TR", "KZ"], "c": []}


def test_a_form_may_be_excepted_everywhere(corpus: Corpus) -> None:
    """Every article with the form is analysed again, and no other."""
    assert except_(corpus, surface="Qazaxıstan", entity="KZ") == 2
    assert named(corpus) == {"a": ["TR"], "b": ["TR"], "c": []}


def test_a_mention_may_mean_another(corpus: Corpus) -> None:
    """It becomes a mention of what the analyst says, by the rule that says who said so."""
    except_(corpus, surface="Türkiyə", entity="TR", means="turkic-academy", article="b")
    assert named(corpus)["b"] == ["turkic-academy", "KZ"]
    (rule,) = corpus.rows("select m.rule from (select unnest(mentions) m from analysis) where m.kind = 'organisation'")[
        "rule"
    ]
    assert str(rule) == "an exception says so"


def test_what_is_obeyed_is_not_analysed_again(corpus: Corpus) -> None:
    """The same command again finds nothing to do, and nothing counts as outdated."""
    except_(corpus, surface="Qazaxıstan", entity="KZ", article="a")
    assert pipeline.analyse(corpus) == (0, 0)


def test_an_exception_taken_back_is_forgotten(corpus: Corpus) -> None:
    """Without its row the mention comes back, in its article alone."""
    before = named(corpus)
    except_(corpus, surface="Qazaxıstan", entity="KZ", article="a")
    take_back(corpus.data / "entities", MentionException(surface="Qazaxıstan", entity="KZ", article="a"))
    assert pipeline.analyse(corpus)[0] == 1
    assert named(corpus) == before


def test_stories_stay_and_the_corpus_is_whole(corpus: Corpus) -> None:
    """An exception is about a mention: the article's story and all else keep their places."""
    stories = corpus.table("analysis", ["article", "story"]).to_pylist()
    except_(corpus, surface="Qazaxıstan", entity="KZ", article="a")
    corpus.refresh()
    after = corpus.table("analysis", ["article", "story"]).to_pylist()
    assert sorted(map(str, after)) == sorted(map(str, stories))
    assert corpus.check() == []


def test_marks_survive_the_next_build_with_ones_own_names(corpus: Corpus, tmp_path: Path) -> None:
    """A directory of names laid over ours replaces what it brought before, and not what was marked in the app."""
    except_(corpus, surface="Qazaxıstan", entity="KZ", article="a")
    own = tmp_path / "own"
    (own / "entities").mkdir(parents=True)
    (own / "entities" / "mine.toml").write_text('[not_names]\naz = ["Boş söz"]\n', encoding="utf-8")
    pipeline.build([tmp_path / "in.jsonl"], corpus.path, overlay=own)
    pipeline.analyse(corpus, again=True)
    assert named(corpus)["a"] == ["TR"]


def test_marking_twice_is_marking_once(tmp_path: Path) -> None:
    """A second click adds no second row."""
    one = MentionException("Qazax", "KZ", article="a")
    mark(tmp_path, one)
    mark(tmp_path, one)
    assert len(tomllib.loads((tmp_path / MARKED).read_text(encoding="utf-8"))["exception"]) == 1


text = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]))


@given(st.builds(MentionException, surface=text, entity=text, means=text, article=text, note=text))
def test_a_row_is_read_as_it_was_written(one: MentionException) -> None:
    """Whatever stands in an article, the file stays a file."""
    with tempfile.TemporaryDirectory() as folder:
        mark(Path(folder), one)
        (row,) = tomllib.loads((Path(folder) / MARKED).read_text(encoding="utf-8"))["exception"]
    assert MentionException(**row) == one


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('[[exception]]\nsurface = "x"', "surface and entity"),
        ('[[exception]]\nsurface = "x"\nentity = "KZ"\nmeans = "nobody-at-all"', "nobody-at-all"),
        ('[[exception]]\nsurface = "x"\nentity = 5', "quotation marks"),
        ('[[exception]]\nsurface = "x"\nentity = "KZ"\nwhy = "?"', "unknown field why"),
        ("[[other]]", "unknown section"),
        ("not toml", "not valid TOML"),
    ],
)
def test_a_faulty_file_is_named(tmp_path: Path, content: str, words: str) -> None:
    """`gazetteer check` names file, row and remedy, and nothing is guessed."""
    (tmp_path / "entities").mkdir()
    (tmp_path / "entities" / "exceptions.toml").write_text(content, encoding="utf-8")
    (fault,) = gazetteer.faults(tmp_path)
    assert fault.startswith("exceptions.toml")
    assert words in fault
    with pytest.raises(GazetteerError):
        gazetteer.load(tmp_path)


def test_exceptions_are_no_part_of_the_digest(tmp_path: Path) -> None:
    """Marking a mention makes no other article outdated."""
    mark(tmp_path / "entities", MentionException("Qazax", "KZ", article="a"))
    marked = gazetteer.load(tmp_path)
    assert marked.exceptions
    assert marked.digest == gazetteer.load().digest
