"""What the survey of 2022 found: London's figures as the report prints them, in tables and pictures."""

import math
from dataclasses import replace

import pandas as pd

from data_loaders import store
from data_loaders.survey.instruments import Instrument
from pages.components.charts import palette, survey_map, survey_rows
from pages.components.charts.parts import Chart
from pages.components.data import figures
from pages.components.data.edition import once
from pages.exports.table import Column, Kind, Measure, Table

BASE = (
    "26 of London's 33 local authorities replied, in March 2022. To each question 25 or 26 answered; the "
    "report does not say which. All 26 said that integration is a priority. They were promised anonymity: no "
    "authority's answer is public, nor is any ICS's, and none is shown or guessed here. It is the view of "
    "councils; other partners were not asked."
)
SOURCE = (
    "Source: Beyond Boundaries, Isos Partnership for London Councils, July 2022. "
    "Figures quoted from the report."
)
WHEN = "In March 2022"
LACKING = "Of each of these, the report says, two to eight authorities lacked a mechanism altogether."
NOT_PRINTED = "Other answers, which the report does not print"
REPLIED = 26
LOWEST_RATING, HIGHEST_RATING = 1, 5
IN_REPORT = "London in the 2022 report"
SHARE, MEAN = Measure("per cent", suffix="%"), Measure(decimals=2)
# how the report's figures are written, and what a column of them is called
MEASURES = {
    "percent": SHARE,
    "mean": replace(MEAN, unit="mean, 1 to 5"),
    "respondents": Measure(f"authorities, of {REPLIED}"),
}
_NAMES = {"mean": f"{IN_REPORT}, mean", "respondents": f"{IN_REPORT}, named by"}
SAYS = Column("note", "The report says", absent="")


@once
def published() -> pd.DataFrame:
    """What the report prints: instrument, item_id, response, value, measure, note."""
    table = store.read_text_table("survey_published.csv", figures.library().entries)
    return table.assign(value=table["value"].astype(float))


def interface_rows() -> pd.DataFrame:
    """The pairs of services from the highest mean: item_id, group, amount, text."""
    labels = {item.item_id: item.label for item in _instrument("interfaces").items}
    rows = _of("interfaces").sort_values("value", ascending=False)
    return pd.DataFrame(
        {
            "item_id": rows["item_id"],
            "group": rows["item_id"].map(labels),
            "amount": rows["value"],
            "text": [f"{value:.2f}" for value in rows["value"]],
        }
    )


def interface_table() -> Table:
    """How well services work together, in the report's wording."""
    wording = {item.item_id: item.wording for item in _instrument("interfaces").items}
    rows = interface_rows()
    rows = rows.assign(rank=range(1, len(rows) + 1), services=rows["item_id"].map(wording))
    return Table(
        rows,
        (
            Column("rank", "Rank", Kind.NUMBER),
            Column("services", "Services", Kind.NAME),
            Column("amount", "Mean, 1 to 5", Kind.NUMBER, MEAN),
        ),
    )


def hallmark_table() -> Table:
    """What is in place; what the report does not print stays unprinted."""
    instrument = _instrument("hallmarks")
    values = _of("hallmarks").set_index(["item_id", "response"])["value"]
    notes = _of("hallmarks").groupby("item_id")["note"].agg(" ".join).str.strip()
    asked = [option for option in instrument.options if option.place is not None]
    rows = pd.DataFrame(
        {"item": item.wording, "note": notes[item.item_id]}
        | {option.response: values.get((item.item_id, option.response), math.nan) for option in asked}
        for item in instrument.items
    )
    answers = (
        Column(option.response, option.label, Kind.NUMBER, SHARE, absent="not printed") for option in asked
    )
    return Table(rows, (Column("item", "In place", Kind.NAME), *answers, SAYS))


def challenge_table() -> Table:
    """The greatest challenges."""
    labels = {item.item_id: item.label for item in _instrument("challenges").items}
    rows = _of("challenges").sort_values("value", ascending=False)
    return Table(
        rows.assign(challenge=rows["item_id"].map(labels)),
        (
            Column("challenge", "Challenge", Kind.NAME),
            Column("value", f"Named by, of {REPLIED}", Kind.NUMBER),
            SAYS,
        ),
    )


