"""The answers to one question within London and each ICS."""

import math
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import streamlit as st

from data_loaders.survey.instruments import TICKS, Instrument
from geo.survey.maturity import WHOLE, mean
from geo.tables.listing import boards
from geo.tables.london import LONDON
from pages.components.answers.waves import Wave
from pages.components.charts import parts as charts_parts, plain_table, survey_map, survey_rows
from pages.components.data import figures
from pages.components.exhibits import drawing
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.maturity import text
from pages.components.maturity.question import BELOW, PAGE, exhibit, item_of, wave_of
from pages.components.state.part import part
from pages.components.state.view import View
from pages.components.text import columns
from pages.exports.exhibit import Exhibit
from pages.exports.table import Column, Kind, Measure, Table

# how often each response was given in a group; None where that is withheld
Counts = dict[str, int] | None
TOO_FEW = "withheld"
WHY_WITHHELD = (
    "An ICS has a figure when at least three of its boroughs, and 60% of them, let their answers count in "
    "it, and when nobody's answer could be worked out from it, nor from it and earlier figures."
)


@part
def show(wave: Wave, view: View) -> None:
    """The answers within London and each ICS, where they may be shown, with the median."""
    st.header("Within London and its ICSs", anchor=False)
    drawing.show_if_any(BY_ICS, view)
    plain_table.show(table(wave, view), "groups")
    st.markdown(f":small[{WHY_WITHHELD}]")


def groups(wave: Wave, view: View) -> dict[str, Counts]:
    """The counts by the name of the group: London, and the ICSs of these boundaries."""
    found = wave.shown[item_of(view)].groups
    names = figures.london().ics_names[view.vintage]
    return {"London": found.get(WHOLE)} | {
        name: found.get((view.vintage, code)) for code, name in names.items()
    }


def bars(found: Mapping[str, Counts], instrument: Instrument, theme: str) -> charts_parts.Chart | None:
    """A bar of answers for each group; None where no figure may be shown."""
    said = survey_map.names(instrument)
    rows = pd.DataFrame(
        [
            {"group": name, "response": said[response], "amount": count, "text": str(count)}
            for name, counts in found.items()
            for response, count in (counts or {}).items()
        ]
    )
    if rows.empty:
        return None
    fills = {said[name]: fill for name, fill in survey_map.fills(instrument, theme).items()}
    used = {name: fill for name, fill in fills.items() if name in set(rows["response"])}
    remarks = {name: TOO_FEW for name, counts in found.items() if counts is None}
    return survey_rows.stacked(rows, list(used), used, "Number of answers", theme, list(found), remarks)


def table(wave: Wave, view: View) -> Table:
    """The answers within each group; withheld ones are said to be."""
    found, instrument = groups(wave, view), wave.instrument
    said = survey_map.names(instrument)
    used = [name for name in said if any(name in (counts or {}) for counts in found.values())]
    codes = {"London": LONDON}
    for code, name in figures.london().ics_names[view.vintage].items():
        codes[name] = boards(figures.london(), view.vintage).at[code, "icb_code"]
    rows = pd.DataFrame(
        {"area_code": codes[name], "area_name": name, "shown": "shown" if counts else TOO_FEW}
        | {key: counts.get(key, 0) if counts else math.nan for key in used}
        | {
            "median": text.middle_text(counts, instrument) if counts and instrument.kind != TICKS else "",
            "mean": (mean(counts, instrument) if counts else None) or math.nan,
        }
        for name, counts in found.items()
    )
    shown = [Column(key, said[key], Kind.NUMBER, absent="shown") for key in used]
    if instrument.kind != TICKS:
        shown.append(Column("median", "Median", Kind.CATEGORY, absent="shown"))
    if instrument.mean:
        shown.append(Column("mean", "Mean", Kind.NUMBER, Measure(decimals=2), absent="shown"))
    where = (columns.CODE, replace(columns.AREA, name="Where"))
    why = Column("shown", "Shown or withheld", Kind.NOTE)
    return Table(rows, (*where, *shown, why))


def _by_ics(view: View, theme: str) -> Exhibit | None:
    wave = wave_of(view)
    chart = bars(groups(wave, view), wave.instrument, theme) if wave else None
    if wave is None or chart is None:
        return None
    return exhibit(
        BY_ICS, wave, view, chart, lambda: table(wave, view), remarks=[WHY_WITHHELD], scope="london"
    )


BY_ICS = ExhibitKind(
    "maturity_by_ics",
    PAGE,
    "ICSs",
    _by_ics,
    "No figure may be shown: too few replied, or it would give away what somebody answered.",
    "Number of answers within London and each ICS.",
    BELOW,
    is_shared=False,
)
KINDS = (BY_ICS,)
