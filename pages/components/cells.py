"""Figures of unlike indicators side by side: what a cell of such a table says, and how it is tinted."""

from collections.abc import Collection, Iterable, Iterator, Sequence

import pandas as pd

from data_loaders.catalogue import Catalogue, Source
from geo import marks
from geo.latest import Latest
from pages.components import words

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
    shown = line.reasons[line.reasons.index.isin([*names, "London"])]
    yield from ((str(name), heading(line), reason) for name, reason in shown.items())
    earlier = line.reasons_before[line.reasons_before.index.isin(before)]
    when = f"{line.indicator.short_label} ({words.short_period(line.period_before)})"
    yield from ((str(name), when, reason) for name, reason in earlier.items())
    own = line.systems[line.systems["ics_code"].isin(systems)]
    reasons = marks.reasons(own.assign(note=""), line.indicator)
    yield from (
        (name, heading(line), reason) for name, reason in zip(own["ics_name"], reasons, strict=True) if reason
    )


def heading(line: Latest) -> str:
    """The indicator with its period, as short as they can be said."""
    return f"{line.indicator.short_label} ({words.short_period(line.period)})"


def brief_heading(line: Latest) -> str:
    """The indicator with its period, of a date the year only: for narrow pictures."""
    period = line.period[:4] if line.indicator.period_type == "date" else line.period
    return f"{line.indicator.short_label} ({period})"


def sources(lines: Sequence[Latest], catalogue: Catalogue) -> list[Source]:
    """The sources behind these lines, each once."""
    cells = (cell for line in lines for cell in line.table["source_id"].unique())
    return [
        catalogue.sources[part] for part in dict.fromkeys(part for cell in cells for part in cell.split("+"))
    ]


def as_rows(lines: Sequence[Latest], names: Sequence[str], catalogue: Catalogue) -> pd.DataFrame:
    """One row a borough and indicator, with source and licence, for a file."""
    rows = pd.concat(
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
    behind = [[catalogue.sources[part] for part in cell.split("+")] for cell in rows["source_id"]]
    titles = ["; ".join(source.title for source in cell) for cell in behind]
    licences = ["; ".join(dict.fromkeys(source.licence for source in cell)) for cell in behind]
    return rows[COLUMNS].assign(source=titles, licence=licences)
