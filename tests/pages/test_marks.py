"""What there is to know of one figure: a mark stands behind it wherever it is written, its reason beside."""

import ast
import csv
import datetime as dt
import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import docx
import pandas as pd
import pptx
import pytest

from data_loaders import store
from data_loaders.library import open_library
from geo.tables.london import London, place_table
from pages.components.borders import tables as borders_tables, text as borders_text
from pages.components.borough import (
    all_figures,
    over_time,
    sections as borough_sections,
    text as borough_text,
)
from pages.components.charts import table as charts_table
from pages.components.compare import sections as compare_sections
from pages.components.data import edition, figures
from pages.components.ics import findings as ics_findings
from pages.components.map import workbook
from pages.components.meeting import pages as meeting_pages
from pages.components.packs import contents as packs_contents, registry
from pages.components.state.view import View
from pages.components.text import cells, units
from pages.exports.document import as_docx
from pages.exports.exhibit import Exhibit
from pages.exports.pack import Pack
from pages.exports.slides import as_pptx
from tests.builders import PLAIN, ROOT

pytestmark = pytest.mark.thorough

# in 2019 Hackney had the lowest value of all boroughs, so it is in every headline; no other borough has it
SCHOOL, PERIOD, HACKNEY, VALUE = "gld_2013_2019", "2019", "E09000012", "69.6%"
NOTE = "Concern about data quality"
VIEW = View(SCHOOL, PERIOD, "2022", borough="Hackney", compare="Hackney,Newham")
IN_ICS = replace(VIEW, ics="NEL")
# a value, or more than one, with the mark behind it
MARKED = re.compile(r"([£\d.,%]+)†")


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[London]:
    """The snapshot with a note on Hackney's figure of one year, and the pages looking at it."""
    folder = Path(shutil.copytree(store.SNAPSHOT, tmp_path_factory.mktemp("noted") / "snapshot"))
    path = folder / "observations" / "dfe_eyfsp.csv"
    with path.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    (row,) = [
        r for r in rows if (r["area_code"], r["indicator_id"], r["period"]) == (HACKNEY, SCHOOL, PERIOD)
    ]
    assert f"{float(row['value']):.1f}%" == VALUE
    row["note"] = NOTE
    with path.open("w", newline="", encoding="utf-8") as lines:
        writer = csv.DictWriter(lines, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    # no ICS has a value, of which an end of its interval would read like the one that is looked for
    counts = folder / "worked_out_counts.csv"
    counts.write_text(counts.read_text("utf-8").partition("\n")[0] + "\n", "utf-8")
    changed = ["observations/dfe_eyfsp.csv", "worked_out_counts.csv"]
    assert store.seal(dt.date(2031, 5, 4), folder) == changed
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "open_library", lambda: open_library(folder))
        patch.setattr(edition, "current", lambda: "with a note")
        yield figures.london()


def told(table: pd.DataFrame) -> str:
    """All cells of a table."""
    return "\n".join(str(cell) for row in table.to_numpy() for cell in row)


def words_of(exhibit: Exhibit) -> str:
    """What an exhibit says, but for its remarks and the classes and sizes of its legend."""
    rows = [
        told(table.to_pandas()) for name, table in exhibit.rows.items() if name not in ("legend", "sizes")
    ]
    return "\n".join(
        [exhibit.title, exhibit.subtitle, *rows, str(exhibit.drawing or ""), told(exhibit.numbers().texts())]
    )


@cache
def with_reason(edition: str) -> set[str]:
    """How all values that have a note, or are above 100, read."""
    london = figures.london()
    table = london.observations.dropna(subset="value")
    above = {name for name, entry in london.catalogue.indicators.items() if entry.above_100}
    table = table[(table["note"] != "") | (table["indicator_id"].isin(above) & (table["value"] > 100))]
    written = zip(table["indicator_id"], table["value"], strict=True)
    return {units.format_value(value, london.catalogue.indicators[name]) for name, value in written}


