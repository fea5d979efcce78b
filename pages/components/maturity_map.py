"""The map of the answers to one question."""

from functools import partial

import streamlit as st

from pages.components import chart_parts, downloads, drawing, figures, maps, notes, survey_map, survey_words
from pages.components.maturity_view import LEVELS, file_name, framed, item_of, mark_words, marked, question
from pages.components.survey_state import Wave
from pages.components.view import View
from pages.exports import pictures


def show(wave: Wave, view: View) -> None:
    """The question on the map, or on tiles, with who replied."""
    shown = wave.shown[item_of(view)]
    st.header(survey_words.headline(shown, wave.instrument), anchor=False)
    st.markdown(
        f"{wave.instrument.question} **{question(wave, view).wording}.** {survey_words.replies(shown)}"
    )
    drawn, data = marked(picture(wave, view, drawing.theme()), wave)
    drawing.show(drawn, data, "maturity_map", mark_words("Map of answers by borough.", wave))
    st.markdown(f":small[{LEVELS} {notes.boundary_line(figures.boundary_source())}]")


def picture(wave: Wave, view: View, theme: str) -> chart_parts.Picture:
    """The map of the question."""
    layout = figures.layouts()[view.layout]
    london = figures.london()
    rows = survey_map.paint(wave.shown[item_of(view)], wave.instrument, london, view, layout)
    legend = survey_map.legend(rows, wave.instrument, view)
    spec = maps.specification(layout, rows, view.vintage, theme, len(legend))
    return spec, maps.datasets(rows, legend, london, view, layout)


def files(wave: Wave, view: View) -> list[downloads.File]:
    """The map as pictures."""
    scope = "london" if view.scope is None else view.scope.lower()
    boundaries = [notes.boundary_line(figures.boundary_source())] if view.layout == "map" else []
    headline = survey_words.headline(wave.shown[item_of(view)], wave.instrument)
    build = partial(framed, picture, wave, view, headline, pictures.NOTHING_BELOW, boundaries)
    return downloads.as_pictures("Map", file_name(wave, item_of(view), scope, "map"), build)
