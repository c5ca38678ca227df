"""Russian: what only this language knows."""

from collections.abc import Collection, Sequence

import Stemmer

STOP_WORDS = frozenset(
    """
    а без более больше будет бы был была были было быть в вам вас весь во вот время все всего всех всё вы где
    год года году да даже данным два день для до его ее если есть еще ещё её же за заявил из или им их к как
    какой когда которая которого которой которые который которых кто ли лишь между меня млн мне может мы на над
    надо нам нас не него нее ней нет ни них но новый ну о об один однако он она они оно от отметил очень первый
    передает по под пока после потом потому почти при про раз ранее рассказал с сам свои своих свою себя сейчас
    сказал сказала словам со сообщает так также там тем то того тоже только том тот три ту ты тысяч у уже чего
    человек чем через что чтобы эта эти это этого этой этом этому этот я является
    """.split()
)

_SNOWBALL = Stemmer.Stemmer("russian", 0)  # without its cache, whose clearing costs more than it saves


def stem(folded: str) -> str:
    """Snowball's stem."""
    return str(_SNOWBALL.stemWord(folded))


_NOUN = {
    "ия": ("ия", "ии", "ию", "ией", "иею"),
    "ство": ("ство", "ства", "ству", "ством", "стве", "ств"),
    "а": ("а", "ы", "и", "е", "у", "ой", "ою", "ей", "", "ам", "ами", "ах"),
    "я": ("я", "и", "е", "ю", "ей", "ею", "ь", "й", "ям", "ями", "ях"),
    "й": ("й", "я", "ю", "ем", "е", "и", "ев", "ям", "ями", "ях"),
    "ь": ("ь", "я", "ю", "ем", "е", "и", "ью", "ей", "ям", "ями", "ях"),
    "ы": ("ы", "", "ов", "ам", "ами", "ах"),
}
_CONSONANT = ("", "а", "у", "ом", "ем", "е", "ы", "и", "ов", "ев", "ам", "ами", "ах", "ым")
_ADJECTIVE = "ий ый ой ая яя ое ее ие ые его ого ему ому им ым ем ом ей ую юю ю их ых ими ыми".split()
_ADJECTIVE_END = ("ий", "ый", "ой", "ая", "ое", "ие", "ые", "ых", "их")
# The vowel that leaves an inflected noun: азербайджанец, азербайджанца.
_FLEETING = (("ец", "ц"), ("анин", "ан"), ("янин", "ян"), ("ок", "к"))
_BEFORE_I = "гкхжчшщ"  # letters that и stands behind where ы does behind others: Америки, but Ганы
# Endings of the plural alone, behind the stem of a noun in -а, -я, -й, -ь, and behind any other.
_PLURAL = {
    "а": ("", "ам", "ами", "ах"),
    "я": ("ь", "й", "ям", "ями", "ях"),
    "й": ("и", "ев", "ям", "ями", "ях"),
    "ь": ("ей", "ям", "ями", "ях"),
    "": ("ы", "и", "ов", "ев", "ам", "ами", "ах"),
}


def forms(word: str) -> frozenset[str]:
    """All the inflected forms a folded noun, adjective or surname may have, too many rather than too few.

    Endings of the declensions in Zaliznyak's classes that names fall into; the word itself is always among them.
    """
    return frozenset({word, *(stem + ending for stem, endings in _declined(word) for ending in endings)})


def is_form(form: str, word: str) -> bool:
    """Whether a folded word is among the `forms` of another, which need not be made for it."""
    return form == word or any(
        form.startswith(stem) and form[len(stem) :] in endings for stem, endings in _declined(word)
    )


def is_plural(form: str, word: str) -> bool:
    """Whether a folded form of a noun in the singular can only be of its plural: `америк`, `иранов`."""
    ending = word[-1:] if word[-1:] in _PLURAL else ""
    stem = word.removesuffix(ending)
    return form != word and form.startswith(stem) and form[len(stem) :] in _PLURAL[ending]


def _declined(word: str) -> list[tuple[str, Collection[str]]]:
    """What a word is declined from, and the endings that it takes."""
    for ending in _ADJECTIVE_END:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return [(word.removesuffix(ending), _ADJECTIVE)]
    for ending, others in _NOUN.items():
        if word.endswith(ending) and not word.endswith(("оа", "уа")):  # Самоа has no cases
            return [_spelt(word.removesuffix(ending), others)]
    if word[-1:] in "аеёиоуэю":
        return []
    fleeting = ((word.removesuffix(ending) + short, _CONSONANT) for ending, short in _FLEETING if word.endswith(ending))
    return [_spelt(word, _CONSONANT), *fleeting]


def _spelt(stem: str, endings: Sequence[str]) -> tuple[str, Sequence[str]]:
    """A stem with the endings that may be written behind it: `Ганы` and not `Гани`."""
    other = "ы" if stem[-1:] in _BEFORE_I else "и"
    return stem, [ending for ending in endings if ending != other or "ы" not in endings]
