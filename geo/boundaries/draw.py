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

from __future__ import annotations

import io
import json
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import topojson

from data_loaders import store
from data_loaders.library import Library
from data_loaders.open_geography import SOURCE
from data_loaders.publisher import Parsed, PublisherError

METRIC = "EPSG:27700"
LONGITUDE_LATITUDE = "EPSG:4326"


class Resolution(NamedTuple):
    """How much detail a file keeps: ``tolerance`` in metres, ``decimals`` of a degree."""

    name: str
    tolerance: float
    decimals: int


SCREEN = Resolution("screen", tolerance=125, decimals=5)
DETAILED = Resolution("detailed", tolerance=27, decimals=6)

# A centimetre: the last decimals of a point that two authorities share may differ by how it was worked out.
SOURCE_DECIMALS = 7

# The source has a crumb of 2 square metres at the mouth of the Roding, counted as Newham.
SMALLEST_PART = 1_000  # square metres

HATCH_SPACING = 700  # metres
HATCH_SPACING_SMALL = 350
# Shorter pieces are specks on a map of London a few hundred pixels wide.
HATCH_SHORTEST = 200
HATCH_DECIMALS = 4
LABEL_DECIMALS = 5

# Lines one third of a square apart along its edge: six diagonals a square, which run on into the next one.
TILE_HATCH_SPACING = 1 / 3 / np.sqrt(2)

# Steps across London when coordinates are packed: 3 m, a fifth of a pixel when one ICS fills a wide screen.
PACKED_STEPS = 20_000

SHORTEST_BORDER = 10  # metres

# Official land and drawn land may differ by so much, in per cent: shorelines are drawn in more ways than one.
LARGEST_DEVIATION = 5
LARGEST_DEVIATION_SMALL = 15

# A border at least so long must be shared over at least such a part of what is embedded, or there is a gap.
# Lines that are super generalised keep 72 % of each; shorter borders may come and go with the detail.
SURE_BORDER = 1_000  # metres
LEAST_SHARED = 0.5


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
    source = _read_source(parsed.tables[SOURCE])
    _refuse_other_land(source, areas)
    _refuse_gaps(source, areas)
    footprints = pd.read_csv(io.BytesIO(parsed.tables["footprints.csv"]), dtype=str, keep_default_na=False)
    try:
        files = drawn_files(source, areas, footprints, tiles)
    except (ValueError, shapely.errors.GEOSException) as error:
        raise _refusal(f"they cannot be drawn ({error})") from error
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


def with_new_labels(labels: pd.DataFrame, files: dict[str, str], footprints: pd.DataFrame) -> pd.DataFrame:
    """Where the names of ICSs stand, with a place for each that has none yet.

    Columns: vintage, ics_code, layout, x, y, align. A vintage whose names all have one keeps its rows.
    """
    rows = []
    for vintage, members in footprints.groupby("vintage"):
        own = labels[labels["vintage"] == vintage]
        if set(own["ics_code"]) == set(members["ics_code"]):
            rows.append(own)
            continue
        # its own places last: of two, the last is kept
        known = pd.concat([labels[labels["vintage"] != vintage], own])
        for layout, stem in (("map", f"ics_{vintage}_screen"), ("tiles", f"tiles_ics_{vintage}")):
            shapes = gpd.GeoDataFrame.from_features(json.loads(files[f"{stem}.geojson"]))
            rows.append(_label_places(known[known["layout"] == layout], shapes).assign(vintage=vintage))
    return pd.concat(rows, ignore_index=True)


