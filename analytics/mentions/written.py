"""A person's name as Azerbaijani writes it: in the nominative, in Latin letters, and as an id."""

import re

from analytics.text.letters import fold, plain

_CYRILLIC = dict(zip("абвгджзийклмнопрстуфхчшщыэғқңөұүһіә", "abvqdjziyklmnoprstufxçşşıeğqnöuühiə", strict=True)) | {
    "ц": "ts", "ъ": "", "ь": "", "ю": "yu", "я": "ya",
}  # fmt: skip


def canonical(words: list[str], language: str, *, oblique: bool = False) -> str:
    """The name as Azerbaijani writes it: nominative, Latin, by the rules of transliteration.

    `oblique`: a Russian office beside the name is in an oblique case, and so is a man's name.
    """
    if language in _NOMINATIVE:
        words = _NOMINATIVE[language](words, oblique)
    return " ".join(_latin(word) for word in words)


def _russian_nominative(words: list[str], oblique: bool) -> list[str]:
    """A man's Russian name in an oblique case, brought back: `Николом Пашиняном` is Никол Пашинян.

    A name in -ова or -ина is a woman's unless the given name can only be a man's in the genitive (`Сергея Лаврова`).
    """
    oblique = oblique and words[0][-1:] in "аяуюомеи"
    if _OBLIQUE_WOMAN.search(words[-1]):
        return [*words[:-1], words[-1][:-2] + "а"]
    adjective = _OBLIQUE_ADJECTIVE.fullmatch(words[-1])
    if adjective:
        ending = "ий" if adjective[1][-1] == "к" else "ый"
        return [*(_bare_given(word) for word in words[:-1]), adjective[1] + ending]
    surname = _OBLIQUE.fullmatch(words[-1])
    if not surname:
        return _foreign(words) if oblique else words
    if (
        not oblique
        and surname[2] == "а"
        and words[-1][-3:] in {"ова", "ева", "ина"}
        and not fold(words[0]).endswith("я")
    ):
        return words
    return [*(_bare_given(word) for word in words[:-1]), surname[1]]


_NOMINATIVE = {"ru": _russian_nominative}


def _foreign(words: list[str]) -> list[str]:
    """A name whose surname has no Russian shape, in the nominative, where its endings are of one case.

    `Бретта Кавано`: a surname in a vowel has no cases; `Родом Розенстейном`: the same ending on both.
    """
    *given, surname = words
    woman = next((given[0][:-1] + end for end in "ая" if fold(given[0][:-1] + end) in _WOMEN), None)
    if woman:
        return [woman, *words[1:]]
    bare = [_bare_given(word) for word in given]
    for given_ending, ending in _CASES:
        case = ending.search(surname)
        if case and given_ending.search(given[0]):
            return [*bare, surname[: case.start()]]
    return [*bare, surname] if _UNINFLECTED.search(surname) else words


# The endings of a given name and of a surname in a consonant, in the genitive, dative and instrumental; in и are all.
_CASES = tuple(
    (re.compile(f"(?:{given}|[ио])$"), re.compile(f"(?<=[бвгджзклмнпрстфхцчшщ]){surname}$"))
    for given, surname in (("[ая]", "а"), ("[ую]", "у"), ("[ое]м", "[ое]м"))
)
_UNINFLECTED = re.compile("(?:(?<![ео]г)о|[иуюэе])$")
# Women's given names: each looks like a man's in the genitive, and in the accusative like his in the dative.
_WOMEN = frozenset(
    "анна мария елена ольга ирина татьяна светлана наталья марина галина людмила лариса екатерина юлия инга сара лаура "
    "эмма ангела моника мелания".split()
)
_OBLIQUE_ADJECTIVE = re.compile(r"(\w+(?:[сц]к|льн))(?:ого|ому|[ыи]м|ом)")
_OBLIQUE_WOMAN = re.compile(r"\w(?:ов|ев|ин)(?:ой|ою)$")
_OBLIQUE = re.compile(r"(.{2,}(?:ов|ев|ёв|ин|ын|ян|ан|ич|ук|юк|ер|ман|берг|бек|бай|ат|ет|ер))(а|у|ом|ем|ым|е)")


# Of men's given names in an oblique case, the longer before the shorter.
_GIVEN_ENDINGS = (("ея", "ей"), ("ия", "ий"), ("ая", "ай"), ("ею", "ей"), ("ем", "й"), ("ом", ""), ("а", ""), ("у", ""))


def _bare_given(word: str) -> str:
    folded = fold(word)
    for ending, base in _GIVEN_ENDINGS:
        if folded.endswith(ending) and len(word) > len(ending) + 2:
            return word[: len(word) - len(ending)] + base
    return word


def _latin(word: str) -> str:
    if not re.search("[\u0400-\u04ff]", word):
        return word
    letters = []
    for index, letter in enumerate(fold(word)):
        if letter in "её":
            after_vowel = index == 0 or fold(word)[index - 1] in "аеёиоуыэюяьъ"
            letters.append("ye" if after_vowel else "e")
        else:
            letters.append(_CYRILLIC.get(letter, letter))
    latin = "".join(letters)
    return with_capital(latin) if word[0].isupper() else latin


def with_capital(word: str) -> str:
    """A word as Azerbaijani begins a name: a small i has a dot, and so has its capital."""
    return ("İ" if word[:1] == "i" else word[:1].upper()) + word[1:]


def slug(name: str) -> str:
    """An id for a person the gazetteer does not know: the plain letters of the name."""
    return "-".join(re.findall(r"[a-z0-9]+", plain(fold(name, "az")))) or "unknown"
