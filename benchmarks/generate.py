"""A corpus of any number of made-up articles, the same on every run, with what is true of each.

    python -m benchmarks.generate 100000 articles.jsonl [--truth truth.jsonl] [--seed 0] [--a-day 500]

Words are made of syllables (`grammar.toml`) and drawn by Zipf's law, inflected; the little words between them are each
language's own. Names of states and officials come from `data/entities`, with their case endings. Days have a weekly
rhythm and a season, happenings are reported by several outlets for days, some articles are copied, word for word or
nearly, some are dated to a month or not at all, and some records are broken. A day is made of the seed and its number
alone, so the first articles of a large corpus are a small one.
"""

import argparse
import datetime as dt
import json
import math
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from analytics import gazetteer
from analytics.model import Entity

FIRST = dt.date(2015, 1, 1)
LEMMAS = 40_000  # made-up words of a language; each has a form for every ending
ZIPF = 1.1  # exponent of word frequencies: a million words hold some 100,000 types, as in Turkish news
LITTLE = 0.35  # of all words
SENTENCE = 14.0  # words
TOPICS = 12  # vocabularies that articles share
WEEK = (1.1, 1.15, 1.15, 1.1, 1.05, 0.7, 0.65)  # articles of a weekday, Monday first, relative to the mean
SEASON = 0.15  # how far the year's rhythm goes up and down
HAPPENINGS = 0.45  # of the articles report something that others report too
COPIES, NEARLY = 0.03, 0.02  # of the articles are word-for-word copies; differ in one word of ten
MONTHLY, UNDATED, BROKEN = 0.005, 0.002, 0.001
OUTLETS = 40


@dataclass(frozen=True, slots=True)
class Made:
    """One article as a record, and what is true of it: mentions by entity, topic, happening, and what it copies."""

    record: dict[str, Any]
    entities: dict[str, int] = field(default_factory=dict)
    topic: int = -1
    story: str = ""
    copy_of: str = ""

    @property
    def truth(self) -> dict[str, Any]:
        """What is true of it, for a file beside the articles."""
        return {
            "id": self.record["id"],
            "entities": self.entities,
            "topic": self.topic,
            "story": self.story,
            "copy_of": self.copy_of,
        }


