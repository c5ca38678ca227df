"""Who and which country: names recognised in inflected text, each with the rule that found it."""

from analytics.gazetteer import METHOD
from analytics.mentions.exceptions import obey
from analytics.mentions.explain import explain
from analytics.mentions.find import Recogniser, find

__all__ = ["METHOD", "Recogniser", "explain", "find", "obey"]
