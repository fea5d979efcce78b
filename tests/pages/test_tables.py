"""The table behind every exhibit, as other programs read it: numbers are numbers, and words are words."""

import csv
import io
import json
import math
import re
from functools import cache

import openpyxl
import pandas as pd
import pytest

from pages.components.charts import table as charts_table
from pages.components.data import figures
from pages.components.exhibits import clipboard
from pages.components.packs import registry
from pages.exports import numbers
from pages.exports.exhibit import Exhibit
from pages.exports.table import NONE, Column, Kind, Measure, Table
from tests.builders import EVERYTHING

pytestmark = pytest.mark.thorough

VIEWS = {
    "shares, and made-up answers": "/?indicator=gld_2013_2019&borough=Newham&compare=Camden,Brent&demo=yes",
    "rates in an ICS": "/?indicator=centres_per_10k_0_4&ics=NEL&vintage=2022&borough=City of London",
    "changes of counts": "/?indicator=change_designated_since_2010&borough=Croydon",
    "pounds": "/?indicator=early_years_spend_per_child_0_4&ics=SWL&vintage=2022&borough=Wandsworth",
    "a category of a year": "/?indicator=family_hubs_programme&borough=Camden&demo=yes&instrument=challenges",
    "above 100": "/?indicator=funded_3_4yo_pct&borough=Richmond upon Thames&demo=yes&instrument=interfaces",
}
CASES = [
    (view, key)
    for at, view in enumerate(VIEWS)
    for number, key in enumerate(registry.EXHIBITS)
    if EVERYTHING or (at + number) % 3 == 0
]
NUMERIC = re.compile(r"'?[-+−]?£?[\d.,]*\d%?†?")
WITH_INTERVAL = re.compile(r"\d.*\(.*\d.* to .*\d.*\)")
A_RANGE = re.compile(r"[-−]?[\d.,]+%? to [-−]?[\d.,]+%?")
YEAR = re.compile(r"\b[12],\d{3}\b")


@cache
def made(name: str, key: str) -> Exhibit | None:
    view, notes = registry.view_of(VIEWS[name])
    assert notes == []
    return registry.exhibit_of(view, key)


def exhibit_of(name: str, key: str) -> Exhibit:
    found = made(name, key)
    assert found is not None, registry.why_none(key)
    return found


def sheets_of(exhibit: Exhibit) -> list[openpyxl.worksheet.worksheet.Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(numbers.FORMATS["xlsx"].build(exhibit)))
    assert book.sheetnames[:2] == ["Cover", "Contents"]
    return [sheet for sheet in book if sheet.title.startswith("Table ")]


def is_same(one: object, other: object) -> bool:
    return math.isclose(float(one), float(other), rel_tol=1e-12, abs_tol=1e-12)  # type: ignore[arg-type]


@pytest.mark.parametrize(("view", "key"), CASES)
def test_a_workbook_has_numbers_where_there_are_numbers_and_text_elsewhere(view: str, key: str) -> None:
    exhibit = made(view, key)
    if exhibit is None:
        assert registry.why_none(key).endswith(".")
        return
    table = numbers.table_of(exhibit)
    sheet = sheets_of(exhibit)[0]
    (area,) = sheet.tables.values()
    assert area.autoFilter is None
    heading, *rows = list(sheet[area.ref])
    names = [cell.value for cell in heading]
    above = [cell.value for (cell,) in sheet.iter_rows(max_row=heading[0].row - 1, max_col=1)]
    for column in table.columns:
        if column.heading not in names:
            # the same in each row, and so once above the table
            assert column.kind is Kind.NOTE
            assert any(line.startswith(f"{column.name}: ") for line in above)
    places = [names.index(column.heading) if column.heading in names else None for column in table.columns]
    for column, place in zip(table.columns, places, strict=True):
        if place is None:
            continue
        cells = [row[place] for row in rows]
        raw = table.rows[column.key]
        assert len(cells) == len(raw)
        if column.kind is Kind.NUMBER:
            for cell, value, measure in zip(cells, raw, table.measures_of(column), strict=True):
                assert cell.alignment.horizontal == "right"
                if pd.isna(value):
                    assert cell.value == "[x]"
                    continue
                assert cell.data_type == "n"
                assert is_same(cell.value, value)
                *_, shown = [part for part in cell.number_format.split(";") if "#" in part]
                assert shown.partition(".")[2] == "0" * measure.decimals
                # as wide as what is shown, with its sign and commas
                width = sheet.column_dimensions[cell.column_letter].width
                assert width > len(f"{value:,.{measure.decimals}f}")
            continue
        for cell, value in zip(cells, raw, strict=True):
            assert cell.value not in (None, "")
            if isinstance(cell.value, int | float):
                assert column.kind in (Kind.PERIOD, Kind.CATEGORY)
                assert cell.number_format == "0"
                assert str(int(cell.value)) == value
                continue
            assert cell.data_type == "s"
            assert column.kind is Kind.IDENTIFIER or not NUMERIC.fullmatch(cell.value), cell.value
            assert not A_RANGE.fullmatch(cell.value)
            if column.kind not in (Kind.NOTE, Kind.TEXT):
                assert not WITH_INTERVAL.search(cell.value), cell.value
            assert not YEAR.search(cell.value) or column.kind in (Kind.NOTE, Kind.TEXT)


