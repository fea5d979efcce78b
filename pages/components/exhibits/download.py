"""Buttons for files that are built when somebody asks for them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import pandas as pd
import streamlit as st

from geo.tables.listing import as_csv
from pages.exports.exhibit import Exhibit
from pages.exports.numbers import FORMATS


class File(NamedTuple):
    """A file to take away: what its button says, its name, what kind it is, and how to make it."""

    label: str
    name: str
    mime: str
    build: Callable[[], bytes]


def buttons(files: Sequence[File]) -> None:
    """A row of buttons; a file is made only when its button is pressed."""
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


def numbers(exhibit: Exhibit, made_as: str, label: str) -> File:
    """The numbers of an exhibit as one of the formats of pages.exports.numbers."""
    made = FORMATS[made_as]
    return File(label, f"{exhibit.stem}{made.suffix}", made.mime, partial(made.build, exhibit))
