"""The page What if in words and in files: true of one centre that closes, and of one that opens."""

import pandas as pd
import pytest

from data_loaders.library import open_library
from data_loaders.sites import load_sites, open_now
from geo.tables.london import London
from pages.components.data import access, scenario
from pages.components.packs import registry
from pages.components.state.view import MOST_CLOSED, View
from pages.components.what_if import charts, open_borders, text
from pages.exports.exhibit import Exhibit

# in Lewisham, one of the places that the page suggests
OPENED = "SE12 8LT"
LINK = "/what_if?vintage=2026&"


def view(query: str) -> View:
    return registry.view_of(LINK + query)[0]


def exhibit(query: str, key: str = "what_if") -> Exhibit:
    found = registry.exhibit_of(view(query), key)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def bromley() -> pd.DataFrame:
    """The open sites of the borough with most children beyond reach."""
    sites = open_now(load_sites(open_library()))
    return sites[sites["area_code"] == "E09000006"]


def test_a_new_centre_is_said_with_the_children_that_it_would_reach() -> None:
    found = exhibit(f"opened={OPENED}")
    assert found.title == (
        "With a new centre at SE12 8LT, 2,545 children aged 0 to 4 would have a centre within 1.2 km who "
        "have none today."
    )
    assert found.subtitle.startswith("A scenario, not a plan.")
    assert "Of those who would gain one, 2,324 live in Lewisham and 221 live in Greenwich." in found.remarks
    rows = found.numbers().values().set_index("Borough")
    assert rows["Would newly have one"].to_dict() == {"Lewisham": 2324, "Greenwich": 221}
    assert set(rows["Within, in metres"]) == {"1200"}
    assert set(rows["Scenario"]) == {"With a new centre at SE12 8LT"}


def test_a_closed_borough_is_said_with_those_who_lose_and_where_they_live(bromley: pd.DataFrame) -> None:
    found = exhibit(f"closed={','.join(bromley['urn'])}")
    assert found.title.startswith(f"Without {len(bromley)} centres, ")
    assert "would no longer have a centre within 1.2 km" in found.title
    rows = found.numbers().values().set_index("Borough")
    assert rows["Would have none within reach"].idxmax() == "Bromley"
    # nobody of the borough has a centre of its own then, and nobody elsewhere loses one of theirs
    own = rows["Would have none of their own borough"]
    assert own[own > 0].index.tolist() == ["Bromley"]
    total = f"{rows['Would have none within reach'].sum():,.0f} children aged 0 to 4"
    assert total in found.title


def test_the_map_shows_what_closes_what_opens_and_for_whom() -> None:
    found = exhibit(f"closed=20019&opened={OPENED}", "what_if_map")
    signs, homes = (found.rows[name].to_pandas() for name in ("signs", "homes"))
    counted = signs["kind"].value_counts()
    assert (counted[charts.CLOSED], counted[charts.OPENED]) == (1, 1)
    # all others stay: 516 are open in London and around it
    assert counted[charts.CENTRE] + counted[charts.LINKED] == 515
    assert homes["children"].sum() == 2545
    assert set(homes["kind"]) == {charts.GAINS}
    assert "No child would lose their only centre within 1.2 km." in found.remarks
    assert any("Royal Mail" in source for source in found.sources)


def test_scenarios_have_files_of_their_own() -> None:
    stems = {
        exhibit(query).stem
        for query in (f"opened={OPENED}", f"opened={OPENED}&reach=800", f"closed=20019&opened={OPENED}")
    }
    assert len(stems) == 3
    assert all(len(stem) <= 100 for stem in stems)


def test_the_link_brings_a_scenario_back_and_refuses_what_is_none(london: London) -> None:
    found, notes = View.from_params({"closed": "20019,20021", "opened": OPENED, "reach": "800"}, london)
    assert (found.closed, found.opened, found.reach, notes) == ("20019,20021", OPENED, "800", [])
    assert View.from_params(found.to_params(), london) == (found, [])
    nonsense = {"closed": "1;DROP TABLE", "opened": "<b>", "reach": "9999999"}
    found, notes = View.from_params(nonsense, london)
    assert (found.closed, found.opened, found.reach) == ("", "", "1200")
    assert len(notes) == 3
    many = ",".join(["20019"] * (MOST_CLOSED + 1))
    assert View.from_params({"closed": many}, london)[0].closed == ""


