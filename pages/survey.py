"""Survey 2022: what the report prints of the survey of London's local authorities."""

import streamlit as st

from pages.components import published_view, routing, sidebar, take_away

routing.require_app()
view = sidebar.current_view()

st.title("The survey of 2022", anchor=False)
st.markdown(published_view.BASE)
published_view.show_interfaces(view)
published_view.show_hallmarks(view)
published_view.show_challenges()
take_away.tables(view, published_view.RESULTS)
st.markdown(f":small[{published_view.SOURCE}]")
