"""What all publishers have in common: what is asked of them, what they answer, and how they fail.

A publisher is a module with two functions. `fetch` does nothing but ask for bytes; `parse` is pure, turns
those bytes into tables, and refuses what it does not know. A file that was downloaded by hand goes through
the same `parse`.
"""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import pandas as pd

from data_loaders import store
from data_loaders.settings import endpoints_file

BOROUGH = "E09"
LONDON = "E12000007"
ENGLAND = "E92000001"


class PublisherError(Exception):
    """A publisher did not give what was expected. The message names all that there is to know."""

    def __init__(self, publisher: str, address: str, expected: str, came: str) -> None:
        super().__init__(f"{publisher} ({address}): expected {expected}, but {came}.")
        self.came = came


@dataclass(frozen=True)
class Download:
    """Bytes as they came, from an address or from a file; `published` is the date that their name bears."""

    content: bytes
    address: str
    etag: str = ""
    published: dt.date | None = None


@dataclass(frozen=True)
class Parsed:
    """What a download holds.

    `observations` are rows of data_loaders.observations for all 33 authorities at every period that came;
    `tables` are further files by name; `published` is the date of the newest figure. `remarks` are sentences
    on what was noticed; `doubts` are remarks after which nobody should take the download without looking.
    """

    published: dt.date
    observations: pd.DataFrame | None = None
    tables: dict[str, bytes] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Known:
    """What a parser may take for granted.

    `areas` has area_code, area_name and dfe_code for each authority; `review_names` the words by which OHID's
    indicators are found; `footprints` the ICS of each authority in each of the `vintages`; `endpoints` are
    addresses by name; `year` is the year of boundaries that was asked for, None for the newest.
    """

    areas: pd.DataFrame
    review_names: pd.DataFrame
    footprints: pd.DataFrame
    vintages: pd.DataFrame
    endpoints: dict[str, str]
    today: dt.date
    year: int | None = None

    @property
    def boroughs(self) -> list[str]:
        """Codes of the 33 authorities."""
        return list(self.areas["area_code"])

    def say_others(self, codes: Iterable[str], one: str, many: str) -> list[str]:
        """A sentence on the authorities that are not among `codes`: "Barnet and Camden have no open entry."

        `one` and `many` end it: "has no open entry", "have no open entry". Nothing when all are there.
        """
        names = list(self.areas.loc[~self.areas["area_code"].isin(list(codes)), "area_name"])
        if len(names) < 2:
            return [f"{name} {one}." for name in names]
        return [f"{', '.join(names[:-1])} and {names[-1]} {many}."]


class Session(Protocol):
    """What fetch() needs of data_loaders.http."""

    def get(
        self, publisher: str, address: str, expected: str, missing_is_none: bool = False
    ) -> Download | None:
        """The bytes at an address; None where there is nothing, if `missing_is_none`."""


@dataclass(frozen=True)
class Publisher:
    """A source that can be refreshed. `file_hint` says which file `import` takes, and where it is found."""

    source_id: str
    title: str
    parser: int
    fetch: Callable[[Session, Known], list[Download]]
    parse: Callable[[Sequence[Download], Known], Parsed]
    file_hint: str


def load_known(entries: dict[str, store.Entry], today: dt.date, year: int | None = None) -> Known:
    """Read what parsers need from the tables in use. Raises store.SnapshotError."""
    areas = store.read_text_table("areas.csv", entries)
    table = store.read_text_table("endpoints.csv", entries)
    elsewhere = endpoints_file()
    if elsewhere:
        try:
            table = pd.concat([table, pd.read_csv(elsewhere, dtype=str, keep_default_na=False)])
        except (OSError, ValueError) as error:
            raise store.SnapshotError(
                f"The table of addresses {elsewhere} cannot be read: {error}."
            ) from error
    return Known(
        areas=areas[areas["area_type"] == "borough"].reset_index(drop=True),
        review_names=store.read_text_table("review_names.csv", entries),
        footprints=store.read_text_table("footprints.csv", entries),
        vintages=store.read_text_table("vintages.csv", entries),
        endpoints=dict(zip(table["endpoint"], table["address"], strict=True)),
        today=today,
        year=year,
    )


def read_rows(download: Download, publisher: str, expected: str, columns: Sequence[str]) -> pd.DataFrame:
    """The named columns of a CSV file as text, in the order of `columns`; others are never read into a frame.

    UTF-8 with or without its mark, else cp1252. Raises PublisherError for a web page, a message, a file that
    is empty or breaks off, and a missing column.
    """

    def refuse(came: str) -> PublisherError:
        return PublisherError(publisher, download.address, expected, came)

    text = _decode(download.content)
    if text is None:
        raise refuse("the file came in an unknown encoding")
    start = text.lstrip()[:1]
    if not start:
        raise refuse("an empty file came")
    if start == "<":
        raise refuse("a web page came")
    if start in "{[":
        raise refuse(f"a message came: {_shorten(text)}")
    try:
        header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    except csv.Error as error:
        raise refuse(f"the file breaks off or is not CSV ({error})") from error
    lacking = [name for name in columns if name not in header]
    if lacking:
        raise refuse(f"there is no column {_quote(lacking)} among {_quote(header)}")
    repeated = [name for name in columns if header.count(name) > 1]
    if repeated:
        raise refuse(f"the column {_quote(repeated)} came twice")
    rows = [row for row in rows if row]
    ragged = next((number for number, row in enumerate(rows, 2) if len(row) != len(header)), None)
    if ragged:
        raise refuse(f"line {ragged} has {len(rows[ragged - 2])} cells, not {len(header)}")
    if not rows:
        raise refuse("a header without rows came")
    places = [header.index(name) for name in columns]
    return pd.DataFrame([[row[place].strip() for place in places] for row in rows], columns=list(columns))


def _decode(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _quote(names: Sequence[str]) -> str:
    shown = ", ".join(f"“{_shorten(name, 40)}”" for name in names[:30])
    return shown + (f" and {len(names) - 30} more" if len(names) > 30 else "")


def _shorten(text: str, length: int = 160) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
