"""The map of the answers to one question."""

import pandas as pd
import streamlit as st

from pages.components.answers.waves import Wave
from pages.components.charts import choropleth, map_layers, parts as charts_parts, survey_map
from pages.components.data import figures
from pages.components.exhibits import drawing
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.maturity import text
from pages.components.maturity.question import LEVELS, NONE, PAGE, exhibit, item_of, question, wave_of
from pages.components.state.part import part
from pages.components.state.view import View
from pages.components.text import citations, columns
from pages.exports.exhibit import Exhibit
from pages.exports.table import Column, Kind, Table


@part
def show(wave: Wave, view: View) -> None:
    """The question on the map, or on tiles, with who replied."""
    shown = wave.shown[item_of(view)]
    st.header(text.headline(shown, wave.instrument), anchor=False)
    st.markdown(f"{wave.instrument.question} **{question(wave, view).wording}.** {text.replies(shown)}")
    drawing.show_if_any(MAP, view, clickable=True)
    st.markdown(f":small[{LEVELS} {citations.boundary_line(figures.boundary_source())}]")


def picture(
    wave: Wave, view: View, theme: str, size: str = "page"
) -> tuple[charts_parts.Chart, pd.DataFrame]:
    """The map of the question in a size of palette.TEXT, and its rows as they are painted."""
    layout = figures.layout_of(view) if size == "meeting" else figures.layouts()[view.layout]
    london = figures.london()
    rows = survey_map.paint(wave.shown[item_of(view)], wave.instrument, london, view, layout)
    legend = survey_map.legend(rows, wave.instrument, view, size)
    data = choropleth.datasets(rows, legend, london, view, layout)
    room = choropleth.legend_rows_of(data)
    return (choropleth.specification(layout, rows, view.vintage, theme, size, room), data), rows


def table(wave: Wave, view: View) -> Table:
    """Every borough with its answer, or why none is shown."""
    shown, said = wave.shown[item_of(view)], survey_map.names(wave.instrument)
    names = figures.london().borough_codes
    answers = [said[shown.boroughs[code]] for code in names.values()]
    rows = pd.DataFrame({"area_code": list(names.values()), "area_name": list(names), "answer": answers})
    return Table(rows, (columns.CODE, columns.BOROUGH, Column("answer", "Answer", Kind.CATEGORY)))


def _map(view: View, theme: str) -> Exhibit | None:
    wave = wave_of(view)
    if wave is None:
        return None
    chart, rows = picture(wave, view, theme)
    return exhibit(
        MAP,
        wave,
        view,
        chart,
        lambda: table(wave, view),
        height=choropleth.height_of(*chart),
        least_width=map_layers.WIDE,
        keyed=choropleth.keyed(rows, *chart),
        also=figures.shape_tables(view),
        said_sources=[citations.boundary_line(figures.boundary_source())] if view.layout == "map" else [],
    )


MAP = ExhibitKind(
    "maturity_map",
    PAGE,
    "Map",
    _map,
    NONE,
    "Map of answers by borough.",
    "The table of all questions below has every answer that may be shown.",
    is_shared=False,
    told_apart_by=("vintage", "layout", "borough"),
)
KINDS = (MAP,)
