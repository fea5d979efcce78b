"""Which periods and which authorities the figures cover."""

import pandas as pd

from data_loaders.periods import main_kind
from geo.join import London
from geo.offered import offered, only_for


def coverage(london: London) -> pd.DataFrame:
    """One row a shown indicator: label, domain, only, periods, quarters, first, last, authorities, missing.

    `only` says whose figures there are where there are none of boroughs (geo.offered.only_for). `periods`
    counts those of the kind that the indicator is shown by, `quarters` those beside years; `first` and `last`
    are labels of the former. `authorities` counts those with a figure at the last period, and `missing` names
    the others, each status with its word.
    """
    table = london.observations
    rows = []
    for indicator in offered(london):
        every = london.periods[indicator.indicator_id]
        periods = main_kind(every)
        newest = table[
            (table["indicator_id"] == indicator.indicator_id)
            & (table["period"] == periods[0])
            & (table["area_type"] == "borough")
        ]
        rows.append(
            {
                "label": indicator.label,
                "domain": indicator.domain,
                "only": only_for(london, indicator.indicator_id),
                "periods": len(periods),
                "quarters": len(every) - len(periods),
                "first": periods[-1],
                "last": periods[0],
                "authorities": int(newest["value"].notna().sum()),
                "missing": _say_missing(newest[newest["value"].isna()], london),
            }
        )
    return pd.DataFrame(rows)


def _say_missing(rows: pd.DataFrame, london: London) -> str:
    parts = []
    for status, areas in rows.groupby("status"):
        everywhere = len(areas) == len(london.borough_codes)
        names = f"all {len(areas)}" if everywhere else ", ".join(areas["area_name"])
        parts.append(f"{names} ({london.catalogue.statuses[str(status)].word})")
    return "; ".join(parts)
