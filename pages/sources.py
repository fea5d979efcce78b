"""Data and sources: whose figures these are, how fresh and how sound, and what each indicator means."""

from itertools import groupby

import streamlit as st

from geo.tables.offered import offered, only_for
from pages.components.charts import plain_table
from pages.components.data import figures
from pages.components.frame import navigation
from pages.components.notes import sources as notes_sources
from pages.components.sources import changes, refreshing, sections
from pages.components.state import session

navigation.require_app()
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
    sections.show_sources(told=refreshing.told())
with indicators:
    for domain, listed in groupby(offered(figures.london()), key=lambda indicator: indicator.domain):
        st.header(domain, anchor=False)
        for indicator in listed:
            only = only_for(figures.london(), indicator.indicator_id)
            label = f"{indicator.label} ({only})" if only else indicator.label
            with st.expander(label, expanded=indicator.indicator_id == view.indicator):
                notes_sources.show_definition(
                    indicator,
                    figures.sources_behind(indicator),
                    figures.london().periods[indicator.indicator_id],
                )
with covered:
    sections.show_coverage()
with checked:
    sections.show_checks()
with changed:
    changes.show_changes()
with files:
    st.markdown("One row for each area, indicator and period, with its status, source and licence.")
    sections.offer_everything()
    sections.show_addresses(view)
    plain_table.show(sections.dictionary(figures.library().entries), "dictionary")
