"""The state of the data: where each figure is from, what was checked, what is covered, what has changed."""

import io
from functools import partial

import pandas as pd
import streamlit as st

from data_loaders import changes, checks, store
from data_loaders.library import Library, Version
from data_loaders.settings import live_folder
from data_loaders.status import source_status
from geo.coverage import coverage
from geo.join import London
from geo.listing import as_csv
from geo.tidy import as_parquet, dictionary, tidy_table
from pages.components import figures, notes, words

# what people ask for first stands first
KIND_WORDS = {
    "moved": "The newest figures beside the ones before",
    "gone": "Figures that are gone",
    "revised": "Figures that are other than they were",
    "new": "New figures",
}
# rows of a change report on the page; the file has them all
MOST_ROWS = 40


def show_sources() -> None:
    """Every source in a table, and what went wrong the last time."""
    status = source_status(figures.library(), live_folder())
    for note in figures.library().notes:
        st.warning(note, icon=":material/broken_image:")
    for row in status[status["last_error"] != ""].to_dict("records"):
        tried = words.say_moment(row["last_try"])
        st.warning(f"**{row['title']}.** Last try {tried}: {row['last_error']}", icon=":material/cloud_off:")
    st.table(notes.source_table(status, figures.london().catalogue), hide_index=True, border="horizontal")


def show_downloads() -> None:
    """For each download in use: its address and dates, what it changed, and its tables."""
    library, london = figures.library(), figures.london()
    if not library.versions:
        st.markdown("Nothing was downloaded yet: all figures are those embedded in the app.")
    for version in library.versions.values():
        title = london.catalogue.sources[version.source_id].title
        with st.expander(f"{title}: figures to {words.say_day(version.published)}"):
            st.markdown(f"Retrieved {words.say_moment(version.retrieved)} from `{version.address}`")
            for remark in version.remarks:
                st.markdown(remark)
            _show_report(version, library, london)
            sums = (f"{entry.table} {entry.sha256[:12]}…" for entry in version.entries.values())
            st.markdown(f":small[Checksums (SHA-256): {', '.join(sums)}]")


def _show_report(version: Version, library: Library, london: London) -> None:
    content = store.read_bytes(f"{changes.FOLDER}/{version.source_id}.csv", library.entries)
    for kind, table in change_tables(content, london).items():
        more = f", the first {MOST_ROWS} of {len(table)}" if len(table) > MOST_ROWS else ""
        st.markdown(f"**{KIND_WORDS[kind]}**{more}")
        st.table(table.head(MOST_ROWS), hide_index=True, border="horizontal")
    st.download_button(
        "All changes as CSV",
        data=content,
        file_name=f"changes_{version.source_id}_{version.published}.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        key=f"changes_{version.source_id}",
    )


def change_tables(content: bytes, london: London) -> dict[str, pd.DataFrame]:
    """A change report (data_loaders.changes) in words, by kind: new figures counted, the others listed."""
    report = pd.read_csv(io.BytesIO(content), dtype={"period": str})
    indicators = london.catalogue.indicators
    names = london.areas.set_index("area_code")["area_name"]

    def say(values: pd.Series) -> list[str]:
        ids = report.loc[values.index, "indicator_id"]
        return [
            words.format_value(value, indicators[id_], london.catalogue) or "none"
            for id_, value in zip(ids, values, strict=True)
        ]

    said = pd.DataFrame(
        {
            "Indicator": report["indicator_id"].map(
                {i: entry.short_label for i, entry in indicators.items()}
            ),
            "Period": report["period"],
            "Area": report["area_code"].map(names),
            "Before": say(report["before"]),
            "Now": say(report["after"]),
        }
    )
    tables = {kind: said[report["kind"] == kind] for kind in KIND_WORDS}
    counted = tables["new"].groupby(["Indicator", "Period"], sort=False).size().rename("Figures")
    tables["new"] = counted.reset_index()
    return {kind: table for kind, table in tables.items() if len(table)}


def show_checks() -> None:
    """The data contracts, as `python -m data_loaders check` gives them."""
    results = _checked(figures.edition())
    failed = sum(not result.passed for result in results)
    st.markdown(
        f"**{failed} of {len(results)} checks failed.**" if failed else f"All {len(results)} checks hold."
    )
    table = [
        {"Check": result.name, "Holds": "yes" if result.passed else "NO", "Looked at": result.message}
        for result in results
    ]
    st.table(pd.DataFrame(table), hide_index=True, border="horizontal")


def show_coverage() -> None:
    """Which periods and authorities each indicator has figures for."""
    table = coverage(figures.london())
    spans = table["first"].where(table["periods"] == 1, table["first"] + " to " + table["last"])
    shown = pd.DataFrame(
        {
            "Indicator": table["label"],
            "Periods": spans + " (" + table["periods"].astype(str) + ")",
            "Authorities at the last": table["authorities"].astype(str) + " of 33",
            "No figure for": table["missing"],
        }
    )
    st.table(shown, hide_index=True, border="horizontal")


def offer_everything() -> None:
    """The whole tidy table as CSV and Parquet, and the dictionary of its columns."""
    files = {
        "All figures as CSV": ("beyond_boundaries_all.csv", "text/csv", everything_as_csv),
        "All figures as Parquet": (
            "beyond_boundaries_all.parquet",
            "application/vnd.apache.parquet",
            everything_as_parquet,
        ),
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


@st.cache_resource(show_spinner=False, max_entries=figures.EDITIONS)
def _checked(edition: str) -> list[checks.Result]:
    return checks.check_all()
