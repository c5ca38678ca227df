"""The corpus, and everything made of it that is kept between clicks. The only caches of the app.

A cache is keyed by short strings alone, the corpus path and its version; never by a frame, which Streamlit would hash
by sample. The cube is shared by all sessions and never changed.
"""

import gc
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from analytics import candidates as review
from analytics import cube as cubes
from analytics import gazetteer, search, taxonomy
from analytics.corpus import Corpus
from analytics.corpus.versions import stand_at
from analytics.cube import Cube
from analytics.errors import UsageError
from analytics.gazetteer import Gazetteer, MentionException, mark, take_back
from analytics.taxonomy import TopicLabel
from ui.kept import Kept
from ui.newest import Newest
from ui.turns import Turns

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / ".jarchi" / "sample"
LOOK = 5  # seconds between two looks for a newer version
WAIT = 20_000  # articles that a visitor waits for to be read again: some minutes at most


@dataclass(frozen=True)
class Loaded:
    """A corpus at one version, with its figures and its names, and what sessions share in working with it."""

    corpus: Corpus
    cube: Cube
    gazetteer: Gazetteer
    turns: Turns
    kept: Kept


def path() -> str:
    """Where the corpus is: JARCHI_CORPUS, or the sample."""
    return os.environ.get("JARCHI_CORPUS") or str(SAMPLE)


@st.cache_data(ttl=LOOK, refresh_mode="background", show_spinner=False)
def latest(where: str) -> str:
    """The newest version of the corpus. Raises CorpusError where there is none."""
    return Corpus.open(where).version


def newest(where: str) -> str:
    """The newest version that opens at once: that which a visitor is shown, and offered. Raises as `latest` does."""
    return _newest(where).of(latest(where))


@cache
def _newest(where: str) -> Newest:
    return Newest(where)


@st.cache_resource(max_entries=2, show_spinner=False)
def load(where: str, version: str) -> Loaded:
    """The corpus at a version, laid out for counting: once for all sessions.

    Raises UsageError where it can no longer be read.
    """
    if gc.get_freeze_count():  # a version may have gone since, and what is frozen is never given back
        gc.unfreeze()
        gc.collect()
    _newest(where).lay_out()  # elsewhere: what that takes, 2 GB for a million articles, would stay with this process
    corpus = Corpus.open(where)
    newest = corpus.version
    if newest != version:  # it was given back, or a build goes on
        stand_at(corpus, version)
    known = gazetteer.load(corpus.data)
    cube = cubes.open(corpus, lambda query: search.matches(corpus, query), known)
    loaded = Loaded(corpus, cube, known, Turns(), Kept())
    if newest == version:
        _newest(where).opened(version)
    gc.freeze()  # what is kept for good need not be looked through at every collection
    return loaded


def opened(where: str, version: str) -> tuple[str, Loaded]:
    """The corpus at this version, or at the newest where this one can no longer be read; and which it is."""
    try:
        return version, load(where, version)
    except UsageError:
        version = newest(where)
        return version, load(where, version)


@st.cache_data(max_entries=256, show_spinner=False)
def documents(where: str, version: str, ids: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """These articles with their texts and what was found in them, by id."""
    loaded = load(where, version)
    return loaded.corpus.documents(ids, loaded.cube.places)


def urls(where: str, version: str, ids: Sequence[str]) -> dict[str, str]:
    """The addresses of these articles, by id."""
    return load(where, version).corpus.urls(ids)


@st.cache_data(max_entries=4, show_spinner=False)
def report(where: str, version: str) -> dict[str, Any]:
    """What is in the corpus and what was left out."""
    return load(where, version).corpus.report()


@st.cache_data(max_entries=4, show_spinner=False)
def rejected(where: str, version: str, limit: int) -> list[dict[str, Any]]:
    """The first rejected records."""
    return load(where, version).corpus.rejections(limit)


@st.cache_data(max_entries=4, show_spinner=False)
def candidates(where: str, version: str) -> list[dict[Any, Any]]:
    """Officials whom the corpus names often and the gazetteer does not know."""
    loaded = load(where, version)
    return review.candidates(loaded.corpus, loaded.gazetteer).to_dict("records")


def change(where: str, exception: MentionException, *, back: bool = False) -> tuple[int, str]:
    """Keep an exception, or take one back, and analyse the articles it is about.

    Returns how many articles were analysed, and the newest version. Raises GazetteerError and CorpusError.
    """
    folder = load(where, newest(where)).corpus.data / "entities"
    analysed, version = changed(where, lambda: (take_back if back else mark)(folder, exception))
    return analysed or 0, version


def changed(where: str, how: Callable[[], Any], *, again: bool = False) -> tuple[int | None, str]:
    """Make a change to the names or topics of a corpus, and analyse what it is about, or everything `again`.

    Returns how many articles were analysed, None where everything is too much to wait for, and the newest version.
    Raises what `how` raises, and CorpusError.
    """
    from analytics import pipeline  # most visitors change nothing, and the first would wait for it

    corpus = Corpus.open(where)
    corpus.place.edit(how)
    if again and corpus.count("articles") > WAIT:
        analysed = None
    else:
        analysed, _ = pipeline.analyse(corpus, again=again, workers=1)  # a new process would begin by running the page
    corpus.refresh()
    _newest(where).lay_out()
    latest.clear()
    load.clear()  # names of topics are no part of a version
    labels.clear()
    return analysed, corpus.version


def topics_folder(where: str) -> Path:
    """Where an analyst's topics are kept with a corpus."""
    return load(where, newest(where)).corpus.data / "topics"


@st.cache_data(max_entries=4, show_spinner=False)
def labels(where: str, version: str) -> tuple[TopicLabel, ...]:
    """What an analyst said of single articles."""
    return taxonomy.load(load(where, version).corpus.data).labels


@st.cache_data(max_entries=64, show_spinner=False)
def forms(where: str, version: str, entity: str) -> list[dict[str, Any]]:
    """The written forms of an entity in the corpus, with how often each stands and the rule that found it."""
    return load(where, version).corpus.forms(entity)
