"""My ICS: where it stands, where it is behind and by how much, which of its boroughs, who is next door."""

import streamlit as st

from pages.components.data import figures
from pages.components.exhibits import take_away
from pages.components.frame import navigation
from pages.components.ics import by_borough, exhibits, findings, sections, standing
from pages.components.map import exhibits as map_exhibits
from pages.components.notes import reviews, sources as notes_sources
from pages.components.packs import buttons as packs_buttons
from pages.components.state import keys, session

navigation.require_app()
view = session.current_view()
london = figures.london()

if view.scope is None:
    st.title("My ICS", anchor=False)
    st.markdown("Choose an integrated care system (ICS) to see all its figures on one page.")
    sections.offer_choice(london.ics_names[view.vintage])
    sections.show_systems(view)
else:
    name = figures.name_of_ics(view)
    picture = figures.picture(view)
    with st.container(gap="xxsmall", key=keys.OPENING):
        st.title(name, anchor=False)
        st.markdown(f":small[{exhibits.subtitle(view)}]")
        if picture.has_boroughs:
            st.header(picture.headline, anchor=False)
        st.markdown(f":small[{exhibits.of_figure(view)}]")
    map_column, standing_column = st.columns([5, 4], gap="medium")
    if picture.has_boroughs:
        with map_column:
            map_exhibits.show_map(view)
    with standing_column:
        st.subheader("Where do we stand?", anchor=False)
        standing.show(view)
    with st.container():
        notes_sources.show_remarks(picture)
    packs_buttons.offer_of("ics", view)
    sections.offer_comparison()
    said = findings.said(view)
    st.header("Where are we behind or ahead, and by how many?", anchor=False)
    said_column, systems_column = st.columns([5, 4], gap="medium")
    with said_column:
        sections.show_beside_london(said)
    if picture.has_boroughs:
        with systems_column:
            sections.show_systems(view)
            if not sections.has_systems(view):
                map_exhibits.show_ranking(view)
    st.header("Which of our boroughs?", anchor=False)
    by_borough.show(view)
    sections.show_changes(said, view)
    if picture.has_boroughs:
        sections.show_next_door(view)
    reviews.show(list(figures.footprint(view)[0].boroughs["area_name"]))
    with st.expander("Firsts and lasts"):
        sections.show_standing(said)
    with st.expander("All figures in tables"):
        sections.show_beside(said)
        sections.show_own_lottery(said)
        sections.show_table(said)
    sections.show_sources(view)
    take_away.tables(view, exhibits.ALL_FIGURES)
