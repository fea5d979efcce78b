"""Sources and definitions: whose figures these are, and what each indicator means."""

import streamlit as st

from pages.components import figures, notes, routing, sidebar

routing.require_app()
view = sidebar.current_view()
catalogue = figures.london().catalogue

st.title("Sources and definitions", anchor=False)
st.markdown(
    "Every figure in this app comes from one of these publications. The tables are part of the app and are "
    "checked against their checksums each time it starts: nothing is fetched while you look at a page."
)
st.table(notes.source_table(figures.manifest(), catalogue), hide_index=True, border="horizontal")

st.header("Indicators", anchor=False)
for domain in dict.fromkeys(i.domain for i in catalogue.indicators.values() if i.shown):
    st.subheader(domain, anchor=False)
    for indicator in catalogue.indicators.values():
        if indicator.domain == domain and indicator.shown:
            with st.expander(indicator.label, expanded=indicator.indicator_id == view.indicator):
                notes.show_definition(
                    indicator, [catalogue.sources[source] for source in indicator.source_ids]
                )
