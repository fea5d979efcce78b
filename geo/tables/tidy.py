"""The whole table, to take away: every figure of every indicator, with its places, sources and dictionary."""

import io
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from data_loaders import store
from data_loaders.catalogue import load_catalogue
from geo.tables import marks
from geo.tables.london import London
from geo.tables.origins import as_text

# columns on the ICS of an authority, one for each set of boundaries: the dictionary explains them once
BY_VINTAGE = {"ics_YYYY": "ics_code", "icb_YYYY": "icb_code", "icb_ods_YYYY": "icb_ods"}

PARQUET = "application/vnd.apache.parquet"
Files = Literal["all_figures", "one_indicator"]
NOTHING: Mapping[str, str] = MappingProxyType({})


def tidy_table(london: London, meanings: pd.DataFrame) -> pd.DataFrame:
    """One row an area, indicator and period, with the columns that the dictionary explains, in its order.

    Sorted by indicator, period_end and area_code. `period_end` is a timestamp; numbers are float, NaN for
    none. `meanings` is the dictionary().
    """
    catalogue = london.catalogue
    indicators = pd.DataFrame(
        [
            (i.indicator_id, i.label, i.unit.axis or i.unit.unit_id, i.polarity)
            for i in catalogue.indicators.values()
        ],
        columns=["indicator_id", "indicator", "unit", "polarity"],
    )
    table = london.observations.merge(indicators, on="indicator_id", validate="many_to_one")
    for vintage, members in london.footprints.groupby("vintage"):
        by_area = members.set_index("area_code")
        for name, code in BY_VINTAGE.items():
            table[name.replace("YYYY", str(vintage))] = table["area_code"].map(by_area[code]).fillna("")
    table = table.join(as_text(table["origins"], catalogue))
    of_indicators = table.groupby("indicator_id")
    table["mark"] = pd.concat(marks.reasons(rows, catalogue.indicators[str(i)]) for i, rows in of_indicators)
    ordered = table.sort_values(["indicator_id", "period_end", "area_code"], ignore_index=True)
    names = list(map(str, table))
    return ordered[[name for known in meanings["column"] for name in names if explained_as(name) == known]]


def explained_as(column: str) -> str:
    """The name under which the dictionary explains a column of the tidy table."""
    return re.sub(r"(?<=_)20\d\d$", "YYYY", column)


def dictionary(entries: dict[str, store.Entry], files: Files = "all_figures") -> pd.DataFrame:
    """What each column is, and the codes of categories: column, type, unit, meaning.

    Of the tidy table, or of a table of one indicator (geo.tables.feed). Raises store.SnapshotError.
    """
    table = store.read_text_table("dictionary.csv", entries)
    table = table[table["files"].isin([files, "both"])].drop(columns="files").reset_index(drop=True)
    decoded = [
        f"{indicator.indicator_id}: {', '.join(f'{code:g} {word}' for code, word in codes.items())}"
        for indicator in load_catalogue(entries).indicators.values()
        if (codes := indicator.categories)
    ]
    said = f" ({'; '.join(decoded)})" if decoded else ""
    return table.assign(meaning=table["meaning"].mask(table["column"] == "value", table["meaning"] + said))


def as_parquet(table: pd.DataFrame, meanings: pd.DataFrame, about: Mapping[str, str] = NOTHING) -> bytes:
    """A table as Parquet, each column with its meaning in the field's metadata, `about` in the schema's.

    `meanings` is the dictionary() of the table.
    """
    explained = meanings.set_index("column")["meaning"]
    days = {name: table[name].dt.date for name in table.select_dtypes(include="datetime")}
    arrow = pa.Table.from_pandas(table.assign(**days), preserve_index=False)
    fields = [field.with_metadata({"meaning": explained[explained_as(field.name)]}) for field in arrow.schema]
    said = (arrow.schema.metadata or {}) | dict(about)
    written = io.BytesIO()
    pq.write_table(arrow.cast(pa.schema(fields, metadata=said)), written)
    return written.getvalue()
