"""The parts of the page that sets boroughs side by side."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from geo.places.latest import Latest
from pages.components.borough import sections as borough_sections
from pages.components.data import figures
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.notes import sources as notes_sources
from pages.components.state import controls, session
from pages.components.state.view import MOST_COMPARED, View
from pages.components.text import cells, words
from pages.exports.exhibit import Exhibit

_KEY = "control_compare"


def choose(view: View) -> None:
    """The choice of boroughs, in step with the link."""
    controls.keep(_KEY, view.compared)
    st.multiselect(
        "Boroughs",
        list(figures.london().borough_codes),
        key=_KEY,
        max_selections=MOST_COMPARED,
        placeholder=f"Choose two to {words.say_number(MOST_COMPARED)} boroughs",
        on_change=_chosen,
        # typed by a short form such as RBKC, which the view understands
        accept_new_options=True,
    )


def offer_neighbours(view: View) -> None:
    """The chosen borough with its neighbours, by a button."""
    if not view.borough:
        return
    pairs = figures.neighbours_of(view.borough, view)
    help = "Up to six: those with the largest difference in the figure on the left."
    others = list(pairs["lower"].where(pairs["higher"] == view.borough, pairs["higher"]))
    if not others and not figures.picture(view).indicator.can_be_compared:
        others, help = figures.names_of_neighbours(view.borough, view), "Up to six."
    names = [view.borough, *others][:MOST_COMPARED]
    if len(names) > 1:
        st.button(
            f"{view.borough} and its neighbours",
            help=help,
            on_click=session.ask,
            kwargs={"compare": ",".join(names)},
        )


def show_course(view: View) -> None:
    """The figure that is looked at over time, as a picture and as a table."""
    if borough_sections.show_course(COURSES, view.compared, view):
        with st.expander("Every value"):
            st.table(borough_sections.course_table(view.compared, view, thinned=True), border="horizontal")


def show_table(lines: tuple[Latest, ...], view: View) -> None:
    """All figures of these boroughs and of London."""
    st.header("All figures", anchor=False)
    st.markdown(cells.LEGEND)
    st.table(table(lines, view), hide_index=True, border="horizontal")
    notes_sources.show_marks(cells.explained(lines, view.compared))


def table(lines: Sequence[Latest], view: View) -> pd.DataFrame:
    """All figures of these boroughs and of London, one row an indicator, as a table for the page."""
    catalogue = figures.london().catalogue
    return pd.DataFrame(
        {
            "Figure": cells.heading(line),
            **{name: cells.said(line.rows[name], line, catalogue) for name in view.compared},
            "London": cells.bold(cells.of_london(line, catalogue)),
        }
        for line in lines
    )


def _chosen() -> None:
    session.ask(compare=",".join(st.session_state[_KEY]))


def _courses(view: View, theme: str) -> Exhibit | None:
    return borough_sections.course_exhibit(COURSES, view.compared, view, theme)


def _all_figures(view: View, theme: str) -> Exhibit | None:
    if not view.compared:
        return None
    lines, catalogue = figures.latest(view), figures.london().catalogue
    since = figures.london().vintages[view.vintage].since
    return ALL_FIGURES.exhibit(
        view,
        title=f"All figures of {words.list_names(view.compared)}",
        subtitle=f"Each at its latest period · ICS boundaries as of {since}",
        remarks=cells.explained(lines, view.compared),
        sources=figures.sources(*cells.rows(lines, view.compared)),
        stem="boroughs_compared",
        numbers=lambda: cells.as_rows(lines, view.compared, catalogue),
    )


COURSES = ExhibitKind(
    "courses",
    "compare",
    "Over time",
    _courses,
    "There is only one period of this figure, or none for these boroughs.",
    "The figure over time, a line for each borough.",
    "The table below has every value.",
)
ALL_FIGURES = ExhibitKind(
    "compared_figures", "compare", "All figures", _all_figures, "No boroughs are chosen to compare."
)
KINDS = (COURSES, ALL_FIGURES)
