"""The laws of bursts: the usual is not unusual, the unusual is, and the story that made it is named."""

import datetime as dt

import numpy as np
import pytest
from small_corpus import article, build

from analytics import charts, trends
from analytics.filters import Filters
from analytics.trends.bursts import LEAST, PAST, RARE, unusual

WEEK = np.array([1.0, 1.1, 1.2, 1.1, 1.0, 0.5, 0.4])
DAYS = np.arange(400)


def marked(counts: np.ndarray, whole: np.ndarray, *, weekly: bool = True, past: int = PAST["day"]) -> np.ndarray:
    """The periods that are marked."""
    found = unusual(counts.astype(float), whole.astype(float), past=past, weekly=weekly)
    return np.flatnonzero((found.chance < RARE) & (counts >= LEAST))


@pytest.mark.parametrize("level", [0.5, 3.0, 30.0])
def test_the_usual_is_hardly_ever_marked(level: float) -> None:
    """Of a thousand ordinary days fewer than two are marked, however much an entity is written about."""
    dice = np.random.default_rng(7)
    whole = dice.poisson(200 * WEEK[DAYS % 7], (40, len(DAYS)))
    counts = dice.poisson(level * whole / 200)
    alarms = sum(len(marked(one, all_)) for one, all_ in zip(counts, whole, strict=True))
    assert alarms <= 0.002 * counts.size


def test_a_planted_burst_is_found_and_nothing_else() -> None:
    """Five times the usual for three days is found on these days."""
    dice = np.random.default_rng(3)
    whole, counts = dice.poisson(300, len(DAYS)), dice.poisson(8, len(DAYS))
    counts[250:253] = 40
    assert set(marked(counts, whole)) == {250, 251, 252}


def test_a_weekly_rhythm_is_no_burst() -> None:
    """Somebody who is written about on Mondays is not unusual on any of them, but would be on a Sunday."""
    counts = np.where(DAYS % 7 == 0, 14, 1)
    whole = np.full(len(DAYS), 100)
    later = marked(counts, whole)
    assert not len(later[later > PAST["day"]])
    counts[DAYS == 349 + 3] = 14
    assert 352 in marked(counts, whole)


def test_a_day_of_many_articles_is_no_burst() -> None:
    """Where everything is written about three times as much, nobody is."""
    whole, counts = np.full(len(DAYS), 100), np.full(len(DAYS), 10)
    whole[300:310], counts[300:310] = 300, 30
    assert not len(marked(counts, whole))


def test_a_burst_does_not_hide_the_next() -> None:
    """The second of two bursts within the time that is looked back on is found as well."""
    dice = np.random.default_rng(4)
    counts = dice.poisson(6, len(DAYS))
    counts[[300, 301, 302, 320]] = 45
    assert {300, 320} <= set(marked(counts, np.full(len(DAYS), 100)))


def test_nothing_is_said_of_a_short_past() -> None:
    """Before half of the past is there, and for periods without articles, nothing is expected."""
    counts, whole = np.full(60, 5.0), np.full(60, 50.0)
    counts[20], whole[40] = 90, 0
    found = unusual(counts, whole, past=PAST["day"], weekly=True)
    assert np.isnan(found.chance[: PAST["day"] // 2]).all()
    assert np.isnan(found.chance[40])
    assert not np.isnan(found.chance[50])


def test_a_burst_is_named_by_its_story_and_ringed_on_the_chart() -> None:
    """The largest story among the articles is the cause; the chart has a ring there and a word on what rings are."""
    days = [dt.date(2024, 1, 1) + dt.timedelta(days=day) for day in range(120)]
    rows = [article(f"{day}", ["AZ"], story=f"s-{day}") for day in days for _ in range(3)]
    rows += [article(f"{day}", ["KZ"], story=f"s-{day}") for day in days[::9]]
    rows += [article(f"{days[100]}", ["KZ"], story="s-summit", title="The summit") for _ in range(8)]
    cube, filters = build(rows), Filters(by="day", entities=("AZ", "KZ"))
    frame = trends.over_time(cube, filters, "en")
    (found,) = trends.bursts(cube, filters, frame).to_dict("records")
    assert (found["thing"], found["start"].date(), found["articles"]) == ("KZ", days[100], 8)
    assert (found["story"], found["title"]) == ("s-summit", "The summit")
    drawn = charts.over_time(frame, charts.Caption("", "", ()), bursts=trends.bursts(cube, filters, frame))
    (ring,) = [trace for trace in drawn["data"] if "The summit" in str(trace.get("hovertext"))]
    assert ring["customdata"] == [[days[100].isoformat(), "KZ"]]
    assert any("ringed" in str(trace.get("name")) for trace in drawn["data"])
