"""How a name sounds: one key for the spellings a person has across scripts and languages.

`Туймебаев`, `Tuymebayev` and `Tuimebaev` get one key; `Əliyev` and `Əliyeva` do not. Letters that transliteration
confuses fall together (zh, j and c; kh, x and h; q and k), vowels that it inserts fall out (y before a vowel).
A key is only ever compared for a whole name, given name and surname together.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from analytics.text.letters import fold, fold_all, plain, plain_all

_CYRILLIC = str.maketrans(
    dict(zip("абвгдежзийклмнопрстуфхцчшщыэюяәғқңөұүһі", "abvgdecziiklmnoprstufhscssieuaegknouuhi", strict=True))
    | {"ъ": "", "ь": ""}
)
_LATIN = str.maketrans({"j": "c", "x": "h", "q": "k", "w": "v", "y": "i"})
_HAS_DIGRAPH = re.compile("h|dj|t[sz]")
_DIGRAPHS = (
    (re.compile("shch|sch|sh"), "s"),
    (re.compile("dzh|dj|ch|zh"), "c"),
    (re.compile("kh"), "h"),
    (re.compile("gh"), "g"),
    (re.compile("ph"), "f"),
    (re.compile("th"), "t"),
    (re.compile("t[sz]"), "s"),
)
_GLIDE = re.compile("i(?=[aeou])")
_DOUBLE = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 16)
def sound(word: str) -> str:
    """The key of one word, in whatever script and case."""
    return _sounded(plain(fold(word)))


def sounds(words: Sequence[str]) -> list[str]:
    """`sound` of many words, none with a line break."""
    return _sounded("\n".join(plain_all(fold_all(words)))).split("\n") if words else []


def settled(word: str, key: str) -> str:
    """What of the key of a word's beginning stays, whatever letters follow: `dz` may yet be the `dzh` of Radzhabov."""
    return key[: -2 if word.endswith("dz") else -1]


def _sounded(key: str) -> str:
    if _HAS_DIGRAPH.search(key):
        for pattern, letter in _DIGRAPHS:
            key = pattern.sub(letter, key)
    key = key.translate(_CYRILLIC).translate(_LATIN)
    return _DOUBLE.sub(r"\1", _GLIDE.sub("", key))
