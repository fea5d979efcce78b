"""The numbers of a view in words: as one table, and as a workbook for a reader who has never seen the app."""

from collections.abc import Mapping, Sequence

import pandas as pd

from data_loaders.catalogue import Catalogue, Indicator
from geo.tables import marks
from geo.tables.london import London, ics_table, place_table
from geo.tables.origins import as_text, sources_of
from pages.components.state.view import View
from pages.components.text import citations, words
from pages.exports.spreadsheets import NOT_APPLICABLE, NOT_AVAILABLE, SHORTHAND, Book, Sheet

# columns of a place table that hold numbers, and what they are called
NUMBERS = {
    "value": "Value",
    "lower_95": "95% confidence interval, lower end",
    "upper_95": "95% confidence interval, upper end",
    "numerator": "Numerator",
    "denominator": "Denominator",
}
# columns on where a figure comes from
PROVENANCE = ("Source", "Retrieved")
NO_ICS_VALUE = "Cannot be given: it needs counts, or figures of all boroughs"
POLARITIES = {
    "higher_is_better": "Higher is better.",
    "lower_is_better": "Lower is better.",
    "neither": "Neither higher nor lower is better.",
}


def numbers(view: View, london: London, periods: Sequence[str]) -> pd.DataFrame:
    """One row a period and area in scope, then its ICS or ICSs, London and England; columns in words.

    Numbers stay numbers. A value that is missing is a shorthand, and the column Status says why it is.
    """
    tables = [_of_period(view, london, period) for period in periods]
    rows = pd.concat(tables, ignore_index=True)
    catalogue, indicator = london.catalogue, london.catalogue.indicators[view.indicator]
    statuses = [catalogue.statuses[status] for status in rows["status"]]
    of_ics = ~rows["area_code"].isin(london.areas["area_code"])
    said = pd.Series([f"{status.sentence[0].upper()}{status.sentence[1:]}" for status in statuses])
    said = said.where(~of_ics | rows["value"].notna(), NO_ICS_VALUE)
    signs = pd.Series([status.shorthand or NOT_AVAILABLE for status in statuses])
    known = [name for name in NUMBERS if name == "value" or rows[name].notna().any()]
    unit = catalogue.units[indicator.unit].axis
    reasons = marks.reasons(rows, indicator).where(rows["value"].notna(), rows["note"])
    noted = {"Note": reasons.where(reasons != "", "none")} if (reasons != "").any() else {}
    titles = NUMBERS | ({"value": f"Value ({unit[0].lower()}{unit[1:]})"} if unit else {})
    return pd.DataFrame(
        {
            "Area code": rows["area_code"],
            "Area": rows["area_name"],
            "ICS": rows["ics_name"].where(rows["ics_name"] != "", NOT_APPLICABLE),
            "Period": [words.say_period(period, indicator) for period in rows["period"]],
        }
        | {titles[name]: _in_cells(rows[name], signs, indicator) for name in known}
        | {"Status": said}
        | noted
        | _provenance(rows, catalogue)
    )


def _provenance(rows: pd.DataFrame, catalogue: Catalogue) -> dict[str, pd.Series]:
    """Whose each figure is, and when it came; of what nobody has said anything neither is known."""
    said = as_text(rows["origins"], catalogue).replace("", NOT_APPLICABLE)
    return {title: said[name] for title, name in zip(PROVENANCE, ("source", "retrieved"), strict=True)}


def workbook(
    view: View,
    london: London,
    headline: str,
    subtitle: str,
    about: Sequence[str],
    written: Mapping[str, str],
) -> Book:
    """The figures of a view, and those of all periods, with what they are and whose.

    `headline` and `subtitle` are those of the picture; `about` are further lines of the cover; `written` is
    when the embedded figures of each source were put in, as ISO dates.
    """
    indicator = london.catalogue.indicators[view.indicator]
    periods = london.periods[view.indicator]
    now, ever = numbers(view, london, [view.period]), numbers(view, london, periods)
    sources = sources_of(london.catalogue, *(_of_period(view, london, period) for period in periods))
    # counts are whole numbers; the value and its interval are shown as the app shows them
    decimals = {name: indicator.decimals for name in now if name.startswith(("Value", "95%"))}
    return Book(
        title=indicator.label,
        about=(headline, subtitle, *about),
        sources=tuple(citations.source_lines(sources, written)),
        notes=tuple(_notes(indicator, london.catalogue)),
        sheets=(
            _sheet(indicator.indicator_id, f"{indicator.label}: {subtitle}", headline, now, decimals),
            _sheet(
                f"{indicator.indicator_id}_all_periods",
                f"{indicator.label}, all periods",
                f"Over time: {_comparable(indicator)}",
                ever,
                decimals,
            ),
        ),
    )


def _sheet(name: str, title: str, remark: str, rows: pd.DataFrame, decimals: dict[str, int]) -> Sheet:
    """A sheet whose source stands above the table where it is the same in every row that has one."""
    of_all = {
        column: known[0]
        for column in PROVENANCE
        if len(known := rows.loc[rows[column] != NOT_APPLICABLE, column].unique()) == 1
    }
    said = (f"{column}: {text}" for column, text in of_all.items())
    return Sheet(name, title, (remark, *said), rows.drop(columns=list(of_all)), decimals)


def _of_period(view: View, london: London, period: str) -> pd.DataFrame:
    """The places of one period: authorities in scope, then ICSs, London and England."""
    place = (view.indicator, period, view.vintage)
    table = place_table(london, *place)
    groups = ics_table(london, *place)
    boroughs = table[table["area_type"] == "borough"]
    if view.scope:
        boroughs = boroughs[boroughs["ics_code"] == view.scope]
        groups = groups[groups["ics_code"] == view.scope]
    members = london.footprints[london.footprints["vintage"] == view.vintage]
    boards = dict(zip(members["ics_code"], members["icb_code"], strict=True))
    of_ics = groups.assign(
        area_code=groups["ics_code"].map(boards),
        area_name=groups["ics_name"],
        note=[f"Without {words.list_names(names)}" if names else "" for names in groups["left_out"]],
    )
    ordered = pd.concat([boroughs, of_ics, table[table["area_type"] != "borough"]], ignore_index=True)
    return ordered.assign(period=period)


def _in_cells(values: pd.Series, signs: pd.Series, indicator: Indicator) -> list[object]:
    """Numbers as they are, words for categories, and a shorthand where there is none."""
    return [
        sign if value != value else indicator.categories.get(value, float(value))
        for value, sign in zip(values, signs, strict=True)
    ]


def _notes(indicator: Indicator, catalogue: Catalogue) -> list[tuple[str, str]]:
    """What the figure is, what to beware of, and what the signs and words mean."""
    said = [
        ("Definition", indicator.definition),
        ("Before you quote it", indicator.caveats),
        ("Over time", _comparable(indicator)),
        ("Direction", POLARITIES[indicator.polarity]),
        ("ICS", "Integrated care system: the NHS, councils and others who plan services together."),
    ]
    if indicator.next_update:
        said.append(("Next update", indicator.next_update))
    return said + list(SHORTHAND.items())


def _comparable(indicator: Indicator) -> str:
    text = indicator.comparable_over_time
    return "comparable." if text == "yes" else f"{text}."
