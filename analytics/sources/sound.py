"""Which of many texts have nothing to mend: told in one go, by the kinds of characters that stand in them.

Nine articles of ten are as their outlet wrote them. Asking each of them for wrong decodings, decomposed letters,
invisible characters and words of mixed letters was half the price of reading it. Here a table says of each character
what it may be a sign of, and numpy looks up those of a whole batch. A text that is not sound is only suspect: it is
looked at as closely as ever.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from analytics.sources.decode import BROKEN, MISREAD_AS
from analytics.text.letters import CYRILLIC_LETTERS, LATIN_LETTERS, TO_MEND
from analytics.text.points import TABLE, points

Kinds = npt.NDArray[np.uint8]

_LATIN, _CYRILLIC = 1, 2
_ODD = 4  # may have to be mended, or is nothing that is printed
_NEVER = 8  # in no encoding that UTF-8 is misread as
_LEADS = 16  # a byte, in each of these encodings that has it, after which UTF-8 wants one that follows
_STANDS = 32  # in none of these encodings a byte that follows
_FIRST, _SECOND = 64, 128  # of a pair that a misreading leaves
_BOTH = _LATIN | _CYRILLIC

_KNOWN = 0x2500  # the alphabets of the languages that news comes in, and what stands between their letters, lie below
_HANGUL = range(0x1100, 0x1200)  # letters that are put together by rule, not by a table


def sound(texts: Sequence[str]) -> list[bool]:
    """For each text, whether `undo_mojibake` and `clean` would surely leave it as it is."""
    if not texts:
        return []
    joined = "\n".join([*texts, ""])
    kinds = _table()[points(joined)]
    here, then = kinds[:-1], kinds[1:]
    suspect = (kinds & _ODD) != 0
    suspect[:-1] |= ((here ^ then) & _BOTH) == _BOTH  # Latin beside Cyrillic; a text is at its end beside a line break
    suspect[:-1] |= ((here & _FIRST) != 0) & ((then & _SECOND) != 0)
    whole = (kinds & _NEVER) != 0  # what shows that the text is no misread UTF-8
    whole[:-1] |= ((here & _LEADS) != 0) & ((then & (_STANDS | _NEVER)) != 0)
    ends = np.cumsum([len(text) + 1 for text in texts])
    starts = np.concatenate(([0], ends[:-1]))
    plain = [text.isascii() for text in texts]
    return list(~np.logical_or.reduceat(suspect, starts) & (np.logical_or.reduceat(whole, starts) | plain))


@cache
def _table() -> Kinds:
    """The kinds of every character of 16 bits (some 20 ms, once)."""
    kinds = np.full(TABLE, _ODD | _NEVER, dtype=np.uint8)
    composing, encoded = _composing(), _encoded()
    firsts, seconds = (re.compile("|".join(pair[at] for pair in BROKEN)) for at in (0, 1))
    for point in range(_KNOWN):
        one = chr(point)
        kinds[point] = (
            _LATIN * (one in LATIN_LETTERS)
            | _CYRILLIC * (one in CYRILLIC_LETTERS)
            | _ODD * (not _is_fine(one) or one in composing)
            | _FIRST * bool(firsts.match(one))
            | _SECOND * bool(seconds.match(one))
            | _as_bytes(encoded.get(one, []))
        )
    return kinds


def _is_fine(one: str) -> bool:
    """Whether this character by itself is printed, needs no mending and is composed."""
    printed = one.isprintable() or one in "\n\t"
    return printed and one not in TO_MEND and one != "\ufffd" and unicodedata.is_normalized("NFC", one)


def _composing() -> frozenset[str]:
    """Characters that NFC may put together with the one before them, or move past it."""
    canonical = (unicodedata.decomposition(chr(point)) for point in range(_KNOWN))
    seconds = {chr(int(parts.split()[1], 16)) for parts in canonical if parts[:1] != "<" and " " in parts}
    marks = {chr(point) for point in range(_KNOWN) if unicodedata.combining(chr(point))}
    return frozenset(seconds | marks | {chr(point) for point in _HANGUL})


def _encoded() -> dict[str, list[int]]:
    """The bytes that stand for a character in the encodings that UTF-8 is misread as."""
    found: dict[str, list[int]] = {}
    for encoding in MISREAD_AS:
        for byte in range(256):
            found.setdefault(bytes([byte]).decode(encoding), []).append(byte)
    return found


def _as_bytes(found: list[int]) -> int:
    """What a character's bytes say about its place in UTF-8."""
    if not found:
        return _NEVER
    return _LEADS * all(byte >= 0xC0 for byte in found) | _STANDS * all(not 0x80 <= byte < 0xC0 for byte in found)
