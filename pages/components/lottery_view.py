"""The parts of the page on the lottery: findings in sentences, pictures, files, methods."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from data_loaders.catalogue import Indicator, Source
from geo.join import LONDON, place_table, value_of
from geo.lottery import Lottery, compared, has_counts, is_proportion
from pages.components import (
    chart_parts,
    drawing,
    figures,
    lottery_charts,
    lottery_words,
    needs_view,
    sidebar,
    words,
)
from pages.components.pieces import PieceKind, file_name
from pages.components.view import View
from pages.exports.piece import Piece

LIMITS = (
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
    small = picture.rows[picture.rows["small"] & ~picture.rows["outside"] & picture.rows["value"].notna()]
    for name in small["area_name"]:
        st.markdown(f"{name} has very few children and is left out here.")
    lines = lottery_words.lines(found, picture.indicator, catalogue)
    table = pd.DataFrame(lines).set_axis(["Measure", "Value", "What it says"], axis="columns")
    st.table(table, hide_index=True, border="horizontal")
    st.markdown(lottery_words.not_given(found))


def show_over_time(view: View) -> None:
    """Whether the lottery is growing: the highest and lowest value in each period."""
    piece = drawing.find(OVER_TIME, view)
    if piece is None:
        return
    st.header("Is the lottery growing?", anchor=False)
    st.markdown(_said_over_time(view))
    drawing.show(OVER_TIME, piece, view)


def show_by_ics(view: View) -> None:
    """Each borough in the line of its ICS."""
    st.header("Where each borough stands" if view.scope else "Between ICSs or within them?", anchor=False)
    if piece := drawing.find(BY_ICS, view):
        drawing.show(BY_ICS, piece, view)


def show_against(view: View) -> None:
    """Each borough by another indicator of the reader's choice."""
    st.header("What does it go with?", anchor=False)
    offered = {i.indicator_id: i.short_label for i in _others(view)}
    sidebar.select("against", "Against", offered, against(view).indicator_id)
    piece = drawing.find(AGAINST, view)
    if piece is None:
        st.info(AGAINST.absence)
        return
    st.markdown(association(view))
    drawing.show(AGAINST, piece, view)


def show_funnel(view: View) -> None:
    """Which boroughs differ from London by more than chance; only for proportions with counts."""
    piece = drawing.find(FUNNEL, view)
    if piece is None:
        return
    st.header("More than chance?", anchor=False)
    st.markdown(LIMITS)
    drawing.show(FUNNEL, piece, view)


def show_methods() -> None:
    """How each measure is worked out."""
    with st.expander("How these are worked out"):
        st.markdown(_METHODS)


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


def _others(view: View) -> list[Indicator]:
    return [i for i in figures.london().by_borough if i.indicator_id != view.indicator]


def _said_over_time(view: View) -> str:
    catalogue = figures.london().catalogue
    periods = figures.lottery_over_time(view)
    return lottery_words.over_time(periods, catalogue.indicators[view.indicator], catalogue)


def _piece(
    kind: PieceKind,
    view: View,
    chart: chart_parts.Picture | None,
    remarks: Sequence[str],
    numbers: Callable[[], pd.DataFrame],
    also: Sequence[Source] = (),
    stem: str = "",
) -> Piece | None:
    """A piece with the headline of the page; None where there is nothing to compare."""
    found, picture = figures.lottery(view), figures.picture(view)
    if found is None:
        return None
    return kind.piece(
        view,
        title=lottery_words.headline(found, picture.indicator, figures.london().catalogue),
        subtitle=f"{picture.indicator.label}. {picture.subtitle}",
        chart=chart,
        remarks=[*remarks, *picture.missing],
        sources=[*picture.sources, *(source for source in also if source not in picture.sources)],
        numbers=numbers,
        stem=stem,
    )


def _over_time(view: View, theme: str) -> Piece | None:
    """None when there is one period only."""
    periods = figures.lottery_over_time(view)
    catalogue = figures.london().catalogue
    indicator = catalogue.indicators[view.indicator]
    if len(periods) < 2:
        return None
    chart = lottery_charts.over_time(periods, indicator, catalogue, theme)
    numbers = partial(lottery_words.periods, periods, indicator, catalogue)
    return _piece(OVER_TIME, view, chart, [_said_over_time(view)], numbers)


