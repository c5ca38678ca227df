"""A box in which names are looked for, in any spelling, and chosen; compared in the letters of `text.letters`.

`st.multiselect` looks letter for letter: Türkiyə is not found by turkiye, nor İlham by Алиев.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import orjson
import streamlit as st

from analytics.text.letters import ALIKE, fold, plain
from ui.words import translator

HERE = Path(__file__).resolve().parent
_HTML = """<div class="box"><label class="label" for="looked-for"></label>
<div class="field"><div class="chosen"></div><div class="open"></div></div>
<div class="list" id="choices" role="listbox" hidden></div></div>"""
_box = st.components.v2.component(
    "jarchi_picker",
    html=_HTML,
    css=(HERE / "picker.css").read_text(encoding="utf-8"),
    js=(HERE / "picker.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen: each with its id, what it is called, the names it is looked for by, its weight, and its kind.

    Among those that answer as well as others, the weightier come first; the kind is said behind the name. Written as
    JSON once: Streamlit would write 2,000 of them twice at every run.
    """

    json: bytes
    ids: frozenset[str]

    @classmethod
    def of(cls, choices: Iterable[tuple[str, str, Iterable[str], int, str]]) -> "Choices":
        """Of (id, name, other names, weight, kind), in the order in which they are listed."""
        said = [
            (one, name, sorted({folded(other) for other in others} - {folded(name)}), weight, kind)
            for one, name, others, weight, kind in choices
        ]
        return cls(orjson.dumps(said), frozenset(one for one, *_ in said))


def folded(name: str) -> str:
    """A name as it is compared with what is typed; `picker.js` does the same to that."""
    return plain(fold(name))


def pick(
    label: str,
    choices: Choices,
    key: str,
    hint: str,
    *,
    on_change: Callable[[], None] = lambda: None,
    alone: bool = False,
) -> None:
    """Draw the box. `st.session_state[key]` is the list of ids that are chosen, and may be set before.

    With `alone` a choice takes the place of the one before.
    """
    t, own, told = translator(), f"pick-{key}", f"_told-{key}"

    def choose() -> None:
        asked = st.session_state[own].get("chosen") or ()
        st.session_state[key] = [one for one in asked if one in choices.ids]
        st.session_state[told] = st.session_state[key], st.session_state[told][1]
        on_change()

    chosen = list(st.session_state.get(key, ()))
    if told not in st.session_state or st.session_state[told][0] != chosen:  # news for the browser, which leads else
        st.session_state[told] = chosen, secrets.token_hex(4)
    said = {
        "key": key,
        "label": label,
        "hint": hint,
        "alone": alone,
        "choices": orjson.Fragment(choices.json),
        "chosen": chosen,
        "stamp": st.session_state[told][1],
        "letters": ALIKE,
        "words": {"nothing": t("No name like this."), "remove": t("remove"), "clear": t("Remove all")},
    }
    _box(key=own, data=orjson.dumps(said), on_chosen_change=choose)
