"""The whole table, to take away: every figure of every indicator, with its places, sources and dictionary."""

import io

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from data_loaders import store
from geo.tables import marks
from geo.tables.london import London
from geo.tables.origins import as_text

# an ICS column stands for each set of boundaries; the dictionary explains them once, under this name
ICS = "ics_YYYY"


def tidy_table(london: London, meanings: pd.DataFrame) -> pd.DataFrame:
    """One row an area, indicator and period, with the columns that the dictionary explains, in its order.

    Sorted by indicator, period_end and area_code. `period_end` is a timestamp; numbers are float, NaN for
    none. `meanings` is the dictionary().
    """
    catalogue = london.catalogue
    indicators = pd.DataFrame(
        [
            (i.indicator_id, i.label, catalogue.units[i.unit].axis or i.unit, i.polarity)
            for i in catalogue.indicators.values()
        ],
        columns=["indicator_id", "indicator", "unit", "polarity"],
    )
    table = london.observations.merge(indicators, on="indicator_id", validate="many_to_one")
    for vintage, members in london.footprints.groupby("vintage"):
        codes = members.set_index("area_code")["ics_code"]
        table[ICS.replace("YYYY", str(vintage))] = table["area_code"].map(codes).fillna("")
    table = table.join(as_text(table["origins"], catalogue))
    of_indicators = table.groupby("indicator_id")
    table["mark"] = pd.concat(marks.reasons(rows, catalogue.indicators[str(i)]) for i, rows in of_indicators)
    ordered = table.sort_values(["indicator_id", "period_end", "area_code"], ignore_index=True)
    of_ics = sorted(str(name) for name in table if str(name).startswith("ics_"))
    columns = [[name] if name != ICS else of_ics for name in meanings["column"]]
    return ordered[[name for names in columns for name in names]]


def dictionary(entries: dict[str, store.Entry]) -> pd.DataFrame:
    """What each column of the tidy table is: column, type, unit, meaning. Raises store.SnapshotError."""
    return store.read_text_table("dictionary.csv", entries)


def as_parquet(table: pd.DataFrame, meanings: pd.DataFrame) -> bytes:
    """The tidy table as Parquet, each column with its meaning in the field's metadata."""
    explained = meanings.set_index("column")["meaning"]
    days = table.assign(period_end=table["period_end"].dt.date)
    arrow = pa.Table.from_pandas(days, preserve_index=False)
    fields = [
        field.with_metadata({"meaning": explained[ICS if field.name.startswith("ics_") else field.name]})
        for field in arrow.schema
    ]
    written = io.BytesIO()
    pq.write_table(arrow.cast(pa.schema(fields)), written)
    return written.getvalue()
