"""The page Centres over time: what it says of the register is what the register says, on every day held."""

import itertools

import pandas as pd
import pytest

from data_loaders import store
from data_loaders.refresh import refresh
from data_loaders.sites import Register
from geo.access import history
from geo.access.history import GONE, MOVED, NEW, RETYPED, TYPES, listed_on
from geo.tables.london import London, load_london
from pages.components.centres import charts, exhibits, text
from pages.components.data import centres
from pages.components.packs import registry
from pages.components.state.view import View
from pages.components.text import markdown
from pages.exports.exhibit import Exhibit
from tests.builders import read_csv
from tests.served import REGISTER_DAY, Publishers, as_csv, hub_rows, register_rows

FIRST, LAST = "2016-08-04", "2026-08-19"


def changes(register: Register, since: str, day: str) -> pd.DataFrame:
    """What changed between two days of the register."""
    return history.changes(register, since, day, listed_on(register, since), listed_on(register, day))


def view(query: str = "") -> View:
    found, notes = registry.view_of(f"/centres?vintage=2026&{query}")
    assert notes == []
    return found


def exhibit(query: str = "", key: str = "centres_map") -> Exhibit:
    found = registry.exhibit_of(view(query), key)
    assert found is not None
    return found


def test_on_every_day_held_each_borough_has_as_many_sites_as_the_catalogue_counts() -> None:
    counted: dict[tuple[str, str, str], int] = {
        (row["period"], row["area_code"], row["indicator_id"]): int(row["value"])
        for row in read_csv(store.SNAPSHOT / "observations" / "dfe_register.csv")
        if row["area_code"].startswith("E09")
    }
    days = {day for day, _, _ in counted}
    assert set(centres.register().days) == days
    for day in days:
        rows = exhibits.by_borough(view(f"day={day}")).rows
        for row, kind in itertools.product(rows.to_dict("records"), TYPES):
            assert row[f"now_{kind}"] == counted[day, row["area_code"], kind], (day, row["borough"], kind)


@pytest.mark.parametrize("sites", ["all", *TYPES])
def test_what_came_and_went_leads_from_each_day_to_each_later_one(sites: str) -> None:
    days = centres.register().days
    for since, day in itertools.combinations(days, 2):
        found = centres.compared(view(f"since={since}&day={day}&sites={sites}"))
        kinds = found.changes["change"]
        turned = (kinds == RETYPED) & (sites != "all")
        came = (kinds == NEW) | (turned & (found.changes["type"] == sites))
        went = (kinds == GONE) | (turned & (found.changes["from_type"] == sites))
        assert len(found.then) - went.sum() + came.sum() == len(found.now), (since, day)


def test_changes_between_two_days_are_those_of_the_days_between_them() -> None:
    """What is gone, new or of another type is so once, whichever days are looked at on the way."""
    register = centres.register()
    steps = pd.concat([changes(register, *pair) for pair in itertools.pairwise(register.days)])
    whole = changes(register, register.days[0], register.days[-1])
    for kind in (GONE, NEW, RETYPED):
        one, other = (rows[rows["change"] == kind] for rows in (steps, whole))
        assert sorted(one["urn"]) == sorted(other["urn"]), kind
    # postcodes are held of three days only: between the others no change of one is told
    told = set(whole.loc[whole["change"] == MOVED, "urn"])
    assert told == {"21062", "21584", "23469", "23578"}
    assert MOVED not in set(steps["change"])


def test_ten_years_are_said_with_all_boroughs_and_without_a_cause() -> None:
    found = exhibit()
    assert found.title == (
        "On 19 August 2026 the register lists 454 centres and linked sites in London; of the 470 of 4 August "
        "2016, 17 are no longer listed; one is newly listed."
    )
    assert found.remarks[:5] == (
        "No longer listed: 9 in Haringey, 3 in Brent, 2 in Hillingdon, 2 in Wandsworth and 1 in Hackney.",
        "Newly listed: 1 in Havering.",
        "Listed as another type than before: 1 as a designated centre (Merton), and 5 as linked sites (4 in "
        "Merton, and 1 in Hammersmith and Fulham).",
        "Registered at another postcode than before: 4, one each in Enfield, Haringey, Hillingdon and "
        "Islington.",
        "In the other 23 authorities no entry has changed: the register does not say whether nothing changed "
        "there or nobody brought it up to date.",
    )
    assert "entries can be out of date" in found.subtitle
    assert exhibits.CAUTION in found.remarks
    said = " ".join([found.title, *found.remarks, exhibits.held()]).lower()
    assert not {"closure", "was closed", "were closed", "shut", "cut", "lost"} & set(said.split())


