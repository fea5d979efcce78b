"""The parts of the page on what the survey of 2022 found: London's figures, as the report prints them."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from pages.components.charts import parts as charts_parts
from pages.components.charts import plain_table
from pages.components.data import figures
from pages.components.exhibits import drawing, of_view
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.state.view import View, within
from pages.components.survey import charts
from pages.components.survey.charts import BASE, SOURCE, WHEN
from pages.components.text import dates as text_dates
from pages.components.text import words
from pages.exports.exhibit import Exhibit
from pages.exports.table import Table

WORKING_TOGETHER = "How well services work together"
IN_PLACE = "What is in place"
GREATEST = "The greatest challenges"


def in_its_own_time(view: View) -> View:
    """The view within the ICSs that the report knew, whichever are looked at elsewhere."""
    london = figures.london()
    return within(view, next(iter(london.vintages)), london)


def show_base(view: View) -> None:
    """Who was asked, when, how many answered, and in which ICSs."""
    st.markdown(BASE)
    name = figures.london().vintages[view.vintage].name
    st.markdown(f":small[The report's own set of ICSs goes with it: {name[0].lower()}{name[1:]}.]")


def show_interfaces(view: View) -> None:
    """How well services work together, ranked."""
    st.header(WORKING_TOGETHER, anchor=False)
    st.markdown(say_interfaces(charts.interface_rows()))
    _draw(INTERFACES, view)
    plain_table.show(charts.interface_table(), "interfaces")


def say_interfaces(rows: pd.DataFrame) -> str:
    """Which services were rated highest and lowest: rows of charts.interface_rows()."""
    return (
        f"{WHEN}, on a scale from 1 (poorly) to 5 (very well), authorities rated {rows['group'].iloc[0]} "
        f"highest, {rows['text'].iloc[0]} on average, and {rows['group'].iloc[-1]} lowest, "
        f"{rows['text'].iloc[-1]}."
    )


def show_hallmarks(view: View) -> None:
    """What authorities said was in place."""
    st.header(IN_PLACE, anchor=False)
    st.markdown(charts.LACKING)
    _draw(HALLMARKS, view)
    plain_table.show(charts.hallmark_table(), "hallmarks")


def show_challenges(view: View) -> None:
    """What authorities named as their greatest challenges."""
    st.header(GREATEST, anchor=False)
    st.markdown(f"{WHEN}, authorities named their three greatest; the report prints these.")
    _draw(CHALLENGES, view)
    plain_table.show(charts.challenge_table(), "challenges")


def say_in_place(rows: pd.DataFrame) -> str:
    """What most and what fewest authorities have in place: rows of charts.in_place_rows()."""
    return (
        f"{WHEN}, {rows['text'].iloc[0]} of authorities answered “Yes” to “{rows['group'].iloc[0]}”, and "
        f"{rows['text'].iloc[-1]} to “{rows['group'].iloc[-1]}”."
    )


def say_challenges(rows: pd.DataFrame) -> str:
    """Which challenge was named by most: rows of charts.challenge_rows()."""
    most = rows.loc[rows["amount"] == rows["amount"].max(), "group"]
    named = words.join_all([f"“{challenge}”" for challenge in most])
    return f"{WHEN}, {rows['text'].iloc[0]} authorities named {named} among their three greatest challenges."


def show_source() -> None:
    """The report that the figures are quoted from."""
    st.markdown(f":small[{SOURCE}]")


def _draw(kind: ExhibitKind, view: View) -> None:
    if exhibit := of_view.find(kind, view):
        drawing.show(kind, exhibit, view)


def _interfaces(view: View, theme: str) -> Exhibit:
    chart = charts.interfaces_chart(theme)
    return _exhibit(INTERFACES, view, WORKING_TOGETHER, chart, charts.interface_table)


def _hallmarks(view: View, theme: str) -> Exhibit:
    chart = charts.hallmarks_chart(theme)
    return _exhibit(HALLMARKS, view, IN_PLACE, chart, charts.hallmark_table)


def _challenges(view: View, theme: str) -> Exhibit:
    chart = charts.challenges_chart(theme)
    return _exhibit(CHALLENGES, view, GREATEST, chart, charts.challenge_table)


def _results(view: View, theme: str) -> Exhibit:
    return _exhibit(RESULTS, view, "What the report prints of the survey", None, charts.table)


def _exhibit(
    kind: ExhibitKind,
    view: View,
    title: str,
    chart: charts_parts.Chart | None,
    numbers: Callable[[], Table],
) -> Exhibit:
    return kind.exhibit(
        view,
        title=text_dates.entitled(title, WHEN),
        subtitle="Survey of London local authorities, March 2022 · All London, not by ICS",
        chart=chart,
        remarks=[BASE],
        sources=[figures.london().catalogue.sources["report_2022"]],
        stem=f"survey_2022_{kind.key}",
        numbers=numbers,
    )


BELOW = "The table below has every value."
INTERFACES = ExhibitKind(
    "working_together",
    "survey",
    "Working together",
    _interfaces,
    "",
    "Mean ratings, the highest first.",
    BELOW,
    told_apart_by=(),
)
HALLMARKS = ExhibitKind(
    "in_place",
    "survey",
    "In place",
    _hallmarks,
    "",
    "Answers to each question in per cent.",
    BELOW,
    told_apart_by=(),
)
CHALLENGES = ExhibitKind(
    "challenges",
    "survey",
    "Challenges",
    _challenges,
    "",
    "How many authorities named each challenge.",
    BELOW,
    told_apart_by=(),
)
RESULTS = ExhibitKind("published", "survey", "Published results", _results, "", told_apart_by=())
KINDS = (INTERFACES, HALLMARKS, CHALLENGES, RESULTS)
