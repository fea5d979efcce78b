"""The parts of the page on what the survey of 2022 found: London's figures, as the report prints them."""

from functools import partial

import pandas as pd
import streamlit as st

from data_loaders import store
from data_loaders.survey.instruments import Instrument
from pages.components import chart_parts, downloads, drawing, figures, palette, survey_charts, survey_map
from pages.exports import pictures

WIDTH = 800
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
NOT_PRINTED = "Other answers, which the report does not print"
REPLIED = 26


def published() -> pd.DataFrame:
    """What the report prints: instrument, item_id, response, value, measure, note."""
    return _published(figures.edition())


@st.cache_resource(show_spinner=False, max_entries=figures.EDITIONS)
def _published(edition: str) -> pd.DataFrame:
    table = store.read_text_table("survey_published.csv", figures.library().entries)
    return table.assign(value=table["value"].astype(float))


def show_interfaces() -> None:
    """How well services work together, ranked."""
    instrument = _instrument("interfaces")
    st.header("How well services work together", anchor=False)
    rows = interface_rows()
    st.markdown(
        f"On a scale from 1 (poorly) to 5 (very well), authorities rated {rows['group'].iloc[0]} highest, "
        f"{rows['text'].iloc[0]} on average, and {rows['group'].iloc[-1]} lowest, {rows['text'].iloc[-1]}."
    )
    _draw(interfaces_chart(drawing.theme()), "interfaces", "Mean ratings, the highest first.")
    wording = {item.item_id: item.wording for item in instrument.items}
    table = pd.DataFrame(
        {
            "Rank": range(1, len(rows) + 1),
            "Services": rows["item_id"].map(wording),
            "Mean, 1 to 5": rows["text"],
        }
    )
    st.table(table, hide_index=True, border="horizontal")


def show_hallmarks() -> None:
    """What authorities said was in place."""
    st.header("What is in place", anchor=False)
    _draw(hallmarks_chart(drawing.theme()), "hallmarks", "Answers to each question in per cent.")
    st.table(hallmark_table(), hide_index=True, border="horizontal")


def show_challenges() -> None:
    """What authorities named as their greatest challenges."""
    st.header("The greatest challenges", anchor=False)
    instrument = _instrument("challenges")
    rows = _of("challenges").sort_values("value", ascending=False)
    labels = rows["item_id"].map({item.item_id: item.label for item in instrument.items})
    table = pd.DataFrame(
        {
            "Challenge": labels,
            f"Named by, of {REPLIED}": rows["value"].astype(int),
            "The report says": rows["note"],
        }
    )
    st.markdown("Authorities named their three greatest; the report prints these.")
    _draw(challenges_chart(drawing.theme()), "challenges", "How many authorities named each challenge.")
    st.table(table, hide_index=True, border="horizontal")


def offer() -> None:
    """The two pictures, and all that the report prints as a table."""
    files = downloads.as_pictures(
        "Working together",
        "survey_2022_working_together",
        partial(_framed, interfaces_chart, "How well services work together"),
    )
    files += downloads.as_pictures(
        "In place", "survey_2022_in_place", partial(_framed, hallmarks_chart, "What is in place")
    )
    files += downloads.as_pictures(
        "Challenges", "survey_2022_challenges", partial(_framed, challenges_chart, "The greatest challenges")
    )
    downloads.buttons([*files, downloads.as_table("Published results", "survey_2022_published", _as_rows)])


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


def interfaces_chart(theme: str) -> chart_parts.Picture:
    """The mean ratings."""
    return survey_charts.ranked(
        interface_rows(), (1, 5), "Mean rating, from 1 (poorly) to 5 (very well)", theme
    )


def hallmarks_chart(theme: str) -> chart_parts.Picture:
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
    return survey_charts.stacked(rows, list(fills), fills, "Per cent of those that answered", theme)


def challenges_chart(theme: str) -> chart_parts.Picture:
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
    return survey_charts.ranked(rows, (0, REPLIED), f"Authorities that named it, of {REPLIED}", theme)


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


def _instrument(name: str) -> Instrument:
    return figures.london().instruments[name]


def _of(instrument: str) -> pd.DataFrame:
    table = published()
    return table[table["instrument"] == instrument]


def _draw(chart: chart_parts.Picture, key: str, name: str) -> None:
    spec, data = chart
    alt = f"{name} The table below has every value."
    st.vega_lite_chart(spec=spec | {"datasets": data}, theme=None, key=key, alt=alt)


def _framed(build, title: str) -> dict:  # type: ignore[no-untyped-def]
    spec, data = build("light")
    return pictures.framed(
        spec,
        data,
        WIDTH,
        title=title,
        subtitle="Survey of London local authorities, March 2022",
        footer=[BASE, SOURCE],
        below=pictures.AXIS_BELOW,
    )


def _as_rows() -> pd.DataFrame:
    wording = {
        (name, item.item_id): item.wording
        for name, instrument in figures.london().instruments.items()
        for item in instrument.items
    }
    table = published()
    asked = [wording[key] for key in zip(table["instrument"], table["item_id"], strict=True)]
    return table.assign(question=asked, base=BASE, source=SOURCE)
