"""Answers to a survey in sentences."""

import pandas as pd

from data_loaders.survey.instruments import TICKS, Instrument
from geo.survey.maturity import NO_REPLY, NOT_TICKED, WHOLE, WITHHELD, Shown, middle
from pages.components.text import grammar


def headline(shown: Shown, instrument: Instrument) -> str:
    """What London's authorities answered to a question, or why that is not said."""
    counts = shown.groups.get(WHOLE)
    if not shown.replies:
        return "Nobody has answered this question."
    if counts is None:
        return f"{_authorities(shown.replies)} answered. London's figure is withheld."
    best = max(instrument.places(), key=instrument.places().__getitem__)
    of_all = f"{_authorities(counts.get(best, 0))} of {sum(counts.values())}"
    if instrument.kind == TICKS:
        return f"{of_all} named this."
    most = max(counts.values())
    often = [option for option in instrument.options if counts.get(option.response) == most]
    asked = f"{of_all} answered “{instrument.option(best).label}”"
    if [option.response for option in often] == [best]:
        return f"{asked}, more than gave any other answer."
    labels = grammar.join_all([f"“{option.label}”" for option in often])
    return f"{asked}; most often the answer was {labels}." if often else f"{asked}."


def middle_text(counts: dict[str, int], instrument: Instrument) -> str:
    """The median in words; empty where no answer has a place on the scale, or answers are only ticked."""
    found = middle(counts, instrument) if instrument.kind != TICKS else None
    if found is None:
        return ""
    lower, upper = (instrument.option(response).label for response in found)
    return lower if lower == upper else f"between {lower} and {upper}"


def named_by(counts: dict[str, int]) -> tuple[int, int]:
    """How many named something that is only ticked, and of how many."""
    total = sum(counts.values())
    return total - counts.get(NOT_TICKED, 0), total


def replies(shown: Shown) -> str:
    """How many replied, how many of them are named, and how many did not reply."""
    values = list(shown.boroughs.values())
    hidden, silent = values.count(WITHHELD), values.count(NO_REPLY)
    named = len(values) - hidden - silent
    parts = [f"{named} shown by name"]
    if hidden:
        parts.append(f"{hidden} only within larger figures")
    return (
        f"{shown.replies} of {len(values)} authorities replied ({grammar.join_all(parts)}); {silent} did not."
    )


def standing(shown: dict[str, Shown], code: str, name: str) -> str:
    """How many of the questions a borough answered, and how many of its answers may be shown."""
    answers = [found.boroughs[code] for found in shown.values()]
    silent, hidden = answers.count(NO_REPLY), answers.count(WITHHELD)
    if silent == len(answers):
        return f"{name} did not reply."
    if not hidden:
        return f"{name} answered {len(answers) - silent} of {len(answers)} questions."
    how_many = "none" if silent + hidden == len(answers) else str(len(answers) - silent - hidden)
    return (
        f"{name} answered {len(answers) - silent} of {len(answers)} questions; {how_many} of its answers may "
        "be shown by name."
    )


def moved(rows: pd.DataFrame) -> str:
    """Which boroughs' named answers to one question went up, went down and stayed (maturity.changes).

    `rows` has area_name and moved.
    """
    if rows.empty:
        return "no borough is shown by name in both waves."
    said = []
    for direction, verb in ((1, "went up"), (-1, "went down"), (0, "stayed")):
        names = sorted(rows.loc[rows["moved"] == direction, "area_name"])
        said.append(
            f"{grammar.say_number(len(names))} {verb} ({grammar.list_names(names)})"
            if names
            else f"none {verb}"
        )
    return f"of {len(rows)} boroughs that are shown by name in both waves, {grammar.join_all(said)}."


def _authorities(count: int) -> str:
    number = grammar.say_number(count)
    return f"{grammar.upper_first(number)} {'authority' if count < 2 else 'authorities'}"
