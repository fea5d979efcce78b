"""The parts of the page on the lottery: findings in sentences, pictures, files, methods."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from data_loaders.catalogue import Indicator
from geo.join import LONDON, place_table, value_of
from geo.listing import as_csv
from geo.lottery import DEPRIVATION, Lottery, compared, has_counts, is_proportion
from pages.components import downloads, drawing, figures, lottery_charts, lottery_words, notes
from pages.components.view import View
from pages.exports import pictures

WIDTH = 800
AGAINST = "against"


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
    indicators = {i.indicator_id: i for i in figures.indicators_by_borough() if i is not picture.indicator}
    chosen = st.selectbox(
        "Against",
        list(indicators),
        index=list(indicators).index(DEPRIVATION) if DEPRIVATION in indicators else 0,
        format_func=lambda indicator_id: indicators[indicator_id].short_label,
        key=AGAINST,
    )
    rows = against_rows(view, indicators[chosen])
    if len(rows) < 3:
        st.info("Fewer than three boroughs have both figures.")
        return
    st.markdown(f"**Association between {len(rows)} areas, not cause.** The line is the best straight fit.")
    chart = against_chart(view, indicators[chosen], drawing.theme())
    _draw(chart, "lottery_against", f"Each borough by {indicators[chosen].short_label}.")


def show_funnel(view: View, picture: figures.Picture) -> None:
    """Which boroughs differ from London by more than chance; only for proportions with counts."""
    chart = funnel_chart(view, drawing.theme())
    if chart is None:
        return
    st.header("More than chance?", anchor=False)
    st.markdown(
        "Between the solid lines lie 99.8% of boroughs that differ from London by chance alone. With "
        "thousands of children nearly every borough lies outside them, so the dashed lines allow for the "
        "usual spread of boroughs: what lies outside those stands out even so."
    )
    _draw(chart, "lottery_funnel", "Each borough by how many children are eligible.")


def offer(found: Lottery, view: View, picture: figures.Picture) -> None:
    """The measures as CSV, and the pictures as PNG and SVG."""
    charts: dict[str, Callable[[View, str], lottery_charts.Picture | None]] = {
        "Boroughs by ICS": by_ics_chart
    }
    if over_time_chart(view, "light"):
        charts["Over time"] = over_time_chart
    name = downloads.file_name(view)
    with st.container(horizontal=True, horizontal_alignment="left"):
        for label, build in charts.items():
            for extension, render in (("png", pictures.as_png), ("svg", pictures.as_svg)):
                st.download_button(
                    f"{label} as {extension.upper()}",
                    data=partial(_render, render, build, found, view, picture),
                    file_name=f"{name}_{label.lower().replace(' ', '_')}.{extension}",
                    mime="image/png" if extension == "png" else "image/svg+xml",
                    on_click="ignore",
                    icon=":material/download:",
                )
        st.download_button(
            "Measures as CSV",
            data=partial(_measures, found, view, picture),
            file_name=f"{name}_lottery.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
        )


def show_methods() -> None:
    """How each measure is worked out."""
    with st.expander("How these are worked out"):
        st.markdown(_METHODS)


def over_time_chart(view: View, theme: str) -> lottery_charts.Picture | None:
    """The chart over time; None when there is one period only."""
    periods = figures.lottery_over_time(view)
    catalogue = figures.london().catalogue
    if len(periods) < 2:
        return None
    return lottery_charts.over_time(periods, catalogue.indicators[view.indicator], catalogue, theme)


def by_ics_chart(view: View, theme: str) -> lottery_charts.Picture:
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


def against_chart(view: View, other: Indicator, theme: str) -> lottery_charts.Picture:
    """The chart of boroughs by another indicator."""
    _, indicator = _rows(view)
    rows = against_rows(view, other)
    return lottery_charts.against(rows, other, indicator, figures.london().catalogue, view.borough, theme)


def funnel_chart(view: View, theme: str) -> lottery_charts.Picture | None:
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


def _draw(chart: lottery_charts.Picture, key: str, name: str) -> None:
    spec, data = chart
    st.vega_lite_chart(
        spec=spec | {"datasets": data}, theme=None, key=key, alt=f"{name} The table above has the measures."
    )


def _render(
    render: Callable[[dict], bytes],
    build: Callable[[View, str], lottery_charts.Picture | None],
    found: Lottery,
    view: View,
    picture: figures.Picture,
) -> bytes:
    spec, data = build(view, "light") or ({}, {})
    title = lottery_words.headline(found, picture.indicator, figures.london().catalogue)
    subtitle = f"{picture.indicator.label}. {picture.subtitle}"
    footer = [lottery_words.within(found), *picture.missing, *notes.source_lines(picture.sources)]
    return render(pictures.framed(spec, data, WIDTH, title, subtitle, footer, below=50))


def _measures(found: Lottery, view: View, picture: figures.Picture) -> bytes:
    lines = lottery_words.lines(found, picture.indicator, figures.london().catalogue)
    table = pd.DataFrame(lines).assign(
        indicator=picture.indicator.label,
        period=view.period,
        scope=view.ics,
        ics_vintage=view.vintage,
        source="; ".join(source.title for source in picture.sources),
    )
    return as_csv(table).encode("utf-8-sig")


_METHODS = """
- **Gap**: the largest value minus the smallest, of the boroughs that have one. Areas with very few children
  are left out of everything on this page.
- **How many times**: the largest over the smallest. Where nearly everybody is reached this hides what
  matters, so those who are missed are compared as well.
- **Typical distance**: the weighted coefficient of variation, each borough weighted by those eligible.
- **More than chance**: I² = (Q − df) / Q with Cochran's Q against London's rate (Higgins and Thompson, 2002).
- **Gini coefficient**: half the mean difference of two people drawn at random, over the mean.
- **Between ICSs**: Theil's T, weighted by those eligible, split between and within ICSs; η² against 9,999
  random regroupings of the boroughs.
- **With deprivation**: the slope index of inequality over the Index of Multiple Deprivation 2025: a weighted
  line over the boroughs in order of deprivation (Mackenbach and Kunst, 1997).
- **Funnel**: exact binomial limits, and limits widened by the boroughs' own spread (Spiegelhalter, 2005).

Where figures come without counts, each borough counts the same.
"""
