"""The map of borders of an ICS: it zooms to that, and to as much of the neighbours as names them."""

import pytest

from geo.tables.london import London
from pages.components.borders import coded, sections
from pages.components.charts import label_places, outlines
from pages.components.data import figures
from pages.components.meeting import of_borders
from pages.components.packs import registry
from pages.exports import pictures
from tests.drawn import texts
from tests.pages.test_pictures import rows_of

FOOTPRINTS = [("2022", code) for code in ("NCL", "NEL", "NWL", "SEL", "SWL")] + [("2026", "WNL")]


@pytest.mark.parametrize(("vintage", "ics"), FOOTPRINTS)
def test_it_zooms_to_the_ics_and_names_who_is_next_to_it(vintage: str, ics: str, london: London) -> None:
    view, _ = registry.view_of(f"/borders?vintage={vintage}&ics={ics}&indicator=gld_2022_on")
    shown, whole = sections.shown_of(view), outlines.frame_of(figures.map_layout())
    assert shown.across * shown.down < 0.8 * whole.across * whole.down
    labels = label_places.labels_in(figures.map_layout(), shown)
    pairs = figures.border_pairs(view)
    sides = {*pairs["left"], *pairs["right"]}
    assert sides > set(london.members(vintage, ics)["area_code"]) - {"E09000001"}
    assert labels.loc[list(sides), "is_framed"].all()
    # on slides codes stand for them, and below or in the notes what these mean
    assert set(coded.named(view)["area_code"]) == sides
    exhibit = registry.exhibit_of(view, "borders_map")
    assert exhibit
    assert exhibit.height
    assert exhibit.height.slope == pytest.approx(shown.down / shown.across)


@pytest.mark.parametrize(("borough", "numbered"), [("", True), ("Sutton", True), ("Enfield", False)])
def test_in_a_meeting_each_number_beside_the_map_is_on_it(borough: str, numbered: bool) -> None:
    link = f"/borders?vintage=2026&ics=SWL&indicator=gld_2022_on&borough={borough}&meeting=2"
    view, _ = registry.view_of(link)
    ground, beside = of_borders.borders(view).screens[1].pictures
    (signs,) = {
        tuple(row["sign"] for row in layer["data"]["values"])
        for layer in ground.drawing["layer"]
        if layer["mark"]["type"] == "text"
    }
    listed = {row["name"]: row["number"] for row in rows_of(beside.rows, "rows")}
    assert sorted(signs) == sorted(filter(None, listed.values()))
    # somebody far from the ICS is in the list alone
    assert not borough or bool(listed[borough]) == numbered


@pytest.mark.parametrize(
    ("figure", "widths"),
    [
        ("asq3_at_2_to_2_5_years&period=2023/24", ["0", "20", "40"]),  # the largest is 40.3
        ("gld_2022_on&period=2025", ["0", "3", "6", "9"]),  # 9.4
        ("gld_2022_on&period=2025&ics=SEL", ["0", "1", "2", "3"]),  # 3.3
        ("early_years_spend_per_child_0_4", ["0", "300", "600", "900"]),  # 1,186
        ("idaci_2019", ["0", "0.03", "0.06", "0.09"]),  # 0.110
    ],
)
def test_the_legend_says_round_differences_as_numbers(figure: str, widths: list[str]) -> None:
    view, _ = registry.view_of(f"/borders?vintage=2026&indicator={figure}")
    exhibit = registry.exhibit_of(view, "borders_map")
    assert exhibit
    said = [text for text, _ in texts(pictures.as_svg(exhibit).decode()) if text[0].isdigit()]
    assert said[: len(widths)] == widths
