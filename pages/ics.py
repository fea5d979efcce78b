"""My ICS: one footprint on one page, with every indicator for its boroughs."""

import streamlit as st

from pages.components import (
    figures,
    footprint_pieces,
    footprint_said,
    footprint_view,
    making,
    reviews_view,
    routing,
    session,
    take_away,
)

routing.require_app()
view = session.current_view()
london = figures.london()

if view.scope is None:
    st.title("My ICS", anchor=False)
    st.markdown("Choose an integrated care system (ICS) to see all its figures on one page.")
    footprint_view.offer_choice(london.ics_names[view.vintage])
else:
    name = london.ics_names[view.vintage][view.scope]
    st.title(name, anchor=False)
    st.markdown(f":small[{footprint_pieces.subtitle(view)}]")
    making.offer_of("ics", view)
    said = footprint_said.said(view)
    footprint_view.show_standing(said, view)
    footprint_view.show_beside(said, view)
    footprint_view.show_own_lottery(said, view)
    footprint_view.show_table(said, view)
    reviews_view.show(list(figures.footprint(view)[0].boroughs["area_name"]))
    take_away.tables(view, footprint_pieces.ALL_FIGURES)