def _by_ics(view: View, theme: str) -> Piece | None:
    found = figures.lottery(view)
    if found is None:
        return None
    rows, indicator = _rows(view)
    chart = lottery_charts.by_ics(rows, indicator, figures.london().catalogue, view.borough, theme)
    return _piece(BY_ICS, view, chart, [lottery_words.within(found)], partial(_in_words, view, rows, {}))


def _against(view: View, theme: str) -> Piece | None:
    """None when fewer than three boroughs have both figures."""
    indicator, other = figures.picture(view).indicator, against(view)
    rows = against_rows(view, other)
    if len(rows) < 3:
        return None
    catalogue = figures.london().catalogue
    chart = lottery_charts.against(rows, other, indicator, catalogue, view.borough, theme)
    sources = [catalogue.sources[source] for source in other.source_ids]
    numbers = partial(_in_words, view, rows, {"other_value": other})
    period = words.say_period(figures.london().periods[other.indicator_id][0], other)
    remarks = [association(view), f"Against {other.label}, {period}."]
    return _piece(AGAINST, view, chart, remarks, numbers, also=sources)


def _funnel(view: View, theme: str) -> Piece | None:
    """None for what is no proportion or comes without counts, or has too few boroughs."""
    rows, indicator = _rows(view)
    catalogue = figures.london().catalogue
    if not is_proportion(indicator, catalogue) or not has_counts(rows) or len(rows) < 3:
        return None
    chart = lottery_charts.funnel_plot(rows, indicator, catalogue, view.borough, theme)
    return _piece(FUNNEL, view, chart, [LIMITS], partial(_in_words, view, rows, {}))


def _in_words(view: View, rows: pd.DataFrame, others: Mapping[str, Indicator]) -> pd.DataFrame:
    """Boroughs with their figure, and with `others`: indicators by the column of their values."""
    catalogue = figures.london().catalogue
    shown = {"value": catalogue.indicators[view.indicator], **others}
    columns = {
        indicator.label: [words.format_value(value, indicator, catalogue) for value in rows[column]]
        for column, indicator in shown.items()
    }
    table = pd.DataFrame({"Borough": rows["area_name"], "ICS": rows["ics_name"], **columns})
    if has_counts(rows):
        table["Children eligible"] = rows["denominator"]
    return table


def _measures(view: View, theme: str) -> Piece | None:
    found, picture = figures.lottery(view), figures.picture(view)
    if found is None:
        return None
    lines = lottery_words.lines(found, picture.indicator, figures.london().catalogue)
    rows = pd.DataFrame(lines).assign(
        indicator=picture.indicator.label,
        period=view.period,
        scope=view.ics,
        ics_vintage=view.vintage,
        source="; ".join(source.title for source in picture.sources),
    )
    return _piece(MEASURES, view, None, [], lambda: rows, stem=f"{file_name(view)}_lottery")


def _needed(view: View, theme: str) -> Piece | None:
    if not needs_view.can_be_said(view):
        return None
    numbers = partial(needs_view.as_rows, view)
    return _piece(NEEDED, view, None, [needs_view.CAVEAT], numbers)


NONE = "There are no figures by borough to compare."
ELSEWHERE = "The table above has the measures."
BY_ICS = PieceKind(
    "lottery_by_ics", "lottery", "Boroughs by ICS", _by_ics, NONE, "Each borough as a dot, by ICS.", ELSEWHERE
)
OVER_TIME = PieceKind(
    "lottery_over_time",
    "lottery",
    "Over time",
    _over_time,
    "There is only one period of this figure.",
    "The highest, the lowest and London's value in each period.",
    ELSEWHERE,
)
AGAINST = PieceKind(
    "lottery_against",
    "lottery",
    "Against another figure",
    _against,
    "Fewer than three boroughs have both figures.",
    "Each borough by two figures.",
    ELSEWHERE,
)
FUNNEL = PieceKind(
    "lottery_funnel",
    "lottery",
    "Funnel",
    _funnel,
    "A funnel needs shares of children, with their counts, of three boroughs or more.",
    "Each borough by how many children are eligible.",
    ELSEWHERE,
)
MEASURES = PieceKind("measures", "lottery", "Measures", _measures, NONE)
NEEDED = PieceKind(
    "needed", "lottery", "What it would take", _needed, "The figure comes without the counts that this needs."
)
KINDS = (BY_ICS, OVER_TIME, AGAINST, FUNNEL, MEASURES, NEEDED)
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
