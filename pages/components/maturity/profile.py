"""One borough's answers beside London's."""

import math

import pandas as pd
import streamlit as st

from data_loaders.survey.instruments import TICKS, Instrument
from geo.survey.maturity import NO_REPLY, WHOLE, mean, middle, steps
from pages.components.answers.waves import Wave
from pages.components.charts import palette, parts as charts_parts, plain_table, survey_grids, survey_map
from pages.components.data import figures
from pages.components.exhibits import drawing, of_view
from pages.components.exhibits.kinds import ExhibitKind, plain
from pages.components.maturity import learning, text
from pages.components.maturity.question import BELOW, PAGE, exhibit, wave_of
from pages.components.state.part import part
from pages.components.state.view import View
from pages.components.survey import published
from pages.exports.exhibit import Exhibit
from pages.exports.table import Column, Kind, Measure, Table

KEY = "The filled cells are the borough's answer; ◆ is London's median, where it may be shown."
WITHHELD_TEXT = "withheld"


@part
def show(wave: Wave, view: View) -> None:
    """One borough's answers beside London's and beside what the 2022 report prints."""
    if not view.borough:
        st.header("One borough beside London", anchor=False)
        st.markdown("Choose a borough above, or click it on the map, to see its answers here.")
        return
    st.header(f"{view.borough} beside London", anchor=False)
    st.markdown(text.standing(wave.shown, figures.london().borough_codes[view.borough], view.borough))
    if found := of_view.find(PROFILE, view):
        st.markdown(f":small[{KEY}]")
        drawing.show(PROFILE, found, view)
    plain_table.show(table(wave, view.borough), "profile")
    if wave.instrument.instrument == "enablers":
        learning.show(wave, view)


def picture(wave: Wave, view: View, theme: str) -> charts_parts.Chart | None:
    """The borough's profile; None where answers are only ticked, or the borough has none to show."""
    instrument = wave.instrument
    code = figures.london().borough_codes.get(view.borough, "")
    places = instrument.places()
    own = {item_id: shown.boroughs.get(code, NO_REPLY) for item_id, shown in wave.shown.items()}
    if not _has_picture(wave, view):
        return None
    fills, signs = survey_map.fills(instrument, theme), survey_map.letters(instrument)
    said = survey_map.names(instrument)
    ladder = list(steps(instrument))
    rows = []
    for item in instrument.items:
        answer = own[item.item_id]
        counts = wave.shown[item.item_id].groups.get(WHOLE)
        median = (middle(counts, instrument) if counts else None) or ()
        rows += [
            {
                "question": item.label,
                "level": said[level],
                "reached": answer in places and places[level] <= places[answer],
                "own": level == answer,
                "said": "" if answer in places else said[answer].lower(),
                "fill": fills[answer],
                "ink": palette.ink(fills[answer]),
                "sign": signs[answer],
                "middle": level in median,
                "spoken": f"{item.label}: {view.borough} {said[answer]}; London's median "
                f"{_middle(counts, instrument)}",
            }
            for level in ladder
        ]
    return survey_grids.profile(pd.DataFrame(rows), {said[name]: signs[name] for name in ladder}, theme)


def table(wave: Wave, borough: str) -> Table:
    """A borough's answers beside London's median, or mean, and what the 2022 report prints."""
    code, instrument = figures.london().borough_codes[borough], wave.instrument
    said = survey_map.names(instrument)
    printed = published.printed(instrument)
    whole = {item.item_id: wave.shown[item.item_id].groups.get(WHOLE) for item in instrument.items}
    ticks = {name: text.named_by(counts) for name, counts in whole.items() if counts}
    is_ticked = instrument.kind == TICKS
    rows = pd.DataFrame(
        {
            "question": item.label,
            "own": said[wave.shown[item.item_id].boroughs[code]],
            "named": ticks[item.item_id][0] if counts else math.nan,
            "of": ticks[item.item_id][1] if counts else math.nan,
            "median": text.middle_text(counts, instrument) if counts and not is_ticked else "",
            "mean": (mean(counts, instrument) if counts else None) or math.nan,
        }
        | {column.key: values.get(item.item_id, math.nan) for column, values in printed}
        for item, counts in zip(instrument.items, whole.values(), strict=True)
    )
    if is_ticked:
        london = [
            Column(
                "named",
                "London: named by",
                Kind.NUMBER,
                absent=WITHHELD_TEXT,
                span="London",
                before="named by ",
            ),
            Column("of", "London: of", Kind.NUMBER, span="London", before=" of "),
        ]
    else:
        london = [Column("median", "London, median", Kind.CATEGORY, absent=WITHHELD_TEXT)]
    if instrument.mean:
        two = Measure(decimals=2)
        london.append(Column("mean", "London, mean", Kind.NUMBER, two, absent=WITHHELD_TEXT))
    asked = (Column("question", "Question", Kind.NAME), Column("own", borough, Kind.CATEGORY))
    return Table(rows, (*asked, *london, *(column for column, _ in printed)))


def _has_picture(wave: Wave, view: View) -> bool:
    code = figures.london().borough_codes.get(view.borough, "")
    places = wave.instrument.places()
    return len(places) > 1 and any(shown.boroughs.get(code) in places for shown in wave.shown.values())


def _middle(counts: dict[str, int] | None, instrument: Instrument) -> str:
    """London's median in words, or that it is withheld."""
    return text.middle_text(counts, instrument) if counts else WITHHELD_TEXT


def _profile(view: View, theme: str) -> Exhibit | None:
    wave = wave_of(view)
    chart = picture(wave, view, theme) if wave else None
    if wave is None or chart is None:
        return None
    return exhibit(
        PROFILE,
        wave,
        view,
        chart,
        lambda: table(wave, view.borough),
        title=f"{view.borough}: {wave.instrument.name}",
        remarks=[KEY],
        scope=plain(view.borough).lower(),
    )


PROFILE = ExhibitKind(
    "maturity_profile",
    PAGE,
    "Profile",
    _profile,
    "There is no borough with answers on a scale that may be shown by name: choose one that has some.",
    "One borough's answers beside London's.",
    BELOW,
    is_shared=False,
)
KINDS = (PROFILE,)
