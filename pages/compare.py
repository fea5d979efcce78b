"""Compare boroughs: two to six of them side by side, over all figures and over time."""

import streamlit as st

from pages.components import (
    cells,
    compare_view,
    figures,
    notes,
    profile_view,
    reviews_view,
    routing,
    session,
    take_away,
)

routing.require_app()
view = session.current_view()

st.title("Compare boroughs", anchor=False)
compare_view.choose(view)
if len(view.compared) < 2:
    st.markdown("Choose two to six boroughs to see them side by side.")
    compare_view.offer_neighbours(view)
else:
    lines = figures.latest(view)
    compare_view.show_course(view)
    compare_view.show_table(lines, view)
    reviews_view.show(view.compared)
    take_away.tables(view, compare_view.ALL_FIGURES)
    shown = [*cells.rows(lines, view.compared), profile_view.course_rows(view.compared, view)]
    notes.show_sources(figures.sources(*shown), figures.embedded())