def test_what_the_register_does_not_list_is_said_and_left_out() -> None:
    found = scenario.of_view(view("closed=1234&opened=ZZ9 9ZZ"))
    assert text.not_followed(found) == [
        "The register lists no open centre of London with the number 1234: it is left out.",
        "ZZ9 9ZZ: That is neither in London nor within 5 km of it, which is as far as this page goes.",
    ]
    assert not found.change[["loses", "gains", "further", "nearer"]].to_numpy().any()
    assert registry.exhibit_of(view("closed=1234"), "what_if") is None


def test_a_centre_beyond_the_edge_of_london_is_no_boroughs_own() -> None:
    # in Dartford, half a kilometre from Bexley
    found = exhibit("opened=DA1 4QJ")
    rows = found.numbers().values()
    assert rows["Would have one of their own borough"].sum() == 0


def test_places_are_suggested_within_the_borough_that_is_looked_at() -> None:
    for inside in ((), ("E09000020",)):
        places = scenario.best_places(view(""), inside)
        gains = [number for _, number in places]
        assert gains == sorted(gains, reverse=True)
        assert all(place.is_in_london for place, _ in places)
        assert not inside or {place.area_code for place, _ in places} == set(inside)


def test_open_borders_are_said_with_those_who_gain_and_whose_they_are() -> None:
    found = exhibit("", "what_if_open_borders")
    assert found.title == (
        "If borders were no barrier, 17,319 more children aged 0 to 4 would have a centre within 1.2 km than "
        "with their own borough's only."
    )
    assert found.subtitle.startswith("A scenario, not a plan.")
    assert open_borders.NO_FINDING in found.remarks
    assert (
        "80.3% of London's children aged 0 to 4 have a centre of their own borough within 1.2 km; 83.6% have "
        "one that would count then." in found.remarks
    )
    rows = found.numbers().values().set_index("Borough")
    assert rows["More"].sum() == 17_319
    assert rows.loc["Lewisham", "More"] == rows["More"].max() == 2963
    reached = rows["Within reach of one that counts"] - rows["Within reach of one of their own borough"]
    assert (reached == rows["More"]).all()
    assert set(rows["Whose centres count"]) == {text.ALL_COUNT}


def test_one_open_border_matters_to_its_two_boroughs_alone() -> None:
    found = exhibit("whose=Southwark,Lewisham", "what_if_open_borders")
    assert found.title.startswith("If the border between Lewisham and Southwark were no barrier, 1,577 more")
    rows = found.numbers().values().set_index("Borough")
    assert rows["More"].to_dict() == {"Lewisham": 1339, "Southwark": 238}
    homes = exhibit("whose=Lewisham,Southwark", "what_if_open_borders_map").rows["homes"].to_pandas()
    assert homes["children"].sum() == 1577
    assert set(homes["kind"]) == {charts.ACROSS}
    # the list of borders says the same of it, and is the same whichever rule is looked at
    one, other = (exhibit(rule, "what_if_borders").numbers().values() for rule in ("whose=own", "whose=ics"))
    assert one.equals(other)
    by_border = one.set_index("Border")["Children who would have one within reach"]
    assert by_border["Lewisham and Southwark"] == 1577


def test_a_scenario_is_counted_by_the_rule_of_whose_centres_count(bromley: pd.DataFrame) -> None:
    closed = f"closed={','.join(bromley['urn'])}"
    found = exhibit(f"{closed}&whose=own")
    assert found.title.startswith("Counting only centres of a family's own borough: without ")
    rows = found.numbers().values().set_index("Borough")
    assert rows["Would have none within reach"].to_dict() == {"Bromley": 6817}
    said = next(remark for remark in found.remarks if "no centre that counts would be left" in remark)
    # all of the borough's children: none of its centres is left
    assert said == ("For 19,497 children aged 0 to 4 no centre that counts would be left, however far.")
    # across its borders, some of them have another
    reached = exhibit(closed).numbers().values()["Would have none within reach"]
    assert reached.sum() < 6817 + 1


def test_without_borders_open_nobody_gains_and_the_page_has_no_such_exhibit() -> None:
    for key in ("what_if_open_borders", "what_if_open_borders_map"):
        assert registry.exhibit_of(view("whose=own"), key) is None
        assert registry.why_none(key).endswith(".")


def test_a_border_is_known_in_any_spelling_and_only_where_two_boroughs_are_neighbours(
    london: London,
) -> None:
    for given in ("Lewisham,Southwark", "southwark, LEWISHAM", "E09000028,E09000023"):
        found, notes = View.from_params({"whose": given}, london)
        assert (found.whose, found.open_border, notes) == (
            "Lewisham,Southwark",
            ("Lewisham", "Southwark"),
            [],
        )
    for given in ("Bexley,Ealing", "Bexley", "Bexley,Bexley", ",", "<b>"):
        found, notes = View.from_params({"whose": given}, london)
        assert (found.whose, len(notes)) == ("any", 1)


