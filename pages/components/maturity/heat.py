"""All questions by borough."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from geo.survey.maturity import NO_REPLY, WITHHELD
from pages.components.answers.waves import Wave
from pages.components.charts import palette, parts as charts_parts, plain_table, survey_grids, survey_map
from pages.components.data import figures
from pages.components.exhibits import drawing
from pages.components.exhibits.key import with_key
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.maturity.question import NONE, PAGE, exhibit, item_of, question, wave_of
from pages.components.state.part import part
from pages.components.state.view import View
from pages.components.text import columns
from pages.exports.exhibit import Exhibit
from pages.exports.table import Column, Kind, Table

HEADING = "All questions by borough"


@part
def show(wave: Wave, view: View) -> None:
    """Every question by borough, as a picture and as a table."""
    st.header(HEADING, anchor=False)
    st.markdown(order(wave, view))
    drawing.show_if_any(HEAT, view)
    with st.expander("Every answer that may be shown"):
        signs, said = survey_map.letters(wave.instrument), survey_map.names(wave.instrument)
        used = {response for shown in wave.shown.values() for response in shown.boroughs.values()}
        st.markdown("; ".join(f"{signs[name] or '(empty)'} {said[name]}" for name in said if name in used))
        plain_table.show(table(wave, view, signs), "heat")


def order(wave: Wave, view: View) -> str:
    """In which order the boroughs come, as a sentence."""
    return (
        f"In the order of their answers to “{question(wave, view).label}”; boroughs without an answer to "
        "show come last."
    )


def boroughs(wave: Wave, view: View) -> list[str]:
    """The codes of the boroughs in scope, from the highest answer to the question that is looked at.

    After the scale come answers that have no place on it, then withheld ones, then those who did not reply.
    """
    london = figures.london()
    inside = london.members(view.vintage, view.scope)
    answers = wave.shown[item_of(view)].boroughs
    places = list(survey_map.fills(wave.instrument))
    names = london.borough_names
    return sorted(inside["area_code"], key=lambda code: (places.index(answers[code]), names[code]))


def picture(wave: Wave, view: View, theme: str) -> charts_parts.Chart:
    """A cell for each borough and question."""
    names = figures.london().borough_names
    signs, said = survey_map.letters(wave.instrument), survey_map.names(wave.instrument)
    fills = survey_map.fills(wave.instrument, theme)
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


def table(wave: Wave, view: View, said: Mapping[str, str]) -> Table:
    """A row a borough, a column a question; `said` has the word or letter of each response."""
    names = figures.london().borough_names
    codes = boroughs(wave, view)
    answers = {
        item.item_id: [said[wave.shown[item.item_id].boroughs[code]] for code in codes]
        for item in wave.instrument.items
    }
    rows = pd.DataFrame({"area_code": codes, "area_name": [names[code] for code in codes]} | answers)
    asked = (Column(item.item_id, item.label, Kind.CATEGORY, absent="") for item in wave.instrument.items)
    return Table(rows, (columns.CODE, columns.BOROUGH, *asked))


def _heat(view: View, theme: str) -> Exhibit | None:
    wave = wave_of(view)
    if wave is None:
        return None
    made = exhibit(
        HEAT,
        wave,
        view,
        picture(wave, view, theme),
        lambda: table(wave, view, survey_map.names(wave.instrument)),
        title=f"{HEADING}: {wave.instrument.name}",
        remarks=[order(wave, view)],
    )
    asked = (f"{number} {item.label}" for number, item in enumerate(wave.instrument.items, start=1))
    return with_key(made, f"Columns: {'; '.join(asked)}.", below=survey_grids.WORDS_FROM)


HEAT = ExhibitKind(
    "maturity_heat",
    PAGE,
    "All questions",
    _heat,
    NONE,
    "Answers by borough and question.",
    "The table that unfolds below has every answer that may be shown.",
    is_shared=False,
    told_apart_by=("vintage", "borough"),
)
KINDS = (HEAT,)
