"""My borough: every figure of one borough beside London, its ICS and its neighbours."""

import streamlit as st

from pages.components.borough import all_figures, over_time, sections, spine
from pages.components.data import figures
from pages.components.exhibits import take_away
from pages.components.frame import navigation
from pages.components.notes import reviews, sources as notes_sources
from pages.components.packs import buttons as packs_buttons
from pages.components.state import keys, session

navigation.require_app()
view = session.current_view()

if not view.borough:
    st.title("My borough", anchor=False)
    st.markdown("Choose a borough to see all its figures on one page.")
    sections.offer_choice(view.vintage)
else:
    lines = figures.latest(view)
    with st.container(gap="xxsmall", key=keys.OPENING):
        st.title(view.borough, anchor=False)
        st.markdown(f":small[{figures.place_of(view)}]")
    beside_all, standing = st.columns([5, 4], gap="medium")
    with beside_all:
        spine.show_spine(view)
    with standing:
        sections.show_standing(lines, view.borough)
    packs_buttons.offer_of("borough", view)
    course, neighbours = st.columns(2, gap="medium")
    with course:
        over_time.show_course(over_time.COURSE, (view.borough,), view)
    with neighbours:
        sections.show_neighbours(view.borough, view)
    all_figures.show_table(lines, view.borough)
    reviews.show([view.borough])
    sections.show_cases(lines, view.borough)
    take_away.tables(view, all_figures.ALL_FIGURES)
    notes_sources.show_sources(sections.page_sources(view), figures.embedded())
