"""An indicator is added by rows in tables: no code knows it, and everything works for it."""

import csv
import datetime as dt
import shutil
from pathlib import Path

import pytest

from data_loaders import store
from data_loaders.library import open_library
from data_loaders.observations import COLUMNS
from geo.boundaries.layouts import Layout
from geo.measures.classes import METHODS
from geo.tables.listing import listing
from geo.tables.london import London, ics_table, load_london, place_table
from pages.components.charts import choropleth, ranking as charts_ranking
from pages.components.data.indicator_view import IndicatorView
from pages.components.state.view import View
from pages.components.text import headlines, units
from tests import vega_lite
from tests.builders import read_csv
from tests.pages.test_pictures import rows_of, with_rows

DAY = dt.date(2031, 5, 4)
SOURCE = "toy_libraries_2030"
LOANS, RATE = "toy_loans", "toy_loans_per_10k_0_4"
CODES = [f"E090000{number:02}" for number in range(1, 34)]
# the City has 1 loan, Barking 2, and so on to Westminster's 33; nobody knows Camden's
COUNTS = {code: number for number, code in enumerate(CODES, start=1) if code != "E09000007"}


def append(table: Path, **cells: str) -> None:
    """Add a row; cells that are not given are empty."""
    with table.open(newline="", encoding="utf-8") as lines:
        header = next(csv.reader(lines))
    assert set(cells) <= set(header)
    with table.open("a", newline="", encoding="utf-8") as lines:
        csv.DictWriter(lines, header, restval="", lineterminator="\n").writerow(cells)


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> London:
    """The snapshot with one published indicator and one derived from it, added by rows."""
    folder = Path(shutil.copytree(store.SNAPSHOT, tmp_path_factory.mktemp("extended") / "snapshot"))
    append(
        folder / "sources.csv",
        source_id=SOURCE,
        title="Toy libraries of London",
        publisher="The toy libraries",
        url="https://example.org/toys",
        licence="Open Government Licence v3.0",
        licence_url="https://example.org/licence",
        attribution="Contains toys.",
        figures_date="2025-12-31",
    )
    shared = {
        "domain": "Play",
        "polarity": "higher_is_better",
        "period_type": "date",
        "interval": "none",
        "definition": "Toys lent in a year.",
        "caveats": "Some toys are lent twice.",
        "comparable_over_time": "yes",
        "when_absent": "suppressed",
        "shown": "yes",
        "kind": "provision",
    }
    append(
        folder / "indicators.csv",
        indicator_id=LOANS,
        label="Toys lent by toy libraries",
        short_label="Toys lent",
        unit="count",
        decimals="0",
        aggregation="sum",
        multiplier="1",
        sentence="In {place} {value} [toy was|toys were] lent",
        source_ids=SOURCE,
        **shared | {"polarity": "neither", "kind": "total"},
    )
    append(folder / "rates_of_totals.csv", total=LOANS, rate=RATE, said="toys per 10,000 children")
    append(
        folder / "indicators.csv",
        indicator_id=RATE,
        label="Toys lent per 10,000 children aged 0 to 4",
        short_label="Toys per 10,000 children",
        unit="per_10k",
        decimals="1",
        aggregation="ratio",
        multiplier="10000",
        sentence="In {place} {value} [toy was|toys were] lent for every 10,000 children aged 0 to 4",
        source_ids=f"{SOURCE}; ons_population_mid2024",
        **shared,
    )
    append(
        folder / "derivations.csv",
        indicator_id=RATE,
        operation="ratio",
        left=LOANS,
        right="population_0_4",
        match="as_of",
    )
    observations = folder / "observations" / f"{SOURCE}.csv"
    observations.write_text(",".join(COLUMNS) + "\n", encoding="utf-8")
    for code, count in COUNTS.items():
        append(
            observations,
            area_code=code,
            indicator_id=LOANS,
            period="2025-12-31",
            period_end="2025-12-31",
            value=str(count),
            status="published",
            source_id=SOURCE,
        )
    changed = store.seal(DAY, folder)
    assert sorted(changed) == sorted(
        [
            "derivations.csv",
            "indicators.csv",
            f"observations/{SOURCE}.csv",
            "rates_of_totals.csv",
            "sources.csv",
        ]
    )
    return load_london(open_library(folder))


def draw(extended: London, layouts: dict[str, Layout], **params: str) -> IndicatorView:
    view, notes = View.from_params(params, extended)
    assert notes == []
    return IndicatorView(view, extended, layouts[view.layout])


def test_its_figures_are_joined_with_the_places(extended: London) -> None:
    table = place_table(extended, LOANS, "2025-12-31", "2022").set_index("area_name")
    assert len(table) == 35
    assert table.at["Westminster", "value"] == 33
    assert table.at["Camden", "status"] == "suppressed"
    assert table.at["Westminster", "ics_code"] == "NWL"
    # Camden is unknown, so London has no total; the City is not ranked
    assert table["value"].isna().sum() == 3
    assert (table.at["Westminster", "rank_london"], table.at["Westminster", "of_london"]) == (1, 31)


