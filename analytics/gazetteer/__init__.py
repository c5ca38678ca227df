"""The gazetteer: who and what can be recognised, read from `data/entities/` and checked.

`load` gives a `Gazetteer` or raises the first fault; `faults` names all of them, for an analyst who is editing.
`read` makes one of the `files` that another was made of.
`mark` keeps an analyst's word on a single mention, `take_back` forgets it.
"""

from analytics.gazetteer.exceptions import MentionException, mark, take_back
from analytics.gazetteer.load import METHOD, Gazetteer, faults, load, read
from analytics.gazetteer.offices import Role

__all__ = ["METHOD", "Gazetteer", "MentionException", "Role", "faults", "load", "mark", "read", "take_back"]