@pytest.mark.parametrize(("view", "key"), CASES)
def test_csv_and_json_are_read_as_what_they_are(view: str, key: str) -> None:
    exhibit = made(view, key)
    if exhibit is None:
        assert registry.why_none(key).endswith(".")
        return
    table = numbers.table_of(exhibit)
    content = numbers.FORMATS["csv"].build(exhibit)
    frame = pd.read_csv(io.BytesIO(content), encoding="utf-8-sig")
    assert list(frame)[:-3] == [column.heading for column in table.columns]
    assert frame["About"].str.endswith("A cell is empty where there is no value, or nothing to note.").all()
    for column in table.columns:
        cells = frame[column.heading]
        if column.kind is Kind.NUMBER:
            assert pd.api.types.is_numeric_dtype(cells)
            for cell, value in zip(cells, table.rows[column.key], strict=True):
                assert (pd.isna(cell) and pd.isna(value)) or is_same(cell, value)
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
        # no noise (47.900000000000006), and no apostrophe before a number
        assert not [cell for cell in row if re.fullmatch(r"-?0*[1-9]\d*\.\d{14,}|'[-+]?[\d.]+", cell)]
    found = json.loads(numbers.FORMATS["json"].build(exhibit))
    assert found["title"] == exhibit.title
    assert tuple(found["sources"]) == exhibit.sources
    kinds = {column["key"]: column["kind"] for column in found["columns"]}
    assert len(found["rows"]) == len(table.rows)
    for row in found["rows"]:
        assert list(row) == list(kinds)
        for name, cell in row.items():
            assert cell is None or isinstance(cell, float | int if kinds[name] == "number" else str)


@pytest.mark.parametrize(("view", "key"), CASES)
def test_what_is_read_and_what_is_pasted_is_whole(view: str, key: str) -> None:
    exhibit = made(view, key)
    if exhibit is None:
        return
    table = exhibit.numbers()
    read = table.texts()
    assert len(read) == len(table.rows)
    assert not read.isna().to_numpy().any()
    assert not {"nan", "None"} & set(read.to_numpy().ravel())
    _, *lines = clipboard.lines(table)
    assert len(lines) == len(table.rows)
    for column, cells in zip(table.to_read().columns, zip(*lines, strict=True), strict=True):
        assert column.kind is not Kind.PERIOD or not any(map(YEAR.search, cells))
        if column.kind is Kind.NUMBER:
            assert all(cell == "" or math.isfinite(float(cell)) for cell in cells)


@pytest.mark.parametrize(("view", "boroughs"), [("shares, and made-up answers", 33), ("rates in an ICS", 8)])
@pytest.mark.parametrize("key", ["map", "ranking", "numbers"])
def test_every_table_of_places_has_its_icss_london_and_england_with_their_codes(
    view: str, boroughs: int, key: str
) -> None:
    rows = exhibit_of(view, key).numbers().values()
    codes = list(rows["Area code"])
    assert sum(code.startswith("E09") for code in codes) == boroughs
    icss = {"E54000029"} if boroughs == 8 else {code for code in codes if code.startswith("E54")}
    assert len(icss) == (1 if boroughs == 8 else 5)
    assert codes[-2:] == ["E12000007", "E92000001"]
    own = rows[rows["Area code"] == "E54000029"].iloc[0]
    assert own["Code of its board in the NHS (ODS)"] == "QMF"
    assert own["Its integrated care board"] == "NHS North East London Integrated Care Board"


def test_ranges_and_limits_that_are_drawn_are_in_the_table() -> None:
    spine = exhibit_of("shares, and made-up answers", "spine").numbers().values().set_index("Figure")
    of = spine.loc["Good level of development 2013-19 (2019)"]
    # 69.6 in Hackney and 80.6 in Richmond upon Thames
    assert (of["Lowest borough"], of["Highest borough"]) == (69.6, 80.6)
    assert of["Lowest borough"] < of["Lower quarter"] < of["Upper quarter"] < of["Highest borough"]
    assert of["Unit"] == "per cent"
    funnel = exhibit_of("shares, and made-up answers", "lottery_funnel").numbers().values()
    boroughs = funnel[funnel["Area code"] != "E12000007"]
    lower, upper = (boroughs[f"Limits of chance (99.8%), {end} end (per cent)"] for end in ("lower", "upper"))
    assert ((lower < 74.1) & (upper > 74.0)).all()
    course = exhibit_of("shares, and made-up answers", "lottery_over_time").numbers().values()
    assert course["London (per cent)"].notna().all()


