"""A box in which names are looked for, in any spelling, and chosen; compared in the letters of `text.letters`.

`st.multiselect` looks letter for letter: Türkiyə is not found by turkiye, nor İlham by Алиев.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import orjson
import streamlit as st

from analytics.text.letters import ALIKE, fold_all, plain_all
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
        given = [(one, name, list(others), weight, kind) for one, name, others, weight, kind in choices]
        as_folded = _all_folded({written for _, name, others, *_ in given for written in (name, *others)})
        said = [
            (one, name, sorted({as_folded[other] for other in others} - {as_folded[name]}), weight, kind)
            for one, name, others, weight, kind in given
        ]
        return cls(orjson.dumps(said), frozenset(one for one, *_ in said))


def _all_folded(names: Iterable[str]) -> dict[str, str]:
    """Names as they are compared with what is typed, by name; `picker.js` does the same to that."""
    lines = {name: name.replace("\n", " ") for name in names}
    return dict(zip(lines, plain_all(fold_all(list(lines.values()))), strict=True))


@dataclass(slots=True)
class _Told:
    """What is chosen now, and what the browser was told last. From then on it leads, and knows the stamp again.

    So the names, 250 KB, are the same bytes at every run, and are sent to it once.
    """

    now: list[str]
    sent: list[str]
    stamp: str


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
    t, own = translator(), f"pick-{key}"
    chosen, told = list(st.session_state.get(key, ())), st.session_state.get(f"_{own}")
    if told is None or told.now != chosen:
        told = st.session_state[f"_{own}"] = _Told(chosen, chosen, secrets.token_hex(4))

    def choose() -> None:
        asked = st.session_state[own].get("chosen") or ()
        st.session_state[key] = told.now = [one for one in asked if one in choices.ids]
        on_change()

    said = {
        "key": key,
        "label": label,
        "hint": hint,
        "alone": alone,
        "choices": orjson.Fragment(choices.json),
        "chosen": told.sent,
        "stamp": told.stamp,
        "letters": ALIKE,
        "words": {"nothing": t("No name like this."), "remove": t("remove"), "clear": t("Remove all")},
    }
    _box(key=own, data=orjson.dumps(said), on_chosen_change=choose)
