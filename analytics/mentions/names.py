"""What a person's name looks like: where it may begin, where it ends, and whether its case is that of an office."""

import re
from functools import lru_cache

from analytics.mentions.bare import OBJECT, SURNAME
from analytics.mentions.inflection import SUFFIXES
from analytics.mentions.languages import LANDS, OWN_LETTERS
from analytics.mentions.spans import Found, Text
from analytics.text.letters import fold, plain

POLITE = frozenset(
    "xanım cənab bəy müəllim müəllimə hanım bey sayın mr mrs ms dr prof господин госпожа г мырза ханым".split()
)
# Callings and ranks that may stand between an office and its holder; beside a surname alone they tell nobody.
CALLINGS = frozenset(
    "avukat sanatçı sosyolog psikolog uzman profesör doçent orgeneral korgeneral tümgeneral tuğgeneral prenses "
    "professor akademik ayatollah polkovnik leytenant kurmay albay yarbay binbaşı amiral oramiral koramiral tümamiral "
    "tuğamiral".split()
)
COURTESY = POLITE | CALLINGS
# The Arabic article before a surname, with its own l or with the letter that follows it instead: `əl-`, `əs-`.
_VOWELS, _LETTERS = "əea", "lsştdnrz"
_ARTICLE = f"[{_VOWELS}][{_LETTERS}]|эль|аль"  # as it stands without a hyphen too
JOINED = re.compile(rf"(?<= )(ul|{_ARTICLE}) (?=\w)")  # inside a name, with the space where its hyphen goes
# Small words inside a name, in plain letters: `bin Salman`, `van der Bellen`; an article has a hyphen behind it.
LINKS = frozenset("bin ibn bint van von fon бин бен ибн ван фон".split())
ARTICLES = frozenset(plain(vowel + letter) for vowel in _VOWELS for letter in _LETTERS).union(
    "ul аль эль ас эс аш эш ат эт ад эд ан эн ар эр әл".split()
)
_DER = frozenset({"der", "den"})
# More of them, where they are no words of the language itself, as `də` is in Azerbaijani and `de` in Turkish.
_FOREIGN = {
    "en": frozenset("al el ben de di da do dos du del la der den".split()),
    "ru": frozenset("аль эль ас аш ад ат ан ар де ди дель дю душ ла дер ден".split()),
    "kk": frozenset(map(plain, "аль әл".split())),
}
PARTICLES = LINKS.union(ARTICLES, _DER, *_FOREIGN.values())
PARTICLE = max(map(len, PARTICLES))  # letters of one at the most
LONGEST = 4  # words of a person's name
HALF = 5  # letters of each half of a name like Yong-ho
_LINKED = 2  # small words in a row, as in `van der`
_NO_HALF = frozenset("led era run like style".split())

# What may stand between a given name and a surname: a courtesy, an article, an initial, a Russian patronymic.
BETWEEN = re.compile("|".join(sorted(COURTESY)) + rf"|{_ARTICLE}|\w|\w{{3,}}(?:ович|евич|овна|евна)\w{{0,2}}")

