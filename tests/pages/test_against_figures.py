"""What pictures, tables and pages of packs say, held against the figures as tests.checker reads them.

Which rows there are and in what order, which borough is at an end, which line is which, and whose it all is.
"""

import io
import re
from functools import cache

import docx
import pptx
import pytest
from docx.document import Document
from pypdf import PdfReader

from geo.tables.london import London
from pages.components.packs import contents as packs_contents, registry
from pages.components.state.view import ALL_LONDON, View
from pages.exports.document import as_docx
from pages.exports.exhibit import Exhibit
from pages.exports.handout import as_handout
from pages.exports.pack import Bars, Chapter, Lines, Pack
from pages.exports.pictures import as_svg
from pages.exports.slides import as_pptx
from tests.builders import PLAIN
from tests.checker.figures import ENGLAND, LONDON, figures
from tests.checker.sentences import Case

pytestmark = pytest.mark.thorough

SCHOOL = Case("gld_2013_2019", "2019", "2022")
CENTRES = Case("centres_per_10k_0_4", "2026-08-19", "2022", "NEL")
POVERTY = Case("low_income_under_16_pct", "2024/25", "2026", "SWL")
TOTAL = Case("designated_centres", "2026-08-19", "2022")
CASES = [SCHOOL, CENTRES, POVERTY, TOTAL]
PACKS = [
    ("", SCHOOL),
    ("ics", Case("gld_2022_on", "2025", "2022", "NEL")),
    ("borough", Case("gld_2022_on", "2025", "2022", borough="Hackney")),
]
# written down apart from the table of sources
ATTRIBUTION = "Contains OS data © Crown copyright and database right 2026."


def view_of(case: Case) -> View:
    return View(case.indicator, case.period, case.vintage, ics=case.ics or ALL_LONDON, borough=case.borough)


def exhibit_of(case: Case, key: str) -> Exhibit:
    exhibit = registry.exhibit_of(view_of(case), key)
    assert exhibit is not None
    return exhibit


def from_the_highest(case: Case, areas: list[str]) -> list[str]:
    """Areas by their value, the highest first; those of one value by name; those without one after them.

    The City of London is not ranked: where it has a value, it stands below all others.
    """
    known = [area for area in areas if figures().cell(case.indicator, case.period, area).is_known]
    ranked = sorted(set(known) - {"City of London"}, key=lambda area: (-case.value(area), area))
    return [*ranked, *sorted(set(areas) - set(known)), *sorted({"City of London"} & set(known))]


@cache
def pack_of(case: Case, page: str = "") -> Pack:
    return packs_contents.KINDS[page].build(view_of(case))


@cache
def slides_of(case: Case, page: str = "") -> list:
    return list(pptx.Presentation(io.BytesIO(as_pptx(pack_of(case, page), PLAIN))).slides)


@cache
def document_of(case: Case, page: str) -> Document:
    return docx.Document(io.BytesIO(as_docx(pack_of(case, page), PLAIN)))


@cache
def handout_of(case: Case, page: str) -> tuple[str, ...]:
    """The words of each page of the PDF."""
    pages = PdfReader(io.BytesIO(as_handout(pack_of(case, page)))).pages
    return tuple(page.extract_text() for page in pages)


def native(case: Case, kind: type) -> list[Chapter]:
    return [chapter for chapter in pack_of(case).chapters if isinstance(chapter.native, kind)]


@pytest.mark.parametrize("case", CASES)
def test_bars_and_their_table_go_from_the_highest_to_the_lowest(case: Case) -> None:
    exhibit = exhibit_of(case, "ranking")
    bars = exhibit.rows["bars"].to_pylist()
    expected = from_the_highest(case, figures().boroughs)
    by_place = sorted(bars, key=lambda row: row["place"])
    assert [row["area_name"] for row in by_place] == expected
    assert [
        row["text"].removesuffix(", not ranked").split(" ")[0]
        for row in by_place
        if row["length"] is not None
    ] == [case.shown(case.value(row["area_name"])) for row in by_place if row["length"] is not None]
    assert ("largest first" in exhibit.alt) == (case.row["kind"] == "total")
    table = exhibit.numbers().texts()
    systems = figures().ics[case.vintage]
    wholes = [systems[case.ics]] if case.ics else sorted(systems.values())
    assert list(table["Borough"]) == [*from_the_highest(case, case.scope), *wholes, LONDON, ENGLAND]
    said = dict(zip(table["Borough"], table["Value"], strict=True))
    for area in case.scope:
        assert said[area] == case.shown(case.value(area))


