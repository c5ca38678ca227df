"""The law of beginnings: no name that a word begins with is lost by its first letters."""

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analytics import gazetteer
from analytics.mentions.bearers import Bearers
from analytics.mentions.heads import Heads
from analytics.mentions.lexicon import compile_names, compile_people
from analytics.mentions.sound import sound, sounds
from analytics.model import LANGUAGES
from analytics.text.letters import fold
from analytics.text.wordlist import WordList

# Letters that sound in several ways, and those that a later letter changes: d-z-h, s-h, i before a vowel, one twice.
ENDINGS = ("", "a", "u", "ə", "ın", "dan", "un", "а", "у", "ом", "ым", "ова", "ға")
ORDINARY = ("ыщэ", "щъю", "xwqlar", "цщь")  # nobody is called so
LETTERS = st.text("aeiuydzhscktgpjrnvşƏжщья", min_size=1, max_size=9)


@given(st.sets(LETTERS, min_size=1, max_size=5), st.lists(LETTERS, max_size=8), st.lists(LETTERS, max_size=8))
@example({"radzhab"}, ["radzhabov"], [])
@example({"vian"}, ["viyanda"], [])
def test_every_beginning_that_sounds_like_a_name_is_told(names: set[str], words: list[str], endings: list[str]) -> None:
    """Beside any words: those that a name begins, as it is written and as it sounds."""
    words = [*words, *(name + ending for name in names for ending in endings)]
    keys = {sound(name) for name in names} - {""}
    wanted = {(at, n) for at, word in enumerate(words) for n in range(1, len(word) + 1) if sound(word[:n]) in keys}
    heads = Heads(sounds, keys, 1)
    assert wanted <= set(heads.cuts(words))
    assert {at for at, _ in wanted} <= set(WordList(pa.array(words, pa.large_string())).begun(heads.begin)[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_known_is_among_what_begins_like_it(language: str) -> None:
    """Of the names of the gazetteer, in any form, three letters leave out none that all letters find."""
    known = gazetteer.load()
    names = {word for entity in known.entities.values() for name in entity.names.values() for word in name.split()}
    spelt = sorted({fold(name, language) + ending for name in names for ending in ENDINGS} | set(ORDINARY))
    listed, bearers = WordList(pa.array(spelt, pa.large_string())), Bearers(known, language)
    lexicons = (compile_names(known, language), compile_people(known, language))
    asked = [(bearers.may_be_known(spelt, spelt), bearers.may_begin)]
    asked += [(lexicon.opens(spelt), lexicon.may_open) for lexicon in lexicons]
    for every, may in asked:
        found = {at for at, one in enumerate(every) if one}
        begun = set(listed.begun(may)[0])
        assert found
        assert found <= begun < set(range(len(spelt)))


def test_a_word_that_no_name_begins_is_not_looked_at() -> None:
    """That is what heads are for."""
    heads, words = Heads(sounds, {sound("Qasımov")}, 3), ["Balaban", "Qazaxda", "mərkəzində"]
    assert not list(heads.cuts(words))
    assert WordList(pa.array(words, pa.large_string())).begun(heads.begin) == ([1], ["Qazaxda"])
