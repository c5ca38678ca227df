"""What can be chosen in a box, and by which letters it is found."""

import orjson

from analytics.text.letters import fold, plain
from ui.picker import Choices


def test_other_names_are_compared_in_folded_letters() -> None:
    """Each once, not the name itself in other letters, and one with a line break like any other."""
    others = ["TÜRKİYE", "Türkiyə", "Турция", "Türkiye\nCümhuriyeti", "Turkiye"]
    ((one, name, found, weight, kind),) = orjson.loads(Choices.of([("TR", "Türkiyə", others, 3, "ölkə")]).json)
    assert (one, name, weight, kind) == ("TR", "Türkiyə", 3, "ölkə")
    assert found == sorted({plain(fold("Турция")), plain(fold("Türkiye Cümhuriyeti"))})
