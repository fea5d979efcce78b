"""The figures and shapes, read once for all visitors, and the picture of one view."""

import datetime as dt
import gc
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial

import pandas as pd
import streamlit as st

from data_loaders import store
from data_loaders.catalogue import Indicator, Source
from data_loaders.library import Library, fingerprint, open_library
from data_loaders.settings import live_folder
from data_loaders.status import unanswered
from data_loaders.within import USUAL, Within
from geo.access.indicators import Ways, load_ways
from geo.boundaries.layouts import Layout, load_layouts
from geo.lottery.one_period import Lottery, lottery as find_lottery
from geo.lottery.over_time import OverTime, by_period, over_time
from geo.places.borders import across_borders
from geo.places.ics import Line, overview
from geo.places.latest import Latest, latest as all_latest
from geo.tables.london import London, load_london
from geo.tables.origins import as_text, joined, sources_of
from geo.tables.within import days_of, london_within
from pages.components.data import edition
from pages.components.data.edition import MOST_OF_MAP, once, once_for
from pages.components.data.indicator_view import IndicatorView
from pages.components.data.packed import Packed, pack
from pages.components.state.view import View
from pages.components.text import citations, vintages

BOUNDARIES = "boroughs_screen.topojson"
# the tables of shapes that each layout is drawn from
_SHAPES = {
    "map": (BOUNDARIES, "boroughs_hatch.geojson", "label_points.csv", "ics_{}_screen.topojson"),
    "tiles": ("tiles.topojson", "tiles_hatch.geojson", "tiles_label_points.csv", "tiles_ics_{}.topojson"),
}

# a visitor in the middle of a page may still look at the edition before the newest; visitors who ask at the
# same time wait for one reading, which once() does not see to
EDITIONS = 3
# and visitors may look at as many settings of what counts as within reach beside the usual one
SETTINGS = 4


def read_all() -> None:
    """Read the figures in use, outside anybody's session. Raises data_loaders.store.SnapshotError."""
    _london(fingerprint())


@once
def library() -> Library:
    """The tables in use. Raises data_loaders.store.SnapshotError when the snapshot is damaged."""
    return _library(edition.current())


def london() -> London:
    """All figures and places, those of access in the setting that is looked at (edition.setting).

    Raises data_loaders.store.SnapshotError when the snapshot is damaged.
    """
    return _london_within(edition.current(), edition.setting())


@once
def layouts() -> dict[str, Layout]:
    """The shapes of the map and of the tile grid."""
    return _layouts(edition.current())


def outlines() -> dict[str, Packed]:
    """The outlines of all layouts as browsers fetch them, by the TopoJSON that drawings have of them."""
    return _outlines(edition.current())


def layout_of(view: View) -> Layout:
    """The shapes that a view is drawn with."""
    return layouts()[_layout_name(view)]


def _layout_name(view: View) -> str:
    return "wide_tiles" if view.meeting and view.layout == "tiles" else view.layout


@once
def status_line() -> str:
    """How fresh the figures are, in one line."""
    return citations.status_line(library(), london())


def late_line() -> str:
    """That there may be newer figures, where nothing usable has come of a publisher for days; else empty."""
    late = unanswered(library(), live_folder(), dt.datetime.now(dt.UTC))
    return citations.late_line(late, london().catalogue)


@once
def ics_changes() -> str:
    """What became of the ICSs from each set of boundaries to the next."""
    return vintages.say_ics_changes(london())


def boundary_source() -> Source:
    """Whose boundaries the map shows."""
    return london().catalogue.sources[library().entries[BOUNDARIES].source_id]


def shape_tables(view: View) -> list[str]:
    """The names of the tables that a map of this view takes its shapes from."""
    return [name.format(view.vintage) for name in _SHAPES[view.layout]]


@once
def embedded() -> dict[str, str]:
    """When the embedded tables of each source were written, as ISO dates."""
    written: dict[str, str] = {}
    downloaded = {name for version in library().versions.values() for name in version.entries}
    for entry in (entry for name, entry in library().entries.items() if name not in downloaded):
        written[entry.source_id] = max(written.get(entry.source_id, ""), entry.written)
    return written


@st.cache_resource(show_spinner=False, max_entries=EDITIONS)
def _library(fingerprint: str) -> Library:
    return open_library()


@st.cache_resource(show_spinner=False, max_entries=EDITIONS)
def _london(fingerprint: str) -> London:
    loaded = load_london(_library(fingerprint))
    # what stays for as long as the server runs need not be walked through by each garbage collection
    gc.collect()
    gc.freeze()
    return loaded


# asked for by every part of a page, which should not wait for Streamlit to look it up
@lru_cache(maxsize=EDITIONS + SETTINGS)
def _london_within(fingerprint: str, setting: Within) -> London:
    usual = _london(fingerprint)
    if setting == USUAL:
        return usual
    entries = _library(fingerprint).entries
    return london_within(usual, _ways(fingerprint, setting.sites), setting, entries)


@st.cache_resource(show_spinner=False, max_entries=2)
def _ways(fingerprint: str, sites: str) -> Ways:
    """How far it is to a kind of site on all dates, from which every distance is told in little time."""
    return load_ways(_library(fingerprint).entries, days_of(_london(fingerprint)), sites)


@st.cache_resource(show_spinner=False, max_entries=EDITIONS)
def _layouts(fingerprint: str) -> dict[str, Layout]:
    return load_layouts(_library(fingerprint))