def interfaces_chart(theme: str) -> Chart:
    """The mean ratings."""
    scale, unit = (LOWEST_RATING, HIGHEST_RATING), "Mean rating, from 1 (poorly) to 5 (very well)"
    return survey_rows.ranked(interface_rows(), scale, unit, theme)


def hallmarks_chart(theme: str) -> Chart:
    """What is in place, with the rest that the report does not print left empty."""
    instrument = _instrument("hallmarks")
    values = _of("hallmarks")
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
    fills = {option.label: survey_map.fills(instrument)[option.response] for option in asked}
    fills |= {NOT_PRINTED: palette.THEMES[theme]["page"]}
    return survey_rows.stacked(rows, list(fills), fills, "Per cent of those that answered", theme)


def in_place_rows() -> pd.DataFrame:
    """What is in place, from the one that most have: group, amount (per cent that answered yes), text."""
    instrument = _instrument("hallmarks")
    labels = {item.item_id: item.label for item in instrument.items}
    places = instrument.places()
    yes = max(places, key=places.__getitem__)
    rows = _of("hallmarks")
    rows = rows[rows["response"] == yes].sort_values("value", ascending=False, kind="stable")
    return pd.DataFrame(
        {
            "group": rows["item_id"].map(labels),
            "amount": rows["value"],
            "text": [f"{value:.0f}%" for value in rows["value"]],
        }
    )


def challenge_rows() -> pd.DataFrame:
    """The challenges from the one named most often: group, amount, text."""
    labels = {item.item_id: item.label for item in _instrument("challenges").items}
    values = _of("challenges").sort_values("value", ascending=False)
    return pd.DataFrame(
        {
            "group": values["item_id"].map(labels),
            "amount": values["value"],
            "text": [f"{value:.0f} of {REPLIED}" for value in values["value"]],
        }
    )


def challenges_chart(theme: str) -> Chart:
    """How many authorities named each challenge."""
    unit = f"Authorities that named it, of {REPLIED}"
    return survey_rows.ranked(challenge_rows(), (0, REPLIED), unit, theme)


def printed(instrument: Instrument) -> list[tuple[Column, dict[str, float]]]:
    """What the report prints of each question: columns with their values by item_id.

    None for sets that were not asked then.
    """
    labels = instrument.labels()
    found = []
    for (measure, response), rows in _of(instrument.instrument).groupby(["measure", "response"], sort=False):
        name = f"{IN_REPORT}: {labels[response]}" if measure == "percent" else _NAMES[measure]
        column = Column(f"printed_{response}", name, Kind.NUMBER, MEASURES[measure], absent="not printed")
        found.append((column, dict(zip(rows["item_id"], rows["value"], strict=True))))
    return found


def table() -> Table:
    """Everything that the report prints, with what was asked, of whom, and the source."""
    wording = {
        (name, item.item_id): item.wording
        for name, instrument in figures.london().instruments.items()
        for item in instrument.items
    }
    rows = published()
    asked = zip(rows["instrument"], rows["item_id"], strict=True)
    measures = tuple(MEASURES[measure] for measure in rows["measure"])
    rows = rows.assign(question=[wording[key] for key in asked], unit=[each.unit for each in measures])
    shown = (
        Column("instrument", "Set of questions", Kind.IDENTIFIER),
        Column("item_id", "Question id", Kind.IDENTIFIER),
        Column("question", "Question", Kind.NAME),
        Column("response", "Response", Kind.CATEGORY, absent=""),
        Column("value", "Value", Kind.NUMBER, None),
        Column("unit", "Unit", Kind.NOTE),
        replace(SAYS, kind=Kind.NOTE),
    )
    about = {Column("base", "Base", Kind.NOTE): BASE, Column("source", "Source", Kind.NOTE): SOURCE}
    return Table(rows, shown, measures).with_same(about)


def _instrument(name: str) -> Instrument:
    return figures.london().instruments[name]


def _of(instrument: str) -> pd.DataFrame:
    table = published()
    return table[table["instrument"] == instrument]
