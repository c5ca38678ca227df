"""Where a language is told from another in recognition."""

import ast
from pathlib import Path

import pytest

from analytics import mentions
from analytics.mentions import languages
from analytics.model import LANGUAGES

MODULES = sorted(Path(mentions.__file__).parent.glob("*.py"))
SETS = {name: value for name, value in vars(languages).items() if name.isupper()}


def asks(source: str) -> list[int]:
    """The lines on which something is compared with the code of a language, or looked for among some."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Compare)
        for side in (node.left, *node.comparators)
        for one in (side.elts if isinstance(side, ast.Set | ast.Tuple | ast.List) else [side])
        if isinstance(one, ast.Constant) and one.value in LANGUAGES
    ]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_no_rule_asks_for_a_language_by_its_name(module: Path) -> None:
    """Who adds a language fills tables and sets; a rule that knows its languages would have to be found first."""
    assert not asks(module.read_text("utf-8"))


@pytest.mark.parametrize("rule", ['text.language == "kk"', 'language not in {"az", "tr"}', '"ru" != language'])
def test_a_rule_that_does_is_found(rule: str) -> None:
    """The law above can fail."""
    assert asks(f"if {rule}:\n    pass") != []


@pytest.mark.parametrize("name", SETS)
def test_a_set_is_of_some_languages(name: str) -> None:
    """Each set parts the languages that have rules: some are in it, some are not."""
    assert frozenset() < SETS[name] < frozenset(LANGUAGES)
