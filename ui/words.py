"""The interface in Azerbaijani and English, switched in place.

Messages stand in the code in English; `locale/<language>.po` holds the others. The language is a session's own: it
comes from the address, then from the browser, then it is Azerbaijani.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import streamlit as st
from babel.messages.pofile import read_po

from analytics.charts import number as _number

LANGUAGES = {"az": "Azərbaycanca", "en": "English"}
DEFAULT = "az"
FOLDER = Path(__file__).resolve().parent.parent / "locale"

Translate = Callable[[str], str]


@cache
def messages(language: str) -> dict[str, str]:
    """The translations into a language, by the English message. Empty for English, whose messages are in the code."""
    path = FOLDER / f"{language}.po"
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    return {str(message.id): str(message.string) for message in catalogue if message.id and message.string}


def language() -> str:
    """The language of this session."""
    chosen = st.session_state.get("lang")
    if chosen in LANGUAGES:
        return str(chosen)
    asked = st.query_params.get("lang") or (st.context.locale or "")[:2]
    return asked if asked in LANGUAGES else DEFAULT


def translator(code: str | None = None) -> Translate:
    """The function that gives a message in the session's language, or in `code`: for each the same one."""
    return _translator(code or language())


@cache
def _translator(code: str) -> Translate:
    known = messages(code)
    return lambda message: known.get(message, message)


def number(value: float) -> str:
    """A whole number as the session's language writes it."""
    return _number(value, language())