def is_marked_everywhere(text: str) -> bool:
    """Whether Hackney's value is in a text; then it bears a mark each time, and none without a note does."""
    assert set(MARKED.findall(text)) <= with_reason(edition.current())
    assert not re.findall(rf"(?<![\d.]){re.escape(VALUE)}(?!†|, with a note)", text)
    return f"{VALUE}†" in text


PLACES = {"map", "ranking", "spine", "course", "courses", "borders_map"}
LOTTERY = {"lottery_by_ics", "lottery_over_time", "lottery_against", "lottery_funnel"}
VIEWS = {"London": VIEW, "an ICS": IN_ICS, "tiles": replace(VIEW, layout="tiles")}


@pytest.mark.parametrize("view", VIEWS.values(), ids=list(VIEWS))
def test_every_picture_and_table_marks_the_figure_and_says_why(view: View, noted: London) -> None:
    marked = set()
    for key in registry.EXHIBITS:
        exhibit = registry.exhibit_of(view, key)
        if exhibit is None or key == "numbers":
            continue
        if is_marked_everywhere(words_of(exhibit)):
            marked.add(key)
            assert any(NOTE in text and text.startswith("†") for text in exhibit.remarks), key
    assert marked >= PLACES | LOTTERY


def test_a_screen_reader_is_told_of_the_note_and_of_no_other(noted: London) -> None:
    for key in ("map", "ranking", "spine", "course", "lottery_by_ics"):
        exhibit = registry.exhibit_of(VIEW, key)
        assert exhibit is not None
        drawn = [table for table in exhibit.rows.values() if "spoken" in table.column_names]
        spoken = pd.concat([table.to_pandas()["spoken"] for table in drawn]).dropna()
        of_value = spoken[spoken.str.contains(VALUE, regex=False)]
        assert len(of_value)
        assert of_value.str.contains(f"{VALUE}, with a note", regex=False).all(), key
        assert not spoken.str.contains("†").any()
    borders = registry.exhibit_of(VIEW, "borders_map")
    assert borders is not None
    lines = borders.drawing["layer"][1]["data"]["values"]  # type: ignore[index]
    for line in lines:
        about = line["properties"]
        assert ("†" in about["told"]) == ("with a note" in about["spoken"]) == ("Hackney" in about["told"])
        assert "†" not in about["spoken"]


def test_the_mark_changes_no_class_no_colour_and_no_order(noted: London, london: London) -> None:
    rows = figures.picture(VIEW).rows
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "london", lambda: london)
        plain = place_table(london, SCHOOL, PERIOD, "2022")
    marked = place_table(noted, SCHOOL, PERIOD, "2022")
    assert marked.drop(columns="note").equals(plain.drop(columns="note"))
    contents = charts_table.contents(figures.picture(VIEW).table)
    keys = {row["name"]: row["keys"] for row in contents.rows}
    assert keys["Hackney"][1] == 69.6
    assert rows.loc[rows["area_name"] == "Hackney", "rank_text"].iloc[0].startswith("32nd of 32")


def test_the_table_says_the_note_in_the_row(noted: London) -> None:
    table = figures.picture(VIEW).table.texts().set_index("Borough")
    assert table.at["Hackney", "Value"] == f"{VALUE}†"
    assert table.at["Hackney", "Status"] == f"published; the publisher's note: {NOTE}"
    assert not table["Value"].drop("Hackney").str.contains("†").any()


