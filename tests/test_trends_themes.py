"""The laws of a topic looked at closely."""

from small_corpus import article, build

from analytics import trends
from analytics.filters import Filters


def about(date: str, score: float, *terms: str, topic: str = "diaspora", **more: object) -> dict:
    """An article of a topic with a score and the terms that made it."""
    evidence = [{"term": term, "weight": 1.0} for term in terms]
    made = article(date, **more)  # type: ignore[arg-type]
    return made | {"topics": [{"topic": topic, "score": score, "evidence": evidence, "sentence": ""}]}


def test_telling_and_doubtful_articles() -> None:
    """The highest scores first; or those nearest to even odds. Of the part of the corpus that is looked at."""
    cube = build(
        [about("2020-01-05", 0.9), about("2020-01-06", 0.55), about("2020-02-07", 0.99), article("2020-01-08")]
    )
    assert list(trends.examples(cube, Filters(), "diaspora")["id"]) == ["a2", "a0", "a1"]
    assert list(trends.examples(cube, Filters(), "diaspora", doubtful=True)["id"]) == ["a1", "a0", "a2"]
    january = Filters.from_query({"to": ["2020-01-31"]}, cube.known)[0]
    assert list(trends.examples(cube, january, "diaspora")["id"]) == ["a0", "a1"]
    assert not len(trends.examples(cube, Filters(), "nothing"))


def test_terms_that_rise_and_fall() -> None:
    """A term of the newest articles rises, one of the older falls, one that was always there does neither."""
    old = [about(f"2020-{month:02}-01", 0.9, "always", "school") for month in range(1, 13) for _ in range(6)]
    new = [about(f"2021-{month:02}-01", 0.9, "always", "congress") for month in range(1, 5) for _ in range(6)]
    found = trends.moving(build(old + new), Filters(), "diaspora")
    assert {row["term"]: row["z"] > 0 for row in found.to_dict("records")} == {"congress": True, "school": False}
    assert not len(trends.moving(build([article("2020-01-01")]), Filters(), "diaspora"))
    undated = [about("", 0.9, "always", "sometime") for _ in range(40)]  # nobody knows whether they are new
    assert trends.moving(build(old + new + undated), Filters(), "diaspora").equals(found)


def test_who_drives_it_and_what_is_near() -> None:
    """The entities of the topic's own articles; the topics that it shares articles with."""
    both = [article("2020-01-05", ["KZ"], ["diaspora", "bilateral"]) for _ in range(3)]
    cube = build([*both, article("2020-01-06", ["TR"]), article("2020-01-07", ["AZ"], ["diaspora"])])
    assert list(trends.drivers(cube, Filters(), "diaspora", "en")["entity"]) == ["KZ", "AZ"]
    assert trends.neighbours(cube, Filters(), "diaspora") == ["bilateral"]
