"""Recognition beside what others look names up with: pyahocorasick, an alternation of `re`, spaCy's PhraseMatcher.

The peers get what a careful programmer would give them: every name of the gazetteer with the commonest case endings,
case-folded, and the folded text. They tell where the letters stand, and not whether the word is the name: precision and
recall of the states of an article say what that costs, on labelled articles where those lie beside the project. Ours
does all of recognition: senses, officials and their offices, organisations. The text is the sample's.
"""

import datetime as dt
import json
import re
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from analytics import gazetteer, mentions, sources
from analytics.gazetteer import Gazetteer
from analytics.model import Article
from analytics.text.letters import fold
from analytics.text.words import Words

ROOT = Path(__file__).resolve().parent.parent
LABELLED = ROOT.parent / "shared" / "eval" / "articles.jsonl"
ROUNDS = 3  # the fastest of so many is taken: other processes only make a run slower
Finder = Callable[[list[Article]], list[set[str]]]
ENDINGS = "ın in un ün a ə da də dan dən la lə dakı dəki nın nin ya yə у а ом е ы 's".split()


def forms(known: Gazetteer) -> dict[str, str]:
    """Every name of countries, organisations and officials with the commonest endings -> id."""
    found: dict[str, str] = {}
    for entity in known.entities.values():
        names = {*entity.names.values(), *(n for given in entity.strong.values() for n in given)}
        for name in names:
            base = fold(name)
            found.setdefault(base, entity.id)
            if entity.kind == "country":
                for ending in ENDINGS:
                    found.setdefault(base + ending, entity.id)
    return found


def aho(dictionary: dict[str, str]) -> Callable[[str], set[str]]:
    """pyahocorasick: every occurrence that begins and ends at a word's edge."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for form, entity in dictionary.items():
        automaton.add_word(form, (len(form), entity))
    automaton.make_automaton()

    def find(text: str) -> set[str]:
        low, found = fold(text), set()
        for end, (length, entity) in automaton.iter(low):
            start = end - length + 1
            if not (start and low[start - 1].isalnum()) and not (end + 1 < len(low) and low[end + 1].isalnum()):
                found.add(entity)
        return found

    return find


def alternation(dictionary: dict[str, str]) -> Callable[[str], set[str]]:
    """One regular expression of all forms, longest first."""
    pattern = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, dictionary), key=len, reverse=True))})\b")
    return lambda text: {dictionary[form] for form in pattern.findall(fold(text))}


def phrases(dictionary: dict[str, str]) -> Callable[[str], set[str]]:
    """PhraseMatcher of spaCy over its multi-language tokenizer."""
    import spacy
    from spacy.matcher import PhraseMatcher

    language = spacy.blank("xx")
    language.max_length = 10_000_000
    matcher = PhraseMatcher(language.vocab)
    matcher.add("name", list(language.tokenizer.pipe(dictionary)))

    def find(text: str) -> set[str]:
        doc = language.make_doc(fold(text))
        return {dictionary[doc[start:end].text] for _, start, end in matcher(doc)}

    return find


def ours(known: Gazetteer, articles: list[Article]) -> list[set[str]]:
    """The states each article names, by our own recognition."""
    columns = ("id", "published", "precision", "language", "title", "text")
    table = pa.table({name: [getattr(article, name) for article in articles] for name in columns})
    found = mentions.find(table, Words.of(table), known)
    named: dict[str, set[str]] = {article.id: set() for article in articles}
    for row in found.select(["article", "entity", "sense"]).to_pylist():
        if row["sense"] == "name":
            named[row["article"]].add(row["entity"])
    return [named[article.id] for article in articles]


def compare() -> list[dict[str, Any]]:
    """One row for each finder: megabytes of text a second, and precision and recall of the states."""
    known = gazetteer.load()
    articles = [article for batch in sources.read([ROOT / "data" / "sample"]) for article in batch.articles]
    dictionary = forms(known)
    size = sum(len((a.title + a.text).encode()) for a in articles) / 1e6
    finders: dict[str, Finder] = {"jarchi (all of recognition)": partial(ours, known)}
    for name, make in (("pyahocorasick", aho), ("re", alternation), ("spaCy PhraseMatcher", phrases)):
        try:
            find = make(dictionary)
        except ImportError:
            continue  # said by the table: it has no such row
        finders[name] = partial(_each, find)
    return [
        {"finder": name, "forms": len(dictionary), "mb_per_second": size / _fastest(partial(find_in, articles))}
        | _right(find_in, known)
        for name, find_in in finders.items()
    ]


def _each(find: Callable[[str], set[str]], articles: list[Article]) -> list[set[str]]:
    return [find(f"{article.title}\n{article.text}") for article in articles]


def _fastest(run: Callable[[], object]) -> float:
    run()  # not timed: word types are learned in it
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        run()
        best = min(best, time.process_time() - start)
    return best


def _right(find_in: Finder, known: Gazetteer) -> dict[str, float]:
    """Precision and recall of the states of labelled articles; nothing where there are none."""
    if not LABELLED.exists():
        return {}
    rows = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    states = {entity.id for entity in known.of("country")}
    right = wrong = missed = 0
    for row, found in zip(rows, find_in([_article(row) for row in rows]), strict=True):
        named, wanted = found & states, set(row["countries_strict"])
        optional = {*row["countries"], *row["countries_optional"]}
        right, missed = right + len(named & wanted), missed + len(wanted - named)
        wrong += len(named - wanted - optional)
    return {"precision": right / max(1, right + wrong), "recall": right / max(1, right + missed)}


def _article(row: dict[str, Any]) -> Article:
    day = dt.date.fromisoformat(row["date"][:10]) if len(row["date"]) >= 10 else None
    text = row["text"].removeprefix(row["title"])
    return Article(row["id"], day, "day" if day else None, "", row["lang"], row["title"], text, "", "", None, ())


def table(rows: list[dict[str, Any]]) -> str:
    """The figures as text, with the ratio to the first peer."""
    lines = [f"recognition: the sample, dictionary of {rows[0]['forms']:,} forms for the peers"]
    lines += [
        f"  {row['finder']:<30}{row['mb_per_second']:8.2f} MB/s"
        + (f"   states: precision {row['precision']:.3f}, recall {row['recall']:.3f}" if "precision" in row else "")
        for row in rows
    ]
    missing = {"pyahocorasick", "spaCy PhraseMatcher"} - {row["finder"] for row in rows}
    return "\n".join([*lines, *(f"  {name}: not installed" for name in sorted(missing))])


if __name__ == "__main__":
    print(table(compare()))
