"""Pictures over time: equal distances are equal times, and no line goes from one basis to another."""

import datetime as dt
import json
import re
from itertools import pairwise

import pandas as pd
import pytest
import vl_convert

from geo.lottery.over_time import over_time
from geo.tables.london import London
from geo.tables.time_series import course, course_reasons
from geo.tables.timeline import timeline
from pages.components.charts import courses, palette, time_axis
from pages.components.charts.parts import Chart
from pages.components.lottery import charts_over_time
from pages.components.packs import registry
from pages.components.text import dates
from pages.exports import pictures
from tests import vega_lite
from tests.builders import exhibit, indicator, with_dates
from tests.drawn import texts

CENTRES, FUNDED, ASQ = "designated_centres", "funded_2yo_pct", "asq3_at_2_to_2_5_years"
SERIES = [CENTRES, "centres_per_10k_0_4", FUNDED, ASQ, "gld_2013_2019", "early_years_spend_gross"]


def draw_lottery(london: London, indicator_id: str, theme: str = "light") -> Chart:
    indicator = london.catalogue.indicators[indicator_id]
    found = over_time(london, indicator_id, "2022", None, thinned=True)
    return charts_over_time.over_time(found, indicator, theme)


def draw_course(london: London, indicator_id: str, theme: str = "light") -> Chart:
    indicator = london.catalogue.indicators[indicator_id]
    values = course(london, indicator_id, ["Hackney", "Newham"], thinned=True)
    times = timeline(london, indicator_id, thinned=True)
    short = {"Hackney": "Hackney", "Newham": "Newham"}
    reasons = course_reasons(london, indicator_id, values)
    return courses.lines(values, reasons, short, times, indicator, theme)


DRAWN = [draw_lottery, draw_course]
# a total is no lottery, so only a place's own course of it is drawn
PAIRS = [
    (draw, indicator_id)
    for draw in DRAWN
    for indicator_id in SERIES
    if draw is draw_course or indicator_id not in (CENTRES, "early_years_spend_gross")
]


def svg_of(drawn: Chart) -> str:
    drawing, data = drawn
    return pictures.as_svg(exhibit(drawing=drawing, rows=data)).decode()


def points(svg: str) -> dict[str, dict[str, float]]:
    """Where the points of each line stand: pixels from the left by what is read out of the period."""
    found: dict[str, dict[str, float]] = {}
    for mark in re.findall(r"<path[^>]*>", svg):
        label = re.search(r'aria-label="([^,"]+), ([^,"]+), [^"]*"', mark)
        place = re.search(r"translate\(([\d.]+),", mark)
        if label and place and "point" in mark:
            found.setdefault(label[1], {})[label[2]] = float(place[1])
    return found


def lines_of(svg: str) -> list[list[float]]:
    """Each unbroken line of a picture: the pixels from the left of its corners."""
    paths = re.findall(r'<path aria-roledescription="[^"]*"[^>]*|<path[^>]*fill="none"[^>]*|<path[^>]*>', svg)
    drawn = [path for path in paths if 'stroke-width="2"' in path and "translate" not in path]
    data = [match[1] for path in drawn if (match := re.search(r' d="([^"]+)"', path))]
    return [
        [float(x) for x in re.findall(r"[ML]([\d.]+),", part)]
        for path in data
        for part in re.split(r"(?=M)", path)
        if part
    ]


@pytest.mark.parametrize("theme", palette.THEMES)
@pytest.mark.parametrize(("draw", "indicator_id"), PAIRS)
def test_every_picture_is_valid_vega_lite(draw, indicator_id: str, theme: str, london: London) -> None:  # type: ignore[no-untyped-def]
    drawing, data = draw(london, indicator_id, theme)
    vega_lite.validate(drawing | {"datasets": {name: table.to_pylist() for name, table in data.items()}})


@pytest.mark.parametrize(("draw", "indicator_id"), PAIRS)
def test_equal_distances_are_equal_times(draw, indicator_id: str, london: London) -> None:  # type: ignore[no-untyped-def]
    indicator = london.catalogue.indicators[indicator_id]
    ends = {
        dates.period_label(row["period"], indicator): row["period_end"]
        for row in timeline(london, indicator_id).rows.to_dict("records")
    }
    drawn = points(svg_of(draw(london, indicator_id)))
    assert drawn
    for places in drawn.values():
        if len(places) < 2:
            continue
        days = [(ends[period] - ends[next(iter(places))]).days for period in places]
        pixels = [x - next(iter(places.values())) for x in places.values()]
        scale = pixels[-1] / days[-1]
        assert scale > 0
        assert pixels == pytest.approx([scale * day for day in days], abs=0.5)


@pytest.mark.parametrize(
    ("draw", "indicator_id", "before", "first", "word"),
    [
        (draw_course, CENTRES, "28 February 2010", "4 August 2016", "register from here"),
        (draw_course, FUNDED, "2023/24", "2024/25", "new entitlements from here"),
        (draw_lottery, FUNDED, "2023/24", "2024/25", "new entitlements from here"),
    ],
)
def test_no_line_crosses_a_change_of_basis_which_bears_its_word(  # type: ignore[no-untyped-def]
    draw, indicator_id: str, before: str, first: str, word: str, london: London
) -> None:
    svg = svg_of(draw(london, indicator_id))
    assert f">{word}<" in svg
    places = next(iter(points(svg).values()))
    assert {before, first} <= set(places)
    drawn = lines_of(svg)
    assert any(len(line) > 2 for line in drawn)
    for line in drawn:
        assert not min(line) <= places[before] + 0.5 < places[first] - 0.5 <= max(line), line


