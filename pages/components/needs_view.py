"""What would it take: how many more for London's value, the top quarter, or a target of the reader's."""

import pandas as pd
import streamlit as st

from data_loaders.catalogue import Catalogue, Indicator
from geo import needs
from geo.join import LONDON, place_table, value_of
from geo.lottery import compared
from pages.components import figures, words
from pages.components.view import View

LONDONS, TOP, OWN = "London's value", "The top quarter", "A target of my own"


def show_needs(view: View) -> None:
    """The choice of a target, and what each borough in scope would need for it; nothing without counts."""
    london = figures.london()
    indicator = london.catalogue.indicators[view.indicator]
    table = place_table(london, view.indicator, view.period, view.vintage)
    everywhere, rows = compared(table, None), compared(table, view.scope)
    if not needs.can_be_closed(everywhere, indicator, london.catalogue):
        return
    st.header("What would it take?", anchor=False)
    values = {LONDONS: value_of(table, LONDON), TOP: needs.top_quarter(everywhere)}
    chosen = st.segmented_control(
        "For every borough to reach", [*values, OWN], default=LONDONS, required=True
    )
    target = values[chosen] if chosen in values else _own_target(indicator, values[LONDONS], london.catalogue)
    found = needs.needed(rows, target, indicator.multiplier)
    st.markdown(sentence(found, target, indicator, london.catalogue))
    st.markdown("This is a scale of the gap, not a target: it says nothing of what children there need.")
    if found.empty:
        return
    ics = needs.by_ics(found).set_axis(["ICS", "Boroughs below it", "More needed"], axis="columns")
    if view.scope is None:
        st.table(ics, hide_index=True, border="horizontal")
    with st.expander("Borough by borough", expanded=view.scope is not None):
        st.table(listed(found, indicator, london.catalogue), hide_index=True, border="horizontal")


def sentence(found: pd.DataFrame, target: float, indicator: Indicator, catalogue: Catalogue) -> str:
    """How many more are needed, where, and most of all where."""
    noun = catalogue.units[indicator.unit].counted
    said = words.format_value(target, indicator, catalogue)
    if found.empty:
        return f"Every borough has {said} or more."
    one = {"children": "child", "centres": "centre"}
    total = int(found["more"].sum())
    what = f"{total:,} more {one[noun] if total == 1 else noun}"
    foremost = list(found.loc[found["more"] == found["more"].max(), "area_name"])
    most = words.join_names(foremost)
    if len(found) == 1:
        return f"To reach {said}, {most} would need {what}."
    where = f"{words.say_number(len(found))} boroughs would need {what} in all"
    each = " each" if len(foremost) > 1 else ""
    return f"To reach {said}, {where}, most of them {most} ({found['more'].max():,}{each})."


def listed(found: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> pd.DataFrame:
    """The boroughs as a table for the page."""
    return pd.DataFrame(
        {
            "Borough": found["area_name"],
            "ICS": found["ics_name"],
            "Now": [words.format_value(value, indicator, catalogue) for value in found["value"]],
            "Children eligible": [f"{number:,.0f}" for number in found["denominator"]],
            "More needed": found["more"],
        }
    )


def _own_target(indicator: Indicator, default: float, catalogue: Catalogue) -> float:
    largest = catalogue.units[indicator.unit].largest
    return st.number_input(
        "Target",
        min_value=0.0,
        max_value=float(largest) if largest else None,
        value=round(default, indicator.decimals),
        step=1.0,
        format=f"%.{indicator.decimals}f",
    )
