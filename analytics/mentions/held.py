"""How an office is held: by whoever it is said of, by a deputy, or by an aide or a candidate, who has none."""

import re
from dataclasses import replace
from functools import lru_cache

from analytics.mentions.field import Field
from analytics.mentions.languages import OFFICE_FIRST
from analytics.mentions.spans import Found, Text
from analytics.text.letters import plain

SHADOW = 3  # words before an office in which it is said to be one of the shadow cabinet
# Whose deputies have an office of their own; another minister's is a deputy minister, anybody else's a deputy head.
DEPUTIES = {
    "president": "vice-president",
    "prime-minister": "deputy-prime-minister",
    "chancellor": "deputy-prime-minister",
    "foreign-minister": "deputy-foreign-minister",
    "secretary-of-state": "deputy-foreign-minister",
    "speaker": "deputy-speaker",
    "senate-speaker": "deputy-speaker",
    "secretary-general": "deputy-secretary-general",
    "chair": "deputy-chair",
    "minister": "deputy-minister",
    "head": "deputy-head",
}
# Words beside an office, in plain letters, by which it is a deputy's; and by which it is not held at all.
_DEPUTY = {
    "az": re.compile(r"muavin\w*"),
    "tr": re.compile(r"yardimci(?!lig)\w*"),
    "kk": re.compile(r"орынбасар\w*"),
    "ru": re.compile(r"(?:зам|заместител\w*|вице)-?"),
    "en": re.compile(r"(?:deputy|vice|assistant)-?|under-"),
}
_NOT_HELD = {
    "az": re.compile(r"(?:komekci|namized|muhafiz)\w*"),
    "tr": re.compile(r"aday\w*"),
    "kk": re.compile(r"(?:көмекші|кандидат|үміткер)\w*"),
    "ru": re.compile(r"помощни[кц]\w*|кандидат\w*"),
    "en": re.compile(r"shadow|candidates?|nominees?|aides?"),
}
_SHADOW_WORD = {"en": "shadow"}
# Between a candidate and the office: `кандидат на пост президента`, `candidate for governor`.
_STRIVING = frozenset("в на пост должность for the to".split())


def held(field: Field, role: Found | None) -> Found | None:
    """The office that is held: a deputy's of a deputy, and none of an aide, a shadow or a candidate."""
    if role is None or role.phrase.target in DEPUTIES.values():
        return role
    word = _how(field.text, role)
    if _NOT_HELD[field.text.language].fullmatch(word) or _shadow(field, role):
        return None
    if not _DEPUTY[field.text.language].fullmatch(word):
        return role
    target = role.phrase.target
    deputy = DEPUTIES.get(target, "deputy-minister" if target.endswith("minister") else "deputy-head")
    return role._replace(phrase=replace(role.phrase, target=deputy))


def _shadow(field: Field, role: Found) -> bool:
    """Whether an English office is the opposition's: `shadow education secretary`."""
    said = _SHADOW_WORD.get(field.text.language)
    near = range(max(0, role.first - SHADOW), role.first) if said else ()
    return any(field.text.folded(word) == said and field.same_sentence(word, role.first) for word in near)


def _how(text: Text, role: Found) -> str:
    """The word, in plain letters, that says how an office is held: behind it where all it belongs to is before it."""
    if text.language not in OFFICE_FIRST:
        return text.plain(role.last + 1) if text.gap(role.last) == " " else ""
    at = role.first - 1
    while at > 0 and text.folded(at) in _STRIVING and text.gap(at) == " ":
        at -= 1
    gap = text.gap(at) if at >= 0 else ""
    return text.plain(at) + gap.strip(" .") if gap in {" ", "-", ". "} else ""


def says_how(text: Text, at: int) -> bool:
    """Whether a word between an office and a name says how it is held: `Genel Müdür Yardımcısı X`."""
    if text.language in OFFICE_FIRST or not 0 <= at < len(text.words):
        return False
    return _says_how(text.folded(at), text.language)


@lru_cache(maxsize=1 << 16)  # asked of many words, and for a word type
def _says_how(folded: str, language: str) -> bool:
    word = plain(folded)
    return bool(_DEPUTY[language].fullmatch(word) or _NOT_HELD[language].fullmatch(word))
