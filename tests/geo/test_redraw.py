"""Boundaries that come with a refresh are drawn as the embedded ones are."""

import datetime as dt
import json
import subprocess
import sys

import geopandas as gpd
import pytest
import shapely
import shapely.affinity

from data_loaders import store
from data_loaders.library import open_library
from data_loaders.open_geography import parse
from data_loaders.publisher import Download, Parsed, PublisherError, load_known
from data_loaders.refresh import take_files
from geo.boundaries.draw import redraw
from geo.boundaries.layouts import load_layouts
from geo.tables.london import load_london
from pages.components.data.indicator_view import IndicatorView
from pages.components.state.view import View
from tests.builders import ROOT
from tests.served import (
    TODAY,
    Publishers,
    boundary_features,
    lookup_features,
    recorded,
)

pytestmark = pytest.mark.thorough

MERGED = dict.fromkeys(["E54000030", "E54000031"], ("E54000099", "NHS South London Integrated Care Board"))


def parsed(features: list[dict], lookup: list[dict] | None = None) -> Parsed:
    files = [features] if lookup is None else [features, lookup]
    downloads = [Download(json.dumps({"features": each}).encode(), "file") for each in files]
    return parse(downloads, load_known(open_library().entries, TODAY))


@pytest.fixture(scope="module")
def with_merger() -> dict[str, bytes]:
    """All tables after a refresh in which South East and South West London have become one board."""
    return redraw(parsed(boundary_features(), lookup_features(MERGED, year=27)), open_library())


def shape_of(content: bytes, code: str, key: str) -> shapely.Geometry:
    features = json.loads(content)["features"]
    return next(shapely.geometry.shape(f["geometry"]) for f in features if f["properties"][key] == code)


def test_the_app_starts_without_what_only_drawing_needs() -> None:
    heavy = {"geopandas", "pyogrio", "rdata", "topojson", "geo.boundaries.draw"}
    started = "pages.components." + ", pages.components.".join(
        ("data.figures", "frame.filters", "sources.refreshing", "sources.sections")
    )
    script = f"import sys, pages.command_line.main, {started}; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert heavy.isdisjoint(ran.stdout.split())


def test_every_file_of_the_maps_is_drawn_anew(with_merger: dict[str, bytes]) -> None:
    drawn = {
        name
        for name in store.tables_on_disk()
        if name.endswith(("json", "label_points.csv", "neighbours.csv"))
    } - {"small_areas.topojson"}  # of another publication, which does not come with boundaries
    new = {name.replace("2026", "2027") for name in drawn if "2026" in name}
    assert set(with_merger) == drawn | new | {"footprints.csv", "vintages.csv", "ics_labels.csv"}


def test_the_tiles_are_as_they_were(with_merger: dict[str, bytes]) -> None:
    for name in ("tiles.geojson", "tiles.topojson", "tiles_hatch.geojson", "tiles_ics_2022.geojson"):
        assert with_merger[name] == (store.SNAPSHOT / name).read_bytes(), name


def test_a_merged_ics_is_the_union_of_the_two(with_merger: dict[str, bytes]) -> None:
    merged = shape_of(with_merger["ics_2027_screen.geojson"], "SL", "ics_code")
    apart = [shape_of(with_merger["ics_2026_screen.geojson"], code, "ics_code") for code in ("SEL", "SWL")]
    assert merged.equals(shapely.union_all(apart))


def test_a_name_stands_where_it_stood_and_a_new_one_in_a_free_place(with_merger: dict[str, bytes]) -> None:
    lines = with_merger["ics_labels.csv"].decode().splitlines()
    assert [line for line in lines if line.startswith("2027")] == [
        "2027,NEL,map,0.08,51.663,left",
        "2027,WNL,map,-0.51,51.655,left",
        "2027,SL,map,-0.35,51.345,right",
        "2027,NEL,tiles,5.6,-0.7,left",
        "2027,WNL,tiles,2.9,-0.5,right",
        "2027,SL,tiles,5.1,-5.5,left",
    ]


def test_the_app_draws_the_new_set_of_boundaries(publishers: Publishers) -> None:
    files = [
        Download(json.dumps({"features": features}).encode(), "file")
        for features in (boundary_features(), lookup_features(MERGED, year=27))
    ]
    assert take_files("ons_geography", files, publishers.order()).kind == "replaced"
    london, layouts = load_london(), load_layouts()
    view, notes = View.from_params({"vintage": "2027", "ics": "SL"}, london)
    assert notes == []
    picture = IndicatorView(view, london, layouts["map"])
    assert picture.subtitle.endswith("South London · three ICSs as of April 2027")
    inside = picture.rows[~picture.rows["outside"]]
    assert len(inside) == 12
    assert "ics_2027" in layouts["tiles"].shapes


def test_a_corrected_set_of_boundaries_has_names_for_its_own_systems_only() -> None:
    tables = redraw(parsed(boundary_features(), lookup_features(MERGED)), open_library())
    rows = [line.split(",")[:3] for line in tables["ics_labels.csv"].decode().splitlines()]
    of_2026 = sorted((layout, code) for vintage, code, layout in rows if vintage == "2026")
    assert of_2026 == [(layout, code) for layout in ("map", "tiles") for code in ("NEL", "SL", "WNL")]
    assert len(rows) == 1 + 2 * (5 + 3)


def test_labels_stay_as_they_are_when_the_systems_do() -> None:
    tables = redraw(parsed(boundary_features(), lookup_features()), open_library())
    assert tables["ics_labels.csv"] == (store.SNAPSHOT / "ics_labels.csv").read_bytes()


