"""The parts of the page on the lottery: findings in sentences, pictures, methods."""

import pandas as pd
import streamlit as st

from geo.lottery import Lottery
from pages.components import (
    drawing,
    figures,
    lottery_pictures,
    lottery_words,
    notes,
    sidebar,
)
from pages.components.lottery_pieces import AGAINST, BY_ICS, FUNNEL, OVER_TIME, SPREAD_OVER_TIME
from pages.components.view import View
from pages.components.view_picture import Picture


def show_findings(found: Lottery, view: View, picture: Picture) -> None:
    """The headline, and every measure with its value and what it says."""
    catalogue = figures.london().catalogue
    st.header(picture.dated(lottery_words.headline(found, picture.indicator, catalogue)), anchor=False)
    within = lottery_words.within(found)
    if within:
        st.markdown(within)
    if picture.indicator.unit == "change":
        st.markdown(lottery_words.mean_change(picture.place_table, picture.indicator, catalogue))
    for fact in lottery_words.facts(picture.indicator, figures.london().facts):
        st.markdown(fact)
    notes.show_rank(picture.rows, view.borough)
    notes.show_small(picture.rows)
    lines = pd.DataFrame(lottery_words.lines(found, picture.indicator, catalogue)).drop(columns="field")
    table = lines.set_axis(["Measure", "Value", "What it says"], axis="columns")
    st.table(table, hide_index=True, border="horizontal")
    st.markdown(lottery_words.not_given(found))


def show_over_time(view: View) -> None:
    """Whether the lottery is growing: ends and spread of each period."""
    piece = drawing.find(OVER_TIME, view)
    if piece is None:
        return
    st.header("Is the lottery growing?", anchor=False)
    st.markdown(lottery_pictures.said_over_time(view))
    drawing.show(OVER_TIME, piece, view)
    if spread := drawing.find(SPREAD_OVER_TIME, view):
        st.markdown(lottery_pictures.SPREAD)
        drawing.show(SPREAD_OVER_TIME, spread, view)
    with st.expander("Every measure in every period"):
        st.table(lottery_pictures.period_table(view), hide_index=True, border="horizontal")


def show_by_ics(view: View) -> None:
    """Each borough in the line of its ICS."""
    st.header("Where each borough stands" if view.scope else "Between ICSs or within them?", anchor=False)
    if piece := drawing.find(BY_ICS, view):
        drawing.show(BY_ICS, piece, view)


def show_against(view: View) -> None:
    """Each borough by another indicator of the reader's choice."""
    st.header("What does it go with?", anchor=False)
    offered = {i.indicator_id: i.short_label for i in lottery_pictures.others(view)}
    sidebar.select("against", "Against", offered, lottery_pictures.against(view).indicator_id)
    piece = drawing.find(AGAINST, view)
    if piece is None:
        st.info(AGAINST.absence)
        return
    association, *_ = piece.remarks
    st.markdown(association)
    drawing.show(AGAINST, piece, view)


def show_funnel(view: View) -> None:
    """Which boroughs differ from London by more than chance; only for proportions with counts."""
    piece = drawing.find(FUNNEL, view)
    if piece is None:
        return
    st.header("More than chance?", anchor=False)
    st.markdown(lottery_pictures.funnel_words(view))
    drawing.show(FUNNEL, piece, view)


def show_methods() -> None:
    """How each measure is worked out."""
    with st.expander("How these are worked out"):
        st.markdown(_METHODS)


_METHODS = """
- **Gap**: the largest value minus the smallest, of the boroughs that have one. Areas with very few children
  are left out of everything on this page.
- **How many times**: the largest over the smallest. Where nearly everybody is reached this hides what
  matters, so those who are missed are compared as well.
- **Typical distance**: the weighted coefficient of variation, each borough weighted by those eligible.
- **Systematic variation**: for rates that can exceed one a person, the systematic component of variation
  (McPherson and others, 1982): the spread without that which counts of this size have by chance.
- **More than chance**: I² = (Q − df) / Q with Cochran's Q against London's rate (Higgins and Thompson, 2002).
- **Gini coefficient**: half the mean difference of two people drawn at random, over the mean.
- **Between ICSs**: Theil's T, weighted by those eligible, split between and within ICSs; η² against 9,999
  random regroupings of the boroughs.
- **Gradient with deprivation**: the slope index of inequality over the Index of Multiple Deprivation 2025: a
  weighted line over the boroughs in order of deprivation, and the difference of its ends. The relative index
  is their ratio (Mackenbach and Kunst, 1997).
- **Funnel**: exact binomial limits, and limits widened by the boroughs' own spread (Spiegelhalter, 2005).

Where figures come without counts, each borough counts the same.
"""
