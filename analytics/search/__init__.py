"""Full-text search: which articles say this.

    Qazaxıstan diaspor          both words, in any form
    Qazaxıstan OR Özbəkistan    either
    "Türk Şurası"               these words, side by side
    səfir -Ankara, səfir NOT Ankara
    azərb*                      words that begin so
    (a OR b) c                  brackets group

A word finds its inflected forms and is found by them, in capitals too (`forms`); one typed without diacritics finds
those with them. `parse` raises QueryError with the place of the fault, and `matches` also when a query would take too
long: what an answer costs is counted before it is given (`ask`), and no pattern of a user is ever run.

The index lies in the corpus directory, is derived, and is made again when it is missing, damaged or behind. It is our
own because of what it answers: row numbers of all articles that match, in one array, where an index library hands out
the best ten, or a Python object for each of half a million; and because articles come as numbered words already.
"""

from analytics.search.holding import holding
from analytics.search.index import COMMIT, add, update
from analytics.search.marks import marks
from analytics.search.query import parse
from analytics.search.reader import Asked, matches
from analytics.search.segment import Segment, indexed

__all__ = ["COMMIT", "Asked", "Segment", "add", "holding", "indexed", "marks", "matches", "parse", "update"]
