"""The embedded observations are the compiled official figures, no more and no less."""

from pathlib import Path

import pytest

from data_loaders import store
from data_loaders.snapshot import write_observations
from geo.tables.london import London, place_table
from tests.builders import FIGURES, read_csv

MEASURES = {
    "asq3_2_2h_pct": "asq3_at_2_to_2_5_years",
    "funded_2yo_pct": "funded_2yo_pct",
    "funded_2yo_n": "funded_2yo_n",
    "funded_3_4yo_pct": "funded_3_4yo_pct",
    "funded_3_4yo_n": "funded_3_4yo_n",
    "children_low_income_families_pct": "low_income_under_16_pct",
    "s251_sure_start_cc_early_years_gross": "early_years_spend_gross",
}
REVIEWS = [
    "new_birth_visit_14_days",
    "review_6_8_weeks",
    "review_12_months_by_12",
    "review_12_months_by_15",
    "review_2_to_2_5_years",
]
CHILD_DEVELOPMENT = {
    "good_level_of_development_at_2_to_2_5": "child_development_good_level",
    "communication": "child_development_communication",
    "gross_motor": "child_development_gross_motor",
    "fine_motor": "child_development_fine_motor",
    "problem_solving": "child_development_problem_solving",
    "personal_social": "child_development_personal_social",
}
LONDON = "E12000007"

Cells = dict[tuple[str, str, str], str]


def rows(name: str) -> list[dict[str, str]]:
    return read_csv(FIGURES / f"{name}.csv")


def centres() -> Cells:
    return {
        (indicator, row["as_at"], row["borough_code"]): row[indicator]
        for row in rows("childrens_centres_by_borough")
        for indicator in ("designated_centres", "linked_sites")
    }


def local_measures() -> Cells:
    cells = {}
    for row in rows("dfe_local_measures"):
        # a spend of £0 is a return in which nothing was reported, and no figure
        is_nil = row["measure"].startswith("s251") and float(row["value"] or 1) == 0
        if row["measure"] in MEASURES and not is_nil:
            start = int(row["year"][:4]) - (len(row["year"]) == 4)  # "2024" and "2023-24 (OT)"
            period = f"{start}/{str(start + 1)[2:]}"
            cells[MEASURES[row["measure"]], period, row["area_code"]] = row["value"]
    return cells


def good_level_of_development() -> Cells:
    return {
        (
            "gld_2013_2019" if int(row["year"]) <= 2019 else "gld_2022_on",
            row["year"],
            row["area_code"],
        ): row["gld_percent"]
        for row in rows("eyfsp_good_level_of_development")
    }


def single_figures() -> Cells:
    tables = [
        ("population_mid2024", "aged_0_4_mid2024", "population_0_4", "mid-2024"),
        ("idaci_2019", "IDACI - Average score", "idaci_2019", "2019"),
        ("imd_2025", "imd_average_score", "imd_2025", "2025"),
    ]
    return {
        (indicator, period, row["borough_code"]): row[column]
        for table, column, indicator, period in tables
        for row in rows(table)
    }


def family_hubs() -> Cells:
    codes = {"True": "1", "False": "0"}
    return {
        ("family_hubs_programme", "2022", row["borough_code"]): codes[row["family_hubs_start_for_life_75"]]
        for row in rows("family_hubs_programme_2022")
    }


def health_visiting() -> Cells:
    return {
        (row["indicator_id"], row["period"], row["area_code"]): row["value_pct"]
        for row in rows("health_visiting_published_headlines")
        if row["indicator_id"] in REVIEWS
    }


def child_development() -> Cells:
    return {
        (CHILD_DEVELOPMENT[row["measure"]], row["period"], row["area_code"]): row["value"]
        for row in rows("child_development_at_2_to_2_5_years")
    }


def survey() -> Cells:
    interfaces = {
        ("interface_" + row["item_id"], "March 2022", LONDON): row["mean_score_1_to_5"]
        for row in rows("survey_published_interfaces")
    }
    hallmarks = {
        ("hallmark_" + row["item_id"], "March 2022", LONDON): row["yes_pct"]
        for row in rows("survey_published_hallmarks")
    }
    return interfaces | hallmarks


