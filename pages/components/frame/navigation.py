"""The pages of the app, as a table, and the guard that each of them begins with.

To add a page: write its script in `pages/`, a room of its own in `pages/components/`, and a line here. The
menu, the controls beside it, and the tests of all pages read this table.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pages.components.frame.serving import EXHIBIT

ICON = Path(__file__).parent / "icon.svg"
_STARTED = "app_started"


@dataclass(frozen=True)
class Page:
    """A page: its script, which is also its address, what the menu calls it, and what it shows.

    `shows` is an indicator, a survey, or a pack, whose link is not a view. With `draws_map` there are
    controls of the map; with `may_be_made_up` there is a banner while made-up answers are shown.
    """

    script: str
    title: str
    icon: str
    shows: Literal["indicator", "survey", "pack"] = "indicator"
    draws_map: bool = False
    may_be_made_up: bool = False

    @property
    def address(self) -> str:
        """What follows the app's own address; nothing for the first page."""
        return "" if self is PAGES[0] else self.script


PAGES = (
    Page("map", "Map", "map", draws_map=True),
    Page("ics", "My ICS", "groups"),
    Page("borough", "My borough", "location_city"),
    Page("compare", "Compare boroughs", "compare_arrows"),
    Page("lottery", "How big is the lottery?", "casino"),
    Page("borders", "Across the border", "timeline"),
    Page("survey", "Survey 2022", "ballot", shows="survey"),
    Page("maturity", "Maturity", "stairs", shows="survey", draws_map=True, may_be_made_up=True),
    Page("self_evaluation", "Self-evaluation", "checklist", shows="survey"),
    Page("pack", "My pack", "playlist_add_check", shows="pack"),
    Page("sources", "Data and sources", "menu_book"),
)


def navigation() -> tuple[Page, StreamlitPage]:
    """The page that the address asks for, and how Streamlit runs it, with the menu drawn.

    The icon comes first: else the browser would fetch the page's own from a server on the internet.
    """
    st.session_state[_STARTED] = True
    # the chart page, for frames on other people's pages, has no menu
    position: Literal["sidebar", "hidden"] = "hidden" if EXHIBIT in st.query_params else "sidebar"
    st.set_page_config("Beyond Boundaries London", page_icon=ICON, layout="wide", initial_sidebar_state=340)
    scripts = [
        st.Page(
            f"pages/{page.script}.py",
            title=page.title,
            icon=f":material/{page.icon}:",
            default=page is PAGES[0],
        )
        for page in PAGES
    ]
    asked = st.navigation(scripts, position=position)
    return next(page for page in PAGES if page.address == asked.url_path), asked


def require_app() -> None:
    """Run the frame first.

    Until some session of the server has called st.navigation, Streamlit takes the files in `pages/` for pages
    of their own and runs the one that a link asks for without app.py.
    """
    if _STARTED not in st.session_state:
        navigation()
        st.rerun()
