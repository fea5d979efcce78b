"""What a pack notes of a piece when it is picked out, to know later whether newer figures have come.

`newest-` or `earlier-`, whether its period was the newest then, and a digest of the figures of that period.
"""

import hashlib
from urllib.parse import parse_qsl, urlsplit

from pages.components.data import figures
from pages.components.data.edition import once

NEWEST, EARLIER = "newest", "earlier"
LENGTH = 8


def of_link(link: str) -> str:
    """The stamp of the figures that the link of an exhibit brings back."""
    asked = dict(parse_qsl(urlsplit(link).query))
    return stamp(asked.get("indicator", ""), asked.get("period", ""))


def stamp(indicator: str, period: str) -> str:
    """The stamp of the figures of a period; empty where there are none."""
    london = figures.london()
    if period not in london.periods.get(indicator, ()):
        return ""
    when = NEWEST if period == london.newest(indicator) else EARLIER
    return f"{when}-{_digest(indicator, period)}"


@once
def _digest(indicator: str, period: str) -> str:
    rows = figures.london().figures_of(indicator)
    values = rows[rows["period"] == period].set_index("area_code")["value"].sort_index()
    text = "\n".join(f"{code}:{value:.6g}" for code, value in values.items())
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]
