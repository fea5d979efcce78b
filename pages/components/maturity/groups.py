"""The answers to one question within London and each ICS."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from data_loaders.survey.instruments import TICKS, Instrument
from geo.survey.maturity import WHOLE
from pages.components.answers.waves import Wave
from pages.components.charts import parts as charts_parts
from pages.components.charts import survey_bars, survey_map
from pages.components.data import figures
from pages.components.exhibits import drawing
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.maturity import text
from pages.components.maturity.question import BELOW, PAGE, exhibit, item_of, wave_of
from pages.components.state.view import View
from pages.exports.exhibit import Exhibit

# how often each response was given in a group; None where that is withheld
Counts = dict[str, int] | None
TOO_FEW = "withheld"
WHY_WITHHELD = (
    "An ICS has a figure when at least three of its boroughs, and 60% of them, let their answers count in "
    "it, and when nobody's answer could be worked out from it, nor from it and earlier figures."
)


def show(wave: Wave, view: View) -> None:
    """The answers within London and each ICS, where they may be shown, with the median."""
    st.header("Within London and its ICSs", anchor=False)
    if found := drawing.find(BY_ICS, view):
        drawing.show(BY_ICS, found, view)
    st.table(table(wave, view), hide_index=True, border="horizontal")
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
    fills = {said[name]: fill for name, fill in survey_map.fills(instrument).items()}
    used = {name: fill for name, fill in fills.items() if name in set(rows["response"])}
    remarks = {name: TOO_FEW for name, counts in found.items() if counts is None}
    return survey_bars.stacked(rows, list(used), used, "Number of answers", theme, list(found), remarks)


def table(wave: Wave, view: View) -> pd.DataFrame:
    """The answers within each group as a table for the page; withheld ones are said to be."""
    found = groups(wave, view)
    said = survey_map.names(wave.instrument)
    used = [name for name in said if any(name in (counts or {}) for counts in found.values())]
    rows = []
    for name, counts in found.items():
        row = {"Where": name}
        row |= {said[key]: str(counts.get(key, 0)) if counts else TOO_FEW for key in used}
        if wave.instrument.kind != TICKS:
            row["Median"] = text.middle_text(counts, wave.instrument) if counts else TOO_FEW
        if wave.instrument.mean:
            row["Mean"] = text.mean_text(counts, wave.instrument) if counts else TOO_FEW
        rows.append(row)
    return pd.DataFrame(rows)


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
)
KINDS = (BY_ICS,)
