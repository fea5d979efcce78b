"""The numbers of a view in words: as one table, and as a workbook for a reader who has never seen the app."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from data_loaders.catalogue import Indicator
from geo.places.latest import all_places
from geo.tables.london import London
from geo.tables.origins import sources_of
from pages.components.state.view import View
from pages.components.text import citations, columns
from pages.exports.spreadsheets import Book, sheet_of
from pages.exports.table import Table

DIRECTIONS = {
    1: "Higher is better.",
    -1: "Lower is better.",
    0: "By itself neither high nor low speaks for or against a place.",
}


def numbers(view: View, london: London, periods: Sequence[str]) -> Table:
    """A row a period and area in scope, then its ICS or ICSs, London and England."""
    indicator, catalogue = london.catalogue.indicators[view.indicator], london.catalogue
    tables = [all_places(london, indicator, period, view.vintage, view.scope) for period in periods]
    rows = pd.concat(tables, ignore_index=True)
    table = columns.of_places(rows, indicator, catalogue, columns.AREA)
    return table.without("rank_london", "rank_ics", "compared", "licence")


def workbook(
    view: View, london: London, headline: str, subtitle: str, about: Sequence[str], written: Mapping[str, str]
) -> Book:
    """The figures of a view, and those of all periods, with what they are and whose.

    `headline` and `subtitle` are those of the picture; `about` are further lines of the cover; `written` is
    when the embedded figures of each source were put in, as ISO dates.
    """
    indicator = london.catalogue.indicators[view.indicator]
    periods = london.periods[view.indicator]
    ever = numbers(view, london, periods)
    now = replace(ever, rows=ever.rows[ever.rows["period"] == view.period])
    sources = sources_of(london.catalogue, ever.rows)
    return Book(
        title=indicator.label,
        about=(headline, subtitle, *about),
        sources=tuple(citations.source_lines(sources, written)),
        notes=tuple(_notes(indicator)),
        sheets=(
            sheet_of(indicator.indicator_id, f"{indicator.label}: {subtitle}", [headline], now),
            sheet_of(
                f"{indicator.indicator_id}_all_periods",
                f"{indicator.label}, all periods",
                [f"Over time: {_comparable(indicator)}"],
                ever,
            ),
        ),
    )


def _notes(indicator: Indicator) -> list[tuple[str, str]]:
    """What the figure is, what to beware of, and what the signs and words mean."""
    said = [
        ("Definition", indicator.definition),
        ("Before you quote it", indicator.caveats),
        ("Over time", _comparable(indicator)),
        ("Direction", DIRECTIONS[indicator.direction]),
        ("ICS", "Integrated care system: the NHS, councils and others who plan services together."),
    ]
    if indicator.next_update:
        said.append(("Next update", indicator.next_update))
    return said


def _comparable(indicator: Indicator) -> str:
    text = indicator.comparable_over_time
    return "comparable." if text == "yes" else f"{text}."
