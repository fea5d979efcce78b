"""Whom a borough can learn from in the enablers where it is early."""

import pandas as pd
import streamlit as st

from geo.places.borough import by_enabler
from geo.survey.maturity import NO_REPLY, WITHHELD, strongest, weakest
from pages.components.answers.waves import Wave
from pages.components.charts import plain_table
from pages.components.data import figures
from pages.components.data.edition import once
from pages.components.state.view import View
from pages.components.text import grammar

CAVEAT = (
    "Boroughs rate themselves: a high rating is their own view. The case studies and their enablers are "
    "those of the 2022 report's annex A."
)


def show(wave: Wave, view: View) -> None:
    """From a borough's weak enablers to case studies and to boroughs that rate themselves highest."""
    london = figures.london()
    own = {shown.boroughs[london.borough_codes[view.borough]] for shown in wave.shown.values()}
    st.subheader("Whom to learn from", anchor=False)
    rows = learning(wave, view.borough)
    if not rows.empty:
        plain_table.show(rows, "learning")
        st.markdown(f":small[{CAVEAT}]")
    elif own <= {NO_REPLY, WITHHELD}:
        st.markdown(f"{view.borough} has no answer that may be shown, so nothing is suggested.")
    else:
        st.markdown(f"{view.borough} does not put itself on the lower half of the scale in any enabler.")


def learning(wave: Wave, borough: str) -> pd.DataFrame:
    """The enablers in which a borough is on the lower half of the scale, with whom to ask: a row each."""
    london = figures.london()
    cases = _cases()
    rows = []
    for item_id in weakest(wave.shown, london.borough_codes[borough], wave.instrument):
        label = wave.instrument.item(item_id).label
        studies = [
            f"{case['box']}. {case['title']} ({grammar.join_names(others)})"
            for case in cases
            if case["enabler"] == label and (others := [name for name in case["boroughs"] if name != borough])
        ]
        best = [london.borough_names[code] for code in strongest(wave.shown, item_id, wave.instrument)]
        answer = wave.shown[item_id].boroughs[london.borough_codes[borough]]
        rows.append(
            {
                "Where it is early": f"{label} ({wave.instrument.option(answer).label.lower()})",
                "Case studies in the 2022 report": "; ".join(studies) or "none",
                "Rate themselves mature, and are named": grammar.list_names(sorted(best)) or "none",
            }
        )
    return pd.DataFrame(rows)


@once
def _cases() -> list[dict]:
    """The report's case studies by enabler (geo.places.borough.by_enabler), as rows."""
    london = figures.london()
    return by_enabler(london.borough_codes, london.case_studies, london.enablers).to_dict("records")
