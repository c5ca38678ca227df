"""Who and which country: names recognised in inflected text, each with the rule that found it."""

from analytics.gazetteer import METHOD
from analytics.mentions.difference import Clues, difference
from analytics.mentions.exceptions import obey
from analytics.mentions.explain import explain
from analytics.mentions.find import Recogniser, find, read_as

__all__ = ["METHOD", "Clues", "Recogniser", "difference", "explain", "find", "obey", "read_as"]
