"""My ICS: one footprint on one page, with every indicator for its boroughs."""

import streamlit as st

from pages.components.data import figures
from pages.components.exhibits import take_away
from pages.components.frame import navigation
from pages.components.ics import exhibits, findings, sections
from pages.components.map import exhibits as map_exhibits
from pages.components.notes import reviews
from pages.components.packs import buttons as packs_buttons
from pages.components.state import session

navigation.require_app()
view = session.current_view()
london = figures.london()

if view.scope is None:
    st.title("My ICS", anchor=False)
    st.markdown("Choose an integrated care system (ICS) to see all its figures on one page.")
    sections.offer_choice(london.ics_names[view.vintage])
else:
    name = london.ics_names[view.vintage][view.scope]
    st.title(name, anchor=False)
    st.markdown(f":small[{exhibits.subtitle(view)}]")
    picture = figures.picture(view)
    if picture.has_boroughs:
        st.header(picture.headline, anchor=False)
    st.markdown(f":small[{picture.indicator.label} · {exhibits.period(view)}]")
    if picture.has_boroughs:
        map_column, systems_column = st.columns([5, 3], gap="medium")
        with map_column:
            map_exhibits.show_map(view)
        with systems_column:
            sections.show_systems(view)
            if not sections.has_systems(view):
                map_exhibits.show_ranking(view)
    for remark in picture.remarks:
        st.markdown(remark)
    packs_buttons.offer_of("ics", view)
    said = findings.said(view)
    sections.show_standing(said, view)
    sections.show_beside(said, view)
    sections.show_own_lottery(said, view)
    sections.show_table(said, view)
    reviews.show(list(figures.footprint(view)[0].boroughs["area_name"]))
    take_away.tables(view, exhibits.ALL_FIGURES)
