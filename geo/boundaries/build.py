"""Build every boundary file in ``cache/snapshot``. Run by hand when a boundary or one of the tables changes.

    python -m geo.boundaries.build [--deb FILE]

Source: the object ``lnd`` in Debian's package r-cran-spdata. It is the Greater London Authority's statistical
boundary set: 33 authorities with GSS codes, clipped to mean high water, in longitude and latitude
(EPSG:4326). Open Government Licence; contains National Statistics and OS data, Crown copyright and database
right.

Read, and open to correction by hand:

- ``areas.csv``: names, land hectares, which area is small;
- ``footprints.csv``: which Integrated Care System (ICS) each authority belongs to, in each vintage;
- ``tiles.csv``: the cell and the short name of each authority on the equal-area grid.

Written: all that geo.boundaries.draw draws from them.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import warnings
import zlib
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import rdata
import shapely

from data_loaders.store import SNAPSHOT
from geo.boundaries.draw import drawn_files
from geo.boundaries.shapes import DETAILED, LONGITUDE_LATITUDE, SCREEN, land_deviation

PACKAGE = "r-cran-spdata"
# Below the root of a machine that has the package, and below the folder that it is unpacked to.
PACKAGE_DATA = Path("usr/lib/R/site-library/spData/data")


def read_source(deb: Path | None) -> gpd.GeoDataFrame:
    """Read the authorities from the package file, else from an installed package, else from a download."""
    installed = Path("/") / PACKAGE_DATA
    if deb is None and installed.is_dir():
        return read_authorities(installed)
    with tempfile.TemporaryDirectory() as folder:
        package = deb or download_package(Path(folder))
        subprocess.run(["dpkg-deb", "-x", str(package), folder], check=True)
        return read_authorities(Path(folder) / PACKAGE_DATA)


def download_package(folder: Path) -> Path:
    """Download the Debian package into ``folder`` with apt and return the path of the file."""
    subprocess.run(["apt-get", "download", PACKAGE], cwd=folder, check=True)
    return next(folder.glob(f"{PACKAGE}_*.deb"))


def read_authorities(folder: Path) -> gpd.GeoDataFrame:
    """Read the object ``lnd`` from the package's data folder. Columns: area_code, geometry (EPSG:4326)."""
    index, store = (folder / "Rdata.rdx").read_bytes(), (folder / "Rdata.rdb").read_bytes()
    return authorities(stored_object(index, store, "lnd"))


def stored_object(index: bytes, store: bytes, name: str) -> Any:
    """Decode one object of an R package: the index gives its offset and length in the store.

    An entry is its unpacked length in four bytes, then the object packed with zlib.
    """
    offset, length = (int(number) for number in decode(index)["variables"][name])
    return decode(zlib.decompress(store[offset + 4 : offset + length]))


def decode(serialised: bytes) -> Any:
    """Turn R's serialised bytes into Python objects, without R."""
    with warnings.catch_warnings():
        # rdata warns that it has no class for sf objects and hands over plain lists: just what is wanted.
        warnings.filterwarnings("ignore", message="Missing constructor for R class")
        return rdata.conversion.convert(rdata.parser.parse_data(serialised, extension=".rds"))


def authorities(lnd: pd.DataFrame) -> gpd.GeoDataFrame:
    """Turn the decoded table into areas. Columns: area_code, geometry (multipolygons, EPSG:4326).

    A cell of ``lnd["geometry"]`` is a list of parts, a part a list of rings: the outline, then its holes.
    """
    shapes = [shapely.MultiPolygon([(ring, holes) for ring, *holes in parts]) for parts in lnd["geometry"]]
    codes = lnd["GSS_CODE"].astype(str).to_numpy()
    return gpd.GeoDataFrame({"area_code": codes}, geometry=shapes, crs=LONGITUDE_LATITUDE)


def read_tables(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Read areas.csv, footprints.csv and tiles.csv."""
    return (
        pd.read_csv(folder / "areas.csv"),
        pd.read_csv(folder / "footprints.csv", dtype={"vintage": str}),
        pd.read_csv(folder / "tiles.csv"),
    )


def main() -> None:
    """Read the source and the tables, write the files, and say how large and how true they are."""
    parser = argparse.ArgumentParser(description="Build the boundary files in cache/snapshot.")
    parser.add_argument("--deb", type=Path, help=f"the Debian package {PACKAGE}, if already downloaded")
    source = read_source(parser.parse_args().deb)
    areas, footprints, tiles = read_tables(SNAPSHOT)

    files = drawn_files(source, areas, footprints, tiles)
    for name, content in sorted(files.items()):
        (SNAPSHOT / name).write_text(content, encoding="utf-8", newline="\n")
        print(f"{name:<28}{len(content.encode()) / 1000:>8.1f} kB")
    hectares = areas.set_index("area_code")["land_hectares"]
    drawn = {name: gpd.read_file(files[f"boroughs_{name}.geojson"]) for name in (SCREEN.name, DETAILED.name)}
    for label, shapes in {"source": source, **drawn}.items():
        deviation = land_deviation(shapes, hectares)
        vertices = shapely.get_num_coordinates(shapes.geometry.values).sum()
        print(f"{label}: {vertices:,} vertices; largest area deviation {deviation.abs().max():.2f} %")


if __name__ == "__main__":
    main()
