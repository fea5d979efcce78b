"""Figures of unlike indicators side by side: what a cell of such a table says, and how it is tinted."""

from collections.abc import Collection, Iterable, Iterator, Sequence

import pandas as pd

from data_loaders.catalogue import Catalogue
from geo.places.latest import Latest
from geo.tables.origins import as_text
from pages.components.text import words

# read out, printed and seen without colour, the signs say the same
SIGNS = {"better": "▲", "similar": "=", "worse": "▼", "not_compared": ""}
TINTS = {"better": "green", "similar": "gray", "worse": "orange"}
COLUMNS = [
    "indicator_id",
    "indicator",
    "period",
    "area_code",
    "area_name",
    "ics_name",
    "value",
    "lower_95",
    "upper_95",
    "rank_london",
    "best_london",
    "worst_london",
    "of_london",
    "london",
    "comparison",
    "status",
    "note",
]
LONDON = "London"
LEGEND = "▲ better than London, = similar, ▼ worse: only where the figures come with an interval."


def said(row: dict, line: Latest, catalogue: Catalogue) -> str:
    """A row of a place table as a cell: its value with sign and tint, or the word for why there is none."""
    text = words.say_value(row["value"], row["note"], line.indicator, catalogue)
    return tinted(text, row["comparison"]) if text else catalogue.statuses[row["status"]].word


def tinted(text: str, comparison: str) -> str:
    """A text with the sign and tint of a comparison with London."""
    tint = TINTS.get(comparison)
    return f":{tint}-background[{text}\N{NO-BREAK SPACE}{SIGNS[comparison]}]" if tint else text


def of_ics(value: float, line: Latest, catalogue: Catalogue) -> str:
    """The value of an ICS, which has no note because it is worked out here; a category has none."""
    return _of_whole(value, "", line, catalogue)


def of_london(line: Latest, catalogue: Catalogue) -> str:
    """The value of London; a category has none."""
    return _of_whole(line.london, line.london_note, line, catalogue)


def _of_whole(value: float, note: str, line: Latest, catalogue: Catalogue) -> str:
    if line.indicator.categories:
        return ""
    return words.say_value(value, note, line.indicator, catalogue) or "not given"


def bold(text: str) -> str:
    """A text of a cell in bold; nothing stays nothing."""
    return f"**{text}**" if text else ""


def explained(
    lines: Sequence[Latest],
    names: Sequence[str],
    systems: Collection[str] = (),
    before: Collection[str] = (),
) -> list[str]:
    """What each mark on a figure of these boroughs, of these ICSs (codes) or of London means, in Markdown.

    Of the boroughs `before` the figures of the period before are shown as well.
    """
    return words.say_reasons(reason for line in lines for reason in _reasons(line, names, systems, before))


def explained_in(
    texts: Iterable[str],
    lines: Sequence[Latest],
    names: Sequence[str],
    systems: Collection[str] = (),
    before: Collection[str] = (),
) -> list[str]:
    """The same, but only of the marks in these sentences, which name the figure and the place."""
    marked = [text for text in texts if words.MARK in text]
    return words.say_reasons(
        (name, which, reason)
        for line in lines
        for name, which, reason in _reasons(line, names, systems, before)
        if any(line.indicator.short_label in text and name in text for text in marked)
    )


def _reasons(
    line: Latest, names: Sequence[str], systems: Collection[str], before: Collection[str]
) -> Iterator[tuple[str, str, str]]:
    """Who bears a mark in which figure, and why: as words.say_reasons() says it."""
    shown = {*names, LONDON}
    yield from ((name, heading(line), reason) for name, reason in line.reasons.items() if name in shown)
    when = f"{line.indicator.short_label} ({words.short_period(line.period_before)})"
    yield from ((name, when, reason) for name, reason in line.reasons_before.items() if name in before)
    if line.reasons_of_ics:
        called = dict(zip(line.systems["ics_code"], line.systems["ics_name"], strict=True))
        of_ics = line.reasons_of_ics.items()
        yield from ((called[code], heading(line), reason) for code, reason in of_ics if code in systems)


def heading(line: Latest) -> str:
    """The indicator with its period, as short as they can be said."""
    return f"{line.indicator.short_label} ({words.short_period(line.period)})"


def brief_heading(line: Latest) -> str:
    """The indicator with its period, of a date the year only: for narrow pictures."""
    period = line.period[:4] if line.indicator.period_type == "date" else line.period
    return f"{line.indicator.short_label} ({period})"


def rows(lines: Sequence[Latest], names: Sequence[str]) -> list[pd.DataFrame]:
    """What the cells of these boroughs and of London are made of: rows of place tables.

    A category has no value for London.
    """
    return [
        line.table[line.table["area_name"].isin([*names, *([] if line.indicator.categories else [LONDON])])]
        for line in lines
    ]


def systems(lines: Sequence[Latest], codes: Sequence[str]) -> list[pd.DataFrame]:
    """What the cells of these ICSs are made of: rows of geo.places.latest.of_systems."""
    return [line.systems[line.systems["ics_code"].isin(codes)] for line in lines]


def before(line: Latest, name: str) -> pd.DataFrame:
    """The row of a borough in the period before, whose value is said beside that of a line."""
    return line.before[(line.before["area_name"] == name) & line.before["value"].notna()]


def as_rows(lines: Sequence[Latest], names: Sequence[str], catalogue: Catalogue) -> pd.DataFrame:
    """One row a borough and indicator, with source and licence, for a file."""
    shown = pd.concat(
        [
            line.boroughs(list(names)).assign(
                indicator_id=line.indicator.indicator_id,
                indicator=line.indicator.label,
                period=line.period,
                london=line.london,
            )
            for line in lines
        ],
        ignore_index=True,
    )
    return shown[COLUMNS].join(as_text(shown["origins"], catalogue).drop(columns="source_id"))
