"""What must be read beside figures: which are missing, small, marked, odd or left out of a total, and why."""

from collections.abc import Iterable, Sequence

import pandas as pd

from data_loaders.catalogue import Catalogue, Indicator
from geo.tables import marks
from geo.tables.london import in_scope
from pages.components.text import grammar, markdown, units
from pages.components.text.wholes import Whole
from pages.exports.table import MARK

# beside a picture; the table has them all
MOST_NOTES = 6


def remarks(
    table: pd.DataFrame,
    wholes: Sequence[Whole],
    indicator: Indicator,
    catalogue: Catalogue,
    scope: str | None,
) -> list[str]:
    """What the reader must know beside the headline: what is missing, small, or left out of a total."""
    boroughs = in_scope(table, scope)
    said = [*say_missing(table, catalogue, scope), *say_marks(table, indicator, scope)]
    small = boroughs[boroughs["small"] & boroughs["value"].notna()]
    if not indicator.categories:
        said += [
            f"{grammar.beginning(name)} ({text}) has very few children: it is shown, but not ranked."
            for name, text in zip(
                small["area_name"], units.value_texts(small, indicator, catalogue), strict=True
            )
        ]
    return [*said, *(whole.without for whole in wholes if whole.without)]


def say_missing(table: pd.DataFrame, catalogue: Catalogue, scope: str | None) -> list[str]:
    """Which boroughs in scope have no figure, a sentence for each reason."""
    boroughs = in_scope(table, scope)
    said = []
    for status, rows in boroughs[boroughs["value"].isna()].groupby("status"):
        reason = catalogue.statuses[str(status)].sentence
        who = "any borough" if len(rows) == len(boroughs) else grammar.list_names(list(rows["area_name"]))
        said.append(f"No figure for {who}: {reason}.")
    return said


def say_marks(table: pd.DataFrame, indicator: Indicator, scope: str | None) -> list[str]:
    """What each MARK on a value in scope, or of London and England, means; and notes on missing values.

    It goes wherever the values go: to every picture, table, slide and paper.
    """
    if not marks.any_is_marked(_with_wholes(table, scope), indicator):
        return []
    return [
        *say_odd(table, indicator, scope),
        *say_notes(table, scope),
        *say_above_100(table, indicator, scope),
    ]


def say_notes(table: pd.DataFrame, scope: str | None) -> list[str]:
    """The notes on figures in scope, verbatim, with whose they are; odd ones are say_odd()'s.

    Those on values, which bear MARK, come before those on missing ones.
    """
    rows = _with_wholes(table, scope)
    noted = rows[(rows["note"] != "") & ~marks.is_odd(rows) & (rows["status"] != "combined")]
    noted = noted.assign(missing=noted["value"].isna(), theirs=marks.are_the_publishers(noted))
    said = []
    for (missing, theirs, note), own in noted.groupby(["missing", "theirs", "note"], sort=False):
        names = grammar.list_names(list(own["area_name"]))
        who = f"The publisher's note on {names}" if theirs else names
        said.append((bool(missing), f"{'' if missing else f'{MARK} '}{who}: {markdown.verbatim(str(note))}."))
    sentences = [sentence for _, sentence in sorted(said, key=lambda pair: pair[0])]
    more = len(sentences) - MOST_NOTES
    return [*sentences[:MOST_NOTES], *([_more_notes(more)] if more > 0 else [])]


def _more_notes(count: int) -> str:
    """How many notes are not said beside a picture, and where they are."""
    number = grammar.say_number(count).capitalize()
    return f"{number} more {'note is' if count == 1 else 'notes are'} in the table."


def say_above_100(table: pd.DataFrame, indicator: Indicator, scope: str | None) -> list[str]:
    """Which percentages in scope, or of London and England, are above 100, and why; nothing where none is."""
    rows = _with_wholes(table, scope)
    above = list(rows.loc[marks.above_100(rows, indicator), "area_name"])
    return [f"{MARK} Above 100%: {grammar.list_names(above)}. {indicator.above_100}."] if above else []


def say_odd(table: pd.DataFrame, indicator: Indicator, scope: str | None) -> list[str]:
    """Which figures in scope are odd, and why, in a sentence; nothing where none is."""
    rows = _with_wholes(table, scope)
    odd = rows[marks.is_odd(rows)]
    if odd.empty:
        return []
    named = odd.assign(
        said=odd["area_name"] + " (" + units.say_values(odd["value"], odd["note"], indicator) + ")"
    )
    reasons = [
        f"{grammar.join_all(list(own['said']))}: {marks.what_is_odd(str(note))}"
        for note, own in named.groupby("note", sort=False)
    ]
    said = [
        f"{MARK} Shown as published, but left out of comparisons because "
        f"{'it is' if len(odd) == 1 else 'they are'} odd: {'; '.join(reasons)}."
    ]
    if indicator.aggregation == "ratio":
        them = "it" if len(odd) == 1 else "them"
        said.append(f"The values of London and of an ICS are worked out with {them}.")
    return [" ".join(said)]


def say_reasons(reasons: Iterable[tuple[str, str, str]]) -> list[str]:
    """What each MARK in a table of unlike figures, or of many periods, means.

    `reasons` has the name of the area, which figure or period it is, and why it bears a mark
    (geo.tables.marks.reasons), all of them not empty. Those that have one reason are said together.
    """
    by_reason: dict[str, dict[str, list[str]]] = {}
    for name, which, reason in reasons:
        by_reason.setdefault(reason, {}).setdefault(which, []).append(name)
    return [f"{MARK} {_whose(of)}: {markdown.verbatim(reason)}." for reason, of in by_reason.items()]


def _whose(names_by_figure: dict[str, list[str]]) -> str:
    """Which figures of which areas: "2017/18 and 2018/19, Newham; 2019/20, Brent and Camden"."""
    alike: dict[str, list[str]] = {}
    for which, names in names_by_figure.items():
        alike.setdefault(grammar.list_names(names), []).append(which)
    is_plain = not any("," in which or " and " in which for which in names_by_figure)
    joined = grammar.join_all if is_plain else "; ".join
    return "; ".join(f"{joined(figures)}, {names}" for names, figures in alike.items())


def _with_wholes(table: pd.DataFrame, scope: str | None) -> pd.DataFrame:
    """The authorities in scope, London and England."""
    return table if scope is None else table[(table["ics_code"] == scope) | (table["area_type"] != "borough")]
