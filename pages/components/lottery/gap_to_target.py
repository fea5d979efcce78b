"""What would it take: how many more for London's value, the top quarter, or a target of the reader's."""

import pandas as pd
import streamlit as st

from data_loaders.catalogue import Indicator
from geo.lottery import gap_to_target
from geo.lottery.compared import compared
from geo.tables import marks
from geo.tables.london import LONDON, place_table, value_of
from pages.components.charts import plain_table
from pages.components.data import figures
from pages.components.data.edition import once_for
from pages.components.state import controls, heard, keys, session
from pages.components.state.part import part
from pages.components.state.view import LARGEST_TARGET, TARGETS as KNOWN_TARGETS, View
from pages.components.text import columns, grammar, units
from pages.components.text.differences import A_SCALE
from pages.exports.table import Column, Kind, Table

OWN = "own"
TARGETS = {"london": "London's value", "top": "The top quarter", OWN: "A target of my own"}


@part
def show_needs(view: View) -> None:
    """The choice of a target, and what each borough in scope would need for it; nothing without counts."""
    if not can_be_said(view):
        return
    indicator = figures.indicator_of(view)
    st.header("What would it take?", anchor=False)
    _choose_target(view, indicator, targets(view)["london"])
    found = needed(view)
    st.markdown(figures.picture(view).dated(sentence(found, target(view), indicator)))
    st.markdown(A_SCALE)
    if found.empty:
        return
    with st.container():
        if view.scope is None:
            plain_table.show(_by_ics(view), "needed_by_ics")
    with st.expander("Borough by borough", expanded=view.scope is not None):
        plain_table.show(_by_borough(view), "needed")


@once_for("indicator", "period", "target")
def _by_ics(view: View) -> pd.DataFrame:
    """How many boroughs of each ICS are below the target, and how many more that takes, as it is read."""
    indicator = figures.indicator_of(view)
    names = ["ICS", "Boroughs below it", more_heading(indicator)]
    return gap_to_target.by_ics(needed(view)).set_axis(names, axis="columns")


@once_for("indicator", "period", "ics", "target")
def _by_borough(view: View) -> pd.DataFrame:
    """What each borough would need, as it is read."""
    return table(needed(view), view).without("target").texts()


@once_for("indicator", "period")
def can_be_said(view: View) -> bool:
    """Whether the figures carry it."""
    indicator = figures.indicator_of(view)
    return gap_to_target.can_be_closed(compared(_table(view), None), indicator)


@once_for("indicator", "period", "ics", "target")
def needed(view: View) -> pd.DataFrame:
    """What each borough in scope would need for the target (geo.lottery.gap_to_target.needed)."""
    indicator = figures.indicator_of(view)
    return gap_to_target.needed(compared(_table(view), view.scope), target(view), indicator)


def rows_behind(view: View) -> list[pd.DataFrame]:
    """The rows of the boroughs in scope, and of those that the target is worked out from."""
    table = _table(view)
    behind = {"london": table[table["area_code"] == LONDON], "top": compared(table, None)}
    return [compared(table, view.scope), behind.get(view.target, table[:0])]


def target(view: View) -> float:
    """The target that the link asks for, in the unit of the indicator."""
    known = targets(view)
    return known[view.target] if view.target in known else float(view.target)


@once_for("indicator", "period")
def targets(view: View) -> dict[str, float]:
    """The two targets that the figures give, by their names in the link."""
    table = _table(view)
    return {"london": value_of(table, LONDON), "top": gap_to_target.top_quarter(compared(table, None))}


def sentence(found: pd.DataFrame, target: float, indicator: Indicator) -> str:
    """How many more are needed, where, and most of all where."""
    said = units.format_value(target, indicator)
    if found.empty:
        return f"Every borough that is compared has {said} or more."
    total = int(found["more"].sum())
    what = f"{total:,} more {grammar.fill_forms(indicator.one_more, total)}"
    foremost = list(found.loc[found["more"] == found["more"].max(), "area_name"])
    if len(found) == 1:
        return f"To reach {said}, {foremost[0]} would need {what}."
    where = f"{grammar.say_number(len(found))} boroughs would need {what}, added up over them"
    each = " each" if len(foremost) > 1 else ""
    most = f"{grammar.list_names(foremost)} the most ({found['more'].max():,}{each})"
    return f"To reach {said}, {where}: {most}."


def more_heading(indicator: Indicator) -> str:
    """The heading of a column of what is needed: "More designated centres needed"."""
    return f"More {grammar.fill_forms(indicator.one_more, 2)} needed"


def table(found: pd.DataFrame, view: View) -> Table:
    """What each borough would need for the target of the view: rows of needed()."""
    indicator = figures.indicator_of(view)
    measure = units.measure(indicator)
    rows = found.assign(target=target(view), reason=marks.reasons(found, indicator))
    return Table(
        rows,
        (
            columns.CODE,
            columns.BOROUGH,
            columns.ICS,
            Column("value", "Now", Kind.NUMBER, measure, "reason"),
            Column("denominator", "Children eligible", Kind.NUMBER),
            Column("more", more_heading(indicator), Kind.NUMBER),
            Column("target", "Target", Kind.NUMBER, measure),
            *columns.known(rows, columns.NOTE),
        ),
    )


def _table(view: View) -> pd.DataFrame:
    return place_table(figures.london(), view.indicator, view.period, view.vintage)


def _choose_target(view: View, indicator: Indicator, londons: float) -> None:
    """The controls of the target, in step with the link."""
    is_own, londons_own = view.target not in KNOWN_TARGETS, f"{round(londons, indicator.decimals):g}"
    controls.keep(keys.TARGET, OWN if is_own else view.target)
    st.segmented_control(
        "For every borough to reach",
        list(TARGETS),
        key=keys.TARGET,
        format_func=TARGETS.__getitem__,
        required=True,
        on_change=heard.control(
            keys.TARGET, lambda kind: session.ask(target=londons_own if kind == OWN else kind)
        ),
    )
    if is_own:
        largest = indicator.unit.largest
        controls.keep(keys.TARGET_NUMBER, float(view.target))
        st.number_input(
            "Target",
            min_value=0.0,
            max_value=float(largest or LARGEST_TARGET),
            step=1.0,
            format=f"%.{indicator.decimals}f",
            key=keys.TARGET_NUMBER,
            on_change=heard.control(keys.TARGET_NUMBER, lambda number: session.ask(target=f"{number:g}")),
        )
