"""Full-text search: which articles say this.

    Qazaxıstan diaspor          both words, in any form
    Qazaxıstan OR Özbəkistan    either
    "Türk Şurası"               these words, side by side
    səfir -Ankara, səfir NOT Ankara
    azərb*                      words that begin so
    (a OR b) c                  brackets group

A word finds its inflected forms and is found by them, in capitals too (`forms`); one typed without diacritics finds
those with them. The index lies in the corpus directory, is derived, and is made
again when it is missing, damaged or behind. `parse` raises QueryError with the place of the fault.
"""

from analytics.search.index import update
from analytics.search.query import parse
from analytics.search.reader import ids

__all__ = ["ids", "parse", "update"]
