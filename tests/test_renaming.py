"""Other names: only the articles that hold them are analysed again, to what a full analysis would make of them."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from corpora import built

from analytics import gazetteer, mentions, pipeline, search
from analytics.corpus import Corpus
from analytics.pipeline.basis import FILE, Basis
from analytics.text.words import Words

HERE = Path(__file__).resolve().parent.parent / "data" / "entities"
TEXTS = {
    "alias": "Qızıldağ Respublikasında seçkilər keçirildi, Türkiyə müşahidəçi göndərdi.",
    "inflected": "Heyət dünən QIZILDAĞA gəldi.",
    "glued": "Nümayəndələr QızıldağPrezidenti ilə görüşdü.",
    "apart": "Qızıl ucuzlaşdı, dağ yolları bağlandı.",
    "other": "Qazaxıstan və Türkiyə nümayəndələri Bakıda görüşdülər.",
    "russian": "Делегация Кызылдага прибыла в Баку.",
}
RED = """
[[country]]
id = "{id}"
name = {{ az = "{name}", ru = "Кызылдаг" }}
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """A few analysed articles, some of which name a state that nobody listed."""
    return built(tmp_path, TEXTS)


def lay(corpus: Corpus, content: str, name: str = "own.toml") -> None:
    """Lay a file of names over ours."""
    (corpus.data / "entities").mkdir(parents=True, exist_ok=True)
    (corpus.data / "entities" / name).write_text(content, encoding="utf-8")


def found(corpus: Corpus) -> list[object]:
    """What was found in each article. The method is another, and the story stays: others have joined it since."""
    corpus.refresh()
    return corpus.table("analysis").drop_columns(["method", "story"]).sort_by("article").to_pylist()


def holding(corpus: Corpus, entity: str) -> list[str]:
    """The articles that name an entity."""
    sql = "select distinct article from (select article, unnest(mentions) m from analysis) where m.entity = $entity"
    corpus.refresh()
    return sorted(corpus.rows(sql, entity=entity)["article"].to_pylist())


def test_a_new_name_touches_the_articles_that_hold_it(corpus: Corpus) -> None:
    """Inflected, in capitals, glued to the next word and in another script; nothing is outdated afterwards."""
    lay(corpus, RED.format(id="QZ", name="Qızıldağ"))
    assert pipeline.analyse(corpus) == (4, 0)
    assert holding(corpus, "QZ") == ["alias", "glued", "inflected", "russian"]
    assert pipeline.analyse(corpus) == (0, 0)


def test_it_comes_to_the_same_as_analysing_everything_again(corpus: Corpus) -> None:
    """Row by row."""
    lay(corpus, RED.format(id="QZ", name="Qızıldağ"))
    pipeline.analyse(corpus)
    some = found(corpus)
    assert pipeline.analyse(corpus, again=True) == (len(TEXTS), 0)
    assert found(corpus) == some


def test_a_name_taken_away_is_forgotten_where_it_stood(corpus: Corpus) -> None:
    """Back to the names of before, articles are what they were, and the methods of both come to the same."""
    before = found(corpus)
    lay(corpus, RED.format(id="QZ", name="Qızıldağ"))
    pipeline.analyse(corpus)
    shutil.rmtree(corpus.data)
    assert pipeline.analyse(corpus) == (4, 0)
    assert found(corpus) == before
    basis = Basis.read(corpus)
    assert basis is not None
    assert len(basis.same) == 1


def test_another_id_is_told_wherever_the_name_stands(corpus: Corpus) -> None:
    """The same name for another entity is another mention."""
    lay(corpus, RED.format(id="QZ", name="Qızıldağ"))
    pipeline.analyse(corpus)
    lay(corpus, RED.format(id="QW", name="Qızıldağ"))
    assert pipeline.analyse(corpus) == (4, 0)
    assert holding(corpus, "QW") == ["alias", "glued", "inflected", "russian"]


def test_new_articles_and_old_ones_go_by_the_new_names(corpus: Corpus, tmp_path: Path) -> None:
    """One command does both; the exceptions of an analyst are still obeyed."""
    gazetteer.mark(
        corpus.data / "entities", gazetteer.MentionException(surface="Türkiyə", entity="TR", article="alias")
    )
    pipeline.analyse(corpus)
    lay(corpus, RED.format(id="QZ", name="Qızıldağ"))
    more = tmp_path / "more.jsonl"
    more.write_text(json.dumps({"id": "new", "date": "2022-03-05", "text": "Qızıldağda zəlzələ oldu."}))
    done = pipeline.build([more], tmp_path / "corpus")
    assert (done.analysed, done.outdated) == (5, 0)
    assert holding(corpus, "QZ") == ["alias", "glued", "inflected", "new", "russian"]
    assert holding(corpus, "TR") == ["other"]