def test_building_again_gives_the_same_bytes(tmp_path: Path) -> None:
    built = write_observations(FIGURES, tmp_path)
    # others are worked out (tests/geo/test_access_build.py), or have a source that is not compiled
    assert len(built) >= 17
    for name in built:
        assert (tmp_path / name).read_bytes() == (store.SNAPSHOT / name).read_bytes(), name


def test_compiled_indicators_say_what_the_publications_say_and_nothing_else(
    london: London, tmp_path: Path
) -> None:
    cells: Cells = {}
    for read in (
        centres,
        local_measures,
        good_level_of_development,
        single_figures,
        family_hubs,
        health_visiting,
        child_development,
        survey,
    ):
        cells |= read()
    expected = {key: float(cell) for key, cell in cells.items() if cell}
    built = [read_csv(tmp_path / name) for name in write_observations(FIGURES, tmp_path)]
    compiled = {row["indicator_id"] for table in built for row in table}
    said = {
        (indicator, period, row["area_code"]): row["value"]
        for indicator, periods in london.periods.items()
        if indicator in compiled
        for period in periods
        for row in place_table(london, indicator, period, "2022").to_dict("records")
        if row["status"] == "published"
    }
    assert said.keys() == expected.keys()
    assert said == pytest.approx(expected, rel=1e-9)


def test_the_numbers_of_children_behind_a_percentage_are_the_published_ones(london: London) -> None:
    for row in rows("eyfsp_counts_2013_2019"):
        table = place_table(london, "gld_2013_2019", row["year"], "2022").set_index("area_code")
        said = table.loc[row["borough_code"]]
        assert said["numerator"] == float(row["gld_number"])
        assert said["denominator"] == float(row["number_of_children"])


def test_the_numbers_and_limits_of_child_development_are_the_published_ones(london: London) -> None:
    checked = 0
    for row in rows("child_development_at_2_to_2_5_years"):
        table = place_table(london, CHILD_DEVELOPMENT[row["measure"]], row["period"], "2022")
        said = table.set_index("area_code").loc[row["area_code"]]
        for column in ("numerator", "denominator", *(["lower_95", "upper_95"] if row["lower_95"] else [])):
            if row[column]:
                assert said[column] == float(row[column]), (row, column)
                checked += 1
    assert checked > 27 * 2 + 26 * 2 * 6 * 5 - 1


def test_the_limits_of_2025_are_the_published_ones_beside_values_that_agree(london: London) -> None:
    table = place_table(london, "gld_2022_on", "2025", "2022").set_index("area_code")
    listed = rows("gld_2025_limits")
    assert len(listed) == 33
    for row in listed:
        said = table.loc[row["area_code"]]
        assert said["value"] == pytest.approx(float(row["value"]), abs=0.05001)
        assert (said["lower_95"], said["upper_95"]) == (float(row["lower_95"]), float(row["upper_95"]))


def test_odd_figures_are_printed_as_they_are_and_say_what_is_odd(london: London) -> None:
    table = place_table(london, "child_development_good_level", "2021/22", "2022").set_index("area_name")
    odd = table[table["note"].str.startswith("as published, but odd")]
    assert odd["value"].round(1).to_dict() == {
        "Greenwich": 93.1,
        "Havering": 32.1,
        "Lewisham": 85.1,
        "Tower Hamlets": 91.8,
    }
    assert "2.7% in the first quarter of the year and 58.8% in the last" in odd.at["Havering", "note"]
    assert "1.8 times as many children" in odd.at["Lewisham", "note"]
    assert "cannot be" in odd.at["Tower Hamlets", "note"]
    first = place_table(london, "child_development_good_level", "2021/22 Q1", "2022").set_index("area_name")
    assert first.at["Greenwich", "note"] == "as published, but odd: of 3 children only"


def test_each_borough_is_in_the_ics_that_the_lookup_says(london: London) -> None:
    short = {"2022": "ics_2022_short", "2026": "icb_2026_code"}
    for vintage, column in short.items():
        members = london.footprints[london.footprints["vintage"] == vintage].set_index("area_code")
        ours = members["ics_code" if vintage == "2022" else "icb_code"].to_dict()
        assert ours == {row["borough_code"]: row[column] for row in rows("boroughs_and_ics")}
