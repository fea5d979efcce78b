"""My borough: every figure of one borough beside London, its ICS and its neighbours."""

import streamlit as st

from pages.components import (
    figures,
    making,
    notes,
    profile_view,
    reviews_view,
    routing,
    session,
    take_away,
)

routing.require_app()
view = session.current_view()

if not view.borough:
    st.title("My borough", anchor=False)
    st.markdown("Choose a borough to see all its figures on one page.")
    profile_view.offer_choice(view)
else:
    lines = figures.latest(view)
    st.title(view.borough, anchor=False)
    st.markdown(f":small[{figures.place_of(view)}]")
    making.offer_of("borough", view)
    profile_view.show_standing(lines, view.borough)
    profile_view.show_spine(view)
    course, neighbours = st.columns(2, gap="medium")
    with course:
        profile_view.show_course(profile_view.COURSE, [view.borough], view)
    with neighbours:
        profile_view.show_neighbours(view.borough, view)
    profile_view.show_table(lines, view.borough, view)
    reviews_view.show([view.borough])
    profile_view.show_cases(lines, view.borough)
    take_away.tables(view, profile_view.ALL_FIGURES)
    notes.show_sources(figures.sources(*profile_view.page_rows(lines, view)), figures.embedded())
