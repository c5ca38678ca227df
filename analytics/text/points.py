"""Texts as arrays of numbers, for questions that numpy answers for a whole batch at once."""

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.uint16]

REST = 0xFFFF  # stands for every character that 16 bits do not hold
TABLE = REST + 1  # how many entries a table has that is looked up with points


def points(text: str) -> Points:
    """The code points of a text in 16 bits, one for each character, those that do not fit as `REST`."""
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(units) == len(text):
        return units
    whole = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.minimum(whole, REST).astype(np.uint16)
