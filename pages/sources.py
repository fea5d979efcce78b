"""Data and sources: whose figures these are, how fresh and how sound, and what each indicator means."""

from itertools import groupby

import streamlit as st

from geo.tables.offered import offered, only_for
from pages.components import change_reports, data_state, figures, notes, refreshing, routing, session

routing.require_app()
view = session.current_view()

st.title("Data and sources", anchor=False)
st.markdown(
    "Every figure comes from one of these publications. The app has figures embedded, and shows newer ones "
    "in their place once they are downloaded and checked. Nothing is fetched while you look at a page."
)
refreshing.show_refresh()

sources, indicators, covered, checked, changed, files = st.tabs(
    ["Sources", "Indicators", "Coverage", "Checks", "What changed", "All figures"]
)
with sources:
    data_state.show_sources(told=refreshing.told())
with indicators:
    for domain, listed in groupby(offered(figures.london()), key=lambda indicator: indicator.domain):
        st.subheader(domain, anchor=False)
        for indicator in listed:
            only = only_for(figures.london(), indicator.indicator_id)
            label = f"{indicator.label} ({only})" if only else indicator.label
            with st.expander(label, expanded=indicator.indicator_id == view.indicator):
                notes.show_definition(
                    indicator,
                    figures.sources_behind(indicator),
                    figures.london().periods[indicator.indicator_id],
                )
with covered:
    data_state.show_coverage()
with checked:
    data_state.show_checks()
with changed:
    change_reports.show_changes()
with files:
    st.markdown("One row for each area, indicator and period, with its status, source and licence.")
    data_state.offer_everything()
    st.table(data_state.dictionary(figures.library().entries), hide_index=True, border="horizontal")
