"""What an article is about: named topics, carried by weighted seeds and by what is learned around them.

`definition` reads the topic files, `labels` what an analyst said of single articles; `seeds` scores by seeds, `learn`
makes a classifier from them and `learned` keeps it; `model` puts them together; `evidence` says why.
"""

from analytics.topics.definition import load_topics
from analytics.topics.labels import TopicLabel
from analytics.topics.model import METHOD, TopicModel, load
from analytics.topics.study import FEWEST, LARGEST, study

__all__ = ["FEWEST", "LARGEST", "METHOD", "TopicLabel", "TopicModel", "load", "load_topics", "study"]
