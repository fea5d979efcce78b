"""What all publishers have in common: what is asked of them, what they answer, and how they fail.

A publisher is a module with two functions. `fetch` does nothing but ask for bytes; `parse` is pure, turns
those bytes into tables, and refuses what it does not know. A file that was downloaded by hand goes through
the same `parse`.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import pandas as pd

from data_loaders import store
from data_loaders.catalogue import Indicator, load_catalogue
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

    `areas` has area_code, area_name and dfe_code for each authority; `indicators` is the catalogue;
    `review_names` has the words by which OHID's indicators are found, `value_notes` those by which its notes
    are understood; `footprints` the ICS of each authority in each of the `vintages`; `small_areas` has
    small_area (code), name and area_code of London's; `endpoints` are addresses by name; `year` is the year
    of boundaries that was asked for, None for the newest.
    """

    areas: pd.DataFrame
    indicators: Mapping[str, Indicator]
    review_names: pd.DataFrame
    value_notes: pd.DataFrame
    footprints: pd.DataFrame
    vintages: pd.DataFrame
    small_areas: pd.DataFrame
    endpoints: dict[str, str]
    today: dt.date
    year: int | None = None

    @property
    def boroughs(self) -> list[str]:
        """Codes of the 33 authorities."""
        return list(self.areas["area_code"])

    def name(self, area_code: str) -> str:
        """The name of an authority, of London or of England."""
        names = dict(zip(self.areas["area_code"], self.areas["area_name"], strict=True))
        return {**names, LONDON: "London", ENGLAND: "England"}[area_code]

    def say_others(self, codes: Iterable[str], one: str, many: str) -> list[str]:
        """A sentence on the authorities that are not among `codes`: "Barnet and Camden have no open entry."

        `one` and `many` end it: "has no open entry", "have no open entry". Nothing when all are there.
        """
        names = list(self.areas.loc[~self.areas["area_code"].isin(list(codes)), "area_name"])
        return [f"{listed(names)} {one if len(names) == 1 else many}."] if names else []


class Session(Protocol):
    """What fetch() needs of data_loaders.http."""

    def get(
        self, publisher: str, address: str, expected: str, missing_is_none: bool = False
    ) -> Download | None:
        """The bytes at an address; None where there is nothing, if `missing_is_none`."""


@dataclass(frozen=True)
class Publisher:
    """A source that can be refreshed. `file_hint` says which file `import` takes, and where it is found.

    `together` says whether files that are imported at once are read as one; else each is taken in by itself.
    With `draws` what maps are drawn from is made from its tables. `what` stands before its day: "figures to".
    """

    source_id: str
    title: str
    parser: int
    fetch: Callable[[Session, Known], list[Download]]
    parse: Callable[[Sequence[Download], Known], Parsed]
    file_hint: str
    together: bool = False
    draws: bool = False
    what: str = "figures to"


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
                f"The table of addresses {elsewhere.name} cannot be read: {store.why(error)}."
            ) from error
    return Known(
        areas=areas[areas["area_type"] == "borough"].reset_index(drop=True),
        indicators=load_catalogue(entries).indicators,
        review_names=store.read_text_table("review_names.csv", entries),
        value_notes=store.read_text_table("value_notes.csv", entries),
        footprints=store.read_text_table("footprints.csv", entries),
        vintages=store.read_text_table("vintages.csv", entries),
        small_areas=store.read_text_table("small_areas.csv", entries)[["small_area", "name", "area_code"]],
        endpoints=dict(zip(table["endpoint"], table["address"], strict=True)),
        today=today,
        year=year,
    )


def listed(words: Iterable[str]) -> str:
    """Words in a sentence: "Barnet, Brent and Camden"."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
