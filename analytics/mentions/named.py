"""What finding a country or an organisation says."""

from typing import NamedTuple

from analytics.mentions.spans import Found
from analytics.model import Rule, Sense, with_ending

APART = frozenset("-'’–")  # what may stand between a name and its ending


class Named(NamedTuple):
    """A country or an organisation at a place of a text, in a sense, by a rule, which may be told with an ending."""

    found: Found
    sense: Sense
    rule: Rule
    ending: str = ""

    @property
    def why(self) -> str:
        """The rule with its ending, as the corpus keeps it."""
        return with_ending(self.rule, self.ending)
