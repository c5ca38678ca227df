"""What was asked: a query's text as a tree of words, phrases and what joins them.

    any   = all ("OR" all)*          all  = not (["AND"] not)*
    not   = ("NOT" | "-") not | term term = "(" any ")" | phrase | word | word"*"

Our own parser, and not a library's: it knows six signs and no regular expression, and says where the fault is.
"""

import re
from dataclasses import dataclass

from analytics.errors import QueryError
from analytics.text.letters import clean
from analytics.text.tokens import encode

MAX_TERMS = 60  # words in one query; more is a pasted text, not a question
MAX_DEPTH = 20  # brackets and negations inside each other
MIN_PREFIX = 2  # letters before a *


@dataclass(frozen=True, slots=True)
class Words:
    """One word, or several side by side."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word that begins so."""

    start: str


@dataclass(frozen=True, slots=True)
class Every:
    """All of these."""

    parts: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these."""

    parts: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """All articles but these."""

    part: "Query"


Query = Words | Prefix | Every | Either | Not

_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_TOKEN = re.compile(r'"[^"]*"|[()]|(?P<minus>(?<![^\s("])-(?=[^\s-]))|[^\s()"]+|"')


@dataclass(frozen=True, slots=True)
class _Token:
    """A piece of the query and the number of its first character, from 1."""

    text: str
    at: int


def parse(text: str) -> Query:
    """The query as a tree. Raises QueryError that says what cannot be understood, and where."""
    text = clean(text).translate(_QUOTES)
    parser = _Parser([_Token("NOT" if m["minus"] else m.group(), m.start() + 1) for m in _TOKEN.finditer(text)])
    found = parser.either()
    if parser.next is not None:  # only a bracket ends a query before its end
        raise QueryError("the bracket ) at character {at} closes nothing", at=parser.next.at)
    if found is None:
        raise QueryError("there is no word in this query")
    return found


class _Parser:
    """Reads tokens from left to right. Each method returns None when nothing in its place says anything."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.position = 0
        self.terms = 0

    @property
    def next(self) -> _Token | None:
        return self.tokens[self.position] if self.position < len(self.tokens) else None

    def take(self, text: str) -> _Token | None:
        """The next token, when it is this one."""
        token = self.next
        if token is None or token.text != text:
            return None
        self.position += 1
        return token

    def either(self, depth: int = 0) -> Query | None:
        """Parts joined by OR."""
        parts = [self.every(depth)]
        while joint := self.take("OR"):
            if parts[0] is None:
                raise QueryError("a word is missing before {sign} at character {at}", sign=joint.text, at=joint.at)
            parts.append(_said(self.every(depth), joint))
        return _joined(Either, parts)

    def every(self, depth: int) -> Query | None:
        """Parts side by side, or joined by AND."""
        parts: list[Query | None] = []
        while self.next is not None and self.next.text not in {"OR", ")"}:
            joint = self.take("AND")
            if joint and not any(parts):
                raise QueryError("a word is missing before {sign} at character {at}", sign=joint.text, at=joint.at)
            part = self.negation(depth)
            parts.append(_said(part, joint) if joint else part)
        return _joined(Every, parts)

    def negation(self, depth: int) -> Query | None:
        """A term, or all but it."""
        sign = self.take("NOT")
        if sign is None:
            return self.term(depth)
        return Not(_said(self.negation(_deeper(depth, sign)), sign))

    def term(self, depth: int) -> Query | None:
        """A bracket, a phrase, a word, or the beginning of one."""
        token = self.next
        if token is None or token.text in {"OR", "AND", ")"}:
            return None
        self.position += 1
        if token.text == "(":
            return self.bracket(token, depth)
        if token.text == '"':
            raise QueryError("the quotation mark at character {at} is not closed", at=token.at)
        words = _words(token.text)
        self.terms += len(words)
        if self.terms > MAX_TERMS:
            raise QueryError("more than {most} words; search for fewer", most=MAX_TERMS)
        if "*" in token.text:
            return _prefix(token, words)
        return Words(words) if words else None

    def bracket(self, opened: _Token, depth: int) -> Query | None:
        """What stands between ( and )."""
        inside = self.either(_deeper(depth, opened))
        if self.take(")") is None:
            raise QueryError("the bracket ( at character {at} is not closed", at=opened.at)
        return inside


def _joined(kind: type[Every | Either], parts: list[Query | None]) -> Query | None:
    said = tuple(part for part in parts if part is not None)
    return said[0] if len(said) == 1 else kind(said) if said else None


def _said(part: Query | None, sign: _Token) -> Query:
    if part is None:
        raise QueryError("a word is missing after {sign} at character {at}", sign=sign.text, at=sign.at)
    return part


def _deeper(depth: int, token: _Token) -> int:
    if depth >= MAX_DEPTH:
        raise QueryError("more than {most} brackets inside each other at character {at}", most=MAX_DEPTH, at=token.at)
    return depth + 1


def _words(text: str) -> tuple[str, ...]:
    """The words of a piece, split as the words of articles are: `C.Tuymebayev` is two side by side."""
    encoded = encode([text])
    return tuple(encoded.types[i] for i in encoded.ids)


def _prefix(token: _Token, words: tuple[str, ...]) -> Prefix:
    """A word with a * behind it."""
    start = token.text.removesuffix("*")
    if "*" in start or words != (start,):
        raise QueryError("at character {at}: a * may stand only at the end of one word", at=token.at)
    if len(start) < MIN_PREFIX:
        raise QueryError("at character {at}: at least {least} letters before a *", at=token.at, least=MIN_PREFIX)
    return Prefix(start)
