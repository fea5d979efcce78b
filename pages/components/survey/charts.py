"""What the survey of 2022 found, in pictures: of rows as survey/published.py gives them."""

import pandas as pd

from data_loaders.survey.instruments import Instrument
from pages.components.charts import palette, survey_map, survey_rows
from pages.components.charts.parts import Chart

NOT_PRINTED = "Other answers, which the report does not print"


def interfaces(rows: pd.DataFrame, scale: tuple[int, int], theme: str) -> Chart:
    """The mean ratings on their scale: rows of published.interface_rows()."""
    lowest, highest = scale
    unit = f"Mean rating, from {lowest} (poorly) to {highest} (very well)"
    return survey_rows.ranked(rows, scale, unit, theme)


def hallmarks(values: pd.DataFrame, instrument: Instrument, theme: str) -> Chart:
    """What is in place, with the rest that the report does not print left empty.

    `values` are per cent of those that answered, a row an item_id and response.
    """
    labels = {item.item_id: item.label for item in instrument.items}
    parts = []
    for item_id, rows in values.groupby("item_id", sort=False):
        printed = zip(rows["response"], rows["value"], strict=True)
        parts += [(labels[item_id], instrument.labels()[response], value) for response, value in printed]
        parts.append((labels[item_id], NOT_PRINTED, 100 - rows["value"].sum()))
    rows = pd.DataFrame(parts, columns=["group", "response", "amount"])
    rows["text"] = [
        "" if response == NOT_PRINTED else f"{amount:.0f}%"
        for response, amount in zip(rows["response"], rows["amount"], strict=True)
    ]
    asked = [option for option in instrument.options if option.place is not None]
    fills = {option.label: survey_map.fills(instrument, theme)[option.response] for option in asked}
    fills |= {NOT_PRINTED: palette.THEMES[theme]["page"]}
    return survey_rows.stacked(rows, list(fills), fills, "Per cent of those that answered", theme)


def challenges(rows: pd.DataFrame, replied: int, theme: str) -> Chart:
    """How many of the authorities that replied named each challenge: rows of published.challenge_rows()."""
    return survey_rows.ranked(rows, (0, replied), f"Authorities that named it, of {replied}", theme)
