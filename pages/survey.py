"""Survey 2022: what the report prints of the survey of London's local authorities."""

import streamlit as st

from pages.components import published_view, routing, session, take_away

routing.require_app()
view = published_view.in_its_own_time(session.current_view())

st.title("The survey of 2022", anchor=False)
published_view.show_base(view)
published_view.show_interfaces(view)
published_view.show_hallmarks(view)
published_view.show_challenges(view)
take_away.tables(view, published_view.RESULTS)
published_view.show_source()
