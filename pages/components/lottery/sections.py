"""The parts of the page on the lottery: findings in sentences, pictures, methods."""

import pandas as pd
import streamlit as st

from geo.lottery.one_period import Lottery
from pages.components.charts import plain_table
from pages.components.data import figures
from pages.components.data.edition import once, once_for
from pages.components.data.indicator_view import IndicatorView
from pages.components.exhibits import drawing, of_view
from pages.components.lottery import text as lottery_text, text_over_time, views
from pages.components.lottery.exhibits import AGAINST, BY_ICS, FUNNEL, OVER_TIME, SPREAD_OVER_TIME
from pages.components.notes import sources as notes_sources
from pages.components.state import controls
from pages.components.state.part import part
from pages.components.state.view import View
from pages.components.text import caveats, time_series

FOR_ANALYSTS = "For analysts: every measure, what it goes with, and how it is worked out"


def show_findings(found: Lottery, view: View, picture: IndicatorView) -> None:
    """How far apart boroughs are: the headline, and what else is known of it."""
    st.header(picture.dated(lottery_text.headline(found, picture.indicator)), anchor=False)
    if picture.indicator.kind == "change":
        st.markdown(lottery_text.NO_LOTTERY)
        st.markdown(lottery_text.mean_change(picture.place_table, picture.indicator))
        st.markdown(" ".join(time_series.across(figures.london(), picture.indicator)))
    for fact in _facts(picture.indicator.indicator_id):
        st.markdown(fact)
    notes_sources.show_rank(picture, view.borough)
    notes_sources.show_small(picture)


@once
def _facts(indicator_id: str) -> list[str]:
    london = figures.london()
    return lottery_text.facts(london.catalogue.indicators[indicator_id], london.facts)


@part
def show_beside(view: View) -> None:
    """Who has no figure and why, and what the marks of boroughs mean: London's own value is not said here."""
    notes_sources.show_beside(_beside(view))


@once_for("indicator", "period", "ics")
def _beside(view: View) -> list[str]:
    picture, table = figures.picture(view), figures.picture(view).place_table
    return [
        *caveats.say_missing(table, figures.london().catalogue, view.scope),
        *caveats.say_marks(table[table["area_type"] == "borough"], picture.indicator, view.scope),
    ]


def show_over_time(view: View) -> None:
    """Whether the lottery is growing: the finding, the ends of each period, and what is not compared."""
    if not _has_course(view):
        return
    finding, *notes = views.said_over_time(view)
    st.header("Is the lottery growing?", anchor=False)
    st.markdown(finding)
    drawing.show_if_any(OVER_TIME, view)
    notes_sources.show_marks([*filter(None, [" ".join(notes)]), *views.explained_over_time(view)])


def show_by_ics(found: Lottery, view: View) -> None:
    """How much of the difference is within ICSs, and each borough in the line of its own."""
    splits = view.scope is None and figures.picture(view).indicator.can_be_compared
    st.header("Between ICSs or within them?" if splits else "Where each borough stands", anchor=False)
    if within := lottery_text.within(found):
        st.markdown(within)
    drawing.show_if_any(BY_ICS, view)


@part
def show_measures(found: Lottery, view: View) -> None:
    """Every measure with its value and what it says, now and over time."""
    indicator = figures.picture(view).indicator
    with st.container():
        measures = _measures(view)
        if len(measures):
            plain_table.show(measures, "measures")
        st.markdown(lottery_text.not_given(found, indicator))
    if not _has_course(view):
        return
    _show_spread_over_time(view)
    st.header("Every measure in every period", anchor=False)
    st.markdown(text_over_time.EACH_ITS_OWN)
    plain_table.show(_by_period(view), "periods")


@part
def _show_spread_over_time(view: View) -> None:
    if spread := of_view.find(SPREAD_OVER_TIME, view):
        st.header("The spread over time", anchor=False)
        st.markdown(views.SPREAD)
        drawing.show(SPREAD_OVER_TIME, spread, view)


@once_for("indicator", "period", "ics")
def _measures(view: View) -> pd.DataFrame:
    """The measures that there are, as they are read; no rows for none."""
    found, indicator = figures.lottery(view), figures.picture(view).indicator
    lines = lottery_text.lines(found, indicator) if found else []
    return lottery_text.table(lines).texts() if lines else pd.DataFrame()


@once_for("indicator", "period", "ics")
def _by_period(view: View) -> pd.DataFrame:
    """Every measure in every period, as it is read."""
    return views.period_table(view, thinned=True).texts()


def _has_course(view: View) -> bool:
    return len(figures.lottery_by_period(view, thinned=True)) > 1


@part
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
    exhibit = of_view.find(AGAINST, view)
    if exhibit is None:
        st.info(AGAINST.absence)
        return
    association, *_ = exhibit.remarks
    st.markdown(association)
    drawing.show(AGAINST, exhibit, view)


@part
def show_funnel(view: View) -> None:
    """Which boroughs differ from London by more than chance; only for proportions with counts."""
    exhibit = of_view.find(FUNNEL, view)
    if exhibit is None:
        return
    st.header("More than chance?", anchor=False)
    st.markdown(views.funnel_words(view))
    drawing.show(FUNNEL, exhibit, view)


def periods_shown(view: View) -> list[str]:
    """The periods that the page shows: all of them where there is a picture over time."""
    all_periods = figures.london().periods[view.indicator]
    return all_periods if of_view.find(OVER_TIME, view) else [view.period]


def show_methods(found: Lottery, view: View) -> None:
    """How each measure that is given is worked out; nothing where none is."""
    indicator = figures.picture(view).indicator
    if not indicator.can_be_compared:
        return
    said = lottery_text.methods(found, indicator, has_funnel=of_view.find(FUNNEL, view) is not None)
    st.header("How these are worked out", anchor=False)
    st.markdown("\n".join(f"- {text}" for text in said))
    st.markdown("Where figures come without counts, each borough counts the same.")