def _label_places(known: pd.DataFrame, shapes: gpd.GeoDataFrame) -> pd.DataFrame:
    """Rows of labels for the footprints of one layout.

    An ICS keeps the place that it had in an earlier vintage. Another takes the nearest of the known places
    that is free, which anybody may correct in the table.
    """
    kept = known[known["ics_code"].isin(shapes["ics_code"])].drop_duplicates("ics_code", keep="last")
    places = known.drop_duplicates(["x", "y"])
    taken = pd.MultiIndex.from_frame(places[["x", "y"]]).isin(pd.MultiIndex.from_frame(kept[["x", "y"]]))
    free = places[~taken] if not taken.all() else places
    points = gpd.GeoSeries.from_xy(free["x"].astype(float), free["y"].astype(float), index=free.index)
    rows = [kept]
    for code, shape in shapes.set_index("ics_code").geometry.items():
        if code not in set(kept["ics_code"]):
            nearest = points.distance(shape).idxmin()
            rows.append(free.loc[[nearest]].assign(ics_code=code))
            points = points.drop(nearest) if len(points) > 1 else points
    return pd.concat(rows, ignore_index=True)


def _read_source(content: bytes) -> gpd.GeoDataFrame:
    """The authorities as they came. Columns: area_code, geometry (EPSG:4326)."""
    features = json.loads(content)["features"]
    codes = [feature["properties"]["area_code"] for feature in features]
    try:
        shapes = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
    except shapely.errors.GEOSException as error:
        raise _refusal("one of them is not a closed outline") from error
    rounded = shapely.transform(shapes, lambda points: np.round(points, SOURCE_DECIMALS))
    return gpd.GeoDataFrame({"area_code": codes}, geometry=rounded, crs=LONGITUDE_LATITUDE)


def _refuse_gaps(source: gpd.GeoDataFrame, areas: pd.DataFrame) -> None:
    """Refuse boundaries in which neighbours have come apart.

    A narrow gap changes no area by much and overlaps nothing. Creeks are gaps too, so what counts is how much
    of each embedded border is still shared. Not of each border in use: super generalised lines close creeks,
    and after them the true ones would look like gaps.
    """
    collection = store.read_shapes("boroughs_detailed.geojson", store.read_manifest())
    drawn = gpd.GeoDataFrame.from_features(collection, crs=LONGITUDE_LATITUDE)
    pair = ["left", "right"]
    before = neighbours(drawn).set_index(pair)["metres"]
    before = before[before >= SURE_BORDER]
    shared = neighbours(source).set_index(pair)["metres"].reindex(before.index, fill_value=0) / before
    names = areas.set_index("area_code")["area_name"]
    for left, right in shared.index[shared < LEAST_SHARED]:
        raise _refusal(f"there is a gap between {names[left]} and {names[right]}")


def _refuse_other_land(source: gpd.GeoDataFrame, areas: pd.DataFrame) -> None:
    """Refuse boundaries that are broken, overlap, or enclose another area than the official one."""
    metric = source.to_crs(METRIC)
    if not (metric.is_valid.all() and shapely.coverage_is_valid(metric.geometry.values)):
        raise _refusal("some of them are broken, overlap or leave gaps")
    known = areas.set_index("area_code")
    deviation = land_deviation(source, known["land_hectares"]).abs()
    allowed = (
        known["small"].reindex(deviation.index).map({True: LARGEST_DEVIATION_SMALL, False: LARGEST_DEVIATION})
    )
    for code in deviation.index[deviation > allowed]:
        name = known.at[code, "area_name"]
        raise _refusal(f"{name} has {deviation[code]:.0f} % more or less land than it officially has")


def _refusal(came: str) -> PublisherError:
    return PublisherError(
        "Office for National Statistics, Open Geography", "boundaries", "33 areas to draw", came
    )


# Simpler shapes with shared borders


def simplify(source: gpd.GeoDataFrame, resolution: Resolution) -> gpd.GeoDataFrame:
    """Simplify all areas together, in metres, and return them in rounded longitude and latitude.

    Raises ValueError when rounding made an area invalid or let neighbours overlap.
    """
    metric = without_crumbs(source.to_crs(METRIC))
    # Not topojson: it simplifies one border without looking at the next, and from 50 m on they cross.
    # coverage_simplify looks, and at 8,900 vertices it also misplaces less land (115 against 141 hectares).
    simpler = metric.set_geometry(shapely.coverage_simplify(metric.geometry.values, resolution.tolerance))
    areas = drawable(simpler.to_crs(LONGITUDE_LATITUDE), resolution.decimals)
    if not (areas.is_valid.all() and shapely.coverage_is_valid(areas.geometry.values)):
        raise ValueError(f"Rounding broke a border of the {resolution.name} areas: keep more decimals.")
    return areas


