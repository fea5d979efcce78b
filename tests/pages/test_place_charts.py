"""The pictures of boroughs and ICSs: valid to Vega-Lite, and the same when taken away."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pandas as pd
import pytest
from PIL import ImageFont

from data_loaders.catalogue import Indicator
from geo.places.ics import overview
from geo.places.latest import latest, of_systems
from geo.places.spine import of_borough
from geo.tables.london import London, place_table, value_of
from geo.tables.time_series import course, course_reasons
from geo.tables.timeline import timeline
from pages.components.charts import courses, palette, parts as charts_parts, spines, systems
from pages.components.charts.parts import Chart
from pages.components.ics import exhibits as ics_exhibits
from pages.components.packs import registry
from pages.exports import pictures
from pages.exports.drawer import FONTS
from pages.exports.exhibit import Exhibit
from tests import vega_lite
from tests.builders import exhibit, indicator

FONT = ImageFont.truetype(str(FONTS / "SourceSansPro-Regular.otf"), palette.TEXT["page"])
SCHOOL = "gld_2013_2019"


def draw_spine(london: London, theme: str) -> Chart:
    lines = latest(london, "2022")
    rows = of_borough(lines, "Newham")
    labels = [f"Figure {place}" for place in rows["place"]]
    return spines.of_borough(
        rows.assign(label=labels, brief=labels, value_text="1", middle_text="London 2"), theme
    )


def draw_systems(london: London, theme: str) -> Chart:
    catalogue = london.catalogue
    school = catalogue.indicators[SCHOOL]
    rows = of_systems(london, school, "2019", "2022")
    benchmark = value_of(place_table(london, SCHOOL, "2019", "2022"), "E12000007")
    return systems.with_intervals(rows, benchmark, school, "NEL", theme)


def draw_courses(london: London, theme: str, names: tuple[str, ...] = ("Camden", "Hackney")) -> Chart:
    values = course(london, SCHOOL, [*names, "London"])
    short = {name: name for name in names}
    school = london.catalogue.indicators[SCHOOL]
    reasons, times = course_reasons(london, SCHOOL, values), timeline(london, SCHOOL)
    return courses.lines(values, reasons, short, times, school, theme)


def standing_pictures(london: London) -> Iterator[tuple[Sequence[Indicator], Exhibit]]:
    """What each borough's and each ICS's picture of all figures is drawn from, and the picture."""
    for name in sorted(london.borough_codes)[::4]:
        drawn = registry.exhibit_of(registry.view_of(f"/borough?borough={name}")[0], "spine")
        assert drawn
        yield [line.indicator for line in latest(london, "2026")], drawn
    for code in london.ics_names["2026"]:
        drawn = registry.exhibit_of(registry.view_of(f"/ics?ics={code}&vintage=2026")[0], "ics_standing")
        assert drawn
        yield [line.indicator for line in overview(london, "2026", code)], drawn


def test_what_speaks_for_nobody_stands_on_no_axis_from_worse_to_better(london: London) -> None:
    seen = set()
    for indicators, drawn in standing_pictures(london):
        panels = drawn.rows["panels"].to_pylist()
        assert [(panel["low"], panel["high"]) for panel in panels] == [
            ("Worse than London", "Better"),
            ("Lower than London", "Higher"),
        ]
        for row in drawn.rows["rows"].to_pylist():
            (panel,) = [one for one in panels if one["row"] < row["row"] <= one["last"]]
            shown = indicators[row["place"]]
            assert (panel["high"] == "Better") == bool(shown.direction), shown.label
            seen.add((shown.kind, panel["high"]))
        # who reads the numbers is told the same
        groups = drawn.numbers().values().groupby("Group")["Indicator id"].agg(set)
        assert groups["Need and spend: neither better nor worse"] == {
            indicator.indicator_id for indicator in indicators if indicator.kind in ("need", "spend")
        } & set(drawn.numbers().values()["Indicator id"])
    assert {("need", "Higher"), ("spend", "Higher"), ("outcome", "Better")} <= seen
    assert not {("need", "Better"), ("spend", "Better"), ("outcome", "Higher")} & seen


def test_no_colour_of_a_verdict_is_on_what_speaks_for_nobody(london: London) -> None:
    drawing, _ = draw_spine(london, "light")
    fills = {
        layer["transform"][0]["filter"]: layer["encoding"].get("fill", layer["mark"].get("fill"))
        for layer in drawing["layer"]
        if "judges" in str(layer.get("transform"))
    }
    judged, background = fills["datum.judges && true"], fills["!datum.judges && true"]
    assert judged["scale"]["range"] == list(palette.COMPARISON.values())
    assert background not in palette.COMPARISON.values()


@pytest.mark.parametrize("theme", palette.THEMES)
@pytest.mark.parametrize("draw", [draw_spine, draw_systems, draw_courses])
def test_every_picture_is_valid_vega_lite(draw, theme: str, london: London) -> None:  # type: ignore[no-untyped-def]
    drawing, data = draw(london, theme)
    vega_lite.validate(drawing | {"datasets": {name: table.to_pylist() for name, table in data.items()}})


@pytest.mark.parametrize(("draw", "words"), [(draw_spine, "Figure"), (draw_systems, "% to ")])
def test_rows_that_are_taken_away_are_as_high_as_on_the_page(draw, words: str, london: London) -> None:  # type: ignore[no-untyped-def]
    drawing, data = draw(london, "light")
    svg = pictures.as_svg(exhibit(drawing=drawing, rows=data)).decode()
    tops = sorted(
        {float(y) for y in re.findall(r'aria-roledescription="point"[^>]*translate\([\d.]+,([\d.]+)\)', svg)}
        | {
            float(y)
            for y in re.findall(r'translate\([\d.]+,([\d.]+)\)"[^>]*aria-roledescription="point"', svg)
        }
    )
    assert len(tops) >= 5
    step = drawing["height"]["step"]
    # between two panels of a spine stand a free row and a heading
    assert {round(b - a, 3) for a, b in pairwise(tops)} in ({step}, {step, 3 * step})


def test_in_a_column_a_long_name_leaves_the_chart_as_wide_as_it_is(london: London) -> None:
    chart, data = draw_spine(london, "light")
    long = "Within 800 m of their authority's designated centre (19 August 2026)"
    rows = data["rows"].to_pandas().assign(label=long, brief=long, both="71.4% · London 48.8%")
    widths = []
    for shown in (data["rows"], charts_parts.table(rows)):
        svg = pictures.as_svg(exhibit(drawing=chart, rows=data | {"rows": shown}), "column").decode()
        widths += re.findall(r'class="background"[^>]* d="M0,0h([\d.]+)v', svg)
    assert len(widths) == 2
    assert widths[0] == widths[1]


def test_an_ics_without_a_value_is_not_drawn(london: London) -> None:
    rows = of_systems(london, london.catalogue.indicators[SCHOOL], "2019", "2022")
    rows.loc[rows["ics_code"] == "SEL", "value"] = float("nan")
    _, data = systems.with_intervals(rows, 74, indicator(unit="percent"), "NEL", "light")
    said = data["rows"].to_pandas()
    assert "South East London" not in set(said["area_name"])
    assert list(said.loc[said["selected"], "area_name"]) == ["North East London"]


@pytest.mark.parametrize("width", [280, 480])
def test_no_value_of_an_ics_stands_on_the_line_of_london(width: int) -> None:
    drawn = registry.exhibit_of(registry.view_of("/ics?ics=NEL&vintage=2026")[0], ics_exhibits.SYSTEMS.key)
    assert drawn
    assert drawn.drawing
    svg = pictures.drawn_svg(drawn.drawing, drawn.rows, width).decode()
    (line,) = re.findall(r'translate\(([\d.]+),0\)"[^>]* stroke-dasharray="5,3"', svg)
    of_values = re.findall(
        # ticks of the axis have an opacity
        r'text-anchor="(\w+)" transform="translate\(([\d.]+),[\d.]+\)"[^>]*fill="#\w+">(\d\.\d)</text>',
        svg,
    )
    # South West London's and West and North London's are within a tenth of London's
    assert {"6.0", "5.9"} <= {text for *_, text in of_values}
    for anchor, at, text in of_values:
        left = float(at) - {"start": 0, "middle": 0.5, "end": 1}[anchor] * FONT.getlength(text)
        assert not left - 1 < float(line) < left + FONT.getlength(text) + 1, text


def test_each_line_has_a_name_and_no_name_covers_another(london: London) -> None:
    names = ("Camden", "Hackney", "Tower Hamlets", "Newham", "Barnet", "Bexley")
    _, data = draw_courses(london, "light", names)
    labels = data["labels"].to_pandas().sort_values("at")
    assert set(labels["label"]) == {*names, "London"}
    shown = data["rows"].to_pandas()["value"]
    # seven names fit into a picture of the usual height
    least = charts_parts.LABEL_HEIGHT * (shown.max() - shown.min())
    assert (labels["at"].diff().dropna() >= least - 1e-9).all()
    # in the order of the lines' ends
    ends = data["rows"].to_pandas().query("period == '2019'").set_index("area_name")["value"]
    assert list(ends[labels["area_name"]]) == sorted(ends)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lines_differ_in_colour_or_dashes_and_no_borough_is_dashed_as_london(
    theme: str, london: London
) -> None:
    wnl = london.footprints.query("vintage == '2026' and ics_code == 'WNL'")["area_code"]
    names = tuple(name for name, code in london.borough_codes.items() if code in set(wnl))
    assert len(names) == 13
    drawing, data = draw_courses(london, theme, names)
    line, points, *_ = (layer["encoding"] for layer in drawing["layer"])
    looks = dict(
        zip(
            line["color"]["scale"]["domain"],
            zip(
                line["color"]["scale"]["range"], map(tuple, line["strokeDash"]["scale"]["range"]), strict=True
            ),
            strict=True,
        )
    )
    assert set(looks) == {*names, "London"}
    assert len(set(looks.values())) == 14
    whole = looks.pop("London")
    assert whole[1] not in {dashes for _, dashes in looks.values()}
    # of lines of one colour, the points are filled or hollow
    shapes = zip(points["shape"]["scale"]["range"], points["fill"]["scale"]["range"], strict=True)
    assert len(set(shapes)) >= 13
    # the picture is higher, so that each name has a line of its own
    spread = data["rows"].to_pandas()["value"].agg(["min", "max"]).diff().iloc[-1]
    apart = data["labels"].to_pandas()["at"].sort_values().diff().min()
    assert apart / spread * drawing["height"] >= 14


def test_a_borough_without_a_line_is_named_with_why() -> None:
    link = "/compare?indicator=child_development_good_level&period=2024/25&compare=Camden,Enfield,Hillingdon"
    drawn = registry.exhibit_of(registry.view_of(link)[0], "courses")
    assert drawn is not None
    said = "Enfield and Hillingdon have no line: there is no figure for any of these periods."
    assert said in drawn.remarks
    link = link.removesuffix(",Enfield,Hillingdon") + ",Hackney"
    drawn = registry.exhibit_of(registry.view_of(link)[0], "courses")
    assert drawn is not None
    assert not [remark for remark in drawn.remarks if "no line" in remark]


def test_the_ics_that_all_boroughs_are_in_has_a_line_of_its_own() -> None:
    year = "indicator=gld_2013_2019&period=2019&vintage=2026"
    for link, key, icss in (
        (f"/borough?borough=Hackney&{year}", "course", {"North East London"}),
        (f"/compare?compare=Hackney,Newham&{year}", "courses", {"North East London"}),
        (f"/compare?compare=Hackney,Camden&{year}", "courses", set()),
        (f"/compare?ics=SWL&{year}", "courses", {"South West London"}),
        # published without counts and limits, a value of an ICS cannot be given
        ("/borough?borough=Hackney&indicator=funded_2yo_pct&vintage=2026", "course", set()),
    ):
        drawn = registry.exhibit_of(registry.view_of(link)[0], key)
        assert drawn is not None
        lines = drawn.rows["rows"].to_pandas()
        named = set(drawn.rows["labels"].to_pandas()["label"])
        assert {name for name in named if name.endswith("London") and name != "London"} == icss, link
        assert icss <= set(drawn.numbers().texts().columns)
        for ics in icss:
            last = lines[lines["area_name"] == ics].iloc[-1]
            assert last["value_text"] == {"North East London": "73.4%", "South West London": "75.9%"}[ics]
            # no borough's line looks like it
            looks = [
                layer["encoding"]
                for layer in (drawn.drawing or {})["layer"]
                if "strokeDash" in layer["encoding"]
            ]
            dashes = dict(
                zip(*(looks[0]["strokeDash"]["scale"][end] for end in ("domain", "range")), strict=True)
            )
            assert [name for name, dash in dashes.items() if dash == courses.DOTTED] == [ics]


def test_the_city_presses_no_lines_together_unless_it_is_chosen_by_name() -> None:
    said = "The City of London has no line: very few children live there."
    for link, has_line in {"ics=NEL": False, "compare=City of London,Hackney": True}.items():
        view = registry.view_of(f"/compare?indicator=centres_per_10k_0_4&{link}")[0]
        drawn = registry.exhibit_of(view, "courses")
        assert drawn is not None
        assert (said in drawn.remarks) is not has_line
        lines = drawn.rows["rows"].to_pandas()
        # the City has 41.8 centres per 10,000 children, the others 8 at most
        assert bool(lines["value"].max() > 40) is has_line
        assert "City of London" in drawn.numbers().texts().columns


def test_names_behind_lines_keep_apart_and_none_is_above_the_highest_value() -> None:
    ends = pd.Series({"Newham": 59.0, "Hackney": 95.5, "Redbridge": 100.0, "Tower Hamlets": 99.0})
    at = charts_parts.apart(ends, 6, 100)
    assert at.to_dict() == {"Newham": 56.5, "Hackney": 88.0, "Tower Hamlets": 94.0, "Redbridge": 100.0}
