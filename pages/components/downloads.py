"""The picture and its numbers to take away: files that are built when somebody asks for them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import streamlit as st

from geo.listing import as_csv, listing
from pages.components import charts, drawing, figures, notes
from pages.components.view import ALL_LONDON, View
from pages.exports import pictures

MAP_WIDTH, CHART_WIDTH = 900, 700


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
            st.download_button(
                file.label,
                data=file.build,
                file_name=file.name,
                mime=file.mime,
                on_click="ignore",
                icon=":material/download:",
            )


def as_pictures(label: str, name: str, specification: Callable[[], dict]) -> list[File]:
    """A picture as PNG and as SVG, from the specification that `specification` gives."""
    return [
        File(f"{label} as PNG", f"{name}.png", "image/png", lambda: pictures.as_png(specification())),
        File(f"{label} as SVG", f"{name}.svg", "image/svg+xml", lambda: pictures.as_svg(specification())),
    ]


def as_table(label: str, name: str, table: Callable[[], pd.DataFrame]) -> File:
    """A table as CSV, marked as UTF-8 for spreadsheets."""
    return File(f"{label} as CSV", f"{name}.csv", "text/csv", lambda: as_csv(table()).encode("utf-8-sig"))


def offer(picture: figures.Picture, view: View) -> None:
    """Map and ranking as pictures, numbers as a table."""
    name = file_name(view)
    files = as_pictures("Map", f"{name}_map", partial(map_picture, picture, view))
    if picture.is_ranked:
        files += as_pictures("Ranking", f"{name}_ranking", partial(chart_picture, picture, view))
    buttons([*files, as_table("Numbers", name, partial(numbers, view))])


def map_picture(picture: figures.Picture, view: View) -> dict:
    """The map as a specification to render, with title and sources."""
    boundaries = [notes.boundary_line(figures.boundary_source())] if view.layout == "map" else []
    drawn = drawing.map_drawing(picture, view, "light")
    return _frame(drawn, picture.map_data, MAP_WIDTH, picture, boundaries, pictures.NOTHING_BELOW)


def chart_picture(picture: figures.Picture, view: View) -> dict:
    """The ranking as a specification to render, with title and sources."""
    drawn = charts.specification("light")
    return _frame(drawn, picture.chart_data, CHART_WIDTH, picture, [], pictures.AXIS_BELOW)


def numbers(view: View) -> pd.DataFrame:
    """What is shown: the joined table with the indicator's id, label and licences in front."""
    london = figures.london()
    table = listing(london, view.indicator, view.period, view.vintage, view.scope)
    indicator = london.catalogue.indicators[view.indicator]
    licences = dict.fromkeys(london.catalogue.sources[source].licence for source in indicator.source_ids)
    table.insert(0, "indicator_id", indicator.indicator_id)
    table.insert(1, "indicator", indicator.label)
    return table.assign(licence="; ".join(licences), ics_vintage=view.vintage)


def file_name(view: View) -> str:
    """indicator_scope_period, with nothing in it that a file system minds."""
    scope = "london" if view.ics == ALL_LONDON else view.ics.lower()
    period = "".join(letter if letter.isalnum() else "-" for letter in view.period)
    return f"{view.indicator}_{scope}_{period}"


def _frame(
    drawn: dict, data: dict[str, pa.Table], width: int, picture: figures.Picture, more: list[str], below: int
) -> dict:
    return pictures.framed(
        drawn,
        data,
        width,
        title=picture.headline,
        subtitle=f"{picture.indicator.label}. {picture.subtitle}",
        footer=[*picture.remarks, *notes.source_lines(picture.sources), *more],
        below=below,
    )
