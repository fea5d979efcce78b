"""Map and ranking: valid to Vega-Lite, complete in their counts, readable, and the same when taken away."""

import io
import itertools
import json
import re
from typing import Any
from xml.etree import ElementTree

import jsonschema_rs
import pyarrow as pa
import pytest
from PIL import Image, ImageFont

from geo.boundaries.layouts import Layout
from geo.tables.london import London
from pages.components.charts import choropleth, palette, parts, ranking as charts_ranking
from pages.components.data.figures import IndicatorView
from pages.components.packs import registry
from pages.components.state.view import View, class_methods
from pages.exports import pictures
from pages.exports.drawer import FONTS
from pages.exports.table import MARK
from tests import vega_lite
from tests.builders import INDICATOR_IDS, with_reasons

# the survey's indicators are all alike: two of them stand for the rest
PICTURED = [name for name in INDICATOR_IDS if not name.startswith(("interface_", "hallmark_"))] + [
    "interface_gp_early_years",
    "hallmark_shared_vision",
]
ONE_ICS_EACH = [("2022", "NEL"), ("2026", "WNL")]
MAP_VIEWS = list(itertools.product(("map", "tiles"), ("2022", "2026"), ("light", "dark")))


def view_of(london: London, indicator: str, **parts: str) -> View:
    return View(**{"indicator": indicator, "period": london.periods[indicator][0], "vintage": "2022"} | parts)


def picture(london: London, layouts: dict[str, Layout], view: View) -> IndicatorView:
    return IndicatorView(view, london, layouts[view.layout])


