"""Charts over time that PowerPoint draws: read back from the file, their days, gaps, words and axes."""

import io
from functools import cache
from itertools import pairwise
from typing import Any

import pptx
import pytest

from geo.tables.london import London
from pages.components.packs import contents as packs_contents, registry
from pages.exports.office_charts import PERIODS
from pages.exports.slides import as_pptx
from tests.builders import PLAIN

pytestmark = pytest.mark.thorough

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PACKS = {
    "funded": ("", "?indicator=funded_2yo_pct"),
    "asq": ("", "?indicator=asq3_at_2_to_2_5_years"),
    "school": ("", "?indicator=gld_2013_2019&period=2019"),
    "a borough": ("borough", "?borough=Hackney&indicator=funded_2yo_pct"),
    "a total of a borough": ("borough", "?borough=Hackney&indicator=designated_centres"),
}


@cache
def slide_of(name: str) -> Any:
    page, link = PACKS[name]
    view, problems = registry.view_of(link)
    assert problems == []
    deck = pptx.Presentation(io.BytesIO(as_pptx(packs_contents.KINDS[page].build(view), PLAIN)))
    (slide,) = (
        slide
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_chart and shape.chart.plots[0].series[-1]._element.find(f"{C}xVal") is not None
    )
    return slide


def chart_of(name: str) -> Any:
    (chart,) = (shape.chart for shape in slide_of(name).shapes if shape.has_chart)
    return chart


def points(series: Any) -> list[tuple[float, float | None]]:
    """Days and values of a line, in its order; None where there is no value."""

    def known(axis: str) -> dict[int, float]:
        (cache,) = series._element.iter(f"{C}{axis}")
        return {int(pt.get("idx")): float(pt.findtext(f"{C}v")) for pt in cache.iter(f"{C}pt")}

    days, values = known("xVal"), known("yVal")
    return [(days[number], values.get(number)) for number in sorted(days)]


def lines(name: str) -> dict[str, list[tuple[float, float | None]]]:
    return {series.name: points(series) for series in chart_of(name).plots[0].series}


def labels(name: str, series_name: str) -> list[str]:
    (series,) = (series for series in chart_of(name).plots[0].series if series.name == series_name)
    return ["".join(text.text for text in rich.iter(f"{A}t")) for rich in series._element.iter(f"{C}rich")]


@pytest.mark.parametrize(
    ("name", "line", "days"),
    [
        # days from 28 February 2010 to 4 August 2016, 15 December 2016 and 19 August 2026
        ("a total of a borough", "Hackney", {1: 2349, 2: 2349, 3: 2482, -1: 6016}),
        # from year to year 365 or 366 days
        ("funded", "London", {1: 365, 2: 731, -1: 2557}),
        ("a borough", "Hackney", {1: 365, 2: 731, -1: 2557}),
        ("school", "Lowest borough", {1: 365, 2: 730, 3: 1096, -1: 2191}),
    ],
)
def test_points_stand_at_their_days(name: str, line: str, days: dict[int, int]) -> None:
    found = lines(name)[line]
    assert {place: found[place][0] - found[0][0] for place in days} == days


@pytest.mark.parametrize(
    ("name", "line", "day"),
    [
        ("a total of a borough", "Hackney", 42586),  # 4 August 2016
        ("funded", "Highest borough", 45900),  # 31 August 2025
        ("a borough", "Hackney", 45900),
        ("a borough", "England", 45900),
    ],
)
def test_a_line_has_a_gap_where_the_basis_changes(name: str, line: str, day: int) -> None:
    found = lines(name)[line]
    (gap,) = (place for place, point in enumerate(found) if point[1] is None)
    assert found[gap][0] == found[gap + 1][0] == day
    assert found[gap - 1][1] is not None
    assert found[gap + 1][1] is not None
    blanks = chart_of(name)._chartSpace.find(f".//{C}dispBlanksAs")
    assert blanks.get("val") == "gap"


@pytest.mark.parametrize(
    ("name", "word"),
    [("a total of a borough", "register from here"), ("funded", "new entitlements from here")],
)
def test_the_break_bears_its_word_from_the_bottom_to_the_top(name: str, word: str) -> None:
    axis = chart_of(name).value_axis
    at = lines(name)[word]
    assert [value for _, value in at] == [axis.minimum_scale, axis.maximum_scale]
    assert len({day for day, _ in at}) == 1
    assert labels(name, word) == [word]


@pytest.mark.parametrize("name", PACKS)
def test_the_legend_has_the_places_only(name: str) -> None:
    deleted = {
        int(entry.find(f"{C}idx").get("val"))
        for entry in chart_of(name)._chartSpace.iter(f"{C}legendEntry")
        if entry.find(f"{C}delete").get("val") == "1"
    }
    series = [each.name for each in chart_of(name).plots[0].series]
    shown = [each for number, each in enumerate(series) if number not in deleted]
    assert PERIODS not in shown
    assert set(shown) <= {"Highest borough", "Lowest borough", "London", "England", "Hackney"}


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("a total of a borough", ["28 February 2010", "4 August 2016", "19 August 2026"]),
        ("funded", ["2017/18", "2023/24", "2024/25"]),
        ("asq", ["2018/19 (22)", "2020/21 (18)", "2023/24 (22)"]),
        ("school", ["summer 2013", "summer 2019"]),
    ],
)
def test_periods_are_called_what_their_publisher_calls_them(name: str, names: list[str]) -> None:
    written = labels(name, PERIODS)
    assert [each for each in written if each in names] == names
    days = [day for day, _ in lines(name)[PERIODS]]
    assert len(days) == len(written)
    assert min(later - earlier for earlier, later in pairwise(days)) >= (days[-1] - days[0]) / 8
    # no number or date of its own along the axis
    assert chart_of(name).category_axis.tick_label_position.name == "NONE"


@pytest.mark.parametrize(
    ("name", "title", "lowest"),
    [
        ("a total of a borough", "Number", 0),
        ("funded", "Per cent", 0),
        ("asq", "Per cent. The scale does not start at 0", 40),
        ("a borough", "Per cent. The scale does not start at 0", 50),
    ],
)
def test_an_axis_starts_at_0_or_says_that_it_does_not(name: str, title: str, lowest: float) -> None:
    assert chart_of(name).chart_title.text_frame.text == title
    assert chart_of(name).value_axis.minimum_scale == lowest


def test_a_slide_says_what_is_not_compared() -> None:
    def said(name: str) -> str:
        return " ".join(shape.text_frame.text for shape in slide_of(name).shapes if shape.has_text_frame)

    assert "the gap has grown from 27.9 percentage points" in slide_of("asq").shapes.title.text_frame.text
    assert "Ten lack a figure to compare in one of the two periods or both and are left out: Bromley" in said(
        "asq"
    )
    assert "In brackets: how many of the 22 boroughs have a figure." in said("asq")
    assert "2010 is on another basis (Hansard) than the register's dates" in said("a total of a borough")
    assert "affected by the expanded entitlements for working parents" in said("a borough")


def test_the_lines_have_the_published_values(london: London) -> None:
    table = london.observations
    own = table[(table["indicator_id"] == "funded_2yo_pct") & (table["area_name"] == "Hackney")]
    by_day = {
        (end - own["period_end"].min()).days: value
        for end, value in zip(own["period_end"], own["value"], strict=True)
    }
    found = lines("a borough")["Hackney"]
    assert {day - found[0][0]: value for day, value in found if value is not None} == by_day
