"""The observations as stored: one row an area, indicator and period, from every table in use."""

import functools
import io

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
    "note",
]
# the day on which a figure was downloaded, ISO; only tables of downloads have the column
RETRIEVED = "retrieved"
NUMBERS = ["value", "numerator", "denominator", "lower_95", "upper_95"]
# ten digits: more than any publisher prints, and too few to keep floating-point error
STORED = "%.10g"
# how a note begins, on a value that is printed as it came but that no place should be judged by
ODD = "as published, but odd: "
FOLDER = "observations"
# downloaded tables lie below the embedded ones, in this folder
DOWNLOADED = f"{FOLDER}/live"


def load_observations(entries: dict[str, store.Entry]) -> pd.DataFrame:
    """All stored observations with COLUMNS and RETRIEVED, as load_table() gives them.

    Where a download has an indicator's period, no embedded row of that period is kept, so that figures of two
    publications never stand side by side. `note` is the publisher's own remark on a value. Raises
    store.SnapshotError when a table is refused or its columns are not COLUMNS.
    """
    tables = [name for name in entries if name.startswith(f"{FOLDER}/")]
    embedded = [load_table(name, entries) for name in tables if not name.startswith(DOWNLOADED)]
    downloaded = [load_table(name, entries) for name in tables if name.startswith(DOWNLOADED)]
    rows = pd.concat(embedded, ignore_index=True)
    return supersede(rows, pd.concat(downloaded, ignore_index=True)) if downloaded else rows


def supersede(embedded: pd.DataFrame, downloaded: pd.DataFrame) -> pd.DataFrame:
    """Both, but of the embedded rows only those whose indicator and period no download has."""
    keys = ["indicator_id", "period"]
    taken = pd.MultiIndex.from_frame(embedded[keys]).isin(pd.MultiIndex.from_frame(downloaded[keys]))
    return pd.concat([embedded[~taken], downloaded], ignore_index=True)


def load_table(table: str, entries: dict[str, store.Entry]) -> pd.DataFrame:
    """The observations of one table, each with the day of its download; empty for an embedded figure.

    In a download from before figures had a day of their own, all have that of the download.
    """
    rows = parse(store.read_bytes(table, entries), table)
    unsaid = entries[table].written if table.startswith(DOWNLOADED) else ""
    return rows.assign(retrieved=rows[RETRIEVED].fillna(unsaid))


# kept, because a refresh looks at the same tables several times
@functools.lru_cache(maxsize=64)
def parse(content: bytes, table: str) -> pd.DataFrame:
    """A table of observations from its bytes: COLUMNS and RETRIEVED, NaN where the table does not say.

    `period_end` is a timestamp, `note` a text; `table` is the name of the table. Shared, so do not change it.
    """
    text_columns = {name: str for name in [*COLUMNS, RETRIEVED] if name not in NUMBERS}
    try:
        frame = pd.read_csv(io.BytesIO(content), dtype={**text_columns, **dict.fromkeys(NUMBERS, float)})
        period_end = pd.to_datetime(frame["period_end"], format="%Y-%m-%d")
        rows = frame[COLUMNS].assign(period_end=period_end, note=frame["note"].fillna(""))
        return rows.assign(retrieved=frame.get(RETRIEVED))
    except (ValueError, KeyError) as error:
        raise store.SnapshotError(f"{table} is not a table of observations: {error}.") from error


def as_stored(value: float) -> float:
    """A value as precisely as a table keeps it."""
    return float(format(value, STORED[1:]))


def as_table(rows: pd.DataFrame) -> bytes:
    """Observations as their table is written, in a fixed order, so that a change shows as one.

    The columns are COLUMNS, and RETRIEVED where the rows have it.
    """
    columns = [*COLUMNS, *([RETRIEVED] if RETRIEVED in rows else [])]
    ordered = rows[columns].sort_values(["indicator_id", "period_end", "area_code"], kind="stable")
    text = ordered.to_csv(index=False, float_format=STORED, lineterminator="\n", date_format="%Y-%m-%d")
    return text.encode()
