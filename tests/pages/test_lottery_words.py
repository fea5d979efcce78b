"""How big the lottery is, in sentences that can be read out."""

import dataclasses
import re

import pandas as pd
import pytest

from geo.lottery.one_period import CEILING_REACHED, Lottery, lottery
from geo.lottery.over_time import by_period
from geo.measures.between_within import Chance, Split
from geo.measures.gradient import Estimate, Gradient
from geo.measures.variation import Excess
from geo.tables.london import London, place_table
from pages.components.lottery import text as lottery_text, text_over_time
from pages.components.text import differences

PLAIN = Lottery(places=32, highest=("Camden",), lowest=("Newham", "Barnet"), largest=80, smallest=60, gap=20)


@pytest.fixture
def said(london: London):  # type: ignore[no-untyped-def]
    """The sentence of one measure of an indicator of percentages."""
    indicator = london.catalogue.indicators["gld_2022_on"]

    def say(**measures: object) -> dict[str, tuple[str, str]]:
        found = dataclasses.replace(PLAIN, **measures)  # type: ignore[arg-type]
        lines = lottery_text.lines(found, indicator)
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
    assert found["How many times as many who did not reach it"][1] == (
        "Of every hundred children, the number who did not reach it is 2.0 times as high in Newham (40.0) as "
        "in Camden (20.0)."
    )


@pytest.mark.parametrize(
    ("indicator", "complement"),
    [
        ("review_12_months_by_12", "missed"),
        ("gld_2013_2019", "who did not reach it"),
        ("asq3_at_2_to_2_5_years", "reviewed without the questionnaire"),
    ],
)
def test_whom_a_figure_leaves_out_is_said_in_its_own_words(
    indicator: str, complement: str, london: London
) -> None:
    entry = london.catalogue.indicators[indicator]
    reached = dataclasses.replace(
        PLAIN, ratio_missed=2.0, missing={"ratio": CEILING_REACHED.format(complement=complement)}
    )
    lines = {line.field: line for line in lottery_text.lines(reached, entry)}
    assert lines["ratio_missed"].measure == f"How many times as many {complement}"
    everything = " ".join(
        [
            *(f"{line.measure} {line.value} {line.sentence}" for line in lines.values()),
            lottery_text.not_given(reached, entry),
            *lottery_text.methods(reached, entry, has_funnel=True),
        ]
    )
    assert f"compare the number {complement}" in everything
    assert f"**How many times as many {complement}**" in everything
    assert ("missed" in everything) == (complement == "missed")


def test_the_column_of_those_left_out_is_called_after_them(london: London) -> None:
    for indicator in ("gld_2013_2019", "asq3_at_2_to_2_5_years"):
        entry = london.catalogue.indicators[indicator]
        periods = by_period(london, indicator, "2022", None)
        table = text_over_time.by_period(periods, entry).texts()
        assert f"As many {entry.complement}" in table
        assert "As many missed" not in table


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
    assert differences.say_chance(p) == words


@pytest.mark.parametrize(
    ("between", "beginning"),
    [(0.0, "Nearly all of"), (0.09, "Nine tenths of"), (0.5, "Half of"), (0.98, "Next to nothing of")],
)
def test_the_share_within_icss_is_said_in_tenths(between: float, beginning: str) -> None:
    found = dataclasses.replace(PLAIN, theil=Split(0.1, between), chance=Chance(between, 0.5))
    assert lottery_text.within(found).startswith(
        f"{beginning} the difference is between boroughs of the same ICS."
    )


def test_the_share_between_icss_is_given_in_per_cent(london: London) -> None:
    found = dataclasses.replace(PLAIN, theil=Split(0.1, 0.63), chance=None)
    lines = lottery_text.lines(found, london.catalogue.indicators["gld_2022_on"])
    assert [line.value for line in lines if line.field == "theil"] == ["63%"]


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


def test_what_is_not_given_is_said_once_for_each_reason(london: London) -> None:
    missing = {"cv": "no counts", "excess": "no counts", "theil": "only one ICS is looked at"}
    entry = london.catalogue.indicators["gld_2022_on"]
    assert lottery_text.not_given(dataclasses.replace(PLAIN, missing=missing), entry) == (
        "Not given: typical distance (coefficient of variation) and more than chance (I²) "
        "(no counts); between ICSs (Theil's T) (only one ICS is looked at)."
    )
    assert lottery_text.not_given(PLAIN, entry) == ""


def test_boroughs_of_one_value_are_no_lottery(london: London) -> None:
    even = dataclasses.replace(PLAIN, largest=60, gap=0)
    indicator = london.catalogue.indicators["gld_2022_on"]
    assert lottery_text.headline(even, indicator) == "All 32 boroughs have 60.0%."


def test_several_boroughs_at_an_end_are_said_in_the_plural(said) -> None:  # type: ignore[no-untyped-def]
    found = said(ratio_missed=2.0, highest=("Camden",), lowest=("Newham", "Barnet"))
    assert found["How many times as many who did not reach it"][1] == (
        "Of every hundred children, the number who did not reach it is 2.0 times as high in Newham and "
        "Barnet (40.0) as in Camden (20.0)."
    )


@pytest.mark.parametrize(
    ("chance", "usual", "counted", "ending"),
    [
        ([0, 0, 0], [0, 0, 0], "Of 3 boroughs none lies outside", "None lies outside those."),
        ([1, 0, 0], [1, 0, 0], "Of 3 boroughs one lies outside", "Elm lies outside even those."),
        ([1, 1, 1], [0, 1, 1], "Of 3 boroughs all lie outside", "Ash and Oak lie outside even those."),
    ],
)
def test_the_funnel_is_said_in_words(chance: list[int], usual: list[int], counted: str, ending: str) -> None:
    rows = pd.DataFrame({"area_name": ["Elm", "Ash", "Oak"]})
    said = lottery_text.funnel(rows, pd.DataFrame({"chance": chance, "usual": usual}, dtype=bool))
    assert counted in said
    assert said.endswith(ending)


