"""Small areas on the map: what is said of them, what travels to the browser, and what can be taken away."""

import csv
import io
import json
import re

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data_loaders.within import USUAL
from geo.access.small_areas import UNKNOWN, Figure
from geo.tables.london import London, place_table
from pages.components.data import access, small_areas
from pages.components.packs import registry
from pages.components.small_areas import charts, exhibits, text
from pages.components.state.view import View
from pages.exports import numbers, pictures
from tests.builders import ROOT

LATEST = "2026-08-19"
# what one choice may send, in bytes, and of it what is of the map
MOST = 300_000


def view_of(indicator: str, london: London, **parts: str) -> View:
    chosen = {"period": london.newest(indicator), "vintage": "2026", "areas": "small"}
    return View(**{"indicator": indicator} | chosen | parts)


def rows_of(view: View) -> pd.DataFrame:
    figure = small_areas.figure_of(view)
    assert figure is not None
    return exhibits.inside(view, small_areas.rows(figure, view.period))


def test_every_indicator_with_small_areas_is_in_the_catalogue(london: London) -> None:
    assert set(small_areas.FIGURES) <= set(london.catalogue.indicators)
    assert set(small_areas.FIGURES.values()) == set(Figure) == set(text.words_of(USUAL))


def test_small_areas_are_drawn_where_they_are_asked_for_and_known(london: London) -> None:
    assert small_areas.are_drawn(view_of("access_any_centre", london))
    assert not small_areas.are_drawn(view_of("access_any_centre", london, areas="boroughs"))
    assert not small_areas.are_drawn(view_of("gld_2022_on", london))
    assert exhibits.MAP.build(view_of("gld_2022_on", london), "light") is None


def test_a_link_brings_small_areas_back_and_says_what_it_does_not_know(london: London) -> None:
    view = view_of("access_any_centre", london)
    assert view.to_params()["areas"] == "small"
    assert View.from_params(view.to_params(), london) == (view, [])
    found, notes = View.from_params({"areas": "smal", "vintage": "2026"}, london)
    assert found.areas == "boroughs"
    assert notes == [
        "There is no kind of areas to map called “smal”: this shows “Boroughs”. Did you mean “small”?"
    ]


FINDINGS = {
    "access_any_centre": "In London 86,943 of 528,970 children aged 0 to 4 (Census 2021) are further than "
    "1.2 km from the nearest centre",
    "access_nearest_across_border": "In London 51,985 of 528,970 children aged 0 to 4 (Census 2021) have "
    "their nearest centre in another authority",
    "access_children_per_centre": "In London there are 972 children for each centre within 1.2 km of them; "
    "87,583 of 528,970 children aged 0 to 4 (Census 2021) have none",
    "population_0_4": "528,970 children aged 0 to 4 were counted in London on Census day 2021",
    "idaci_2025_most_deprived_fifth": "Of 4,994 small areas in London, 1,448 are among England's most "
    "deprived fifth for children",
}


@pytest.mark.parametrize("indicator", FINDINGS)
def test_the_finding_is_what_the_figures_say(indicator: str, london: London) -> None:
    view = view_of(indicator, london)
    found = text.finding(small_areas.FIGURES[indicator], rows_of(view), "London", access.children())
    assert found == FINDINGS[indicator]


def test_the_boroughs_beside_the_map_of_deprivation_are_counted_from_it(london: London) -> None:
    indicator = "idaci_2025_most_deprived_fifth"
    rows = rows_of(view_of(indicator, london))
    table = place_table(london, indicator, "2025", "2026").set_index("area_code")
    grouped = (rows["group"] == len(text.words_of(USUAL)[Figure.DEPRIVATION].groups) - 1).groupby(
        rows["area_code"]
    )
    boroughs = table.loc[list(grouped.groups)]
    assert (boroughs["numerator"] == grouped.sum()).all()
    assert (boroughs["denominator"] == grouped.size()).all()
    assert set(boroughs["status"]) == {"derived"}
    whole = table.loc["E12000007"]
    assert (whole["numerator"], whole["denominator"]) == (1_448, 4_994)
    assert whole["value"] == pytest.approx(28.995, abs=0.001)


