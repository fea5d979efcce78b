"""The five mandated reviews in words: what is known of each, and what one must do to know more."""

from collections.abc import Mapping, Sequence

import pandas as pd

from data_loaders.catalogue import Catalogue, Indicator, Source
from geo.places.reviews import Figure, Known
from geo.tables.london import ENGLAND, LONDON
from geo.tables.origins import cited
from pages.components.text import caveats, dates, grammar, units

HEADING = "The five mandated reviews"
INTRODUCTION = "Every family is entitled to five reviews by a health visitor. What is known of each:"
WHOEVER_RUNS_IT = "Whoever runs this app can load the figures: the page Data and sources says how."


def table(known: Sequence[Known], places: Mapping[str, str], catalogue: Catalogue) -> pd.DataFrame:
    """Each review with its newest values: a row an indicator, a column for each of `places` (names by code).

    Where no borough has a figure of any, one column says so for all places.
    """
    by_place = places if any(each.is_loaded for each in known) else {}
    rows = []
    for each in known:
        row = {
            "Review": each.review.name,
            "When": each.review.due,
            "What is counted": each.indicator.short_label,
        }
        if by_place:
            row |= {name: _say(each, each.figures[code], catalogue) for code, name in by_place.items()}
        else:
            row["By borough"] = catalogue.statuses[each.indicator.when_absent].word
        row |= {
            name: _say(each, each.figures[code], catalogue)
            for code, name in ((LONDON, "London"), (ENGLAND, "England"))
        }
        rows.append(row)
    return pd.DataFrame(rows)


def remarks(known: Sequence[Known], catalogue: Catalogue) -> list[str]:
    """What publications say of the reviews, what else the app has of the children reviewed, how to load."""
    said: dict[str, None] = {}
    for each in known:
        for fact in each.facts.to_dict("records"):
            said[f"**{each.review.name}.** {fact['said_by']} says: {fact['fact']}."] = None
    for review in dict.fromkeys(each.review for each in known):
        if review.about_it:
            about = grammar.join_all([catalogue.indicators[name].short_label for name in review.about_it])
            text = f"Of the children who had it, by borough: {about}. They say nothing of how many had it."
            said[f"**{review.name}.** {text}"] = None
    return [*said, *how_to_load(known)]


def explained(known: Sequence[Known], places: Mapping[str, str]) -> list[str]:
    """What each mark in table() means."""
    shown = {**places, LONDON: "London", ENGLAND: "England"}
    return caveats.say_reasons(
        (name, f"{each.indicator.short_label} ({when(figure.period, each.indicator)})", figure.note)
        for each in known
        for code, name in shown.items()
        if (figure := each.figures[code]).note
    )


def how_to_load(known: Sequence[Known]) -> list[str]:
    """What one must do to have the figures of boroughs, in a sentence or two; nothing when all are loaded."""
    lacking = list(dict.fromkeys(each.review.name for each in known if not each.is_loaded))
    if not lacking:
        return []
    return [
        f"Published by borough, but not loaded into this app: {grammar.join_all(lacking)}. {WHOEVER_RUNS_IT}"
    ]


def sources(known: Sequence[Known], places: Sequence[str], catalogue: Catalogue) -> list[Source]:
    """Whose the values of table() are, for the places (codes) that it has columns for."""
    shown = [*places, LONDON, ENGLAND]
    return cited(
        catalogue, [each.figures[code].origins for each in known for code in shown if code in each.figures]
    )


def _say(each: Known, figure: Figure, catalogue: Catalogue) -> str:
    """A value with its period, or the word for why there is none."""
    if not figure.period:
        return catalogue.statuses[figure.status].word
    value = units.say_value(figure.value, figure.note, each.indicator)
    return f"{value} ({when(figure.period, each.indicator)})"


def when(period: str, indicator: Indicator) -> str:
    """The period of a review, short but unmistakable: "April to June 2017", "year ending March 2025"."""
    said = dates.say_period(period, indicator)
    short = dates.short_period(period)
    return short if short != period else said.removeprefix(f"{period}, ")
