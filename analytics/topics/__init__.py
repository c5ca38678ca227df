"""What an article is about: the named topics, carried by weighted seeds and shown with their evidence."""

from analytics.topics.definition import load_topics
from analytics.topics.model import METHOD, TopicModel, load

__all__ = ["METHOD", "TopicModel", "load", "load_topics"]
