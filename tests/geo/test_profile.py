"""One borough at a glance: on places made up to be worked by hand, and on the embedded figures."""

import math

import pandas as pd
import pytest

from data_loaders.catalogue import NEUTRAL_KINDS
from data_loaders.store import SNAPSHOT
from geo.places.borough import behind, by_enabler, cases_of, claims, doing_better
from geo.places.latest import Latest, latest
from geo.places.spine import of_borough
from geo.tables.london import LONDON, London
from tests.builders import indicator, place_rows, read_csv

NAN = math.nan


def line(values: dict[str, float], london: float = NAN, small: str = "", **cells: str) -> Latest:
    """An indicator with these values; ranked among those that are not small."""
    table = place_rows(values, small=small, london=london)
    ranked = table["value"].where((table["area_type"] == "borough") & ~table["small"])
    return Latest(
        indicator=indicator(**({"polarity": "higher_is_better", "kind": "provision"} | cells)),
        period="2026",
        table=table.assign(
            comparison="not_compared",
            period_end=pd.Timestamp("2026-03-31"),
            rank_london=ranked.rank(ascending=False, method="min"),
            of_london=ranked.count(),
        ),
        systems=pd.DataFrame(),
        period_before="",
        before=pd.Series(dtype=float),
    )


FIVE = {"Ash": 10.0, "Birch": 20.0, "Cedar": 30.0, "Elm": 40.0, "Fir": 70.0}


def test_the_spine_is_measured_from_london_to_the_borough_furthest_from_it() -> None:
    (row,) = of_borough([line(FIVE, london=30)], "Birch").to_dict("records")
    assert row["at"] == -0.25
    ends = [row[name] for name in ("lowest", "quarter", "three_quarters", "highest")]
    assert ends == [-0.5, -0.25, 0.25, 1]
    assert (row["value"], row["middle"], row["is_median"]) == (20, 30, False)


def test_where_less_is_better_the_spine_is_turned_round() -> None:
    (row,) = of_borough([line(FIVE, london=30, polarity="lower_is_better")], "Birch").to_dict("records")
    assert row["at"] == 0.25
    ends = [row[name] for name in ("lowest", "quarter", "three_quarters", "highest")]
    assert ends == [-1, -0.25, 0.25, 0.5]


def test_without_londons_value_the_middle_borough_stands_in_and_says_so() -> None:
    (row,) = of_borough([line(FIVE)], "Cedar").to_dict("records")
    assert (row["middle"], row["is_median"], row["at"]) == (30, True, 0)


def test_a_small_area_beyond_the_others_is_held_at_the_end() -> None:
    (row,) = of_borough([line(FIVE | {"Yew": 999.0}, london=30, small="Yew")], "Yew").to_dict("records")
    assert (row["at"], row["highest"], row["value"]) == (1, 1, 999)


def test_what_has_no_better_end_or_no_value_is_not_in_the_spine() -> None:
    assert of_borough([line(FIVE, polarity="neither")], "Ash").empty
    assert of_borough([line(FIVE | {"Ash": NAN})], "Ash").empty
    assert of_borough([line(dict.fromkeys(FIVE, 5.0), london=5)], "Ash")["at"].item() == 0


@pytest.mark.parametrize("polarity", ["lower_is_better", "higher_is_better", "neither"])
@pytest.mark.parametrize("kind", ["need", "spend"])
def test_need_and_spend_stand_behind_all_others_with_the_higher_end_on_the_right(
    kind: str, polarity: str
) -> None:
    lines = [line(FIVE, london=30, kind=kind, polarity=polarity), line(FIVE, london=30)]
    judged, background = of_borough(lines, "Fir").to_dict("records")
    assert (judged["place"], judged["judges"]) == (1, True)
    assert (background["place"], background["judges"], background["at"]) == (0, False, 1)


@pytest.mark.parametrize(
    ("polarity", "worst"), [("higher_is_better", {"Ash", "Birch"}), ("lower_is_better", {"Elm", "Fir"})]
)
def test_without_intervals_the_worst_quarter_is_behind(polarity: str, worst: set[str]) -> None:
    lines = [line(FIVE, polarity=polarity)]
    assert {name for name in FIVE if behind(lines, name)} == worst


def test_with_intervals_only_who_is_clearly_worse_is_behind() -> None:
    compared = line(FIVE)
    compared.table.loc[compared.table["area_name"] == "Cedar", "comparison"] = "worse"
    compared.table.loc[compared.table["area_name"] == "Ash", "comparison"] = "similar"
    assert behind([compared], "Cedar")
    assert not behind([compared], "Ash")


def sides(found: Latest) -> dict[str, str]:
    return {name: claim.side for name in FIVE for claim in claims([found], name)}


def test_the_rule_is_the_same_upwards_and_downwards() -> None:
    assert sides(line(FIVE)) == {"Ash": "behind", "Birch": "behind", "Elm": "ahead", "Fir": "ahead"}
    turned = sides(line(FIVE, polarity="lower_is_better"))
    assert turned == {"Ash": "ahead", "Birch": "ahead", "Elm": "behind", "Fir": "behind"}


