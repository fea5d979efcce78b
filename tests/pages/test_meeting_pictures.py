"""The pictures of a meeting: valid to Vega-Lite, large, and the same figures as on the page."""

from dataclasses import replace
from typing import Any

import pytest

from geo.boundaries.layouts import Layout
from geo.tables.london import London
from pages.components.charts import choropleth, palette
from pages.components.charts import ranking as charts_ranking
from pages.components.data.figures import IndicatorView
from tests.pages.test_pictures import VALIDATOR, latest, rows_of, with_rows


def sizes_in(drawing: Any) -> list[float]:
    """Every size of type that a specification names."""
    if isinstance(drawing, list):
        return [size for part in drawing for size in sizes_in(part)]
    if not isinstance(drawing, dict):
        return []
    own = [v for k, v in drawing.items() if k in {"fontSize", "labelFontSize", "titleFontSize"}]
    return [size for size in own if isinstance(size, int | float)] + sizes_in(list(drawing.values()))


@pytest.mark.parametrize("vintage", ["2022", "2026"])
@pytest.mark.parametrize("layout", ["map", "wide_tiles"])
def test_the_map_of_a_meeting_is_valid_and_large(
    layout: str, vintage: str, london: London, layouts: dict[str, Layout]
) -> None:
    view = latest(london, "asq3_at_2_to_2_5_years", vintage=vintage, meeting="1")
    drawn = IndicatorView(view, london, layouts[layout])
    drawing = choropleth.specification(layouts[layout], drawn.rows, vintage, "light", "meeting")
    VALIDATOR.validate(with_rows(drawing, drawn.map_data) | {"width": 1860})
    assert min(sizes_in(drawing)) >= palette.TEXT["meeting"] == 24


def test_the_ranking_of_a_meeting_is_valid_and_large() -> None:
    drawing = charts_ranking.specification("light", "meeting")
    VALIDATOR.validate(drawing | {"width": 900, "datasets": {}})
    assert min(sizes_in(drawing)) >= 24
    assert min(sizes_in(charts_ranking.specification("light"))) == 12


@pytest.mark.parametrize("indicator", ["centres_per_10k_0_4", "asq3_at_2_to_2_5_years"])
def test_the_halves_of_a_ranking_are_the_ranking(
    indicator: str, london: London, layouts: dict[str, Layout]
) -> None:
    whole = IndicatorView(latest(london, indicator), london, layouts["map"]).chart_data
    upper, lower = charts_ranking.halves(whole)
    bars = [*rows_of(upper, "bars"), *rows_of(lower, "bars")]
    assert (len(rows_of(upper, "bars")), len(rows_of(lower, "bars"))) == (17, 16)
    said = ("place", "area_name", "text", "rank_text", "fill", "end")
    assert [[bar[part] for part in said] for bar in bars] == [
        [bar[part] for part in said] for bar in rows_of(whole, "bars")
    ]
    # both are measured by the longest bar and the longest label of all
    for part in ("reach", "letters"):
        assert {bar[part] for bar in bars} == {max(bar[part] for bar in rows_of(whole, "bars"))}


def test_wide_tiles_are_the_tiles_only_wider(london: London, layouts: dict[str, Layout]) -> None:
    tiles, wide = layouts["tiles"].labels, layouts["wide_tiles"].labels
    assert list(tiles["tile_label"]) == list(wide["tile_label"])
    # Hillingdon stands at the left end of the third row, a tile each way
    hillingdon = wide.loc["E09000017"]
    assert (hillingdon["west"], hillingdon["east"]) == pytest.approx((0, 1.55), abs=0.01)
    assert (hillingdon["south"], hillingdon["north"]) == pytest.approx((-3, -2), abs=0.01)
    view = replace(latest(london, "linked_sites"), layout="tiles")
    values = [
        IndicatorView(view, london, layouts[name]).rows["label"].tolist() for name in ("tiles", "wide_tiles")
    ]
    assert values[0] == values[1]