def test_the_pages_on_places_mark_it_in_sentences_and_tables(noted: London) -> None:
    lines = figures.latest(VIEW)
    said = ics_findings.said(IN_ICS)
    pairs = figures.border_pairs(VIEW)
    indicator, _catalogue = noted.catalogue.indicators[SCHOOL], noted.catalogue
    own = figures.neighbours_of("Hackney", VIEW)
    school = next(line for line in lines if line.indicator.indicator_id == SCHOOL)
    standing = borough_text.standing(lines, "Hackney")
    shown = {
        "My borough, in sentences": "\n".join(borough_text.standing([school], "Hackney")),
        "My borough, table": told(all_figures.table((school,), "Hackney")),
        "neighbours, sentence": borders_text.neighbours(own, "Hackney", indicator),
        "neighbours, table": told(
            borders_tables.of_neighbours(
                pairs[(pairs["higher"] == "Newham") | (pairs["lower"] == "Newham")],
                "Newham",
                indicator,
            ).texts()
        ),
        "borders, headline": borders_text.headline(own, indicator),
        "borders, list": told(borders_tables.of_pairs(pairs, indicator).texts()),
        "My ICS, first and last": "\n".join(text for text in said.standing if indicator.short_label in text),
        "My ICS, its own lottery": told(
            said.own_lottery[said.own_lottery["Figure"] == cells.heading(school)]
        ),
        "My ICS, all figures": "\n".join(
            told(table[[cells.heading(school)]])
            for table in said.tables.values()
            if cells.heading(school) in table
        ),
        "Compare": told(compare_sections.table((school,), VIEW)),
        "Over time": told(over_time.course_table(("Hackney",), VIEW).texts()),
    }
    assert [where for where, text in shown.items() if not is_marked_everywhere(text)] == []
    explained = f"† {cells.heading(school)}, Hackney: the publisher's note: {NOTE}."
    for beside in (
        said.explained,
        cells.explained(lines, ["Hackney"]),
        cells.explained(lines, ["Hackney", "Newham"]),
        borough_sections.explained_standing(standing, lines, "Hackney"),
    ):
        assert explained in [text.replace("\\", "") for text in beside]
    # nothing is explained that is not there
    assert cells.explained([school], ["Newham"]) == []
    assert (
        borough_sections.explained_standing(
            ["**Good level of development 2013-19**: 80%."], [school], "Hackney"
        )
        == []
    )


def test_a_meeting_hears_the_mark_where_a_name_is_typed(noted: London) -> None:
    said = {borough.name: borough.said for borough in meeting_pages.shown("", VIEW).boroughs}
    assert [name for name, text in said.items() if "†" in text] == ["Hackney"]


def test_the_workbook_keeps_the_number_and_has_the_note_beside_it(noted: London) -> None:
    rows = workbook.numbers(VIEW, noted, [PERIOD]).values().set_index("Area")
    (value,) = [name for name in rows if name.startswith("Value")]
    assert rows.at["Hackney", value] == 69.6
    assert rows.at["Hackney", "Note"] == f"the publisher's note: {NOTE}"
    assert rows["Note"].drop("Hackney").isna().all()


PACKS = {"": VIEW, "ics": IN_ICS, "borough": VIEW}


@pytest.fixture(scope="module")
def packs(noted: London) -> dict[str, Pack]:
    """A pack of each kind, by its page."""
    return {page: packs_contents.KINDS[page].build(view) for page, view in PACKS.items()}


@pytest.fixture(scope="module")
def decks(packs: dict[str, Pack]) -> dict[str, bytes]:
    """The same as slides."""
    return {page: as_pptx(pack, PLAIN) for page, pack in packs.items()}


def texts_on(slide) -> str:  # type: ignore[no-untyped-def]
    frames = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    cells = [c.text for shape in slide.shapes if shape.has_table for r in shape.table.rows for c in r.cells]
    return "\n".join([*frames, *cells])


@pytest.mark.parametrize("page", PACKS)
def test_slides_and_papers_mark_it_and_say_why(
    page: str, packs: dict[str, Pack], decks: dict[str, bytes]
) -> None:
    slides = [texts_on(slide) for slide in pptx.Presentation(io.BytesIO(decks[page])).slides]
    marked = [text for text in slides if is_marked_everywhere(text)]
    assert marked
    assert [text for text in marked if NOTE not in text] == []
    paper = docx.Document(io.BytesIO(as_docx(packs[page], PLAIN)))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])
    assert is_marked_everywhere(text)
    assert NOTE in text


