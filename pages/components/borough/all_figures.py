"""Every figure of a borough, with its interval, rank, ICS, London and trend."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from geo.places.latest import Latest
from geo.places.trend import trends
from pages.components.borough import text as borough_text
from pages.components.charts import plain_table
from pages.components.data import figures
from pages.components.data.edition import once
from pages.components.exhibits.kinds import ExhibitKind
from pages.components.notes import sources as notes_sources
from pages.components.state.part import part
from pages.components.state.view import View
from pages.components.text import cells, grammar, ranks, time_series, units
from pages.exports.exhibit import Exhibit


@part
def show_table(lines: tuple[Latest, ...], name: str) -> None:
    """Every figure, with its interval, rank, ICS, London and course."""
    st.header("All figures", anchor=False)
    st.markdown(cells.LEGEND)
    plain_table.show(table(lines, name), "all_figures")
    how = (
        "Rank: 1st is highest; in brackets, between which ranks it lies with 95% probability. "
        "Where children are counted, a trend is tested over the last five periods (chi-square above 9.5495, "
        f"the same way whichever period is left out, as OHID does). {' '.join(divided(lines))}"
    )
    st.markdown(notes_sources.small(*explained_figures(lines, name), how))


def explained_figures(lines: Sequence[Latest], name: str) -> list[str]:
    """What each mark in table() means."""
    codes = {line.rows[name]["ics_code"] for line in lines}
    return cells.explained(lines, [name], codes, before=[name])


def divided(lines: Sequence[Latest]) -> list[str]:
    """Why some figures are not compared with the period before, each reason once."""
    return time_series.sentences(line.divided for line in lines if line.divided)


@once
def table(lines: tuple[Latest, ...], name: str) -> pd.DataFrame:
    """Every figure of a borough, one row an indicator, as a table for the page."""
    london = figures.london()
    catalogue = london.catalogue
    rows = []
    for line in lines:
        row = line.rows[name]
        trend = trends(london, line.indicator.indicator_id)
        rank = [
            row[part] for part in ("rank_london", "tied_london", "of_london", "best_london", "worst_london")
        ]
        rows.append(
            {
                "Figure": cells.heading(line),
                name: cells.said(row, line, catalogue),
                # on one line: there are many of them
                "95% interval": units.say_interval(row["lower_95"], row["upper_95"], line.indicator).replace(
                    " ", "\N{NO-BREAK SPACE}"
                ),
                "Rank in London": _rank(line, rank),
                "ICS": cells.of_ics(row["ics_code"], line),
                "London": cells.of_london(line),
                "The period before, and trend": borough_text.over_time(line, row["area_code"], trend),
            }
        )
    return pd.DataFrame(rows)


def _rank(line: Latest, rank: Sequence) -> str:
    """A rank in words: of a total it is an order of size, and a category has none."""
    if line.indicator.categories:
        return ""
    return f"{ranks.say_rank(*rank)}{' by size' if line.indicator.is_total and rank[0] == rank[0] else ''}"


def _all_figures(view: View, theme: str) -> Exhibit | None:
    if not view.borough:
        return None
    lines = figures.latest(view)
    return ALL_FIGURES.exhibit(
        view,
        title=f"All figures of {grammar.inside(view.borough)}",
        subtitle=f"Each at its latest period · {figures.place_of(view)}",
        remarks=explained_figures(lines, view.borough),
        sources=figures.sources(*cells.rows(lines, [view.borough])),
        stem=f"{view.borough.lower().replace(' ', '_')}_figures",
        numbers=lambda: cells.table(
            lines,
            [view.borough],
            figures.london(),
            view.vintage,
            {line.rows[view.borough]["ics_code"] for line in lines},
        ),
    )


ALL_FIGURES = ExhibitKind(
    "borough_figures", "borough", "All figures", _all_figures, "No borough is chosen.", parts=("borough",)
)
