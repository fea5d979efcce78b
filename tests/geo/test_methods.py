"""The page of methods says what the code does: each reference, and each number that a method has."""

import ast
import re
from collections.abc import Iterator

import pytest
from docstring_parser import DocstringStyle, parse

from geo.access.reach import REACH_M
from geo.lottery import one_period
from geo.measures import between_within, classes, ranks
from geo.places import borders, trend
from geo.survey import disclosure_control
from tests.builders import ROOT

METHODS = " ".join((ROOT / "docs" / "methods.md").read_text(encoding="utf-8").split())


def references() -> Iterator[str]:
    """Where the formulas of the code come from, as their docstrings say."""
    for path in (ROOT / "geo").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for found in parse(ast.get_docstring(node) or "", DocstringStyle.NUMPYDOC).meta:
                    if found.args == ["references"]:
                        yield " ".join((found.description or "").split())


def test_every_reference_of_the_code_is_named() -> None:
    found = set(references())
    assert len(found) >= 9
    # the same paper is named in full once
    assert {each for each in found - {"Spiegelhalter 2005"} if each not in METHODS} == set()


@pytest.mark.parametrize(
    "said",
    [
        f"drawn {ranks.DRAWS:,} times",
        f"fewer than {one_period.FEWEST} boroughs",
        f"among {between_within.PERMUTATIONS:,} regroupings",
        f"the last {trend.POINTS} periods",
        f"above {trend.CRITICAL}",
        f"${borders.ALPHA} / (m - i + 1)$",
        f"Within reach means {REACH_M / 1000:g} km",
        f"from {disclosure_control.FEWEST} replies and three fifths",
        f"{classes.MOST_CLASSES} classes at most",
    ],
)
def test_every_number_is_that_of_the_code(said: str) -> None:
    assert said in METHODS


def test_three_fifths_are_what_an_ics_needs() -> None:
    assert disclosure_control.SHARE == 3 / 5


def test_formulas_are_closed() -> None:
    text = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
    assert text.count("$") % 2 == 0
    for formula in re.findall(r"\$+([^$]+)\$+", text):
        assert formula.count("{") == formula.count("}"), formula
