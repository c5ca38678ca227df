"""Countries whose names are common words too: where the country is meant all the same, and by what that is told."""

from collections.abc import Mapping

from analytics.mentions.inflection import SUFFIXES
from analytics.mentions.named import APART, Named
from analytics.mentions.spans import Found, Text
from analytics.model import LANGUAGES, Rule
from analytics.text.letters import plain

# Names that are common words too, in plain letters. A capital inside a sentence makes these the country: no other
# word so written is common.
CAPITAL_TELLS: Mapping[str, frozenset[str]] = {
    "az": frozenset({"mali", "butan", "qana"}),
    "tr": frozenset({"katar", "misir"}),
}
# These may have a capital as the common word, too.
_CAPITAL_OR_NOT: Mapping[str, frozenset[str]] = {
    "tr": frozenset({"mali"}),
    "ru": frozenset({"того", "мали"}),
    "en": frozenset({"rsa"}),
    "kk": frozenset({"мали"}),
}
NEEDS_COMPANY: Mapping[str, frozenset[str]] = {
    language: CAPITAL_TELLS.get(language, frozenset()) | _CAPITAL_OR_NOT.get(language, frozenset())
    for language in LANGUAGES
}


def meant(named: list[Named], text: Text, offices: frozenset[int]) -> list[Named]:
    """All but the common words where nothing tells the country. `offices` are where an office begins."""
    doubtful = NEEDS_COMPANY.get(text.language, frozenset())
    asked = {
        at: word
        for at, one in enumerate(named)
        if (word := text.plain(one.found.first)) in doubtful and _may_be_common(one)
    }
    if not asked:
        return named
    told: dict[int, Rule] = {at: rule for at, word in asked.items() if (rule := _told(named, at, text, offices, word))}
    outright = {asked[at] for at in told} & CAPITAL_TELLS.get(text.language, frozenset())
    told |= {at: "alias, told elsewhere in the text" for at in asked.keys() - told.keys() if asked[at] in outright}
    return [
        one._replace(rule=told[at]) if at in told else one
        for at, one in enumerate(named)
        if at in told or at not in asked
    ]


def _may_be_common(one: Named) -> bool:
    return one.found.words == 1 and not one.found.rest and one.sense == "name"


def _told(named: list[Named], at: int, text: Text, offices: frozenset[int], word: str) -> Rule | None:
    """The rule by which a common word is the country here; None where nothing tells it."""
    found = named[at].found
    near = [n for n in (*named[max(0, at - 1) : at], *named[at + 1 : at + 2]) if n.sense == "name"]
    if any(abs(n.found.first - found.first) <= 3 for n in near):
        return "alias, among other countries"
    if _ending_apart(found, text):
        return "alias, with an ending"
    if word not in CAPITAL_TELLS.get(text.language, ()):
        return None
    if found.last + 1 in offices and text.gap(found.last) == " ":
        return "alias, before an office"
    name = text.words[found.first]
    if (
        name.isupper()
        or text.starts_sentence(found.first)
        or (text.capital(found.last + 1) and text.gap(found.last) == " ")
    ):
        return None
    return "alias, with a capital"


def _ending_apart(found: Found, text: Text) -> bool:
    """Whether the ending of a case stands behind an apostrophe or a hyphen: `Mali'de`."""
    at, suffixes = found.last + 1, SUFFIXES.get(text.language)
    if suffixes is None or at >= len(text.words) or text.gap(found.last) not in APART:
        return False
    return suffixes.reading(plain(text.folded(at))) == "name"