def test_a_lookup_that_contradicts_its_year_is_held_until_it_is_accepted(publishers: Publishers) -> None:
    files = [
        Download(json.dumps({"features": features}).encode(), "file")
        for features in (boundary_features(), lookup_features(MERGED))
    ]
    outcome = take_files("ons_geography", files, publishers.order())
    assert outcome.kind == "held"
    assert "The lookup of 2026 contradicts the ICSs of 2026 that are in use" in outcome.message
    assert load_london().vintages["2026"].name == "Four ICSs, since April 2026"
    assert take_files("ons_geography", files, publishers.order(accept=True)).kind == "replaced"
    assert list(load_london().ics_names["2026"]) == ["NEL", "SL", "WNL"]


def narrower(code: str, metres: float) -> list[dict]:
    """The boundaries, in which one authority has drawn back from all its neighbours."""
    features = boundary_features()
    for feature in features:
        if feature["properties"]["LAD26CD"] == code:
            area = gpd.GeoSeries([shapely.geometry.shape(feature["geometry"])], crs="EPSG:4326")
            smaller = area.to_crs("EPSG:27700").buffer(-metres).to_crs("EPSG:4326")
            feature["geometry"] = shapely.geometry.mapping(smaller.iloc[0])
    return features


@pytest.mark.parametrize("metres", [0.5, 10, 30])
def test_a_gap_between_neighbours_is_refused(metres: float) -> None:
    with pytest.raises(PublisherError, match="there is a gap between Barnet and Brent"):
        redraw(parsed(narrower("E09000003", metres)), open_library())


@pytest.mark.parametrize("noise", [1e-15, 1e-9])
def test_borders_may_differ_in_their_last_decimals(noise: float) -> None:
    features = boundary_features()
    for number, feature in enumerate(features):
        # each authority's lines are off by a little of their own, so that no two share a point
        moved = shapely.affinity.translate(shapely.geometry.shape(feature["geometry"]), noise * number / 33)
        feature["geometry"] = shapely.geometry.mapping(moved)
    plain = redraw(parsed(boundary_features()), open_library())
    assert redraw(parsed(features), open_library()) == plain


@pytest.mark.parametrize(
    "rings",
    [
        [-0.1, 51.5],
        [[-0.1, 51.5]],
        [[[-0.1, 51.5], [0, 51.5]]],
        [[[-0.1, 51.5], [0, 51.5], [0, 51.6]]],
    ],
)
def test_outlines_that_do_not_close_are_refused(rings: list) -> None:
    features = boundary_features()
    features[3]["geometry"] = {"type": "Polygon", "coordinates": rings}
    with pytest.raises(PublisherError, match="not a closed outline"):
        redraw(parsed(features), open_library())


def test_an_outline_that_crosses_itself_is_refused() -> None:
    features = boundary_features()
    bow_tie = [[[-0.1, 51.5], [0, 51.6], [0, 51.5], [-0.1, 51.6], [-0.1, 51.5]]]
    features[3]["geometry"] = {"type": "Polygon", "coordinates": bow_tie}
    with pytest.raises(PublisherError, match="broken, overlap or leave gaps"):
        redraw(parsed(features), open_library())


def test_more_systems_than_places_for_names_still_have_names() -> None:
    lookup = lookup_features(year=28)
    for number, feature in enumerate(lookup[::4]):
        name = f"NHS Part{number} Integrated Care Board"
        feature["properties"] |= {"ICB28CD": f"E5400080{number}", "ICB28NM": name}
    tables = redraw(parsed(boundary_features(), lookup), open_library())
    rows = [line.split(",") for line in tables["footprints.csv"].decode().splitlines() if line[:4] == "2028"]
    systems = {row[2]: row[3] for row in rows}
    assert [systems[code] for code in ("P", "P2", "P3")] == ["Part0", "Part1", "Part2"]
    assert len(systems) == 4 + 9
    labels = [line for line in tables["ics_labels.csv"].decode().splitlines() if line.startswith("2028")]
    assert len(labels) == 2 * len(systems)
    assert {line.split(",")[1] for line in labels} == set(systems)


def test_finer_lines_are_taken_in_after_super_generalised_ones(publishers: Publishers) -> None:
    path = recorded("ons/local_authority_districts_may_2024_bsc_london.geojson")
    coarse = Download(path.read_bytes(), path.name)
    fine = Download(json.dumps({"features": boundary_features()}).encode(), "file")
    for file in (coarse, fine, coarse):
        assert take_files("ons_geography", [file], publishers.order()).kind == "replaced"


def test_recorded_boundaries_lie_where_the_embedded_ones_do() -> None:
    path = recorded("ons/local_authority_districts_may_2024_bsc_london.geojson")
    known = load_known(open_library().entries, TODAY)
    read = parse([Download(path.read_bytes(), path.name)], known)
    assert read.published == dt.date(2024, 5, 1)
    tables = redraw(read, open_library())
    for code in known.boroughs:
        now, before = (
            shape_of(content, code, "area_code")
            for content in (
                tables["boroughs_detailed.geojson"],
                (store.SNAPSHOT / "boroughs_detailed.geojson").read_bytes(),
            )
        )
        shared = now.intersection(before).area / now.union(before).area
        # the recorded lines are super generalised, and the City of London is small
        assert shared > (0.85 if code == "E09000001" else 0.9), code
