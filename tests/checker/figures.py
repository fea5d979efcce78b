"""The embedded figures, read anew from their files: nothing of the app is used but where they lie.

What the app works out (rates, changes, London, the ICSs) is worked out here a second time, one figure at a
time and in the plainest way, so that a sentence can be held against it.
"""

import csv
import datetime as dt
import functools
import math
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from statistics import NormalDist

from data_loaders.store import SNAPSHOT

LONDON, ENGLAND = "London", "England"
ODD = "as published, but odd: "
EVENTS = ("coverage", "outcome", "way_of_working")
NAN = math.nan
# behind every figure that has a note, or that is above 100 where it can be
MARK = "†"
# what the catalogue says of the distance and the sites that count, in the words of the usual ones
USUAL = {
    "{reach}": "1.2 km",
    "{minutes}": "15 minutes",
    "{in_reach}": "in reach",
    "{linked_site}": " or linked site",
    "{linked_sites}": " or linked sites",
    "{and_linked_sites}": " and linked sites",
    "{designated}": "",
    "{without}": "",
}
# a published total may differ from the sum of its rounded parts by this
ROUNDING = 3


def rows_of(table: str) -> list[dict[str, str]]:
    """The rows of a table of the snapshot, all cells as they are written."""
    with (SNAPSHOT / table).open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@dataclass(frozen=True)
class Cell:
    """One figure of one area; NaN where there is no number."""

    value: float
    numerator: float = NAN
    denominator: float = NAN
    lower: float = NAN
    upper: float = NAN
    status: str = "published"
    note: str = ""
    end: str = ""

    @property
    def is_known(self) -> bool:
        """Whether there is a value."""
        return not math.isnan(self.value)

    @property
    def is_counted(self) -> bool:
        """Whether it is known of how many children it is."""
        return not math.isnan(self.numerator) and self.denominator > 0

    @property
    def is_odd(self) -> bool:
        """Whether it is shown, but nothing is judged by it."""
        return self.note.startswith(ODD)


@dataclass(frozen=True)
class Whole:
    """The value of an ICS, or one of London that is worked out, and the boroughs that it is without.

    `is_inferred` where the counts behind it are not published, but follow from percentages and limits.
    """

    value: float
    numerator: float
    denominator: float
    without: tuple[str, ...]
    is_inferred: bool = False

    @property
    def mark(self) -> str:
        """What stands behind the value."""
        return MARK if self.is_inferred else ""


def in_usual_words(cell: str) -> str:
    """A cell of the catalogue as it is said where nothing else was chosen."""
    for name, said in USUAL.items():
        cell = cell.replace(name, said)
    return cell


