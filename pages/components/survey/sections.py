"""The parts of the page on what the survey of 2022 found: London's figures, as the report prints them."""

from collections.abc import Callable

import streamlit as st

from pages.components.charts import parts as charts_parts, plain_table
from pages.components.data import figures
from pages.components.exhibits import drawing
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.state.view import View, within
from pages.components.survey import charts, published, text
from pages.components.survey.text import BASE, SOURCE, WHEN
from pages.components.text import dates as text_dates, grammar
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
    st.markdown(f":small[The report's own set of ICSs goes with it: {grammar.lower_first(name)}.]")


def show_interfaces(view: View) -> None:
    """How well services work together, ranked."""
    st.header(WORKING_TOGETHER, anchor=False)
    st.markdown(text.say_interfaces(published.interface_rows()))
    drawing.show_if_any(INTERFACES, view)
    plain_table.show(published.interface_table(), "interfaces")


def show_hallmarks(view: View) -> None:
    """What authorities said was in place."""
    st.header(IN_PLACE, anchor=False)
    st.markdown(text.LACKING)
    drawing.show_if_any(HALLMARKS, view)
    plain_table.show(published.hallmark_table(), "hallmarks")


def show_challenges(view: View) -> None:
    """What authorities named as their greatest challenges."""
    st.header(GREATEST, anchor=False)
    st.markdown(f"{WHEN}, authorities named their three greatest; the report prints these.")
    drawing.show_if_any(CHALLENGES, view)
    plain_table.show(published.challenge_table(), "challenges")


def show_source() -> None:
    """The report that the figures are quoted from."""
    st.markdown(f":small[{SOURCE}]")


def _interfaces(view: View, theme: str) -> Exhibit:
    chart = charts.interfaces(published.interface_rows(), published.RATINGS, theme)
    return _exhibit(INTERFACES, view, WORKING_TOGETHER, chart, published.interface_table)


def _hallmarks(view: View, theme: str) -> Exhibit:
    chart = charts.hallmarks(published.rows_of("hallmarks"), published.instrument_of("hallmarks"), theme)
    return _exhibit(HALLMARKS, view, IN_PLACE, chart, published.hallmark_table)


def _challenges(view: View, theme: str) -> Exhibit:
    chart = charts.challenges(published.challenge_rows(), published.REPLIED, theme)
    return _exhibit(CHALLENGES, view, GREATEST, chart, published.challenge_table)


def _results(view: View, theme: str) -> Exhibit:
    return _exhibit(RESULTS, view, "What the report prints of the survey", None, published.table)


def _exhibit(
    kind: ExhibitKind, view: View, title: str, chart: charts_parts.Chart | None, numbers: Callable[[], Table]
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