def test_bars_are_drawn_in_the_order_of_their_rows() -> None:
    svg = as_svg(exhibit_of(POVERTY, "ranking")).decode()
    drawn = {
        label: float(place)
        for place, label in re.findall(r'translate\([-\d.]+,([-\d.]+)\)"[^>]*>([A-Z][^<>]+)</text>', svg)
        if label in figures().boroughs
    }
    shown = [name for name in from_the_highest(POVERTY, figures().boroughs) if name in drawn]
    assert len(shown) == 33
    assert sorted(drawn, key=drawn.__getitem__) == shown


@pytest.mark.parametrize("case", [SCHOOL, CENTRES])
def test_icss_are_drawn_as_their_alternative_text_says(case: Case) -> None:
    exhibit = exhibit_of(case, "icss")
    assert exhibit.alt.startswith("The ICSs from the highest to the lowest value.")
    values = {
        name: figures().together(case.indicator, case.period, figures().scope(case.vintage, ics)).value
        for ics, name in figures().ics[case.vintage].items()
    }
    svg = as_svg(exhibit).decode()
    drawn = {
        label: float(place)
        for place, label in re.findall(r'translate\([-\d.]+,([-\d.]+)\)"[^>]*>([A-Z][^<>]+)</text>', svg)
        if label in values
    }
    assert sorted(drawn, key=drawn.__getitem__) == sorted(values, key=lambda name: -values[name])
    table = exhibit.numbers().texts().set_index("Area")["Value"].drop([LONDON, ENGLAND])
    assert dict(table) == {name: case.shown(value) for name, value in values.items()}


@pytest.mark.parametrize("case", CASES)
def test_the_ranking_of_a_pack_goes_from_the_highest_to_the_lowest(case: Case) -> None:
    (chapter,) = native(case, Bars)
    bars = chapter.native
    assert isinstance(bars, Bars)
    boroughs = from_the_highest(case, list(case.compared))
    has_london = case.row["kind"] != "total"
    assert list(bars.names) == [*boroughs, *([LONDON] if has_london else [])]
    assert list(bars.values) == pytest.approx([case.value(name) for name in bars.names])
    charts = [
        shape.chart
        for slide in slides_of(case)
        for shape in sorted(slide.shapes, key=lambda shape: shape.left)
        if shape.has_chart and slide.shapes.title.text_frame.text == chapter.heading
    ]
    # the first category is the lowest bar, unless the axis is turned over
    assert all(chart.category_axis.reverse_order for chart in charts)
    assert [name for chart in charts for name in chart.plots[0].categories] == list(bars.names)
    # bars beside each other are of one scale
    assert len({(chart.value_axis.minimum_scale, chart.value_axis.maximum_scale) for chart in charts}) == 1


def ends_of(case: Case, period: str, among: list[str]) -> tuple[float, float]:
    values = [figures().cell(case.indicator, period, area).value for area in among]
    known = [value for value in values if value == value]
    return max(known), min(known)


def test_each_line_over_time_is_what_it_is_called() -> None:
    periods = figures().periods(SCHOOL.indicator)[::-1]
    alike = [
        area
        for area in SCHOOL.compared
        if all(figures().cell(SCHOOL.indicator, p, area).is_known for p in (periods[0], periods[-1]))
    ]
    ends = [ends_of(SCHOOL, period, alike) for period in periods]
    right = {
        "Highest": [high for high, _ in ends],
        "Lowest": [low for _, low in ends],
        "London": [figures().whole(SCHOOL.indicator, period, LONDON) for period in periods],
    }
    svg = as_svg(exhibit_of(SCHOOL, "lottery_over_time")).decode()
    for name, values in right.items():
        said = re.findall(rf'aria-label="{name}, summer (\d+), ([\d.]+)%"', svg)
        assert said == [(p, f"{value:.1f}") for p, value in zip(periods, values, strict=True)]
    # each name stands behind the end of its own line
    names = {
        name: float(at)
        for at, name in re.findall(
            r'translate\([-\d.]+,([-\d.]+)\)"[^>]*>(Highest|Lowest|London)</text>', svg
        )
    }
    assert names["Highest"] < names["London"] < names["Lowest"]
    (chapter,) = native(SCHOOL, Lines)
    lines = chapter.native
    assert isinstance(lines, Lines)
    series = dict(lines.series)
    assert list(series["Highest borough"]) == pytest.approx(right["Highest"])
    assert list(series["Lowest borough"]) == pytest.approx(right["Lowest"])
    assert list(series["London"]) == pytest.approx(right["London"])


