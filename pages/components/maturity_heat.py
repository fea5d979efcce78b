"""All questions by borough."""

from functools import partial

import pandas as pd
import streamlit as st

from geo.maturity import NO_REPLY, WITHHELD
from pages.components import chart_parts, downloads, figures, palette, survey_grids, survey_map
from pages.components.maturity_view import draw, file_name, framed, item_of, question
from pages.components.survey_state import Wave
from pages.components.view import View
from pages.exports import pictures

HEADING = "All questions by borough"


def show(wave: Wave, view: View) -> None:
    """Every question by borough, as a picture and as a table."""
    st.header(HEADING, anchor=False)
    st.markdown(
        f"In the order of their answers to “{question(wave, view).label}”; boroughs without an answer to "
        "show come last."
    )
    draw(
        picture,
        wave,
        view,
        "heat",
        "Answers by borough and question. The table that unfolds below has every answer that may be shown.",
    )
    with st.expander("Every answer that may be shown"):
        signs, said = survey_map.letters(wave.instrument), survey_map.names(wave.instrument)
        used = {response for shown in wave.shown.values() for response in shown.boroughs.values()}
        st.markdown("; ".join(f"{signs[name] or '(empty)'} {said[name]}" for name in said if name in used))
        st.table(table(wave, view), hide_index=True, border="horizontal")


def boroughs(wave: Wave, view: View) -> list[str]:
    """The codes of the boroughs in scope, from the highest answer to the question that is looked at.

    After the scale come answers that have no place on it, then withheld ones, then those who did not reply.
    """
    london = figures.london()
    members = london.footprints[london.footprints["vintage"] == view.vintage]
    inside = members[members["ics_code"] == view.scope] if view.scope else members
    answers = wave.shown[item_of(view)].boroughs
    order = list(survey_map.fills(wave.instrument))
    names = {code: name for name, code in london.borough_codes.items()}
    return sorted(inside["area_code"], key=lambda code: (order.index(answers[code]), names[code]))


def picture(wave: Wave, view: View, theme: str) -> chart_parts.Picture:
    """A cell for each borough and question."""
    names = {code: name for name, code in figures.london().borough_codes.items()}
    signs, said = survey_map.letters(wave.instrument), survey_map.names(wave.instrument)
    fills = survey_map.fills(wave.instrument)
    keys = {response: survey_map.key(response, wave.instrument) for response in fills}
    rows = pd.DataFrame(
        [
            {
                "borough": names[code],
                "question": item.label,
                "answer": said[response],
                "key": keys[response],
                "sign": signs[response],
                "ink": palette.ink(fills[response]),
                "silent": response == NO_REPLY,
                "selected": names[code] == view.borough,
            }
            for code in boroughs(wave, view)
            for item in wave.instrument.items
            for response in [wave.shown[item.item_id].boroughs[code]]
        ]
    )
    always = {*wave.instrument.places(), WITHHELD, NO_REPLY}
    used = set(rows["key"])
    known = {keys[name]: fill for name, fill in fills.items() if name in always or keys[name] in used}
    return survey_grids.heat(rows, known, theme)


def table(wave: Wave, view: View) -> pd.DataFrame:
    """A row a borough, a column a question, with the letters of the scale."""
    names = {code: name for name, code in figures.london().borough_codes.items()}
    signs = survey_map.letters(wave.instrument)
    codes = boroughs(wave, view)
    columns = {
        item.label: [signs[wave.shown[item.item_id].boroughs[code]] for code in codes]
        for item in wave.instrument.items
    }
    return pd.DataFrame({"Borough": [names[code] for code in codes]} | columns)


def files(wave: Wave, view: View) -> list[downloads.File]:
    """The cells as pictures."""
    scope = "london" if view.scope is None else view.scope.lower()
    build = partial(framed, picture, wave, view, f"{HEADING}: {wave.instrument.name}", pictures.NOTHING_BELOW)
    return downloads.as_pictures("All questions", file_name(wave, scope, "all_questions"), build)
