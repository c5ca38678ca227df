"""Offices in one text: which office words belong to a name, and how the office is held. Whose it is: `bodies`."""

import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from analytics.mentions.countries import ABBREVIATION
from analytics.mentions.named import Named
from analytics.mentions.names import ARTICLES, COURTESY, PARTICLE, is_name_word
from analytics.mentions.spans import Found, Places, Text
from analytics.model import LANGUAGES
from analytics.text.en import STOP_WORDS
from analytics.text.letters import plain

# Words between an office and its holder: `səfiri vəzifəsini X tutub`, `president-elect X`.
_FILLER = frozenset(
    "vəzifəsini vəzifəsinə vəzifəsində postuna elect designate general görevine görevini қызметін".split()
)
# Ranks between an office and its holder: `müdafiə nazirinin müavini general-leytenant X`.
_RANKS = {"az": frozenset("general mayor admiral vitse kontr şeyxülislam".split())}
_BETWEEN: dict[str, frozenset[str]] = {lang: COURTESY | _FILLER | _RANKS.get(lang, frozenset()) for lang in LANGUAGES}
# What follows an office that somebody is being given: `X … səfiri təyin edilib`; an election is nobody's yet.
_APPOINTED = re.compile(r"teyin|secil|atan|sec(?!ki|im)|назнач|избра|сайлан|тагайын|appoint|elect|named")
# What somebody is made in Russian, beside whose name it stands: `акимом района назначен X`, `X назначен акимом`.
_MADE = re.compile(r"(?:назнач|избра|утвержд)е?н[аы]?|стала?|является|был[аи]?")
_INSTRUMENTAL = re.compile(r".{2,}(?:ом|ем|ой|ей|ым)")
_TO_OFFICE = re.compile(r"должность|пост|заместителем|помощником|советником")
MADE = 5  # words between such a verb and the office, `на должность` among them
SHADOW = 3  # words before an office in which it is said to be one of the shadow cabinet
TAIL = 16  # words between an office and its holder, the body and the country of the office among them
# Words of such a tail in Russian and English, when they are not capitalised: prepositions, adjectives, genitives.
_TAIL = {
    "ru": re.compile(
        r"по|и|с|за|в|на|при|о|об|над|из|рубежом|дел|прав|сил|войск|программ|средств|служб|наук|стран|реформ"
        r"|.{2,}(?:ого|его|ой|ей|ых|их|ым|им|[ая]м|ии|ия|ий|ов|ев|ства|[бвгджзклмнпрстфхцчшщ]и|ы|а)"
    ),
    "en": re.compile(r"of|the|for|and|to"),
}
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
# Between a candidate and the office: `кандидат на пост президента`, `candidate for governor`.
_STRIVING = frozenset("в на пост должность for the to".split())
# Whose relative somebody is: `X, wife of Vice President Y`.
_KIN = frozenset(
    "wife husband widow widower son daughter brother sister father mother nephew niece uncle aunt cousin grandson"
    " granddaughter жена супруга вдова муж супруг сын дочь брат сестра отец мать зять племянник племянница внук внучка"
    " дядя тетя".split()
)
# What parts a name from an office in another clause: `X, while the president`, `X, whom the mayor`.
_APART = _KIN | frozenset("while whom whose when because but if where than until".split())
# The ending of whose, in plain letters: `prezidentin`; and a Russian adjective's, of a body: `мэр Нижнего Новгорода`.
_WHOSE = {lang: re.compile(r"\w*n?[iu]n") for lang in ("az", "tr")} | {"kk": re.compile(r"\w*[ндт][ыі]ң")}
_ADJECTIVE = re.compile(r".{2,}(?:ого|его|ой|ей|ых|их)")
# The endings of cases that no office has before its holder's name, in plain letters; but `eski bakanlardan X` is one.
_BENT = {lang: re.compile(r"(?!l[ae]r\w*d[ae]n)\w*(?:n?[iu]n|[dt][ae]n?|[ny]?[ae]|n[iu])") for lang in ("az", "tr")}
_AND = frozenset("və ve и and мен және bəy oğlu qızı xanım".split())
_PLURAL = {
    "az": re.compile("^l[ae]r"),
    "tr": re.compile("^l[ae]r"),
    "kk": re.compile("^[лдт][ае]р"),
    "en": re.compile("s$"),
    "ru": re.compile("(?:ы|и|ов|ев|ами|ями|ам|ям|ах|ях)$"),
}
_VERB = re.compile(r".{2,}(?:ла|ло|ли|лся|лась|ет|ит|ют|ат|ят)")


