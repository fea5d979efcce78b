"""What if: scenarios in which centres close or open, and for how many children it would matter."""

import streamlit as st

from pages.components.frame import navigation
from pages.components.state import session
from pages.components.what_if import choices, sections

navigation.require_app()
view = session.current_view()

st.title("What if a centre closed, or one opened?", anchor=False)
st.markdown(
    "Choose centres to close or move, or postcodes to open one at, and see how many young children would "
    "lose or gain a centre within walking distance, and in which boroughs they live. Choose whose centres "
    "count, and see how many would gain if borders were no barrier."
)
choices.choose(view)
sections.show_change(view)
sections.show_open_borders(view)
sections.show_suggestions(view)
sections.show_sources()
