"""The parts of the page that sets boroughs side by side."""

import pandas as pd
import streamlit as st

from data_loaders.catalogue import Source
from geo.places.latest import Latest
from pages.components.borough import over_time
from pages.components.charts import plain_table
from pages.components.data import figures
from pages.components.data.edition import once, once_for
from pages.components.exhibits.kinds import FIGURE, ExhibitKind
from pages.components.notes import sources as notes_sources
from pages.components.state import controls, heard, keys, session
from pages.components.state.part import part
from pages.components.state.reader import MOST_COMPARED
from pages.components.state.view import View
from pages.components.text import cells, grammar
from pages.exports.exhibit import Exhibit


def compared(view: View) -> tuple[str, ...]:
    """The boroughs side by side: those that the link names, or else all of the ICS that is looked at.

    Of the ICS the City of London comes last, as it does wherever it is not ranked.
    """
    if view.compared or not view.scope:
        return tuple(view.compared)
    return _boroughs_of(view.vintage, view.scope)


@once
def _boroughs_of(vintage: str, ics: str) -> tuple[str, ...]:
    london = figures.london()
    codes = london.members(vintage, ics)["area_code"]
    areas = london.areas[london.areas["area_code"].isin(codes)].sort_values(["small", "area_code"])
    return tuple(areas["area_name"])


@part
def choose(view: View) -> None:
    """The choice of boroughs, in step with the link."""
    controls.keep(keys.COMPARED, list(compared(view)))
    st.multiselect(
        "Boroughs",
        list(figures.london().borough_codes),
        key=keys.COMPARED,
        max_selections=MOST_COMPARED,
        placeholder=f"Choose two to {grammar.say_number(MOST_COMPARED)} boroughs",
        on_change=heard.control(keys.COMPARED, lambda names: session.ask(compare=",".join(names))),
        help="With none chosen, the boroughs of the chosen ICS are compared.",
        # typed by a short form such as RBKC, which the view understands
        accept_new_options=True,
        # the first that is offered is what Enter takes
        select_all=False,
    )


def offer_systems(view: View) -> None:
    """The boroughs of an ICS, by a button for each."""
    with st.container(horizontal=True):
        for code, name in figures.london().ics_names[view.vintage].items():
            st.button(name, on_click=session.ask, kwargs={"ics": code, "compare": ""})


def offer_neighbours(view: View) -> None:
    """The chosen borough with its neighbours, by a button."""
    if not view.borough:
        return
    pairs = figures.neighbours_of(view.borough, view)
    others = list(pairs["lower"].where(pairs["higher"] == view.borough, pairs["higher"]))
    if not others and not figures.picture(view).indicator.can_be_compared:
        others = figures.names_of_neighbours(view.borough, view)
    names = [view.borough, *others][:MOST_COMPARED]
    if len(names) > 1:
        st.button(
            f"{view.borough} and its neighbours", on_click=session.ask, kwargs={"compare": ",".join(names)}
        )


@part
def show_course(view: View) -> None:
    """The figure that is looked at over time, as a picture and as a table."""
    if over_time.show_course(COURSES, compared(view), view):
        with st.expander("Every value"):
            every = over_time.course_table(compared(view), view, thinned=True)
            plain_table.show(every, "every_value")


@part
def show_table(lines: tuple[Latest, ...], view: View) -> None:
    """All figures of these boroughs and of London."""
    st.header("All figures", anchor=False)
    st.markdown(cells.LEGEND)
    plain_table.show(table(lines, view), "all_figures")
    notes_sources.show_marks(cells.explained(lines, compared(view)))


@once_for("ics", "compare")
def table(lines: tuple[Latest, ...], view: View) -> pd.DataFrame:
    """All figures of these boroughs and of London, one row an indicator, as a table for the page."""
    catalogue = figures.london().catalogue
    return pd.DataFrame(
        {
            "Figure": cells.heading(line),
            **{name: cells.said(line.rows[name], line, catalogue) for name in compared(view)},
            "London": cells.bold(cells.of_london(line)),
        }
        for line in lines
    )


@once_for("indicator", "period", "ics", "compare")
def page_sources(view: View) -> list[Source]:
    """The sources of all values on the page."""
    rows = cells.rows(figures.latest(view), compared(view))
    return figures.sources(*rows, over_time.course_rows(compared(view), view))


def _courses(view: View, theme: str) -> Exhibit | None:
    return over_time.course_exhibit(COURSES, compared(view), view, theme)


def _all_figures(view: View, theme: str) -> Exhibit | None:
    names = compared(view)
    if not names:
        return None
    lines = figures.latest(view)
    since = figures.london().vintages[view.vintage].since
    return ALL_FIGURES.exhibit(
        view,
        title=f"All figures of {over_time.say_boroughs(names, view)}",
        subtitle=f"Each at its latest period · ICS boundaries as of {since}",
        remarks=cells.explained(lines, names),
        sources=figures.sources(*cells.rows(lines, names)),
        stem="boroughs_compared",
        numbers=lambda: cells.table(lines, names, figures.london(), view.vintage),
    )


COURSES = ExhibitKind(
    "courses",
    "compare",
    "Over time",
    _courses,
    "There are no two periods of this figure to compare.",
    "The figure over time, a line for each borough.",
    "The table below has every value.",
    parts=(*FIGURE, "ics", "borough", "compare"),
)
ALL_FIGURES = ExhibitKind(
    "compared_figures",
    "compare",
    "All figures",
    _all_figures,
    "No boroughs are chosen to compare.",
    parts=(*FIGURE, "ics", "compare"),
    told_apart_by=("vintage", "compare"),
)
KINDS = (COURSES, ALL_FIGURES)
