"""What a person's name looks like, how it is written in Azerbaijani, and when it names a place instead."""

import re

from analytics.mentions.lexicon import SUFFIXES
from analytics.mentions.spans import Found, Text
from analytics.text.letters import fold, plain

COURTESY = frozenset(
    "xanım cənab bəy müəllim müəllimə hanım bey sayın mr mrs ms dr prof господин госпожа г мырза ханым".split()
)
HALF = 5  # letters of each half of a name like Yong-ho
_NO_HALF = frozenset("led era run like style".split())
SHORTEST = 3  # letters of a name that an ending may follow

# What may stand between a given name and a surname: a courtesy, an initial, a Russian patronymic.
BETWEEN = re.compile("|".join(sorted(COURTESY)) + r"|\w|\w{3,}(?:ович|евич|овна|евна)\w{0,2}")

# A word after a name that makes it the name of a place, a prize or a foundation, in plain letters; and before it.
_PLACE_AFTER = re.compile(
    r"fond|adina|kuces|prospekt|hava|beynelxalq|merkez|muzey|park|mukafat|saray|stad|universitet|mekteb|meydan"
    r"|korpu|medal|orden|uluslararasi|caddes|bulvar|vakfi|adli|airport|foundation|cent(?:er|re)|street|avenue|university"
    r"|international|boulevard|prize|аэропорт|фонд|центр|университет|проспект|улиц|премии|атында|әуежай|қоры|орталығы"
    r"|көшесі|даңғылы"
)
_PLACE_BEFORE = frozenset(
    "имени им улица улице улицу проспект проспекте проспекту аэропорт аэропорту фонд фонда".split()
)
_NO_CAPITAL_NEEDED = re.compile("adina|adli|kuces|prospekt|meydan|caddes|bulvar|атында|көшесі|даңғылы")

# Endings that surnames of the region have; what follows them is a case ending.
_SURNAME = re.compile(
    r"(.*?(?:[oe]vic|[oey]?yev[ae]?|ov[ae]?|ev[ae]?|zad[ae]h?|oglu|[iu]nski|ski[yi]?|sk[ae]ya|dze|s[vw]ili|enko|yan|gil|[kx]an|bay|bek"
    r"|l[iu](?=n[iu]n|y[ae]|n[iu]|d[ae])|in[ae]?))(.*)"
)
_CYRILLIC = dict(zip("абвгджзийклмнопрстуфхчшщыэғқңөұүһіә", "abvqdjziyklmnoprstufxçşşıeğqnöuühiə", strict=True)) | {
    "ц": "ts", "ъ": "", "ь": "", "ю": "yu", "я": "ya",
}  # fmt: skip
# Words that end the name of a body or a phrase, never a person's name, in plain letters.
_NO_NAME = re.compile(
    r"(nazirli|komite|partiya|sura|konsey|merkez|idare|melumat|beyanname|toplanti|gorus|sammit|zirve|forum|qanun|konstitusiya"
    r"|cumhur|respublika|devlet|dovlet|teskilat|birli|bakanlig|meclis|avropa|asiya|serqi|qerbi|cenub|simal|xarici|daxili"
    r"|mehkeme|mahkeme|universitet|federasyon"
    r"|министерств|комитет|совет|республик|саммит|форум|парти|институт|университет|академи|департамент)"
)
# Words that begin the name of a body or a land, in plain letters: `Красного Креста`, `Middle East`. A surname is last.
_NO_BEGINNING = re.compile(
    "(?:красн|латинск|западн|восточн|южн|северн|центральн|верховн|федеральн|национальн|международн)(?:ого|ой|ая|ый|ым|ом)"
    "|нью|new|nyu|yeni|orta|north|south|east|west|middle|central|red|white|general|united|national|supreme|federal"
)
# Kazakh: a surname's shape, which an ending may follow; and endings that no name has by itself, whatever its shape.
_KAZAKH = re.compile(r"(?:[оеё]ва?|[иы]на?|ұлы|қызы)$")
_KAZAKH_OBJECT = re.compile(r"(.{3,}?)(?:[ндт][ыі]ң|(?<!бер)(?<!бол)(?<!кел)(?<!тұр)[ндт][ыі])")
_KAZAKH_CASE = re.compile(r"(.{3,}?)(?:(?<=[пткқсшфхцч])(?:қа|ке|пен)|(?<=[аәеиоөуүыіэюя])мен)")
_GENITIVE = re.compile(r".{3,}n[iu]n")
# A place behind a name, in plain letters: the ending of where; and behind a second name, also of where from and to.
_WHERE = {"az": re.compile(r".{3,}d[ae](?:k[iu]\w*)?"), "kk": re.compile(r".{3,}[дт][ае](?:(?:ғы|гі)\w*)?")}
_WAY = {"az": re.compile(r".{3,}(?:d[ae]n|[ae]y[ae])"), "kk": re.compile(r".{3,}[дтн][ае]н")}
_APOSTROPHE_WHERE = re.compile(r"[dt][ae](?:ki\w*)?")
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day")


