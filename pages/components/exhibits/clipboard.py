"""Buttons that put the picture, or its numbers, on the visitor's clipboard.

The browser allows that only to a page that was opened over https or on the visitor's own machine; elsewhere
the buttons say what to do instead.
"""

import base64
from collections.abc import Callable
from functools import partial

import streamlit as st

from pages.components.state import browser, heard, keys, turns
from pages.exports import pictures
from pages.exports.exhibit import Exhibit
from pages.exports.table import Table

_COPY = browser.component(__file__, "copy_buttons", "clipboard")


def buttons(exhibit: Exhibit, picture: Callable[[str], bytes]) -> None:
    """The two buttons; the picture, a PNG in one of the sizes, is made when it is asked for."""
    key = f"copy_{exhibit.key}"
    png = b""
    if size := st.session_state.pop(keys.picture_wanted(exhibit.key), None):
        with turns.given_up():
            png = picture(size)
    _COPY(
        key=key,
        data={
            "lines": lines(exhibit.numbers()),
            "png": base64.b64encode(png).decode(),
            "sizes": [[name, size.name] for name, size in pictures.SIZES.items()],
        },
        on_wanted_change=heard.part(key, "wanted", partial(_want_picture, exhibit.key)),
    )


def _want_picture(exhibit: str, wanted: object) -> None:
    if wanted in pictures.SIZES:
        st.session_state[keys.picture_wanted(exhibit)] = wanted


def lines(table: Table) -> list[list[str]]:
    """The table as rows of text, its headings first; numbers as a spreadsheet reads them, by their decimals.

    Without codes, notes and sources, which files have. No cell breaks a line or is a formula.
    """
    return [[" ".join(cell.split()) for cell in row] for row in table.to_read().plain()]
