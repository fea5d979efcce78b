"""A tour: views that are prepared before a meeting and shown there one after the other.

It lives in the session, in the link, which brings it back after a reload, and in a text file with one link on
each line. The server keeps nothing.
"""

import base64
import binascii
import zlib
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import parse_qsl

import streamlit as st

from geo.tables.london import London
from geo.tables.offered import listed_name
from pages.components.state import keys
from pages.components.state.view import View
from pages.components.text import words

LONGEST = 40
PARAMETER = "tour"
HEADING = "# A tour of Beyond Boundaries London: one link on each line. Lines that begin with # are notes."
_LARGEST = 50_000  # characters of a tour that is unpacked: more is no tour of LONGEST views
# lines that are looked at, and that are said to be left out: a note of its own above each link, and more
_MOST_LINES, _MOST_SAID = 3 * LONGEST, 8


def views() -> tuple[View, ...]:
    """The views of this session's tour."""
    return st.session_state.get(keys.TOUR, ())


def notes() -> list[str]:
    """What of the last tour that was opened could not be followed."""
    return st.session_state.get(keys.TOUR_NOTES, [])


def change(tour: tuple[View, ...], said: list[str] | None = None) -> None:
    """Make this the tour, with what there is to say about it."""
    st.session_state[keys.TOUR], st.session_state[keys.TOUR_NOTES] = tour[:LONGEST], said or []
    st.session_state.pop(keys.TOUR_AT, None)


def go_to(at: int) -> View:
    """Stand at a view of the tour, as a meeting sees it."""
    st.session_state[keys.TOUR_AT] = at
    return as_in_meeting(views()[at])


def place(view: View) -> int | None:
    """Which view of the tour was shown last, counted from 0; before the first, the one that is looked at."""
    meant = as_in_meeting(view)
    found = next((at for at, step in enumerate(views()) if as_in_meeting(step) == meant), None)
    return st.session_state.get(keys.TOUR_AT, found)


def as_in_meeting(view: View) -> View:
    """A view on the screen of a meeting."""
    return replace(view, meeting=view.meeting or "1")


def settle(params: Mapping[str, str], london: London) -> None:
    """Take the tour of a link; one that is no tour is said."""
    packed = params.get(PARAMETER, "")
    if packed == to_params(views()).get(PARAMETER, ""):
        return
    text = unpack(packed)
    if text is None:
        change((), ["The tour of this link cannot be read. Open its file instead, if you have saved it."])
    else:
        change(*read(text, london))


def to_params(tour: tuple[View, ...]) -> dict[str, str]:
    """The part of the link that brings a tour back; nothing for an empty one."""
    if not tour:
        return {}
    packed = zlib.compress("\n".join(view.query() for view in tour).encode(), 9)
    return {PARAMETER: base64.urlsafe_b64encode(packed).decode().rstrip("=")}


def unpack(packed: str) -> str | None:
    """The lines of a tour in a link; None when they cannot be read."""
    if not packed:
        return ""
    try:
        content = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars="-_", validate=True)
        return zlib.decompressobj().decompress(content, _LARGEST).decode()
    except (binascii.Error, zlib.error, ValueError):
        return None


def write(tour: tuple[View, ...], address: str, london: London) -> str:
    """The file of a tour: above each link what it shows. `address` is that of the app."""
    lines = [HEADING]
    for view in tour:
        lines += [f"# {title(view, london)}", f"{address}{view.query()}"]
    return "\n".join([*lines, ""])


def read(text: str, london: London) -> tuple[tuple[View, ...], list[str]]:
    """The views of a file of links, and a sentence for each line that is left out."""
    tour: list[View] = []
    said: list[str] = []
    lines = text.splitlines()
    for number, line in enumerate(lines[:_MOST_LINES], start=1):
        link = line.strip()
        if not link or link.startswith("#"):
            continue
        if len(said) == _MOST_SAID:
            said.append("The lines after it are not looked at: too many are no links of this app.")
            break
        params = dict(parse_qsl(link.partition("?")[2]))
        view, wrong = View.from_params(params, london)
        if not params:
            said.append(f"Line {number} is left out: it is no link of this app.")
        elif wrong:
            said.append(f"Line {number} is left out. {' '.join(wrong)}")
        else:
            tour.append(view)
    if len(tour) > LONGEST or len(lines) > _MOST_LINES:
        said.append(f"A tour has at most {LONGEST} views: the first {LONGEST} are kept.")
    return tuple(tour[:LONGEST]), said


def title(view: View, london: London) -> str:
    """A view in a few words: indicator, period, and where."""
    place = london.ics_names[view.vintage][view.scope] if view.scope else "All London"
    indicator = london.catalogue.indicators[view.indicator]
    parts = [listed_name(london, indicator), words.short_period(view.period), place, view.borough]
    return " · ".join(filter(None, [*parts, "ranking" if view.meeting == "ranking" else ""]))