def test_one_type_is_said_with_what_turned_into_it_and_out_of_it() -> None:
    assert exhibit("sites=designated_centres&borough=Merton").title == (
        "On 19 August 2026 the register lists 2 designated centres in Merton; of the 5 of 4 August 2016, "
        "four are listed as another type; one was listed as another type before."
    )
    assert exhibit("sites=linked_sites&borough=Merton").title == (
        "On 19 August 2026 the register lists 9 linked sites in Merton; of the 6 of 4 August 2016, one is "
        "listed as another type; four were listed as another type before."
    )


def test_one_day_alone_is_compared_with_nothing() -> None:
    asked = f"since={FIRST}&day={FIRST}"
    found = exhibit(asked)
    assert found.title == "On 4 August 2016 the register lists 470 centres and linked sites in London."
    assert "compared" not in found.subtitle
    assert registry.exhibit_of(view(asked), "centres_changes") is None
    assert list(exhibits.by_borough(view(asked)).texts()) == [
        "Borough",
        "Centres",
        "Linked sites",
    ]


def test_the_list_names_what_changed_with_the_days_that_are_known() -> None:
    rows = text.listed(centres.compared(view()).changes)
    said = dict(zip(*(rows[name].map(markdown.unescaped) for name in ("Site", "As registered")), strict=True))
    assert said["Hilldene"] == "First listed on 9 November 2017; date opened 20 February 2017"
    assert said["Brook Satellite Children's Centre (linked site)"] == "Last listed on 8 October 2024"
    assert said["Steers Mead Children's Centres"] == (
        "Linked site on 15 December 2016, designated centre on 9 November 2017"
    )
    assert said["Welbourne Children's Centre"] == (
        "N17 9PB on 6 December 2019; N15 4EA on 19 August 2026, 160 m away"
    )


def test_a_change_that_may_lie_outside_the_days_is_not_told() -> None:
    """From December 2016 on, nobody knows whether Enfield's entry still had its postcode of August."""
    rows = changes(centres.register(), "2016-12-15", LAST)
    assert set(rows.loc[rows["change"] == MOVED, "urn"]) == {"21584", "23469", "23578"}


def test_filters_narrow_words_map_and_files_alike(london: London) -> None:
    inside = set(london.footprints.query("vintage == '2022' and ics_code == 'NCL'")["area_code"])
    found = registry.exhibit_of(registry.view_of("/centres?vintage=2022&ics=NCL")[0], "centres_sites")
    assert found is not None
    rows = found.numbers().rows
    assert set(rows["area_code"]) == inside
    assert "in North Central London" in found.title
    drawn = registry.exhibit_of(registry.view_of("/centres?vintage=2022&ics=NCL")[0], "centres_map")
    assert drawn is not None
    signs = drawn.rows["signs"].to_pandas()
    gone = signs[signs["kind"] == text.KIND_NAMES[GONE]]
    assert len(gone) == 9
    assert gone["told"].str.contains("Haringey").all()
    # each site is there once, whatever has changed of it
    assert len(signs) == len(rows) + len(gone)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_signs_are_told_apart_by_shape_and_by_colour(theme: str) -> None:
    looks = charts.looks(theme).values()
    assert len({look.shape for look in looks}) == len({look.fill for look in looks}) == len(looks)


def test_the_link_brings_the_days_back_and_what_is_not_held_is_said(london: London) -> None:
    found, notes = View.from_params({"day": "2022-12-15", "since": FIRST, "sites": "linked_sites"}, london)
    assert (found.day, found.since, found.sites, notes) == ("2022-12-15", FIRST, "linked_sites", [])
    assert View.from_params(found.to_params(), london) == (found, [])
    found, notes = View.from_params({"day": "yesterday", "since": "1999-01-01", "sites": "hubs"}, london)
    assert (found.day, found.since, found.sites) == ("", "", "all")
    assert notes == [
        "There is no day of the register called “yesterday”: this shows the newest.",
        "There is no day of the register called “1999-01-01”: this shows the first.",
        "There is no kind of sites called “hubs”: this shows “all”.",
    ]
    shown = centres.settled(view("day=2018-07-01&since=2010-01-01"))
    assert (shown.day, shown.since) == ("2017-11-09", FIRST)
    assert text.not_held("2018-07-01", shown.day) == (
        "The register of 2018-07-01 is not held: that of 9 November 2017 is shown."
    )
    # the day compared with is never later than the day that is shown
    shown = centres.settled(view(f"day={FIRST}&since={LAST}"))
    assert (shown.day, shown.since) == (FIRST, FIRST)