def test_without_a_change_of_basis_there_is_no_mark(london: London) -> None:
    for draw in DRAWN:
        assert "breaks" not in draw(london, ASQ)[1]
        assert "from here" not in svg_of(draw(london, "gld_2013_2019"))


def test_the_axis_names_periods_as_their_publisher_does(london: London) -> None:
    for indicator_id, names in {
        ASQ: {
            "2018/19 (22)",
            "2020/21 (18)",
            "2023/24 (22)",
            "In brackets: how many of the 22",
        },
        "gld_2013_2019": {"summer 2013", "summer 2019"},
        CENTRES: {"28 February 2010", "4 August 2016", "19 August 2026"},
        FUNDED: {"2017/18", "2024/25"},
    }.items():
        draw = draw_course if indicator_id == CENTRES else draw_lottery
        written = " | ".join({text for text, _ in texts(svg_of(draw(london, indicator_id)))})
        assert not [name for name in names if name not in written], indicator_id


@pytest.mark.parametrize(("draw", "indicator_id"), PAIRS)
def test_an_axis_starts_at_0_or_says_that_it_does_not(draw, indicator_id: str, london: London) -> None:  # type: ignore[no-untyped-def]
    svg = svg_of(draw(london, indicator_id))
    written = re.findall(r">([^<>]+)</text>", svg)
    is_amount = london.catalogue.indicators[indicator_id].unit.unit_id in (
        "count",
        "per_10k",
        "pounds",
        "pounds_per_child",
    )
    says_so = any(text.endswith("The scale does not start at 0") for text in written)
    assert ("0" in written) != says_so
    assert not (is_amount and says_so)


@pytest.mark.parametrize(
    ("values", "unit", "starts"),
    [
        ([70.0, 90.0], "percent", False),
        ([29.0, 90.0], "percent", True),
        ([70.0, 90.0], "count", True),
        ([15.0, 15.8], "per_10k", True),
        ([-5.0, 3.0], "change", True),
        ([float("nan")], "percent", True),
    ],
)
def test_amounts_and_what_is_near_it_start_at_0(values: list[float], unit: str, starts: bool) -> None:
    assert time_axis.starts_at_zero(values, indicator(unit=unit)) is starts


def test_of_183_dates_the_first_of_each_quarter_is_drawn_as_one_line(london: London) -> None:
    many = with_dates(london, CENTRES, 183)
    svg = svg_of(draw_course(many, CENTRES))
    counts = {name: len(places) for name, places in points(svg).items()}
    assert set(counts.values()) <= set(range(42, 46))
    long = [line for line in lines_of(svg) if len(line) > 2]
    assert all(len(line) in range(41, 45) for line in long)
    axis = {text for text, _ in texts(svg) if re.fullmatch(r"\d+ [A-Z][a-z]+ \d{4}", text)}
    assert 4 <= len(axis) <= 11
    assert "19 August 2026" in axis


def test_names_of_periods_never_lie_on_each_other(london: London) -> None:
    for indicator_id in SERIES:
        times = timeline(
            with_dates(london, CENTRES, 183) if indicator_id == CENTRES else london, indicator_id
        )
        named = time_axis.labelled(times)
        assert named[-1] == times.periods[-1]
        ends = times.rows.set_index("period")["period_end"]
        least = (ends.iloc[-1] - ends.iloc[0]) / 10
        assert all(ends[later] - ends[earlier] >= least for earlier, later in pairwise(named))


def test_a_moment_is_the_beginning_of_its_day_in_greenwich() -> None:
    assert (
        time_axis.at(pd.Timestamp("2026-08-19")) == dt.datetime(2026, 8, 19, tzinfo=dt.UTC).timestamp() * 1000
    )


@pytest.mark.parametrize("draw", DRAWN)
def test_time_is_a_scale_of_time_over_numbers_that_every_browser_reads(draw, london: London) -> None:  # type: ignore[no-untyped-def]
    drawing, data = draw(london, ASQ)
    whole = pictures.specification(exhibit(drawing=drawing, rows=data), 900)
    compiled = vl_convert.vegalite_to_vega(whole)
    (scale,) = (scale for scale in compiled["scales"] if scale["name"] == "x")
    assert scale["type"] == "utc"
    # rows that come after the drawing are not parsed, and the interpreter that a browser runs under a strict
    # policy misreads a moment of one number
    assert all(
        isinstance(row["at"], float) for table in data.values() for row in table.to_pylist() if "at" in row
    )
    assert "datetime(" not in json.dumps(compiled)


def test_exhibits_over_time_name_their_span_their_sources_and_what_is_not_compared() -> None:
    view, _ = registry.view_of(f"?indicator={CENTRES}&borough=Hackney")
    assert registry.exhibit_of(view, "lottery_over_time") is None, "a total is no lottery"
    found = registry.exhibit_of(view, "course")
    assert found is not None
    assert "28 February 2010 to 19 August 2026" in found.subtitle
    assert any("Hansard" in line for line in found.sources)
    assert any("Register of children's centres" in line for line in found.sources)
    assert (
        "2010 is on another basis (Hansard) than the register's dates, so they are not compared."
        in found.remarks
    )
    latest_only, _ = registry.view_of("?indicator=centres_per_10k_0_4&borough=Hackney")
    found = registry.exhibit_of(latest_only, "course")
    assert found is not None
    assert not any("Hansard" in line or "2010" in line for line in (*found.sources, *found.remarks))


def test_files_have_every_date(london: London) -> None:
    view, _ = registry.view_of(f"?indicator={CENTRES}&borough=Hackney")
    found = registry.exhibit_of(view, "course")
    assert found is not None
    assert len(found.numbers().rows) == len(london.periods[CENTRES]) == 12
