"""From one period to another, in words that say once what both have in common."""

import re

from data_loaders.catalogue import Indicator
from pages.components.text import dates

_YEAR_END = re.compile(r"(20\d\d/\d\d), year ending (\w+) 20\d\d")
_KIND_BEFORE = re.compile(r"(school year|summer) (20\d\d(?:/\d\d)?)")


def said(first: str, last: str, indicator: Indicator) -> str:
    """Two periods of a figure, the earlier first: "2021/22 to 2024/25, years ending March"."""
    texts = [dates.say_period(period, indicator) for period in (first, last)]
    if first == last:
        return texts[0]
    if all(ended := [_YEAR_END.fullmatch(text) for text in texts]):
        (since, month), (until, _) = (found.groups() for found in ended if found)
        return f"{since} to {until}, years ending {month}"
    if all(named := [_KIND_BEFORE.fullmatch(text) for text in texts]):
        (kind, since), (_, until) = (found.groups() for found in named if found)
        return f"{kind}s {since} to {until}"
    return " to ".join(texts)
