"""How fast one visitor may have pages, so that nobody who presses without pause takes them from others."""

import time
from collections import deque

import streamlit as st

from pages.components.state import keys

# runs of a visitor's pages within a minute, four a second; each one beyond that waits for so many seconds
MOST, WAIT = 240, 0.5
HURRIED = (
    f"This page was asked for more than {MOST} times within a minute. So that others do not wait, each "
    "change now takes half a second longer. A minute without one, and it is as fast as before."
)


def keep() -> bool:
    """Hold this run up if its visitor asks for too many; whether it was.

    What is asked for meanwhile is not queued: Streamlit ends this run then, and makes the last one alone.
    """
    begun: deque[float] = st.session_state.setdefault(keys.RUNS, deque(maxlen=MOST))
    is_hurried = len(begun) == MOST and time.monotonic() - begun[0] < 60
    if is_hurried:
        time.sleep(WAIT)
    begun.append(time.monotonic())
    return is_hurried
