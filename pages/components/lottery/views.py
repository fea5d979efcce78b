"""What the pictures of the lottery are drawn from, and what is said of them, for a view."""

from dataclasses import replace

import pandas as pd

from data_loaders.catalogue import Indicator
from geo.lottery.compared import compared
from geo.lottery.one_period import FEWEST
from geo.measures import funnel
from geo.tables.london import LONDON, place_table, value_of
from pages.components.data import figures
from pages.components.data.edition import once, once_for
from pages.components.lottery import text, text_over_time
from pages.components.state.view import View
from pages.components.text import columns, grammar, time_series
from pages.exports.table import Measure, Table

SPREAD = (
    "How far apart all of these boroughs are, not only the two at the ends. The coefficient of variation "
    "gives the typical distance from the value of all together; the Gini coefficient is 0 if every borough "
    "had the same."
)

_PERCENT = Measure("per cent", 1, suffix="%")
LIMITS = (
    *columns.interval(_PERCENT, ("lower_chance", "upper_chance"), "Limits of chance (99.8%)", "By chance"),
    *columns.interval(
        _PERCENT, ("lower_usual", "upper_usual"), "Limits of the usual spread (99.8%)", "Usual"
    ),
)


@once_for("indicator", "period", "ics")
def said_over_time(view: View) -> list[str]:
    """Whether the gap has grown, and of which boroughs and periods that is said, in sentences."""
    london = figures.london()
    indicator, found = figures.indicator_of(view), figures.lottery_over_time(view)
    notes = [
        *time_series.basis_notes(london, indicator, found.timeline.breaks),
        *time_series.london_note(london, indicator, found.shown.periods),
    ]
    return text_over_time.over_time(found, indicator, notes)


@once_for("indicator", "period", "ics")
def explained_over_time(view: View) -> list[str]:
    """What each mark in the chart over time and in period_table() means."""
    indicator = figures.indicator_of(view)
    charted, listed = figures.lottery_over_time(view).rows, figures.lottery_by_period(view, thinned=False)
    return text_over_time.explained([*charted.to_dict("records"), *listed.to_dict("records")], indicator)


@once_for("indicator", "period", "ics")
def period_table(view: View, thinned: bool = False) -> Table:
    """Every measure in every period; of many dates those for display if `thinned`."""
    return text_over_time.by_period(figures.lottery_by_period(view, thinned), figures.indicator_of(view))


def against_rows(view: View, other: Indicator) -> pd.DataFrame:
    """Boroughs with both figures: the other one, at its latest period, in columns that begin with other_."""
    latest = figures.london().newest(other.indicator_id)
    table = figures.picture(replace(view, indicator=other.indicator_id, period=latest)).place_table
    others = table.set_index("area_code")[["value", "note", "status"]].add_prefix("other_")
    return compared_rows(view).join(others, on="area_code").dropna(subset="other_value")


def against(view: View) -> Indicator:
    """The other indicator: that of the view, unless it is the one that is looked at."""
    offered = others(view)
    return next((i for i in offered if i.indicator_id == view.against), offered[0])


def association(rows: pd.DataFrame) -> str:
    """What the chart of boroughs by another indicator does not show: against_rows()."""
    few = f"With fewer than {grammar.say_number(FEWEST)}, no line is drawn through them."
    line = "The line is the best straight fit." if len(rows) >= FEWEST else few
    return f"Association between {len(rows)} areas, not cause. {line}"


@once_for("indicator", "period", "ics")
def funnel_words(view: View) -> str:
    """What the lines of the funnel mean, and which boroughs lie outside them."""
    rows = compared_rows(view)
    return text.funnel(rows, funnel.outside(rows, everywhere(view)))


def with_limits(rows: pd.DataFrame, view: View) -> pd.DataFrame:
    """Rows of the funnel with its limits at each borough, in per cent: the columns of LIMITS."""
    overall, factor = funnel.spread(everywhere(view))
    eligible = rows["denominator"]
    of_chance = funnel.limits(eligible, overall).set_axis(rows.index)
    usual = funnel.wider_limits(eligible, overall, factor).set_axis(rows.index)
    found = {"lower_chance": of_chance["lower_998"], "upper_chance": of_chance["upper_998"]}
    found |= {"lower_usual": usual["lower_998"], "upper_usual": usual["upper_998"]}
    return rows.assign(**{name: 100 * limit for name, limit in found.items()})


def everywhere(view: View) -> pd.DataFrame:
    """All boroughs of London that are compared, whatever ICS is looked at."""
    return _compared(view.indicator, view.period, view.vintage, None)


def compared_rows(view: View) -> pd.DataFrame:
    """The boroughs that are compared, with their short names and London's value."""
    return _compared(view.indicator, view.period, view.vintage, view.scope)


@once
def _compared(indicator_id: str, period: str, vintage: str, scope: str | None) -> pd.DataFrame:
    london = figures.london()
    table = place_table(london, indicator_id, period, vintage)
    labels = figures.layouts()["tiles"].labels["tile_label"]
    rows = compared(table, scope)
    can_be_compared = london.catalogue.indicators[indicator_id].can_be_compared
    return rows.assign(
        short_name=rows["area_code"].map(labels).str.replace("|", " "),
        london=value_of(table, LONDON) if can_be_compared else float("nan"),
    )


def others(view: View) -> list[Indicator]:
    """The indicators that can be set against the one that is looked at.

    Not totals, of which larger boroughs have more, and not what measures much the same.
    """
    own = figures.indicator_of(view)
    return [i for i in figures.london().by_borough if i.can_be_compared and not own.measures_the_same_as(i)]


def why_not_against(view: View) -> str:
    """Why what the link asks for is not the other indicator; empty where it is, or nothing is asked for."""
    catalogue = figures.london().catalogue
    own, asked = catalogue.indicators[view.indicator], catalogue.indicators.get(view.against)
    if asked is None or asked.indicator_id in (view.indicator, against(view).indicator_id):
        return ""
    if own.measures_the_same_as(asked):
        why = "both measure much the same, so a relation between the two says nothing"
    else:
        why = "it is a total or a change of one, which can be larger where there are more children"
    return f"{asked.short_label} is not set against {own.short_label}: {why}."
