"""The numbers of an exhibit as a file: CSV, JSON, or a workbook for Excel or LibreOffice."""

from collections.abc import Callable
from typing import NamedTuple

from geo.tables.listing import as_csv
from geo.tables.tidy import PARQUET
from pages.exports.exhibit import ILLUSTRATIVE, Exhibit
from pages.exports.spreadsheets import ODS, XLSX, Book, as_ods, as_xlsx, sheet_of
from pages.exports.table import Column, Kind, Table

CSV, JSON, GEOJSON = "text/csv", "application/json", "application/geo+json"
STATUS = Column("status", "Status", Kind.STATUS)
EMPTY = "A cell is empty where there is no value, or nothing to note."


class TableFormat(NamedTuple):
    """A kind of file: what people call it, the end of its name, its media type, and how to make it."""

    name: str
    suffix: str
    mime: str
    build: Callable[[Exhibit], bytes]


def table_of(exhibit: Exhibit) -> Table:
    """The table behind an exhibit; made-up answers say so in each row."""
    table = exhibit.numbers()
    return table.with_same({STATUS: ILLUSTRATIVE}) if exhibit.is_illustrative else table


def csv_of(exhibit: Exhibit) -> bytes:
    """The numbers as CSV, marked as UTF-8 for spreadsheets; each row says what it is of, and whose."""
    whole = {
        "About": f"{exhibit.subtitle}. {EMPTY}",
        "Sources and licences": " ".join(exhibit.sources),
        "Made with": exhibit.origin,
    }
    return as_csv(table_of(exhibit).values().assign(**whole)).encode("utf-8-sig")


def json_of(exhibit: Exhibit) -> bytes:
    """The numbers as JSON, with what each column is, and null where there is no value."""
    about: dict[str, object] = {
        "title": exhibit.title,
        "about": exhibit.subtitle,
        "remarks": exhibit.remarks,
        "sources": exhibit.sources,
        "made_with": exhibit.origin,
    }
    return table_of(exhibit).as_json(about).encode()


def book_of(exhibit: Exhibit) -> Book:
    """The numbers as a workbook: that of the exhibit itself, or its table with a cover and notes."""
    if exhibit.book:
        return exhibit.book()
    about = tuple(filter(None, [exhibit.subtitle]))
    return Book(
        title=exhibit.title,
        about=(*about, *exhibit.remarks, exhibit.origin),
        sources=exhibit.sources,
        notes=(),
        sheets=(sheet_of(exhibit.key, exhibit.title, about, table_of(exhibit)),),
    )


FORMATS = {
    "csv": TableFormat("CSV", ".csv", CSV, csv_of),
    "xlsx": TableFormat("XLSX, for Excel", ".xlsx", XLSX, lambda exhibit: as_xlsx(book_of(exhibit))),
    "ods": TableFormat("ODS", ".ods", ODS, lambda exhibit: as_ods(book_of(exhibit))),
    "json": TableFormat("JSON", ".json", JSON, json_of),
}
# what only some exhibits have
FOR_PROGRAMS = {
    "parquet": TableFormat("Parquet", ".parquet", PARQUET, lambda exhibit: exhibit.for_programs["parquet"]()),
    "geojson": TableFormat(
        "GeoJSON, with boundaries", ".geojson", GEOJSON, lambda exhibit: exhibit.for_programs["geojson"]()
    ),
}


def formats_of(exhibit: Exhibit) -> dict[str, TableFormat]:
    """The formats that the numbers of an exhibit come in."""
    return FORMATS | {name: made for name, made in FOR_PROGRAMS.items() if name in exhibit.for_programs}


def file_name(exhibit: Exhibit, format: str) -> str:
    """The name of a file: that of the exhibit."""
    return f"{exhibit.stem}{formats_of(exhibit)[format].suffix}"


def address(exhibit: Exhibit, format: str) -> str:
    """Where the server gives out the file, below the address of the app; empty where it does not."""
    return f"table/{exhibit.key}{formats_of(exhibit)[format].suffix}?{exhibit.asked}" if exhibit.asked else ""