# A Russian surname whose link lost the space before the verb: `Бозумбаевпредупредил`.
_GLUED_VERB = re.compile(r"(\w{2,}(?:ов|ев|ин)а?)([а-я]{2,}(?:[аеиоуя]л(?:а|и|ся|ась)?|[аеи]ет|ит))")
_OWNER = re.compile(r"(.{3,}?[bcdfgklmprstvxzq])[iu]n")
_OWNED = re.compile(r".{2,}[iu](?:n[ae]|nd[ae]n?|n[iu]n?|yl[ae]|l[ae])?")


def is_name_word(text: Text, at: int) -> bool:
    """Whether a word may be part of a person's name: a capital, then letters, or an initial with its dot."""
    word = text.words[at]
    if not text.capital(at) or not word.isalpha():
        return False
    if len(word) == 1:
        return at + 1 < len(text.words) and text.gap(at) in {".", ". "}
    if _NO_NAME.match(plain(fold(word, text.language))):
        return False
    return not word.isupper() or len(word) > 3  # three capitals are an abbreviation


def begins_name(text: Text, at: int) -> bool:
    """Whether a name's word may be the first of a person's name."""
    small = text.folded(at)
    return is_name_word(text, at) and small not in COURTESY and not _NO_BEGINNING.fullmatch(plain(small))


def ends_name(text: Text, at: int) -> bool:
    """Whether nothing can follow this word in a person's name: it has a surname's shape, or the ending of a case."""
    word = plain(text.folded(at))
    if text.language == "kk" and _KAZAKH_OBJECT.fullmatch(word):
        return True
    surname = _SURNAME.fullmatch(word)
    return bool(_GENITIVE.fullmatch(word)) or bool(surname and len(surname[1]) > 4 and surname[1][-1] in "vae")


def goes_on_small(text: Text, at: int) -> bool:
    """Whether the second half of a given name stands behind a hyphen, without a capital: `Ri Yong-ho`. No ending is."""
    if text.gap(at) != "-" or not text.words[at + 1].islower():
        return False
    half, suffixes = text.folded(at + 1), SUFFIXES.get(text.language)
    if len(text.words[at]) > HALF or not 1 < len(half) <= HALF or half in _NO_HALF:
        return False
    return suffixes is None or suffixes.reading(plain(half)) is None


def says_where(text: Text, at: int, *, second: bool) -> bool:
    """Whether a word behind a name is a place or a day and no part of it: `deputat X Gəncədə`, `senator X Friday`.

    `second`: two names stand before it, which is as many as most have. A name that only sounds so is one that the
    text has again with more behind it, or has twice.
    """
    word = plain(text.folded(at))
    if text.language == "en":
        return bool(_WEEKDAY.fullmatch(word))
    if text.language == "tr":
        return text.gap(at) in {"'", "’"} and bool(_APOSTROPHE_WHERE.fullmatch(plain(text.folded(at + 1))))
    where, way = _WHERE.get(text.language), _WAY.get(text.language)
    if where is None or way is None or not (where.fullmatch(word) or (second and way.fullmatch(word))):
        return False
    surname = _SURNAME.fullmatch(word)
    own = surname is not None and not surname[2]  # -zadə is a surname's own ending
    return not own and sum(other.startswith(text.words[at]) for other in text.words) == 1


def names_a_place(text: Text, first: int, last: int) -> bool:
    """Whether the name belongs to a foundation, an airport, a street or a prize."""
    if last + 1 < len(text.words) and text.gap(last) in {" ", " adına ", "\n"}:
        after = plain(text.folded(last + 1))
        if _PLACE_AFTER.match(after) and (text.capital(last + 1) or _NO_CAPITAL_NEEDED.match(after)):
            return True
    return first > 0 and text.folded(first - 1) in _PLACE_BEFORE


def feminine_dative(text: Text, found: Found) -> bool:
    """Whether an ending makes another person of a name: `Əliyeva` is no form of Əliyev, whose dative is Əliyevə."""
    stem, rest = text.words[found.last][: found.length], text.words[found.last][found.length :]
    return bool(rest) and stem[-1:] in {"v", "n"} and rest[0] == "a" and text.language in {"az", "tr"}