def test_a_site_whose_postcode_nobody_knows_is_listed_and_counted_but_not_drawn() -> None:
    register = centres.register()
    sites = register.sites.copy()
    lost = sites.index[sites["urn"] == "20019"]
    sites.loc[lost, ["easting", "northing"]] = float("nan")
    sites.loc[lost, "stands_in"] = ""
    now = listed_on(register._replace(sites=sites), LAST)
    found = centres.Compared(LAST, LAST, now, now, changes(register, LAST, LAST))
    assert len(charts.signs(found, exhibits.hubs(view()))) == len(now) - 1 == 453
    assert text.not_on_map(now) == (
        "Not on the map, because the directory has no such postcode: Abbey Children's Centre (Barking and "
        "Dagenham)."
    )
    assert "Abbey" not in text.stands_elsewhere(now, {"E09000022": "Lambeth"})


@pytest.mark.thorough
def test_family_hubs_of_a_downloaded_list_have_a_sign_of_their_own(publishers: Publishers) -> None:
    assert text.HUB not in set(exhibit().rows["signs"].to_pandas()["kind"])
    rows = hub_rows()
    nowhere = {"Family_Hub": "A hub without a place", "Postcode": ""}
    publishers.serve_hubs(as_csv([*rows, rows[0] | nowhere]))
    assert refresh("dfe_family_hubs", publishers.order(), publishers.session()).kind == "replaced"
    found = exhibit()
    signs = found.rows["signs"].to_pandas()
    assert (signs["kind"] == text.HUB).sum() == 86
    assert "Leytonstone Family Hub (Waltham Forest): family hub" in set(signs["told"])
    assert found.remarks[-1] == (
        "Family hubs are those of the Department for Education's list of 2 February 2026, which is not the "
        "register and is not complete: it has 87 hubs of 18 of these 33 authorities; of the others it says "
        "nothing, least of all that they have none. A hub may be at the door of a centre."
    )
    types = found.numbers().rows["type_name"].value_counts()
    assert types[text.HUB] == 87
    (source,) = (line for line in found.sources if "List of family hub sites" in line)
    assert "2 February 2026" in source
    # the register's own sentences and counts are the same with them
    assert found.title.startswith("On 19 August 2026 the register lists 454 centres and linked sites")
    assert "Barnet is not in it, which is not to say that it has no hub." in exhibits.say_hubs(
        view("borough=Barnet")
    )
    # a list of 2026 says nothing of years before, and hubs are neither type of the register
    for asked in ("day=2025-12-31", "sites=linked_sites"):
        assert text.HUB not in set(exhibit(asked).rows["signs"].to_pandas()["kind"])
        assert exhibits.say_hubs(view(asked)) == ""


@pytest.mark.thorough
def test_a_newer_register_adds_its_day_and_leaves_the_days_before_as_they_were(
    publishers: Publishers,
) -> None:
    """Its entries are others in name, type and place: the counts of all days stay those of the catalogue."""
    before = {day: exhibits.by_borough(view(f"day={day}")).rows for day in centres.register().days}
    rows = [row | {"Postcode": "E8 3SB"} if row["URN"] == "20000" else row for row in register_rows()]
    publishers.serve_register(as_csv(rows))
    assert refresh("dfe_register", publishers.order(), publishers.session()).kind == "replaced"
    day = REGISTER_DAY.isoformat()
    assert centres.register().days == (*before, day)
    for each, table in before.items():
        now = exhibits.by_borough(view(f"day={each}")).rows
        pd.testing.assert_frame_equal(now, table)
    now = exhibits.by_borough(view()).rows.set_index("area_code")
    figures = load_london().observations
    for kind in TYPES:
        own = figures[(figures["indicator_id"] == kind) & (figures["period"] == day)]
        counted = own[own["area_code"].str.startswith("E09")].set_index("area_code")["value"]
        assert now[f"now_{kind}"].to_dict() == counted.to_dict()
    # what was listed before and is not any more, left on the last day that is known to have had it
    gone = centres.compared(view(f"since={LAST}")).changes.query("change == @GONE")
    assert set(gone["last_seen"]) == {LAST}
    (source, *_) = exhibit().sources
    assert "figures to 22 November 2026, retrieved" in source
