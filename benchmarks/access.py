"""How long distances take: the nearest centre of each postcode, figures of access, scenarios and suggestions.

Run `python -m benchmarks.access`; it needs the extra `dev`. A plain geopandas `sjoin_nearest` and scipy's k-d
tree find the nearest without the river in the same run. Beside the time on the clock stands that of the
processor, which other work on the machine does not lengthen much.
"""

import statistics
import time
from collections.abc import Callable

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from data_loaders.library import open_library
from data_loaders.postcodes import load_postcodes
from data_loaders.sites import load_sites, open_now
from data_loaders.within import ALL_SITES, Within
from geo.access.covering import most_covering
from geo.access.distance import Crossings, Points, nearest
from geo.access.homes import at_centres, load_crossings, load_small_areas
from geo.access.indicators import ALL, load_ways
from geo.access.open_borders import by_border, gained
from geo.access.reach import REACH_M, of_london, shares, with_distances
from geo.access.scenario import best_places, candidates, change, changed, reached
from geo.tables.london import London, ics_table, load_london, place_table
from geo.tables.within import days_of, london_within

RUNS = 7
METRIC, VINTAGE = "EPSG:27700", "2026"


def median_of(work: Callable[[], object]) -> str:
    """How long some work takes by the clock and the processor, medians of RUNS after one not counted."""
    work()
    return _said([_timed(work) for _ in range(RUNS)])


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return 1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - processor)


def _said(taken: list[tuple[float, float]]) -> str:
    clock, processor = (statistics.median(column) for column in zip(*taken, strict=True))
    return f"{clock:,.0f} ms, of the processor {processor:,.0f} ms"


def joined(london: London) -> None:
    """All that pages take of figures of access: those of boroughs, of London and of ICSs."""
    for indicator in ALL:
        for period in london.periods[indicator]:
            place_table(london, indicator, period, VINTAGE)
            ics_table(london, indicator, period, VINTAGE)


def main() -> None:
    """Print a row for each."""
    library = open_library()
    first = _timed(lambda: load_postcodes(library.entries).find("E8 1EA"))
    print(f"first use of postcodes: {_said([first])}")

    postcodes = load_postcodes(library.entries)
    areas, sites = load_small_areas(library.entries), open_now(load_sites(library))
    crossings = Crossings.of(load_crossings(library.entries))
    rows = postcodes.in_london()
    places = np.column_stack([postcodes.easting[rows], postcodes.northing[rows]]).astype(float)
    points, doors = Points(places, postcodes.is_south[rows]), Points.of(sites)
    as_frame, doors_as_frame = (
        gpd.GeoDataFrame(geometry=gpd.points_from_xy(*xy.T), crs=METRIC) for xy in (places, doors.xy)
    )
    homes = at_centres(areas)
    own = {code: code for code in homes["area_code"].unique()}
    table = with_distances(homes, sites, crossings)
    london = load_london(library)
    kept = load_ways(library.entries, days_of(london), ALL_SITES)

    def figures() -> list[object]:
        found = with_distances(homes, sites, crossings)
        return [shares(found, found["area_code"]), of_london(found), shares(found, found["is_deprived"])]

    def one_closes() -> pd.DataFrame:
        after = with_distances(homes, changed(sites, {"20019"}, []), crossings)
        return change(table, after, REACH_M)

    def five_together() -> object:
        without = table[table["metres"] > REACH_M]
        covers = reached(candidates(areas, postcodes), without, crossings, REACH_M)
        return most_covering(covers, without["children"].to_numpy(), 5)

    timed: dict[str, Callable[[], object]] = {
        f"nearest of {len(sites)} sites for {len(rows):,} postcodes, with the river": lambda: nearest(
            points, doors, crossings
        ),
        "the same without the river": lambda: nearest(points, doors, None),
        "the same by scipy's k-d tree alone": lambda: cKDTree(doors.xy).query(places),
        "the same by geopandas sjoin_nearest": lambda: gpd.sjoin_nearest(
            as_frame, doors_as_frame, distance_col="metres"
        ),
        "all figures of access for a distance": figures,
        "how far it is on all dates of the register": lambda: load_ways(
            library.entries, days_of(london), ALL_SITES
        ),
        "all indicators of access on all dates for another distance": lambda: joined(
            london_within(london, kept, Within(800), library.entries)
        ),
        "a scenario in which a centre closes": one_closes,
        "by the rule of one's own borough's centres": lambda: gained(
            with_distances(homes, sites, crossings, own), REACH_M
        ),
        "each border by itself": lambda: by_border(table, sites, crossings, london.neighbours, REACH_M),
        "where one more would reach most": lambda: best_places(
            table, candidates(areas, postcodes), crossings, REACH_M, 5
        ),
        "where five would together, proven": five_together,
    }
    for name, work in timed.items():
        print(f"{name}: {median_of(work)}")


if __name__ == "__main__":
    main()
