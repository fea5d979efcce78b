"""Pictures as an editor takes them: whose each dot is, what a picture is of, and no room for nothing."""

import re
from html import unescape

import pytest

from geo.lottery.compared import compared
from pages.components.data import figures
from pages.components.packs import registry
from pages.exports.exhibit import Exhibit
from pages.exports.pictures import SIZES, as_svg

pytestmark = pytest.mark.thorough

VIEW = "?indicator=gld_2013_2019&period=2019&demo=yes&borough=Newham"


def exhibit_of(key: str, link: str = VIEW) -> Exhibit:
    view, problems = registry.view_of(link)
    assert problems == []
    found = registry.exhibit_of(view, key)
    assert found is not None
    return found


def words_below(exhibit: Exhibit, size: str) -> str:
    """What stands around the chart in a file, as one text."""
    lines = re.findall(r'<text x="20"[^>]*>([^<]*)</text>', as_svg(exhibit, size).decode())
    return unescape(" ".join(lines))


@pytest.mark.parametrize(
    ("key", "size"), [("lottery_by_ics", "a4"), ("lottery_against", "column"), ("lottery_funnel", "column")]
)
def test_every_dot_is_somebodys(key: str, size: str) -> None:
    view, _ = registry.view_of(VIEW)
    rows = compared(figures.picture(view).place_table, None)
    assert len(rows) == 32
    (_, _, said) = words_below(exhibit_of(key), size).partition("Dots from the left")
    for name, value in zip(rows["area_name"], rows["value"], strict=True):
        # with both numbers where both axes have one
        form = rf"{name} {value:.1f}%" if key == "lottery_by_ics" else rf"{name} \([\d.,]+; {value:.1f}%\)"
        assert re.search(form, said), name


def test_dots_are_named_in_the_order_in_which_they_lie() -> None:
    said = words_below(exhibit_of("lottery_against"), "column").partition("Dots from the left")[2]
    across = [float(number) for number in re.findall(r"\(([\d.]+); ", said)]
    assert across == sorted(across)
    by_ics = words_below(exhibit_of("lottery_by_ics"), "column")
    (line,) = re.findall(r"South West London: ([^.]*(?:\.\d[^.]*)*)\.", by_ics)
    values = [float(number) for number in re.findall(r"([\d.]+)%", line)]
    assert values == sorted(values)
    assert line.startswith("Sutton")


def test_a_heat_map_in_a_column_says_what_its_columns_are() -> None:
    exhibit = exhibit_of("maturity_heat")
    labels = [item.label for item in figures.london().instruments["enablers"].items]
    for number, label in enumerate(labels, start=1):
        assert f"{number} {label}" in words_below(exhibit, "column")
    # where they stand above the columns they need not be said again
    assert "Columns: " not in words_below(exhibit, "a4")


def test_a_strip_of_answers_names_its_dots_by_answer() -> None:
    said = words_below(exhibit_of("maturity_provision"), "column").partition("Dots from the left. ")[2]
    assert re.match(r"Mature \(7\): Bromley 3\.2, ", said)


def test_a_title_says_against_what() -> None:
    assert "against Deprivation 2025 (IMD)" in exhibit_of("lottery_against").title
    assert "number of children eligible" in exhibit_of("lottery_funnel").title


@pytest.mark.parametrize("key", ["map", "icss", "course", "ranking", "lottery_over_time"])
def test_what_stands_below_a_title_begins_as_a_sentence(key: str) -> None:
    said = exhibit_of(key).subtitle
    assert said[0] in said[0].upper()
    assert not re.search(r"\. [a-z]", said)
    assert re.search(r"ummers? (2013 to )?2019", said)


@pytest.mark.parametrize("key", ["what_if_open_borders_map", "centres_map"])
def test_a_map_of_sites_fills_the_height_that_it_has_in_a_column(key: str) -> None:
    exhibit = exhibit_of(key)
    assert exhibit.height is not None
    assert exhibit.drawing is not None
    narrow, wide = (exhibit.height(SIZES[size].layout) for size in ("column", "slide"))
    assert narrow < 1.1 * SIZES["column"].layout
    assert wide == exhibit.drawing["height"]


@pytest.mark.parametrize("key", ["map", "borders_map", "lottery_over_time", "centres_map"])
def test_a_long_finding_leaves_a_text_that_is_read_out_short_and_a_description_apart(key: str) -> None:
    exhibit = exhibit_of(key)
    assert len(exhibit.alt) <= 300
    whole = [exhibit.title, exhibit.subtitle, exhibit.unnamed, *exhibit.remarks]
    assert all(part in exhibit.description for part in whole)
    drawn = as_svg(exhibit).decode()
    (described,) = re.findall(r"<desc>([^<]*)</desc>", drawn)
    assert all(unescape(described).count(part) == 1 for part in whole if part)
