"""Sparse matrices, whose library is imported when the first one is made.

The first page of an app makes none, and would wait a sixth of a second for it.
"""

from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


def by_rows(values: NDArray[Any], columns: NDArray[Any], bounds: NDArray[Any], width: int) -> "csr_matrix":
    """The matrix of which row r has `values[k]` in `columns[k]` for each k in `bounds[r]:bounds[r + 1]`."""
    from scipy.sparse import csr_matrix

    return csr_matrix((values, columns, bounds), (len(bounds) - 1, width))
