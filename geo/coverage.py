"""Which periods and which authorities the figures cover."""

import pandas as pd

from geo.join import London


def coverage(london: London) -> pd.DataFrame:
    """One row a shown indicator: label, domain, periods, first, last, authorities, missing.

    `periods` counts those with a figure for any area; `first` and `last` are their labels. `authorities`
    counts those with a figure at the last period, and `missing` names the others, each status with its word.
    """
    table = london.observations
    rows = []
    for indicator in london.catalogue.indicators.values():
        if not indicator.shown:
            continue
        periods = london.periods[indicator.indicator_id]
        newest = table[
            (table["indicator_id"] == indicator.indicator_id)
            & (table["period"] == periods[0])
            & (table["area_type"] == "borough")
        ]
        rows.append(
            {
                "label": indicator.label,
                "domain": indicator.domain,
                "periods": len(periods),
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
