"""Days and periods in words; a figure of years ago is told in the past, not to be read as one of today."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

import pandas as pd

from data_loaders.catalogue import Indicator
from data_loaders.periods import DATE, QUARTER, YEAR_ACROSS, kind_of
from pages.components.text import grammar

_QUARTERS = {
    "1": ("April to June", 0),
    "2": ("July to September", 0),
    "3": ("October to December", 0),
    "4": ("January to March", 1),
}
# a year that a name says for itself, and that does not begin or end several
_ITS_YEAR = re.compile(r"(?<!since )(?<!from )(?<!to )\b20\d\d\b(?!-| to | on\b)")
YEARS = 3
# the verbs of this app's own sentences, in the present and in the past; names of places have none of them
_PAST = {
    "is": "was",
    "are": "were",
    "has": "had",
    "have": "had",
    "do": "did",
    "does": "did",
    "live": "lived",
    "face": "faced",
    "share": "shared",
    "would need": "would have needed",
}
_VERB = re.compile(rf"\b({'|'.join(_PAST)})\b(?! of)")


def say_date(day: dt.date) -> str:
    """A date in words: 6 December 2019."""
    return f"{day.day} {day:%B %Y}"


def say_day(iso: str) -> str:
    """An ISO date, or the date of an ISO moment, in words; empty for an empty text."""
    return say_date(dt.datetime.fromisoformat(iso).date()) if iso else ""


def say_days(days: Sequence[str]) -> str:
    """ISO dates in words, the earliest first: 3 May and 20 August 2026; of many, between which they lie."""
    if len(days) == 1:
        return say_day(days[0])
    first, last = (dt.date.fromisoformat(day) for day in (days[0], days[-1]))
    begun = f"{first.day} {first:%B}" if first.year == last.year else say_date(first)
    return f"{begun} and {say_date(last)}" if len(days) == 2 else f"between {begun} and {say_date(last)}"


def say_moment(iso: str) -> str:
    """An ISO moment in words, by London's clock: 6 December 2019 at 09:30."""
    moment = dt.datetime.fromisoformat(iso).astimezone(ZoneInfo("Europe/London"))
    return f"{say_date(moment.date())} at {moment:%H:%M}"


def say_period(period: str, indicator: Indicator) -> str:
    """A period with what it means: "6 December 2019", "2023/24, year ending March 2024".

    A quarter is named by its months, because it is one of a financial year.
    """
    if indicator.period_type == "date":
        return say_date(dt.date.fromisoformat(period))
    year_end = re.fullmatch(r"(20\d\d)/\d\d", period)
    if year_end and indicator.period_type in {"financial_year", "review_period"}:
        return f"{period}, year ending March {int(year_end[1]) + 1}"
    if kind_of(period) == QUARTER:
        return f"{short_period(period)} (quarter {period[-1]} of {period[:7]})"
    kinds = {"academic_year": f"school year {period}", "summer": f"summer {period}"}
    return kinds.get(indicator.period_type, period)


def period_label(period: str, indicator: Indicator) -> str:
    """A period as its publisher names it, as short as it can be said: "2023/24", "summer 2024", a date."""
    if indicator.period_type in ("date", "summer"):
        return say_period(period, indicator)
    return period


def short_period(period: str) -> str:
    """A period as it is named, but a date in words, and a quarter by its months: "April to June 2017"."""
    if kind_of(period) == DATE:
        return say_day(period)
    if kind_of(period) == QUARTER:
        months, later = _QUARTERS[period[-1]]
        return f"{months} {int(period[:4]) + later}"
    return period


def with_period(name: str, period: str, form: str = "{} ({})") -> str:
    """The name of a figure with its period; by itself where it says that year: "Deprivation 2025 (IMD)"."""
    return name if says_period(name, period) else form.format(name, period)


def says_period(name: str, period: str) -> bool:
    """Whether a name has the year of a period in it, as that of its figure."""
    return _ITS_YEAR.findall(name) == [period]


def is_old(end: dt.date, today: dt.date) -> bool:
    """Whether a period that ended on this day ended more than YEARS years ago."""
    return pd.Timestamp(end) + pd.DateOffset(years=YEARS) < pd.Timestamp(today)


def when(period: str, indicator: Indicator) -> str:
    """A period as a sentence begins with it: "In April to June 2017", "On 28 February 2010"."""
    if indicator.period_type == "date":
        return f"On {short_period(period)}"
    if indicator.period_type == "index_year":
        return f"By the index of {period}"
    kind, said = kind_of(period), say_period(period, indicator)
    if kind == QUARTER:
        return f"In {short_period(period)}"
    if kind == YEAR_ACROSS:
        return f"In the {said.removeprefix(f'{period}, ')}"
    return f"In {said}"


def begun_with(date: str, sentence: str, names: Iterable[str] = ()) -> str:
    """A sentence with when() in front, in the past; `names` are those that keep their capital letter."""
    told = _VERB.sub(lambda verb: _PAST[verb[0]], sentence)
    first = told[0] if told.startswith(tuple(names)) else told[0].lower()
    return f"{date}, {first}{told[1:]}"


def entitled(title: str, date: str) -> str:
    """A title that is no sentence, with when() behind it."""
    return f"{title}, {grammar.lower_first(date)}"
