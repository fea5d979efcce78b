"""Small things to test with: entries of the catalogue, place tables, and where the figures lie."""

import csv
from pathlib import Path
from typing import Any

import pandas as pd

from data_loaders import store
from data_loaders.catalogue import Indicator
from geo.join import ENGLAND, LONDON
from pages.exports.piece import Piece

ROOT = Path(__file__).resolve().parents[1]
FIGURES = ROOT / ".." / "shared" / "figures"


def read_csv(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file in the plainest way."""
    with path.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


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
    return Indicator.from_row(plain | cells)


def piece(**parts: Any) -> Piece:
    """A piece with plain words, and some of its parts changed."""
    plain = {
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
        "numbers": pd.DataFrame,
    }
    return Piece(**(plain | parts))


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