@dataclass(frozen=True)
class Field:
    """One field of the article with what was found in it before: countries, bodies and office words."""

    name: str
    text: Text
    named: list[Named]
    roles: list[Found]
    places: Places

    @cached_property
    def covered(self) -> frozenset[int]:
        """Words that belong to a country or an organisation."""
        return frozenset(w for n in self.named for w in range(n.found.first, n.found.last + 1))

    @cached_property
    def offices(self) -> list[Found]:
        """The office words that mean what they say: weak ones right behind a state only, before all others."""
        states = {n.found.last: n.found.first for n in self.named if n.found.phrase.kind == "country"}
        weak = [
            r for r in self.roles if r.phrase.weak and r.first - 1 in states and not self._branch(states[r.first - 1])
        ]
        return [*weak, *(r for r in self.roles if not r.phrase.weak and not self._of_another(r))]

    def _of_another(self, role: Found) -> bool:
        """Whether an English `deputy` is no member of parliament but somebody's: `deputy news editor`."""
        if role.phrase.text != "deputy" or self.text.gap(role.last) != " ":
            return False
        return self.text.words[role.last + 1].islower() and self.text.folded(role.last + 1) not in STOP_WORDS

    def _branch(self, state: int) -> bool:
        """Whether a state at this word is where a firm's branch is: `Samsung Türkiye Başkanı`."""
        owner = state - 1
        if owner < 0 or owner in self.covered or self.text.gap(owner) != " " or self.text.starts_sentence(owner):
            return False
        return self.text.capital(owner)

    def office(self, first: int, last: int) -> Found | None:
        """The office words that belong to the name at words `first` to `last`, wherever they stand."""
        role = (
            self._before(first)
            or self._role_far_before(first)
            or self._made(first, last)
            or self._apposed(first, last)
            or self._role_of_list(first)
            or self.role_after(last)
            or self._given(last)
        )
        return self._held(self._outer(role))

    def role_before(self, at: int) -> Found | None:
        """The office words that end right before word `at`, a courtesy word aside, as they are held."""
        return self._held(self._before(at))

    def _held(self, role: Found | None) -> Found | None:
        """The office that is held: a deputy's of a deputy, and none of an aide, a shadow or a candidate."""
        if role is None or role.phrase.target in DEPUTIES.values():
            return role
        word = _beside(self.text, role)
        if _NOT_HELD[self.text.language].fullmatch(word) or self._shadow(role):
            return None
        if not _DEPUTY[self.text.language].fullmatch(word):
            return role
        target = role.phrase.target
        deputy = DEPUTIES.get(target, "deputy-minister" if target.endswith("minister") else "deputy-head")
        return role._replace(phrase=replace(role.phrase, target=deputy))

    def _shadow(self, role: Found) -> bool:
        """Whether an English office is the opposition's: `shadow education secretary`."""
        near = range(max(0, role.first - SHADOW), role.first) if self.text.language == "en" else ()
        return any(self.text.folded(word) == "shadow" and self._same_sentence(word, role.first) for word in near)

    def meanings(self, role: Found) -> frozenset[str]:
        """The offices that the same words may mean: `Dışişleri Bakanı` is a secretary of state as well."""
        said = frozenset(r.phrase.target for r in self.roles if _same(r, role))
        return said if role.phrase.target in said else frozenset({role.phrase.target})

    def kind(self, role: Found) -> str:
        """The office as the words have it: of a deputy, the office whose deputy it is."""
        return next((r.phrase.target for r in self.offices if _same(r, role)), role.phrase.target)

    def _outer(self, role: Found | None) -> Found | None:
        """The office of which another is only the owner: `пресс-секретарь акима X` is a spokesman."""
        while role is not None and self.text.language == "ru":
            before = [r for r in self.offices if r.last == role.first - 1]
            if not before:
                break
            role = max(before, key=lambda r: r.words)
        return role

    def _before(self, at: int) -> Found | None:
        between = _BETWEEN[self.text.language]
        while at >= 1 and (self.text.folded(at - 1) in between or self._article(at - 1)):
            at -= 1
        if says_how(self.text, at - 1) and self._close(at - 1) and not any(r.last == at - 1 for r in self.offices):
            return self._ending_at(at - 2)
        return self._ending_at(at - 1, bent=False)

    def _ending_at(self, last: int, *, bent: bool = True) -> Found | None:
        """The longest office words that end with this word. `bent`: also in a case, as before `müavini`."""
        ending = [r for r in self.offices if r.last == last and self._close(last) and (bent or not self._bent(r))]
        return max(ending, key=lambda r: r.words, default=None)

    def role_after(self, at: int) -> Found | None:
        """The office words that follow word `at` as an apposition: `X, министр иностранных дел …`."""
        if at + 1 >= len(self.text.words) or self.text.gap(at).strip() not in {",", "–", "—", "-", "("}:
            return None
        beginning = [r for r in self.offices if at < r.first <= at + 4 and self._same_sentence(at + 1, r.first)]
        kin = {r.first for r in beginning if any(self.text.folded(word) in _APART for word in range(at + 1, r.first))}
        beginning = [r for r in beginning if r.first not in kin and not self._owner(r) and not self._of_next(r)]
        return min(beginning, key=lambda r: (r.first, -r.words), default=None)

    def _owner(self, role: Found) -> bool:
        """Whether an office is only whose something is: `X, prezidentin oğlu`. A deputy's is an office all the same."""
        if self.text.language == "en":
            return self.text.gap(role.last) in {"'", "’"} and self.text.words[role.last + 1] == "s"
        whose, apart = _WHOSE.get(self.text.language), self.text.gap(role.last) in {"'", "’"}
        if whose is None or says_how(self.text, role.last + 1):
            return False
        return bool(whose.fullmatch(self.text.plain(role.last + 1) if apart else role.rest))

    def _of_next(self, role: Found) -> bool:
        """Whether an office behind a name is the next one's, who is named behind it: `X, İzmir valisi Y`.

        Russian and English have the body there, so that it takes two words of a name.
        """
        text, at = self.text, role.last + 1 + says_how(self.text, role.last + 1)
        while at in self.covered:
            at += 1
        if not self._names(at):
            return False
        if text.language not in {"ru", "en"} or (text.language == "en" and text.capital(role.first)):
            return True
        return self._names(at + 1) and not _ADJECTIVE.fullmatch(text.folded(at))

    def _names(self, at: int) -> bool:
        """Whether a word behind another may be a name's."""
        text = self.text
        return at < len(text.words) and at not in self.covered and text.gap(at - 1) == " " and is_name_word(text, at)

    def _apposed(self, first: int, last: int) -> Found | None:
        """The English office that a name is in apposition to, between commas: `Spain's trade minister, X, …`."""
        text = self.text
        if text.language != "en" or first < 1 or text.gap(first - 1) != ", " or text.gap(last)[:1] not in {",", "."}:
            return None
        return self._role_far_before(first, apart=", ")

    def _role_far_before(self, at: int, apart: str = "") -> Found | None:
        """The office words before a body and a country in the genitive: `министр иностранных дел Грузии X`.

        `apart` may stand between them and the name.
        """
        tail = _TAIL.get(self.text.language)
        if tail is None:
            return None
        for word in range(at - 1, max(-1, at - TAIL), -1):
            if not set(self.text.gap(word)) <= set(' "«»“”-') and (word < at - 1 or self.text.gap(word) != apart):
                return None
            here = [r for r in self.offices if r.last == word]
            if here:
                return max(here, key=lambda r: r.words)
            if word not in self.covered and not self._in_tail(word, tail, last=word == at - 1):
                return None
        return None

    def _made(self, first: int, last: int) -> Found | None:
        """The Russian office that whoever is named at these words is said to have been given or to hold."""
        if self.text.language != "ru":
            return None
        behind = self._making(last + 1, 1)
        if behind > last + 1:
            roles = (r for r in self.offices if last < r.first <= behind + MADE and self._same_sentence(last, r.first))
            role = min(roles, key=lambda r: (r.first, -r.words), default=None)
        else:
            before = self._making(first - 1, -1) + 1
            role = self._before(before) or self._role_far_before(before) if before < first else None
        return role if role is not None and self._made_of(role) else None

    def _made_of(self, role: Found) -> bool:
        """Whether the office stands as something that one is made or appointed to: `акимом`, `на должность акима`."""
        before = self.text.folded(role.first - 1) if role.first else ""
        return bool(_INSTRUMENTAL.fullmatch(self.text.folded(role.first)) or _TO_OFFICE.fullmatch(before))

    def _making(self, at: int, step: int) -> int:
        """The first word from `at` on, forwards or backwards, that is no verb of being or being made."""
        text = self.text
        while text.language == "ru" and 0 <= at < len(text.words) and _MADE.fullmatch(text.folded(at)):
            if text.gap(min(at, at - step)) != " ":
                break
            at += step
        return at

    def is_made(self, first: int, last: int, role: Found) -> bool:
        """Whether a verb beside the name says that its bearer is made what the office says, in another case."""
        beside = self._making(last + 1, 1) > last + 1 or self._making(first - 1, -1) < first - 1
        return beside and self._made_of(role)

    def _role_of_list(self, at: int) -> Found | None:
        """The office of all the names of a list: `sədrin müavinləri X, Y və Z`."""
        for word in range(at - 1, max(-1, at - TAIL), -1):
            plural = [r for r in self.offices if r.last == word]
            if plural:
                return plural[0] if word < at - 1 and self._plural(plural[0]) else None
            if self.text.gap(word) not in {" ", ", ", ".", ". "}:
                return None
            if not self.text.capital(word) and self.text.folded(word) not in _AND:
                return None
        return None

    def _plural(self, role: Found) -> bool:
        """Whether the office words are in the plural."""
        word = self.text.folded(role.last)
        return bool(_PLURAL[self.text.language].search(role.rest or word))

    def _in_tail(self, word: int, tail: re.Pattern[str], *, last: bool) -> bool:
        """Whether a word may stand between an office and its holder. The last may not be a preposition's."""
        small = self.text.folded(word)
        if self.text.capital(word):  # of a body's name; capitals in a row are rather somebody's name
            if self.text.language != "ru":
                return False
            before = self.text.words[word - 1]
            alone = not before[0].isupper() or any(r.last == word - 1 for r in self.roles)
            return alone or _short(before) or _short(self.text.words[word])
        return bool(tail.fullmatch(small)) and not _VERB.fullmatch(small) and not (last and len(small) <= 3)

    def _given(self, at: int) -> Found | None:
        """The office that somebody named before it is given: `X ölkəmizin Hindistandakı səfiri təyin olunub`."""
        for role in self.offices:
            if (
                at < role.first <= at + 6
                and self._same_sentence(at, role.first)
                and role.last + 1 < len(self.text.words)
                and _APPOINTED.match(self.text.plain(role.last + 1))
            ):
                return role
        return None

    def _bent(self, role: Found) -> bool:
        """Whether the office has the ending of a case, which only the name behind it would have: `müdürünün Ahmet`."""
        bent = _BENT.get(self.text.language)
        return bent is not None and bool(bent.fullmatch(role.rest))

    def _article(self, at: int) -> bool:
        """Whether the article of an Arabic surname is all that stands between an office and it: `Prezident əs-Sisi`."""
        return len(self.text.words[at]) <= PARTICLE and self.text.gap(at) == "-" and self.text.plain(at) in ARTICLES

    def _close(self, at: int) -> bool:
        return self.text.gap(at) in {" ", "\n", ": "}

    def _same_sentence(self, first: int, last: int) -> bool:
        return not any(c in self.text.text[self.text.starts[first] : self.text.starts[last]] for c in ".;,!?\n")


