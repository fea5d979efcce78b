"""Sites of children's centres: which are open when, and what a newer register makes of them."""

import numpy as np
import pandas as pd
import pytest

from data_loaders import store
from data_loaders.library import open_library
from data_loaders.postcodes import Postcodes, as_entered
from data_loaders.publisher import Download
from data_loaders.refresh import take_files
from data_loaders.sites import (
    Register,
    brought_up_to,
    load_register,
    load_sites,
    open_now,
    open_on,
    placed,
)
from geo.access import history
from tests.builders import read_csv
from tests.served import Publishers, recorded


@pytest.fixture(scope="module")
def sites() -> pd.DataFrame:
    return load_sites(open_library())


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register(open_library())


def test_as_many_are_open_as_the_register_counts(sites: pd.DataFrame) -> None:
    in_london = sites[sites["area_code"] != ""]
    assert (len(in_london), len(sites) - len(in_london)) == (471, 69)
    assert open_now(in_london)["type"].value_counts().to_dict() == {
        "designated_centres": 315,
        "linked_sites": 139,
    }
    assert len(open_now(sites)) == 516


def test_on_each_date_held_a_borough_has_the_sites_that_are_counted_for_it(register: Register) -> None:
    counted: dict[str, dict[tuple[str, str], int]] = {}
    for row in read_csv(store.SNAPSHOT / "observations" / "dfe_register.csv"):
        if row["area_code"].startswith("E09") and row["value"] != "0":
            of_day = counted.setdefault(row["period"], {})
            of_day[row["area_code"], row["indicator_id"]] = int(row["value"])
    assert len(counted) == 11
    for day, counts in counted.items():
        listed_then = history.listed_on(register, day)
        assert listed_then.groupby(["area_code", "type"]).size().to_dict() == counts


def test_one_site_stands_in_another_authority_than_the_one_that_lists_it(sites: pd.DataFrame) -> None:
    listed = sites[sites["area_code"] != ""]
    (odd,) = listed[listed["area_code"] != listed["stands_in"]].to_dict("records")
    assert (odd["name"], odd["authority"], odd["stands_in"]) == (
        "Yvonne Carr Children Centre",
        "Wandsworth",
        "E09000022",
    )


TODAY = "2026-11-02"


def listed(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Entries of Hackney in a register: urn, name, type and postcode."""
    found = pd.DataFrame(rows, columns=["urn", "name", "type", "postcode"])
    return found.assign(area_code="E09000012", authority="Hackney", open_date="")


def test_a_newer_register_adds_moves_and_closes(register: Register, postcodes: Postcodes) -> None:
    sites = register.sites
    stays = sites[(sites["area_code"] == "E09000012") & (sites["last_seen"] == "2026-08-19")].iloc[0]
    now = listed(
        # one that is known and has moved to the far end of the borough
        (stays["urn"], stays["name"], stays["type"], "N16 5RQ"),
        ("99999", "A new door", "linked_sites", "e8 3sb"),
        ("88888", "A door without a place", "linked_sites", "ZZ1 1ZZ"),
    )
    newer = brought_up_to(register, now, TODAY, postcodes)
    assert newer.days == (*register.days, TODAY)
    in_london = open_now(newer.sites[newer.sites["area_code"] != ""]).set_index("urn")
    assert set(in_london.index) == {stays["urn"], "99999", "88888"}
    assert in_london.loc["99999", ["postcode", "easting", "northing"]].tolist() == ["E8 3SB", 534721, 184067]
    assert in_london.loc["99999", "first_seen"] == TODAY
    assert in_london.loc[stays["urn"], "first_seen"] == stays["first_seen"]
    # one without a place is listed and counted, but nothing can be measured from it
    assert np.isnan(in_london.loc["88888", "easting"])
    assert "88888" not in set(placed(newer.sites)["urn"])
    # where the first one was until then is kept
    was = newer.before[newer.before["urn"] == stays["urn"]].to_dict("records")
    assert [(each["until"], each["by"], each["postcode"]) for each in was] == [
        ("2026-08-19", TODAY, stays["postcode"])
    ]
    # the surroundings are not in a download, and stay as they were
    assert len(open_now(newer.sites)) == 3 + 62
    # and yesterday is as it was
    assert len(open_on(newer.sites[newer.sites["area_code"] != ""], "2026-08-19")) == 454


def test_the_same_register_of_a_later_day_changes_nothing_but_the_day(
    register: Register, postcodes: Postcodes
) -> None:
    sites = register.sites
    now = sites[(sites["area_code"] != "") & (sites["last_seen"] == "2026-08-19")]
    columns = ["urn", "name", "type", "area_code", "authority", "open_date", "postcode"]
    newer = brought_up_to(register, now[columns], TODAY, postcodes)
    assert len(newer.before) == len(register.before)
    after = newer.sites.set_index("urn").loc[now["urn"]].reset_index()
    pd.testing.assert_frame_equal(
        after.drop(columns="last_seen"), now.drop(columns="last_seen").reset_index(drop=True), check_like=True
    )
    assert set(after["last_seen"]) == {TODAY}


def test_an_entry_that_had_left_and_comes_back_was_not_there_in_between(
    register: Register, postcodes: Postcodes
) -> None:
    """Hackney's linked site at E8 1AS, last listed on 8 October 2024."""
    back = listed(("20465", "Brook Satellite Children's Centre", "linked_sites", "E8 1AS"))
    newer = brought_up_to(register, back, TODAY, postcodes)
    there = {day: "20465" in set(history.listed_on(newer, day)["urn"]) for day in newer.days}
    assert there == {day: day < "2024-10-09" or day == TODAY for day in newer.days}
    then, now = (history.listed_on(newer, day) for day in ("2025-12-31", TODAY))
    changed = history.changes(newer, "2025-12-31", TODAY, then, now).query("change == 'new'")
    assert changed["urn"].tolist() == ["20465"]
    assert changed["by"].tolist() == [TODAY]


@pytest.mark.thorough
def test_a_register_older_than_the_embedded_one_changes_no_site(publishers: Publishers) -> None:
    """It adds its day to the counts; what it lists is not what is there today."""
    before = load_sites(open_library())
    path = recorded("gias/edubaseallchildrencentre20191206.csv")
    older = Download(path.read_bytes(), path.name)
    assert take_files("dfe_register", [older], publishers.order()).kind == "replaced"
    pd.testing.assert_frame_equal(load_sites(open_library()), before)


def test_what_entries_were_before_is_what_the_registers_of_their_days_say(register: Register) -> None:
    """All entries that had another type or another known postcode in one of the registers that are held."""
    newest = register.sites.set_index("urn")
    kinds = {"47": "designated_centres", "48": "linked_sites"}
    of_day = {}
    for day in ("2016-08-04", "2019-12-06"):
        path = recorded(f"gias/edubaseallchildrencentre{day.replace('-', '')}.csv")
        rows = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="cp1252").set_index("URN")
        of_day[day] = rows[rows.index.isin(newest.index[newest["area_code"] != ""])]
    was = register.before
    for day, rows in of_day.items():
        then = history.listed_on(register, day).set_index("urn")
        assert then["type"].to_dict() == rows["TypeOfEstablishment (code)"].map(kinds).to_dict()
        told = rows["Postcode"].map(as_entered)
        differs = told[told != then["postcode"].map(as_entered).reindex(told.index)]
        # two slips of typing, which no directory knows, are drawn where the register corrects them
        assert differs.to_dict() == ({"20733": "SW13EU", "21703": "SE271EA"} if day < "2019" else {})
    assert set(was["until"]) == {"2016-08-04", "2016-12-15", "2019-12-06"}
