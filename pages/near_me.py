"""Near me: what lies around a postcode, on which side of which border."""

import streamlit as st

from pages.components.data import access, figures
from pages.components.frame import navigation
from pages.components.near_me import sections
from pages.components.notes import sources as notes_sources
from pages.components.state import session
from pages.components.text import citations

navigation.require_app()
view = session.current_view()

st.title("Near me", anchor=False)
st.markdown(
    "Families live near borders, and the nearest centre may be on the other side. Type a postcode of London, "
    "or of the 5 km around it, to see what is near and whose it is."
)
asked, walked = st.columns(2, gap="medium")
with asked:
    place = sections.ask()
with walked:
    reach = sections.ask_reach()
if place:
    border = access.border_of(place)
    sections.show_where(place, border)
    sections.show_near(place, reach, view)
    sections.show_differences(place, border, view)
sections.show_reach(place, reach, view)
st.header("Where this comes from", anchor=False)
boundaries = citations.boundary_line(figures.boundary_source())
notes_sources.show_lines(access.sources(access.with_hubs(access.SHOWN_NEAR)), boundaries)