# Words that end the name of a body or a phrase, never a person's name, in plain letters.
_NO_NAME = re.compile(
    r"(nazirli|komite|partiya|sura|konsey|merkez|idare|melumat|beyanname|toplanti|gorus|sammit|zirve|forum|qanun|konstitusiya"
    r"|cumhur|respublika|devlet|dovlet|teskilat|birli|bakanlig|meclis|avropa|asiya|serqi|qerbi|cenub|simal|xarici|daxili"
    r"|mehkeme|mahkeme|universite|federasyon|konfederasyon|komisyon|kongre|gazetesi|belediye|xidmet|kurumu?\b|ilce(?:si)?\b"
    r"|kurul(?:u|a|da|un|una|unda|undan|unun|unu)?\b|tesisleri|borsasi|fonu\b|parti(?:si\w*)?\b"
    r"|(?:council|committee|office|board|agency|centre|center|chamber|constituency|association|university)\b"
    r"|министерств|комитет|совет|республик|саммит|форум|парти|институт|университет|академи|департамент"
    r"|фонд(?:а|е|у|ом)?\b)"
)
# What ends the name of a body, in plain letters: the words before it are no person's name either.
_END_OF_BODY = re.compile(
    r"(?:universite|komite|konfederasyon|federasyon|dernek|derne[gy]|borsa|gazete|belediye|parti|bolge)(?:s?i)(?:n[aeiud]\w*)?"
    r"|(?:kurul|kurum|komisyon|kongre|konfederasyon|federasyon|fon|salon)u(?:n[aeiud]\w*)?|tesisleri(?:n[aeiud]\w*)?|xidmeti(?:n[aeiud]\w*)?"
    r"|universiteti(?:n[aeiud]\w*)?"
    r"|council|committee|office|board|agency|centre|center|chamber|constituency|association|university"
)
# A lesser office or calling, in plain letters, which stands before a name and is no part of it: `Analyst Paul Rowlett`.
_CALLING = re.compile(
    r"(?:mustesar|kaymakam|at?tase|baskanvekil|basmuzakerec|bass?savci|aday|uye|yardimci|yonetmen|rektor)(?:l[ae]r)?(?:s?[iu])"
    r"|analyst|executive|commodore"
)
# Words that begin the name of a body or a land, in plain letters: `Красного Креста`, `Middle East`. A surname is last.
_NO_BEGINNING = re.compile(
    "(?:красн|латинск|западн|восточн|южн|северн|центральн|верховн|федеральн|национальн|международн|генеральн)"
    "(?:ого|ой|ая|ый|ым|ом)|нью|new|nyu|yeni|eski|orta|north|south|east|west|middle|central|red|white|high|general|united|national|supreme"
    "|federal"
)
# Words that begin a sentence or a headline, and nobody's name: `In January`, `Northern Ireland`.
_NOBODY = {
    "en": frozenset(
        "the in of on at a from for by as but and or if when after before while since with not no yes that this these"
        " those our my your his her its their he she it we they you all some own both what who how why where january"
        " february march april june july august september october november december northern southern eastern western"
        " sunni shia muslim christian british english".split()
    )
}
MONTHS = {"en": frozenset("april june august".split())}  # that are given names as well
GENITIVE = re.compile(r".{3,}n[iu]n")
# A place behind a name, in plain letters: the ending of where; and behind a second name, also of where from and to.
_WHERE = {"az": re.compile(r".{3,}d[ae](?:k[iu]\w*)?"), "kk": re.compile(r".{3,}[дт][ае](?:(?:ғы|гі)\w*)?")}
_WAY = {"az": re.compile(r".{3,}(?:d[ae]n|[ae]y[ae])"), "kk": re.compile(r".{3,}[дтн][ае]н")}
_WHERE_APART = {"tr": re.compile(r"[dt][ae](?:ki\w*)?")}  # behind an apostrophe
_DAY = {"en": re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day")}


def is_name_word(text: Text, at: int) -> bool:
    """Whether a word may be part of a person's name: a capital, then letters, or an initial with its dot."""
    word = text.words[at]
    if not text.capital(at) or not word.isalpha() or (text.language in OWN_LETTERS and word.isascii()):
        return False
    if len(word) == 1:
        return at + 1 < len(text.words) and text.gap(at) in {".", ". "}
    if _is_no_name(text.folded(at)):
        return False
    return not word.isupper() or len(word) > 3  # three capitals are an abbreviation


@lru_cache(maxsize=1 << 16)  # asked of many words, and for a word type
def _is_no_name(folded: str) -> bool:
    small = plain(folded)
    return bool(_NO_NAME.match(small) or _CALLING.fullmatch(small)) or folded in CALLINGS


def begins_name(text: Text, at: int, *, given: bool = False) -> bool:
    """Whether a name's word may be the first of a person's name. `given`: a month's name is a given name here."""
    small = text.folded(at)
    if not is_name_word(text, at) or small in COURTESY or _NO_BEGINNING.fullmatch(plain(small)):
        return False
    if (not given and small in _NOBODY.get(text.language, ())) or (text.language in LANDS and _ends_land(text, at)):
        return False
    return not _begins_body(text, at)


def _ends_land(text: Text, at: int) -> bool:
    """Whether an adjective before a word makes a land or a body of it: `на Южном Кавказе`."""
    before = at - 1
    if before < 0 or not text.capital(before) or text.gap(before) != " ":
        return False
    return bool(_NO_BEGINNING.fullmatch(plain(text.folded(before))))


def _begins_body(text: Text, at: int) -> bool:
    """Whether the capitalised words from here on end with a body's: `Mehmet Üniversitesi`, `Dış İlişkiler Kurulu`."""
    for word in range(at + 1, min(at + LONGEST, len(text.words))):
        if not text.capital(word) or text.gap(word - 1) != " ":
            return False
        if _END_OF_BODY.fullmatch(plain(text.folded(word))):
            return True
    return False


def ends_name(text: Text, at: int) -> bool:
    """Whether nothing can follow this word in a person's name: it has a surname's shape, or the ending of a case."""
    word = plain(text.folded(at))
    if text.language in OBJECT and OBJECT[text.language].fullmatch(word):
        return True
    surname = SURNAME.fullmatch(word)
    return bool(GENITIVE.fullmatch(word)) or bool(surname and len(surname[1]) > 4 and surname[1][-1] in "vae")


def links(text: Text, at: int) -> bool:
    """Whether small words stand inside a name from here on: `Velid el-Muallim`, `Orhan bin Demir`, `van der Berg`."""
    end = at
    while end - at < _LINKED and _is_link(text, end):
        end += 1
    return end > at and text.capital(end)


def _is_link(text: Text, at: int) -> bool:
    if at + 1 >= len(text.words) or not text.words[at].islower():
        return False
    small = text.plain(at)
    if text.gap(at) == "-":
        return small in ARTICLES
    known = (
        small in LINKS or small in _FOREIGN.get(text.language, ()) or (small in _DER and text.plain(at - 1) == "van")
    )
    return known and text.gap(at) == " "


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
    word, language = plain(text.folded(at)), text.language
    if language in _DAY:
        return bool(_DAY[language].fullmatch(word))
    if language in _WHERE_APART:
        return text.gap(at) in {"'", "’"} and bool(_WHERE_APART[language].fullmatch(text.plain(at + 1)))
    where, way = _WHERE.get(language), _WAY.get(language)
    if where is None or way is None or not (where.fullmatch(word) or (second and way.fullmatch(word))):
        return False
    surname = SURNAME.fullmatch(word)
    own = surname is not None and not surname[2]  # -zadə is a surname's own ending
    return not own and sum(other.startswith(text.words[at]) for other in text.words) == 1


_PLURAL_ENDING = {"ru": "ы"}  # the ending of several in the nominative, in languages whose offices have cases
_NOMINATIVE_MAN = re.compile("(?:[оеё]в|ин|ский)$")
_SERVING = re.compile("зам|перв|вице|помощ|совет|пресс")


def oblique(text: Text, role: Found) -> bool:
    """Whether office words stand in an oblique case, as Russian ones may: `министра`."""
    if text.language not in _PLURAL_ENDING:
        return False
    base = fold(role.phrase.words[0])
    return text.folded(role.first) not in {base, base + _PLURAL_ENDING[text.language]}


def agrees(text: Text, role: Found, last: int) -> bool:
    """Whether office and name may be one person's: `адвокат министра Иван Петров` is no minister by the cases."""
    if not oblique(text, role) or not _NOMINATIVE_MAN.search(text.folded(last)):
        return True
    return role.first > 0 and bool(_SERVING.match(text.folded(role.first - 1)))


# What a city may be of, which is named behind it.
_OF_A_LAND = {"ru": frozenset("области края района округа города республики провинции штата".split())}
_PATRONYMIC = re.compile(r"(?:ович|евич|ична|овна|евна)\w{0,2}$")


def after_place(text: Text, first: int, last: int) -> int:
    """Where a name begins behind the city of an office: `аким Петропавловска Серик Мухамедиев`."""
    of_a_land = _OF_A_LAND.get(text.language)
    if of_a_land is None or last - first != 2 or text.gap(first) != " ":
        return first
    place, *name = (fold(word) for word in text.words[first : last + 1])
    city = len(place) > 3 and (place[-1] in "аяыи" or (first > 0 and text.folded(first - 1) in of_a_land))
    return first + 1 if city and not any(_PATRONYMIC.search(word) for word in name) else first
