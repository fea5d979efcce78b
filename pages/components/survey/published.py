"""London's figures of the survey of 2022 as the report prints them, in rows and tables."""

import math
from dataclasses import replace

import pandas as pd

from data_loaders import store
from data_loaders.survey.instruments import Instrument
from pages.components.data import figures
from pages.components.data.edition import once
from pages.components.survey.text import BASE, SOURCE
from pages.exports.table import Column, Kind, Measure, Table

REPLIED = 26
IN_REPORT = "London in the 2022 report"
SHARE, MEAN = Measure("per cent", suffix="%"), Measure(decimals=2)
# from poorly to very well
RATINGS = (1, 5)
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
    labels = {item.item_id: item.label for item in instrument_of("interfaces").items}
    rows = rows_of("interfaces").sort_values("value", ascending=False)
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
    wording = {item.item_id: item.wording for item in instrument_of("interfaces").items}
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
    instrument = instrument_of("hallmarks")
    values = rows_of("hallmarks").set_index(["item_id", "response"])["value"]
    notes = rows_of("hallmarks").groupby("item_id")["note"].agg(" ".join).str.strip()
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
    labels = {item.item_id: item.label for item in instrument_of("challenges").items}
    rows = rows_of("challenges").sort_values("value", ascending=False)
    return Table(
        rows.assign(challenge=rows["item_id"].map(labels)),
        (
            Column("challenge", "Challenge", Kind.NAME),
            Column("value", f"Named by, of {REPLIED}", Kind.NUMBER),
            SAYS,
        ),
    )


def in_place_rows() -> pd.DataFrame:
    """What is in place, from the one that most have: group, amount (per cent that answered yes), text."""
    instrument = instrument_of("hallmarks")
    labels = {item.item_id: item.label for item in instrument.items}
    places = instrument.places()
    yes = max(places, key=places.__getitem__)
    rows = rows_of("hallmarks")
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
    labels = {item.item_id: item.label for item in instrument_of("challenges").items}
    values = rows_of("challenges").sort_values("value", ascending=False)
    return pd.DataFrame(
        {
            "group": values["item_id"].map(labels),
            "amount": values["value"],
            "text": [f"{value:.0f} of {REPLIED}" for value in values["value"]],
        }
    )


def printed(instrument: Instrument) -> list[tuple[Column, dict[str, float]]]:
    """What the report prints of each question: columns with their values by item_id.

    None for sets that were not asked then.
    """
    labels = instrument.labels()
    found = []
    for (measure, response), rows in rows_of(instrument.instrument).groupby(
        ["measure", "response"], sort=False
    ):
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


def instrument_of(name: str) -> Instrument:
    """A set of questions by its name."""
    return figures.london().instruments[name]


def rows_of(instrument: str) -> pd.DataFrame:
    """The rows of published() of one set of questions."""
    table = published()
    return table[table["instrument"] == instrument]
