"""What tests of the way to centres share: London as it is embedded."""

from collections.abc import Mapping

import pandas as pd
import pytest

from data_loaders.library import Library
from data_loaders.sites import load_sites, open_now
from geo.access.distance import Crossings
from geo.access.homes import at_centres, load_crossings, load_small_areas
from geo.access.reach import with_distances


class Ground:
    """Homes, open sites and crossings as they are embedded."""

    def __init__(self, library: Library) -> None:
        self.areas = load_small_areas(library.entries)
        self.sites = open_now(load_sites(library))
        self.crossings = Crossings.of(load_crossings(library.entries))
        self.homes = at_centres(self.areas)

    def with_sites(self, sites: pd.DataFrame, territory: Mapping[str, str] | None = None) -> pd.DataFrame:
        """The homes with their distances to these sites."""
        return with_distances(self.homes, sites, self.crossings, territory)


@pytest.fixture(scope="session")
def ground(library: Library) -> Ground:
    """London's homes, sites and crossings."""
    return Ground(library)
