"""Many different words, of which few are looked at: most are told by their first letters, of which far fewer differ."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

FIRST = 3  # letters of a word by which most are told

Chosen = tuple[list[int], list[str]]
"""Words of a list: their numbers, and what they are."""


class WordList:
    """Words that are numbered as they stand; only those that are chosen become objects."""

    def __init__(self, words: pa.LargeStringArray) -> None:
        heads = pc.utf8_slice_codeunits(words, 0, FIRST).dictionary_encode()
        self._words, self._heads, self._head = words, heads.dictionary.to_pylist(), heads.indices.to_numpy()

    def begun(self, may: Callable[[Sequence[str]], Sequence[bool]]) -> Chosen:
        """The words that begin as they `may`, which is asked once for all that words begin with."""
        return self._chosen(np.array(may(self._heads), np.bool_)[self._head])

    def longer(self, letters: int) -> Chosen:
        """The words of more letters than these."""
        return self._chosen(pc.greater(pc.utf8_length(self._words), letters).to_numpy(zero_copy_only=False))

    def _chosen(self, mask: npt.NDArray[np.bool_]) -> Chosen:
        numbers = np.flatnonzero(mask)
        return numbers.tolist(), self._words.take(pa.array(numbers)).to_pylist()
