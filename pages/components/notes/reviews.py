"""The parts of pages on the five mandated reviews, and on a figure that no borough has."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
import streamlit as st

from geo.places.reviews import Known, known_of_reviews
from pages.components.charts import plain_table
from pages.components.data import figures
from pages.components.data.edition import once
from pages.components.data.indicator_view import IndicatorView
from pages.components.notes import reviews_text, sources as notes_sources
from pages.components.state.part import part
from pages.components.state.view import View
from pages.components.text import citations, dates, grammar, wholes

COMMANDS = (
    "**To load the reviews by borough**, where the app runs: `python -m data_loaders refresh "
    "ohid_fingertips`. If the publisher cannot be reached from there, download the indicators' file from "
    "Fingertips (“Get the data”) and run `python -m data_loaders import ohid_fingertips FILE`. Either says "
    "what it has taken in."
)


@part
def show(names: Sequence[str]) -> None:
    """The five reviews: their figures in these boroughs, London and England, and what else is known."""
    said = _said(tuple(names))
    st.header(reviews_text.HEADING, anchor=False)
    st.markdown(reviews_text.INTRODUCTION)
    plain_table.show(said.table, "reviews")
    remarks = "\n".join(f"- {text}" for text in said.remarks)
    below = (notes_sources.small(*said.marks), remarks, notes_sources.small(said.sources))
    st.markdown("\n\n".join(filter(None, below)))


class _Said(NamedTuple):
    """What is said of the reviews in some boroughs."""

    table: pd.DataFrame
    marks: list[str]
    remarks: list[str]
    sources: str


@once
def _said(names: tuple[str, ...]) -> _Said:
    london = figures.london()
    places = {london.borough_codes[name]: name for name in names}
    known = _known(tuple(places))
    sources = reviews_text.sources(known, list(places), london.catalogue)
    return _Said(
        reviews_text.table(known, places, london.catalogue),
        reviews_text.explained(known, places),
        reviews_text.remarks(known, london.catalogue),
        citations.by_licence(sources, figures.embedded()),
    )


@once
def _known(places: tuple[str, ...]) -> list[Known]:
    return known_of_reviews(figures.london(), places)


def show_what_there_is(view: View, picture: IndicatorView) -> None:
    """Of a figure that no borough has: the values that there are, what is said of it, how to load more."""
    notes_sources.show_wholes(known_wholes(picture))
    for text in beside(view):
        st.markdown(text)


def known_wholes(picture: IndicatorView) -> list[wholes.Whole]:
    """London and England, where they have a value."""
    table = picture.place_table
    known = set(table.loc[table["value"].notna(), "area_name"])
    return [whole for whole in picture.wholes if whole.name in known]


def beside(view: View) -> list[str]:
    """What is said beside the value of a figure that no borough has, a sentence or two each."""
    london = figures.london()
    of_it = [each for each in _known(()) if each.indicator.indicator_id == view.indicator]
    facts = london.facts[london.facts["indicator_id"] == view.indicator].to_dict("records")
    elsewhere = _periods_with_boroughs(view)
    return [
        *(f"{fact['said_by']} says: {fact['fact']}." for fact in facts),
        *([f"There are figures by borough for {grammar.join_all(elsewhere)}."] if elsewhere else []),
        *([] if all(each.is_loaded for each in of_it) else [reviews_text.WHOEVER_RUNS_IT]),
    ]


def _periods_with_boroughs(view: View) -> list[str]:
    """Other periods of the figure in which a borough has one, the newest first, in words."""
    london = figures.london()
    table = london.figures_of(view.indicator)
    having = set(table.loc[(table["area_type"] == "borough") & table["value"].notna(), "period"])
    indicator = london.catalogue.indicators[view.indicator]
    return [
        dates.say_period(period, indicator) for period in london.periods[view.indicator] if period in having
    ]
