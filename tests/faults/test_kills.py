"""A build killed at any write: the corpus opens, and the same build again finishes the work."""

import pytest

from benchmarks import kills

POINTS = 6  # `python -m benchmarks.kills` does forty


@pytest.mark.skipif(not kills.available(), reason="strace is not here, or may not trace other processes")
def test_a_killed_build_is_finished_by_the_next() -> None:
    """Nothing is lost, doubled or changed, and between the two the corpus is whole."""
    outcomes = list(kills.run(POINTS))
    assert [one for one in outcomes if not one.clean] == []
    assert all(one.call for one in outcomes), "a build ended before it came to the write it was to be killed at"
