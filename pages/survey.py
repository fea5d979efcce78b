"""Survey 2022: what the report prints of the survey of London's local authorities."""

import streamlit as st

from pages.components import published_view, routing

routing.require_app()

st.title("The survey of 2022", anchor=False)
st.markdown(published_view.BASE)
published_view.show_interfaces()
published_view.show_hallmarks()
published_view.show_challenges()
published_view.offer()
st.markdown(f":small[{published_view.SOURCE}]")
