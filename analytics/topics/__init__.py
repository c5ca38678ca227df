"""What an article is about: named topics, carried by weighted seeds and by what is learned around them.

`definition` reads the topic files, `labels` what an analyst said of single articles; `seeds` scores by seeds, `learn`
makes a classifier from them and `learned` keeps it; `discover` finds topics that nobody named; `study` does both on a
sample; `model` puts them together; `evidence` says why.
"""

from analytics.topics.definition import load_topics
from analytics.topics.labels import TopicLabel
from analytics.topics.model import METHOD, Catalogue, TopicModel, catalogue, load
from analytics.topics.study import FEWEST, LARGEST, explore, study

__all__ = [
    "FEWEST",
    "LARGEST",
    "METHOD",
    "Catalogue",
    "TopicLabel",
    "TopicModel",
    "catalogue",
    "explore",
    "load",
    "load_topics",
    "study",
]
