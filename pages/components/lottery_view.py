"""The parts of the page on the lottery: findings in sentences, pictures, files, methods."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from geo.lottery import Lottery
from pages.components import (
    chart_parts,
    downloads,
    drawing,
    figures,
    lottery_pictures,
    lottery_words,
    needs_view,
    notes,
    sidebar,
)
from pages.components.view import View
from pages.exports import pictures

WIDTH = 800
SPREAD = (
    "How far apart all boroughs are, not only the two at the ends: the coefficient of variation gives the "
    "typical distance from the value of all together, the Gini coefficient is 0 if every borough had the "
    "same."
)


def show_findings(found: Lottery, view: View, picture: figures.Picture) -> None:
    """The headline, and every measure with its value and what it says."""
    catalogue = figures.london().catalogue
    st.header(lottery_words.headline(found, picture.indicator, catalogue), anchor=False)
    within = lottery_words.within(found)
    if within:
        st.markdown(within)
    if picture.indicator.unit == "change":
        st.markdown(lottery_words.mean_change(picture.place_table, picture.indicator, catalogue))
    for fact in lottery_words.facts(picture.indicator, figures.london().facts):
        st.markdown(fact)
    notes.show_rank(picture.rows, view.borough)
    notes.show_small(picture.rows)
    lines = lottery_words.lines(found, picture.indicator, catalogue)
    table = pd.DataFrame(lines).set_axis(["Measure", "Value", "What it says"], axis="columns")
    st.table(table, hide_index=True, border="horizontal")
    st.markdown(lottery_words.not_given(found))


def show_over_time(view: View) -> None:
    """Whether the lottery is growing: the highest and lowest value in each period."""
    chart = lottery_pictures.over_time_chart(view, drawing.theme())
    if chart is None:
        return
    st.header("Is the lottery growing?", anchor=False)
    catalogue = figures.london().catalogue
    periods = figures.lottery_over_time(view)
    indicator = catalogue.indicators[view.indicator]
    st.markdown(lottery_words.over_time(periods, indicator, catalogue))
    _draw(chart, "lottery_over_time", "The highest, the lowest and London's value in each period.")
    spread = lottery_pictures.spread_chart(view, drawing.theme())
    if spread:
        st.markdown(SPREAD)
        _draw(spread, "lottery_spread", "How far apart all boroughs are in each period.")
    with st.expander("Every measure in every period"):
        table = lottery_words.by_period(periods, indicator, catalogue)
        st.table(table, hide_index=True, border="horizontal")


def show_by_ics(view: View, picture: figures.Picture) -> None:
    """Each borough in the line of its ICS."""
    st.header("Where each borough stands" if view.scope else "Between ICSs or within them?", anchor=False)
    _draw(
        lottery_pictures.by_ics_chart(view, drawing.theme()),
        "lottery_by_ics",
        "Each borough as a dot, by ICS.",
    )


def show_against(view: View, picture: figures.Picture) -> None:
    """Each borough by another indicator of the reader's choice."""
    st.header("What does it go with?", anchor=False)
    offered = {i.indicator_id: i.short_label for i in lottery_pictures.others(view)}
    other = lottery_pictures.against(view)
    sidebar.select("against", "Against", offered, other.indicator_id)
    chart = lottery_pictures.against_chart(view, drawing.theme())
    if chart is None:
        st.info("Fewer than three boroughs have both figures.")
        return
    st.markdown(lottery_pictures.association(view))
    _draw(chart, "lottery_against", f"Each borough by {other.short_label}.")


def show_funnel(view: View, picture: figures.Picture) -> None:
    """Which boroughs differ from London by more than chance; only for proportions with counts."""
    chart = lottery_pictures.funnel_chart(view, drawing.theme())
    if chart is None:
        return
    st.header("More than chance?", anchor=False)
    st.markdown(lottery_pictures.funnel_words(view))
    _draw(chart, "lottery_funnel", "Each borough by how many children are eligible.")


