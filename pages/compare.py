"""Compare boroughs: two to six of them side by side, over all figures and over time."""

import streamlit as st

from pages.components.borough import sections as borough_sections
from pages.components.compare import sections
from pages.components.data import figures
from pages.components.exhibits import take_away
from pages.components.frame import navigation
from pages.components.notes import reviews
from pages.components.notes import sources as notes_sources
from pages.components.state import session
from pages.components.text import cells

navigation.require_app()
view = session.current_view()

st.title("Compare boroughs", anchor=False)
sections.choose(view)
if len(view.compared) < 2:
    st.markdown("Choose two to six boroughs to see them side by side.")
    sections.offer_neighbours(view)
else:
    lines = figures.latest(view)
    sections.show_course(view)
    sections.show_table(lines, view)
    reviews.show(view.compared)
    take_away.tables(view, sections.ALL_FIGURES)
    shown = [*cells.rows(lines, view.compared), borough_sections.course_rows(view.compared, view)]
    notes_sources.show_sources(figures.sources(*shown), figures.embedded())
