"""What the 2022 report says of children's centres, worked out again from the figures that are here."""

import pandas as pd

from geo.tables.london import London

BASE, END = "2010-02-28", "2019-12-06"
MANY = 10


def centres_worked_out(london: London) -> dict[str, float]:
    """The report's facts on centres by the identifiers of report_centres.csv, from these figures.

    The base is what Parliament was told of end February 2010 (designated centres; no linked sites are known
    for 2010), the end the register of 6 December 2019, both over the 33 authorities. With linked sites the
    fall is that from designated centres to centres and linked sites together.
    """
    before = _counts(london, "designated_centres", BASE)
    centres = _counts(london, "designated_centres", END)
    with_sites = _counts(london, "centres_and_linked_sites", END)
    small = set(london.areas.loc[london.areas["small"], "area_code"])
    fall, fall_with_sites = before - centres, before - with_sites
    return {
        "mean_fall": float(fall.mean()),
        "largest_fall": float(fall.max()),
        "none_lost": float((fall <= 0).sum()),
        "mean_fall_with_sites": float(fall_with_sites.mean()),
        "none_lost_with_sites": float((fall_with_sites <= 0).sum()),
        "ten_lost_with_sites": float((fall_with_sites >= MANY).sum()),
        "mean_with_sites": float(with_sites.mean()),
        "least_with_sites": float(with_sites.drop(list(small & set(with_sites.index))).min()),
    }


def rows_behind(london: London) -> pd.DataFrame:
    """The observations that the facts on centres are worked out from."""
    table = london.observations
    at_base = (table["indicator_id"] == "designated_centres") & (table["period"] == BASE)
    at_end = table["indicator_id"].isin(["designated_centres", "centres_and_linked_sites"])
    return table[(at_base | at_end & (table["period"] == END)) & (table["area_type"] == "borough")]


def _counts(london: London, indicator_id: str, period: str) -> pd.Series:
    """The counts of the 33 authorities, by area_code."""
    table = london.figures_of(indicator_id)
    boroughs = table[(table["period"] == period) & (table["area_type"] == "borough")]
    return boroughs.set_index("area_code")["value"]