@pytest.mark.parametrize("kind", NEUTRAL_KINDS)
def test_need_money_and_changes_are_neither_good_nor_bad(kind: str) -> None:
    assert sides(line(FIVE, kind=kind)) == {"Ash": "low", "Birch": "low", "Elm": "high", "Fir": "high"}


def test_totals_and_what_all_have_never_stand_out() -> None:
    assert sides(line(FIVE, kind="total")) == {}
    assert sides(line(dict.fromkeys(FIVE, 5.0))) == {}


def test_who_shares_an_extreme_as_it_is_shown_is_named() -> None:
    # shown without decimals, 69.6 and 70.4 are both 70
    found = line(FIVE | {"Elm": 69.6, "Fir": 70.4})
    (claim,) = claims([found], "Elm")
    assert (claim.extreme, claim.sharing, claim.of) == ("highest", ("Fir",), 5)


def test_the_newest_figures_come_first(london: London) -> None:
    for name in london.borough_codes:
        ends = [claim.latest.ends for claim in claims(latest(london, "2026"), name)]
        assert ends == sorted(ends, reverse=True)


def test_kingston_which_is_ahead_in_much_is_said_to_be(london: London) -> None:
    found = claims(latest(london, "2026"), "Kingston upon Thames")
    by_side = {side: [c for c in found if c.side == side] for side in ("ahead", "behind")}
    assert len(by_side["ahead"]) >= 4
    assert by_side["behind"] == []


def test_over_all_boroughs_about_as_much_is_ahead_as_behind(london: London) -> None:
    every = [claim.side for name in london.borough_codes for claim in claims(latest(london, "2026"), name)]
    assert 0.75 < every.count("ahead") / every.count("behind") < 4 / 3


def test_nobody_is_behind_for_need_or_without_a_figure() -> None:
    assert not behind([line(FIVE, kind="need")], "Ash")
    assert not behind([line(FIVE | {"Ash": NAN})], "Ash")
    assert not behind([line(FIVE, polarity="neither")], "Ash")


CASES = pd.DataFrame(
    {
        "box": ["A", "B"],
        "title": ["First", "Second"],
        "boroughs": ["Elm; Birch", "Fir"],
        "enabler_ids": ["goals; sharing", "sharing"],
    }
)
ENABLERS = pd.DataFrame(
    {"enabler_id": ["sharing", "goals", "other"], "enabler": ["Sharing", "Goals", "Other"]}
)


def test_who_does_better_has_more_than_this_borough_and_at_least_londons_value() -> None:
    lines = [line(FIVE, london=40, short_label="Reviews"), line(FIVE, london=100, short_label="Sites")]
    assert doing_better(lines, "Ash", CASES) == {"Reviews": ["Elm", "Fir"]}
    assert doing_better(lines, "Elm", CASES) == {"Reviews": ["Fir"]}
    assert doing_better([line(FIVE, short_label="Reviews")], "Ash", CASES) == {
        "Reviews": ["Birch", "Elm", "Fir"]
    }


def test_case_studies_are_listed_under_what_they_show_to_help() -> None:
    found = by_enabler({"Elm", "Fir"}, CASES, ENABLERS)
    assert found.to_numpy().tolist() == [
        ["Sharing", "A", "First", ["Elm"]],
        ["Sharing", "B", "Second", ["Fir"]],
        ["Goals", "A", "First", ["Elm"]],
    ]
    assert by_enabler(set(), CASES, ENABLERS).empty


def test_the_reports_case_studies_are_found_by_borough(london: London) -> None:
    assert list(cases_of("Islington", london.case_studies)["box"]) == ["B", "E", "H"]
    assert list(cases_of("Westminster", london.case_studies)["box"]) == ["A", "G"]
    assert cases_of("Camden", london.case_studies).empty


def test_the_case_studies_name_known_boroughs_and_enablers() -> None:
    known = {row["area_name"] for row in read_csv(SNAPSHOT / "areas.csv")}
    items = read_csv(SNAPSHOT / "survey_items.csv")
    enablers = {row["item_id"] for row in items if row["instrument"] == "enablers"}
    cases = read_csv(SNAPSHOT / "case_studies.csv")
    assert len(cases) == len(enablers) == 12
    assert {name for row in cases for name in row["boroughs"].split("; ")} <= known
    assert {name for row in cases for name in row["enabler_ids"].split("; ")} <= enablers


def test_every_borough_has_a_spine_within_its_bounds(london: London) -> None:
    lines = latest(london, "2022")
    for name in london.borough_codes:
        rows = of_borough(lines, name)
        assert len(rows) >= 8
        scaled = rows[["lowest", "quarter", "three_quarters", "highest"]]
        assert (scaled.diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)
        assert scaled.abs().max(axis=1).to_list() == pytest.approx([1] * len(rows))
        assert rows["at"].between(-1, 1).all()
        at_london = [line.table.set_index("area_code").at[LONDON, "value"] for line in lines]
        assert [row["is_median"] for row in rows.to_dict("records")] == [
            math.isnan(at_london[place]) for place in rows["place"]
        ]