def bare_surname(text: Text, at: int, language: str) -> int:
    """How many letters of the word are the surname itself, without its case ending."""
    word = text.words[at]
    suffixes = SUFFIXES.get(language)
    if suffixes is None or language == "en":
        glued = _GLUED_VERB.fullmatch(word)
        return len(glued[1]) if glued else len(word)
    folded = plain(fold(word, language))
    shorter = _bare_elsewhere(text, at)
    if shorter:
        return shorter
    if language == "kk":
        return _bare_kazakh(folded)
    found = _SURNAME.fullmatch(folded)
    if found and found[2] and suffixes.reading(found[2]) == "name" and len(found[1]) > 3:
        return len(found[1])
    owner = _OWNER.fullmatch(folded)
    return len(owner[1]) if owner and _owns_next(text, at) else len(word)


def _bare_kazakh(word: str) -> int:
    """The length of a Kazakh name, in plain Cyrillic letters, without its ending."""
    for length in range(len(word) - 1, SHORTEST, -1):
        if _KAZAKH.search(word[:length]) and SUFFIXES["kk"].reading(word[length:]) == "name":
            return length
    found = _KAZAKH_OBJECT.fullmatch(word) or _KAZAKH_CASE.fullmatch(word)
    return len(found[1]) if found else len(word)


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


def canonical(words: list[str], language: str, *, oblique: bool = False) -> str:
    """The name as Azerbaijani writes it: nominative, Latin, by the rules of transliteration.

    `oblique`: a Russian office beside the name is in an oblique case, and so is a man's name.
    """
    if language == "ru":
        words = _nominative(words, oblique=oblique and words[0][-1:] in "аяуюомеи")
    return " ".join(_latin(word) for word in words)


def oblique(text: Text, role: Found) -> bool:
    """Whether Russian office words stand in an oblique case: `министра`."""
    base = fold(re.findall(r"[^\W_]+", role.phrase.text)[0])
    return text.language == "ru" and text.folded(role.first) not in {base, base + "ы"}


def agrees(text: Text, role: Found, last: int) -> bool:
    """Whether office and name may be one person's by their cases: `адвокат министра Иван Петров` is no minister."""
    if not oblique(text, role) or not _NOMINATIVE_MAN.search(text.folded(last)):
        return True
    return role.first > 0 and bool(_DEPUTY.match(text.folded(role.first - 1)))


_NOMINATIVE_MAN = re.compile("(?:[оеё]в|ин|ский)$")
_DEPUTY = re.compile("зам|перв|вице|помощ|совет|пресс")


def after_place(text: Text, first: int, last: int) -> int:
    """Where a Russian name begins behind the city of an office: `аким Петропавловска Серик Мухамедиев`."""
    if text.language != "ru" or last - first != 2 or text.gap(first) != " ":
        return first
    place, *name = (fold(word) for word in text.words[first : last + 1])
    city = len(place) > 3 and place[-1] in "аяыи" and not any(_PATRONYMIC.search(word) for word in name)
    return first + 1 if city else first


_PATRONYMIC = re.compile(r"(?:ович|евич|ична|овна|евна)\w{0,2}$")


def _nominative(words: list[str], *, oblique: bool) -> list[str]:
    """A man's Russian name in an oblique case, brought back: `Николом Пашиняном` is Никол Пашинян.

    A name in -ова or -ина is a woman's unless the given name can only be a man's in the genitive (`Сергея Лаврова`).
    """
    if _OBLIQUE_WOMAN.search(words[-1]):
        return [*words[:-1], words[-1][:-2] + "а"]
    adjective = _OBLIQUE_ADJECTIVE.fullmatch(words[-1])
    if adjective:
        ending = "ий" if adjective[1][-1] == "к" else "ый"
        return [*(_bare_given(word) for word in words[:-1]), adjective[1] + ending]
    surname = _OBLIQUE.fullmatch(words[-1])
    if not surname:
        return words
    if (
        not oblique
        and surname[2] == "а"
        and words[-1][-3:] in {"ова", "ева", "ина"}
        and not fold(words[0]).endswith("я")
    ):
        return words
    return [*(_bare_given(word) for word in words[:-1]), surname[1]]


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
    return with_capital(latin)


def with_capital(word: str) -> str:
    """A word as Azerbaijani begins a name: a small i has a dot, and so has its capital."""
    return ("İ" if word[:1] == "i" else word[:1].upper()) + word[1:]


def slug(name: str) -> str:
    """An id for a person the gazetteer does not know: the plain letters of the name."""
    return "-".join(re.findall(r"[a-z0-9]+", plain(fold(name, "az")))) or "unknown"
