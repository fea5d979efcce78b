"""The report's facts on centres, worked out again from the tables on disk."""

from data_loaders.store import SNAPSHOT
from geo.places.report import centres_worked_out
from geo.tables.london import London
from tests.builders import read_csv

REGISTER, HANSARD = "observations/dfe_register.csv", "observations/hansard_2010.csv"


def counts(table: str, indicator: str, period: str) -> dict[str, int]:
    return {
        row["area_code"]: int(row["value"])
        for row in read_csv(SNAPSHOT / table)
        if (row["indicator_id"], row["period"]) == (indicator, period)
    }


def test_what_the_report_says_of_centres_is_worked_out_from_both_ends(london: London) -> None:
    before = counts(HANSARD, "designated_centres", "2010-02-28")
    centres = counts(REGISTER, "designated_centres", "2019-12-06")
    sites = counts(REGISTER, "linked_sites", "2019-12-06")
    falls = [before[code] - centres[code] for code in before]
    together = [before[code] - centres[code] - sites[code] for code in before]
    own = centres_worked_out(london)
    assert len(falls) == 33
    assert own["mean_fall"] == sum(falls) / 33
    assert own["largest_fall"] == max(falls) == 18
    assert own["none_lost"] == sum(fall <= 0 for fall in falls) == 7
    assert own["mean_fall_with_sites"] == sum(together) / 33
    assert own["none_lost_with_sites"] == sum(fall <= 0 for fall in together) == 16
    assert own["ten_lost_with_sites"] == sum(fall >= 10 for fall in together) == 4
    assert own["least_with_sites"] == 5


def test_every_fact_of_the_table_is_worked_out(london: London) -> None:
    rows = read_csv(SNAPSHOT / "report_centres.csv")
    assert {row["fact_id"] for row in rows} == set(centres_worked_out(london))
    said = {row["fact_id"]: (row["london"], row["england"]) for row in rows}
    assert said["mean_fall_with_sites"] == ("3", "4")
    assert (said["none_lost"][0], said["none_lost_with_sites"][0], said["ten_lost_with_sites"][0]) == (
        "4",
        "12",
        "3",
    )
