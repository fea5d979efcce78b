"""How big the postcode lottery is: how far apart boroughs are, since when, and what it goes with."""

import streamlit as st

from pages.components import (
    figures,
    lottery_pieces,
    lottery_view,
    needs_view,
    notes,
    report_view,
    routing,
    session,
    take_away,
    totals_view,
    words,
)

routing.require_app()
view = session.current_view()
picture = figures.picture(view)
found = figures.lottery(view)

st.title("How big is the lottery?", anchor=False)
st.markdown(f":small[{picture.indicator.label} · {picture.subtitle}]")
if found is None:
    st.info(words.why_nothing_to_compare(picture.indicator))
    totals_view.show_offer(view)
else:
    lottery_view.show_findings(found, view, picture)
    notes.show_beside(picture.beside)
    lottery_view.show_over_time(view)
    lottery_view.show_by_ics(view)
    lottery_view.show_against(view)
    lottery_view.show_funnel(view)
    needs_view.show_needs(view)
    take_away.tables(view, lottery_pieces.MEASURES, lottery_pieces.BY_PERIOD, lottery_pieces.NEEDED)
    lottery_view.show_methods(found, view)
report_view.show_beside_report(view)
st.header("What this figure is", anchor=False)
sources = figures.sources(*lottery_pieces.page_rows(view)) if found else picture.sources
notes.show_definition(picture.indicator, sources, lottery_view.periods_shown(view))