def offer(found: Lottery, view: View, picture: figures.Picture) -> None:
    """The pictures that there are, the measures, and what each borough would need."""
    name = downloads.file_name(view)
    files = []
    for label, build in CHARTS.items():
        if build(view, "light"):
            stem = f"{name}_{label.lower().replace(' ', '_')}"
            files += downloads.as_pictures(label, stem, partial(_framed, build, found, view, picture))
    files.append(downloads.as_table("Measures", f"{name}_lottery", partial(_measures, found, view, picture)))
    files.append(
        downloads.as_table(
            "Measures over time", f"{name}_lottery_over_time", partial(_by_period, view, picture)
        )
    )
    if needs_view.can_be_said(view):
        files.append(
            downloads.as_table("What it would take", f"{name}_needed", partial(needs_view.as_rows, view))
        )
    downloads.buttons(files)


def show_methods() -> None:
    """How each measure is worked out."""
    with st.expander("How these are worked out"):
        st.markdown(_METHODS)


def _draw(chart: chart_parts.Picture, key: str, name: str) -> None:
    spec, data = chart
    st.vega_lite_chart(
        spec=spec | {"datasets": data}, theme=None, key=key, alt=f"{name} The table above has the measures."
    )


def _framed(
    build: Callable[[View, str], chart_parts.Picture | None],
    found: Lottery,
    view: View,
    picture: figures.Picture,
) -> dict:
    spec, data = build(view, "light") or ({}, {})
    sources = picture.sources
    catalogue = figures.london().catalogue
    title = lottery_words.headline(found, picture.indicator, catalogue)
    said = [lottery_words.within(found)]
    if build in (lottery_pictures.over_time_chart, lottery_pictures.spread_chart):
        title = lottery_words.over_time(figures.lottery_over_time(view), picture.indicator, catalogue)
        said = []
    if build is lottery_pictures.funnel_chart:
        said = [lottery_pictures.funnel_words(view)]
    elif build is lottery_pictures.spread_chart:
        said = [SPREAD]
    elif build is lottery_pictures.against_chart:
        known = catalogue.sources
        said = [lottery_pictures.association(view)]
        sources = [*sources, *(known[source] for source in lottery_pictures.against(view).source_ids)]
    return pictures.framed(
        spec,
        data,
        WIDTH,
        title=title,
        subtitle=f"{picture.indicator.label}. {picture.subtitle}",
        footer=[*said, *picture.missing, *notes.source_lines(sources)],
        below=pictures.SLANTED_LABELS_BELOW,
    )


def _measures(found: Lottery, view: View, picture: figures.Picture) -> pd.DataFrame:
    lines = lottery_words.lines(found, picture.indicator, figures.london().catalogue)
    return pd.DataFrame(lines).assign(
        indicator=picture.indicator.label,
        period=view.period,
        scope=view.ics,
        ics_vintage=view.vintage,
        source="; ".join(source.title for source in picture.sources),
    )


def _by_period(view: View, picture: figures.Picture) -> pd.DataFrame:
    return figures.lottery_over_time(view).assign(
        indicator=picture.indicator.label,
        scope=view.ics,
        ics_vintage=view.vintage,
        source="; ".join(source.title for source in picture.sources),
    )


# what each picture is called on its buttons
CHARTS: dict[str, Callable[[View, str], chart_parts.Picture | None]] = {
    "Boroughs by ICS": lottery_pictures.by_ics_chart,
    "Over time": lottery_pictures.over_time_chart,
    "Spread by period": lottery_pictures.spread_chart,
    "Against another figure": lottery_pictures.against_chart,
    "Funnel": lottery_pictures.funnel_chart,
}
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
- **With deprivation**: the slope index of inequality over the Index of Multiple Deprivation 2025: a weighted
  line over the boroughs in order of deprivation, and the difference of its ends. The relative index is their
  ratio (Mackenbach and Kunst, 1997).
- **Funnel**: exact binomial limits, and limits widened by the boroughs' own spread (Spiegelhalter, 2005).

Where figures come without counts, each borough counts the same.
"""
