"""The table of one indicator as programs read it: any of its periods, by one set of ICS boundaries."""

from collections.abc import Sequence

import pandas as pd

from data_loaders.periods import start_of
from geo.tables.listing import AREA, FIGURE, listing
from geo.tables.london import London

COLUMNS = ["indicator_id", "indicator", "unit", *AREA, "ics_vintage"]
COLUMNS += ["period", "period_start", "period_end", *FIGURE]


def feed(
    london: London, indicator_id: str, vintage: str, periods: Sequence[str], scope: str | None = None
) -> pd.DataFrame:
    """COLUMNS of the authorities, the ICSs, London and England, or of those of one ICS, London and England.

    One row an area and period, the periods in their order. `period_start` (NaT where it is not known) and
    `period_end` are timestamps; numbers are float, NaN for none; other cells are text, empty for none.
    geo.tables.tidy.dictionary() says what each column is.
    """
    indicator = london.catalogue.indicators[indicator_id]
    ends = london.figures_of(indicator_id).groupby("period")["period_end"].first()
    rows = pd.concat(
        [listing(london, indicator_id, period, vintage, scope) for period in periods], ignore_index=True
    )
    starts = {period: start_of(period, indicator.period_type) for period in periods}
    return rows.assign(
        indicator_id=indicator_id,
        indicator=indicator.label,
        unit=indicator.unit.axis or indicator.unit.unit_id,
        ics_vintage=vintage,
        period_start=pd.to_datetime(rows["period"].map(starts)),
        period_end=rows["period"].map(ends),
    )[COLUMNS]
