"""Columns of tables: how an indicator's values, intervals, ranks and places stand in any of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from data_loaders.catalogue import Catalogue, Indicator
from geo.tables import marks
from geo.tables.origins import as_text
from pages.components.text import dates, units
from pages.exports.table import RANK, Column, Kind, Measure, Table

CODE = Column("area_code", "Area code", Kind.IDENTIFIER)
AREA = Column("area_name", "Area", Kind.NAME)
BOROUGH = Column("area_name", "Borough", Kind.NAME)
ICS = Column("ics_name", "ICS", Kind.NAME, absent="")
BOARD = (
    Column("icb_code", "Code of its integrated care board", Kind.IDENTIFIER),
    Column("icb_ods", "Code of its board in the NHS (ODS)", Kind.IDENTIFIER),
    Column("icb_name", "Its integrated care board", Kind.NOTE),
)
INDICATOR = (
    Column("indicator_id", "Indicator id", Kind.IDENTIFIER),
    Column("indicator", "Indicator", Kind.NAME),
)
# whether a figure has a better end: the panel of a picture in which it stands
PANEL = Column("panel", "Group", Kind.NAME)
UNIT = Column("unit", "Unit", Kind.NOTE)
PERIOD = Column("when", "Period", Kind.PERIOD)
# the word of a change of basis that a period begins; read behind it
BASIS = Column("basis", "Change of basis", span="Period", before=" (", after=")")
STATUS = Column("status_word", "Status", Kind.STATUS)
NOTE = Column("reason", "Note", Kind.NOTE)
PROVENANCE = tuple(
    Column(key, name, Kind.NOTE)
    for key, name in (("source", "Source"), ("licence", "Licence"), ("retrieved", "Retrieved"))
)
SCOPE = Column("scope", "Scope", Kind.NOTE)
VINTAGE = Column("ics_vintage", "ICS boundaries as of", Kind.NOTE)
CAVEAT = Column("caveat", "Before you quote it", Kind.NOTE)
COUNTS = (Column("numerator", "Numerator", Kind.NUMBER), Column("denominator", "Denominator", Kind.NUMBER))
COMPARISON = Column("compared", "Compared with London", Kind.CATEGORY, absent="")
# the days of an estimate: of the children who are counted, and of the centres
CHILDREN_DAY = Column("children_day", "Day of the children", Kind.NOTE)
REGISTER_DAY = Column("register_day", "Day of the register", Kind.NOTE)
NOT_COMPARED = "not compared"
NO_ICS_VALUE = "cannot be given: it needs counts, or figures of all boroughs"


def value(indicator: Indicator, name: str = "Value", key: str = "value", noted: str = "reason") -> Column:
    """The column of an indicator's values: numbers, or the words of its categories (see with_words)."""
    if indicator.categories:
        return Column(key, name, Kind.CATEGORY, absent="instead")
    measure = units.measure(indicator)
    return Column(key, name, Kind.NUMBER, measure, noted, absent="instead")


def interval(
    measure: Measure | None,
    keys: tuple[str, str] = ("lower_95", "upper_95"),
    name: str = "95% confidence interval",
    span: str = "95% interval",
) -> tuple[Column, Column]:
    """The two ends of an interval, which are read as one cell."""
    lower, upper = keys
    return (
        Column(lower, f"{name}, lower end", Kind.NUMBER, measure, absent="", span=span),
        Column(upper, f"{name}, upper end", Kind.NUMBER, measure, span=span, before=" to "),
    )


def ranks(rows: pd.DataFrame, scope: str, name: str) -> tuple[Column, Column, Column]:
    """The rank of each place in `london` or its `ics`, and between which ranks it lies, read as one cell."""
    of = rows[f"of_{scope}"].replace(0, np.nan).dropna().unique()
    span = f"{name}, of {of[0]:.0f}" if len(of) == 1 else name
    between = f"{name}, 95% between"
    return (
        Column(f"rank_{scope}", span, Kind.NUMBER, RANK, absent="unranked", span=span),
        Column(f"best_{scope}", f"{between}, highest", Kind.NUMBER, RANK, span=span, before=" ("),
        Column(
            f"worst_{scope}", f"{between}, lowest", Kind.NUMBER, RANK, span=span, before=" to ", after=")"
        ),
    )


