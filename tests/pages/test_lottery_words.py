"""How big the lottery is, in sentences that can be read out."""

import dataclasses

import pandas as pd
import pytest

from geo.gradient import Estimate, Gradient
from geo.join import London, place_table
from geo.lottery import Lottery, lottery
from geo.split import Chance, Split
from geo.variation import Excess
from pages.components import difference_words, lottery_words

PLAIN = Lottery(places=32, highest=("Camden",), lowest=("Newham", "Barnet"), largest=80, smallest=60, gap=20)


@pytest.fixture
def said(london: London):  # type: ignore[no-untyped-def]
    """The sentence of one measure of an indicator of percentages."""
    indicator = london.catalogue.indicators["gld_2022_on"]

    def say(**measures: object) -> dict[str, tuple[str, str]]:
        found = dataclasses.replace(PLAIN, **measures)  # type: ignore[arg-type]
        lines = lottery_words.lines(found, indicator, london.catalogue)
        return {line.measure.split(" (")[0]: (line.value, line.sentence) for line in lines}

    return say


def test_the_gap_of_percentages_is_in_points(said) -> None:  # type: ignore[no-untyped-def]
    assert said()["Gap"] == ("20.0 percentage points", "From 60.0% in Newham and Barnet to 80.0% in Camden.")
    assert said(largest=61)["Gap"][0] == "1.0 percentage point"


def test_a_gap_is_that_of_the_values_as_they_are_shown(said) -> None:  # type: ignore[no-untyped-def]
    # 15.1 less 6.7 is 8.4 to whoever reads it, though 15.05 less 6.74 is 8.31
    assert said(largest=15.051, smallest=6.741)["Gap"][0] == "8.4 percentage points"


def test_ratios_are_said_both_ways(said) -> None:  # type: ignore[no-untyped-def]
    found = said(ratio=4 / 3, ratio_missed=2.0, lowest=("Newham",))
    assert found["How many times as much"][1] == "The value of Camden is 1.3 times that of Newham."
    assert (
        found["How many times as many missed"][1]
        == "Of every hundred, 2.0 times as many are missed in Newham as in Camden."
    )


@pytest.mark.parametrize(
    ("excess", "sentence"),
    [
        (
            Excess(100, 31, 0.69, 1e-9),
            "69% of the spread is more than chance gives; chance alone gives so much "
            "in fewer than 1 of 1,000 cases.",
        ),
        (
            Excess(30, 31, 0.0, 0.52),
            "Chance alone gives so much spread in 52 of 100 cases: it may be no lottery at all.",
        ),
    ],
)
def test_chance_is_said_in_cases(excess: Excess, sentence: str, said) -> None:  # type: ignore[no-untyped-def]
    assert said(excess=excess)["More than chance"][1] == sentence


@pytest.mark.parametrize(
    ("p", "words"),
    [
        (0.0001, "in fewer than 1 of 1,000 cases"),
        (0.004, "in 4 of 1,000 cases"),
        (0.05, "in 5 of 100 cases"),
        (0.999, "in 99 of 100 cases"),
        (1.0, "in 100 of 100 cases"),
    ],
)
def test_a_probability_is_said_in_cases(p: float, words: str) -> None:
    assert difference_words.say_chance(p) == words


@pytest.mark.parametrize(
    ("between", "beginning"),
    [(0.0, "Nearly all of"), (0.09, "Nine tenths of"), (0.5, "Half of"), (0.98, "Next to nothing of")],
)
def test_the_share_within_icss_is_said_in_tenths(between: float, beginning: str) -> None:
    found = dataclasses.replace(PLAIN, theil=Split(0.1, between), chance=Chance(between, 0.5))
    assert lottery_words.within(found).startswith(
        f"{beginning} the difference is between boroughs of the same ICS."
    )


@pytest.mark.parametrize(
    ("slope", "sentence"),
    [
        (
            Estimate(-4.9, -7.8, -2.0),
            "At the most deprived end the value is 4.9 percentage points lower than at the least "
            "(95% interval −7.8 to −2.0).",
        ),
        (
            Estimate(1.0, 0.5, 1.5),
            "At the most deprived end the value is 1.0 percentage point higher than at the least",
        ),
        (
            Estimate(0.6, -3.7, 5.0),
            "No clear gradient from the least to the most deprived (95% interval −3.7 to +5.0).",
        ),
    ],
)
def test_a_gradient_has_a_direction_only_when_it_is_clear(slope: Estimate, sentence: str, said) -> None:  # type: ignore[no-untyped-def]
    assert said(gradient=Gradient(slope, None))["Gradient with deprivation"][1].startswith(sentence)


