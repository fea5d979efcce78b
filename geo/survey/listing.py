"""What may be shown of a wave of answers as rows, for files and the command line."""

import math
from collections.abc import Mapping

import pandas as pd

from data_loaders.survey.instruments import Instrument
from geo.survey.maturity import BESIDE_THE_SCALE, NO_REPLY, WHOLE, WITHHELD, Shown
from geo.tables.london import LONDON, London

REASONS = {NO_REPLY: "No reply", WITHHELD: "Replied, not shown by borough"}
LEVELS = (
    "Each authority decides what may be shown of an answer: with its name, within the figures of its ICS, or "
    "only within London's. A figure is withheld where it would give away a single answer."
)


def names(instrument: Instrument) -> dict[str, str]:
    """What each response, and each reason for none, is called."""
    return instrument.labels() | BESIDE_THE_SCALE | REASONS


def listing(
    shown: Mapping[str, Shown],
    instrument: Instrument,
    wave: str,
    london: London,
    vintage: str | None = None,
    scope: str | None = None,
) -> pd.DataFrame:
    """Every answer that may be shown by borough, and every count that may be shown by group.

    Columns: wave, instrument, item_id, question, area_code, area_name, ics_vintage (of an ICS), response (its
    label), count (of a group, NaN of a borough). `vintage` leaves out the ICSs of other boundaries, `scope`
    all but one ICS of it with its boroughs.
    """
    said = names(instrument)
    of_scope = london.footprints.query("vintage == @vintage and ics_code == @scope")["area_code"]
    rows = []
    for item in instrument.items:
        about: dict[str, str | float] = {
            "wave": wave,
            "instrument": instrument.instrument,
            "item_id": item.item_id,
        }
        about |= {"question": item.wording}
        found = shown[item.item_id]
        for code, response in found.boroughs.items():
            if not scope or code in set(of_scope):
                rows.append(about | _row(code, london.borough_names[code], "", said[response], math.nan))
        for (boundaries, code), counts in found.groups.items():
            if (boundaries, code) != WHOLE and vintage not in (None, boundaries):
                continue
            if scope and code != scope:
                continue
            name = "London" if code == LONDON else london.ics_names[boundaries][code]
            rows += [
                about | _row(code, name, boundaries, said[response], count)
                for response, count in counts.items()
            ]
    return pd.DataFrame(rows)


def _row(code: str, name: str, vintage: str, response: str, count: float) -> dict[str, str | float]:
    where: dict[str, str | float] = {"area_code": code, "area_name": name, "ics_vintage": vintage}
    return where | {"response": response, "count": count}
