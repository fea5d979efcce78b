"""Files to take away: links where the server gives them out by an address, else buttons that make them.

A link works whatever has become of the page's connection, which a button needs. In the browser, download.js
says of a link when its file is being made and ready, or why there is none.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import streamlit as st
from jinja2 import Template

from geo.tables.listing import as_csv
from pages.components.state import addresses, browser, keys

_LINKS = Template(
    Path(__file__).with_name("links.html").read_text("utf-8"), autoescape=True, trim_blocks=True
)
_SPEAKER = browser.component(__file__, "download", "download")


# of links that are kept as they stand on pages, those of the exhibits that were looked at last
_MOST = 300


class File(NamedTuple):
    """A file to take away: its name to people, that on the disk, its type, how to make it, where it is.

    `address` is below that of the app, and empty where the file is made for this visitor alone. `short`
    stands on its link where the line says the rest.
    """

    label: str
    name: str
    mime: str
    build: Callable[[], bytes]
    address: str = ""
    short: str = ""


class Line(NamedTuple):
    """Files that stand beside each other, and what they have in common; empty of the usual one alone."""

    said: str
    files: Sequence[File]


def show(lines: Sequence[Line]) -> None:
    """The files; one is made only when it is asked for."""
    if are_links(lines):
        told = tuple((line.said, tuple(_Link(*file[:2], *file[4:]) for file in line.files)) for line in lines)
        st.html(_links(told, addresses.here()))
        return
    first, *others = lines
    buttons(first.files)
    if others:
        # a button says all that its file is: of more lines than one they would be a wall
        chosen = st.selectbox("Other files", [line.said for line in others], key=f"of_{first.files[0].name}")
        buttons(next(line.files for line in others if line.said == chosen))


class _Link(NamedTuple):
    """What a link says of a File."""

    label: str
    name: str
    address: str
    short: str


@lru_cache(maxsize=_MOST)
def _links(lines: tuple[tuple[str, tuple[_Link, ...]], ...], here: str) -> str:
    return _LINKS.render(lines=lines, here=here)


def are_links(lines: Sequence[Line]) -> bool:
    """Whether the server gives all of these files out by addresses."""
    return bool(addresses.here()) and all(file.address for line in lines for file in line.files)


def listen() -> None:
    """Have the browser say what becomes of the files that are asked for on this page."""
    _SPEAKER(key=keys.DOWNLOADS)


def buttons(files: Sequence[File]) -> None:
    """A row of buttons."""
    with st.container(horizontal=True, horizontal_alignment="left"):
        for file in files:
            button(file)


def button(file: File) -> None:
    """One button. Its name is its file's, which no two on a page share."""
    st.download_button(
        file.label,
        data=file.build,
        file_name=file.name,
        mime=file.mime,
        key=f"file_{file.label}_{file.name}",
        on_click="ignore",
        icon=":material/download:",
    )


def as_table(label: str, name: str, table: Callable[[], pd.DataFrame]) -> File:
    """A table as CSV, marked as UTF-8 for spreadsheets."""
    return File(f"{label} as CSV", f"{name}.csv", "text/csv", lambda: as_csv(table()).encode("utf-8-sig"))
