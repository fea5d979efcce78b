"""What the survey of 2022 found: London's figures as the report prints them, in tables and pictures."""

import pandas as pd
import streamlit as st

from data_loaders import store
from data_loaders.survey.instruments import Instrument
from pages.components.charts import palette, survey_bars, survey_dots, survey_map
from pages.components.charts.parts import Chart
from pages.components.data import figures

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


def published() -> pd.DataFrame:
    """What the report prints: instrument, item_id, response, value, measure, note."""
    return _published(figures.edition())


@st.cache_resource(show_spinner=False, max_entries=figures.EDITIONS)
def _published(edition: str) -> pd.DataFrame:
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


def interface_table() -> pd.DataFrame:
    """How well services work together, as a table for the page, in the report's wording."""
    rows = interface_rows()
    wording = {item.item_id: item.wording for item in _instrument("interfaces").items}
    return pd.DataFrame(
        {
            "Rank": range(1, len(rows) + 1),
            "Services": rows["item_id"].map(wording),
            "Mean, 1 to 5": rows["text"],
        }
    )


def hallmark_table() -> pd.DataFrame:
    """What is in place, as a table for the page; what the report does not print stays unprinted."""
    instrument = _instrument("hallmarks")
    values = _of("hallmarks").set_index(["item_id", "response"])["value"]
    notes = _of("hallmarks").groupby("item_id")["note"].agg(" ".join).str.strip()
    asked = [option for option in instrument.options if option.place is not None]
    return pd.DataFrame(
        {"In place": item.wording}
        | {
            option.label: f"{values[item.item_id, option.response]:.0f}%"
            if (item.item_id, option.response) in values.index
            else "not printed"
            for option in asked
        }
        | {"The report says": notes[item.item_id]}
        for item in instrument.items
    )


def challenge_table() -> pd.DataFrame:
    """The greatest challenges, as a table for the page."""
    rows = _of("challenges").sort_values("value", ascending=False)
    labels = {item.item_id: item.label for item in _instrument("challenges").items}
    return pd.DataFrame(
        {
            "Challenge": rows["item_id"].map(labels),
            f"Named by, of {REPLIED}": rows["value"].astype(int),
            "The report says": rows["note"],
        }
    )


def interfaces_chart(theme: str) -> Chart:
    """The mean ratings."""
    return survey_dots.ranked(
        interface_rows(), (1, 5), "Mean rating, from 1 (poorly) to 5 (very well)", theme
    )


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
    return survey_bars.stacked(rows, list(fills), fills, "Per cent of those that answered", theme)


def challenges_chart(theme: str) -> Chart:
    """How many authorities named each challenge."""
    labels = {item.item_id: item.label for item in _instrument("challenges").items}
    values = _of("challenges").sort_values("value", ascending=False)
    rows = pd.DataFrame(
        {
            "group": values["item_id"].map(labels),
            "amount": values["value"],
            "text": [f"{value:.0f} of {REPLIED}" for value in values["value"]],
        }
    )
    return survey_dots.ranked(rows, (0, REPLIED), f"Authorities that named it, of {REPLIED}", theme)


def printed(instrument: Instrument) -> dict[str, str]:
    """What the report prints of each question, in words; empty for sets that were not asked then."""
    rows = _of(instrument.instrument)
    labels = instrument.labels()
    said: dict[str, list[str]] = {}
    for row in rows.to_dict("records"):
        text = {
            "percent": f"{labels.get(row['response'], '')}: {row['value']:.0f}%",
            "mean": f"{row['value']:.2f}",
            "respondents": f"{row['value']:.0f} of {REPLIED}",
        }[row["measure"]]
        said.setdefault(row["item_id"], []).append(text)
    return {item_id: "; ".join(texts) for item_id, texts in said.items()}


def as_rows() -> pd.DataFrame:
    """Everything that the report prints, with what was asked, of whom, and the source, for a file."""
    wording = {
        (name, item.item_id): item.wording
        for name, instrument in figures.london().instruments.items()
        for item in instrument.items
    }
    table = published()
    asked = [wording[key] for key in zip(table["instrument"], table["item_id"], strict=True)]
    return table.assign(question=asked, base=BASE, source=SOURCE)


def _instrument(name: str) -> Instrument:
    return figures.london().instruments[name]


def _of(instrument: str) -> pd.DataFrame:
    table = published()
    return table[table["instrument"] == instrument]
