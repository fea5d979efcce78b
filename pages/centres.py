"""Centres over time: what the register of children's centres lists, and what came and went since 2016."""

import streamlit as st

from pages.components.centres import sections, text
from pages.components.data import centres
from pages.components.frame import navigation
from pages.components.state import session

navigation.require_app()
asked = session.current_view()

st.title("Centres over time", anchor=False)
st.markdown(text.INTRODUCTION)
sections.choose(asked)
# what is taken away has a link with the days that it shows, whatever register comes tomorrow
view = centres.settled(asked)
sections.show_map(view)
sections.show_changes(view)
sections.show_by_borough(view)
sections.show_sources(view)
