"""All boroughs of an ICS by all figures that have a better end, in one table that can be sorted."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from geo.places.borough import claims
from geo.places.ics import Line
from pages.components.charts import table as charts_table
from pages.components.data import figures
from pages.components.data.edition import once
from pages.components.notes import sources as notes_sources
from pages.components.state import session
from pages.components.state.part import part
from pages.components.state.view import View
from pages.components.text import cells, units

SIDES = {"ahead": "better", "behind": "worse"}
SIGNS = {"better": "▲ ", "worse": "▼ ", "": ""}
RULE = (
    "▲ ahead, ▼ behind: where a figure has 95% intervals, the borough's leaves out London's value; else the "
    "borough is in the highest or lowest quarter of all. Need speaks neither for nor against a place and has "
    "no sign."
)


@part
def show(view: View) -> None:
    """The table; a click on the name of a borough opens its page."""
    assert view.scope, "All London is no ICS"
    found = contents(view.vintage, view.scope)
    charts_table.show(
        found,
        caption="Each figure at its latest period. A heading sorts, a borough's name opens its page",
        chosen=view.borough,
        on_borough=lambda name: session.visit("borough", borough=name or view.borough),
    )
    st.markdown(notes_sources.small(RULE, *_explained(view.vintage, view.scope)))


@once
def contents(vintage: str, scope: str) -> charts_table.Contents:
    """A row for each borough of the ICS, then the ICS and London; a column for each figure."""
    lines = _shown(figures.overview_of(vintage, scope))
    names = list(lines[0].boroughs["area_name"]) if lines else []
    catalogue = figures.london().catalogue
    sides = {name: _sides(lines, name) for name in names}
    rows = []
    for place, name in enumerate(names):
        own = [(line, line.boroughs.iloc[place].to_dict()) for line in lines]
        tints = [sides[name].get(line.indicator.indicator_id, "") for line in lines]
        said = [
            units.say_value(row["value"], row["note"], line.indicator)
            or catalogue.statuses[row["status"]].word
            for line, row in own
        ]
        rows.append(
            {
                "name": name,
                "cells": [name, *(SIGNS[tint] + text for tint, text in zip(tints, said, strict=True))],
                "keys": [name, *(_rank_by(row) for _, row in own)],
                "tints": ["", *tints],
            }
        )
    london = figures.london()
    wholes = {
        london.ics_names[vintage][scope]: [cells.of_ics(scope, line.latest) for line in lines],
        cells.LONDON: [cells.of_london(line.latest) for line in lines],
    }
    return charts_table.Contents(
        columns=[
            {"title": "Borough", "number": False},
            *({"title": cells.brief_heading(line.latest), "number": True} for line in lines),
        ],
        rows=rows,
        wholes=[{"name": name, "cells": [name, *said], "keys": []} for name, said in wholes.items()],
    )


def _rank_by(row: dict) -> float | None:
    """What a borough is sorted by; one of very few people leads no list, here as elsewhere."""
    return None if pd.isna(row["value"]) or row["small"] else float(row["value"])


@once
def _explained(vintage: str, scope: str) -> list[str]:
    lines = _shown(figures.overview_of(vintage, scope))
    names = list(lines[0].boroughs["area_name"]) if lines else []
    return cells.explained([line.latest for line in lines], names, [scope])


def _shown(lines: Sequence[Line]) -> list[Line]:
    """Those that have a better end, and of which no borough's figure is odd."""
    return [line for line in lines if line.indicator.polarity != "neither" and not line.latest.is_doubtful]


def _sides(lines: Sequence[Line], name: str) -> dict[str, str]:
    """Where a borough is ahead or behind, as its own page says (geo.places.borough.claims)."""
    found = claims([line.latest for line in lines], name)
    return {claim.latest.indicator.indicator_id: SIDES.get(claim.side, "") for claim in found}
