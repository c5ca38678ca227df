"""Who and which country: names recognised in inflected text, each with the rule that found it."""

from analytics.mentions.find import METHOD, Recogniser, find

__all__ = ["METHOD", "Recogniser", "find"]
