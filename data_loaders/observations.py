"""The observations as stored: one row an area, indicator and period, from every table of the snapshot."""

import io
from pathlib import Path

import pandas as pd

from data_loaders import store

COLUMNS = [
    "area_code",
    "indicator_id",
    "period",
    "period_end",
    "value",
    "numerator",
    "denominator",
    "lower_95",
    "upper_95",
    "status",
    "source_id",
]
NUMBERS = ["value", "numerator", "denominator", "lower_95", "upper_95"]
FOLDER = "observations"


def load_observations(entries: dict[str, store.Entry], folder: Path = store.SNAPSHOT) -> pd.DataFrame:
    """All stored observations with COLUMNS; numbers as float (NaN where empty), `period_end` as timestamp.

    Raises store.SnapshotError when a table is refused or its columns are not COLUMNS.
    """
    tables = [name for name in entries if name.startswith(f"{FOLDER}/")]
    return pd.concat([_load(name, entries, folder) for name in tables], ignore_index=True)


def _load(table: str, entries: dict[str, store.Entry], folder: Path) -> pd.DataFrame:
    content = io.BytesIO(store.read_bytes(table, entries, folder))
    text_columns = {name: str for name in COLUMNS if name not in NUMBERS}
    try:
        frame = pd.read_csv(content, dtype={**text_columns, **dict.fromkeys(NUMBERS, float)})
        return frame[COLUMNS].assign(period_end=pd.to_datetime(frame["period_end"], format="%Y-%m-%d"))
    except (ValueError, KeyError) as error:
        raise store.SnapshotError(f"{table} is not a table of observations: {error}.") from error
