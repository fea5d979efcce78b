"""Where each value comes from: its sources, how far their figures reach, and when they came."""

import functools
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from data_loaders.catalogue import Catalogue, Source

# the status of a row for which no file has been loaded, so that there is no source to name
NOT_LOADED = "not_loaded"
EMBEDDED = "embedded"


class Origin(NamedTuple):
    """One source of a value; `figures_to` is ISO, and so is `retrieved`, empty for an embedded figure."""

    source_id: str
    figures_to: str
    retrieved: str


Origins = tuple[Origin, ...]


def with_origins(
    stored: pd.DataFrame, sources: Mapping[str, Source], downloads: Mapping[str, Origin]
) -> pd.DataFrame:
    """Observations with the column `origins` in place of source_id and retrieved.

    A value that was put in from two sources has both; a row that is not loaded has none. Figures reach to the
    last day of their period, but embedded ones never beyond the day they were published: the period of an
    index is the year in which it came out, and that year ends later. `downloads` are the origins of sources
    from which values are worked out that were downloaded by themselves.
    """
    limits = {name: source.figures_date for name, source in sources.items()}
    ends = stored["period_end"].dt.strftime("%Y-%m-%d")
    # worked out once for each different cell, of which many rows share a few
    origins = functools.cache(functools.partial(_origins, limits=limits, downloads=downloads))
    found = [
        () if status == NOT_LOADED else origins(cell, end, day)
        for cell, end, day, status in zip(
            stored["source_id"], ends, stored["retrieved"], stored["status"], strict=True
        )
    ]
    return stored.drop(columns=["source_id", "retrieved"]).assign(origins=_column(found, stored.index))


def _origins(
    cell: str, ends: str, retrieved: str, limits: Mapping[str, str], downloads: Mapping[str, Origin]
) -> Origins:
    parts = cell.split("+")
    return tuple(
        downloads.get(part)
        or Origin(part, ends if retrieved or not limits[part] else min(ends, limits[part]), retrieved)
        for part in parts
    )


def together(left: pd.Series, right: pd.Series) -> pd.Series:
    """The origins of values that are worked out from two, row by row."""
    return _column([joined((one, other)) for one, other in zip(left, right, strict=True)], left.index)


@functools.lru_cache(maxsize=4096)
def joined(origins: tuple[Origins, ...]) -> Origins:
    """The origins of several values as one, each source once, in their order."""
    return tuple(dict.fromkeys(origin for each in origins for origin in each))


def of_groups(rows: pd.DataFrame, by: list[str]) -> pd.Series:
    """The origins of all rows of each group of the columns `by`."""
    once = rows.drop_duplicates([*by, "origins"])
    return once.groupby(by)["origins"].agg(lambda cells: joined(tuple(cells)))


def without_origins(index: pd.Index) -> pd.Series:
    """A column in which no row has a source."""
    return _column([()] * len(index), index)


def sources_of(catalogue: Catalogue, *tables: pd.DataFrame) -> list[Source]:
    """The sources of all rows of these tables, and of no other, in the order in which they come.

    Each is dated by these rows: `figures_date` is the last day that their figures reach to, `retrieved` the
    days on which they were downloaded. Rows of place tables, observations, ICSs (geo.tables.london) or
    figures of reviews: whatever has the column `origins`.
    """
    return cited(catalogue, origins_in(*tables))


def origins_in(*tables: pd.DataFrame) -> list[Origins]:
    """The different origins of the rows of these tables, in the order in which they come."""
    return list(dict.fromkeys(cell for table in tables for cell in table["origins"]))


def cited(catalogue: Catalogue, origins: Iterable[Origins]) -> list[Source]:
    """The sources of values with these origins, as sources_of() gives them."""
    parts: dict[str, list[Origin]] = {}
    for origin in dict.fromkeys(origin for cell in dict.fromkeys(origins) for origin in cell):
        parts.setdefault(origin.source_id, []).append(origin)
    return [
        replace(
            catalogue.sources[source_id],
            figures_date=max(origin.figures_to for origin in own),
            retrieved=tuple(sorted({origin.retrieved for origin in own})),
        )
        for source_id, own in parts.items()
    ]


def as_text(origins: pd.Series, catalogue: Catalogue) -> pd.DataFrame:
    """The provenance of rows as it stands in files: source_id, source, licence and retrieved, as text.

    Two sources are divided by "+" in source_id and by "; " elsewhere; `retrieved` has a day for each source,
    or EMBEDDED. All are empty for a row without a source.
    """
    columns = ["source_id", "source", "licence", "retrieved"]
    # put into words once for each different cell, of which many rows share a few
    said = {cell: _said(cell, catalogue) for cell in origins.unique()}
    return pd.DataFrame([said[cell] for cell in origins], columns=columns, index=origins.index)


def _said(origins: Origins, catalogue: Catalogue) -> tuple[str, str, str, str]:
    sources = cited(catalogue, [origins])
    return (
        "+".join(source.source_id for source in sources),
        "; ".join(source.title for source in sources),
        "; ".join(dict.fromkeys(source.licence for source in sources)),
        "; ".join(" and ".join(day or EMBEDDED for day in source.retrieved) for source in sources),
    )


def _column(cells: list[Origins], index: pd.Index) -> pd.Series:
    """Tuples as the cells of a column, which pandas would else take for rows."""
    column = pd.Series(index=index, dtype=object)
    column[:] = cells
    return column