def test_its_rate_is_worked_out_for_boroughs_ics_and_london(extended: London) -> None:
    table = place_table(extended, RATE, "2025-12-31", "2022").set_index("area_name")
    assert table.at["Barking and Dagenham", "value"] == pytest.approx(2 / 18_053 * 10_000)
    assert table.at["London", "value"] == pytest.approx(sum(COUNTS.values()) / (527_257 - 9_642) * 10_000)
    south_west = ics_table(extended, RATE, "2025-12-31", "2022").set_index("ics_code").loc["SWL"]
    # Croydon 8, Kingston 21, Merton 24, Richmond 27, Sutton 29, Wandsworth 32
    children = 25_755 + 8_907 + 12_765 + 9_955 + 11_784 + 18_039
    assert south_west["value"] == pytest.approx((8 + 21 + 24 + 27 + 29 + 32) / children * 10_000)


def test_it_has_a_headline_and_remarks(extended: London, layouts: dict[str, Layout]) -> None:
    drawn = draw(extended, layouts, indicator=LOANS)
    assert drawn.headline == "In Westminster 33 toys were lent; in Barking and Dagenham 2."
    assert drawn.remarks[0] == "No figure for Camden: withheld by the publisher because numbers are small."
    assert drawn.subtitle == "31 December 2025 · All London · five ICSs as of July 2022"
    assert [source.title for source in drawn.sources] == ["Toy libraries of London"]
    rate = draw(extended, layouts, indicator=RATE, ics="NCL")
    assert "The value of North Central London is worked out without Camden." in rate.remarks


@pytest.mark.parametrize("indicator", [LOANS, RATE])
def test_its_link_brings_it_back(indicator: str, extended: London) -> None:
    view = View(indicator=indicator, period="2025-12-31", ics="WNL", vintage="2026", borough="Camden")
    assert View.from_params(view.to_params(), extended) == (view, [])
    misspelt, notes = View.from_params({"indicator": indicator[:-1]}, extended)
    assert misspelt.indicator != indicator
    assert f"Did you mean “{indicator}”?" in notes[0]


@pytest.mark.parametrize("indicator", [LOANS, RATE])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("layout", ["map", "tiles"])
def test_it_is_mapped_and_ranked(
    indicator: str, method: str, layout: str, extended: London, layouts: dict[str, Layout]
) -> None:
    drawn = draw(extended, layouts, indicator=indicator, classes=method, layout=layout)
    areas = {row["area_name"]: row for row in rows_of(drawn.map_data, "areas")}
    assert len(areas) == 33
    assert areas["Camden"]["value_text"] == "withheld"
    assert {row["text"] for row in rows_of(drawn.map_data, "legend")} >= {"Withheld (1)"}
    if indicator == RATE:
        assert len(rows_of(drawn.map_data, "legend")) == 1 + 5 + 1  # heading, five classes, withheld
    else:
        # a total is drawn as circles, and its rate is offered
        assert [row["text"] for row in rows_of(drawn.map_data, "sizes")] == ["20", "5", "2"]
        assert len(rows_of(drawn.map_data, "circles")) == 32
        assert extended.rates[LOANS] == (RATE, "toys per 10,000 children")
    assert rows_of(drawn.map_data, "hatch")
    assert len(rows_of(drawn.chart_data, "bars")) == 33


def test_its_map_and_ranking_are_valid_vega_lite(extended: London, layouts: dict[str, Layout]) -> None:
    drawn = draw(extended, layouts, indicator=RATE)
    drawing = choropleth.specification(layouts["map"], drawn.rows, "2022", "light")
    vega_lite.validate(with_rows(drawing, drawn.map_data))
    vega_lite.validate(with_rows(charts_ranking.specification("light"), drawn.chart_data))


def test_it_can_be_taken_away(extended: London) -> None:
    table = listing(extended, RATE, "2025-12-31", "2026", "WNL")
    boroughs = table[table["area_type"] == "borough"]
    assert len(boroughs) == 13
    assert set(boroughs["source"]) == {"Toy libraries of London; Population estimates, mid-2024"}


def test_its_value_is_written_with_its_unit(extended: London) -> None:
    entry = extended.catalogue.indicators[RATE]
    assert units.format_value(1.25, entry) in {"1.2", "1.3"}
    assert headlines.fill_sentence(entry.sentence, "Camden", "1") == (
        "In Camden 1 toy was lent for every 10,000 children aged 0 to 4"
    )


def test_the_embedded_snapshot_is_left_as_it_was(extended: London, london: London) -> None:
    assert LOANS in extended.periods
    assert LOANS not in london.periods
    assert SOURCE not in {row["source_id"] for row in read_csv(store.SNAPSHOT / "sources.csv")}
