"""The pages of the app, and the guard that each of them begins with."""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

_STARTED = "app_started"


def navigation() -> StreamlitPage:
    """The page that the address asks for, with the menu drawn."""
    st.session_state[_STARTED] = True
    return st.navigation(
        {
            "Beyond Boundaries London": [
                st.Page("pages/map.py", title="Map", icon=":material/map:", default=True),
                st.Page("pages/sources.py", title="Sources and definitions", icon=":material/menu_book:"),
            ]
        }
    )


def require_app() -> None:
    """Run the frame first.

    Until some session of the server has called st.navigation, Streamlit takes the files in `pages/` for pages
    of their own and runs the one that a link asks for without app.py.
    """
    if _STARTED not in st.session_state:
        navigation()
        st.rerun()
