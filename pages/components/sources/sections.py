"""The state of the data: where each figure is from, what was checked and covered, and all of it as files."""

from functools import partial

import pandas as pd
import streamlit as st

from data_loaders import checks, settings
from data_loaders.library import Library
from data_loaders.settings import live_folder
from data_loaders.status import source_status
from geo.tables.coverage import coverage
from geo.tables.listing import as_csv
from geo.tables.london import London
from geo.tables.offered import offered, searched_name
from geo.tables.tidy import PARQUET, as_parquet, dictionary, tidy_table
from pages.components.charts import plain_table
from pages.components.data import figures
from pages.components.data.edition import once
from pages.components.notes import reviews
from pages.components.state import addresses, controls
from pages.components.state.view import View
from pages.components.text import citations, dates, grammar, markdown


def show_sources(told: set[str]) -> None:
    """Every source in a table, and what went wrong the last time, but for the sources `told` of already."""
    status = source_status(figures.library(), live_folder())
    for note in figures.library().notes:
        st.warning(markdown.verbatim(note), icon=":material/broken_image:")
    failed = status[(status["last_error"] != "") & ~status["source_id"].isin(list(told))]
    for row in failed.to_dict("records"):
        tried = dates.say_moment(row["last_try"])
        came = markdown.verbatim(row["last_error"])
        st.warning(f"**{row['title']}.** Last try {tried}: {came}", icon=":material/cloud_off:")
    catalogue = figures.london().catalogue
    plain_table.show(citations.source_table(status, catalogue), "sources")
    asked = citations.attributions(catalogue.sources[id_] for id_ in status["source_id"])
    st.markdown(f":small[{asked}]")


def show_checks() -> None:
    """The data contracts, as `python -m data_loaders check` gives them."""
    results = _checked()
    failed = sum(not result.passed for result in results)
    st.markdown(
        f"**{failed} of {len(results)} checks failed.**" if failed else f"All {len(results)} checks hold."
    )
    table = [
        {
            "Check": result.name,
            "Holds": "yes" if result.passed else "NO",
            "Looked at": markdown.verbatim(result.message),
        }
        for result in results
    ]
    plain_table.show(pd.DataFrame(table), "checks")


def show_coverage() -> None:
    """The five reviews and how to load them, and which periods and authorities each indicator has."""
    reviews.show([])
    st.markdown(reviews.COMMANDS)
    st.header("Every indicator", anchor=False)
    plain_table.show(_covered(), "coverage")


def coverage_table(table: pd.DataFrame) -> pd.DataFrame:
    """geo.tables.coverage.coverage in words; an indicator without a figure of a borough is marked so."""
    first, last = table["first"].map(dates.short_period), table["last"].map(dates.short_period)
    spans = first.where(table["periods"] == 1, first + " to " + last)
    quarters = table["quarters"].map(_say_quarters)
    marks = [f" ({only})" if only else "" for only in table["only"]]
    return pd.DataFrame(
        {
            "Indicator": table["label"] + marks,
            "Periods": (spans + " (" + table["periods"].astype(str) + quarters + ")").where(
                table["periods"] > 0, "none"
            ),
            "Authorities at the last": table["authorities"].astype(str) + " of 33",
            "No figure for": table["missing"],
        }
    )


def _say_quarters(number: int) -> str:
    return f", and {grammar.say_number(number)} {'quarter' if number == 1 else 'quarters'}" if number else ""


def offer_everything() -> None:
    """The whole tidy table as CSV and Parquet, and the dictionary of its columns."""
    files = {
        "All figures as CSV": ("beyond_boundaries_all.csv", "text/csv", everything_as_csv),
        "All figures as Parquet": ("beyond_boundaries_all.parquet", PARQUET, everything_as_parquet),
        "Data dictionary as CSV": ("beyond_boundaries_dictionary.csv", "text/csv", dictionary_as_csv),
    }
    with st.container(horizontal=True, horizontal_alignment="left"):
        for label, (name, mime, build) in files.items():
            st.download_button(
                label,
                data=partial(build, figures.library(), figures.london()),
                file_name=name,
                mime=mime,
                on_click="ignore",
                icon=":material/download:",
            )


def show_addresses(view: View) -> None:
    """Where other programs fetch the figures of the indicator that is looked at, unless that is off."""
    if not settings.has_data_addresses():
        return
    st.markdown(
        "**By an address.** Power Query, Power BI, Google Sheets and scripts can fetch the figures of an "
        f"indicator by an address that stays the same: [all there are]({addresses.whole('data/')}). Those of "
        "one indicator are here in all periods, and in the period and for the ICS that are looked at:"
    )
    london = figures.london()
    names = {i.indicator_id: searched_name(london, i) for i in offered(london)}
    controls.select("indicator", "Indicator", names, view.indicator)
    of_view = addresses.of_figures(view)
    for address in (of_view.partition("?")[0], of_view):
        st.code(addresses.whole(address), language=None, wrap_lines=True)


def everything_as_csv(library: Library, london: London) -> bytes:
    """The tidy table, with the mark by which Excel knows UTF-8."""
    return as_csv(tidy_table(london, dictionary(library.entries))).encode("utf-8-sig")


def everything_as_parquet(library: Library, london: London) -> bytes:
    """The tidy table, its columns explained in the file."""
    meanings = dictionary(library.entries)
    return as_parquet(tidy_table(london, meanings), meanings)


def dictionary_as_csv(library: Library, london: London) -> bytes:
    """The meaning of each column of the tidy table."""
    return as_csv(dictionary(library.entries)).encode("utf-8-sig")


@once
def _covered() -> pd.DataFrame:
    return coverage_table(coverage(figures.london()))


@once
def _checked() -> list[checks.Result]:
    return checks.check_all()
