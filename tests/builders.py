"""Small things to test with: entries of the catalogue, place tables, and where the figures lie."""

import csv
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from data_loaders import snapshot, store
from data_loaders.brand import Brand
from data_loaders.catalogue import Indicator, Unit
from geo.tables.london import ENGLAND, LONDON, London
from pages.exports.exhibit import Exhibit
from pages.exports.table import Table

ROOT = Path(__file__).resolve().parents[1]
FIGURES = snapshot.COMPILED
# with EVERYTHING=1 in the environment, tests that try a fixed part of many cases try all of them
EVERYTHING = bool(os.environ.get("EVERYTHING"))
# how files look unless somebody says otherwise, and where a council has given its name only
PLAIN = Brand("12436D", "12436D", "Arial", "Beyond Boundaries London")
OF_COUNCIL = replace(PLAIN, owner="A council")


def read_csv(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    """Rows of a CSV file in the plainest way."""
    with path.open(newline="", encoding=encoding) as lines:
        return list(csv.DictReader(lines))


UNITS = {row["unit"]: Unit(unit_id=row.pop("unit"), **row) for row in read_csv(store.SNAPSHOT / "units.csv")}
INDICATOR_IDS = [row["indicator_id"] for row in read_csv(store.SNAPSHOT / "indicators.csv")]


def indicator(**cells: str) -> Indicator:
    """An entry of the catalogue, with some of its cells changed."""
    plain = {
        "indicator_id": "sites",
        "label": "Sites",
        "short_label": "Sites",
        "domain": "Centres",
        "unit": "count",
        "decimals": "0",
        "polarity": "neither",
        "period_type": "date",
        "aggregation": "sum",
        "multiplier": "1",
        "interval": "none",
        "sentence": "In {place} there [is|are] {value} [site|sites]",
        "definition": "Sites.",
        "caveats": "None.",
        "source_ids": "register",
        "when_absent": "not_published",
        "comparable_over_time": "yes",
        "next_update": "",
        "categories": "",
        "shown": "yes",
        "kind": "total",
        "complement": "",
        "one_more": "",
        "above_100": "",
        "same_as": "",
    }
    return Indicator.from_row(plain | cells, UNITS)


def with_periods(london: London, indicator_id: str, ends: dict[str, str]) -> London:
    """The same figures with further periods of one indicator: copies of its newest, with their last days."""
    table = london.observations
    newest = london.newest(indicator_id)
    rows = table[(table["indicator_id"] == indicator_id) & (table["period"] == newest)]
    further = [rows.assign(period=label, period_end=pd.Timestamp(end)) for label, end in ends.items()]
    observations = pd.concat([table, *further], ignore_index=True)
    own = observations[observations["indicator_id"] == indicator_id]
    labels = own.sort_values("period_end", ascending=False, kind="stable")["period"].unique()
    return replace(london, observations=observations, periods=london.periods | {indicator_id: list(labels)})


def with_reasons(london: London, indicator_id: str, period: str, reasons: dict[str, str]) -> London:
    """The same figures without those of some boroughs: the status that says why, by the name of each."""
    table = london.observations
    own = (table["indicator_id"] == indicator_id) & (table["period"] == period)
    lacking = own & table["area_name"].isin(reasons)
    numbers = ["value", "numerator", "denominator", "lower_95", "upper_95"]
    observations = table.assign(status=table["status"].mask(lacking, table["area_name"].map(reasons)))
    observations.loc[lacking, numbers] = float("nan")
    return replace(london, observations=observations)


def with_dates(london: London, indicator_id: str, count: int) -> London:
    """The same figures with so many dates of one indicator from 4 August 2016 to the newest that it has."""
    known = london.periods[indicator_id]
    days = pd.date_range("2016-08-04", known[0], periods=count).strftime("%Y-%m-%d")
    kept = (london.observations["indicator_id"] != indicator_id) | london.observations["period"].isin(
        ["2010-02-28", known[0]]
    )
    fewer = replace(london, observations=london.observations[kept])
    return with_periods(fewer, indicator_id, {day: day for day in days[:-1]})


def exhibit(**parts: Any) -> Exhibit:
    """An exhibit with plain words, and some of its parts changed."""
    plain: dict[str, Any] = {
        "key": "chart",
        "name": "Chart",
        "title": "Title",
        "subtitle": "Subtitle",
        "remarks": ("Remark.",),
        "sources": ("Source: somebody.",),
        "alt": "A chart.",
        "link": "/?period=2024",
        "version": "App 1",
        "stem": "chart",
        "numbers": lambda: Table(pd.DataFrame(), ()),
    }
    return Exhibit(**(plain | parts))


def place_rows(
    values: dict[str, float],
    small: str = "",
    london: float = float("nan"),
    england: float = float("nan"),
    missing: str = "not_published",
) -> pd.DataFrame:
    """A place table of boroughs with their values, London and England; `missing` is the status of a gap."""
    names = [*values, "London", "England"]
    numbers = pd.Series([*values.values(), london, england], dtype=float)
    return pd.DataFrame(
        {
            "area_code": [*(f"E0900{place:04}" for place in range(len(values))), LONDON, ENGLAND],
            "area_name": names,
            "area_type": ["borough"] * len(values) + ["region", "country"],
            "small": [name == small for name in names],
            "ics_code": ["NEL"] * len(values) + ["", ""],
            "value": numbers,
            "note": "",
            "status": numbers.notna().map({True: "published", False: missing}),
        }
    )


# answers to the hallmarks with their levels: Camden and Enfield answer for their ICS, Haringey for London
SAVED_FIRST = [
    ("Barnet", "Yes", "named"),
    ("Camden", "No", "ics"),
    ("Enfield", "Starting to put in place", "ics"),
    ("Haringey", "Don't know", "london"),
    ("Islington", "Yes", "named"),
]
