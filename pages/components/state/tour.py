"""A tour: pages with their views that are prepared before a meeting and shown there one after the other.

It lives in the session, in the link, which brings it back after a reload, and in a text file with one link on
each line. The server keeps nothing.
"""

import base64
import binascii
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import parse_qsl

import streamlit as st

from geo.tables.london import London
from geo.tables.offered import listed_name
from pages.components.state import keys
from pages.components.state.view import View
from pages.components.text import dates

LONGEST = 40
PARAMETER = "tour"
HEADING = "# A tour of Beyond Boundaries London: a page and its view on each line. Lines with # are notes."
# above the links of tours that showed the map, whatever page they were saved from
_OF_MAPS = "# A tour of Beyond Boundaries London: one link on each line."
_LARGEST = 50_000  # characters of a tour that is unpacked: more is no tour of LONGEST views
# lines that are looked at, and that are said to be left out: a note of its own above each link, and more
_MOST_LINES, _MOST_SAID = 3 * LONGEST, 8


class Step(NamedTuple):
    """A page, by its address (empty for the map), and the view that it shows."""

    page: str
    view: View

    @property
    def link(self) -> str:
        """What follows the address of the app."""
        return f"{self.page}{self.view.query()}"


def steps() -> tuple[Step, ...]:
    """The steps of this session's tour."""
    return st.session_state.get(keys.TOUR, ())


def notes() -> list[str]:
    """What of the last tour that was opened could not be followed."""
    return st.session_state.get(keys.TOUR_NOTES, [])


def change(tour: tuple[Step, ...], said: list[str] | None = None) -> None:
    """Make this the tour, with what there is to say about it."""
    st.session_state[keys.TOUR], st.session_state[keys.TOUR_NOTES] = tour[:LONGEST], said or []
    st.session_state.pop(keys.TOUR_AT, None)


def go_to(at: int) -> Step:
    """Stand at a step of the tour, as a meeting sees it."""
    st.session_state[keys.TOUR_AT] = at
    return as_in_meeting(steps()[at])


def place(looked_at: Step) -> int | None:
    """Which step of the tour was shown last, counted from 0; before the first, the one that is looked at."""
    meant = as_in_meeting(looked_at)
    found = next((at for at, step in enumerate(steps()) if as_in_meeting(step) == meant), None)
    return st.session_state.get(keys.TOUR_AT, found)


def as_in_meeting(step: Step) -> Step:
    """A step on the screen of a meeting."""
    return step._replace(view=replace(step.view, meeting=step.view.meeting or "1"))


def settle(params: Mapping[str, str], london: London) -> None:
    """Take the tour of a link; one that is no tour is said."""
    packed = params.get(PARAMETER, "")
    if packed == to_params(steps()).get(PARAMETER, ""):
        return
    text = unpack(packed)
    if text is None:
        change((), ["The tour of this link cannot be read. Open its file instead, if you have saved it."])
    else:
        change(*read(text, london, known_pages()))


class Known(NamedTuple):
    """A page that a tour can show: its title, and whether it shows the figure that is looked at."""

    title: str
    has_figure: bool = True


def known_pages() -> dict[str, Known]:
    """The pages that a tour can show, by their addresses."""
    return st.session_state.get(keys.PAGES, {})


def to_params(tour: tuple[Step, ...]) -> dict[str, str]:
    """The part of the link that brings a tour back; nothing for an empty one."""
    if not tour:
        return {}
    packed = zlib.compress("\n".join(step.link for step in tour).encode(), 9)
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


def write(tour: tuple[Step, ...], address: str, titles: Sequence[str]) -> str:
    """The file of a tour: above each link what it shows (title). `address` is that of the app."""
    lines = [HEADING]
    for step, shown in zip(tour, titles, strict=True):
        lines += [f"# {shown}", f"{address}{step.link}"]
    return "\n".join([*lines, ""])


def read(text: str, london: London, pages: Mapping[str, Known]) -> tuple[tuple[Step, ...], list[str]]:
    """The steps of a file of links, and a sentence for each line that is left out.

    `pages` are those that a step can be of (known_pages); any other address, and every one in a file of maps,
    is that of the map.
    """
    tour: list[Step] = []
    said: list[str] = []
    lines = text.splitlines()
    of_maps = text.lstrip().startswith(_OF_MAPS)
    for number, line in enumerate(lines[:_MOST_LINES], start=1):
        link = line.strip()
        if not link or link.startswith("#"):
            continue
        if len(said) == _MOST_SAID:
            said.append("The lines after it are not looked at: too many are no links of this app.")
            break
        address, _, query = link.partition("?")
        page = address.rpartition("/")[2]
        params = dict(parse_qsl(query))
        view, wrong = View.from_params(params, london)
        if not params:
            said.append(f"Line {number} is left out: it is no link of this app.")
        elif wrong:
            said.append(f"Line {number} is left out. {' '.join(wrong)}")
        else:
            tour.append(Step(page if page in pages and not of_maps else "", view))
    if len(tour) > LONGEST or len(lines) > _MOST_LINES:
        said.append(f"A tour has at most {LONGEST} views: the first {LONGEST} are kept.")
    return tuple(tour[:LONGEST]), said


def title(step: Step, london: London, pages: Mapping[str, Known]) -> str:
    """A step in a few words: its page, unless it is the map, what figure it shows, if it does, and where.

    `london` are the figures as the step shows them.
    """
    view = step.view
    place = london.ics_names[view.vintage][view.scope] if view.scope else "All London"
    indicator = london.catalogue.indicators[view.indicator]
    page = pages.get(step.page, Known(""))
    figure = [listed_name(london, indicator), dates.short_period(view.period)] if page.has_figure else []
    parts = [page.title if step.page else "", *figure, place, view.borough]
    return " · ".join(filter(None, [*parts, "ranking" if view.meeting == "ranking" else ""]))
