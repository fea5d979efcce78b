"""Figures of unlike indicators side by side: what a cell of such a table says, and how it is tinted."""

from collections.abc import Collection, Iterable, Iterator, Sequence

import pandas as pd

from data_loaders.catalogue import Catalogue
from geo.places.latest import Latest
from geo.tables.listing import boards
from geo.tables.london import London
from pages.components.text import caveats, columns, dates, units
from pages.exports.table import MARK, Table

# read out, printed and seen without colour, the signs say the same
SIGNS = {"better": "▲", "similar": "=", "worse": "▼", "not_compared": ""}
TINTS = {"better": "green", "similar": "gray", "worse": "orange"}
LONDON = "London"
LEGEND = "▲ better than London, = similar, ▼ worse: only where the figures come with an interval."


def said(row: dict, line: Latest, catalogue: Catalogue) -> str:
    """A row of a place table as a cell: its value with sign and tint, or the word for why there is none."""
    text = units.say_value(row["value"], row["note"], line.indicator)
    return tinted(text, row["comparison"]) if text else catalogue.statuses[row["status"]].word


def tinted(text: str, comparison: str) -> str:
    """A text with the sign and tint of a comparison with London."""
    tint = TINTS.get(comparison)
    return f":{tint}-background[{text}\N{NO-BREAK SPACE}{SIGNS[comparison]}]" if tint else text


def of_ics(code: str, line: Latest) -> str:
    """The value of an ICS; a category has none."""
    return _of_whole(line.of_ics[code], line.reasons_of_ics.get(code, ""), line)


def of_london(line: Latest) -> str:
    """The value of London; a category has none."""
    return _of_whole(line.london, line.london_note, line)


def _of_whole(value: float, note: str, line: Latest) -> str:
    if line.indicator.categories:
        return ""
    return units.say_value(value, note, line.indicator) or "not given"


def bold(text: str) -> str:
    """A text of a cell in bold; nothing stays nothing."""
    return f"**{text}**" if text else ""


def explained(
    lines: Sequence[Latest], names: Sequence[str], systems: Collection[str] = (), before: Collection[str] = ()
) -> list[str]:
    """What each mark on a figure of these boroughs, of these ICSs (codes) or of London means, in Markdown.

    Of the boroughs `before` the figures of the period before are shown as well.
    """
    return caveats.say_reasons(reason for line in lines for reason in _reasons(line, names, systems, before))


def explained_in(
    texts: Iterable[str],
    lines: Sequence[Latest],
    names: Sequence[str],
    systems: Collection[str] = (),
    before: Collection[str] = (),
) -> list[str]:
    """The same, but only of the marks in these sentences, which name the figure and the place."""
    marked = [text for text in texts if MARK in text]
    return caveats.say_reasons(
        (name, which, reason)
        for line in lines
        for name, which, reason in _reasons(line, names, systems, before)
        if any(line.indicator.short_label in text and name in text for text in marked)
    )


def _reasons(
    line: Latest, names: Sequence[str], systems: Collection[str], before: Collection[str]
) -> Iterator[tuple[str, str, str]]:
    """Who bears a mark in which figure, and why: as caveats.say_reasons() says it."""
    shown = {*names, LONDON}
    yield from ((name, heading(line), reason) for name, reason in line.reasons.items() if name in shown)
    when = dates.with_period(line.indicator.short_label, dates.short_period(line.period_before))
    yield from ((name, when, reason) for name, reason in line.reasons_before.items() if name in before)
    if line.reasons_of_ics:
        called = dict(zip(line.systems["ics_code"], line.systems["ics_name"], strict=True))
        of_ics = line.reasons_of_ics.items()
        yield from ((called[code], heading(line), reason) for code, reason in of_ics if code in systems)


def heading(line: Latest) -> str:
    """The indicator with its period, as short as they can be said."""
    return dates.with_period(line.indicator.short_label, dates.short_period(line.period))


def brief_heading(line: Latest) -> str:
    """The indicator with its period, of a date the year only: for narrow pictures."""
    period = line.period[:4] if line.indicator.period_type == "date" else line.period
    return dates.with_period(line.indicator.short_label, period)


def rows(lines: Sequence[Latest], names: Sequence[str]) -> list[pd.DataFrame]:
    """The origins of the cells of these boroughs and of London, a row a place of each place table.

    A category has no value for London.
    """
    shown = {categories: [*names, *([] if categories else [LONDON])] for categories in (False, True)}
    return [
        line.table.loc[line.table["area_name"].isin(shown[bool(line.indicator.categories)]), ["origins"]]
        for line in lines
    ]


def systems(lines: Sequence[Latest], codes: Sequence[str]) -> list[pd.DataFrame]:
    """The origins of the cells of these ICSs, a row an ICS of geo.places.latest.of_systems."""
    return [line.systems.loc[line.systems["ics_code"].isin(codes), ["origins"]] for line in lines]


def before(line: Latest, name: str) -> pd.DataFrame:
    """The origin of the figure of a borough in the period before, which is said beside that of a line."""
    return line.before.loc[(line.before["area_name"] == name) & line.before["value"].notna(), ["origins"]]


def table(
    lines: Sequence[Latest], names: Sequence[str], london: London, vintage: str, codes: Collection[str] = ()
) -> Table:
    """Each figure of these boroughs, these ICSs (`codes`), London and England, with source and licence."""
    icbs = boards(london, vintage)
    rows = []
    for line in lines:
        systems = line.systems[line.systems["ics_code"].isin(codes)]
        systems = systems.assign(area_name=systems["ics_name"], area_type="ics")
        systems = systems.assign(area_code=systems["ics_code"].map(icbs["icb_code"]))
        wholes = line.table[line.table["area_type"] != "borough"]
        shown = pd.concat([line.boroughs(list(names)), systems, wholes], ignore_index=True)
        rows.append((line.indicator, shown.assign(period=line.period).join(icbs, on="ics_code")))
    return columns.of_figures(rows, london.catalogue)
