"""How big the postcode lottery is: how far apart boroughs are, since when, and what it goes with."""

import streamlit as st

from pages.components.data import figures
from pages.components.exhibits import take_away
from pages.components.frame import navigation
from pages.components.lottery import exhibits, gap_to_target, sections
from pages.components.notes import report, sources as notes_sources, totals
from pages.components.state import keys, session
from pages.components.state.view import View
from pages.components.text import headlines

navigation.require_app()
view = session.current_view()
picture = figures.picture(view)
found = figures.lottery(view)

with st.container(gap="xxsmall", key=keys.OPENING):
    st.title("How big is the lottery?", anchor=False)
    st.markdown(f":small[{picture.indicator.label} · {picture.subtitle}]")
    if found:
        sections.show_findings(found, view, picture)
with st.container():
    if found is None:
        st.info(headlines.why_nothing_to_compare(picture.indicator))
        totals.show_offer(view)
    else:
        sections.show_beside(view)
        since_when, where = st.columns(2, gap="medium")
        with where:
            sections.show_by_ics(found, view)
        with since_when:
            sections.show_over_time(view)
        gap_to_target.show_needs(view)
        take_away.tables(view, exhibits.MEASURES, exhibits.BY_PERIOD, exhibits.NEEDED)
        # who comes by a link that names another figure wants to see the two side by side
        with st.expander(sections.FOR_ANALYSTS, expanded=view.against != View.against, key=keys.ANALYSTS):
            sections.show_measures(found, view)
            sections.show_against(view)
            sections.show_funnel(view)
            sections.show_methods(found, view)
report.show_beside_report(view)
st.header("What this figure is", anchor=False)
sources = exhibits.page_sources(view) if found else picture.sources
notes_sources.show_definition(picture.indicator, sources, sections.periods_shown(view))
