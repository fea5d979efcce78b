"""The parts of the page on the lottery: findings in sentences, pictures, files, methods."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from data_loaders.catalogue import Indicator
from geo.join import LONDON, place_table, value_of
from geo.lottery import Lottery, compared, has_counts, is_proportion
from pages.components import (
    chart_parts,
    downloads,
    drawing,
    figures,
    lottery_charts,
    lottery_words,
    needs_view,
    notes,
    sidebar,
)
from pages.components.view import View
from pages.exports import pictures

WIDTH = 800
FUNNEL = (
    "Between the solid lines lie 99.8% of boroughs that differ from London by chance alone. With thousands "
    "of children nearly every borough lies outside them, so the dashed lines allow for the usual spread of "
    "boroughs: what lies outside those stands out even so."
)


def show_findings(found: Lottery, picture: figures.Picture) -> None:
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
    notes.show_small(picture.rows)
    lines = lottery_words.lines(found, picture.indicator, catalogue)
    table = pd.DataFrame(lines).set_axis(["Measure", "Value", "What it says"], axis="columns")
    st.table(table, hide_index=True, border="horizontal")
    st.markdown(lottery_words.not_given(found))


def show_over_time(view: View) -> None:
    """Whether the lottery is growing: the highest and lowest value in each period."""
    chart = over_time_chart(view, drawing.theme())
    if chart is None:
        return
    st.header("Is the lottery growing?", anchor=False)
    catalogue = figures.london().catalogue
    periods = figures.lottery_over_time(view)
    st.markdown(lottery_words.over_time(periods, catalogue.indicators[view.indicator], catalogue))
    _draw(chart, "lottery_over_time", "The highest, the lowest and London's value in each period.")


def show_by_ics(view: View, picture: figures.Picture) -> None:
    """Each borough in the line of its ICS."""
    st.header("Where each borough stands" if view.scope else "Between ICSs or within them?", anchor=False)
    _draw(by_ics_chart(view, drawing.theme()), "lottery_by_ics", "Each borough as a dot, by ICS.")


def show_against(view: View, picture: figures.Picture) -> None:
    """Each borough by another indicator of the reader's choice."""
    st.header("What does it go with?", anchor=False)
    offered = {i.indicator_id: i.short_label for i in _others(view)}
    other = against(view)
    sidebar.select("against", "Against", offered, other.indicator_id)
    chart = against_chart(view, drawing.theme())
    if chart is None:
        st.info("Fewer than three boroughs have both figures.")
        return
    st.markdown(association(view))
    _draw(chart, "lottery_against", f"Each borough by {other.short_label}.")


def show_funnel(view: View, picture: figures.Picture) -> None:
    """Which boroughs differ from London by more than chance; only for proportions with counts."""
    chart = funnel_chart(view, drawing.theme())
    if chart is None:
        return
    st.header("More than chance?", anchor=False)
    st.markdown(FUNNEL)
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
    if needs_view.can_be_said(view):
        files.append(
            downloads.as_table("What it would take", f"{name}_needed", partial(needs_view.as_rows, view))
        )
    downloads.buttons(files)


def show_methods() -> None:
    """How each measure is worked out."""
    with st.expander("How these are worked out"):
        st.markdown(_METHODS)


def over_time_chart(view: View, theme: str) -> chart_parts.Picture | None:
    """The chart over time; None when there is one period only."""
    periods = figures.lottery_over_time(view)
    catalogue = figures.london().catalogue
    if len(periods) < 2:
        return None
    return lottery_charts.over_time(periods, catalogue.indicators[view.indicator], catalogue, theme)


def by_ics_chart(view: View, theme: str) -> chart_parts.Picture:
    """The chart of boroughs by ICS."""
    rows, indicator = _rows(view)
    return lottery_charts.by_ics(rows, indicator, figures.london().catalogue, view.borough, theme)


def against_rows(view: View, other: Indicator) -> pd.DataFrame:
    """Boroughs with both figures: the other one, at its latest period, in `other_value`."""
    rows, _ = _rows(view)
    london = figures.london()
    table = place_table(london, other.indicator_id, london.periods[other.indicator_id][0], view.vintage)
    values = table.set_index("area_code")["value"]
    return rows.assign(other_value=rows["area_code"].map(values)).dropna(subset="other_value")


def against(view: View) -> Indicator:
    """The other indicator: that of the view, unless it is the one that is looked at."""
    others = _others(view)
    return next((i for i in others if i.indicator_id == view.against), others[0])


def association(view: View) -> str:
    """What the chart of boroughs by another indicator does not show."""
    count = len(against_rows(view, against(view)))
    return f"Association between {count} areas, not cause. The line is the best straight fit."


def against_chart(view: View, theme: str) -> chart_parts.Picture | None:
    """The chart of boroughs by another indicator; None when fewer than three have both."""
    _, indicator = _rows(view)
    other = against(view)
    rows = against_rows(view, other)
    if len(rows) < 3:
        return None
    return lottery_charts.against(rows, other, indicator, figures.london().catalogue, view.borough, theme)


def funnel_chart(view: View, theme: str) -> chart_parts.Picture | None:
    """The funnel; None for what is no proportion or comes without counts, or has too few boroughs."""
    rows, indicator = _rows(view)
    catalogue = figures.london().catalogue
    if not is_proportion(indicator, catalogue) or not has_counts(rows) or len(rows) < 3:
        return None
    return lottery_charts.funnel_plot(rows, indicator, catalogue, view.borough, theme)


def _rows(view: View) -> tuple[pd.DataFrame, Indicator]:
    """The boroughs that are compared, with their short names and London's value, and the indicator."""
    london = figures.london()
    table = place_table(london, view.indicator, view.period, view.vintage)
    indicator = london.catalogue.indicators[view.indicator]
    labels = figures.layouts()["tiles"].labels["tile_label"]
    rows = compared(table, view.scope)
    total = indicator.aggregation == "sum"
    return rows.assign(
        short_name=rows["area_code"].map(labels).str.replace("|", " "),
        london=float("nan") if total else value_of(table, LONDON),
    ), indicator


def _draw(chart: chart_parts.Picture, key: str, name: str) -> None:
    spec, data = chart
    st.vega_lite_chart(
        spec=spec | {"datasets": data}, theme=None, key=key, alt=f"{name} The table above has the measures."
    )


def _others(view: View) -> list[Indicator]:
    return [i for i in figures.london().by_borough if i.indicator_id != view.indicator]


def _framed(
    build: Callable[[View, str], chart_parts.Picture | None],
    found: Lottery,
    view: View,
    picture: figures.Picture,
) -> dict:
    spec, data = build(view, "light") or ({}, {})
    sources = picture.sources
    said = [lottery_words.within(found)]
    if build is funnel_chart:
        said = [FUNNEL]
    elif build is against_chart:
        known = figures.london().catalogue.sources
        said = [association(view)]
        sources = [*sources, *(known[source] for source in against(view).source_ids)]
    return pictures.framed(
        spec,
        data,
        WIDTH,
        title=lottery_words.headline(found, picture.indicator, figures.london().catalogue),
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


# what each picture is called on its buttons
CHARTS: dict[str, Callable[[View, str], chart_parts.Picture | None]] = {
    "Boroughs by ICS": by_ics_chart,
    "Over time": over_time_chart,
    "Against another figure": against_chart,
    "Funnel": funnel_chart,
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
