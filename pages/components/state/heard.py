"""What a visitor's browser tells, handed on to what is to be done about it.

What is chosen or pressed while a page is being left reaches the server when the control is gone from it: the
session then has no value for it, or one that its list does not have any more. That is no choice of what is
shown now, and is not handed on.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st


def control(key: str, take: Callable[[Any], object], none_is_a_choice: bool = False) -> Callable[[], None]:
    """What hands on to `take` what the control under `key` stands at.

    None only where somebody can choose it: to choose nothing any more, or to take a file away.
    """

    def hand_on() -> None:
        if key in st.session_state:
            told = st.session_state[key]
            if told is not None or none_is_a_choice:
                take(told)

    return hand_on


def part(key: str, name: str, take: Callable[[Any], object]) -> Callable[[], None]:
    """What hands on to `take` what the part of a page under `key` (browser.component) told under `name`."""
    return control(key, lambda told: take(told[name]))
