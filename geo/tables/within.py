"""The figures of London where another distance, or designated centres alone, count as within reach."""

from dataclasses import replace

import pandas as pd

from data_loaders import store
from data_loaders.catalogue import load_catalogue
from data_loaders.within import Within
from geo.access.indicators import ALL, Ways, in_use
from geo.tables.london import London, downloads, filled_in
from geo.tables.origins import with_origins


def london_within(usual: London, ways: Ways, setting: Within, entries: dict[str, store.Entry]) -> London:
    """The usual figures, in which those of access are of another setting, on all dates.

    `ways` are those of the kind of site that counts (geo.access.indicators.load_ways), and `entries` the
    tables that all of this is of. What does not follow from the setting is shared with the usual figures.
    """
    catalogue = load_catalogue(entries, setting)
    stored = with_origins(in_use(ways, setting, entries), catalogue.sources, downloads(entries))
    rows = filled_in(stored, usual.areas, catalogue)
    others = usual.observations[~usual.observations["indicator_id"].isin(ALL)]
    table = pd.concat([others, rows]).sort_values(["indicator_id", "period"], kind="stable")
    entries_varied = {name: catalogue.indicators[name] for name in ALL}
    return replace(
        usual,
        catalogue=replace(usual.catalogue, indicators=usual.catalogue.indicators | entries_varied),
        observations=table.reset_index(drop=True),
        usual=usual,
        varied=frozenset(ALL),
    )


def days_of(usual: London) -> list[str]:
    """The dates of the register that figures of access are of (ISO), the oldest first."""
    return sorted(usual.periods[ALL[0]])
