"""build, analyse, prepare, check, candidates, explain, gazetteer check: arguments in, an exit code out."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

from analytics import candidates as review
from analytics import cube, gazetteer, mentions, pipeline, topics
from analytics.corpus import KEPT, Corpus, stand_at
from analytics.errors import TopicError, UsageError

MUCH = 10  # of so many articles one is new: then laying all of them out is little beside what the build has taken


def build(arguments: argparse.Namespace) -> int:
    """Read files, folders or globs; keep what is new; analyse what is not analysed. Twice changes nothing."""
    _must_exist(arguments.data)
    with _progress() as progress:
        done = pipeline.build(
            arguments.inputs,
            arguments.corpus,
            overlay=arguments.data,
            kind=arguments.executor,
            workers=arguments.workers,
            scheduler=arguments.scheduler,
            progress=progress,
        )
    added = done.added
    fates = f"{added.accepted} accepted + {added.duplicates} duplicate + {added.rejected} rejected"
    print(f"{added.records} records = {fates}")
    if added.duplicates:
        print(f"duplicate: {added.reprints} reprints kept and marked, {added.known} already in the corpus")
    if added.rejected:
        print(f"why rejected: python -m analytics export rejected --corpus {arguments.corpus}")
    _say_analysed(done.analysed, done.outdated, arguments.corpus)
    corpus = Corpus.open(arguments.corpus)
    if done.analysed * MUCH >= corpus.count("articles"):
        cube.prepare(corpus)
    return 0


def prepare(arguments: argparse.Namespace) -> int:
    """Lay the newest version out, so that the app shows it at once. Takes a quarter of a minute for a million articles.

    A build that reads much does so at its end; a running app does so by itself.
    """
    cube.prepare(Corpus.open(arguments.corpus))
    return 0


def analyse(arguments: argparse.Namespace) -> int:
    """Analyse the articles that are not analysed yet, or all of them with --again."""
    corpus = Corpus.open(arguments.corpus)
    with _progress() as progress:
        analysed, outdated = pipeline.analyse(
            corpus,
            again=arguments.again,
            kind=arguments.executor,
            workers=arguments.workers,
            scheduler=arguments.scheduler,
            progress=progress,
        )
    _say_analysed(analysed, outdated, arguments.corpus)
    return 0


def _say_analysed(analysed: int, outdated: int, corpus: str) -> None:
    print(f"{analysed} articles analysed")
    if outdated:
        print(
            f"{outdated} articles were analysed with other names, topics or an older version; "
            f"to make them alike: python -m analytics analyse --again --corpus {corpus}"
        )


def check(arguments: argparse.Namespace) -> int:
    """Verify that a corpus is whole, and say what is there. Exit 1 when something is wrong with it."""
    corpus = Corpus.open(arguments.corpus)
    if arguments.as_of:
        stand_at(corpus, arguments.as_of)
    faults = corpus.check()
    for fault in faults:
        print(f"fault: {fault}", file=sys.stderr)
    if faults:
        return 1
    there = corpus.report()
    print(f"{there['articles']} articles, {there['reprints']} of them reprints, {there['undated']} undated")
    print(f"{there['analysed']} analysed; methods: {len(corpus.methods())}")
    print(f"rejected records: {there['rejected']}")
    for reason, number in there["reasons"].items():
        print(f"  {number} {reason}")
    for flag, number in there["flags"].items():
        print(f"  {number} articles flagged {flag}")
    print(f"version {corpus.version}: no fault found; earlier ones can be read for {KEPT.days} days, with --as-of")
    return 0


def explain(arguments: argparse.Namespace) -> int:
    """Say what a word or phrase is recognised as, and by which rule."""
    _must_exist(arguments.data)
    for line in mentions.explain(arguments.word, arguments.language, gazetteer.load(arguments.data)):
        print(line)
    return 0


def candidates(arguments: argparse.Namespace) -> int:
    """List officials whom the corpus names often and the gazetteer does not know, for an analyst to add."""
    corpus = Corpus.open(arguments.corpus)
    found = review.candidates(corpus, gazetteer.load(corpus.data), arguments.least).to_dict("records")
    if arguments.toml:
        print("\n".join(map(review.entry, found)), end="")
        return 0
    for one in found:
        print(f"{one['articles']:>6}  {one['name']} · {one['role'] or 'no office read'}")
    print(
        f"{len(found)} candidates in {arguments.least} articles or more; --toml drafts their entries", file=sys.stderr
    )
    return 0


def check_gazetteer(arguments: argparse.Namespace) -> int:
    """Verify names, offices and topics. Every fault is named by file and line; exit 1 when there is one."""
    _must_exist(arguments.data)
    faults = gazetteer.faults(arguments.data)
    try:
        topics.load(arguments.data)
    except TopicError as error:
        faults = [*faults, str(error)]
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        return 1
    known = gazetteer.load(arguments.data)
    for kind in ("country", "official", "organisation"):
        print(f"{len(known.of(kind))} {kind}")
    return 0


def _must_exist(data: Path | None) -> None:
    if data is not None and not data.is_dir():
        raise UsageError(f"--data {data}: not a directory")


@contextmanager
def _progress() -> Iterator[pipeline.Progress]:
    """A bar on the terminal for each stage that lasts; nothing where there is no terminal."""
    bars: dict[str, tqdm[None]] = {}

    def tell(stage: str, done: int, total: int | None) -> None:
        if stage not in bars:
            bars[stage] = tqdm(desc=stage, total=total, unit=" articles", disable=None, delay=0.5)
        bars[stage].update(done)

    try:
        yield tell
    finally:
        for bar in bars.values():
            bar.close()
