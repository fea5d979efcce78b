"""One ICS in sentences: what stands out, what has changed, and how far apart its own boroughs are."""

import datetime as dt
from collections.abc import Iterable, Sequence

import pandas as pd

from data_loaders.catalogue import Indicator
from geo.places.ics import (
    Change,
    Distance,
    Line,
    OwnBoroughs,
    Standing,
    first_or_last,
    furthest,
    most_changed,
    of_own_boroughs,
    sharing,
    standings,
    stands_out,
)
from geo.places.latest import Latest
from pages.components.text import cells, dates, grammar, time_series, units, wholes
from pages.components.text.dates import is_old
from pages.components.text.differences import say_difference

BOROUGHS_ONLY = "boroughs"
# what stands above the sentences of beside_london()
SIDES = {
    "behind": "Behind London",
    "level": "Like London",
    "ahead": "Ahead of London",
    BOROUGHS_ONLY: "Published without counts: only its boroughs can be compared",
}


def standing_of_ics(lines: Sequence[Line], name: str) -> list[str]:
    """In which figures the ICS is first or last of all ICSs."""
    return [_of_ics(line, name) for line in stands_out(lines)]


def standing_of_boroughs(lines: Sequence[Line]) -> list[str]:
    """In which figures boroughs of the ICS are first or last of all London, the newest first."""
    newest = sorted(lines, key=lambda line: line.latest.ends, reverse=True)
    return [text for line in newest if (text := _of_boroughs(line))]


def beside_london(lines: Sequence[Line]) -> dict[str, list[str]]:
    """Where the ICS is behind London, like it and ahead of it, and where only its boroughs can be compared.

    By the name of each of these four (SIDES), a sentence for each figure; nothing for need and spend.
    """
    said: dict[str, list[str]] = {side: [] for side in SIDES}
    for found in standings(lines):
        said[found.side].append(_say_standing(found))
    said[BOROUGHS_ONLY] = [_say_boroughs(found) for found in of_own_boroughs(lines)]
    return {side: texts for side, texts in said.items() if texts}


def _say_standing(found: Standing) -> str:
    line, indicator = found.line, found.line.indicator
    value = units.say_value(line.value, line.note, indicator)
    interval = units.say_interval(found.lower, found.upper, indicator) if found.by_interval else ""
    interval = f" (95% interval {interval})" if interval else ""
    london = _londons(line.latest)
    without = f", without {grammar.list_names(line.left_out)}" if line.left_out else ""
    take = "would have taken" if is_old(line.latest.ends, dt.date.today()) else "would take"
    more = f" Reaching London's value {take} {_more(found.more, indicator)}." if found.more else ""
    return f"**{cells.heading(line.latest)}**: {value}{interval}{without}; {london}.{more}"


def _londons(latest: Latest, *, brackets: bool = False) -> str:
    """London with its value, and whom that is without: "London 74.1%", "London without Bexley (79.2%)"."""
    name = wholes.name_of_london(latest.table, latest.indicator).removesuffix(" as a whole")
    value = units.say_value(latest.london, latest.london_note, latest.indicator)
    return f"{name} ({value})" if brackets else f"{name} {value}"


def _more(count: int, indicator: Indicator) -> str:
    return f"{count:,} more {grammar.fill_forms(indicator.one_more, count)}"


def _say_boroughs(found: OwnBoroughs) -> str:
    line = found.line
    better, worse = (_so_many(count, found.of) for count in (found.better, found.worse))
    clearly = "clearly " if found.by_interval else ""
    london = _londons(line.latest, brackets=True)
    return (
        f"**{cells.heading(line.latest)}**: of its {grammar.say_number(found.of)} boroughs that are "
        f"compared, {better} {'has' if found.better == 1 else 'have'} a {clearly}better value than {london}, "
        f"{worse} a {clearly}worse one."
    )


def _so_many(count: int, of: int) -> str:
    """How many of so many: "none", "two", "all five"."""
    return f"{'all ' if count == of > 1 else ''}{grammar.say_number(count)}" if count else "none"


def gaps(lines: Sequence[Line]) -> list[str]:
    """The boroughs furthest from London, a sentence for each figure."""
    return [_gap(found) for found in furthest(lines)]


def changes(lines: Sequence[Line]) -> list[str]:
    """The largest changes of boroughs since the period before."""
    return [_change(change) for change in most_changed(lines)]


def not_compared(lines: Sequence[Line]) -> list[str]:
    """The figures whose newest period is on another basis than the one before, by the reason for that."""
    labels: dict[str, list[str]] = {}
    for line in lines:
        if line.latest.divided and line.indicator.direction:
            labels.setdefault(line.latest.divided.sentence, []).append(f"**{line.indicator.short_label}**")
    return [f"{' and '.join(names)}: {sentence}" for sentence, names in labels.items()]


