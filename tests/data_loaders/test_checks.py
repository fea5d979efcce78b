"""Each data contract holds for the embedded snapshot, and finds what breaks it."""

import datetime as dt
from pathlib import Path

import pytest

from data_loaders import checks, store

EARLIER, LATER = "observations/ohid_asq3.csv", "observations/dfe_register.csv"
FUNDED = "observations/dfe_funded_places.csv"


def answers(folder: Path) -> dict[str, checks.Result]:
    store.seal(dt.date(2031, 5, 4), folder)
    return {result.name: result for result in checks.check_all(folder)}


def test_the_embedded_snapshot_keeps_every_contract() -> None:
    results = checks.check_all()
    assert [result for result in results if not result.passed] == []
    assert {"tables match the manifest", "tables are as declared", *checks.CHECKS} == {
        result.name for result in results
    }


@pytest.mark.parametrize(
    ("broken", "table", "old", "new", "named"),
    [
        (
            "one row for each area, indicator and period",
            "observations/hansard_2010.csv",
            "E09000001,designated_centres,2010-02-28",
            "E09000007,designated_centres,2019-12-06,2019-12-06,5,,,,,published,hansard_2010,\n"
            "E09000001,designated_centres,2010-02-28",
            "E09000007 designated_centres 2019-12-06",
        ),
        (
            "every authority is accounted for",
            "observations/mhclg_idaci_2019.csv",
            "E09000025,idaci_2019,",
            "E12000007,idaci_2019,",
            "idaci_2019 2019: 32 of 33",
        ),
        (
            "values agree with their counts",
            "observations/dfe_eyfsp.csv",
            "E09000002,gld_2013_2019,2013,2013-06-30,45.6,1631,3573",
            "E09000002,gld_2013_2019,2013,2013-06-30,46.5,1631,3573",
            "E09000002 gld_2013_2019 2013",
        ),
        (
            "status fits value",
            LATER,
            "E09000007,designated_centres,2019-12-06,2019-12-06,5",
            "E09000007,designated_centres,2019-12-06,2019-12-06,",
            "E09000007 designated_centres 2019-12-06",
        ),
        (
            "values are possible",
            EARLIER,
            "E09000025,asq3_at_2_to_2_5_years,2023/24,2024-03-31,",
            "E09000025,asq3_at_2_to_2_5_years,2023/24,2024-03-31,1",
            "E09000025 asq3_at_2_to_2_5_years 2023/24",
        ),
        (
            "periods are past",
            LATER,
            ",2026-08-19,2026-08-19,",
            ",2926-08-19,2926-08-19,",
            "E09000001 designated_centres 2926-08-19",
        ),
        (
            "totals are the sum of their parts",
            FUNDED,
            "E12000007,funded_2yo_n,2024/25,2025-08-31,14763",
            "E12000007,funded_2yo_n,2024/25,2025-08-31,14736",
            "funded_2yo_n 2024/25",
        ),
        (
            "totals are told apart",
            "rates_of_totals.csv",
            "\nlinked_sites,centres_and_linked_sites_per_10k_0_4",
            "\nlinked_sites,population_0_4",
            "population_0_4 cannot be compared in place of linked_sites",
        ),
        (
            "totals are told apart",
            "rates_of_totals.csv",
            "\nlinked_sites,centres_and",
            "\nimd_2025,centres_and",
            "imd_2025 is no total of the catalogue",
        ),
        (
            "totals are told apart",
            "indicators.csv",
            "Linked sites,Children's centres,count,0,neither",
            "Linked sites,Children's centres,count,0,higher_is_better",
            "linked_sites: a total is better neither high nor low",
        ),
        (
            "totals are told apart",
            "indicators.csv",
            "dfe_register,not_loaded,yes,daily register,,yes,total",
            "dfe_register,not_loaded,yes,daily register,,yes,need",
            "linked_sites: it is added up, so its kind is total or change, not need",
        ),
        ("footprints are complete", "footprints.csv", "2022,E09000007,NCL", "2022,E09000007,WNL", "6 ICSs"),
    ],
)
def test_a_broken_contract_is_found_and_named(
    broken: str, table: str, old: str, new: str, named: str, snapshot_copy: Path
) -> None:
    text = (snapshot_copy / table).read_text(encoding="utf-8")
    assert old in text
    (snapshot_copy / table).write_text(text.replace(old, new), encoding="utf-8")
    results = answers(snapshot_copy)
    assert [name for name, result in results.items() if not result.passed] == [broken]
    assert named in results[broken].message


def test_sites_elsewhere_without_a_place_and_moved_are_named(snapshot_copy: Path) -> None:
    said = answers(snapshot_copy)["sites have a place"].message
    assert said.startswith("454 listed sites; outside the authority that lists them: Yvonne Carr Children")
    assert "Centre (Wandsworth, stands in Lambeth); without a known postcode: none; moved: " in said
    assert said.count(" to ") == 4
    # one more that stands elsewhere than where it is listed
    table = snapshot_copy / "childrens_centre_sites.csv"
    text = table.read_text(encoding="utf-8")
    here = "Barking and Dagenham,E09000002,E09000002,IG11 8JA"
    assert here in text
    table.write_text(text.replace(here, here.replace("02,IG", "07,IG")), encoding="utf-8")
    said = answers(snapshot_copy)["sites have a place"].message
    assert "Abbey Children's Centre (Barking and Dagenham, stands in Camden); Yvonne Carr" in said


def test_a_table_that_differs_is_the_only_answer(snapshot_copy: Path) -> None:
    (snapshot_copy / LATER).write_bytes((snapshot_copy / LATER).read_bytes() + b"\n")
    (snapshot_copy / "stray.csv").write_text("a,b\n", encoding="utf-8")
    (result,) = checks.check_all(snapshot_copy)
    assert not result.passed
    assert result.message == (
        f"{LATER} differs from the copy that the manifest describes. stray.csv is not in the manifest."
    )


def test_a_snapshot_that_is_not_there_is_an_answer_and_no_crash(tmp_path: Path) -> None:
    (result,) = checks.check_all(tmp_path)
    assert (result.name, result.passed) == ("tables can be read", False)
    assert "cannot be read" in result.message
