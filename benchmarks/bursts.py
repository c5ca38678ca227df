"""Bursts on simulated series: how often an ordinary period is marked, and how often a planted burst is.

    python -m benchmarks.bursts

Series of two years of days with a weekly rhythm, a season, a slow trend and counts that scatter more than chance.
"""

import numpy as np

from analytics.trends.bursts import LEAST, PAST, RARE, unusual

SERIES, DAYS = 200, 730
WEEK = np.array([1.15, 1.2, 1.15, 1.1, 1.0, 0.75, 0.65])


def series(dice: np.random.Generator, level: float, scatter: float, rhythm: bool) -> tuple[np.ndarray, np.ndarray]:
    """Counts of one entity and all articles, day by day, for an entity with so many articles a day."""
    days = np.arange(DAYS)
    whole = dice.poisson(100 * WEEK[days % 7] * (1 + 0.2 * np.sin(days / 58)))
    own = WEEK[(days + 2) % 7] if rhythm else 1.0  # a rhythm other than that of all articles
    mean = level * whole / 100 * own * np.exp(np.linspace(0, dice.normal(0, 0.5), DAYS))
    if scatter > 1:
        mean = dice.gamma(mean / (scatter - 1), scatter - 1)
    return dice.poisson(mean), whole


def marked(counts: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """The days that are marked as unusual."""
    found = unusual(counts.astype(float), whole.astype(float), past=PAST["day"], weekly=True)
    return (found.chance < RARE) & (counts >= LEAST)


def main() -> None:
    """Print both rates for entities of several sizes, with and without over-dispersion."""
    print(f"{SERIES} series of {DAYS} days each; marked below a chance of {RARE}, from {LEAST} articles")
    print(f"{'articles a day':>14} {'scatter':>8} {'false alarms per 1,000 days':>28} {'found x3':>9} {'found x5':>9}")
    for level in (0.2, 1.0, 5.0, 20.0):
        for scatter in (1.0, 1.5, 3.0):
            dice = np.random.default_rng(1)
            alarms, found = 0, {3: 0, 5: 0}
            for _ in range(SERIES):
                counts, whole = series(dice, level, scatter, rhythm=True)
                alarms += int(marked(counts, whole).sum())
                for times in found:
                    planted, at = counts.copy(), int(dice.integers(200, DAYS - 10))
                    planted[at : at + 3] += dice.poisson((times - 1) * level, 3)
                    found[times] += bool(marked(planted, whole)[at : at + 3].any())
            rate = 1000 * alarms / (SERIES * (DAYS - PAST["day"]))
            shares = "".join(f" {found[times] / SERIES:>9.2f}" for times in found)
            print(f"{level:>14} {scatter:>8} {rate:>28.2f}{shares}")


if __name__ == "__main__":
    main()