def with_words(rows: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> pd.DataFrame:
    """Rows of places (geo.tables.listing.places) with their period, in words.

    Adds when, status_word, instead (in place of a missing value), unranked, reason (why a value bears a mark,
    or there is none), compared, and the provenance of each (geo.tables.origins.as_text). The value of a
    category becomes its word.
    """
    has_value, is_borough = rows["value"].notna(), rows["area_type"] == "borough"
    why_none = catalogue.statuses["not_applicable"].word if indicator.categories else NO_ICS_VALUE
    status = rows["status"].map({name: status.word for name, status in catalogue.statuses.items()})
    is_ics = rows["area_type"] == "ics"
    status = status.mask(is_ics & ~has_value, why_none)
    categories = {"value": rows["value"].map(indicator.categories)} if indicator.categories else {}
    return rows.join(as_text(rows["origins"], catalogue)).assign(
        when=[dates.say_period(period, indicator) for period in rows["period"]],
        status_word=status,
        instead=status.str.partition(":")[0],
        unranked=is_borough.map({True: "not ranked", False: ""}),
        reason=marks.reasons(rows, indicator).where(has_value, rows["note"]),
        compared=rows["comparison"]
        .str.replace("_", " ")
        .where(is_borough | (rows["area_type"] == "ics"), ""),
        **categories,
    )


def of_all(said: Mapping[str, str], indicator: Indicator, period: str, since: str) -> dict[Column, str]:
    """What is the same in each row of a table, for Table.with_same.

    Its figure, period and ICS boundaries, and whose the figures are (figures.provenance).
    """
    return {
        replace(INDICATOR[1], kind=Kind.NOTE): indicator.label,
        replace(PERIOD, kind=Kind.NOTE): dates.say_period(period, indicator),
        VINTAGE: since,
        **{column: said[column.key] for column in PROVENANCE},
    }


def of_borders(pairs: pd.DataFrame, names: Mapping[str, str], called: str) -> Table:
    """Borders of two authorities (one, other), with the children of both sides, who are `called` something.

    `pairs` has their numbers as both, from_one and from_other, `names` those of authorities by code.
    """
    border = pairs["one"].map(names) + " and " + pairs["other"].map(names)
    shown = (
        Column("one", "Area code of the first", Kind.IDENTIFIER),
        Column("other", "Area code of the second", Kind.IDENTIFIER),
        Column("border", "Border", Kind.NAME),
        Column("both", called, Kind.NUMBER),
        Column("from_one", "Live in the first", Kind.NUMBER),
        Column("from_other", "Live in the second", Kind.NUMBER),
    )
    return Table(pairs.assign(border=border), shown)


def known(rows: pd.DataFrame, *columns: Column) -> tuple[Column, ...]:
    """Those of the columns that have something in any row."""
    there = {c.key: rows[c.key] for c in columns if c.key in rows}
    filled = {key for key, cells in there.items() if (cells.notna() & ~cells.isin(["", NOT_COMPARED])).any()}
    return tuple(column for column in columns if column.key in filled)


def of_figures(figures: Sequence[tuple[Indicator, pd.DataFrame]], catalogue: Catalogue) -> Table:
    """Unlike figures below each other, each with the rows of its places (as in of_places), and its unit."""
    parts, measures = [], []
    for indicator, rows in figures:
        measure = units.measure(indicator)
        said = with_words(rows, indicator, catalogue)
        said = said.assign(
            indicator_id=indicator.indicator_id, indicator=indicator.label, unit=measure.unit, category=""
        )
        if indicator.categories:
            said = said.assign(category=said["value"].fillna(""), value=np.nan)
        parts.append(said)
        measures += [measure] * len(rows)
    rows = pd.concat(parts, ignore_index=True)
    columns = (
        *INDICATOR,
        PERIOD,
        CODE,
        AREA,
        ICS,
        Column("value", "Value", Kind.NUMBER, None, "reason", absent="instead"),
        *known(rows, Column("category", "Category", Kind.CATEGORY, absent="")),
        *known(rows, *interval(None)),
        UNIT,
        *known(
            rows,
            *ranks(rows, "london", "Rank in London"),
            Column("of_london", "Boroughs ranked", Kind.NUMBER),
        ),
        *known(rows, COMPARISON, *COUNTS),
        STATUS,
        *known(rows, NOTE),
        *BOARD,
        *PROVENANCE,
    )
    return Table(rows, columns, tuple(measures))


def of_places(
    rows: pd.DataFrame, indicator: Indicator, catalogue: Catalogue, name: Column = BOROUGH
) -> Table:
    """All that is known of places: rows of geo.tables.listing.places, with the bounds of ranks."""
    rows = with_words(rows, indicator, catalogue)
    order = "Order of size" if indicator.is_total else "Rank"
    columns = (
        CODE,
        name,
        ICS,
        PERIOD,
        value(indicator),
        *known(
            rows,
            *interval(units.measure(indicator)),
            *ranks(rows, "london", f"{order} in London"),
            *ranks(rows, "ics", f"{order} in its ICS"),
            COMPARISON,
            *COUNTS,
        ),
        replace(STATUS, span="Status"),
        *known(rows, replace(NOTE, kind=Kind.TEXT, span="Status", before="; ")),
        *BOARD,
        *PROVENANCE,
    )
    return Table(rows, columns)
