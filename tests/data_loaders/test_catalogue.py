"""Every entry of the catalogue can be used, and says what it must."""

import datetime as dt
from typing import get_args

import pytest
from hypothesis import given, strategies as st

from data_loaders.catalogue import VALUE_STATUSES, nearest
from data_loaders.schemas.tables import MissingStatus
from geo.tables.london import London
from geo.tables.offered import catalogue_table
from tests.builders import INDICATOR_IDS, indicator as made

DEMANDED = {
    "designated_centres",
    "linked_sites",
    "centres_and_linked_sites",
    "centres_per_10k_0_4",
    "change_designated_since_2010",
    "asq3_at_2_to_2_5_years",
    "new_birth_visit_14_days",
    "review_6_8_weeks",
    "review_12_months_by_12",
    "review_12_months_by_15",
    "review_2_to_2_5_years",
    "funded_2yo_pct",
    "funded_2yo_n",
    "funded_3_4yo_pct",
    "funded_3_4yo_n",
    "early_years_spend_per_child_0_4",
    "gld_2013_2019",
    "gld_2022_on",
    "low_income_under_16_pct",
    "idaci_2019",
    "imd_2025",
    "family_hubs_programme",
    "population_0_4",
}


@pytest.mark.parametrize(
    ("polarity", "kind", "direction"),
    [
        ("higher_is_better", "coverage", 1),
        ("lower_is_better", "outcome", -1),
        ("neither", "provision", 0),
        ("lower_is_better", "need", 0),
        ("higher_is_better", "spend", 0),
    ],
)
def test_need_and_spend_speak_for_nobody_whatever_their_polarity(
    polarity: str, kind: str, direction: int
) -> None:
    assert made(polarity=polarity, kind=kind).direction == direction


@pytest.mark.parametrize("indicator_id", INDICATOR_IDS)
def test_an_entry_of_the_catalogue_can_be_used(indicator_id: str, london: London) -> None:
    catalogue = london.catalogue
    indicator = catalogue.indicators[indicator_id]
    assert indicator.unit.axis or indicator.categories
    assert indicator.source_ids
    assert set(indicator.source_ids) <= set(catalogue.sources)
    assert indicator.decimals >= 0
    assert indicator.multiplier > 0
    texts = [
        indicator.label,
        indicator.short_label,
        indicator.domain,
        indicator.definition,
        indicator.caveats,
        indicator.comparable_over_time,
    ]
    assert all(texts)
    for text in [*texts, indicator.sentence, indicator.next_update]:
        assert text == text.strip()
        assert "  " not in text
    if not indicator.categories:
        assert indicator.sentence.count("{place}") == 1
        assert indicator.sentence.count("{value}") == 1
        assert not indicator.sentence.endswith(".")
    assert indicator_id in london.periods


def test_each_category_that_occurs_has_a_word(london: London) -> None:
    for indicator in london.catalogue.indicators.values():
        if indicator.categories:
            rows = london.observations[london.observations["indicator_id"] == indicator.indicator_id]
            assert set(rows["value"].dropna()) == set(indicator.categories)


def test_the_catalogue_has_every_indicator_that_was_asked_for(london: London) -> None:
    shown = {i.indicator_id for i in london.catalogue.indicators.values() if i.shown}
    assert shown >= DEMANDED
    assert sum(name.startswith("interface_") for name in shown) == 12
    assert sum(name.startswith("hallmark_") for name in shown) == 7


def test_labels_are_unique_so_that_a_reader_can_choose_by_them(london: London) -> None:
    for labels in zip(*((i.label, i.short_label) for i in london.catalogue.indicators.values()), strict=True):
        assert len(set(labels)) == len(labels)


def test_every_status_has_its_words_and_every_row_a_known_status(london: London) -> None:
    statuses = london.catalogue.statuses
    missing = get_args(MissingStatus)
    assert set(statuses) == {*missing, *VALUE_STATUSES}
    assert all(status.word and status.sentence for status in statuses.values())
    has_value = london.observations["value"].notna()
    assert set(london.observations.loc[has_value, "status"]) <= set(VALUE_STATUSES)
    assert set(london.observations.loc[~has_value, "status"]) <= set(missing)


def test_every_source_has_an_address_a_licence_and_a_date_that_can_be_read(london: London) -> None:
    for source in london.catalogue.sources.values():
        assert source.title
        assert source.publisher
        assert source.licence
        assert source.url.startswith("https://")
        assert source.licence_url.startswith("https://")
        if source.figures_date:
            assert dt.date.fromisoformat(source.figures_date)


def test_every_row_names_known_sources(london: London) -> None:
    named = {origin.source_id for cell in london.observations["origins"].unique() for origin in cell}
    assert named <= set(london.catalogue.sources)


def test_the_list_of_indicators_names_their_sources_by_title(london: London) -> None:
    listed = catalogue_table(london).set_index("indicator_id")
    assert "Population estimates, mid-2024" in listed.at["centres_per_10k_0_4", "sources"]
    assert set(listed.index) == {i.indicator_id for i in london.catalogue.indicators.values() if i.shown}


@pytest.mark.parametrize(
    ("given_name", "found"),
    [
        ("asq3_at_2_to_25_years", "asq3_at_2_to_2_5_years"),
        ("ASQ3_AT_2_TO_2_5_YEARS", "asq3_at_2_to_2_5_years"),
        ("linked_site", "linked_sites"),
        ("zzzzzz", None),
        ("", None),
    ],
)
def test_a_misspelt_name_brings_its_neighbour(given_name: str, found: str | None) -> None:
    assert nearest(given_name, INDICATOR_IDS) == found


@given(st.sampled_from(INDICATOR_IDS), st.data())
def test_one_letter_left_out_is_forgiven(name: str, data: st.DataObject) -> None:
    gap = data.draw(st.integers(0, len(name) - 1))
    misspelt = name[:gap] + name[gap + 1 :]
    found = nearest(misspelt, INDICATOR_IDS)
    assert found is not None
    # dropping a digit may make it as near to a sister: "funded_yo_pct"
    assert found == name or len(found) == len(name)


def test_nothing_is_near_to_a_name_when_nothing_is_known() -> None:
    assert nearest("Camden", []) is None
