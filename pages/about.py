"""About the app: what it is, what its words mean, how it works, who can use it, and where to write to."""

import streamlit as st

from pages.components.about import sections
from pages.components.frame import navigation
from pages.components.state import keys

navigation.require_app()

st.title("About", anchor=False)
sections.show_word(st.session_state.get(keys.SEARCH_WORD, ""))
sections.show_purpose()
st.header("What the words mean", anchor=False)
sections.show_words()
st.header("How figures are worked out", anchor=False)
sections.show_methods()
st.header("Who can use it", anchor=False)
sections.show_accessibility()
st.header("Where to write to", anchor=False)
sections.show_contact()
