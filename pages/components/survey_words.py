"""Answers to a survey in sentences."""

from data_loaders.survey.instruments import Instrument
from geo.maturity import NO_REPLY, WHOLE, WITHHELD, Shown, mean, middle
from pages.components import words


def headline(shown: Shown, instrument: Instrument) -> str:
    """What London's authorities answered to a question, or why that is not said."""
    counts = shown.groups.get(WHOLE)
    if not shown.replies:
        return "Nobody has answered this question."
    if counts is None:
        return (
            f"{_authorities(shown.replies)} answered. London's figure is withheld: it would give away what "
            "somebody answered."
        )
    best = max(instrument.places(), key=instrument.places().__getitem__)
    most = max(counts.values())
    often = [instrument.labels().get(name, "") for name, count in counts.items() if count == most]
    first = (
        f"{_authorities(counts.get(best, 0))} of {sum(counts.values())} answered “{_label(best, instrument)}”"
    )
    return f"{first}; most often the answer was {words.join_all([f'“{label}”' for label in often if label])}."


def middle_text(counts: dict[str, int], instrument: Instrument) -> str:
    """The median in words; empty where no answer has a place on the scale."""
    found = middle(counts, instrument)
    if found is None:
        return ""
    lower, upper = (_label(response, instrument) for response in found)
    return lower if lower == upper else f"between {lower} and {upper}"


def mean_text(counts: dict[str, int], instrument: Instrument) -> str:
    """The mean where the 2022 report gives one, else empty."""
    found = mean(counts, instrument)
    return "" if found is None else f"{found:.2f}"


def replies(shown: Shown) -> str:
    """How many replied, how many of them are named, and how many did not reply."""
    values = list(shown.boroughs.values())
    hidden, silent = values.count(WITHHELD), values.count(NO_REPLY)
    named = len(values) - hidden - silent
    parts = [f"{named} shown by name"]
    if hidden:
        parts.append(f"{hidden} only within larger figures")
    return (
        f"{shown.replies} of {len(values)} authorities replied ({words.join_all(parts)}); {silent} did not."
    )


def _authorities(count: int) -> str:
    number = words.say_number(count)
    return f"{number[0].upper()}{number[1:]} {'authority' if count == 1 else 'authorities'}"


def _label(response: str, instrument: Instrument) -> str:
    return instrument.option(response).label
