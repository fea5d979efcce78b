"""Where a figure comes from, in words that go with it wherever it goes."""

import datetime as dt

import pandas as pd
import streamlit as st

from data_loaders.catalogue import Catalogue, Indicator, Source
from data_loaders.store import Entry
from geo.join import London
from pages.components import words

BOUNDARIES = "gla_boundaries"


def source_lines(sources: list[Source]) -> list[str]:
    """One line a source: publisher, title, date of the figures, licence."""
    return [
        f"Source: {source.publisher}, {source.title}{_figures_of(source)}. {source.licence}."
        for source in sources
    ]


def boundary_line(catalogue: Catalogue) -> str:
    """Whose boundaries a map shows, with the attribution that they ask for."""
    source = catalogue.sources[BOUNDARIES]
    return f"Boundaries: {source.publisher}. {source.licence}. {source.attribution}."


def show_definition(indicator: Indicator, sources: list[Source]) -> None:
    """What the figure is, what to beware of, and whose it is."""
    st.markdown(indicator.definition)
    st.markdown(f"**Before you quote it.** {indicator.caveats}")
    if indicator.comparable_over_time != "yes":
        st.markdown(f"**Over time:** {indicator.comparable_over_time}.")
    for source in sources:
        st.markdown(
            f"**Source:** [{source.title}]({source.url}), {source.publisher}{_figures_of(source)}. "
            f"[{source.licence}]({source.licence_url}). {source.attribution}"
        )
    if indicator.next_update:
        st.markdown(f"**Next update:** {indicator.next_update}.")


def status_line(entries: dict[str, Entry], london: London) -> str:
    """One line on how fresh the app is: when the tables were written, and what is not loaded by borough."""
    written = max(dt.date.fromisoformat(entry.written) for entry in entries.values())
    table = london.observations
    loaded = table[(table["area_type"] == "borough") & (table["status"] != "not_loaded")]
    known = set(loaded["indicator_id"])
    domains = {i.domain for i in london.catalogue.indicators.values() if i.indicator_id not in known}
    unloaded = (
        f" Not loaded by borough: part of {words.join_all(sorted(domains)).lower()}." if domains else ""
    )
    return f"Embedded figures, written {words.say_date(written)}.{unloaded}"


def source_table(entries: dict[str, Entry], catalogue: Catalogue) -> pd.DataFrame:
    """The sources that a table of the snapshot or an indicator rests on, in words."""
    used = {entry.source_id for entry in entries.values()}
    used |= {source for i in catalogue.indicators.values() for source in i.source_ids}
    return pd.DataFrame(
        {
            "Publication": f"[{source.title}]({source.url})",
            "Publisher": source.publisher,
            "Figures to": words.say_date(dt.date.fromisoformat(source.figures_date))
            if source.figures_date
            else "",
            "Licence": f"[{source.licence}]({source.licence_url})",
            "Attribution": source.attribution,
        }
        for source in catalogue.sources.values()
        if source.source_id in used
    )


def _figures_of(source: Source) -> str:
    if not source.figures_date:
        return ""
    return f", figures to {words.say_date(dt.date.fromisoformat(source.figures_date))}"
