"""The interface speaks Azerbaijani: every message in the code has a translation, and every translation a message."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from analytics.charts.caption import COUNTED
from analytics.export.bundle import COLUMNS
from analytics.filters import MAX_CHOICES, MAX_QUERY, MEASURES, SENSE_WORDS, Filters, read_choice
from analytics.model import FLAGS, KINDS, RULES, SENSES, WITH_ENDING
from analytics.periods import GRAINS
from ui import sidebar, view, words
from ui.parts import PRECISION_WORDS, REJECTED_COLUMNS
from ui.switches import KIND, SWITCHES

ROOT = Path(__file__).resolve().parents[2]
SPOKEN = ("ui/*.py", "pages/*.py", "analytics/charts/*.py", "analytics/export/*.py", "analytics/filters.py")
TABLES = (
    *(COLUMNS.values(), FLAGS.values(), SENSE_WORDS.values(), SENSES, KINDS, RULES, view.KINDS.values()),
    *(view.RANKED.values(), COUNTED.values()),
    *((switch.label, *switch.options.values()) for switch in SWITCHES),
    *(sidebar.KIND_WORDS.values(), sidebar.MEASURE_WORDS.values(), PRECISION_WORDS.values(), REJECTED_COLUMNS.values()),
)


def calls() -> Iterator[tuple[Path, ast.Call]]:
    """Every call of a translator in the code that speaks to a visitor."""
    for path in sorted(path for pattern in SPOKEN for path in ROOT.glob(pattern)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if name == "t":
                    yield path, node


def titles() -> set[str]:
    """The titles of the pages, read from the frame's source: importing it would run it."""
    tree = ast.parse((ROOT / "ui" / "main.py").read_text(encoding="utf-8"))
    tables = [n.value for n in tree.body if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == "PAGES"]
    return {title for _, _, title, _ in ast.literal_eval(tables[0])}


def reasons() -> set[str]:
    """Every reason for which a part of an address is ignored, by asking for each."""
    many = [str(n) for n in range(MAX_CHOICES + 1)]
    asked = {"from": ["x", "y"], "q": ["w" * (MAX_QUERY + 1)], "by": ["x"], "measure": ["x"], "senses": ["x"]}
    problems = Filters.from_query(asked | {"reprints": ["x"], "topics": many}, {"topics": ()})[1]
    problems += Filters.from_query({"from": ["2021"], "to": ["2020"]})[1]
    problems += read_choice(["x"], KIND.key, tuple(KIND.options), KIND.default)[1]
    return {problem.reason for problem in problems}


def faults() -> Iterator[ast.expr]:
    """What every error of a search says, from the source: not each can be asked for."""
    for path in sorted(ROOT.glob("analytics/search/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "QueryError":
                yield node.args[0]


def messages() -> set[str]:
    """Every message that a visitor may read."""
    said = {n.args[0].value for _, n in calls() if isinstance(n.args[0], ast.Constant)}
    said |= {fault.value for fault in faults() if isinstance(fault, ast.Constant)}
    return {str(m) for m in said}.union(*TABLES, titles(), reasons(), {sidebar.NOT_A_LANGUAGE, WITH_ENDING})


def holes(text: str) -> list[str]:
    """The placeholders of a message."""
    return sorted(re.findall(r"{(\w*)}", text))


def test_every_message_has_a_translation() -> None:
    """No visitor who chose Azerbaijani reads English: each message is in the catalogue."""
    assert sorted(messages() - set(words.messages("az"))) == []


def test_no_translation_is_unused() -> None:
    """The catalogue holds nothing that no code says."""
    assert sorted(set(words.messages("az")) - messages()) == []


def test_placeholders_are_kept() -> None:
    """A translation has the placeholders of its message, or formatting it would fail or lose a figure."""
    wrong = {m: t for m, t in words.messages("az").items() if holes(m) != holes(t)}
    assert wrong == {}


def test_the_catalogue_is_well_formed() -> None:
    """Nothing in the catalogue is doubtful, empty, or said twice."""
    path = words.FOLDER / "az.po"
    catalogue = [m for m in read_po(path.open("rb"), locale="az") if m.id]
    assert [m.id for m in catalogue if m.fuzzy or not m.string] == []
    assert path.read_text(encoding="utf-8").count("\nmsgid ") == len(catalogue) + 1


def test_messages_are_literal_or_from_a_known_table() -> None:
    """A translator is given a literal, or an entry of a table that these tests know: nothing is made up."""
    known = {
        "title", "v", "word", "kind", "problem.reason", "m['sense']", "COLUMNS[column]", "SENSE_WORDS[s]",
        "self.label", "self.options[value]", "MEASURE_WORDS[m]",
        "KIND_WORDS[kind]", "PRECISION_WORDS[precision]", "FLAGS.get(flag, flag)",
        "COUNTED[counted]", "RANKED[kind]", "rule", "WITH_ENDING",
    }  # fmt: skip
    made = {ast.unparse(n.args[0]) for _, n in calls() if not isinstance(n.args[0], ast.Constant)}
    assert made <= known
    assert [ast.unparse(fault) for fault in faults() if not isinstance(fault, ast.Constant)] == []


@pytest.mark.parametrize("table", [MEASURES, GRAINS])
def test_choices_of_the_widgets_have_words(table: tuple[str, ...]) -> None:
    """Each measure and each period that can be chosen has a word of its own."""
    source = (ROOT / "ui" / "sidebar.py").read_text(encoding="utf-8")
    assert all(f'"{choice}": ' in source for choice in table)


def test_an_unknown_language_gives_the_messages_themselves() -> None:
    """English stands in the code; a language without a catalogue is English."""
    assert words.messages("en") == {}
    assert words.translator("en")("Overview") == "Overview"
    assert words.translator("az")("Overview") == words.messages("az")["Overview"] != "Overview"
