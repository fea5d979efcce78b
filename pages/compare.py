"""Compare boroughs: up to thirteen of them side by side, over all figures and over time."""

import streamlit as st

from pages.components.compare import sections
from pages.components.data import figures
from pages.components.exhibits import take_away
from pages.components.frame import navigation
from pages.components.notes import reviews, sources as notes_sources
from pages.components.state import session

navigation.require_app()
view = session.current_view()

st.title("Compare boroughs", anchor=False)
sections.choose(view)
boroughs = sections.compared(view)
if len(boroughs) < 2:
    st.markdown("Choose two to thirteen boroughs, or all of an ICS, to see them side by side.")
    sections.offer_systems(view)
    sections.offer_neighbours(view)
else:
    lines = figures.latest(view)
    sections.show_course(view)
    sections.show_table(lines, view)
    reviews.show(boroughs)
    take_away.tables(view, sections.ALL_FIGURES)
    notes_sources.show_sources(sections.page_sources(view), figures.embedded())