class Figures:
    """All figures by indicator and period, each a Cell by the name of its area."""

    def __init__(self) -> None:
        self.catalogue = {
            row["indicator_id"]: {column: in_usual_words(cell) for column, cell in row.items()}
            for row in rows_of("indicators.csv")
        }
        self.units = {row["unit"]: row for row in rows_of("units.csv")}
        self.statuses = {row["status"]: row for row in rows_of("statuses.csv")}
        self.vintages = {row["vintage"]: row for row in rows_of("vintages.csv")}
        areas = rows_of("areas.csv")
        self.names = {row["area_code"]: row["area_name"] for row in areas}
        self.boroughs = sorted(row["area_name"] for row in areas if row["area_type"] == "borough")
        self.small = {row["area_name"] for row in areas if row["small"] == "true"}
        self.ics: dict[str, dict[str, str]] = defaultdict(dict)
        members: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in rows_of("footprints.csv"):
            self.ics[row["vintage"]][row["ics_code"]] = row["ics_name"]
            members[row["vintage"], row["ics_code"]].add(self.names[row["area_code"]])
        self.members = dict(members)
        land = [(row["left"], row["right"], "") for row in rows_of("neighbours.csv")]
        river = [(row["left"], row["right"], row["how"]) for row in rows_of("river_crossings.csv")]
        self.borders = {
            frozenset((self.names[left], self.names[right])): how for left, right, how in [*river, *land]
        }
        self.breaks: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in rows_of("time_breaks.csv"):
            self.breaks[row["indicator_id"]].append(row)
        self.cells: dict[tuple[str, str], dict[str, Cell]] = defaultdict(dict)
        self._read()
        self.inferred = {
            (row["indicator_id"], row["period"], self.names[row["area_code"]]): self._inferred(row)
            for row in rows_of("worked_out_counts.csv")
        }
        self._derive()
        self._complete()

    def _read(self) -> None:
        def number(text: str) -> float:
            return float(text) if text else NAN

        for path in sorted((SNAPSHOT / "observations").glob("*.csv")):
            for row in rows_of(f"observations/{path.name}"):
                self.cells[row["indicator_id"], row["period"]][self.names[row["area_code"]]] = Cell(
                    number(row["value"]),
                    number(row["numerator"]),
                    number(row["denominator"]),
                    number(row["lower_95"]),
                    number(row["upper_95"]),
                    row["status"],
                    row["note"],
                    row["period_end"],
                )

    def _inferred(self, row: dict[str, str]) -> Cell:
        """The published figure with the counts behind it, which must give its percentage and its limits."""
        count, of = float(row["numerator"]), float(row["denominator"])
        published = self.cells[row["indicator_id"], row["period"]][self.names[row["area_code"]]]
        lower, upper = wilson(count, of, 100)
        # the percentage is stored with one decimal or with four, its limits with four
        assert abs(100 * count / of - published.value) <= 0.0501
        assert max(abs(lower - published.lower), abs(upper - published.upper)) <= 0.000051
        return replace(published, numerator=count, denominator=of)

    def _derive(self) -> None:
        for rule in rows_of("derivations.csv"):
            name, left, right = rule["indicator_id"], rule["left"], rule["right"]
            for period in self.periods(left):
                if rule["operation"] == "change":
                    under = rule["baseline"] if period != rule["baseline"] else ""
                elif rule["operation"] == "sum":
                    under = period if period in self.periods(right) else ""
                else:
                    under = self._under(left, period, right, rule["match"])
                if not under:
                    continue
                other = self.cells[left if rule["operation"] == "change" else right, under]
                for area in self.boroughs:
                    one = self.cells[left, period].get(area)
                    two = other.get(area)
                    if one is not None and two is not None:
                        self.cells[name, period][area] = self._worked_out(rule["operation"], name, one, two)

    def _worked_out(self, operation: str, name: str, one: Cell, two: Cell) -> Cell:
        if not one.is_known or not two.is_known:
            return Cell(NAN, status=(two if one.is_known else one).status, end=one.end)
        if operation == "sum":
            return Cell(one.value + two.value, status="derived", end=one.end)
        if operation == "change":
            return Cell(one.value - two.value, status="derived", end=one.end)
        times = float(self.catalogue[name]["multiplier"])
        return Cell(one.value / two.value * times, one.value, two.value, status="derived", end=one.end)

    def _under(self, left: str, period: str, right: str, match: str) -> str:
        """The period of the denominator that lies in this one, or last before it and within three years."""
        end = self.end(left, period)
        years = 3 if match == "as_of" else 1
        start = end.replace(year=end.year - years)
        within = [other for other in self.periods(right) if start < self.end(right, other) <= end]
        return max(within, key=lambda other: self.end(right, other), default="")

    def _complete(self) -> None:
        """Every area has a row in each period: what a source leaves out is missing for a reason."""
        for (name, _), found in self.cells.items():
            absent = Cell(NAN, status=self.catalogue[name]["when_absent"], end=next(iter(found.values())).end)
            for area in (*self.boroughs, LONDON, ENGLAND):
                found.setdefault(area, absent)

    def end(self, name: str, period: str) -> dt.date:
        """The last day of a period."""
        return dt.date.fromisoformat(next(iter(self.cells[name, period].values())).end)

    @functools.cache  # noqa: B019 (there is one of these)
    def periods(self, name: str) -> list[str]:
        """The periods of an indicator, the newest first."""
        own = {period for indicator, period in list(self.cells) if indicator == name}
        return sorted(own, key=lambda period: self.end(name, period), reverse=True)

    def scope(self, vintage: str, ics: str | None) -> list[str]:
        """The boroughs of an ICS, or all, by their names."""
        return [name for name in self.boroughs if ics is None or name in self.members[vintage, ics]]

    def cell(self, name: str, period: str, area: str) -> Cell:
        """The figure of an area as it is published, or of a borough as it is worked out."""
        return self.cells[name, period][area]

    def compared(self, name: str, period: str, areas: Iterable[str]) -> dict[str, Cell]:
        """The figures of these boroughs that are compared: none of few children, none odd."""
        found = {area: self.cell(name, period, area) for area in areas if area not in self.small}
        return {area: cell for area, cell in found.items() if cell.is_known and not cell.is_odd}

    def together(self, name: str, period: str, areas: Collection[str]) -> Whole:
        """What these boroughs have together: a ratio of sums over those with counts, or a complete sum."""
        kind = self.catalogue[name]["aggregation"]
        own = {area: self.cell(name, period, area) for area in areas}
        own = {area: cell for area, cell in own.items() if cell.status != "combined"}
        if kind == "sum":
            without = tuple(sorted(area for area, cell in own.items() if not cell.is_known))
            return Whole(NAN if without else sum(c.value for c in own.values()), NAN, NAN, without)
        if kind == "none":
            return Whole(NAN, NAN, NAN, ())
        inferred = {area: self.inferred.get((name, period, area)) for area in own}
        own = {area: cell if cell.is_counted else inferred[area] or cell for area, cell in own.items()}
        counted = {a: c for a, c in own.items() if not math.isnan(c.numerator + c.denominator)}
        without = tuple(sorted(set(own) - set(counted)))
        if not counted:
            return Whole(NAN, NAN, NAN, without)
        top, under = (
            sum(getattr(c, part) for c in counted.values()) for part in ("numerator", "denominator")
        )
        is_inferred = any(counted[area] is inferred[area] for area in counted)
        return Whole(
            top / under * float(self.catalogue[name]["multiplier"]), top, under, without, is_inferred
        )

    def whole(self, name: str, period: str, area: str) -> float:
        """The value of London or England: as published, or for London of its boroughs together."""
        published = self.cell(name, period, area)
        if published.is_known or area == ENGLAND:
            return published.value
        return self.together(name, period, self.boroughs).value

    def left_out_of_london(self, name: str, period: str) -> tuple[str, ...]:
        """The boroughs that London's value is without."""
        published = self.cell(name, period, LONDON)
        own = {area: self.cell(name, period, area) for area in self.boroughs}
        unknown = tuple(a for a, c in own.items() if not c.is_known and c.status != "combined")
        kind = self.catalogue[name]["aggregation"]
        if kind == "sum" and published.is_known:
            known = sum(c.value for c in own.values() if c.is_known)
            return unknown if abs(known - published.value) <= ROUNDING else ()
        if kind != "ratio" or (published.is_known and published.status != "derived"):
            return ()
        if published.is_known and not any(c.is_counted for c in own.values()):
            return unknown
        found = self.together(name, period, self.boroughs)
        return () if math.isnan(found.value) and not published.is_known else found.without

    def interval(self, name: str, cell: Cell) -> tuple[float, float]:
        """The 95 % interval that is published, or Wilson's where the catalogue asks for it."""
        if not math.isnan(cell.lower):
            return cell.lower, cell.upper
        if self.catalogue[name]["interval"] != "wilson" or not cell.is_counted:
            return NAN, NAN
        return wilson(cell.numerator, cell.denominator, float(self.catalogue[name]["multiplier"]))

    def shown(self, name: str, value: float) -> str:
        """A value as it is to be read: with its unit, its decimals, and thousands divided by commas."""
        row = self.catalogue[name]
        unit = self.units[row["unit"]]
        size = abs(rounded(value, int(row["decimals"])))
        sign = "" if size == 0 else "−" if value < 0 else "+" if unit["unit"] == "change" else ""
        return f"{sign}{unit['prefix']}{size:,}{unit['suffix']}"

    def said(self, name: str, period: str, *areas: str) -> str:
        """The one value that these areas have, with a mark where that of any of them bears one."""
        whole = self.whole(name, period, areas[0]) if areas[0] in (LONDON, ENGLAND) else NAN
        value = self.cell(name, period, areas[0]).value
        value = whole if math.isnan(value) else value
        above = self.catalogue[name]["above_100"] and self.number(name, value) > 100
        has_note = any(
            self.cell(name, period, area).is_known and self.cell(name, period, area).note for area in areas
        )
        return self.shown(name, value) + (MARK if above or has_note else "")

    def number(self, name: str, value: float) -> Decimal:
        """A value with the decimals that are shown of it."""
        return rounded(value, int(self.catalogue[name]["decimals"]))

    def ends(self, name: str, cells: dict[str, Cell]) -> tuple[list[str], list[str]]:
        """All that read the highest of these, and all that read the lowest."""
        read = {area: self.number(name, cell.value) for area, cell in cells.items()}
        high, low = max(read.values()), min(read.values())
        return [a for a, n in read.items() if n == high], [a for a, n in read.items() if n == low]

    def basis(self, name: str, period: str) -> int:
        """How many changes of basis lie before a period."""
        return sum(period >= row["first_period"] for row in self.breaks[name])


def rounded(value: float, decimals: int) -> Decimal:
    """A number with so many decimals."""
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)


def wilson(count: float, of: float, times: float) -> tuple[float, float]:
    """The roots of (p - x)² = z² x (1 - x) / n, which are the ends of Wilson's interval."""
    z = NormalDist().inv_cdf(0.975)
    share = count / of
    a, b, c = 1 + z * z / of, -(2 * share + z * z / of), share * share
    root = math.sqrt(max(b * b - 4 * a * c, 0))
    return times * (-b - root) / (2 * a), times * (-b + root) / (2 * a)


@functools.cache
def figures() -> Figures:
    """The figures, read once."""
    return Figures()