def test_a_centre_moves_in_one_line_and_on_the_map_from_here_to_there() -> None:
    found = exhibit("moved=20019 SE12 8LT", "what_if_map")
    assert found.title == (
        "With Abbey Children's Centre moved to SE12 8LT, 2,545 children aged 0 to 4 would have a centre "
        "within 1.2 km who have none today."
    )
    signs = found.rows["signs"].to_pandas()["kind"].value_counts()
    assert (signs[charts.MOVED_FROM], signs[charts.MOVED_TO]) == (1, 1)
    assert signs[charts.CENTRE] + signs[charts.LINKED] == 515
    # it stays Barking and Dagenham's: nobody in Lewisham gains one of their own borough
    rows = exhibit("moved=20019 SE12 8LT").numbers().values().set_index("Borough")
    assert rows["Would have one of their own borough"].sum() == 0
    assert rows.loc["Lewisham", "Would newly have one"] == 2324


def test_a_centre_that_moves_to_its_own_postcode_changes_nothing() -> None:
    home = access.london_sites().set_index("urn").loc["20019", "postcode"]
    found = scenario.of_view(view(f"moved=20019 {home}"))
    assert found.changes_centres
    assert not found.change[["loses", "gains", "further", "nearer"]].to_numpy().any()


def test_what_cannot_move_is_said_and_left_out(london: London) -> None:
    found = scenario.of_view(view("moved=1234 SE12 8LT,20019 ZZ9 9ZZ"))
    assert not found.changes_centres
    assert [sentence.partition(":")[0] for sentence in text.not_followed(found)] == [
        "The register lists no open centre of London with the number 1234",
        "ZZ9 9ZZ",
    ]
    for nonsense in ("20019", "SE12 8LT", "20019,SE12 8LT", "20019 <b>"):
        given, notes = View.from_params({"moved": nonsense}, london)
        assert (given.moved, len(notes)) == ("", 1)


def test_several_places_are_said_with_what_is_proven_of_them() -> None:
    at = view("")
    found = scenario.several_places(at, 5)
    assert text.together(found, 5, 1200) == (
        "Together: 10,119 children aged 0 to 4 would have a centre within 1.2 km who have none. No other "
        "five of the 4,994 places tried would reach more: that is proven."
    )
    # more than one after the other, and what the scenario of it says
    assert found.gains > sum(gains for _, gains in scenario.best_places(at))
    opened = ",".join(place.postcode for place in found.places)
    assert "10,119 children aged 0 to 4 would have a centre" in exhibit(f"opened={opened}").title
    unsettled = text.together(found._replace(bound=11_000), 5, 1200)
    assert "could not be settled" in unsettled
    assert unsettled.endswith("none would reach more than 11,000.")
    assert "no further one of the 4,994 places" in text.together(found, 6, 1200)


def test_several_places_are_of_the_borough_that_is_looked_at() -> None:
    found = scenario.several_places(view(""), 2, ("E09000020",))
    assert {place.area_code for place in found.places} == {"E09000020"}


def test_which_centres_should_stay_is_said_as_their_scenario_counts_it(bromley: pd.DataFrame) -> None:
    urns = bromley["urn"].tolist()
    at = view(f"closed={','.join(urns)}")
    for number in (1, 2):
        found = scenario.best_kept(at, number)
        closing = ",".join(urn for urn in urns if urn not in found.urns)
        still = scenario.of_view(view(f"closed={closing}")).change["loses"].sum()
        assert found.losing - found.keep == still
        said = text.kept(found, scenario.of_view(at).closed, 1200)
        names = bromley.set_index("urn")["name"]
        assert all(names[urn] in said for urn in found.urns)
        assert f"{found.keep:,.0f} of the {found.losing:,.0f} children aged 0 to 4" in said
        assert said.endswith(f"No other {('one', 'two')[number - 1]} of the {len(urns)} would keep more.")


def test_single_borders_are_those_of_the_borough_or_ics_that_is_looked_at() -> None:
    found = exhibit("borough=Haringey", "what_if_borders")
    assert found.title.startswith(
        "The single border in and around Haringey that would matter most is that between Haringey and "
    )
    assert all("Haringey" in border for border in found.numbers().values()["Border"])
    everywhere, of_ics = (exhibit(query, "what_if_borders") for query in ("", "ics=NEL"))
    assert "in and around North East London" in of_ics.title
    assert 0 < len(of_ics.numbers().rows) < len(everywhere.numbers().rows)
    assert len({found.stem, everywhere.stem, of_ics.stem}) == 3
