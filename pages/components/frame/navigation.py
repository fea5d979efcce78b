"""The pages of the app, and the guard that each of them begins with."""

from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pages.components.frame.serving import EXHIBIT

ICON = Path(__file__).parent / "icon.svg"
# addresses of the pages that draw a map, which has controls of its own
MAPS = ("", "maturity")
# and of those that show answers to a survey instead of an indicator
SURVEYS = ("survey", "maturity", "self_evaluation")
# and of those whose answers may be made up
MADE_UP = ("maturity",)
# the page whose link is a pack instead of a view
PACK = "pack"
_STARTED = "app_started"


def navigation() -> StreamlitPage:
    """The page that the address asks for, with the menu drawn.

    The icon comes first: else the browser would fetch the page's own from a server on the internet.
    """
    st.session_state[_STARTED] = True
    # the chart page, for frames on other people's pages, has no menu
    position: Literal["sidebar", "hidden"] = "hidden" if EXHIBIT in st.query_params else "sidebar"
    st.set_page_config("Beyond Boundaries London", page_icon=ICON, layout="wide", initial_sidebar_state=340)
    return st.navigation(
        [
            st.Page("pages/map.py", title="Map", icon=":material/map:", default=True),
            st.Page("pages/ics.py", title="My ICS", icon=":material/groups:"),
            st.Page("pages/borough.py", title="My borough", icon=":material/location_city:"),
            st.Page("pages/compare.py", title="Compare boroughs", icon=":material/compare_arrows:"),
            st.Page("pages/lottery.py", title="How big is the lottery?", icon=":material/casino:"),
            st.Page("pages/borders.py", title="Across the border", icon=":material/timeline:"),
            st.Page("pages/survey.py", title="Survey 2022", icon=":material/ballot:"),
            st.Page("pages/maturity.py", title="Maturity", icon=":material/stairs:"),
            st.Page("pages/self_evaluation.py", title="Self-evaluation", icon=":material/checklist:"),
            st.Page("pages/pack.py", title="My pack", icon=":material/playlist_add_check:"),
            st.Page("pages/sources.py", title="Data and sources", icon=":material/menu_book:"),
        ],
        position=position,
    )


def require_app() -> None:
    """Run the frame first.

    Until some session of the server has called st.navigation, Streamlit takes the files in `pages/` for pages
    of their own and runs the one that a link asks for without app.py.
    """
    if _STARTED not in st.session_state:
        navigation()
        st.rerun()