def test_bars_that_powerpoint_draws_have_the_mark_on_one_label(decks: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(decks[""])) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if "charts/chart" in name]
    (bars,) = [chart for chart in charts if "barChart" in chart and "Hackney" in chart]
    label = r'<c:dLbl>\s*<c:idx val="(\d+)"/>\s*<c:numFmt formatCode="#,##0\.0&quot;†&quot;"'
    (place,) = re.findall(label, bars)
    # the others keep theirs
    (of_all,) = re.findall(r"</c:dLbl>((?:(?!<c:dLbl>).)*?)</c:dLbls>", bars, re.DOTALL)
    assert '<c:showVal val="1"/>' in of_all
    assert 'formatCode="#,##0.0"' in of_all
    names = re.findall(r"<c:cat>.*?</c:cat>", bars, re.DOTALL)[0]
    assert re.findall(r"<c:v>(.*?)</c:v>", names)[int(place)] == "Hackney"


def test_a_note_on_the_period_before_goes_with_its_value(noted: London) -> None:
    school = next(line for line in figures.latest(VIEW) if line.indicator.indicator_id == SCHOOL)
    before = school.table.set_index("area_code")
    later = replace(school, before=before, period_before=PERIOD, divided=None)
    trend = pd.DataFrame()
    assert borough_text.over_time(later, HACKNEY, trend).startswith(f"{VALUE}† (2019)")
    assert "†" not in borough_text.over_time(later, "E09000025", trend)
    (_, said) = cells.explained([later], ["Newham", "Hackney"], before=["Hackney"])[0].split("† ")
    assert said.count("Hackney") == 2


ABOVE = "funded_3_4yo_pct"


@pytest.mark.parametrize("period", ["2018/19", "2024/25"])
def test_a_percentage_above_100_is_marked_on_every_exhibit_with_its_reason(
    period: str, london: London
) -> None:
    table = place_table(london, ABOVE, period, "2026")
    above = {f"{value:.1f}%" for value in table["value"] if round(value, 1) > 100}
    view = View(ABOVE, period, "2026", borough="Barnet", compare="Barnet,Sutton")
    marked = set()
    for key in registry.EXHIBITS:
        exhibit = registry.exhibit_of(view, key)
        if exhibit is None or key in ("numbers", "measures_over_time"):
            continue
        text = words_of(exhibit)
        assert not re.findall(r"\b1\d\d\.[1-9]%(?!†|, with a note)", text), key
        if re.search(r"\b1\d\d\.[1-9]%†", text):
            marked.add(key)
            # what stands in its table alone has its reason in a column of that
            notes = told(exhibit.numbers().values()) if key == "spine" else " ".join(exhibit.remarks)
            assert "so it can exceed 100%" in notes, key
    assert marked >= {"map", "ranking", "lottery_by_ics", "lottery_over_time"}
    picture = figures.picture(view)
    cell = picture.table.texts()["Value"]
    assert above <= set(cell.str.removesuffix("†")[cell.str.endswith("†")])
    assert workbook.numbers(view, london, [period]).rows["reason"].str.contains(
        "so it can exceed"
    ).sum() >= len(above)


# a difference, a class, a size of a circle, a target and a change of a file are nobody's figure
DERIVED = {
    "text/headlines",
    "text/units",
    "charts/choropleth",
    "charts/circles",
    "lottery/gap_to_target",
    "sources/changes",
}


def test_the_figure_of_a_place_is_written_by_one_function() -> None:
    writers = set()
    components = ROOT / "pages" / "components"
    for path in (ROOT / "pages").rglob("*.py"):
        calls = [
            node.func
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
        ]
        if any(ast.unparse(call).rpartition(".")[2] == "format_value" for call in calls):
            writers.add(path.relative_to(components).with_suffix("").as_posix())
    assert writers == DERIVED
