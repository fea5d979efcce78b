"""If borders were no barrier: by hand in a toy world, by what must hold of any, and as it is in London."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from hypothesis import given, strategies as st

from geo.access.open_borders import by_border, gained, one_opened
from geo.access.reach import LONDON, of_london, with_distances
from geo.access.scenario import changed
from geo.tables.london import London

from .conftest import Ground
from .test_access import BRIDGE
from .test_scenario import REACH, home, site

AUTHORITIES = ("A", "B", "C")
ICS = {"A": "one", "B": "one", "C": "two"}
OWN = {code: code for code in AUTHORITIES}
PAIRS = pd.DataFrame({"left": ["A", "A", "B"], "right": ["B", "C", "C"]})
# A's home at 1500 is 500 m from B's centre and 1500 from its own; around them is one that no authority lists
SITES = pd.DataFrame([site("a", 0, "A"), site("b", 2000, "B"), site("around", 9000, "") | {"stands_in": "X"}])
HOMES = pd.DataFrame(
    [
        home(0, "A", 10),
        home(1500, "A", 20, is_deprived=True),
        home(2500, "B", 40),
        home(8500, "B", 5),
        home(2200, "C", 7),
    ]
)


def gains(homes: pd.DataFrame, sites: pd.DataFrame, rule: Mapping[str, str] | None, reach: float) -> float:
    found = gained(with_distances(homes, sites, BRIDGE, rule), reach)
    return float(found.loc[LONDON, "gains"])


def test_who_gains_by_which_rule() -> None:
    assert gains(HOMES, SITES, OWN, REACH) == 0
    assert gains(HOMES, SITES, ICS, REACH) == 20
    # C has no centre of its own, and the home at 8500 only one outside London
    assert gains(HOMES, SITES, None, REACH) == 20 + 7 + 5
    assert gains(HOMES, SITES, one_opened(AUTHORITIES, "B", "C"), REACH) == 7
    found = gained(with_distances(HOMES, SITES, BRIDGE), REACH)
    assert found.loc["A"].to_dict() == {
        "children": 30,
        "within_own": 10,
        "within_rule": 30,
        "gains": 20,
        "gains_deprived": 20,
    }
    assert found.loc[LONDON, ["gains", "gains_deprived"]].tolist() == [32, 20]


def test_each_border_by_itself() -> None:
    found = by_border(with_distances(HOMES, SITES, BRIDGE), SITES, BRIDGE, PAIRS, REACH)
    assert found.to_dict("list") == {
        "one": ["A", "B"],
        "other": ["B", "C"],
        "from_one": [20, 0],
        "from_other": [0, 7],
        "both": [20, 7],
    }


eastings, whose = st.integers(-4000, 4000), st.sampled_from(AUTHORITIES)
places = st.tuples(eastings, whose, st.booleans())


@given(
    where=st.lists(places, min_size=1, max_size=12),
    doors=st.lists(st.tuples(eastings, st.sampled_from([*AUTHORITIES, ""]), st.booleans()), max_size=8),
    reach=st.integers(100, 3000),
    data=st.data(),
)
def test_an_open_border_never_lowers_what_is_within_reach(
    where: list[tuple[int, str, bool]],
    doors: list[tuple[int, str, bool]],
    reach: int,
    data: st.DataObject,
) -> None:
    homes = pd.DataFrame(
        [home(x, area, 1 + row, is_deprived=row % 2 == 0) for row, (x, area, _) in enumerate(where)]
    ).assign(is_south=[south for *_, south in where])
    sites = pd.DataFrame(
        [site(str(row), x, area) for row, (x, area, _) in enumerate(doors)],
        columns=list(site("", 0, "")),
    ).assign(is_south=[south for *_, south in doors])
    # northings of the toy world are those of the northern bank: the southern one mirrors it
    for table in (homes, sites):
        table["northing"] = np.where(table["is_south"].astype(bool), -100, 100)
    one, other = data.draw(st.sampled_from([("A", "B"), ("B", "C"), ("A", "C")]))
    pair = one_opened(AUTHORITIES, one, other)
    by_rule = {
        name: with_distances(homes, sites, BRIDGE, rule)
        for name, rule in (("own", OWN), ("pair", pair), ("ics", ICS), ("any", None))
    }
    found = {name: gained(table, reach) for name, table in by_rule.items()}
    within = {name: table["within_rule"] for name, table in found.items()}
    assert (within["any"] >= within["ics"]).all()
    assert (within["ics"] >= within["own"]).all()
    assert (within["any"] >= within["pair"]).all()
    assert (within["pair"] >= within["own"]).all()
    assert not found["own"]["gains"].any()
    # one open border gives something to children of its two authorities alone
    assert not found["pair"]["gains"].drop(index=[one, other, LONDON], errors="ignore").any()
    for name, table in found.items():
        # the sum of the authorities is London's, the difference is the gain, and it is of no unserved child
        assert table.drop(index=LONDON).sum().to_dict() == table.loc[LONDON].to_dict()
        assert (table["within_rule"] - table["within_own"] == table["gains"]).all()
        assert (table["within_rule"] <= table["children"]).all()
        assert (table["gains_deprived"] <= table["gains"]).all()
        further = gained(by_rule[name], reach * 1.3)
        assert (further["within_rule"] >= table["within_rule"]).all()
    # what a border is said to give by itself is what the scenario of it gives
    borders = by_border(by_rule["own"], sites, BRIDGE, PAIRS, reach).set_index(["one", "other"])["both"]
    assert borders.get((one, other), 0) == found["pair"].loc[LONDON, "gains"]
    # to close one never raises it, whoever counts
    if len(sites):
        fewer = changed(sites, {data.draw(st.sampled_from(sites["urn"].tolist()))}, [])
        for name, rule in (("own", OWN), ("pair", pair), ("ics", ICS), ("any", None)):
            closed = gained(with_distances(homes, fewer, BRIDGE, rule), reach)
            assert (closed["within_rule"] <= within[name]).all()


def test_how_many_gain_in_london(ground: Ground, london: London) -> None:
    codes = list(london.borough_codes.values())
    own = {code: code for code in codes}
    members = london.footprints[london.footprints["vintage"] == "2026"]
    ics = dict(zip(members["area_code"], members["ics_code"], strict=True))
    found = {
        name: gained(ground.with_sites(ground.sites, rule), REACH).loc[LONDON]
        for name, rule in (("own", own), ("ics", ics), ("any", None))
    }
    assert {name: (row["within_rule"], row["gains"]) for name, row in found.items()} == {
        "own": (424_708, 0),
        "ics": (439_750, 15_042),
        "any": (442_027, 17_319),
    }
    # the same number as the figure in the catalogue
    assert found["any"]["gains"] == of_london(ground.with_sites(ground.sites))["only_across"]


def test_each_border_of_london_gives_what_the_scenario_of_it_gives(ground: Ground, london: London) -> None:
    codes = list(london.borough_codes.values())
    table = ground.with_sites(ground.sites)
    found = by_border(table, ground.sites, ground.crossings, london.neighbours, REACH)
    assert found["both"].is_monotonic_decreasing
    for row in found.iloc[::8].itertuples():
        opened = ground.with_sites(ground.sites, one_opened(codes, row.one, row.other))
        by_authority = gained(opened, REACH)["gains"]
        assert by_authority[[row.one, row.other, LONDON]].tolist() == [
            row.from_one,
            row.from_other,
            row.both,
        ]
