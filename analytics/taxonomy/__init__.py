"""Which topics there are, and what they are called: what files say, before any article is read.

`definition` reads the topic files, `labels` what an analyst said of single articles, `curate` what became of topics
that nobody named; `kept` is where what was learned of topics lies; `catalogue` lists them all.
"""

from analytics.taxonomy.catalogue import Catalogue, catalogue
from analytics.taxonomy.definition import Definition, load
from analytics.taxonomy.labels import TopicLabel

__all__ = ["Catalogue", "Definition", "TopicLabel", "catalogue", "load"]