def own_lottery(lines: Sequence[Line]) -> pd.DataFrame:
    """How far apart the boroughs of the ICS are, in each figure that has a direction."""
    rows = []
    for line in lines:
        ends = line.extremes
        if ends is None or line.indicator.polarity == "neither" or line.latest.is_doubtful:
            continue
        low, high = (
            f"{units.say_value(value, note, line.indicator)} ({grammar.join_names(places)})"
            for value, note, places in (
                (ends.smallest, ends.smallest_note, ends.lowest),
                (ends.largest, ends.largest_note, ends.highest),
            )
        )
        gap = say_difference(ends.largest, ends.smallest, line.indicator)
        rows.append({"Figure": cells.heading(line.latest), "Lowest": low, "Highest": high, "Gap": gap})
    return pd.DataFrame(rows)


def _of_boroughs(line: Line) -> str:
    if line.indicator.is_total or line.indicator.categories:
        return ""
    rows = line.latest.rows
    parts = []
    for names, end in zip(first_or_last(line), ("highest", "lowest"), strict=True):
        if names:
            why = "".join(line.latest.reasons.get(name, "") for name in names)
            value = units.say_value(rows[names[0]]["value"], why, line.indicator)
            has = "has" if len(names) == 1 else "have"
            others = sharing(line, names[0])
            too = "has" if len(others) == 1 else "have"
            too = f" (as {too} {grammar.list_names(others)})" if others else ""
            parts.append(f"{grammar.list_names(names)} {has} London's {end}, {value}{too}")
    period = dates.say_period(line.latest.period, line.indicator)
    return f"**{line.indicator.short_label}**, {period}: {'; '.join(parts)}." if parts else ""


def _of_ics(line: Line, name: str) -> str:
    value = units.say_value(line.value, line.note, line.indicator)
    london = units.say_value(line.latest.london, line.latest.london_note, line.indicator)
    end = "highest" if line.place == 1 else "lowest"
    without = f" (without {grammar.list_names(line.left_out)})" if line.left_out else ""
    london_called = wholes.name_of_london(line.latest.table, line.indicator)
    against = f"; {london_called} has {london}" if london else ""
    period = dates.say_period(line.latest.period, line.indicator)
    among = f"the {end} value of the {grammar.say_number(line.of)} ICSs"
    if line.of < len(line.latest.systems):
        among += " that have one from most of their boroughs"
    others = [other for other in line.sharing if other != name]
    has = f"shares with {grammar.list_names(others)}" if others else "has"
    return f"**{line.indicator.short_label}**, {period}: {name} {has} {among}, {value}{without}{against}."


def _gap(found: Distance) -> str:
    line = found.latest
    middle_note = "" if found.is_median else line.london_note
    here, middle = (
        units.say_value(value, note, line.indicator)
        for value, note in ((found.value, found.note), (found.middle, middle_note))
    )
    gap = say_difference(found.value, found.middle, line.indicator)
    way = "above" if found.value > found.middle else "below"
    london = wholes.name_of_london(line.table, line.indicator)
    against = "the middle borough of London" if found.is_median else london
    return f"**{cells.heading(line)}**: {found.area_name} has {here}, {gap} {way} {against} ({middle})."


def _change(change: Change) -> str:
    line = change.latest
    before, now = (
        units.say_value(value, note, line.indicator)
        for value, note in ((change.before, change.note_before), (change.now, change.note_now))
    )
    since, until = (dates.short_period(period) for period in (line.period_before, line.period))
    # what changed the basis lies before both periods
    note = "" if line.breaks else time_series.time_note(line.indicator, (line.period_before, line.period))
    label = line.indicator.short_label
    said = f"**{label}**: {change.area_name} went from {before} ({since}) to {now} ({until})."
    return f"{said} {note}".rstrip()


def explained(texts: Iterable[str], lines: Sequence[Line]) -> list[str]:
    """What each mark in these sentences on an ICS means."""
    latest, names = [line.latest for line in lines], list(lines[0].boroughs["area_name"])
    return cells.explained_in(texts, latest, names, [lines[0].scope], before=names)


def explained_own(table: pd.DataFrame, lines: Sequence[Line]) -> list[str]:
    """What each mark in own_lottery() means."""
    return explained((" ".join(row) for row in table.to_numpy()), lines)


def explained_beside(table: pd.DataFrame, lines: Sequence[Line]) -> list[str]:
    """What each mark in a table of the ICSs beside each other (footprint_said.beside) means."""
    shown = [line.latest for line in lines if cells.heading(line.latest) in set(table["Figure"])]
    return cells.explained(shown, [], systems=set(shown[0].systems["ics_code"])) if shown else []
