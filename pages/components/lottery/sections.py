"""The parts of the page on the lottery: findings in sentences, pictures, methods."""

import pandas as pd
import streamlit as st

from geo.lottery.one_period import Lottery
from pages.components.data import figures
from pages.components.data.indicator_view import IndicatorView
from pages.components.exhibits import drawing
from pages.components.lottery import text as lottery_text
from pages.components.lottery import text_over_time, views
from pages.components.lottery.exhibits import AGAINST, BY_ICS, FUNNEL, OVER_TIME, SPREAD_OVER_TIME
from pages.components.notes import sources as notes_sources
from pages.components.state import controls
from pages.components.state.view import View
from pages.components.text import time_series


def show_findings(found: Lottery, view: View, picture: IndicatorView) -> None:
    """The headline, and every measure with its value and what it says."""
    catalogue = figures.london().catalogue
    st.header(picture.dated(lottery_text.headline(found, picture.indicator, catalogue)), anchor=False)
    within = lottery_text.within(found)
    if within:
        st.markdown(within)
    if picture.indicator.kind == "change":
        st.markdown(lottery_text.NO_LOTTERY)
        st.markdown(lottery_text.mean_change(picture.place_table, picture.indicator, catalogue))
        st.markdown(" ".join(time_series.across(figures.london(), picture.indicator)))
    for fact in lottery_text.facts(picture.indicator, figures.london().facts):
        st.markdown(fact)
    notes_sources.show_rank(picture.rows, view.borough, picture.indicator)
    notes_sources.show_small(picture.rows)
    if lines := lottery_text.lines(found, picture.indicator, catalogue):
        table = pd.DataFrame(lines).drop(columns="field")
        table = table.set_axis(["Measure", "Value", "What it says"], axis="columns")
        st.table(table, hide_index=True, border="horizontal")
    st.markdown(lottery_text.not_given(found, picture.indicator))


def show_over_time(view: View) -> None:
    """Whether the lottery is growing: ends and spread of each period."""
    if len(figures.lottery_by_period(view, thinned=True)) < 2:
        return
    st.header("Is the lottery growing?", anchor=False)
    st.markdown(" ".join(views.said_over_time(view)))
    if exhibit := drawing.find(OVER_TIME, view):
        drawing.show(OVER_TIME, exhibit, view)
    if spread := drawing.find(SPREAD_OVER_TIME, view):
        st.markdown(views.SPREAD)
        drawing.show(SPREAD_OVER_TIME, spread, view)
    notes_sources.show_marks(views.explained_over_time(view))
    with st.expander("Every measure in every period"):
        st.markdown(text_over_time.EACH_ITS_OWN)
        st.table(views.period_table(view, thinned=True), hide_index=True, border="horizontal")


def show_by_ics(view: View) -> None:
    """Each borough in the line of its ICS."""
    splits = view.scope is None and figures.picture(view).indicator.can_be_compared
    st.header("Between ICSs or within them?" if splits else "Where each borough stands", anchor=False)
    if exhibit := drawing.find(BY_ICS, view):
        drawing.show(BY_ICS, exhibit, view)


def show_against(view: View) -> None:
    """Each borough by another indicator of the reader's choice; nothing for what cannot be compared."""
    indicator = figures.picture(view).indicator
    if not indicator.can_be_compared:
        return
    st.header("What does it go with?", anchor=False)
    offered = {i.indicator_id: i.short_label for i in views.others(view)}
    controls.select("against", "Against", offered, views.against(view).indicator_id)
    if circular := views.why_not_against(view):
        st.markdown(circular)
    exhibit = drawing.find(AGAINST, view)
    if exhibit is None:
        st.info(AGAINST.absence)
        return
    association, *_ = exhibit.remarks
    st.markdown(association)
    drawing.show(AGAINST, exhibit, view)


def show_funnel(view: View) -> None:
    """Which boroughs differ from London by more than chance; only for proportions with counts."""
    exhibit = drawing.find(FUNNEL, view)
    if exhibit is None:
        return
    st.header("More than chance?", anchor=False)
    st.markdown(views.funnel_words(view))
    drawing.show(FUNNEL, exhibit, view)


def periods_shown(view: View) -> list[str]:
    """The periods that the page shows: all of them where there is a picture over time."""
    all_periods = figures.london().periods[view.indicator]
    return all_periods if drawing.find(OVER_TIME, view) else [view.period]


def show_methods(found: Lottery, view: View) -> None:
    """How each measure that is given is worked out; nothing where none is."""
    indicator = figures.picture(view).indicator
    if not indicator.can_be_compared:
        return
    said = lottery_text.methods(found, indicator, has_funnel=drawing.find(FUNNEL, view) is not None)
    with st.expander("How these are worked out"):
        st.markdown("\n".join(f"- {text}" for text in said))
        st.markdown("Where figures come without counts, each borough counts the same.")