def test_a_run_that_was_ended_is_finished_by_the_next(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed after the articles were analysed and before that was noted: it is noted without doing them again."""
    lay(corpus, RED.format(id="QZ", name="Qızıldağ"))
    with monkeypatch.context() as patch:
        patch.setattr(Basis, "keep", lambda *_: pytest.fail("ended here"))
        with pytest.raises(pytest.fail.Exception):
            pipeline.analyse(corpus)
    assert pipeline.analyse(corpus) == (0, 0)
    assert holding(corpus, "QZ") == ["alias", "glued", "inflected", "russian"]


@pytest.mark.parametrize("said", [None, b"{", b'{"method": "x", "rest": "y", "names": {}, "same": []}'])
def test_where_the_names_of_before_are_not_known_everything_is_outdated(corpus: Corpus, said: bytes | None) -> None:
    """A corpus of an older version, a damaged note, or another method altogether: told, and not guessed."""
    (corpus.path / FILE).unlink()
    if said:
        (corpus.path / FILE).write_bytes(said)
    lay(corpus, RED.format(id="QZ", name="Qızıldağ"))
    assert pipeline.analyse(corpus) == (0, len(TEXTS))
    assert pipeline.analyse(corpus, again=True) == (len(TEXTS), 0)


def without(pattern: str) -> Callable[[str], str]:
    """Takes away what a pattern finds."""
    return lambda source: re.sub(pattern, "", source)


EDITS: dict[str, tuple[str, Callable[[str], str]]] = {
    "an alias of a country": ("countries.toml", lambda s: s.replace('id = "TR"', 'id = "TR"\nweak.az = ["Qərb"]', 1)),
    "the name of a country": ("countries.toml", lambda s: s.replace('az = "Qazaxıstan"', 'az = "Qazaxstan"', 1)),
    "nationalities": ("countries.toml", without(r"(?m)^demonym\.az = .*\n")),
    "an organisation": ("organisations_turkic.toml", lambda s: s.replace('az = "Türk', 'az = "Türkdilli', 1)),
    "the titles of offices": ("roles.toml", lambda s: re.sub(r'(?m)\baz = "', 'az = "keçmiş ', s)),
    "which office was held": ("officials_azerbaijan.toml", lambda s: s.replace('"president"', '"prime-minister"')),
    "the ids of officials": ("officials_azerbaijan.toml", lambda s: s.replace('\nid = "', '\nid = "x-')),
    "no names": ("not_names.toml", lambda s: re.sub(r"(?m)^(az = \[)", r'\1"Qazaxıstan Prezidenti", ', s, count=1)),
}


@pytest.mark.parametrize("edit", EDITS)
def test_no_article_is_left_out_that_would_be_analysed_otherwise(sample: Path, tmp_path: Path, edit: str) -> None:
    """Whatever is edited in the files of names: what is found in an article that is not touched stays the same."""
    file, change = EDITS[edit]
    source = (HERE / file).read_text(encoding="utf-8")
    assert change(source) != source
    (tmp_path / "entities").mkdir()
    (tmp_path / "entities" / file).write_text(change(source), encoding="utf-8")
    ours, theirs = gazetteer.load(), gazetteer.load(tmp_path)
    corpus = Corpus.open(sample)
    articles = corpus.table("articles").combine_chunks()
    differ = unlike(articles, ours, theirs)
    assert differ, "the edit changes nothing here, and would prove nothing"
    for old, new in ((ours, theirs), (theirs, ours)):
        sought = {language: clues.sought for language, clues in mentions.difference(old, new).items()}
        held = search.holding(corpus, sought)
        touched = {(article, language) for language, ids in held.items() for article in ids.to_pylist()}
        assert differ <= touched


def unlike(articles: pa.Table, old: gazetteer.Gazetteer, new: gazetteer.Gazetteer) -> set[tuple[str, str]]:
    """The articles in which two gazetteers find something else, with the language that each is read as."""
    words = Words.of(articles)
    both = [mentions.find(articles, words, each) for each in (old, new)]
    rows = [{json.dumps(row, default=str, sort_keys=True) for row in each.to_pylist()} for each in both]
    read = dict(zip(articles["id"].to_pylist(), map(mentions.read_as, articles["language"].to_pylist()), strict=True))
    names = {json.loads(row)["article"] for row in rows[0] ^ rows[1]}
    return {(name, read[name]) for name in names}
