"""Which periods and which authorities the figures cover."""

import pandas as pd

from data_loaders.periods import main_kind
from geo.tables.london import London
from geo.tables.offered import offered, only_for


def coverage(london: London) -> pd.DataFrame:
    """One row a shown indicator: label, domain, only, periods, quarters, first, last, authorities, missing.

    `only` says whose figures there are where there are none of boroughs (geo.tables.offered.only_for).
    `periods` counts those of the kind that the indicator is shown by, `quarters` those beside years;
    `first` and `last` are labels of the former, empty where there is no figure at all. `authorities` counts
    those with a figure at the newest period, and `missing` names the others, each status with its word.
    """
    rows = []
    for indicator in offered(london):
        own = london.figures_of(indicator.indicator_id)
        known = set(own.loc[own["value"].notna(), "period"])
        every = [period for period in london.periods[indicator.indicator_id] if period in known]
        periods = main_kind(every)
        last = london.newest(indicator.indicator_id)
        newest = own[(own["period"] == last) & (own["area_type"] == "borough")]
        rows.append(
            {
                "label": indicator.label,
                "domain": indicator.domain,
                "only": only_for(london, indicator.indicator_id),
                "periods": len(periods),
                "quarters": len(every) - len(periods),
                "first": periods[-1] if periods else "",
                "last": periods[0] if periods else "",
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
