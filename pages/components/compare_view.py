"""The parts of the page that sets boroughs side by side."""

from functools import partial

import pandas as pd
import streamlit as st

from geo.latest import Latest
from pages.components import cells, downloads, drawing, figures, profile_view, sidebar, words
from pages.components.view import MOST_COMPARED, View

_KEY = "control_compare"


def choose(view: View) -> None:
    """The choice of boroughs, in step with the link."""
    sidebar.keep(_KEY, view.compared)
    st.multiselect(
        "Boroughs",
        list(figures.london().borough_codes),
        key=_KEY,
        max_selections=MOST_COMPARED,
        placeholder=f"Choose two to {words.say_number(MOST_COMPARED)} boroughs",
        on_change=_chosen,
    )


def offer_neighbours(view: View) -> None:
    """The chosen borough with its neighbours, by a button."""
    if not view.borough:
        return
    pairs = figures.neighbours_of(view.borough, view)
    others = pairs["lower"].where(pairs["higher"] == view.borough, pairs["higher"])
    names = [view.borough, *others][:MOST_COMPARED]
    if len(names) > 1:
        st.button(
            f"{view.borough} and its neighbours",
            help="Up to six: those with the largest difference in the figure on the left.",
            on_click=sidebar.ask,
            kwargs={"compare": ",".join(names)},
        )


def show_course(view: View) -> None:
    """The figure that is looked at over time, as a picture and as a table."""
    picture = figures.picture(view)
    indicator = picture.indicator
    st.header(f"{indicator.short_label} over time", anchor=False)
    chart = profile_view.course_chart(view.compared, view, drawing.theme())
    if chart is None:
        st.markdown("There is only one period of this figure, or none for these boroughs.")
        return
    if indicator.comparable_over_time != "yes":
        st.markdown(f"Note: {indicator.comparable_over_time}.")
    spec, data = chart
    st.vega_lite_chart(
        spec=spec | {"datasets": data},
        theme=None,
        key="courses",
        alt=f"{indicator.label} over time, a line for each borough. The table below has every value.",
    )
    with st.expander("Every value"):
        st.table(profile_view.course_table(view.compared, view), border="horizontal")


def show_table(lines: tuple[Latest, ...], view: View) -> None:
    """All figures of these boroughs and of London, one row an indicator."""
    st.header("All figures", anchor=False)
    st.markdown(cells.LEGEND)
    catalogue = figures.london().catalogue
    rows = [
        {
            "Figure": cells.heading(line),
            **{name: cells.said(line.rows[name], line, catalogue) for name in view.compared},
            "London": cells.whole(line.london, line, catalogue),
        }
        for line in lines
    ]
    st.table(pd.DataFrame(rows), hide_index=True, border="horizontal")


def offer(lines: tuple[Latest, ...], view: View) -> None:
    """The picture over time, and all figures as a table."""
    files = []
    if profile_view.course_chart(view.compared, view, "light"):
        framed = partial(profile_view.framed_course, view.compared, view)
        files = downloads.as_pictures("Over time", f"{view.indicator}_compared_over_time", framed)
    rows = partial(cells.as_rows, lines, view.compared, figures.london().catalogue)
    downloads.buttons([*files, downloads.as_table("All figures", "boroughs_compared", rows)])


def _chosen() -> None:
    sidebar.ask(compare=",".join(st.session_state[_KEY]))