def without_crumbs(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Drop the parts of an area that are too small to matter. Expects a projection in metres."""
    parts = areas.explode()
    return parts[parts.area >= SMALLEST_PART].dissolve("area_code", method="coverage", as_index=False)


def drawable(frame: gpd.GeoDataFrame, decimals: int) -> gpd.GeoDataFrame:
    """Round the coordinates and turn the rings as d3 wants them: outlines clockwise, holes the other way.

    RFC 7946 asks for the opposite, but to d3 such an outline encloses the rest of the globe.
    """
    rounded = shapely.transform(frame.geometry.values, lambda points: np.round(points, decimals))
    # Normalising gives each ring one place to start, and so the same bytes on every run.
    return frame.set_geometry(shapely.orient_polygons(shapely.normalize(rounded), exterior_cw=True))


def dissolve(
    areas: gpd.GeoDataFrame, footprints: pd.DataFrame, vintage: str, decimals: int
) -> gpd.GeoDataFrame:
    """Join authorities to the ICS footprints of one vintage. Columns: ics_code (sorted), ics_name, geometry.

    A footprint keeps every vertex of its outer border, so it lies exactly on its authorities.
    """
    belongs = footprints[footprints["vintage"] == vintage]
    members = areas[["area_code", "geometry"]].merge(belongs, on="area_code")
    joined = members.dissolve(["ics_code", "ics_name"], method="coverage", as_index=False)
    return drawable(joined[["ics_code", "ics_name", "geometry"]], decimals)


def land_deviation(areas: gpd.GeoDataFrame, hectares: pd.Series) -> pd.Series:
    """Return by how many per cent each area exceeds its official land; ``hectares`` by area_code."""
    drawn: pd.Series = areas.set_index("area_code").to_crs(METRIC).area / 10_000
    return (drawn / hectares.reindex(drawn.index) - 1) * 100


# What is drawn on the areas


def label_points(areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """Find the largest circle inside each area. Columns: area_code, lon, lat (its centre), radius_m."""
    radii = shapely.maximum_inscribed_circle(areas.to_crs(METRIC).geometry.values, tolerance=1)
    centres = gpd.GeoSeries(shapely.get_point(radii, 0), crs=METRIC).to_crs(LONGITUDE_LATITUDE)
    return pd.DataFrame(
        {
            "area_code": areas["area_code"],
            "lon": centres.x.round(LABEL_DECIMALS),
            "lat": centres.y.round(LABEL_DECIMALS),
            "radius_m": shapely.length(radii).round().astype(int),
        }
    )


def hatch(shape: shapely.Geometry, spacing: float, shortest: float) -> shapely.MultiLineString:
    """Fill a shape with lines at 45 degrees, ``spacing`` apart, leaving out pieces shorter than ``shortest``.

    All shapes share one set of lines, x - y = (n + 1/2) * spacing * sqrt(2), so they run on over a border.
    """
    west, south, east, north = shape.bounds
    step = spacing * np.sqrt(2)
    offsets = (np.arange(np.floor((west - north) / step), np.ceil((east - south) / step)) + 0.5) * step
    lines = shapely.linestrings([[(south + x, south), (north + x, north)] for x in offsets])
    pieces = shapely.get_parts(shapely.intersection(lines, shape))
    return shapely.MultiLineString(list(pieces[shapely.length(pieces) >= shortest]))


def borough_hatch(areas: gpd.GeoDataFrame, is_small: pd.Series) -> gpd.GeoDataFrame:
    """Hatch each authority, closer where ``is_small`` (by area_code). Columns: area_code, geometry."""
    metric = areas.to_crs(METRIC)
    spacings = np.where(areas["area_code"].map(is_small), HATCH_SPACING_SMALL, HATCH_SPACING)
    lines = [hatch(shape, gap, HATCH_SHORTEST) for shape, gap in zip(metric.geometry, spacings, strict=True)]
    hatched = gpd.GeoDataFrame({"area_code": areas["area_code"]}, geometry=lines, crs=METRIC)
    return drawable(hatched.to_crs(LONGITUDE_LATITUDE), HATCH_DECIMALS)


def neighbours(areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """Which authorities share a border of more than SHORTEST_BORDER. Columns: left, right (codes), metres."""
    lines = borders(areas).to_crs(METRIC)
    found = pd.DataFrame(
        {"left": lines["left"], "right": lines["right"], "metres": lines.length.round().astype(int)}
    )
    return found[lines.length > SHORTEST_BORDER]


def borders(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The line that each two authorities share. Columns: left, right (codes, left before right), geometry."""
    codes = areas["area_code"].to_numpy()
    shapes = areas.geometry.to_numpy()
    rows = []
    for first, second in areas.sindex.query(areas.geometry, predicate="touches").T:
        if codes[first] < codes[second]:
            shared = shapely.line_merge(shapely.intersection(shapes[first], shapes[second]))
            lines = [part for part in shapely.get_parts(shared) if part.geom_type == "LineString"]
            if lines:
                rows.append((codes[first], codes[second], shapely.MultiLineString(lines)))
    found = gpd.GeoDataFrame(rows, columns=["left", "right", "geometry"], crs=areas.crs)
    return found.sort_values(["left", "right"], ignore_index=True)


# The grid of equal squares


def tile_squares(tiles: pd.DataFrame, names: pd.Series) -> gpd.GeoDataFrame:
    """Turn cells (area_code, column, row) into unit squares. Columns: area_code, area_name, geometry."""
    ordered = tiles.sort_values("area_code", ignore_index=True)
    left, top = ordered["column"], -ordered["row"]
    squares = gpd.GeoDataFrame(
        {"area_code": ordered["area_code"], "area_name": ordered["area_code"].map(names)},
        geometry=shapely.box(left, top - 1, left + 1, top),
    )
    return drawable(squares, decimals=0)


def tile_hatch(squares: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Draw six diagonals in each square. Columns: area_code, geometry."""
    lines = [hatch(square, TILE_HATCH_SPACING, shortest=0.1) for square in squares.geometry]
    return drawable(gpd.GeoDataFrame({"area_code": squares["area_code"]}, geometry=lines), decimals=3)


def tile_label_points(squares: gpd.GeoDataFrame) -> pd.DataFrame:
    """Find the middle of each square. Columns: area_code, x, y."""
    middles = squares.centroid
    return pd.DataFrame({"area_code": squares["area_code"], "x": middles.x, "y": middles.y})


# To files


def geojson(frame: gpd.GeoDataFrame) -> str:
    """Write a frame as compact GeoJSON; every column but the geometry becomes a property."""
    properties = frame.drop(columns="geometry").to_dict("records")
    features = [
        {"type": "Feature", "properties": about, "geometry": shapely.geometry.mapping(shape)}
        for about, shape in zip(properties, frame.geometry, strict=True)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, separators=(",", ":"), ensure_ascii=False) + "\n"


def packed(collection: str, name: str) -> str:
    """Pack GeoJSON as TopoJSON with one object, ``name``: a shared border is written once."""
    features = json.loads(collection)
    topology = topojson.Topology(features, object_name=name, prequantize=False).topoquantize(PACKED_STEPS)
    return json.dumps(topology.to_dict(), separators=(",", ":")) + "\n"


def table(frame: pd.DataFrame) -> str:
    """Write a frame as CSV with Unix line ends."""
    return frame.to_csv(index=False, lineterminator="\n")


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