@pytest.mark.parametrize(("vintage", "ics"), [("2022", "NCL"), ("2026", "WNL")])
def test_a_pack_of_an_ics_has_each_of_its_boroughs_with_its_own_values(vintage: str, ics: str) -> None:
    case = Case("gld_2022_on", "2025", vintage, ics)
    found: dict[str, str] = {}
    for chapter in pack_of(case, "ics").chapters:
        if chapter.heading.startswith("The boroughs of ") and chapter.table is not None:
            row = chapter.table.set_index("Figure").loc["Good level of development 2022 on (2025)"]
            found |= {name: row[name].split(" ")[0] for name in row.index if name in figures().boroughs}
    assert found == {area: case.shown(case.value(area)) for area in case.scope}
    heads = {
        cell.text
        for slide in slides_of(case, "ics")
        for shape in slide.shapes
        if shape.has_table
        for cell in shape.table.rows[0].cells
    }
    assert set(case.scope) <= heads


def _plain(text: str) -> str:
    """A text without spaces, whose number is lost where lines are broken."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(("page", "case"), PACKS)
def test_no_table_of_a_pack_is_cut(page: str, case: Case) -> None:
    """Slides, the document and the handout have every row of every chapter."""
    tables = [chapter.table for chapter in pack_of(case, page).chapters if chapter.table is not None]
    expected = [list(map(str, row)) for table in tables for row in table.itertuples(index=False)]
    on_slides = [
        [cell.text for cell in row.cells]
        for slide in slides_of(case, page)
        for shape in slide.shapes
        if shape.has_table
        for row in list(shape.table.rows)[1:]
    ]
    in_document = [
        [cell.text for cell in row.cells]
        for table in document_of(case, page).tables
        for row in table.rows[1:]
    ]
    assert on_slides == expected
    # tables that are too wide for an upright page stand in an appendix
    assert sorted(in_document) == sorted(expected)
    handout = _plain(" ".join(handout_of(case, page)))
    assert [row for row in expected if _plain("".join(row)) not in handout] == []


def test_a_figure_has_a_row_for_each_place_in_its_pack() -> None:
    headed = {chapter.heading: chapter.table for chapter in pack_of(SCHOOL).chapters}
    (table,) = (table for heading, table in headed.items() if ", by borough, in summer 2019" in heading)
    assert table is not None
    systems = sorted(figures().ics[SCHOOL.vintage].values())
    assert list(table["Borough"]) == [
        *from_the_highest(SCHOOL, figures().boroughs),
        *systems,
        LONDON,
        ENGLAND,
    ]


def test_a_long_list_that_is_picked_out_has_all_its_rows() -> None:
    pack = packs_contents.of_exhibits([(exhibit_of(SCHOOL, "numbers"), "")], "Numbers", "/pack")
    (chapter,) = pack.chapters
    assert chapter.table is not None
    rows = len(exhibit_of(SCHOOL, "numbers").numbers().rows)
    assert len(chapter.table) == rows >= 35


@pytest.mark.parametrize("name", ["Barnet", "Hackney"])
def test_a_borough_has_a_row_for_each_of_its_figures(name: str, london: London) -> None:
    case = Case("gld_2022_on", "2025", "2022", borough=name)
    table = next(c.table for c in pack_of(case, "borough").chapters if c.heading == "All figures")
    assert table is not None
    said = dict(zip(table["Figure"], table[name], strict=True))
    assert said["Good level of development 2022 on (2025)"].split(" ")[0] == case.shown(case.value(name))
    assert len(table) > 20


@pytest.mark.parametrize("key", ["map", "borders_map"])
@pytest.mark.parametrize("case", [SCHOOL, CENTRES])
def test_whose_boundaries_are_drawn_is_said_on_the_picture_itself(case: Case, key: str) -> None:
    exhibit = exhibit_of(case, key)
    assert any(line.startswith("Boundaries: ") and line.endswith(ATTRIBUTION) for line in exhibit.sources)
    svg = as_svg(exhibit).decode()
    said = " ".join(re.findall(r">([^<>]+)</text>", svg))
    assert ATTRIBUTION.replace(" ", "") in said.replace(" ", "")


@pytest.mark.parametrize(("page", "case"), PACKS)
def test_whose_boundaries_are_drawn_is_said_in_every_file_of_a_pack(page: str, case: Case) -> None:
    on_slides = " ".join(
        s.text_frame.text for slide in slides_of(case, page) for s in slide.shapes if s.has_text_frame
    )
    in_document = " ".join(p.text for p in document_of(case, page).paragraphs)
    for text in (on_slides, in_document):
        assert re.search(rf"Boundaries: Greater London Authority\. .*{re.escape(ATTRIBUTION)}", text)
    assert _plain(ATTRIBUTION) in _plain(handout_of(case, page)[-1])