@pytest.mark.parametrize("indicator", ["idaci_2019", "imd_2025"])
def test_no_other_index_is_beside_the_map_of_deprivation(indicator: str, london: London) -> None:
    """Such a link shows the boroughs, and a button leads to the map with its own boroughs."""
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, part in {"indicator": indicator, "areas": "small", "vintage": "2026"}.items():
        at.query_params[name] = part
    at.run()
    said = [each.value for each in at.markdown]
    assert ":small[Small areas were asked for: this figure is known of boroughs only.]" in said
    assert not any("by small area**" in each for each in said)
    assert "Deprivation by small area" in [b.label for b in at.button]
    leads_to = view_of(small_areas.MUCH_LIKE[indicator], london)
    assert small_areas.figure_of(leads_to) is Figure.DEPRIVATION


@pytest.mark.parametrize("ics", ["all", "SEL"])
@pytest.mark.parametrize("indicator", small_areas.FIGURES)
def test_the_legend_counts_every_small_area_and_child_in_scope(
    indicator: str, ics: str, london: London
) -> None:
    view = view_of(indicator, london, ics=ics)
    rows, figure = rows_of(view), small_areas.FIGURES[indicator]
    legend = text.legend(figure, rows)
    counted = [[int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", e["counted"])] for e in legend]
    assert [sum(column) for column in zip(*counted, strict=True)] == [len(rows), rows["children"].sum()]
    assert len({entry["fill"] for entry in legend}) == len(legend) == len(text.groups_in(figure, rows))


def test_the_legend_names_its_classes_from_the_furthest(london: London) -> None:
    view = view_of("access_any_centre", london)
    assert [entry["text"] for entry in text.legend(Figure.NEAREST, rows_of(view))] == [
        "Over 1.6 km",
        "Over 1.2 km to 1.6 km",
        "Over 800 m to 1.2 km",
        "Over 400 m to 800 m",
        "Up to 400 m",
    ]
    children = text.words_of(USUAL)[Figure.CHILDREN].groups
    assert list(children) == ["Under 75", "75 to 99", "100 to 129", "130 or more"]


def test_what_is_not_known_is_said_and_hatched(london: London) -> None:
    rows = rows_of(view_of("idaci_2025_most_deprived_fifth", london))
    rows = rows.assign(group=rows["group"].where(rows.index > 2, UNKNOWN))
    legend = text.legend(Figure.DEPRIVATION, rows)
    assert legend[-1]["text"] == "Not published"
    assert legend[-1]["counted"].startswith("3 areas, ")
    sent = json.loads(charts.figures(Figure.DEPRIVATION, rows, pd.DataFrame(), {}))
    assert sent["groups"].startswith("---")
    assert set(sent["groups"][3:]) <= set("01234")


@pytest.mark.parametrize("indicator", small_areas.FIGURES)
def test_a_choice_sends_values_and_no_outline(indicator: str, london: London) -> None:
    view = view_of(indicator, london)
    figure = small_areas.FIGURES[indicator]
    sites = small_areas.sites(LATEST)
    content = charts.figures(figure, small_areas.rows(figure, view.period), sites, access.names())
    assert len(content.encode()) < 0.3 * MOST
    sent = json.loads(content)
    assert len(sent["groups"]) == len(sent["values"].split("\n")) == len(sent["note"]) == 4_994
    assert all(0 <= place < len(sent["notes"]) for place in sent["note"])
    assert set(sent) == {"groups", "values", "words", "notes", "note"}
    assert {line.count(" ") + 1 for line in sent["values"].split("\n")} == {sent["words"].count("{}")}


def test_a_small_area_is_told_with_value_unit_and_where_the_nearest_stands(london: London) -> None:
    rows, sites = small_areas.rows(Figure.NEAREST, LATEST), small_areas.sites(LATEST)
    notes = text.notes(Figure.NEAREST, rows, sites, access.names())
    values = text.values(Figure.NEAREST, rows)
    metres, place = rows["value"].iloc[0], int(rows["site"].iloc[0])
    site = sites.iloc[place]
    assert 0 <= int(values[0]) - metres < 1
    assert notes.iloc[0] == f"to {site['name']}, in {access.names()[site['stands_in']]}"
    away = ((sites["easting"] - 532_183.3) ** 2 + (sites["northing"] - 181_786.4) ** 2) ** 0.5
    assert site["urn"] == sites["urn"].iloc[int(away.to_numpy().argmin())]
    # the register has no such site: said, and no number
    assert text.values(Figure.IN_REACH, rows.head(1).assign(metres_own=float("nan")))[0].endswith(" -")
    one, two = rows.head(2).assign(children=[1, 2]).pipe(lambda r: text.notes(Figure.CHILDREN, r, sites, {}))
    assert (one, two) == ("child aged 0 to 4", "children aged 0 to 4")


def test_files_say_what_small_areas_are_of_when_and_whose(london: London) -> None:
    exhibit = registry.exhibit_of(view_of("access_any_centre", london, ics="NEL"), "small_areas")
    assert exhibit is not None
    said = " ".join([exhibit.title, exhibit.subtitle, *exhibit.footer])
    for part in (
        "In North East London ",
        "by small area. North East London. Register of 19 August 2026.",
        "neighbourhoods of about 1,800 people, drawn by the Office for National Statistics",
        "An estimate, worked out here",
        "Census day, 21 March 2021. The census was taken in lockdown",
        "Census 2021: children by small area",
        "Boundaries of small areas (LSOA), December 2021",
        "areas=small",
    ):
        assert part in said, part
    assert "on this page" not in said


def test_the_table_has_each_small_area_in_scope_with_its_borough_and_value(london: London) -> None:
    exhibit = registry.exhibit_of(view_of("access_own_centre", london, ics="SEL"), "small_areas")
    assert exhibit is not None
    content = numbers.FORMATS["csv"].build(exhibit).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert {row["Borough"] for row in rows} == {
        "Bexley",
        "Bromley",
        "Greenwich",
        "Lambeth",
        "Lewisham",
        "Southwark",
    }
    children = sum(int(float(row["Children aged 0 to 4 (Census 2021)"])) for row in rows)
    assert children == 104_305
    assert {row["Status"] for row in rows} == {"worked out here"}
    assert all(float(row["Distance to the nearest of their own authority (metres)"]) > 0 for row in rows)
    published = registry.exhibit_of(view_of("population_0_4", london), "small_areas")
    assert published is not None
    assert set(numbers.table_of(published).rows["status_word"]) == {"published"}


def test_the_geojson_has_their_outlines_too(london: London) -> None:
    exhibit = registry.exhibit_of(view_of("idaci_2025_most_deprived_fifth", london, ics="SWL"), "small_areas")
    assert exhibit is not None
    found = json.loads(numbers.formats_of(exhibit)["geojson"].build(exhibit))
    assert len(found["features"]) == len(exhibit.numbers().rows)
    feature = found["features"][0]
    assert feature["geometry"]["type"] == "MultiPolygon"
    assert feature["properties"]["area_code"].startswith("E01")
    assert feature["properties"]["borough_code"].startswith("E09")
    assert 1 <= feature["properties"]["value"] <= 10
    assert found["outlines"] == "Simplified for drawing."


def test_the_picture_draws_the_small_areas_in_scope_and_fills_no_world(london: London) -> None:
    exhibit = registry.exhibit_of(view_of("access_only_across_border", london, ics="SWL"), "small_areas")
    assert exhibit is not None
    svg = pictures.as_svg(exhibit, "a4").decode()
    fills = {fill.upper() for fill in text.words_of(USUAL)[Figure.IN_REACH].fills}
    paths = [dict(re.findall(r'([a-z-]+)="([^"]*)"', path)) for path in re.findall(r"<path [^>]*>", svg)]
    areas = [path["d"] for path in paths if path.get("fill", "").upper() in fills and "Z" in path["d"]]
    assert len(areas) >= len(exhibit.numbers().rows)
    # an outline that ran the wrong way would go around the whole picture
    reach = [max(x) - min(x) for x in ([*map(float, re.findall(r"[ML](-?[\d.]+)", d))] for d in areas)]
    assert max(reach) < 0.3 * pictures.SIZES["a4"].layout
    assert "One of their own authority: " in svg
