"""The parts of the page on borders: findings, the map, the list, files."""

from functools import partial

import pandas as pd
import streamlit as st

from pages.components import (
    borders_map,
    borders_words,
    downloads,
    drawing,
    figures,
    notes,
    profile_words,
)
from pages.components.view import View
from pages.exports import pictures

WIDTH = 900
# rows of the list on the page; the file has them all
MOST_ROWS = 25


def show_findings(pairs: pd.DataFrame, view: View, picture: figures.Picture) -> None:
    """Where the largest difference is, that of the chosen borough, and how many lie between ICSs."""
    catalogue = figures.london().catalogue
    st.header(borders_words.headline(pairs, picture.indicator, catalogue), anchor=False)
    own = pairs[(pairs["higher"] == view.borough) | (pairs["lower"] == view.borough)]
    if not own.empty:
        st.markdown(profile_words.neighbours(own, view.borough, picture.indicator, catalogue))
    st.markdown(borders_words.between_ics(pairs))
    st.markdown(
        "This compares whole boroughs: what families right at the border get may differ less, or more. It is "
        "an association of places, and says nothing of why they differ."
    )
    notes.show_small(picture.rows)
    if (pairs["how"] != "").any():
        st.markdown("Crossings of the Thames are in the list; the map draws borders on land.")


def show_map(pairs: pd.DataFrame, view: View, picture: figures.Picture) -> None:
    """Borders drawn the thicker, the larger the difference across them."""
    spec = _map(pairs, view, picture, drawing.theme())
    st.vega_lite_chart(
        spec=spec,
        theme=None,
        key="borders",
        alt="Map of borders by difference. The list below has every value.",
    )


def show_list(pairs: pd.DataFrame, picture: figures.Picture) -> None:
    """The pairs, the largest difference first."""
    table = borders_words.listed(pairs.head(MOST_ROWS), picture.indicator, figures.london().catalogue)
    if len(pairs) > MOST_ROWS:
        st.markdown(f"The {MOST_ROWS} largest differences of {len(pairs)}; the file has all of them.")
    st.table(table, hide_index=True, border="horizontal")


def offer(pairs: pd.DataFrame, view: View, picture: figures.Picture) -> None:
    """The map as a picture, all pairs as a table."""
    name = f"{downloads.file_name(view)}_borders"
    files = downloads.as_pictures("Map", name, partial(_framed, pairs, view, picture))
    downloads.buttons([*files, downloads.as_table("Borders", name, partial(_listed, pairs, view, picture))])


def _map(pairs: pd.DataFrame, view: View, picture: figures.Picture, theme: str) -> dict:
    catalogue = figures.london().catalogue
    return borders_map.specification(
        pairs.assign(spoken=borders_words.spoken(pairs, picture.indicator, catalogue)),
        figures.map_layout(),
        figures.border_lines(),
        borders_words.gap_title(picture.indicator, catalogue),
        figures.london().borough_codes.get(view.borough, ""),
        theme,
    )


def _framed(pairs: pd.DataFrame, view: View, picture: figures.Picture) -> dict:
    spec = _map(pairs, view, picture, "light")
    return pictures.framed(
        spec,
        {},
        WIDTH,
        title=borders_words.headline(pairs, picture.indicator, figures.london().catalogue),
        subtitle=f"{picture.indicator.label}. {picture.subtitle}",
        footer=[
            borders_words.between_ics(pairs),
            *picture.missing,
            *notes.source_lines(picture.sources),
            notes.boundary_line(figures.boundary_source()),
        ],
        below=pictures.LEGEND_BELOW,
    )


def _listed(pairs: pd.DataFrame, view: View, picture: figures.Picture) -> pd.DataFrame:
    return pairs.assign(
        indicator=picture.indicator.label,
        period=view.period,
        ics_vintage=view.vintage,
        source="; ".join(source.title for source in picture.sources),
    )