def test_what_is_not_given_is_said_once_for_each_reason() -> None:
    missing = {"cv": "no counts", "excess": "no counts", "theil": "only one ICS is looked at"}
    assert lottery_words.not_given(dataclasses.replace(PLAIN, missing=missing)) == (
        "Not given: typical distance (coefficient of variation) and more than chance (I²) "
        "(no counts); between ICSs (Theil's T) (only one ICS is looked at)."
    )
    assert lottery_words.not_given(PLAIN) == ""


def test_boroughs_of_one_value_are_no_lottery(london: London) -> None:
    even = dataclasses.replace(PLAIN, largest=60, gap=0)
    indicator = london.catalogue.indicators["gld_2022_on"]
    assert lottery_words.headline(even, indicator, london.catalogue) == "All 32 boroughs have 60.0%."


def test_several_boroughs_at_an_end_are_said_in_the_plural(said) -> None:  # type: ignore[no-untyped-def]
    found = said(ratio_missed=2.0, highest=("Camden",), lowest=("Newham", "Barnet"))
    assert found["How many times as many missed"][1] == (
        "Of every hundred, 2.0 times as many are missed in Newham and Barnet as in Camden."
    )


@pytest.mark.parametrize(
    ("chance", "usual", "counted", "ending"),
    [
        ([0, 0, 0], [0, 0, 0], "Of 3 boroughs none lies outside", "None lies outside those."),
        ([1, 0, 0], [1, 0, 0], "Of 3 boroughs one lies outside", "Elm lies outside even those."),
        ([1, 1, 1], [0, 1, 1], "Of 3 boroughs three lie outside", "Ash and Oak lie outside even those."),
    ],
)
def test_the_funnel_is_said_in_words(chance: list[int], usual: list[int], counted: str, ending: str) -> None:
    rows = pd.DataFrame({"area_name": ["Elm", "Ash", "Oak"]})
    said = lottery_words.funnel(rows, pd.DataFrame({"chance": chance, "usual": usual}, dtype=bool))
    assert counted in said
    assert said.endswith(ending)


def test_the_relative_index_is_said_beside_the_slope(said) -> None:  # type: ignore[no-untyped-def]
    gradient = Gradient(Estimate(-4.9, -7.0, -2.8), Estimate(0.93, 0.9, 0.96))
    assert said(gradient=gradient)["Gradient with deprivation"] == (
        "−4.9",
        "At the most deprived end the value is 4.9 percentage points lower than at the least (95% interval "
        "−7.0 to −2.8), or 0.93 times as much (95% interval 0.90 to 0.96).",
    )


def test_the_systematic_variation_is_given_for_rates_and_not_for_proportions(london: London) -> None:
    rate, share = "centres_per_10k_0_4", "gld_2013_2019"
    found = {name: lottery(london, name, london.periods[name][0], "2022", None) for name in (rate, share)}
    of_rate, of_share = found[rate], found[share]
    assert of_rate is not None
    assert of_share is not None
    assert of_share.systematic is None
    lines = lottery_words.lines(of_rate, london.catalogue.indicators[rate], london.catalogue)
    assert [line.value for line in lines if line.measure.startswith("Systematic")] == [
        f"{of_rate.systematic:.1f}"
    ]


def test_the_mean_fall_of_centres_stands_beside_what_the_report_says(london: London) -> None:
    indicator = london.catalogue.indicators["change_designated_since_2010"]
    table = place_table(london, "change_designated_since_2010", "2019-12-06", "2022")
    found = lottery(london, "change_designated_since_2010", "2019-12-06", "2022", None)
    assert found is not None
    assert lottery_words.mean_change(table, indicator, london.catalogue) == (
        "On average it is −6.8 in each of the 33 authorities."
    )
    assert (found.lowest, found.smallest) == (("Croydon",), -18)
    (fact,) = lottery_words.facts(indicator, london.facts)
    assert fact.startswith("The report Beyond Boundaries (Isos Partnership for London Councils, July 2022")
    assert "7 a borough on average, and by 20" in fact
    assert "own base of 2010" in fact


def test_every_indicator_can_be_said_in_every_scope(london: London) -> None:
    for indicator in london.catalogue.indicators.values():
        for scope in (None, *london.ics_names["2026"]):
            for period in london.periods[indicator.indicator_id][:2]:
                found = lottery(london, indicator.indicator_id, period, "2026", scope)
                if found is None:
                    continue
                lines = lottery_words.lines(found, indicator, london.catalogue)
                text = " ".join(part for line in lines for part in line) + lottery_words.not_given(found)
                assert not any(bad in text for bad in ("nan", "inf", "None", "  ", " ,", "1 boroughs", "--"))
