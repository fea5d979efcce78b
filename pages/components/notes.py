"""Where a figure comes from, in words that go with it wherever it goes."""

import datetime as dt

import pandas as pd
import streamlit as st

from data_loaders.catalogue import Catalogue, Indicator, Source
from data_loaders.library import Library
from geo.join import London
from pages.components import words

# the key of what is shown on paper only, because nobody can open an expander there
ON_PAPER = "on_paper"


def source_lines(sources: list[Source]) -> list[str]:
    """One line a source: publisher, title, date of the figures, licence."""
    return [
        f"Source: {source.publisher}, {source.title}{_figures_of(source)}. {source.licence}."
        for source in sources
    ]


def by_licence(sources: list[Source]) -> str:
    """Many sources in little room: publisher, title and date of each, under their licences."""
    groups: dict[str, list[str]] = {}
    for source in sources:
        groups.setdefault(source.licence, []).append(
            f"{source.publisher}, {source.title}{_figures_of(source)}"
        )
    return " ".join(f"Sources under {licence}: {'; '.join(said)}." for licence, said in groups.items())


def boundary_line(source: Source) -> str:
    """Whose boundaries a map shows, with the attribution that they ask for."""
    return f"Boundaries: {source.publisher}. {source.licence}. {source.attribution}"


def show_missing(sentences: list[str]) -> None:
    """Which boroughs have no figure, and why."""
    for sentence in sentences:
        st.markdown(sentence)


def show_small(rows: pd.DataFrame) -> None:
    """Which boroughs in scope have a figure that is not compared (painted rows, maps.paint)."""
    for name in rows.loc[rows["small"] & ~rows["outside"] & rows["value"].notna(), "area_name"]:
        st.markdown(f"{name} has very few children and is left out here.")


def show_rank(rows: pd.DataFrame, borough: str) -> None:
    """Where the chosen borough stands, if there is one and it is ranked (painted rows, maps.paint)."""
    for _, row in rows[rows["area_name"] == borough].iterrows():
        st.markdown(words.rank_sentence(row))


def show_rank_note(rows: pd.DataFrame) -> None:
    """What the brackets behind a rank mean, where there are any (painted rows, maps.paint)."""
    if rows["best_london"].notna().any():
        st.markdown(
            ":small[Rank: 1st is highest. In brackets, between which ranks it lies with 95% probability.]"
        )


def show_definition(indicator: Indicator, sources: list[Source]) -> None:
    """What the figure is, what to beware of, and whose it is."""
    st.markdown(indicator.definition)
    st.markdown(f"**Before you quote it.** {indicator.caveats}")
    if indicator.comparable_over_time != "yes":
        st.markdown(f"**Over time:** {indicator.comparable_over_time}.")
    for source in sources:
        st.markdown(f"**Source:** {_source_line(source)}")
    if indicator.next_update:
        st.markdown(f"**Next update:** {indicator.next_update}.")


def show_sources(sources: list[Source]) -> None:
    """The sources of a page that shows many figures, with links to their licences."""
    with st.expander(f"The {len(sources)} sources of these figures"):
        for source in sources:
            st.markdown(_source_line(source))
    with st.container(key=ON_PAPER):
        st.markdown(f":small[{by_licence(sources)}]")


def status_line(library: Library, london: London) -> str:
    """One line on how fresh the app is: its newest figures, what is not loaded, and what is damaged."""
    newest = max(
        [version.retrieved_on for version in library.versions.values()]
        or [
            dt.date.fromisoformat(entry.written)
            for table, entry in library.entries.items()
            if table.startswith("observations/")
        ]
    )
    origin = f"{len(library.versions)} sources live" if len(library.versions) > 1 else "one source live"
    origin = origin if library.versions else "as embedded in the app"
    table = london.observations
    loaded = table[(table["area_type"] == "borough") & (table["status"] != "not_loaded")]
    known = set(loaded["indicator_id"])
    indicators = london.catalogue.indicators.values()
    domains = {i.domain for i in indicators if i.indicator_id not in known}
    partly = {i.domain for i in indicators if i.indicator_id in known}
    parts = [f"part of {name.lower()}" if name in partly else name.lower() for name in sorted(domains)]
    unloaded = f"; {words.join_all(parts)} not loaded by borough" if parts else ""
    return " ".join([f"Figures as of {words.say_date(newest)}, {origin}{unloaded}.", *library.notes])


def source_table(status: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Sources in words, from data_loaders.status: whose, how new, from where, and when next."""
    origins = {"live": "Downloaded", "snapshot": "Embedded", "none": "Not loaded"}
    rows = []
    for row in status.to_dict("records"):
        source = catalogue.sources[row["source_id"]]
        rows.append(
            {
                "Publication": f"[{source.title}]({source.url})",
                "Publisher": source.publisher,
                "Figures to": words.say_day(row["figures_to"]),
                "Origin": f"{origins[row['from']]} {words.say_day(row['retrieved'])}".rstrip(),
                "Next update": row["next_update"],
                "Licence": f"[{source.licence}]({source.licence_url}). {source.attribution}",
            }
        )
    return pd.DataFrame(rows)


def _source_line(source: Source) -> str:
    return (
        f"[{source.title}]({source.url}), {source.publisher}{_figures_of(source)}. "
        f"[{source.licence}]({source.licence_url}). {source.attribution}"
    )


def _figures_of(source: Source) -> str:
    if not source.figures_date:
        return ""
    retrieved = f", retrieved {words.say_day(source.retrieved)}" if source.retrieved else ""
    return f", figures to {words.say_day(source.figures_date)}{retrieved}"
