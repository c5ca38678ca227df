"""Coverage, attention, share of voice: pure functions of a cube and filters, each giving one tidy frame.

The frame is the truth behind chart, tooltip, table and file. Words: **coverage** is the number of articles that mention
X, **attention** is coverage ÷ all articles of the period in this part of the corpus, **share of voice** is coverage ÷
the summed coverage of the compared set. Shares of a week or a month are sums over sums, never means of shares.
"""

from analytics.trends.axis import Axis, Basis, axis, basis, chosen_basis, story_basis
from analytics.trends.bursts import bursts
from analytics.trends.lists import Mark, Snippet, articles, count_articles, count_stories, snippets, stories, timeline
from analytics.trends.rank import co_mentions, discovered, languages, outlets, top_entities, topic_terms
from analytics.trends.themes import drivers, examples, moving, neighbours
from analytics.trends.time import apart, attention_table, growth, over_time, peaks, terms_over_time, topics_over_time

__all__ = [
    "Axis",
    "Basis",
    "Mark",
    "Snippet",
    "apart",
    "articles",
    "attention_table",
    "axis",
    "basis",
    "bursts",
    "chosen_basis",
    "co_mentions",
    "count_articles",
    "count_stories",
    "discovered",
    "drivers",
    "examples",
    "growth",
    "languages",
    "moving",
    "neighbours",
    "outlets",
    "over_time",
    "peaks",
    "snippets",
    "stories",
    "story_basis",
    "terms_over_time",
    "timeline",
    "top_entities",
    "topic_terms",
    "topics_over_time",
]
