"""The picture of an ICS's own figures over time: true in time and size, with numbers at both ends."""

import re
from itertools import pairwise

import pytest

from geo.tables.london import London
from pages.components.charts import palette, strips
from pages.components.exhibits import of_view
from pages.components.ics import over_time
from pages.components.meeting import pages as meeting_pages
from pages.components.packs import registry
from pages.exports import pictures
from pages.exports.exhibit import Exhibit
from tests import vega_lite


def made(ics: str = "NEL") -> Exhibit:
    found = registry.exhibit_of(registry.view_of(f"/ics?ics={ics}&vintage=2026")[0], "ics_over_time")
    assert found is not None
    return found


@pytest.mark.parametrize("theme", palette.THEMES)
def test_the_picture_is_valid_vega_lite(theme: str) -> None:
    view = registry.view_of("/ics?ics=NEL&vintage=2026")[0]
    found = over_time.OVER_TIME.build(view, theme)
    assert found is not None
    assert of_view.in_file(over_time.OVER_TIME, view)
    rows = {name: table.to_pylist() for name, table in found.rows.items()}
    assert found.drawing is not None
    vega_lite.validate(found.drawing | {"datasets": rows})


def test_the_first_and_the_last_value_stand_at_the_ends_of_each_line(london: London) -> None:
    for ics in london.ics_names["2026"]:
        found = made(ics)
        words = set(re.findall(r">([^<>]+)</text>", pictures.as_svg(found, "screen").decode()))
        table = found.numbers().texts()
        name = london.ics_names["2026"][ics]
        for _, rows in table.groupby("Figure"):
            for place in (name, "London"):
                ends = rows[place].iloc[[0, -1]]
                assert {end.split(" ")[0] for end in ends} <= words, (ics, place)


def test_no_number_covers_the_other_and_no_line_leaves_its_strip() -> None:
    rows = made().rows["rows"].to_pandas()
    assert rows["dy"].between(strips.PAGE.top, strips.PAGE.bottom).all()
    for end in ("is_first", "is_last"):
        for _, both in rows[rows[end]].groupby("strip"):
            assert both["label"].sort_values().diff().min() >= strips.PAGE.apart - 1e-9


def test_equal_times_are_equal_lengths_and_more_stands_higher() -> None:
    rows = made().rows["rows"].to_pandas()
    of_school = rows[
        rows["heading"].str.startswith("Good level of development") & (rows["place"] == "London")
    ]
    years = [later - earlier for earlier, later in pairwise(of_school["at"])]
    assert max(years) / min(years) < 366.5 / 365
    # from 52.8% in 2013 to 74.1% in 2019
    assert of_school["dy"].is_monotonic_decreasing


def test_who_reads_is_told_what_is_not_drawn_and_why() -> None:
    said = " ".join(made().remarks)
    note = "the same children stand at every date, so that only centres change."
    assert f"Within 1.2 km of any centre; Within 1.2 km of their authority's centre: {note}" in said
    (without,) = re.findall(r"Without a line, because the ICS has no value of its own [^:]+: (.+?)\.", said)
    assert "Good level of development 2022 on" in without.split("; ")
    assert "Funded 2-year-olds, %" in without.split("; ")
    assert "Children in low income families" not in without


def test_in_a_meeting_every_figure_with_a_line_is_on_a_screen_in_large_type(london: London) -> None:
    view = registry.view_of("/ics?ics=NEL&vintage=2026&meeting=5")[0]
    screens = [screen for screen in meeting_pages.shown("ics", view).screens if "Over time" in screen.name]
    assert [screen.key for screen in screens] == ["5", "6"]
    exhibit = made()
    headings = []
    for screen in screens:
        (picture,) = screen.pictures
        rows = {name: table.to_pylist() for name, table in picture.rows.items()}
        vega_lite.validate(picture.drawing | {"datasets": rows})
        headings += list(dict.fromkeys(row["heading"] for row in rows["rows"]))
        # what is said of each value is what the page says
        assert {row["spoken"] for row in rows["rows"]} <= set(exhibit.rows["rows"]["spoken"].to_pylist())
        assert set(screen.sources) == set(exhibit.sources)
    assert headings == list(dict.fromkeys(exhibit.rows["rows"]["heading"].to_pylist()))
    # all London has no values of its own over time
    everywhere = registry.view_of("/ics?vintage=2026&meeting=1")[0]
    assert not [s for s in meeting_pages.shown("ics", everywhere).screens if "Over time" in s.name]
