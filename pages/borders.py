"""Across the border: what changes where one borough ends and its neighbour begins."""

import streamlit as st

from pages.components import (
    borders_view,
    citations,
    controls,
    figures,
    notes,
    routing,
    session,
    take_away,
    totals_view,
    words,
)

routing.require_app()
view = session.current_view()
picture = figures.picture(view)

st.title("Across the border", anchor=False)
st.markdown(f":small[{picture.indicator.label} · {picture.subtitle}]")
controls.switch(
    "crossings",
    "Also across the Thames, where there is a bridge or tunnel",
    view,
    help="One crossing for each pair of boroughs on the two banks that have no border on land.",
)
pairs = figures.border_pairs(view)
if pairs.empty:
    st.info(words.why_nothing_to_compare(picture.indicator))
    totals_view.show_offer(view)
else:
    borders_view.show_findings(pairs, view, picture)
    notes.show_beside(borders_view.beside(pairs, view))
    borders_view.show_map(view)
    borders_view.show_list(pairs, picture)
    take_away.tables(view, borders_view.LIST)
st.header("What this figure is", anchor=False)
shown = [borders_view.rows(pairs, picture.place_table), picture.gaps]
sources = figures.sources(*shown) or figures.sources_behind(picture.indicator)
notes.show_definition(picture.indicator, sources, [view.period])
st.markdown(f":small[{citations.boundary_line(figures.boundary_source())}]")
