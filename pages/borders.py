"""Across the border: what changes where one borough ends and its neighbour begins."""

import streamlit as st

from pages.components.borders import children, sections
from pages.components.data import figures
from pages.components.exhibits import take_away
from pages.components.frame import navigation
from pages.components.notes import sources as notes_sources, totals
from pages.components.state import controls, keys, session
from pages.components.text import citations, headlines

navigation.require_app()
view = session.current_view()
picture = figures.picture(view)

pairs = figures.border_pairs(view)
with st.container(gap="xxsmall", key=keys.OPENING):
    st.title("Across the border", anchor=False)
    st.markdown(f":small[{picture.indicator.label} · {picture.subtitle}]")
    if len(pairs):
        sections.show_findings(pairs, view, picture)
with st.container():
    if pairs.empty:
        st.info(headlines.why_nothing_to_compare(picture.indicator))
        totals.show_offer(view)
    else:
        sections.show_map(view)
        notes_sources.show_beside(sections.beside(view))
        controls.switch(
            "crossings",
            "Also across the Thames, where there is a bridge or tunnel",
            view,
            help="One crossing for each pair of boroughs on the two banks that have no border on land.",
        )
        sections.show_list(pairs, view)
        take_away.tables(view, sections.LIST)
st.header("What this figure is", anchor=False)
sources = sections.page_sources(view) or figures.sources_behind(picture.indicator)
notes_sources.show_definition(picture.indicator, sources, [view.period])
st.markdown(f":small[{citations.boundary_line(figures.boundary_source())}]")
children.show(view)
