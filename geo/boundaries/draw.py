"""Turn the boundaries of 33 authorities into every file that the maps are drawn from.

Each follows from the one before, so that borders coincide to the last decimal:

- ``boroughs_screen``, ``boroughs_detailed``: the authorities, for a first picture, and for zooming and print;
- ``ics_<vintage>_screen``, ``ics_<vintage>_detailed``: the footprints of the Integrated Care Systems (ICSs),
  dissolved from the authorities;
- ``boroughs_hatch``: diagonal lines to draw over an authority without data;
- ``label_points``: the largest circle inside each authority, to tell where its label fits;
- ``tiles``, ``tiles_ics_<vintage>``, ``tiles_hatch``, ``tiles_label_points``: the same for the grid of
  squares. The grid is **not geographic**: its unit is a square, x runs right and y up, and the first row
  hangs from y = 0;
- TopoJSON copies of what the app draws (``boroughs_screen``, ``ics_<vintage>_screen`` and the tiles), half
  the size, because they travel to the browser with every picture.
"""

import io
import json

import geopandas as gpd
import pandas as pd
import shapely
import topojson

from data_loaders import store
from data_loaders.library import Library
from data_loaders.open_geography import SOURCE
from data_loaders.publisher import Parsed
from geo.boundaries.borders import borders, neighbours
from geo.boundaries.hatch import borough_hatch
from geo.boundaries.labels import label_points, with_new_labels
from geo.boundaries.received import refusal, take_in
from geo.boundaries.shapes import DETAILED, SCREEN, dissolve, simplify
from geo.boundaries.tiles import tile_hatch, tile_label_points, tile_squares

# Steps across London when coordinates are packed: 3 m, a fifth of a pixel when one ICS fills a wide screen.
PACKED_STEPS = 20_000


def redraw(parsed: Parsed, library: Library) -> dict[str, bytes]:
    """All tables of a new version of the boundaries: what came (``parsed.tables``) and what is drawn from it.

    ``parsed.tables`` has SOURCE, footprints.csv and vintages.csv. Raises PublisherError when the boundaries
    cannot be drawn, or are not London's.
    """
    areas, tiles, labels = (
        store.read_text_table(f"{name}.csv", library.entries) for name in ("areas", "tiles", "ics_labels")
    )
    areas = areas.assign(small=areas["small"] == "true", land_hectares=pd.to_numeric(areas["land_hectares"]))
    tiles = tiles.astype({"column": int, "row": int})
    source = take_in(parsed.tables[SOURCE], areas)
    footprints = pd.read_csv(io.BytesIO(parsed.tables["footprints.csv"]), dtype=str, keep_default_na=False)
    try:
        files = drawn_files(source, areas, footprints, tiles)
    except (ValueError, shapely.errors.GEOSException) as error:
        raise refusal(f"they cannot be drawn ({error})") from error
    files["ics_labels.csv"] = table(with_new_labels(labels, files, footprints))
    return {name: content.encode() for name, content in files.items()} | {
        name: content for name, content in parsed.tables.items() if name != SOURCE
    }


def drawn_files(
    source: gpd.GeoDataFrame, areas: pd.DataFrame, footprints: pd.DataFrame, tiles: pd.DataFrame
) -> dict[str, str]:
    """Every file of the maps by name, from authorities (``area_code``, geometry in EPSG:4326) and the tables.

    ``areas`` has area_code, area_name, small; ``footprints`` vintage, area_code, ics_code, ics_name;
    ``tiles`` area_code, column, row. Raises ValueError when a border is broken by rounding.
    """
    names = areas.loc[areas["area_code"].isin(source["area_code"]), ["area_code", "area_name"]]
    screen, detailed = (
        names.merge(simplify(source, resolution), on="area_code").pipe(gpd.GeoDataFrame)
        for resolution in (SCREEN, DETAILED)
    )
    files = {"boroughs_detailed.geojson": geojson(detailed), "boroughs_screen.geojson": geojson(screen)}
    files |= derived_files(screen, detailed, areas, footprints, tiles)
    return files | _packed_files(files)


def derived_files(
    screen: gpd.GeoDataFrame,
    detailed: gpd.GeoDataFrame,
    areas: pd.DataFrame,
    footprints: pd.DataFrame,
    tiles: pd.DataFrame,
) -> dict[str, str]:
    """Return every file that follows from the two sets of authorities and the tables: name to content."""
    by_code = areas.set_index("area_code")
    squares = tile_squares(tiles, by_code["area_name"])
    files = {
        "boroughs_hatch.geojson": geojson(borough_hatch(screen, by_code["small"])),
        "label_points.csv": table(label_points(detailed)),
        "neighbours.csv": table(neighbours(detailed)),
        "borders.geojson": geojson(borders(screen)),
        "tiles.geojson": geojson(squares),
        "tiles_hatch.geojson": geojson(tile_hatch(squares)),
        "tiles_label_points.csv": table(tile_label_points(squares)),
    }
    for vintage in footprints["vintage"].unique():
        for resolution, shapes in ((SCREEN, screen), (DETAILED, detailed)):
            footprint = dissolve(shapes, footprints, vintage, resolution.decimals)
            files[f"ics_{vintage}_{resolution.name}.geojson"] = geojson(footprint)
        files[f"tiles_ics_{vintage}.geojson"] = geojson(dissolve(squares, footprints, vintage, decimals=0))
    return files


def _packed_files(files: dict[str, str]) -> dict[str, str]:
    """Return the TopoJSON copy of each file that the app draws."""
    drawn = {"boroughs_screen": "boroughs", "tiles": "boroughs"}
    stems = [name.removesuffix(".geojson") for name in files]
    of_ics = [stem for stem in stems if "ics_" in stem and not stem.endswith(f"_{DETAILED.name}")]
    drawn |= {stem: stem.removeprefix("tiles_").removesuffix(f"_{SCREEN.name}") for stem in of_ics}
    return {f"{stem}.topojson": packed(files[f"{stem}.geojson"], name) for stem, name in drawn.items()}


def geojson(frame: gpd.GeoDataFrame) -> str:
    """Write a frame as compact GeoJSON; every column but the geometry becomes a property."""
    return frame.to_json(drop_id=True, separators=(",", ":"), ensure_ascii=False) + "\n"


def packed(collection: str, name: str) -> str:
    """Pack GeoJSON as TopoJSON with one object, ``name``: a shared border is written once."""
    features = json.loads(collection)
    topology = topojson.Topology(features, object_name=name, prequantize=False).topoquantize(PACKED_STEPS)
    return json.dumps(topology.to_dict(), separators=(",", ":")) + "\n"


def table(frame: pd.DataFrame) -> str:
    """Write a frame as CSV with Unix line ends."""
    return frame.to_csv(index=False, lineterminator="\n")
