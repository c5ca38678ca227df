"""What the command line takes: commands, options, and what each is for."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from analytics import __version__
from analytics.candidates import LEAST
from analytics.cli import commands, export
from analytics.model import LANGUAGES, SENSES
from analytics.periods import GRAINS
from analytics.pipeline import EXECUTORS
from analytics.tables import FORMATS

Command = Callable[[argparse.Namespace], int]


class Parser(argparse.ArgumentParser):
    """Wrong usage is told in one line, and where to read more."""

    def error(self, message: str) -> NoReturn:
        """Exit 2."""
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


def parser() -> Parser:
    """The whole command line."""
    whole = Parser(prog="python -m analytics", description="Media monitoring: from files to figures.")
    whole.add_argument("--version", action="version", version=__version__)
    sub = whole.add_subparsers(metavar="COMMAND", required=True)
    _build(sub.add_parser("build", help="read files, keep what is new, analyse what is not analysed"))
    _analyse(sub.add_parser("analyse", help="analyse the rest, or everything again"))
    _prepare(sub.add_parser("prepare", help="lay a large corpus out, so that the app shows its newest version at once"))
    _export(sub.add_parser("export", help="write articles, mentions, topics, stories, attention or rejected records"))
    _check(sub.add_parser("check", help="verify the integrity of a corpus and say what is there"))
    _explain(sub.add_parser("explain", help="say how a word or phrase is recognised"))
    _candidates(sub.add_parser("candidates", help="officials that the gazetteer should know"))
    _gazetteer(sub.add_parser("gazetteer", help="verify names, offices and topics"))
    return whole


def _runs(command: argparse.ArgumentParser, run: Command) -> None:
    command.description = (run.__doc__ or "").split("\n", maxsplit=1)[0]
    command.set_defaults(run=run)


def _corpus(command: argparse.ArgumentParser) -> None:
    usual = os.environ.get("JARCHI_CORPUS")
    command.add_argument(
        "--corpus",
        metavar="DIR",
        default=usual,
        required=not usual,
        help="the corpus: a directory, or s3://bucket/prefix (default: JARCHI_CORPUS)",
    )


def _as_of(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--as-of", default="", metavar="WHEN", help="the corpus as it was: a version (12.9.3), a day or a moment"
    )


def _pool(command: argparse.ArgumentParser) -> None:
    command.add_argument("--executor", choices=EXECUTORS, default="processes", help="where the work is done")
    command.add_argument("--scheduler", default="", metavar="ADDRESS", help="a running Dask cluster: tcp://host:port")
    command.add_argument(
        "--workers",
        type=_positive,
        default=0,
        metavar="N",
        help="workers (default: one per core)",
    )


def _positive(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of 1 or more")
    return int(text)


def _build(command: argparse.ArgumentParser) -> None:
    _runs(command, commands.build)
    command.add_argument("inputs", nargs="+", metavar="INPUT", help="files, folders or globs")
    command.add_argument("--data", type=Path, metavar="DIR", help="your own entities/ and topics/, laid over ours")
    _corpus(command)
    _pool(command)


def _analyse(command: argparse.ArgumentParser) -> None:
    _runs(command, commands.analyse)
    command.add_argument("--again", action="store_true", help="everything, after names or topics changed")
    _corpus(command)
    _pool(command)


def _prepare(command: argparse.ArgumentParser) -> None:
    _runs(command, commands.prepare)
    _corpus(command)


def _export(command: argparse.ArgumentParser) -> None:
    _runs(command, export.export)
    command.add_argument(
        "what",
        choices=export.EXPORTS,
        help="where a row is of an article, duplicate_of is the id of the article that this one reprints",
    )
    _corpus(command)
    _as_of(command)
    command.add_argument("--format", choices=FORMATS, help="default: by the name of --output, else jsonl")
    command.add_argument("--output", type=Path, metavar="FILE", help="default: standard output")
    part = command.add_argument_group("which part of the corpus")
    part.add_argument("--from", dest="start", default="", metavar="D", help="first day, month or year: 2020-01")
    part.add_argument("--to", dest="end", default="", metavar="D", help="last day, month or year")
    for option in ("entity", "topic", "outlet", "language"):
        part.add_argument(f"--{option}", action="append", default=[], metavar=option[0].upper(), help="may be repeated")
    part.add_argument("--query", default="", metavar="Q", help='full text: words, "phrases", OR, -not, prefix*')
    counted = command.add_argument_group("how it is counted")
    counted.add_argument("--by", choices=GRAINS, help="periods of attention (default: month)")
    counted.add_argument("--sense", choices=SENSES, action="append", default=[], help="may be repeated")
    counted.add_argument("--reprints", action="store_true", help="count word-for-word republications in attention")


def _check(command: argparse.ArgumentParser) -> None:
    _runs(command, commands.check)
    _corpus(command)
    _as_of(command)


def _candidates(command: argparse.ArgumentParser) -> None:
    _runs(command, commands.candidates)
    _corpus(command)
    command.add_argument(
        "--least", type=_positive, default=LEAST, metavar="N", help="in so many articles (default: %(default)s)"
    )
    command.add_argument("--toml", action="store_true", help="as drafts of gazetteer entries")


def _explain(command: argparse.ArgumentParser) -> None:
    _runs(command, commands.explain)
    command.add_argument("word", help="a word or phrase, as it would stand in an article")
    command.add_argument("--language", choices=LANGUAGES, help="(default: all)")
    command.add_argument("--data", type=Path, metavar="DIR", help="your own entities/ and topics/, laid over ours")


def _gazetteer(command: argparse.ArgumentParser) -> None:
    _runs(command, commands.check_gazetteer)
    command.add_argument("action", choices=["check"])
    command.add_argument("--data", type=Path, metavar="DIR", help="your own entities/ and topics/, laid over ours")
