"""How the words of names are inflected, by language, of what the languages' own files in `analytics/text/` know.

A language with endings is in `SUFFIXES`, and in `SOFTENED` where they change a word's last letter; one whose words
have forms instead, as Russian's do, is in the others.
"""

from collections.abc import Callable, Mapping

from analytics.text import az, en, kk, ru, tr
from analytics.text.suffixes import Suffixes

SUFFIXES: Mapping[str, Suffixes] = {"az": az.SUFFIXES, "tr": tr.SUFFIXES, "kk": kk.SUFFIXES, "en": en.SUFFIXES}
SOFTENED: Mapping[str, Mapping[str, str]] = {"az": az.SOFTENED, "kk": kk.SOFTENED}
FORMS: Mapping[str, Callable[[str], frozenset[str]]] = {"ru": ru.forms}
IS_FORM: Mapping[str, Callable[[str, str], bool]] = {"ru": ru.is_form}
IS_PLURAL: Mapping[str, Callable[[str, str], bool]] = {"ru": ru.is_plural}
