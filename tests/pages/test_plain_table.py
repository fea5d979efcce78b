"""Which columns of a table are numbers, and stand to the right."""

import re
from pathlib import Path

import pandas as pd
import pytest

from pages.components.charts.plain_table import columns_of_numbers

ROOT = Path(__file__).parents[2]


NUMBERS = ["15.8", "£1,234", "88.1%†", "−5", "+3", "0", "66.2% to 69.9%", "**6.0**"]
WORDS = ["12th of 32", "8.4 higher", "6.7 (31 December 2025)", "Lambeth: 15.8", "2024/25", "19 August 2026"]


@pytest.mark.parametrize("cell", [*NUMBERS, ":green-background[82.1%\xa0▲]"])
def test_a_figure_as_cells_say_it_is_a_number(cell: str) -> None:
    assert columns_of_numbers(pd.DataFrame({"Borough": ["Hackney"], "Value": [cell]})) == [2]


@pytest.mark.parametrize("cell", [*WORDS, "E8 1EA"])
def test_words_and_dates_are_none(cell: str) -> None:
    assert columns_of_numbers(pd.DataFrame({"Value": [cell]})) == []


def test_words_for_why_there_is_no_figure_stand_among_numbers_where_those_are_more() -> None:
    table = pd.DataFrame(
        {"a": ["1", "2", "not published"], "b": ["1", "not published", "not given"], "c": ["", "–", ""]}
    )
    assert columns_of_numbers(table) == [1]


def test_one_word_for_all_that_is_missing_stands_among_numbers_however_few_those_are() -> None:
    table = pd.DataFrame({"a": ["13", "withheld", "withheld"], "b": ["withheld", "withheld", "withheld"]})
    assert columns_of_numbers(table) == [1]


def test_every_table_to_read_is_shown_in_one_way() -> None:
    pages = [*ROOT.glob("app.py"), *(ROOT / "pages").rglob("*.py")]
    found = [path.name for path in pages if re.search(r"\bst\.(table|dataframe)\(", path.read_text("utf-8"))]
    assert found == ["plain_table.py"]