def test_a_value_is_written_by_its_measure() -> None:
    change = Measure("change in number", signed=True)
    assert [change.text(value) for value in (4, -18, 0, -0.2, math.nan)] == ["+4", "−18", "0", "0", ""]
    assert Measure(decimals=1, prefix="£").text(1234.56) == "£1,234.6"
    p = Measure(decimals=3, under=True)
    assert [p.text(value) for value in (0.0004, 0.0123, 1.0)] == ["under 0.001", "0.012", "1.000"]
    bound = Measure(decimals=1, never_zero=True)
    assert [bound.text(value) for value in (3.09, 0.04, -0.003)] == ["3.1", "0.04", "−0.003"]
    assert [Measure(ordinal=True).text(value) for value in (1, 2, 3, 11, 22)] == [
        "1st",
        "2nd",
        "3rd",
        "11th",
        "22nd",
    ]


def test_neighbours_of_one_name_are_read_as_one_cell_and_kept_apart_in_a_file() -> None:
    rows = pd.DataFrame(
        {
            "name": ["Elm", "Oak"],
            "low": [0.1 + 0.2, math.nan],
            "high": [1.25, math.nan],
            "value": [1.0, math.nan],
            "why": ["above 100%", ""],
            "instead": ["", "withheld"],
        }
    )
    measure = Measure("per cent", 1, suffix="%")
    table = Table(
        rows,
        (
            Column("name", "Place", Kind.NAME),
            Column("value", "Value", Kind.NUMBER, measure, noted="why", absent="instead"),
            Column("low", "Lower", Kind.NUMBER, measure, span="Interval"),
            Column("high", "Upper", Kind.NUMBER, measure, span="Interval", before=" to "),
            Column("why", "Note", Kind.NOTE),
        ),
    )
    assert table.texts().to_dict("list") == {
        "Place": ["Elm", "Oak"],
        "Value": ["1.0%†", "withheld"],
        "Interval": ["0.3% to 1.2%", NONE],
    }
    filed = table.values()
    assert list(filed) == ["Place", "Value (per cent)", "Lower (per cent)", "Upper (per cent)", "Note"]
    assert filed["Lower (per cent)"].iloc[0] == 0.3
    assert filed["Note"].iloc[1] is None


@pytest.mark.parametrize(
    "columns",
    [
        (Column("value", "Value", Kind.NUMBER),),
        (Column("year", "Year", Kind.PERIOD),),
        (Column("value", "Value"), Column("value", "Value")),
    ],
)
def test_a_column_that_is_not_what_it_says_is_refused(columns: tuple[Column, ...]) -> None:
    with pytest.raises(ValueError, match=r"column value|column year|one heading"):
        Table(pd.DataFrame({"value": ["4.5%"], "year": [2019]}), columns)


def test_a_place_without_a_value_says_why_in_the_room_of_the_empty_cells() -> None:
    """And it does not say that boroughs are without a figure, where theirs come without counts."""
    view, _ = registry.view_of("?indicator=funded_2yo_pct&period=2024/25&vintage=2026")
    shown = charts_table.contents(figures.picture(view).table)
    width = len(shown.columns)
    cells = {whole["name"]: whole["cells"] for whole in shown.wholes}
    *_, why = cells["North East London"]
    assert why == "cannot be given: it needs counts, or figures of all boroughs"
    assert len(cells["North East London"]) < width
    assert len(cells["England"]) == width
    assert all(len(row["cells"]) == width for row in shown.rows)


def test_a_value_stands_beside_its_name_where_a_phone_has_room_for_two_columns() -> None:
    view, _ = registry.view_of("?indicator=gld_2022_on&period=2025&vintage=2026")
    shown = charts_table.contents(figures.picture(view).table)
    assert [column["title"] for column in shown.columns[:2]] == ["Borough", "Value"]
    # and an ICS is in no ICS
    at = [column["title"] for column in shown.columns].index("ICS")
    assert {row["cells"][at] for row in shown.rows} == set(figures.london().ics_names["2026"].values())
    wholes = [whole["cells"] for whole in shown.wholes if len(whole["cells"]) == len(shown.columns)]
    assert {cells[at] for cells in wholes} == {""}


@pytest.mark.parametrize(
    ("link", "remark", "last"),
    [
        ("?indicator=centres_per_10k_0_4&vintage=2026", "Status of each value: worked out here.", "ICS"),
        # two boroughs have no figure, which their cells say, and the others' are published
        ("?indicator=asq3_at_2_to_2_5_years&period=2023/24&vintage=2026", "", "Status"),
    ],
)
def test_what_each_row_would_say_is_one_sentence(link: str, remark: str, last: str) -> None:
    view, _ = registry.view_of(link)
    shown = charts_table.contents(figures.picture(view).table)
    assert shown.remark == remark
    assert shown.columns[-1]["title"].startswith(last)
    assert all(len(row["cells"]) == len(row["keys"]) == len(shown.columns) for row in shown.rows)
