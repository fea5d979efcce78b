"""When a figure is of, where a sentence must say it: a figure of years ago is not read as one of today."""

import datetime as dt
import re
from collections.abc import Iterable

import pandas as pd

from data_loaders.catalogue import Indicator
from data_loaders.periods import QUARTER, YEAR_ACROSS, kind_of
from pages.components.text import words

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


def is_old(end: dt.date, today: dt.date) -> bool:
    """Whether a period that ended on this day ended more than YEARS years ago."""
    return pd.Timestamp(end) + pd.DateOffset(years=YEARS) < pd.Timestamp(today)


def when(period: str, indicator: Indicator) -> str:
    """A period as a sentence begins with it: "In April to June 2017", "On 28 February 2010"."""
    if indicator.period_type == "date":
        return f"On {words.short_period(period)}"
    if indicator.period_type == "index_year":
        return f"By the index of {period}"
    kind, said = kind_of(period), words.say_period(period, indicator)
    if kind == QUARTER:
        return f"In {words.short_period(period)}"
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
    return f"{title}, {words.lower_first(date)}"
