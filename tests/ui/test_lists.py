"""Stories and articles in a line."""

from types import SimpleNamespace
from typing import cast

import pandas as pd

from ui import lists
from ui.view import View


def test_the_first_to_report_are_all_of_the_first_day() -> None:
    """No hour is known: of outlets that reported on one day none was first."""
    view = cast("View", SimpleNamespace(t=str, day=str))
    days = [*["2021-06-15"] * 6, "2021-06-16"]
    rows = pd.DataFrame({"outlet": ["A", "B", "A", "", "C", "D", "E"], "published": days, "language": "az"})
    assert lists.story_line(view, rows).endswith("first: A, B, outlet not named, C and 1 more, 2021-06-15")
