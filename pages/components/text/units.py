"""Values in their units, as a reader sees them: with their mark, or the word for why there is none."""

from collections.abc import Iterable

import pandas as pd

from data_loaders.catalogue import Catalogue, Indicator
from geo.tables import marks
from pages.components.text import grammar
from pages.exports.table import MARK, Measure


def format_value(value: float, indicator: Indicator) -> str:
    """A number in its unit as the reader sees it: "£1,234", "88.1%", "−5"; empty when there is none.

    This is for what no row has: a difference, a class, a target. The figure of a place is say_value()'s.
    """
    if indicator.categories:
        return indicator.categories.get(value, "")
    return measure(indicator).text(value)


def measure(indicator: Indicator) -> Measure:
    """How the values of an indicator are written."""
    unit = indicator.unit
    called = grammar.lower_first(unit.axis)
    return Measure(called, indicator.decimals, unit.prefix, unit.suffix, signed=unit.unit_id == "change")


def say_value(value: float, note: str, indicator: Indicator) -> str:
    """The figure of a place as it is written everywhere, with MARK behind it where it bears one.

    `note` is the note on the figure, or why it bears a mark (geo.tables.marks); it is empty for a figure
    without a note. The text is empty when there is no value.
    """
    text = format_value(value, indicator)
    return f"{text}{MARK}" if marks.is_marked(value, note, indicator) else text


def say_values(values: Iterable[float], notes: Iterable[str], indicator: Indicator) -> list[str]:
    """say_value() of many figures of one indicator."""
    return [say_value(value, note, indicator) for value, note in zip(values, notes, strict=True)]


def value_of(table: pd.DataFrame, area_code: str, indicator: Indicator) -> str:
    """The figure of one area of a place table (say_value)."""
    row = table.loc[table["area_code"] == area_code].iloc[0]
    return say_value(row["value"], row["note"], indicator)


def value_texts(rows: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> list[str]:
    """The value of each row of the place table, or the word for why there is none."""
    said = say_values(rows["value"], rows["note"], indicator)
    return [
        text or catalogue.statuses[status].word for text, status in zip(said, rows["status"], strict=True)
    ]


def status_texts(rows: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> list[str]:
    """The status of each row of the place table in a word, with what there is to know of the value."""
    said = []
    above = marks.above_100(rows, indicator)
    for status, note, is_above in zip(rows["status"], rows["note"], above, strict=True):
        parts = [catalogue.statuses[status].word, f"note: {note}" if note else ""]
        said.append("; ".join(filter(None, [*parts, indicator.above_100 if is_above else ""])))
    return said


def interval_texts(rows: pd.DataFrame, indicator: Indicator) -> list[str]:
    """The 95 % interval of each row, "72.1% to 75.3%"; empty where there is none."""
    bounds = zip(rows["lower_95"], rows["upper_95"], strict=True)
    return [say_interval(lower, upper, indicator) for lower, upper in bounds]


def say_interval(lower: float, upper: float, indicator: Indicator) -> str:
    """An interval, "72.1% to 75.3%"; empty where there is none."""
    low, high = (format_value(bound, indicator) for bound in (lower, upper))
    return f"{low} to {high}" if low and high else ""


def aloud(text: str) -> str:
    """A text for a screen reader, which may be silent about MARK: "88.1%, with a note"."""
    return text.replace(MARK, ", with a note")
