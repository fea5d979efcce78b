"""A table on slides and paper: what is the same in each row is said once, below it."""

import pandas as pd

from pages.components.packs.chapters import chapter_of
from pages.exports.table import Column, Kind, Table
from tests.builders import exhibit

COLUMNS = (
    Column("area", "Area", Kind.NAME),
    Column("period", "Period", Kind.PERIOD),
    Column("value", "Value", Kind.NUMBER),
    Column("status", "Status", Kind.STATUS),
)


def table(*rows: tuple[str, str, float, str]) -> Table:
    return Table(pd.DataFrame(rows, columns=["area", "period", "value", "status"]), COLUMNS)


def test_a_column_of_one_text_is_said_once_and_no_number_is_left_out() -> None:
    rows = table(("Barnet", "summer 2025", 3, "as published"), ("Camden", "summer 2025", 3, "as published"))
    shown = exhibit(drawing=None, subtitle="Sites. Summer 2025 · All London", numbers=lambda: rows)
    chapter = chapter_of(shown)
    assert chapter.table is not None
    assert list(chapter.table) == ["Area", "Value"]
    # the period stands in the subtitle already
    assert chapter.subtitle == "Sites. Summer 2025 · All London. Status: as published."


def test_a_single_row_and_rows_that_differ_stay_whole() -> None:
    one = ("Barnet", "summer 2025", 3.0, "as published")
    for rows in ((one,), (one, ("Barnet", "summer 2024", 2.0, "worked out here"))):
        chapter = chapter_of(exhibit(drawing=None, numbers=lambda: table(*rows)))  # noqa: B023
        assert chapter.table is not None
        assert list(chapter.table) == ["Area", "Period", "Value", "Status"]
