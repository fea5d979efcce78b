"""For somebody who comes to the first page: what this is, what it has found, and where to go on."""

from dataclasses import replace

import streamlit as st

from pages.components.data import figures
from pages.components.state import keys, session
from pages.components.state.view import ALL_LONDON, View
from pages.components.text import dates
from pages.exports.table import MARK

# one of each of the report's subjects that is known by borough
FINDINGS = ("centres_per_10k_0_4", "access_nearest_across_border", "gld_2022_on")
WAYS = {
    "I lead an ICS": "ics",
    "I lead a borough": "borough",
    "Where do families find a centre?": "near_me",
    "I write a paper": "pack",
}


def draw(view: View) -> None:
    """The panel behind *Start here*."""
    london = figures.london()
    with st.popover("Start here", icon=":material/explore:", key=keys.START):
        st.markdown(
            "What a young family is offered in London depends on where it lives. The app shows how far: for "
            "each borough and each NHS integrated care system (ICS), from official figures."
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "I am in a meeting",
                key=keys.START_MEETING,
                icon=":material/present_to_all:",
                on_click=session.ask,
                kwargs={"meeting": "1"},
            )
            for label, script in WAYS.items():
                st.page_link(f"pages/{script}.py", label=label, icon=":material/arrow_forward:")
        for number, indicator_id in enumerate(FINDINGS):
            indicator, newest = london.catalogue.indicators[indicator_id], london.periods[indicator_id][0]
            found = replace(view, indicator=indicator_id, period=newest, ics=ALL_LONDON)
            picture = figures.picture(found)
            of = dates.with_period(indicator.label, dates.say_period(newest, indicator), "{}, {}")
            said = [] if number else ["**Three findings**"]
            said.append(f"{picture.headline}  \n:small[{of}]")
            if MARK in picture.headline:
                said += [f":small[{explained}]" for explained in picture.marks]
            # one element, because a page costs by its elements
            st.markdown("\n\n".join(said))
            st.button(
                "Show it on the map",
                key=keys.finding(number),
                type="tertiary",
                icon=":material/map:",
                help=indicator.label,
                on_click=session.ask,
                kwargs={"indicator": found.indicator, "period": found.period, "ics": found.ics},
            )
