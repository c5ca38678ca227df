"""Columns of strings as numbers: which rows have them, and how many, as the strings themselves say."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.cube import codes as module
from analytics.cube.codes import Codes
from analytics.text.packed import Packed

LEVELS = ("az", "ru", "", "tr")
columns = st.lists(st.tuples(st.sampled_from(LEVELS), st.booleans()), max_size=150)


@pytest.mark.parametrize("few", [0, 100])
@given(rows=columns, wanted=st.sets(st.sampled_from([*LEVELS, "kk"])))
def test_rows_of_strings(few: int, rows: list[tuple[str, bool]], wanted: set[str]) -> None:
    """Whether the rows of each string are kept as bits or not; a string that is not there has none."""
    codes = Codes(LEVELS, np.array([LEVELS.index(text) for text, _ in rows], np.int32))
    mask = np.array([inside for _, inside in rows], np.bool_)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "FEW", few)
        assert codes.among(wanted).tolist() == [text in wanted for text, _ in rows]
        assert codes.counts(mask).tolist() == [sum(text == level for text, here in rows if here) for level in LEVELS]


@pytest.mark.parametrize("levels", [LEVELS, Packed.of(pa.array(LEVELS))])
def test_strings_of_numbers(levels: Sequence[str]) -> None:
    """In the order asked for, whether the strings are packed or not."""
    codes = Codes(levels, np.array([], np.int32))
    assert codes.strings(np.array([3, 0, 2, 0])).to_pylist() == ["tr", "az", "", "az"]
    assert codes.strings(np.array([], np.int32)).to_pylist() == []
