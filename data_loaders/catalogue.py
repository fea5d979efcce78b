"""The catalogue: indicators with their units, sources and statuses, read from tables.

Everything that the app says about a figure stands in those tables. To add an indicator, add rows: see
docs/adding-an-indicator.md.
"""

import difflib
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Self, get_args

from data_loaders import store
from data_loaders.children import CENSUS_SOURCE, PLACES_OF_CENSUS, SOURCE, Children, load_children
from data_loaders.schemas import tables
from data_loaders.within import USUAL, Within

VALUE_STATUSES = get_args(tables.ValueStatus)
# kinds that count what chance has a part in, such as children who were seen; others are decided or given
EVENT_KINDS = ("coverage", "outcome", "way_of_working")
# kinds that speak neither for nor against a place: need is not a service, money not a result
NEUTRAL_KINDS = ("need", "spend", "change")


@dataclass(frozen=True)
class Source:
    """One publication. Dates are ISO or empty; `next_update` is words.

    In the catalogue `figures_date` is that of the embedded figures. Where the source of certain figures is
    named (geo.tables.origins.sources_of) it is that of the newest of them, and `retrieved` are the days on
    which they were downloaded, with an empty text where some of them are embedded ones.
    """

    source_id: str
    title: str
    publisher: str
    url: str
    licence: str
    licence_url: str
    attribution: str
    figures_date: str
    next_update: str
    retrieved: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unit:
    """How values of a unit are written (`prefix`, `suffix`), and what an axis of them is called.

    `unit_id` is its name in the table. `largest` is the largest possible value, empty where there is none;
    `counted` is what numerators count, empty where that is nothing that can be counted.
    """

    unit_id: str
    prefix: str
    suffix: str
    axis: str
    largest: str
    counted: str


@dataclass(frozen=True)
class Status:
    """Why a value is there, or is not: a `word` for the map, a `sentence` for the notes."""

    status: str
    word: str
    sentence: str


@dataclass(frozen=True)
class Indicator:
    """One entry of the catalogue.

    `sentence` is how a value is said: `{place}` and `{value}` are filled in, and `[is|are]` becomes its first
    form when the value is exactly one. `multiplier` turns numerator over denominator into the unit (100 for
    per cent). `categories` maps coded values to words, and is empty for numbers. `when_absent` is the status
    of an authority for which the source has no row. `kind` is an IndicatorKind (data_loaders.schemas.tables).
    `complement` is who the value leaves out, in words ("missed", "who did not reach it"), empty where nobody
    is; `one_more` what one more of the numerator is, with `[child|children]`, empty where nothing can be
    counted; `above_100` why a percentage can exceed 100, empty where it cannot; `same_as` are indicators that
    measure so much the same that a relation between the two says nothing.
    """

    indicator_id: str
    label: str
    short_label: str
    domain: str
    unit: Unit
    decimals: int
    polarity: str
    period_type: str
    aggregation: str
    multiplier: float
    interval: str
    sentence: str
    definition: str
    caveats: str
    source_ids: tuple[str, ...]
    when_absent: str
    comparable_over_time: str
    next_update: str
    categories: dict[float, str]
    shown: bool
    kind: str
    complement: str
    one_more: str
    above_100: str
    same_as: tuple[str, ...]

    @property
    def is_total(self) -> bool:
        """Whether a larger place has more of it, so that two places cannot be set against each other."""
        return self.kind == "total"

    @property
    def can_be_compared(self) -> bool:
        """Whether two places can be set against each other in it: not in a total, nor in a change of one."""
        return self.kind not in {"total", "change"} and not self.categories

    @property
    def is_proportion(self) -> bool:
        """Whether the value is a share of people, none of whom counts twice."""
        return self.unit.largest == "100"

    @property
    def direction(self) -> int:
        """1 where more of it is better of a place, -1 where less is, and 0 where it speaks for nobody.

        Less need is better for those who live there, but no merit of the place: its direction is 0, whatever
        its polarity.
        """
        if self.kind in NEUTRAL_KINDS:
            return 0
        return {"higher_is_better": 1, "lower_is_better": -1}.get(self.polarity, 0)

    @property
    def has_chance(self) -> bool:
        """Whether chance has a part in it: children are seen or not, but centres and money are decided."""
        return self.kind in EVENT_KINDS

    def measures_the_same_as(self, other: "Indicator") -> bool:
        """Whether a relation between the two would say nothing, because they measure much the same."""
        return self.indicator_id in (other.indicator_id, *other.same_as) or other.indicator_id in self.same_as

    @classmethod
    def from_row(cls, row: Mapping[str, str], units: Mapping[str, Unit]) -> Self:
        """Build from a row of text cells and the units by their names.

        Raises ValueError or KeyError when a cell is not of its kind, or names no unit.
        """
        pairs = (pair.split("=", 1) for pair in _split(row["categories"]))
        parsed: dict[str, Any] = {
            "unit": units[row["unit"]],
            "decimals": int(row["decimals"]),
            "multiplier": float(row["multiplier"]),
            "source_ids": tuple(_split(row["source_ids"])),
            "categories": {float(code): word for code, word in pairs},
            "shown": row["shown"] == "yes",
            "same_as": tuple(_split(row["same_as"])),
        }
        return cls(**{f.name: parsed.get(f.name, row[f.name]) for f in fields(cls)})


