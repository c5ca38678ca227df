"""English: what only this language knows."""

import Stemmer

from analytics.text.suffixes import Suffixes

STOP_WORDS = frozenset(
    """
    a about above according added after again against all also am an and any are as at be because been before
    being below between both but by can could day did do does doing down during each few first for from further
    had has have having he her here hers herself him himself his how i if in into is it its itself just last
    like made make many may me might more most mr mrs ms much must my new no nor not now of off on once one only
    or other our out over own per said same say says she should since so some such t than that the their them
    then there these they this those three through to told too two under until up us very was we were what when
    where which while who whom why will with would year years you your
    """.split()
)

_SNOWBALL = Stemmer.Stemmer("english", 0)  # without its cache, whose clearing costs more than it saves


def stem(folded: str) -> str:
    """Snowball's stem."""
    return str(_SNOWBALL.stemWord(folded))


SUFFIXES = Suffixes({"plural": r"s|es"})
