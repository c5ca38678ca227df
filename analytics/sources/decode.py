"""Bytes to text: the encoding that the bytes prove, and never a guess.

UTF-8 is tried first, because text in another encoding is almost never valid UTF-8. What is not, is what a byte order
mark, a declaration inside the file or chardet says (right for 175 of 176 real pages), provided that the result holds
no character that a newspaper would not print; where chardet is not sure, its language must be that of the words. Text
that was decoded wrongly before it reached us is put right only where that loses nothing.
"""

import codecs
import re
import unicodedata

import chardet
from ftfy import fix_encoding

from analytics.text.language import detect

SURE = 0.6  # chardet's confidence that is enough by itself
LIKELY = 0.2  # and that is enough when its language is also the one that the words are in; Turkish news gets 0.24-0.44
# What these names mean on the web (WHATWG Encoding Standard): the same letters, and quotation marks besides.
_WIDER = {"ISO-8859-1": "cp1252", "ISO-8859-9": "cp1254"}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)
_ENOUGH = 200_000  # bytes that tell the encoding
_ODD = {"Cc", "Cn", "Co", "Cs"}
# As what UTF-8 is misread. The sloppy ones (ftfy's, registered by importing it) keep the bytes that Windows leaves out.
MISREAD_AS = ("sloppy-windows-1252", "sloppy-windows-1254", "sloppy-windows-1251", "latin-1")
PROOF = 4  # letters fewer: a whole text that holds so many pairs which are UTF-8, and none that is not, is no accident
_CLEAN_TEXT = re.compile("[\t\n\r\f\u0085 -~]*")
# What UTF-8 leaves when it is read as cp1252 or cp1251: pairs, a first and a second, that no language of ours writes.
BROKEN = (
    ("[ÃÄÅÂ]", "[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"),
    ("[РСТУ]", "[\u0080-\u00bfЂЃѓЉЊЌЋЏђљњќћџ„…†‡€‰‹‘’“”•–—™›°±µ¶·]"),
)
_BROKEN = re.compile("|".join(first + second for first, second in BROKEN))


class UndecodableError(ValueError):
    """The bytes are no text in any encoding that can be proved."""


def decode(data: bytes, *, declared: bool = False) -> str:
    """The text these bytes are. Raises UndecodableError, with a reason for people, where that is not certain.

    `declared` lets a declaration inside the file (HTML, XML) speak when the bytes are not UTF-8.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    if b"\0" in data[:4096]:
        return _wide(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _other(data, declared=declared)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UndecodableError(f"begins like {encoding} but is not ({error.reason} at byte {error.start})") from error


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every second byte of ordinary text is zero or a small number."""
    even, odd = data[0:4096:2].count(0), data[1:4096:2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if max(even, odd) < len(data[:4096]) / 8 or min(even, odd) > max(even, odd) / 4:
        raise UndecodableError("binary data, not text")
    text = _strict(data, encoding)
    _must_read(text, encoding)
    return text


def _other(data: bytes, *, declared: bool) -> str:
    named = _DECLARED.search(data[:4096]) if declared else None
    if named:
        try:
            text = data.decode(named[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass_on = True  # the declaration is wrong, as it often is; the bytes decide
        else:
            pass_on = not _readable(text)
        if not pass_on:
            return text
    found = chardet.detect(data[:_ENOUGH])
    encoding, sure = _WIDER.get(found["encoding"] or "", found["encoding"]), found["confidence"] or 0.0
    if not encoding or sure < LIKELY:
        raise UndecodableError("the encoding cannot be told; save the file as UTF-8")
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise UndecodableError(f"looks like {encoding} but is not; save the file as UTF-8") from error
    if sure < SURE and detect("", text[:_ENOUGH]) != found["language"]:
        raise UndecodableError(f"may be {encoding}, which is not certain; save the file as UTF-8")
    _must_read(text, encoding)
    return text


def _must_read(text: str, encoding: str) -> None:
    if not _readable(text):
        raise UndecodableError(f"read as {encoding} it is no text that a newspaper prints; save the file as UTF-8")


def _readable(text: str) -> bool:
    odd = sum(unicodedata.category(c) in _ODD for c in text[:_ENOUGH] if not _CLEAN_TEXT.fullmatch(c))
    return odd <= len(text) / 500


def undo_mojibake(text: str) -> str:
    """Text that was decoded wrongly on its way here, put right where that loses nothing; else unchanged."""
    if text.isascii():
        return text
    for encoding in MISREAD_AS:
        try:
            mended = text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if len(text) - len(mended) >= PROOF:
            return mended
    return str(fix_encoding(text)) if _BROKEN.search(text) else text