def test_the_relative_index_is_said_beside_the_slope(said) -> None:  # type: ignore[no-untyped-def]
    gradient = Gradient(Estimate(-4.9, -7.0, -2.8), Estimate(0.93, 0.9, 0.96))
    assert said(gradient=gradient)["Gradient with deprivation"] == (
        "−4.9",
        "At the most deprived end the value is 4.9 percentage points lower than at the least (95% interval "
        "−7.0 to −2.8), or 0.93 times as much (95% interval 0.90 to 0.96).",
    )


def test_the_systematic_variation_is_given_for_rates_of_events_and_not_for_proportions(
    london: London,
) -> None:
    rate, share = "centres_per_10k_0_4", "gld_2013_2019"
    # as if centres were events: the same counts, of a kind in which chance has a part
    events = dataclasses.replace(london.catalogue.indicators[rate], kind="outcome")
    catalogue = dataclasses.replace(london.catalogue, indicators=london.catalogue.indicators | {rate: events})
    of_events = lottery(
        dataclasses.replace(london, catalogue=catalogue), rate, london.periods[rate][0], "2022", None
    )
    of_share = lottery(london, share, london.periods[share][0], "2022", None)
    assert of_events is not None
    assert of_share is not None
    assert of_share.systematic is None
    lines = lottery_text.lines(of_events, events)
    assert [line.value for line in lines if line.measure.startswith("Systematic")] == [
        f"{of_events.systematic:.1f}"
    ]


def test_a_gradient_of_what_is_decided_is_a_line_without_intervals(london: London) -> None:
    name = "centres_per_10k_0_4"
    found = lottery(london, name, london.periods[name][0], "2022", None)
    assert found is not None
    assert found.gradient is not None
    lines = lottery_text.lines(found, london.catalogue.indicators[name])
    (sentence,) = [line.sentence for line in lines if line.field == "gradient"]
    assert sentence.startswith(
        "The best straight line through the boroughs, from the least to the most deprived, ends "
        f"{abs(found.gradient.slope.value):.1f} higher than it begins, or "
    )


@pytest.mark.parametrize(
    ("smallest", "largest", "sentence"),
    [
        (-18.0, 3.0, "Largest fall: −18 in Newham and Barnet; largest rise: +3 in Camden."),
        (-18.0, 0.0, "Largest fall: −18 in Newham and Barnet; no change: 0 in Camden."),
        (-18.0, -1.0, "Largest fall: −18 in Newham and Barnet; smallest fall: −1 in Camden."),
        (0.0, 3.0, "No change: 0 in Newham and Barnet; largest rise: +3 in Camden."),
        (1.0, 3.0, "Smallest rise: +1 in Newham and Barnet; largest rise: +3 in Camden."),
    ],
)
def test_the_ends_of_a_change_are_called_falls_and_rises(
    smallest: float, largest: float, sentence: str, london: London
) -> None:
    entry = london.catalogue.indicators["change_designated_since_2010"]
    found = dataclasses.replace(PLAIN, smallest=smallest, largest=largest)
    assert lottery_text.headline(found, entry) == sentence
    assert lottery_text.lines(found, entry) == []


# what speaks of chance, whatever it is about
OF_CHANCE = re.compile(r"chance|at random|95%|9,999|I²|η²|probab|adjusted|interval|\bclear", re.I)


def test_no_sentence_speaks_of_chance_where_nothing_is_left_to_it(london: London) -> None:
    said = 0
    for indicator in london.catalogue.indicators.values():
        if indicator.kind in {"coverage", "outcome", "way_of_working"}:
            continue
        for period in london.periods[indicator.indicator_id]:
            for scope in (None, *london.ics_names["2026"]):
                found = lottery(london, indicator.indicator_id, period, "2026", scope)
                if found is None:
                    continue
                lines = lottery_text.lines(found, indicator)
                texts = [
                    *(
                        f"{line.measure}: {line.sentence}"
                        for line in lines
                        if line.field not in ("gap", "ratio")
                    ),
                    lottery_text.not_given(found, indicator),
                    lottery_text.within(found),
                    *lottery_text.methods(found, indicator, has_funnel=False),
                ]
                assert [text for text in texts if OF_CHANCE.search(text)] == [], indicator.indicator_id
                said += len(texts)
    assert said > 100


def test_the_mean_fall_of_centres_is_said(london: London) -> None:
    indicator = london.catalogue.indicators["change_designated_since_2010"]
    table = place_table(london, "change_designated_since_2010", "2019-12-06", "2022")
    found = lottery(london, "change_designated_since_2010", "2019-12-06", "2022", None)
    assert found is not None
    assert lottery_text.mean_change(table, indicator) == (
        "On average it is −6.8 in each of the 33 authorities."
    )
    assert (found.lowest, found.smallest) == (("Croydon",), -18)


def test_every_indicator_can_be_said_in_every_scope(london: London) -> None:
    for indicator in london.catalogue.indicators.values():
        for scope in (None, *london.ics_names["2026"]):
            for period in london.periods[indicator.indicator_id][:2]:
                found = lottery(london, indicator.indicator_id, period, "2026", scope)
                if found is None:
                    continue
                lines = lottery_text.lines(found, indicator)
                text = " ".join(f"{line.measure} {line.value} {line.sentence}" for line in lines)
                text += lottery_text.not_given(found, indicator)
                assert not any(bad in text for bad in ("nan", "inf", "None", "  ", " ,", "1 boroughs", "--"))
