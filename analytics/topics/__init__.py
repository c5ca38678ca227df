"""What an article is about: named topics, carried by weighted seeds and by what is learned around them.

`taxonomy` says which there are. `seeds` scores by seeds, `learn` makes a classifier from them and `learned` keeps it;
`discover` finds topics that nobody named; `study` does both on a sample; `model` puts them together, and `evidence`
says why.
"""

from analytics.topics.model import METHOD, TopicModel, load
from analytics.topics.study import FEWEST, LARGEST, explore, study

__all__ = [
    "FEWEST",
    "LARGEST",
    "METHOD",
    "TopicModel",
    "explore",
    "load",
    "study",
]