# asked for by every picture
@lru_cache(maxsize=EDITIONS)
def _outlines(fingerprint: str) -> dict[str, Packed]:
    return {
        text: pack(f"{layout}_{name}", text)
        for layout, drawn in _layouts(fingerprint).items()
        for name, text in drawn.shapes.items()
    }


def picture(view: View) -> IndicatorView:
    """The picture of a view, which is the same whichever borough is chosen."""
    return _picture(view.only("indicator", "period", "ics", "classes"), _layout_name(view))


@partial(once, most=MOST_OF_MAP)
def _picture(view: View, layout: str) -> IndicatorView:
    return IndicatorView(view, london(), layouts()[layout], dt.date.today())


def indicator_of(view: View) -> Indicator:
    """The indicator that is looked at."""
    return london().catalogue.indicators[view.indicator]


@once_for("indicator", "period", "ics")
def lottery(view: View) -> Lottery | None:
    """The measures of the lottery in a view; None when there is nothing to compare."""
    return find_lottery(london(), view.indicator, view.period, view.vintage, view.scope)


def sources(*tables: pd.DataFrame) -> list[Source]:
    """The sources of all rows of these tables (geo.tables.origins.sources_of)."""
    return sources_of(london().catalogue, *tables)


def provenance(*tables: pd.DataFrame) -> dict[str, str]:
    """The sources of all rows of these tables as columns of a file: source, licence and retrieved."""
    whole = pd.Series([joined(tuple(cell for table in tables for cell in table["origins"]))])
    return as_text(whole, london().catalogue).drop(columns="source_id").iloc[0].to_dict()


def sources_behind(indicator: Indicator) -> list[Source]:
    """The sources of an indicator, dated by all its figures; without a date where nothing is loaded."""
    return _sources_behind(indicator.indicator_id)


@once
def _sources_behind(indicator_id: str) -> list[Source]:
    known = london().catalogue.sources
    dated = {source.source_id: source for source in sources(london().figures_of(indicator_id))}
    names = london().catalogue.indicators[indicator_id].source_ids
    return [dated.get(name, replace(known[name], figures_date="")) for name in names]


@once_for("indicator", "period", "ics")
def lottery_over_time(view: View) -> OverTime:
    """How far apart the same boroughs were, in periods of the kind of the one that is looked at."""
    return over_time(london(), view.indicator, view.vintage, view.scope, view.period, True)


@once_for("indicator", "period", "ics")
def lottery_by_period(view: View, thinned: bool) -> pd.DataFrame:
    """The lottery of each period (over_time.by_period); of many dates those for display if `thinned`."""
    return by_period(london(), view.indicator, view.vintage, view.scope, view.period, thinned)


def rows_over_time(view: View, periods: Sequence[str], names: Sequence[str]) -> pd.DataFrame:
    """The figure in all of these periods and areas, the newest first: observations with a value."""
    rows = london().figures_of(view.indicator)
    known = rows[rows["period"].isin(periods) & rows["value"].notna() & rows["area_name"].isin(names)]
    return known.sort_values("period_end", ascending=False, kind="stable")


def footprint(view: View) -> list[Line]:
    """Every indicator of the ICS that is looked at (geo.places.ics.overview); nothing for all London."""
    return overview_of(view.vintage, view.scope) if view.scope else []


@once
def overview_of(vintage: str, scope: str) -> list[Line]:
    """Every indicator of an ICS (geo.places.ics.overview)."""
    return overview(london(), vintage, scope)


def name_of_ics(view: View) -> str:
    """The ICS that is looked at; empty for all London."""
    return london().ics_names[view.vintage][view.scope] if view.scope else ""


def latest(view: View) -> tuple[Latest, ...]:
    """Every indicator at its latest period (geo.places.latest.latest)."""
    return all_latest(london(), view.vintage)


@once_for("indicator", "period", "crossings")
def neighbours_of(name: str, view: View) -> pd.DataFrame:
    """The pairs of a borough and its neighbours, wherever they are, the largest difference first."""
    pairs = border_pairs(view)
    return pairs[(pairs["higher"] == name) | (pairs["lower"] == name)].reset_index(drop=True)


def names_of_neighbours(name: str, view: View) -> list[str]:
    """The neighbours of a borough by name, those over the river only with crossings."""
    code, pairs = london().borough_codes[name], london().neighbours
    known = pairs if view.crossings == "yes" else pairs[pairs["how"] == ""]
    own = known[(known["left"] == code) | (known["right"] == code)]
    codes = {*own["left"], *own["right"]} - {code}
    return [other for other, its_code in london().borough_codes.items() if its_code in codes]


@once_for("borough")
def place_of(view: View) -> str:
    """The ICS of the chosen borough, and by whose boundaries."""
    members = london().members(view.vintage)
    own = members[members["area_code"] == london().borough_codes[view.borough]]
    return f"{own['ics_name'].iloc[0]} · ICS boundaries as of {london().vintages[view.vintage].since}"


@once_for("indicator", "period", "ics", "crossings")
def border_pairs(view: View) -> pd.DataFrame:
    """Neighbours with the difference between them (geo.places.borders.across_borders)."""
    crossings = view.crossings == "yes"
    return across_borders(london(), view.indicator, view.period, view.vintage, view.scope, crossings)


@once
def border_lines() -> dict:
    """The lines that two boroughs share, as GeoJSON."""
    return store.read_shapes("borders.geojson", library().entries)


def map_layout() -> Layout:
    """The shapes of the map."""
    return layouts()["map"]
