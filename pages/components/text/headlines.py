"""What a picture shows, in one sentence, or why there is nothing to show."""

import pandas as pd

from data_loaders.catalogue import Indicator
from geo.tables import marks
from geo.tables.london import ENGLAND, LONDON, in_scope
from pages.components.text import grammar, units, wholes
from pages.exports.table import MARK

NO_FIGURE = "There is no figure to show."
WHY_NOT_A_TOTAL = (
    "This figure is a total: where more children live, more can be expected. A difference between two totals "
    "says nothing of what families there get, so it is not called a lottery, nor a difference between "
    "neighbours."
)


def headline(
    table: pd.DataFrame, indicator: Indicator, scope: str | None, ics: pd.DataFrame | None = None
) -> str:
    """What the picture shows, in one sentence.

    `scope` is the code of an ICS, or None for all London; `ics` is the table of geo.tables.london.ics_table,
    of which the ICS in scope is named where it has a value of all its boroughs. Areas marked small are left
    out of the extremes, because a handful of children would make the headline, and so are figures that are
    odd.
    """
    boroughs = in_scope(table, scope)
    if indicator.categories:
        return _headline_of_categories(boroughs, indicator)
    with_value = boroughs[boroughs["value"].notna() & ~boroughs["small"] & ~marks.is_odd(boroughs)]
    if with_value.empty:
        return _headline_without_boroughs(table, indicator)

    shown = with_value["value"].map(lambda value: units.format_value(value, indicator))
    highest = shown == shown[with_value["value"].idxmax()]
    lowest = shown == shown[with_value["value"].idxmin()]
    names = with_value["area_name"]
    top, bottom = (
        units.say_value(rows["value"].iloc[0], marks.named(rows, indicator), indicator)
        for rows in (with_value[highest], with_value[lowest])
    )
    parts = [fill_sentence(indicator.sentence, _place(list(names[highest]), len(boroughs)), top)]
    if shown.nunique() > 1:
        parts.append(f"in {_place(list(names[lowest]), len(boroughs))} {bottom}")
    if ics is not None:
        own = ics[(ics["ics_code"] == scope) & ics["value"].notna() & ~ics["left_out"].astype(bool)]
        parts += [
            f"in {row['ics_name']} {units.say_value(row['value'], row['note'], indicator)}"
            for _, row in own.iterrows()
        ]
    for code, name in ((LONDON, wholes.name_of_london(table, indicator)), (ENGLAND, "England")):
        text = units.value_of(table, code, indicator)
        if text:
            parts.append(f"in {name} {text}")
    return "; ".join(parts) + "."


def _place(names: list[str], of: int) -> str:
    if len(names) == of and of > 1:
        return f"all {of} boroughs"
    is_plain = len(names) == 2 and not any(" and " in name for name in names)
    return f"both {grammar.join_names(names)}" if is_plain else grammar.join_names(names)


def _headline_of_categories(boroughs: pd.DataFrame, indicator: Indicator) -> str:
    counts = boroughs["value"].value_counts()
    parts = []
    for code, word in indicator.categories.items():
        count = int(counts.get(code, 0))
        parts.append(f"{count} {'is' if count == 1 else 'are'} {grammar.lower_first(word)}")
    return f"Of {len(boroughs)} authorities, {grammar.join_all(parts)}."


def _headline_without_boroughs(table: pd.DataFrame, indicator: Indicator) -> str:
    for code, name in ((LONDON, "London"), (ENGLAND, "England")):
        text = units.value_of(table, code, indicator)
        if text:
            return fill_sentence(indicator.sentence, name, text) + "."
    return NO_FIGURE


def fill_sentence(template: str, place: str, value: str) -> str:
    """A catalogue sentence for one place, without the full stop."""
    return grammar.fill_forms(template, 1 if value.removesuffix(MARK) == "1" else 0).format(
        place=place, value=value
    )


def why_nothing_to_compare(indicator: Indicator) -> str:
    """Why a page that compares boroughs has nothing to show."""
    if indicator.categories:
        return "This figure is a category, which has no size to compare: the page Map shows it."
    if indicator.is_total:
        return WHY_NOT_A_TOTAL
    if not indicator.can_be_compared:
        return (
            "This figure is how a number has changed: where there was more, more could be lost. So it is not "
            "called a difference between neighbours: the page Map shows it."
        )
    return "There are no figures by borough to compare. Choose another indicator or period."
