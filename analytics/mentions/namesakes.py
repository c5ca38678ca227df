"""What is called after somebody and is nobody: places and foundations, orders and prizes."""

import re

from analytics.mentions.names import LONGEST
from analytics.mentions.spans import Text
from analytics.text.letters import plain

# A word after a name that makes it the name of a place, a prize or a foundation, in plain letters; and before it.
_PLACE_AFTER = re.compile(
    r"fond|adina|kuces|prospekt|hava|beynelxalq|merkez|muze|park|mukafat|saray|stad|universite[ts]|mekteb|meydan|mahalle"
    r"|korpu|kopru|medal|orden|uluslararasi|caddes|bulvar|vakfi|adli|arena|kompleks|kulliye|kollec|kolej|lise|gimnazi|okul"
    r"|hastane|xestexana|kitabxana|kutuphane|salon|teatr|tiyatro|baraj|tunel|enstitu|qalereya|cami|mescid|kosku|airport|foundation|cent(?:er|re)|street|avenue|university"
    r"|international|boulevard|prize|аэропорт|фонд|центр|университет|проспект|улиц|премии|атында|әуежай|қоры|орталығы"
    r"|көшесі|даңғылы"
)
# What stands between the name and such a word: `Heydər Əliyev Mədəniyyət Mərkəzi`, `Atatürk Olimpiyat Stadı`.
_PLACE_KIND = re.compile(
    r"kultur|medeniyyet|konqres|kongre|konser|olimp|idman|spor|tehsil|egitim|ixtisas|tibb|texni|teknik|dovlet|devlet|anadolu"
    r"|fen|mesleki|arastirma|xatire|ev"
)
_PLACE_BEFORE = frozenset(
    "имени им улица улице улицу проспект проспекте проспекту аэропорт аэропорту фонд фонда".split()
)
_NO_CAPITAL_NEEDED = re.compile("adina|adli|kuces|prospekt|meydan|caddes|bulvar|атында|көшесі|даңғылы")
# An order as something owned, which is whom it is called after; Russian has the genitive behind it.
_ORDER = re.compile(r"(?:orden|medal|mukafat|odul|madalya|орден|медал|сыйлы[қғ]|жулде)s?[iuыі]\w*")
_ORDER_BEFORE = {"ru": re.compile(r"(?:орден|медал|преми)\w{0,3}")}


def names_a_place(text: Text, first: int, last: int) -> bool:
    """Whether the name belongs to a foundation, an airport, a street or a prize."""
    if last + 1 < len(text.words) and text.gap(last) in {" ", "\n"}:
        after = plain(text.folded(last + 1))
        if _PLACE_AFTER.match(after) and (text.capital(last + 1) or _NO_CAPITAL_NEEDED.match(after)):
            return True
        if _PLACE_KIND.match(after) and _place_at(text, last + 2):
            return True
    return first > 0 and text.folded(first - 1) in _PLACE_BEFORE


def _place_at(text: Text, at: int) -> bool:
    """Whether the next word, or the one behind it, is a place's, and all to it have capitals."""
    for word in range(at, min(at + 2, len(text.words))):
        if not (text.capital(word - 1) and text.capital(word)) or text.gap(word - 1) not in {" ", "-"}:
            return False
        if _PLACE_AFTER.match(plain(text.folded(word))):
            return True
    return False


def names_an_order(text: Text, last: int) -> bool:
    """Whether an order, a medal or a prize is called after the name that ends here, and stands behind or before it.

    `Prezidenti Aleksandr Nevski ordeni verib`: nobody of that name is president.
    """
    behind = last + 1 < len(text.words) and text.gap(last) in {" ", "» ", "” ", '" '}
    if behind and _ORDER.fullmatch(plain(text.folded(last + 1))):
        return True
    order, before = _ORDER_BEFORE.get(text.language), last
    if order is None:
        return False
    while before > 0 and last - before < LONGEST and text.capital(before) and text.gap(before - 1) in {" ", " «", ' "'}:
        before -= 1
    return before < last and bool(order.fullmatch(text.folded(before)))
