"""Times, and how they are told: the same in every table."""

from collections.abc import Sequence

import numpy as np

Times = dict[str, float]


def summed(milliseconds: Sequence[float]) -> Times:
    """The median and the 95th percentile; 0 for no times at all."""
    p50, p95 = np.percentile(milliseconds, [50, 95]).tolist() if len(milliseconds) else (0.0, 0.0)
    return {"p50": round(p50, 1), "p95": round(p95, 1)}


def heading(ratio: str) -> str:
    """The line above some `line`s."""
    return f"  {'':28}{'p50':>9}{'p95':>9}      {ratio}"


def line(name: str, each: Times, ratio: float | None = None) -> str:
    """A line of a table: whose the times are, and their ratio to others'."""
    return f"  {name:28}{each['p50']:9.1f}{each['p95']:9.1f} ms" + ("" if ratio is None else f"{ratio:9.2f}")