def _short(word: str) -> bool:
    """Whether a word is an abbreviation of a body."""
    return word.isupper() and 1 < len(word) <= ABBREVIATION


def _same(one: Found, other: Found) -> bool:
    return (one.first, one.last, one.length) == (other.first, other.last, other.length)


def _beside(text: Text, role: Found) -> str:
    """The word, in plain letters, that says how an office is held: before it in Russian and English, else behind it."""
    if text.language not in {"ru", "en"}:
        return text.plain(role.last + 1) if text.gap(role.last) == " " else ""
    at = role.first - 1
    while at > 0 and text.folded(at) in _STRIVING and text.gap(at) == " ":
        at -= 1
    gap = text.gap(at) if at >= 0 else ""
    return text.plain(at) + gap.strip(" .") if gap in {" ", "-", ". "} else ""


def says_how(text: Text, at: int) -> bool:
    """Whether a word between an office and a name says how it is held: `Genel Müdür Yardımcısı X`."""
    if text.language in {"ru", "en"} or not 0 <= at < len(text.words):
        return False
    return _says_how(text.folded(at), text.language)


@lru_cache(maxsize=1 << 16)  # asked of many words, and for a word type
def _says_how(folded: str, language: str) -> bool:
    word = plain(folded)
    return bool(_DEPUTY[language].fullmatch(word) or _NOT_HELD[language].fullmatch(word))
