"""What downloads have changed, or would change, in tables."""

import pandas as pd
import streamlit as st

from data_loaders import changes, store
from data_loaders.library import Library, Version
from geo.tables.london import London
from pages.components.charts import plain_table
from pages.components.data import figures
from pages.components.text import dates, markdown, units

# what people ask for first stands first
KIND_WORDS = {
    "moved": "The newest figures beside the ones before",
    "gone": "Figures that are gone",
    "revised": "Figures that are other than they were",
    "new": "New figures",
}
# rows of a change report on the page; the file has them all
MOST_ROWS = 40


def show_changes() -> None:
    """For each download in use: its address and dates, and what it changed."""
    library, london = figures.library(), figures.london()
    if not library.versions:
        st.markdown("Nothing was downloaded yet: all figures are those embedded in the app.")
    for version in library.versions.values():
        title = london.catalogue.sources[version.source_id].title
        with st.expander(f"{title}: {dates.say_day(version.published)}"):
            st.markdown(f"Retrieved {dates.say_moment(version.retrieved)} from")
            # an address is there to be copied, and a file's name may have any sign
            st.code(version.address, language=None, wrap_lines=True)
            for remark in version.remarks:
                st.markdown(markdown.verbatim(remark))
            _show_kept_report(version, library, london)
            st.markdown(f":small[Checksum of what came (SHA-256): {version.sha256}]")


def _show_kept_report(version: Version, library: Library, london: London) -> None:
    content = store.read_bytes(f"{changes.FOLDER}/{version.source_id}.csv", library.entries)
    report = changes.read_report(content)
    show_report(report, london, f"of_{version.source_id}")
    if len(report):
        st.download_button(
            "All changes as CSV",
            data=content,
            file_name=f"changes_{version.source_id}_{version.published}.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
            key=f"changes_{version.source_id}",
        )


def show_report(report: pd.DataFrame, london: London, name: str) -> None:
    """What a download changes, or would change, in tables; no other on the page has its `name`."""
    for kind, table in change_tables(report, london).items():
        more = f", the first {MOST_ROWS} of {len(table)}" if len(table) > MOST_ROWS else ""
        st.markdown(f"**{KIND_WORDS[kind]}**{more}")
        plain_table.show(table.head(MOST_ROWS), f"{kind}_{name}")


def change_tables(report: pd.DataFrame, london: London) -> dict[str, pd.DataFrame]:
    """A change report (data_loaders.changes) in words, by kind: new figures counted, the others listed."""
    indicators = london.catalogue.indicators
    names = london.areas.set_index("area_code")["area_name"]

    def say(values: pd.Series) -> list[str]:
        ids = report.loc[values.index, "indicator_id"]
        return [
            units.format_value(value, indicators[id_]) or "none"
            for id_, value in zip(ids, values, strict=True)
        ]

    then = report["period_before"].map(lambda period: period and f" ({dates.short_period(period)})")
    said = pd.DataFrame(
        {
            "Indicator": report["indicator_id"].map(
                {i: entry.short_label for i, entry in indicators.items()}
            ),
            "Period": report["period"].map(dates.short_period),
            "Area": report["area_code"].map(names),
            "Before": say(report["before"]) + then,
            "Now": say(report["after"]),
        }
    )
    tables = {kind: said[report["kind"] == kind] for kind in KIND_WORDS}
    counted = tables["new"].groupby(["Indicator", "Period"], sort=False).size().rename("Figures")
    tables["new"] = counted.reset_index()
    return {kind: table for kind, table in tables.items() if len(table)}