@dataclass(frozen=True)
class Catalogue:
    """All entries by their identifiers, in the order of the tables."""

    indicators: dict[str, Indicator]
    sources: dict[str, Source]
    statuses: dict[str, Status]


_OF_CHILDREN = ("label", "definition", "caveats")
# what of an entry says what counts as within reach
_OF_REACH = ("label", "short_label", "sentence", "definition", "caveats", "complement", "one_more")
_TABLES = ("units.csv", "indicators.csv", "sources.csv", "statuses.csv")


def load_catalogue(entries: dict[str, store.Entry], within: Within = USUAL) -> Catalogue:
    """Read the catalogue, in the words for a setting of what is within reach.

    Raises store.SnapshotError when a table or a cell cannot be used. Shared by all who read the same tables,
    so do not change what it holds.
    """
    for table in _TABLES:
        store.read_bytes(table, entries)
    return _catalogue_of(tuple(entries[table] for table in _TABLES), load_children(entries), within)


# kept, because whoever opens the library, reads a download or judges it begins with the catalogue
@functools.lru_cache(maxsize=8)
def _catalogue_of(tables: tuple[store.Entry, ...], children: Children, within: Within) -> Catalogue:
    """The catalogue of tables that are what their entries describe, in the words for the children in use."""
    entries = {entry.table: entry for entry in tables}

    def rows(table: str) -> list[dict[str, Any]]:
        return store.read_text_table(table, entries).to_dict("records")

    try:
        units = {row["unit"]: Unit(unit_id=row.pop("unit"), **row) for row in rows("units.csv")}
        return Catalogue(
            indicators={
                row["indicator_id"]: Indicator.from_row(_filled(row, children, within), units)
                for row in rows("indicators.csv")
            },
            sources={row["source_id"]: _of_census(Source(**row), children) for row in rows("sources.csv")},
            statuses={row["status"]: Status(**row) for row in rows("statuses.csv")},
        )
    except (TypeError, ValueError, KeyError) as error:
        raise store.SnapshotError(f"The catalogue has a cell that cannot be read: {error}.") from error


def _filled(row: dict[str, Any], children: Children, within: Within) -> dict[str, Any]:
    """A row of the catalogue that says of when the children in use are, and what is within their reach.

    It names where the children are from.
    """
    filled = {column: within.fill(row[column]) for column in _OF_REACH}
    filled |= {column: children.fill(filled[column]) for column in _OF_CHILDREN}
    sources = row["source_ids"]
    # what the census says of where people of a small area live stays in use
    newer = sources if children.is_census else sources.replace(CENSUS_SOURCE, f"{SOURCE}; {CENSUS_SOURCE}")
    return row | filled | {"source_ids": newer}


def _of_census(source: Source, children: Children) -> Source:
    """A source, which does not claim the children where they are newer than the census."""
    is_for_places = source.source_id == CENSUS_SOURCE and not children.is_census
    return replace(source, title=PLACES_OF_CENSUS) if is_for_places else source


def nearest(name: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The known name that holds `name` or is most like it, or None when nothing is alike (0 to 1) enough."""
    by_lower_case = {candidate.lower(): candidate for candidate in known}
    holding = [candidate for candidate in by_lower_case if name and name.lower() in candidate]
    close = difflib.get_close_matches(name.lower(), by_lower_case, n=1, cutoff=likeness)
    best = min(holding, key=len, default=close[0] if close else None)
    return by_lower_case[best] if best is not None else None


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]
