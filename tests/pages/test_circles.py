"""Totals as circles: what a reader measures on the picture is the value."""

import math
import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from data_loaders import store
from geo.boundaries.layouts import Layout
from geo.tables.london import London
from pages.components.charts import choropleth, circles, palette
from pages.components.data.indicator_view import IndicatorView
from pages.components.packs import registry
from pages.exports import pictures
from tests import vega_lite
from tests.builders import read_csv
from tests.pages.test_pictures import contrast, rows_named, rows_of, view_of, with_rows

TOTALS = [
    row["indicator_id"]
    for row in read_csv(store.SNAPSHOT / "indicators.csv")
    # of antenatal contacts no figure by borough is embedded
    if row["kind"] == "total" and row["indicator_id"] != "antenatal_contact"
]
REGISTER, SPEND = "designated_centres", "early_years_spend_gross"
RADIUS = re.compile(r"A([\d.]+),")


def stored(indicator: str, period: str) -> dict[str, float]:
    """The values of boroughs as the table on disk has them, by code."""
    return {
        row["area_code"]: float(row["value"])
        for path in (store.SNAPSHOT / "observations").glob("*.csv")
        for row in read_csv(path)
        if row["indicator_id"] == indicator and row["period"] == period and row["value"]
        if row["area_code"].startswith("E09")
    }


def drawn_circles(svg: bytes) -> list[float]:
    """The radius of each circle of a picture in the order in which it is drawn: the map, then the legend."""

    def found() -> Iterator[float]:
        for path in ElementTree.fromstring(svg).iter():
            if path.tag.endswith("}path") and path.get("fill") == circles.FILL:
                match = RADIUS.search(path.get("d") or "")
                assert match
                yield float(match[1])

    return list(found())


@pytest.mark.parametrize(
    ("indicator", "parts"),
    [
        (REGISTER, {}),
        (REGISTER, {"layout": "tiles", "vintage": "2026"}),
        (SPEND, {"layout": "tiles"}),
        ("population_0_4", {}),
        ("funded_2yo_n", {}),
    ],
)
def test_the_area_of_a_circle_is_the_value(indicator: str, parts: dict[str, str], london: London) -> None:
    view = view_of(london, indicator, **parts)
    exhibit = registry.exhibit_of(view, "map")
    assert exhibit is not None
    found = drawn_circles(pictures.as_svg(exhibit))
    values = sorted((value for value in stored(indicator, view.period).values() if value), reverse=True)
    on_map, in_legend = found[: len(values)], found[len(values) :]
    # the largest first, so that it hides none
    for radius, value in zip(on_map, values, strict=True):
        assert radius**2 / on_map[0] ** 2 == pytest.approx(value / values[0], rel=0.02, abs=1e-4)
    texts = [row["text"] for row in rows_of(exhibit.rows, "sizes")]
    for radius, text in zip(in_legend, texts, strict=True):
        value = float(re.sub("[£,]", "", text))
        assert radius**2 / on_map[0] ** 2 == pytest.approx(value / values[0], rel=0.02, abs=1e-4)


def test_a_circle_means_the_same_whatever_ics_is_looked_at(london: London) -> None:
    shares: dict[str, set[float]] = {}
    for ics in ("all", "NEL", "SWL"):
        data = registry.exhibit_of(view_of(london, REGISTER, ics=ics), "map")
        assert data is not None
        for row in rows_of(data.rows, "circles"):
            shares.setdefault(row["area_name"], set()).add(row["share"])
    assert len(shares) == 33
    assert all(len(found) == 1 for found in shares.values())
    assert shares["Lambeth"] == {1.0}


@pytest.mark.parametrize("indicator", TOTALS)
@pytest.mark.parametrize("layout", ["map", "tiles", "wide_tiles"])
def test_areas_below_circles_are_plain_and_what_is_missing_is_hatched(
    indicator: str, layout: str, london: London, layouts: dict[str, Layout]
) -> None:
    for ics in ("all", "SWL"):
        drawn = IndicatorView(view_of(london, indicator, ics=ics), london, layouts[layout])
        values = stored(indicator, london.periods[indicator][0])
        inside = set(drawn.rows.loc[~drawn.rows["outside"], "area_code"])
        areas = {row["area_code"]: row for row in rows_of(drawn.map_data, "areas")}
        for code, row in areas.items():
            expected = circles.GROUND if code in values or indicator.startswith("centres_and") else "#FFFFFF"
            assert row["fill"] == (expected if code in inside else palette.OUTSIDE)
            assert row["ink"] == palette.DARK_INK
        hatched = {code for code, row in areas.items() if row["fill"] == palette.MISSING}
        assert (len(rows_of(drawn.map_data, "hatch")) > 0) == bool(hatched)
        assert all(areas[code]["value_text"] and areas[code]["label"] for code in hatched)
        shown = {row["area_code"] for row in rows_of(drawn.map_data, "circles")}
        assert shown == {code for code in inside - hatched if drawn_value(drawn, code) > 0}
        heading, *_ = rows_of(drawn.map_data, "legend")
        assert heading["text"].endswith(", by area of circle")


def drawn_value(drawn: IndicatorView, code: str) -> float:
    return float(drawn.rows.set_index("area_code").at[code, "value"])


@pytest.mark.parametrize("size", ["page", "meeting"])
@pytest.mark.parametrize("layout", ["map", "tiles"])
def test_the_map_of_circles_is_valid_vega_lite_and_knows_its_rows(
    layout: str, size: str, london: London, layouts: dict[str, Layout]
) -> None:
    drawn = IndicatorView(view_of(london, REGISTER, layout=layout), london, layouts[layout])
    drawing = choropleth.specification(layouts[layout], drawn.rows, "2022", "dark", size)
    vega_lite.validate(with_rows(drawing, drawn.map_data))
    given = drawn.map_data if size == "page" else choropleth.for_a_room(drawn.map_data)
    assert rows_named(drawing) == set(given)


def test_only_totals_are_circles(london: London, layouts: dict[str, Layout]) -> None:
    for indicator in london.catalogue.indicators.values():
        drawn = IndicatorView(view_of(london, indicator.indicator_id), london, layouts["map"])
        has_value = indicator.indicator_id in {entry.indicator_id for entry in london.by_borough}
        assert ("circles" in drawn.map_data) == (indicator.kind == "total" and has_value)


def test_a_text_can_be_read_on_a_circle_and_beside_it_and_its_edge_be_seen() -> None:
    for ground in (circles.FILL, circles.GROUND):
        assert contrast(palette.DARK_INK, ground) >= 4.5
    assert contrast(circles.EDGE, circles.GROUND) >= 3


@pytest.mark.parametrize(
    ("largest", "decimals", "texts"),
    [
        (23, "0", ["20", "5", "2"]),
        (20, "0", ["20", "5", "2"]),
        (4, "0", ["2"]),
        (1, "0", ["1"]),
        (17_277_349, "0", ["10,000,000", "2,000,000", "1,000,000"]),
        (0, "0", []),
        (math.nan, "0", []),
    ],
)
def test_the_legend_has_round_sizes(largest: float, decimals: str, texts: list[str], london: London) -> None:
    entry = london.catalogue.indicators[REGISTER]
    assert [row["text"] for row in circles.sizes(largest, entry)] == texts
