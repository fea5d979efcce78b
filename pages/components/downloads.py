"""The picture and its numbers to take away: files that are built when somebody asks for them."""

from collections.abc import Callable
from functools import partial

import pyarrow as pa
import streamlit as st

from geo.listing import as_csv, listing
from pages.components import charts, drawing, figures, notes
from pages.components.view import ALL_LONDON, View
from pages.exports import pictures

MAP_WIDTH, CHART_WIDTH = 900, 700


def offer(picture: figures.Picture, view: View) -> None:
    """A row of buttons: map and ranking as PNG and SVG, numbers as CSV."""
    with st.container(horizontal=True, horizontal_alignment="left"):
        name = file_name(view)
        kinds = [("Map", map_picture)] + ([("Ranking", chart_picture)] if picture.is_ranked else [])
        for kind, build in kinds:
            for extension, mime, render in (
                ("png", "image/png", pictures.as_png),
                ("svg", "image/svg+xml", pictures.as_svg),
            ):
                st.download_button(
                    f"{kind} as {extension.upper()}",
                    data=partial(_render, render, build, picture, view),
                    file_name=f"{name}_{kind.lower()}.{extension}",
                    mime=mime,
                    on_click="ignore",
                    icon=":material/download:",
                )
        st.download_button(
            "Numbers as CSV",
            data=lambda: numbers(view).encode("utf-8-sig"),
            file_name=f"{name}.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
        )


def map_picture(picture: figures.Picture, view: View) -> dict:
    """The map as a specification to render, with title and sources."""
    boundaries = [notes.boundary_line(figures.boundary_source())] if view.layout == "map" else []
    drawn = drawing.map_drawing(picture, view, "light")
    return _frame(drawn, picture.map_data, MAP_WIDTH, picture, boundaries)


def chart_picture(picture: figures.Picture, view: View) -> dict:
    """The ranking as a specification to render, with title and sources."""
    return _frame(charts.specification("light"), picture.chart_data, CHART_WIDTH, picture, [])


def numbers(view: View) -> str:
    """What is shown, as CSV: the joined table with the indicator's id, label and licences in front."""
    london = figures.london()
    table = listing(london, view.indicator, view.period, view.vintage, view.scope)
    indicator = london.catalogue.indicators[view.indicator]
    licences = dict.fromkeys(london.catalogue.sources[source].licence for source in indicator.source_ids)
    table.insert(0, "indicator_id", indicator.indicator_id)
    table.insert(1, "indicator", indicator.label)
    return as_csv(table.assign(licence="; ".join(licences), ics_vintage=view.vintage))


def file_name(view: View) -> str:
    """indicator_scope_period, with nothing in it that a file system minds."""
    scope = "london" if view.ics == ALL_LONDON else view.ics.lower()
    period = "".join(letter if letter.isalnum() else "-" for letter in view.period)
    return f"{view.indicator}_{scope}_{period}"


def _render(
    render: Callable[[dict], bytes],
    build: Callable[[figures.Picture, View], dict],
    picture: figures.Picture,
    view: View,
) -> bytes:
    return render(build(picture, view))


def _frame(
    drawn: dict, data: dict[str, pa.Table], width: int, picture: figures.Picture, more: list[str]
) -> dict:
    return pictures.framed(
        drawn,
        data,
        width,
        title=picture.headline,
        subtitle=f"{picture.indicator.label}. {picture.subtitle}",
        footer=[*picture.remarks, *notes.source_lines(picture.sources), *more],
    )
