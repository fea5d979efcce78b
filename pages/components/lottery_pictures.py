"""The pictures of the lottery for a view, or none where the figures do not carry one."""

import pandas as pd

from data_loaders.catalogue import Indicator
from geo.funnel import outside
from geo.join import LONDON, place_table, value_of
from geo.lottery import FEWEST, compared, has_counts, is_proportion
from pages.components import chart_parts, figures, lottery_charts, lottery_time_charts, lottery_words
from pages.components.view import View

SPREAD = (
    "How far apart all boroughs are, not only the two at the ends: the coefficient of variation gives the "
    "typical distance from the value of all together, the Gini coefficient is 0 if every borough had the "
    "same."
)


def said_over_time(view: View) -> str:
    """Whether the gap has grown, in a sentence or two."""
    catalogue = figures.london().catalogue
    periods = figures.lottery_over_time(view)
    return lottery_words.over_time(periods, catalogue.indicators[view.indicator], catalogue)


def period_table(view: View) -> pd.DataFrame:
    """Every measure in every period, as a table for people."""
    catalogue = figures.london().catalogue
    periods = figures.lottery_over_time(view)
    return lottery_words.by_period(periods, catalogue.indicators[view.indicator], catalogue)


def over_time_chart(view: View, theme: str) -> chart_parts.Picture | None:
    """The chart over time; None when there is one period only."""
    periods = figures.lottery_over_time(view)
    catalogue = figures.london().catalogue
    if len(periods) < 2:
        return None
    return lottery_time_charts.over_time(periods, catalogue.indicators[view.indicator], catalogue, theme)


def spread_chart(view: View, theme: str) -> chart_parts.Picture | None:
    """The chart of the spread over time; None when there is one period only, or no such measure."""
    periods = figures.lottery_over_time(view)
    catalogue = figures.london().catalogue
    if len(periods) < 2:
        return None
    return lottery_time_charts.spread_over_time(
        periods, catalogue.indicators[view.indicator], catalogue, theme
    )


def by_ics_chart(view: View, theme: str) -> chart_parts.Picture:
    """The chart of boroughs by ICS."""
    rows, indicator = compared_rows(view)
    return lottery_charts.by_ics(rows, indicator, figures.london().catalogue, view.borough, theme)


def against_rows(view: View, other: Indicator) -> pd.DataFrame:
    """Boroughs with both figures: the other one, at its latest period, in `other_value`."""
    rows, _ = compared_rows(view)
    london = figures.london()
    table = place_table(london, other.indicator_id, london.periods[other.indicator_id][0], view.vintage)
    values = table.set_index("area_code")["value"]
    return rows.assign(other_value=rows["area_code"].map(values)).dropna(subset="other_value")


def against(view: View) -> Indicator:
    """The other indicator: that of the view, unless it is the one that is looked at."""
    offered = others(view)
    return next((i for i in offered if i.indicator_id == view.against), offered[0])


def association(view: View) -> str:
    """What the chart of boroughs by another indicator does not show."""
    count = len(against_rows(view, against(view)))
    return f"Association between {count} areas, not cause. The line is the best straight fit."


def against_chart(view: View, theme: str) -> chart_parts.Picture | None:
    """The chart of boroughs by another indicator; None when fewer than three have both."""
    _, indicator = compared_rows(view)
    other = against(view)
    rows = against_rows(view, other)
    if len(rows) < 3:
        return None
    return lottery_charts.against(rows, other, indicator, figures.london().catalogue, view.borough, theme)


def funnel_chart(view: View, theme: str) -> chart_parts.Picture | None:
    """The funnel; None for what is no proportion or comes without counts, or has too few boroughs."""
    rows, indicator = compared_rows(view)
    everywhere, catalogue = _everywhere(view), figures.london().catalogue
    if not is_proportion(indicator, catalogue) or not has_counts(everywhere) or len(everywhere) < FEWEST:
        return None
    return lottery_charts.funnel_plot(rows, everywhere, indicator, catalogue, view.borough, theme)


def funnel_words(view: View) -> str:
    """What the lines of the funnel mean, and which boroughs lie outside them."""
    rows, _ = compared_rows(view)
    return lottery_words.funnel(rows, outside(rows, _everywhere(view)))


def _everywhere(view: View) -> pd.DataFrame:
    """All boroughs of London that are compared, whatever ICS is looked at."""
    return compared(place_table(figures.london(), view.indicator, view.period, view.vintage), None)


def compared_rows(view: View) -> tuple[pd.DataFrame, Indicator]:
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


def others(view: View) -> list[Indicator]:
    """The indicators that can be set against the one that is looked at."""
    return [i for i in figures.london().by_borough if i.indicator_id != view.indicator]