class Tongue:
    """The words of one language: little ones, made-up ones in all forms, and the forms of every name."""

    def __init__(self, language: str, grammar: dict[str, Any], entities: Sequence[Entity]) -> None:
        chance = np.random.default_rng(list(language.encode()))
        self.vowels = frozenset("".join(grammar["nuclei"]))
        self.language, self.grammar = language, grammar
        self.ending = cache(self._ending)
        self.little = np.array(grammar["little"], dtype=object)
        self.little_odds = zipf(len(self.little))
        lemmas = self._lemmas(chance)
        endings = grammar["endings"]
        self.forms = np.array([self.ended(lemma, endings) for lemma in lemmas], dtype=object)
        self.odds = np.cumsum(zipf(LEMMAS))
        self.ending_odds = np.cumsum(zipf(len(endings)))[:-1]
        self.names = {one.id: self._names(one.name(language)) for one in entities}

    def _lemmas(self, chance: Generator) -> list[str]:
        onsets, nuclei, codas = (self.grammar[part] for part in ("onsets", "nuclei", "codas"))
        found: dict[str, None] = {}
        while len(found) < LEMMAS:
            picks = chance.integers(1 << 30, size=(4, 3)).tolist()
            syllables = picks[: 2 + picks[0][0] % 5 // 2]
            word = [onsets[a % len(onsets)] + nuclei[b % len(nuclei)] + codas[c % len(codas)] for a, b, c in syllables]
            found["".join(word)] = None
        return list(found)

    def _names(self, name: str) -> tuple[str, ...]:
        for end, cases in self.grammar.get("cases", {}).items():
            if name.endswith(end):
                return tuple(name.removesuffix(end) + case for case in cases)
        return self.ended(name, self.grammar["names"])

    def ended(self, word: str, endings: Sequence[str]) -> tuple[str, ...]:
        """A word with each of these endings, their vowels in harmony with the word's."""
        low = word.lower()
        vowel = next((letter for letter in reversed(low) if letter in self.vowels), "")
        return tuple(word + self.ending(vowel, low[-1], ending) for ending in endings)

    def _ending(self, vowel: str, last: str, ending: str) -> str:
        """An ending after this last vowel and this last letter."""
        found = ""
        for at, letter in enumerate(ending):
            if letter in "()" or (at and ending[at - 1] == "(" and last not in self.vowels):
                continue
            if letter == "D":
                found += "t" if last in "fstkçşhp" else "d"
            elif letter in "AI" and "low" in self.grammar:
                table = self.grammar["low" if letter == "A" else "high"]
                vowel = next((to for group, to in table.items() if vowel in group), next(iter(table.values())))
                found += vowel
            else:
                found += letter
        return found

    def words(self, chance: Generator, number: int, theme: NDArray[np.int64]) -> NDArray[Any]:
        """So many words, a fifth of the made-up ones from the vocabulary of a theme."""
        lemma = np.searchsorted(self.odds, chance.random(number)).clip(max=LEMMAS - 1)
        themed = chance.random(number) < 0.2
        lemma[themed] = theme[chance.integers(len(theme), size=int(themed.sum()))]
        found = self.forms[lemma, np.searchsorted(self.ending_odds, chance.random(number))]
        little = chance.random(number) < LITTLE
        found[little] = chance.choice(self.little, size=int(little.sum()), p=self.little_odds)
        return found


@dataclass(frozen=True, slots=True)
class Happening:
    """Something reported for some days: the words it brings with it, who is in it, and how often it is reported."""

    id: str
    topic: int
    words: NDArray[np.int64]
    entities: tuple[str, ...]
    number: int
    size: float


class World:
    """Everything that does not depend on the day."""

    def __init__(self, seed: int = 0, a_day: int = 500) -> None:
        self.seed, self.a_day = seed, a_day
        known = gazetteer.load()
        chance = np.random.default_rng(seed)
        countries = sorted(known.of("country"), key=lambda one: one.id)
        officials = sorted((one for one in known.of("official") if not one.historical), key=lambda one: one.id)
        self.entities = (*countries, *officials)
        odds = np.concatenate([zipf(len(countries)), 0.5 * zipf(len(officials))])
        order = np.concatenate(
            [chance.permutation(len(countries)), len(countries) + chance.permutation(len(officials))]
        )
        self.odds = np.empty(len(odds))
        self.odds[order] = odds / odds.sum()
        grammar = tomllib.loads((Path(__file__).parent / "grammar.toml").read_text(encoding="utf-8"))
        self.tongues = [Tongue(language, one, self.entities) for language, one in grammar.items()]
        self.shares = np.array([one["share"] for one in grammar.values()])
        self.themes = [chance.integers(200, LEMMAS // 4, size=150) for _ in range(TOPICS)]
        self.outlet_odds = zipf(OUTLETS)

    def day(self, number: int) -> Iterator[Made]:
        """The articles of one day, counted from `FIRST`."""
        chance = np.random.default_rng((self.seed, number))
        date = FIRST + dt.timedelta(days=number)
        rhythm = WEEK[date.weekday()] * (1 + SEASON * math.sin(2 * math.pi * date.timetuple().tm_yday / 365))
        happenings = [one for age in range(3) if number >= age for one in self._happenings(number - age, age)]
        sizes = np.array([one.size for one in happenings])
        earlier: list[Made] = []
        for place in range(int(chance.poisson(self.a_day * rhythm))):
            article = f"{date:%Y%m%d}-{place:05d}"
            if earlier and chance.random() < COPIES + NEARLY:
                yield self._copied(chance, article, earlier[chance.integers(len(earlier))])
                continue
            told = chance.choice(len(happenings), p=sizes / sizes.sum()) if chance.random() < HAPPENINGS else -1
            made = self._written(chance, article, date, happenings[told] if told >= 0 else None)
            if made.record["text"]:
                earlier.append(made)
            yield made

    def _happenings(self, number: int, age: int) -> list[Happening]:
        """What began on a day; it is reported less from day to day."""
        chance = np.random.default_rng((self.seed, number, 1))
        count = max(2, self.a_day // 12)
        return [
            Happening(
                id=f"{number}-{at}",
                topic=int(chance.integers(TOPICS)),
                words=chance.integers(500, LEMMAS, size=25),
                entities=tuple(self.entities[i].id for i in chance.choice(len(self.odds), size=3, p=self.odds)),
                number=int(chance.integers(3, 900)),
                size=float(chance.pareto(1.5) + 0.3) * 0.3**age,
            )
            for at in range(count)
        ]

    def _written(self, chance: Generator, article: str, date: dt.date, told: Happening | None) -> Made:
        tongue = self.tongues[chance.choice(len(self.tongues), p=self.shares)]
        topic = told.topic if told else int(chance.integers(-1, TOPICS))
        theme = self.themes[topic] if topic >= 0 else chance.integers(0, LEMMAS, size=150)
        theme = np.concatenate([theme, *[told.words] * 6]) if told else theme
        length = int(np.clip(chance.lognormal(5.1, 0.6), 30, 2_000))
        words = tongue.words(chance, length, theme)
        count = int(chance.poisson(length / 45))
        whom = [self.entities[i].id for i in chance.choice(len(self.odds), size=count, p=self.odds)]
        if told:
            whom = [*told.entities, *whom[: max(0, count - 3)]]
            words[chance.integers(length)] = str(told.number)
        mentions: Counter[str] = Counter()
        for entity, at in zip(whom, chance.choice(length, size=min(len(whom), length), replace=False), strict=False):
            forms = tongue.names[entity]
            words[at] = forms[chance.integers(len(forms))]
            mentions[entity] += 1
        title = tongue.words(chance, 8, theme[-25:] if told else theme)
        if told:
            title[2] = tongue.names[told.entities[0]][0]
            mentions[told.entities[0]] += 1
        broken = chance.random() < BROKEN
        record = {
            "id": article,
            "date": self._dated(chance, date),
            "outlet": f"outlet-{chance.choice(OUTLETS, p=self.outlet_odds):02d}.example",
            "language": tongue.language if chance.random() < 0.9 else "",
            "title": sentence(title)[:-1],
            "text": "" if broken else prose(chance, words),
            "url": f"https://news.example/{article}",
        }
        return Made(record, {} if broken else dict(mentions), topic, told.id if told else "")

    def _dated(self, chance: Generator, date: dt.date) -> str:
        luck = chance.random()
        if luck < UNDATED:
            return ""
        return f"{date:%Y-%m}" if luck < UNDATED + MONTHLY else date.isoformat()

    def _copied(self, chance: Generator, article: str, other: Made) -> Made:
        """An article printed again elsewhere, word for word or with some words changed."""
        text = other.record["text"]
        if chance.random() < NEARLY / (COPIES + NEARLY):
            words = text.split(" ")
            for at in np.flatnonzero(chance.random(len(words)) < 0.1):
                if words[at].islower():
                    words[at] = words[chance.integers(len(words))].lower().rstrip(".")
            text = " ".join(words)
        outlet = f"outlet-{chance.choice(OUTLETS, p=self.outlet_odds):02d}.example"
        record = {**other.record, "id": article, "outlet": outlet, "text": text, "url": f"https://{outlet}/{article}"}
        return Made(
            record, other.entities if text == other.record["text"] else {}, other.topic, other.story, other.record["id"]
        )


def zipf(number: int) -> NDArray[np.float64]:
    """Probabilities of ranks by Zipf's law."""
    weights = 1 / (np.arange(number) + 2.7) ** ZIPF  # Mandelbrot's shift flattens the head, as in natural text
    return weights / weights.sum()


def sentence(words: Sequence[str]) -> str:
    """Words as a sentence."""
    text = " ".join(words)
    return ("İ" if text[0] == "i" else text[0].upper()) + text[1:] + "."


def prose(chance: Generator, words: NDArray[Any]) -> str:
    """Words as sentences in paragraphs."""
    cuts = np.cumsum(chance.poisson(SENTENCE, size=len(words) // 8 + 1) + 4)
    parts = [part for part in np.split(words, cuts[cuts < len(words)]) if len(part)]
    return "\n\n".join(
        " ".join(sentence(part.tolist()) for part in parts[at : at + 4]) for at in range(0, len(parts), 4)
    )


def articles(number: int, *, seed: int = 0, a_day: int = 500, start: int = 0) -> Iterator[Made]:
    """So many articles from the day `start` on, counted from `FIRST`."""
    world = World(seed, a_day)
    return islice((made for day in range(start, sys.maxsize) for made in world.day(day)), number)


def write(path: Path, number: int, *, truth: Path | None = None, **options: int) -> int:
    """Write articles as JSON Lines, and what is true of them; returns the bytes of text."""
    size = 0
    with ExitStack() as files:
        out = files.enter_context(path.open("w", encoding="utf-8"))
        said = files.enter_context(truth.open("w", encoding="utf-8")) if truth else None
        for made in articles(number, **options):
            size += len(made.record["text"].encode())
            out.write(json.dumps(made.record, ensure_ascii=False) + "\n")
            if said:
                said.write(json.dumps(made.truth, ensure_ascii=False) + "\n")
    return size


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.generate", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("number", type=int)
    parser.add_argument("output", type=Path)
    parser.add_argument("--truth", type=Path, help="what is true of each article, as JSON Lines")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--a-day", type=int, default=500)
    parser.add_argument("--start", type=int, default=0, help="the first day, counted from 2015-01-01")
    given = parser.parse_args()
    size = write(given.output, given.number, truth=given.truth, seed=given.seed, a_day=given.a_day, start=given.start)
    print(f"{given.number:,} articles, {size / 1e6:.1f} MB of text")
