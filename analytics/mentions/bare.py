"""A surname and the ending that it has in its sentence: how much is its own, where the gazetteer does not know it."""

import re

from analytics.mentions.inflection import SUFFIXES
from analytics.mentions.languages import ENDINGS, WOMEN
from analytics.mentions.spans import Text
from analytics.text.letters import fold, plain

SHORTEST = 3  # letters of a name that an ending may follow
# Endings that surnames of the region have; what follows them is a case ending.
SURNAME = re.compile(
    r"(.*?(?:[oe]vic|[oey]?yev[ae]?|ov[ae]?|ev[ae]?|zad[ae]h?|oglu|[iu]nski|ski[yi]?|sk[ae]ya|dze|s[vw]ili|enko|yan|gil|[kx]an|bay|bek"
    r"|l[iu](?=y[ae]|n[iu]|d[ae])|in[ae]?))(.*)"
)
# Endings that no name has by itself, whatever its shape: of whose and of whom.
OBJECT = {"kk": re.compile(r"(.{3,}?)(?:[ндт][ыі]ң|(?<!бер)(?<!бол)(?<!кел)(?<!тұр)[ндт][ыі])")}
# Kazakh: a surname's shape, which an ending may follow; and more endings that no name has by itself.
_KAZAKH = re.compile(r"(?:[оеё]ва?|[иы]на?|ұлы|қызы)$")
_KAZAKH_CASE = re.compile(r"(.{3,}?)(?:(?<=[пткқсшфхцч])(?:қа|ке|пен)|(?<=[аәеиоөуүыіэюя])мен)")
# A Russian surname whose link lost the space before the verb: `Бозумбаевпредупредил`.
_GLUED_VERB = re.compile(r"(\w{2,}(?:ов|ев|ин)а?)([а-я]{2,}(?:[аеиоуя]л(?:а|и|ся|ась)?|[аеи]ет|ит))")
_OWNER = re.compile(r"(.{3,}?[bcdfgklmprstvxzq])[iu]n")
_OWNED = re.compile(r".{2,}[iu](?:n[ae]|nd[ae]n?|n[iu]n?|yl[ae]|l[ae])?")


def bare_surname(text: Text, at: int, language: str) -> int:
    """How many letters of the word are the surname itself, without its case ending."""
    word = text.words[at]
    if language not in ENDINGS:
        glued = _GLUED_VERB.fullmatch(word)
        return len(glued[1]) if glued else len(word)
    folded = plain(fold(word, language))
    shorter = _bare_elsewhere(text, at)
    if shorter:
        return shorter
    bare = _BARE.get(language)
    if bare is not None and (length := bare(folded)) < len(folded):
        return length
    found = SURNAME.fullmatch(folded)
    if found and found[2] and SUFFIXES[language].reading(found[2]) == "name" and len(found[1]) > 3:
        return len(found[1])
    owner = _OWNER.fullmatch(folded)
    return len(owner[1]) if owner and _owns_next(text, at) else len(word)


def of_a_woman(stem: str, rest: str, language: str) -> bool:
    """Whether an ending makes a woman's of a man's surname: `Əliyeva` is no form of Əliyev, whose dative is Əliyevə."""
    return rest[:1] == "a" and stem[-1:] in {"v", "n"} and language in WOMEN


def _bare_kazakh(word: str) -> int:
    """The length of a Kazakh name, in plain Cyrillic letters, without its ending."""
    for length in range(len(word) - 1, SHORTEST, -1):
        if _KAZAKH.search(word[:length]) and SUFFIXES["kk"].reading(word[length:]) == "name":
            return length
    found = OBJECT["kk"].fullmatch(word) or _KAZAKH_CASE.fullmatch(word)
    return len(found[1]) if found else len(word)


_BARE = {"kk": _bare_kazakh}  # where more is known of a surname's shape, and of what no name ends with


def _owns_next(text: Text, at: int) -> bool:
    """Whether one of the next two words is something owned: `Adamkusun səfəri`. Only then is -un a genitive."""
    following = (plain(fold(w, text.language)) for w in text.words[at + 1 : at + 3] if w.islower())
    return any(_OWNED.fullmatch(word) for word in following)


def _bare_elsewhere(text: Text, at: int) -> int:
    """The length of the same surname without its ending, where the text has it so."""
    word = text.words[at]
    suffixes = SUFFIXES[text.language]
    others = {w for w in text.words if 3 < len(w) < len(word) and word.startswith(w)}
    for other in sorted(others, key=len):
        if suffixes.reading(plain(fold(word[len(other) :], text.language))) == "name":
            return len(other)
    return 0
