"""How the lottery has changed, in sentences and as a table of all periods."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from data_loaders.catalogue import Indicator
from data_loaders.periods import QUARTER, kind_of
from geo.lottery.over_time import CHANCE, ROUNDING, OverTime, Stretch
from pages.components.text import columns, dates, grammar, headlines, markdown, units
from pages.components.text.differences import SHARE, TIMES, difference, gap_measure, say_gap
from pages.exports.table import MARK, Column, Kind, Measure, Table

# the typical distance is said in whole per cent: less than one apart is no change
LEAST_SPREAD = 0.01
EACH_ITS_OWN = (
    "Each row is of the boroughs that have a figure then: rows of different boroughs are not compared."
)


def over_time(found: OverTime, indicator: Indicator, notes: Sequence[str] = ()) -> list[str]:
    """How the gap between the same boroughs has changed from the first period of a basis to its last.

    The first sentence is the finding; those after it say of which boroughs it is, and what is not compared:
    `notes` are what there is to say of changes of basis (time_series.basis_notes).
    """
    if not indicator.can_be_compared:
        return [headlines.why_nothing_to_compare(indicator)]
    told = found.told
    if told is None:
        return [*_not_compared(found), *notes]
    said = [_gap(told, indicator)]
    if typical := _typical_distance(told, indicator):
        said.append(typical)
    if told.missing:
        count = grammar.say_number(len(told.missing))
        lack = "lacks" if len(told.missing) == 1 else "lack"
        said.append(
            f"{grammar.upper_first(count)} {lack} a figure to compare in one of the two periods or both and "
            f"{'is' if len(told.missing) == 1 else 'are'} left out: {grammar.list_names(told.missing)}."
        )
    return [*said, *_too_few(found, indicator), *notes]


def _when(period: str, indicator: Indicator) -> str:
    """A period as it stands in brackets, in which a quarter has no further ones."""
    return dates.short_period(period) if kind_of(period) == QUARTER else dates.say_period(period, indicator)


def _gap(told: Stretch, indicator: Indicator) -> str:
    """How the first gap of a stretch compares with the last, and between which boroughs."""
    gaps = [difference(row["largest"], row["smallest"], indicator) for row in (told.first, told.last)]
    then, now = (say_gap(gap, indicator) for gap in gaps)
    since, until = (_when(row["period"], indicator) for row in (told.first, told.last))
    who = f"Between the same {grammar.say_number(len(told.boroughs))} boroughs the gap"
    if then == now:
        return f"{who} is what it was: {now} ({since} and {until})."
    least, why = told.doubt(indicator)
    change = told.last["gap"] - told.first["gap"] if why == CHANCE else gaps[1] - gaps[0]
    # the last digit of a difference of decimals is no difference
    if abs(change) < least - 1e-9:
        return f"{who} is about the same: {then} ({since}) and {now} ({until}), {_REASONS[why]}."
    return f"{who} has {'grown' if change > 0 else 'narrowed'} from {then} ({since}) to {now} ({until})."


_REASONS = {
    CHANCE: "no further apart than chance may put them",
    ROUNDING: "no further apart than rounding may put them",
}


def _typical_distance(told: Stretch, indicator: Indicator) -> str:
    """How the coefficient of variation has changed; empty where it is not known in both periods."""
    then, now = told.first["cv"], told.last["cv"]
    if pd.isna(then) or pd.isna(now):
        return ""
    since, until = (_when(row["period"], indicator) for row in (told.first, told.last))
    way = "about the same, " if abs(now - then) < LEAST_SPREAD else ""
    return (
        "Their typical distance from the value of all of them together "
        f"was {100 * then:.0f}% of it ({since}) and {way}{100 * now:.0f}% ({until})."
    )


def _too_few(found: OverTime, indicator: Indicator) -> list[str]:
    """Which periods are left out because too few boroughs have a figure in them."""
    if not found.too_few:
        return []
    periods = grammar.join_all([dates.period_label(period, indicator) for period in found.too_few])
    return [
        f"Fewer than {found.needed} of the {found.authorities} boroughs have a figure to compare in "
        f"{periods}, which {'is' if len(found.too_few) == 1 else 'are'} not compared."
    ]


def _not_compared(found: OverTime) -> list[str]:
    if len(found.stretches) > 1:
        return ["How far apart the boroughs are is not compared over time: each basis has one period only."]
    return [
        "How far apart the boroughs are is not compared over time: there are no two periods in which at "
        f"least {found.needed} of the {found.authorities} boroughs have a figure to compare."
    ]


def explained(rows: Iterable[Mapping], indicator: Indicator) -> list[str]:
    """What each mark on the ends of these periods, and on London's values, means (lottery.over_time)."""
    by_reason: dict[str, dict[str, None]] = {}
    for row in rows:
        for end in ("largest", "smallest", "london"):
            if reason := row[f"note_{end}"]:
                by_reason.setdefault(reason, {})[dates.period_label(row["period"], indicator)] = None
    return [
        f"{MARK} {grammar.join_all(list(shown))}, {markdown.verbatim(reason)}."
        for reason, shown in by_reason.items()
    ]


def by_period(periods: pd.DataFrame, indicator: Indicator) -> Table:
    """The measures of each period (rows of geo.lottery.over_time.by_period), the latest first."""
    if periods.empty:
        return Table(periods, ())
    ends = zip(periods["largest"], periods["smallest"], strict=True)
    notes = {"Lowest": "note_smallest", "Highest": "note_largest", "London": "note_london"}
    rows = periods.assign(
        when=[dates.say_period(period, indicator) for period in periods["period"]],
        basis=periods["starts"],
        gap=[difference(high, low, indicator) for high, low in ends],
        cv=100 * periods["cv"],
        beyond=100 * periods["beyond"],
        reason=[
            "; ".join(f"{name}: {row[note]}" for name, note in notes.items() if row[note])
            for row in periods.to_dict("records")
        ],
    )[::-1].reset_index(drop=True)
    measure, gap = units.measure(indicator), gap_measure(indicator)
    measures = [
        Column("places", "Boroughs", Kind.NUMBER),
        Column("smallest", "Lowest", Kind.NUMBER, measure, "note_smallest"),
        Column("largest", "Highest", Kind.NUMBER, measure, "note_largest"),
        Column("london", "London", Kind.NUMBER, measure, "note_london"),
        Column("gap", "Gap", Kind.NUMBER, gap),
        Column("same_gap", "Gap between the boroughs that are compared", Kind.NUMBER, gap),
        Column("ratio", "How many times as much", Kind.NUMBER, TIMES),
        Column("ratio_missed", f"As many {indicator.complement}", Kind.NUMBER, TIMES),
        Column("cv", "Coefficient of variation", Kind.NUMBER, SHARE),
        Column("beyond", "More than chance (I²)", Kind.NUMBER, SHARE),
        Column("gini", "Gini coefficient", Kind.NUMBER, Measure(decimals=2)),
    ]
    if rows["places"].nunique() == 1:
        measures = [column for column in measures if column.key != "same_gap"]
    return Table(
        rows,
        (
            replace(columns.PERIOD, span="Period"),
            *columns.known(rows, columns.BASIS),
            *columns.known(rows, *(replace(column, absent="not given") for column in measures)),
            *columns.known(rows, columns.NOTE),
        ),
    )
