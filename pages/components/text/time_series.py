"""What is said of comparing over time: where the basis changes, nothing is compared, and why."""

import re
from collections.abc import Iterable, Sequence

from data_loaders.breaks import Break
from data_loaders.catalogue import Indicator
from geo.places.ics_course import OwnValues
from geo.tables.london import London
from geo.tables.time_series import unlike_in_london
from pages.components.text import dates, grammar


def basis_notes(london: London, indicator: Indicator, within: Iterable[Break]) -> list[str]:
    """Sentences on the basis of what is shown over time: `within` are the breaks between its periods.

    A change that is worked out across a break says so whatever is shown. What the catalogue says of comparing
    over time stands where no break says more.
    """
    if (own := across(london, indicator)) or indicator.indicator_id in london.breaks:
        return own or sentences(within)
    text = indicator.comparable_over_time
    return [] if text == "yes" else [f"Note: {text}."]


def time_note(indicator: Indicator, periods: Sequence[str]) -> str:
    """What to know when these periods are looked at together; empty where there is nothing to know.

    What the catalogue says of certain years is said only where one of them is among the periods. In a change
    the year that it is counted from always is.
    """
    note = indicator.comparable_over_time
    years = re.findall(r"\b(?:19|20)\d\d(?:/\d\d)?", note)
    is_shown = any(period.startswith(year) for period in periods for year in years)
    if note == "yes" or (years and not is_shown and indicator.kind != "change"):
        return ""
    return f"Note: {note}."


def across(london: London, indicator: Indicator) -> list[str]:
    """What must be said with every value of a change, when its two ends are on different bases."""
    return sentences(london.breaks.get(indicator.indicator_id, ())) if indicator.kind == "change" else []


def london_note(london: London, indicator: Indicator, periods: Sequence[str]) -> list[str]:
    """In which of these periods London's value is not drawn, because it is of other authorities."""
    unlike = unlike_in_london(london, indicator.indicator_id, periods)
    if not unlike or indicator.aggregation == "sum":
        return []
    labels = grammar.join_all([dates.period_label(period, indicator) for period in unlike])
    return [f"London's value is not drawn in {labels}: it is of other boroughs than in the newest period."]


def own_notes(name: str, own: OwnValues, indicator: Indicator) -> list[str]:
    """Which boroughs the ICS of this name does without over time, and where its value is not drawn."""
    said = []
    if own.left_out:
        said.append(f"{name} is worked out without {grammar.list_names(own.left_out)}.")
    if own.unlike:
        labels = grammar.join_all([dates.period_label(period, indicator) for period in own.unlike])
        why = "it is of other boroughs than in the newest period"
        said.append(f"{name}'s value is not drawn in {labels}: {why}.")
    return said


def sentences(breaks: Iterable[Break]) -> list[str]:
    """Why nothing is compared across these breaks, each reason once."""
    return list(dict.fromkeys(each.sentence for each in breaks))
