"""Survey 2022: what the report prints of the survey of London's local authorities."""

import streamlit as st

from pages.components.exhibits import take_away
from pages.components.frame import navigation
from pages.components.state import session
from pages.components.survey import sections

navigation.require_app()
view = sections.in_its_own_time(session.current_view())

st.title("The survey of 2022", anchor=False)
sections.show_base(view)
sections.show_interfaces(view)
sections.show_hallmarks(view)
sections.show_challenges(view)
take_away.tables(view, sections.RESULTS)
sections.show_source()