def rows_of(data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = data[name].to_pylist()
    return rows


def with_rows(drawing: dict, data: dict[str, Any]) -> dict:
    """A specification with its rows."""
    return drawing | {"datasets": {name: rows_of(data, name) for name in data}}


def shapes_of(drawing: dict) -> dict[str, dict]:
    """The TopoJSON that a drawing has in it, by name."""
    sources = [layer["data"] for layer in drawing["layer"]]
    return {source["name"]: json.loads(source["values"]) for source in sources if "values" in source}


def rows_named(drawing: dict) -> set[str]:
    """The data sets that a drawing names and has not in it."""
    return {layer["data"]["name"] for layer in drawing["layer"]} - set(shapes_of(drawing))


def every_view(london: London, indicator: str) -> list[View]:
    """All London in each way to colour, and an ICS of each vintage."""
    home = view_of(london, indicator)
    coloured = [view_of(london, indicator, classes=method) for method in class_methods(home, london)]
    scoped = [view_of(london, indicator, vintage=vintage, ics=code) for vintage, code in ONE_ICS_EACH]
    return coloured + scoped


@pytest.mark.parametrize(("layout", "vintage", "theme"), MAP_VIEWS)
def test_the_map_is_valid_vega_lite(
    layout: str, vintage: str, theme: str, london: London, layouts: dict[str, Layout]
) -> None:
    drawn = picture(
        london, layouts, view_of(london, "asq3_at_2_to_2_5_years", layout=layout, vintage=vintage)
    )
    drawing = choropleth.specification(layouts[layout], drawn.rows, vintage, theme)
    vega_lite.validate(with_rows(drawing, drawn.map_data))
    shapes = shapes_of(drawing)
    assert {name: list(topology["objects"]) for name, topology in shapes.items()} == {
        "boroughs": ["boroughs"],
        f"ics_{vintage}": [f"ics_{vintage}"],
    }


@pytest.mark.parametrize("theme", palette.THEMES)
def test_the_ranking_is_valid_vega_lite(theme: str, london: London, layouts: dict[str, Layout]) -> None:
    drawn = picture(london, layouts, view_of(london, "gld_2013_2019"))
    vega_lite.validate(with_rows(charts_ranking.specification(theme), drawn.chart_data))


def test_a_specification_with_a_slip_would_be_found() -> None:
    slip = charts_ranking.specification("light") | {"layer": [{"mark": "bart"}]}
    with pytest.raises(jsonschema_rs.ValidationError):
        vega_lite.validate(slip)


@pytest.mark.parametrize("kind", ["map", "ranking"])
def test_every_data_set_that_is_drawn_has_its_columns(
    kind: str, london: London, layouts: dict[str, Layout]
) -> None:
    drawn = picture(london, layouts, view_of(london, "gld_2013_2019"))
    drawing, data = (
        (choropleth.specification(layouts["map"], drawn.rows, "2022", "light"), drawn.map_data)
        if kind == "map"
        else (charts_ranking.specification("light"), drawn.chart_data)
    )
    assert rows_named(drawing) == set(data)


@pytest.mark.parametrize("indicator", PICTURED)
def test_the_legend_counts_every_borough_in_scope(
    indicator: str, london: London, layouts: dict[str, Layout]
) -> None:
    for view in every_view(london, indicator):
        drawn = picture(london, layouts, view)
        heading, *entries = rows_of(drawn.map_data, "legend")
        assert heading["fill"] == ""
        assert heading["text"] or drawn.indicator.categories
        if view.scope:
            assert entries.pop()["text"] == "Outside this ICS"
        if drawn.indicator.is_total and drawn.rows["value"].notna().any():
            # the sizes of circles take the place of classes: test_circles
            assert heading["text"].endswith(", by area of circle")
            assert [entry["row"] for entry in entries] == list(range(5, len(entries) + 5))
            assert all(entry["hatched"] for entry in entries)
            continue
        counts = [re.fullmatch(r".+ \((\d+)\)", entry["text"]) for entry in entries]
        inside = (~drawn.rows["outside"]).sum()
        assert sum(int(count[1]) for count in counts if count) == inside, view
        assert all(counts)
        assert [entry["row"] for entry in entries] == list(range(1, len(entries) + 1))


@pytest.mark.parametrize("indicator", PICTURED)
def test_every_missing_borough_is_hatched_and_has_a_word(
    indicator: str, london: London, layouts: dict[str, Layout]
) -> None:
    for layout in layouts:
        drawn = picture(london, layouts, view_of(london, indicator, layout=layout))
        areas = rows_of(drawn.map_data, "areas")
        missing = {row["area_code"] for row in areas if row["fill"] == palette.MISSING}
        assert missing == set(drawn.rows.loc[drawn.rows["value"].isna(), "area_code"])
        lines = layouts[layout].hatch
        expected = lines[lines["area_code"].isin(missing)][["x", "y", "x2", "y2"]].to_dict("records")
        assert rows_of(drawn.map_data, "hatch") == [line | {"dotted": False} for line in expected]
        assert set(lines["area_code"]) >= missing
        assert all(row["value_text"] and row["label"] and row["spoken"] for row in areas)


def test_seven_boroughs_without_asq3_are_hatched_with_the_reason(
    london: London, layouts: dict[str, Layout]
) -> None:
    drawn = picture(london, layouts, view_of(london, "asq3_at_2_to_2_5_years"))
    texts = {row["area_name"]: row["value_text"] for row in rows_of(drawn.map_data, "areas")}
    assert [name for name, text in texts.items() if text == "not published"] == [
        "City of London",
        "Enfield",
        "Haringey",
        "Hillingdon",
        "Hounslow",
        "Lambeth",
        "Redbridge",
    ]
    (entry,) = (row for row in rows_of(drawn.map_data, "legend") if row["hatched"])
    assert entry["text"] == "Not published (7)"


@pytest.mark.parametrize("method", ["quantile", "equal", "natural"])
def test_a_change_is_coloured_by_its_side_of_zero_and_its_size(
    method: str, london: London, layouts: dict[str, Layout]
) -> None:
    view = view_of(london, "change_designated_since_2010", classes=method)
    drawn = picture(london, layouts, view)
    below, above = palette.DIVERGING[:3], palette.DIVERGING[4:]
    for row in drawn.rows.to_dict("records"):
        side = below if row["value"] < 0 else above if row["value"] > 0 else [palette.DIVERGING[3]]
        assert row["fill"] in side, row["area_name"]
    by_size = drawn.rows[drawn.rows["value"] < 0].sort_values("value")
    brightness = [luminance(fill) for fill in by_size["fill"]]
    assert brightness == sorted(brightness)
    assert len(set(brightness)) > 1
    # bars have the colours of the map, and go both ways from a line
    bars = {row["area_name"]: row["fill"] for row in rows_of(drawn.chart_data, "bars")}
    assert bars == dict(zip(drawn.rows["area_name"], drawn.rows["fill"], strict=True))
    assert rows_of(drawn.chart_data, "axis")[0]["zero"] == 0
    texts = [row["text"] for row in rows_of(drawn.map_data, "legend")]
    assert "0, no change (3)" in texts


def test_zero_is_in_the_legend_where_no_borough_of_the_ics_is_at_it(
    london: London, layouts: dict[str, Layout]
) -> None:
    view = view_of(london, "change_designated_since_2010", ics="SEL")
    texts = [row["text"] for row in rows_of(picture(london, layouts, view).map_data, "legend")]
    assert texts[1] == "0, no change (0)"
    assert texts[2].startswith("\N{MINUS SIGN}")


def test_figures_that_are_never_below_zero_have_one_way_of_colours(
    london: London, layouts: dict[str, Layout]
) -> None:
    drawn = picture(london, layouts, view_of(london, "gld_2022_on"))
    assert set(drawn.rows["fill"]).isdisjoint({*palette.DIVERGING[:4]})
    assert rows_of(drawn.chart_data, "axis")[0]["zero"] is None


def test_a_darker_class_has_higher_values(london: London, layouts: dict[str, Layout]) -> None:
    for method in ("quantile", "equal", "natural"):
        rows = picture(london, layouts, view_of(london, "imd_2025", classes=method)).rows.sort_values("value")
        assert 1 < rows["fill"].nunique() <= 5
        assert rows["class_order"].is_monotonic_increasing
        brightness = [luminance(fill) for fill in rows["fill"]]
        assert brightness == sorted(brightness, reverse=True)


def test_places_outside_the_ics_keep_no_label_and_no_class(
    london: London, layouts: dict[str, Layout]
) -> None:
    drawn = picture(london, layouts, view_of(london, "imd_2025", ics="NCL"))
    inside = {"Barnet", "Camden", "Enfield", "Haringey", "Islington"}
    for row in rows_of(drawn.map_data, "areas"):
        assert row["outside"] == (row["area_name"] not in inside)
        assert bool(row["label"]) == (row["area_name"] in inside)
        assert (row["fill"] == palette.OUTSIDE) == row["outside"]


def luminance(colour: str) -> float:
    """Relative luminance of a colour (WCAG 2.2)."""
    shares = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2)."""
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", palette.THEMES)
def test_words_and_lines_can_be_seen_on_the_page(theme: str) -> None:
    colours = palette.THEMES[theme]
    for text in ("text", "muted", "london", "england"):
        assert contrast(colours[text], colours["page"]) >= 4.5


@pytest.mark.parametrize("indicator", PICTURED)
def test_bars_are_ordered_from_the_highest_with_gaps_last(
    indicator: str, london: London, layouts: dict[str, Layout]
) -> None:
    drawn = picture(london, layouts, view_of(london, indicator))
    values = drawn.rows.set_index("area_name")["value"]
    if not drawn.is_ranked:
        assert drawn.indicator.categories or values.isna().all()
        return
    bars = sorted(rows_of(drawn.chart_data, "bars"), key=lambda bar: bar["place"])
    if values["City of London"] == values["City of London"]:
        last = bars.pop()
        assert last["area_name"] == "City of London"
        assert last["text"] == f"{last['value_text']}, not ranked"
        values = values.drop("City of London")
    order = [values[bar["area_name"]] for bar in bars]
    known = [value for value in order if value == value]
    assert len(order) == len(values) >= 32
    assert known == sorted(values.dropna(), reverse=True)
    assert order[: len(known)] == known


@pytest.mark.parametrize("width", [150, 200, 330])
@pytest.mark.parametrize(
    ("indicator", "period", "longest"),
    [
        ("early_years_spend_gross", "2023/24", "£16,175,060"),
        ("funded_3_4yo_pct", "2018/19", "106.6%†"),
        ("child_development_good_level", "2021/22", "93.1%†"),
    ],
)
def test_the_label_of_the_longest_bar_is_whole(
    indicator: str, period: str, longest: str, width: int, london: London, layouts: dict[str, Layout]
) -> None:
    data = picture(london, layouts, view_of(london, indicator, period=period)).chart_data
    rows = data | {"turn": pa.table({"any": []})}
    svg = pictures.drawn_svg(charts_ranking.specification("light"), rows, width).decode()
    lefts = re.findall(rf'translate\(([-\d.]+),[-\d.]+\)"[^>]*>{re.escape(longest)}<', svg)
    font = ImageFont.truetype(str(FONTS / "SourceSansPro-Regular.otf"), palette.TEXT["page"])
    assert lefts
    assert all(float(left) + font.getlength(longest) <= width for left in lefts)


def test_the_city_stands_apart_with_its_value_and_no_bar_to_be_held_against(
    london: London, layouts: dict[str, Layout]
) -> None:
    drawn = picture(london, layouts, view_of(london, "centres_per_10k_0_4"))
    first, *_, harrow, city = rows_of(drawn.chart_data, "bars")
    assert (first["area_name"], harrow["area_name"]) == ("Lambeth", "Harrow")
    # 23 centres for 14,555 children
    assert first["length"] == first["end"] == pytest.approx(23 / 14_555 * 10_000)
    assert (city["area_name"], city["text"], city["length"]) == ("City of London", "41.8, not ranked", 0)
    # London's line ends above it, and the table has it below the boroughs that are ranked
    (line,) = rows_of(drawn.chart_data, "benchmarks")
    assert line["ends"] == 32 / 33
    assert list(drawn.table.texts()["Borough"])[31:33] == ["Harrow", "City of London"]


@pytest.mark.parametrize("size", ["screen", "column", "slide"])
@pytest.mark.parametrize(
    ("indicator", "lines"), [("centres_per_10k_0_4", 1), ("asq3_at_2_to_2_5_years", 2), ("gld_2013_2019", 1)]
)
def test_no_line_of_a_benchmark_runs_through_a_value(
    indicator: str, lines: int, size: str, london: London, layouts: dict[str, Layout]
) -> None:
    drawn, exhibit = taken_away(london, layouts, view_of(london, indicator), "ranking")
    svg = pictures.as_svg(exhibit, size).decode()
    found = re.findall(r'translate\(([-\d.]+),0\)" x2="0" y2="([\d.]+)"[^>]*stroke-dasharray="5,3"', svg)
    assert len(found) == lines
    across = [float(left) for left, _ in found]
    font = ImageFont.truetype(str(FONTS / "SourceSansPro-Regular.otf"), palette.TEXT["page"])
    bars = [bar for bar in rows_of(drawn.chart_data, "bars") if bar["length"]]
    for text in {bar["text"] for bar in bars if bar["length"] == bar["length"]}:
        for left in re.findall(rf'translate\(([-\d.]+),[-\d.]+\)"[^>]*>{re.escape(text)}<', svg):
            right = float(left) + font.getlength(text)
            assert not [line for line in across if float(left) <= line <= right], text


@pytest.mark.parametrize("layout", ["map", "tiles"])
@pytest.mark.parametrize("indicator", ["centres_per_10k_0_4", "early_years_spend_gross"])
@pytest.mark.parametrize("size", ["a4", "slide"])
def test_every_borough_is_named_on_the_map_or_has_a_code_that_the_key_explains(
    size: str, indicator: str, layout: str, london: London, layouts: dict[str, Layout]
) -> None:
    drawn, exhibit = taken_away(london, layouts, view_of(london, indicator, layout=layout), "map")
    root = ElementTree.fromstring(pictures.as_svg(exhibit, size))
    texts = [" ".join(element.itertext()) for element in root.iter() if is_text(element)]
    for row in rows_of(drawn.map_data, "areas"):
        # on the area, or in the key, but not both
        assert sum(map(texts.count, {row["full"].replace("|", " "), row["entry"]})) == 1, row["area_name"]
        # a code stands before the entry of the key, and on the area with its value or without
        codes = texts.count(row["code"]) + texts.count(row["coded"].replace("|", " "))
        assert codes in (0, 2), row["area_name"]
    city = next(row for row in rows_of(drawn.map_data, "areas") if row["area_name"] == "City of London")
    assert city["entry"].endswith(", not ranked")
    assert (city["entry"] in texts) == ("CL" in texts)


def test_codes_of_boroughs_are_short_and_all_different(layouts: dict[str, Layout]) -> None:
    codes = layouts["map"].labels["code"]
    assert codes.is_unique
    assert set(codes.str.len()) == {2}


def test_a_count_is_not_held_against_the_total_of_london(london: London, layouts: dict[str, Layout]) -> None:
    counts = picture(london, layouts, view_of(london, "linked_sites")).chart_data
    assert rows_of(counts, "benchmarks") == []
    shares = picture(london, layouts, view_of(london, "asq3_at_2_to_2_5_years")).chart_data
    assert [row["text"] for row in rows_of(shares, "benchmarks")] == ["London 88.1%", "England 93.3%"]


@pytest.mark.parametrize("borough", ["Newham", ""])
def test_the_chosen_borough_is_marked_in_map_and_ranking(
    borough: str, london: London, layouts: dict[str, Layout]
) -> None:
    drawn = picture(london, layouts, view_of(london, "gld_2013_2019"))
    for data, name in ((drawn.map_data, "areas"), (drawn.chart_data, "bars")):
        rows = rows_of(parts.with_chosen(data, borough), name)
        chosen = [row["area_name"] for row in rows if row["selected"]]
        assert chosen == ([borough] if borough else [])


def spoken_words(svg: bytes) -> str:
    """All text of an SVG picture, line after line."""
    texts = (element.itertext() for element in ElementTree.fromstring(svg).iter() if is_text(element))
    return " ".join(" ".join(itertools.chain.from_iterable(texts)).split())


def is_text(element: ElementTree.Element) -> bool:
    return element.tag.endswith("}text")


def taken_away(
    london: London, layouts: dict[str, Layout], view: View, kind: str
) -> tuple[IndicatorView, pictures.Exhibit]:
    exhibit = registry.exhibit_of(view, kind)
    assert exhibit is not None
    return picture(london, layouts, view), exhibit


TAKEN = [
    ("map", "asq3_at_2_to_2_5_years", {}),
    ("map", "early_years_spend_per_child_0_4", {"layout": "tiles", "vintage": "2026", "ics": "SWL"}),
    ("ranking", "centres_per_10k_0_4", {}),
]


@pytest.mark.parametrize(("kind", "indicator", "parts"), TAKEN)
def test_a_picture_taken_away_says_what_it_shows_and_whose_it_is(
    kind: str, indicator: str, parts: dict[str, str], london: London, layouts: dict[str, Layout]
) -> None:
    drawn, exhibit = taken_away(london, layouts, view_of(london, indicator, **parts), kind)
    vega_lite.validate(pictures.specification(exhibit, 900) | {"datasets": {}})
    said = spoken_words(pictures.as_svg(exhibit))
    # a line may be broken after the hyphen of a word: compare without spaces
    plain = said.replace(" ", "")
    expected = [drawn.headline, drawn.indicator.label, drawn.subtitle, *drawn.remarks]
    expected += [source.title for source in drawn.sources] + ["Open Government Licence"]
    if kind == "map":
        expected += [row["text"] for row in rows_of(drawn.map_data, "legend")]
    for text in expected:
        assert text.replace(" ", "") in plain


@pytest.mark.parametrize(("kind", "indicator", "parts"), TAKEN[1:])
def test_a_picture_taken_away_is_drawn(
    kind: str, indicator: str, parts: dict[str, str], london: London, layouts: dict[str, Layout]
) -> None:
    drawn, exhibit = taken_away(london, layouts, view_of(london, indicator, **parts), kind)
    with Image.open(io.BytesIO(pictures.as_png(exhibit))) as image:
        width, height = image.size
        colours = {colour for _, colour in image.convert("RGB").getcolors(1 << 24) or []}
    assert width == 1880
    assert height > 2 * 500
    fills = drawn.rows.loc[~drawn.rows["outside"], "fill"].unique()
    assert {tuple(bytes.fromhex(fill[1:])) for fill in fills} <= colours


@pytest.mark.parametrize("indicator", PICTURED)
def test_two_boroughs_that_are_shown_with_one_value_have_one_colour(
    indicator: str, london: London, layouts: dict[str, Layout]
) -> None:
    for period in london.periods[indicator]:
        for method in ("quantile", "equal", "natural"):
            view = view_of(london, indicator, period=period, classes=method)
            rows = picture(london, layouts, view).rows
            known = rows[~rows["missing"]]
            # a mark says that there is something to know of a value, and is no part of it
            shown = known["value_text"].str.removesuffix(MARK)
            fills = known.groupby(shown)["fill"].nunique()
            assert (fills == 1).all(), (period, method, list(fills.index[fills > 1]))


@pytest.mark.parametrize("layout", ["map", "tiles"])
def test_every_reason_for_a_missing_value_has_its_own_word_on_map_ranking_and_table(
    layout: str, london: London, layouts: dict[str, Layout]
) -> None:
    reasons = {
        "Barnet": "suppressed",
        "Brent": "withheld",
        "City of London": "combined",
        "Camden": "not_published",
        "Croydon": "not_loaded",
        "Ealing": "nil_return",
    }
    said = {
        "Barnet": "withheld",
        "Brent": "withheld for quality",
        "City of London": "combined with Hackney",
        "Camden": "not published",
        "Croydon": "not loaded",
        "Ealing": "reported nothing",
    }
    lacking = with_reasons(london, "gld_2013_2019", "2019", reasons)
    drawn = picture(lacking, layouts, view_of(lacking, "gld_2013_2019", layout=layout))
    areas = {row["area_name"]: row for row in rows_of(drawn.map_data, "areas")}
    bars = {row["area_name"]: row for row in rows_of(drawn.chart_data, "bars")}
    # in the tooltip, on the area, behind the name in the ranking, and for a screen reader on both
    assert {name: areas[name]["value_text"] for name in said} == said
    assert {name: areas[name]["label"].replace("|", " ") for name in said} == said
    assert {name: bars[name]["text"] for name in said} == said
    assert {name: areas[name]["spoken"].split(", ")[1] for name in said} == said
    assert {name: bars[name]["spoken"].split(", ")[1] for name in said} == said
    assert [bar["area_name"] for bar in rows_of(drawn.chart_data, "bars")][-6:] == sorted(said)
    legend = [row["text"] for row in rows_of(drawn.map_data, "legend") if row["hatched"]]
    assert sorted(legend) == sorted(f"{text[0].upper()}{text[1:]} (1)" for text in said.values())
    table = drawn.table.texts().set_index("Borough")
    assert dict(table.loc[list(said), "Value"]) == dict(table.loc[list(said), "Status"]) == said
    # and beside the picture each has a sentence of its own
    missing = [text for text in drawn.remarks if text.startswith("No figure for")]
    assert len(missing) == len({text.partition(": ")[2] for text in missing}) == 6


@pytest.mark.parametrize("layout", ["map", "tiles"])
def test_reasons_for_a_missing_value_are_told_apart_in_words(
    layout: str, london: London, layouts: dict[str, Layout]
) -> None:
    # what was reported as nothing, what was withdrawn, and what is published with Hackney
    spend = picture(
        london, layouts, view_of(london, "early_years_spend_per_child_0_4", period="2024/25", layout=layout)
    )
    development = picture(
        london, layouts, view_of(london, "child_development_good_level", period="2021/22", layout=layout)
    )
    gross = picture(
        london, layouts, view_of(london, "early_years_spend_gross", period="2023/24", layout=layout)
    )
    said = {
        entry["text"].rpartition(" (")[0]
        for drawn in (spend, development, gross)
        for entry in rows_of(drawn.map_data, "legend")
        if entry["hatched"]
    }
    assert {"Not published", "Combined with Hackney", "Reported nothing"} <= said
    labels = {row["area_name"]: row["label"].replace("|", " ") for row in rows_of(gross.map_data, "areas")}
    assert labels["Kensington and Chelsea"] == "reported nothing"
    assert "£0" not in " ".join(labels.values())
    assert "£0" not in gross.headline
