"""Which topics there are and what they are called, as files say it.

`definition` reads the topic files, `labels` what an analyst said of single articles, `curate` what he made of topics
that nobody named. `learned_files` knows where what was learned lies with a corpus; `listing` lists all its topics.
"""

from analytics.taxonomy.definition import Definition, load
from analytics.taxonomy.labels import TopicLabel
from analytics.taxonomy.listing import Catalogue, catalogue

__all__ = ["Catalogue", "Definition", "TopicLabel", "catalogue", "load"]
