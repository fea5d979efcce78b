"""Buttons, keys and gestures of the map of a place, of which deck.gl has but some, and no name for any."""

import streamlit as st

from pages.components.state import browser, heard, keys

_TOOLS = browser.component(__file__, "near_me_tools", "tools", style=browser.TOOLS)
LABEL = (
    "Map around the place. Arrow keys move it, plus and minus zoom, 0 shows the circle. The list of the "
    "nearest has what it shows."
)
HOW = (
    "Two fingers, or the wheel with Ctrl, zoom. With the keyboard: arrow keys move the map, + and − zoom, 0 "
    "shows the circle."
)


def show() -> None:
    """The buttons, below the map."""
    _TOOLS(
        key=keys.NEAR_ME_TOOLS,
        data={"label": LABEL},
        on_whole_change=heard.part(keys.NEAR_ME_TOOLS, "whole", _show_the_circle),
    )


def turns() -> int:
    """How often somebody has asked to see the circle again."""
    found: int = st.session_state.get(keys.NEAR_ME_TURNS, 0)
    return found


def _show_the_circle(_: object) -> None:
    st.session_state[keys.NEAR_ME_TURNS] = turns() + 1
