"""Sites of children's centres: which are open when, and what a newer register makes of them."""

import pandas as pd
import pytest

from data_loaders import store
from data_loaders.library import open_library
from data_loaders.postcodes import Postcodes, load_postcodes
from data_loaders.sites import brought_up_to, load_sites, open_now, open_on
from tests.builders import read_csv


@pytest.fixture(scope="module")
def sites() -> pd.DataFrame:
    return load_sites(open_library())


@pytest.fixture(scope="module")
def postcodes() -> Postcodes:
    return load_postcodes(open_library().entries)


def test_as_many_are_open_as_the_register_counts(sites: pd.DataFrame) -> None:
    in_london = sites[sites["area_code"] != ""]
    assert (len(in_london), len(sites) - len(in_london)) == (471, 69)
    assert open_now(in_london)["type"].value_counts().to_dict() == {
        "designated_centres": 315,
        "linked_sites": 139,
    }
    assert len(open_now(sites)) == 516


def test_on_each_date_held_a_borough_has_the_sites_that_are_counted_for_it(sites: pd.DataFrame) -> None:
    counted: dict[str, dict[tuple[str, str], int]] = {}
    for row in read_csv(store.SNAPSHOT / "observations" / "dfe_register.csv"):
        if row["area_code"].startswith("E09") and row["value"] != "0":
            of_day = counted.setdefault(row["period"], {})
            of_day[row["area_code"], row["indicator_id"]] = int(row["value"])
    assert len(counted) == 11
    for day, counts in counted.items():
        listed = open_on(sites[sites["area_code"] != ""], day)
        # a site has the type that it had last: in 2016 to 2018 some centres were not linked sites yet
        if day < "2019":
            assert len(listed) == sum(counts.values())
        else:
            assert listed.groupby(["area_code", "type"]).size().to_dict() == counts


def test_one_site_stands_in_another_authority_than_the_one_that_lists_it(sites: pd.DataFrame) -> None:
    listed = sites[sites["area_code"] != ""]
    (odd,) = listed[listed["area_code"] != listed["stands_in"]].to_dict("records")
    assert (odd["name"], odd["authority"], odd["stands_in"]) == (
        "Yvonne Carr Children Centre",
        "Wandsworth",
        "E09000022",
    )


def test_a_newer_register_adds_moves_and_closes(sites: pd.DataFrame, postcodes: Postcodes) -> None:
    stays = sites[(sites["area_code"] == "E09000012") & (sites["last_seen"] == "2026-08-19")].iloc[0]
    listed = pd.DataFrame(
        [
            # one that is known and has moved to the far end of the borough
            [stays["urn"], stays["name"], "designated_centres", "E09000012", "Hackney", "", "N16 5RQ"],
            ["99999", "A new door", "linked_sites", "E09000012", "Hackney", "2026-10-01", "e8 3sb"],
            ["88888", "A door without a place", "linked_sites", "E09000012", "Hackney", "", "ZZ1 1ZZ"],
        ],
        columns=["urn", "name", "type", "area_code", "authority", "open_date", "postcode"],
    )
    newer = brought_up_to(sites, listed, "2026-11-02", postcodes)
    in_london = open_now(newer[newer["area_code"] != ""]).set_index("urn")
    assert set(in_london.index) == {stays["urn"], "99999"}
    assert in_london.loc["99999", ["easting", "northing"]].tolist() == [534_721, 184_067]
    assert in_london.loc["99999", "first_seen"] == "2026-11-02"
    assert in_london.loc[stays["urn"], "first_seen"] == stays["first_seen"]
    # the surroundings are not in a download, and stay as they were
    assert len(open_now(newer)) == 2 + 62
    # and yesterday is as it was
    assert len(open_on(newer[newer["area_code"] != ""], "2026-08-19")) == 454
