"""Population aged 0 to 4: the sum of five single years, all of them there, for every authority and year."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, strategies as st

from data_loaders.library import open_library
from data_loaders.nomis import fetch, parse
from data_loaders.publisher import Download, Known, Parsed, PublisherError, load_known
from tests.served import BARNET, CITY, CODES, TODAY, Change, Publishers, Rows, as_csv, population_rows

KNOWN: Known = load_known(open_library(live=Path("nowhere")).entries, TODAY)


def read(rows: Rows) -> Parsed:
    return parse([Download(as_csv(rows), "population.csv")], KNOWN)


def people(parsed: Parsed) -> dict[tuple[str, str], float]:
    assert parsed.observations is not None
    return parsed.observations.set_index(["area_code", "period"])["value"].to_dict()


def test_five_years_of_age_are_added_for_every_authority_and_year() -> None:
    found = people(read(population_rows()))
    assert len(found) == 33 * 4
    assert found[CITY, "mid-2024"] == 47 + 47 + 47 + 47 + 51
    assert found[BARNET, "mid-2016"] == 24_287
    assert read(population_rows()).published.isoformat() == "2025-06-30"


def change_first(**cells: str) -> Change:
    return lambda rows: [rows[0] | cells, *rows[1:]]


HARMLESS: dict[str, Change] = {
    "columns in another order": lambda rows: [dict(reversed(row.items())) for row in rows],
    "a column more": lambda rows: [row | {"MEASURES": "20100"} for row in rows],
    "rows twice": lambda rows: rows + rows[:7],
    "other authorities": lambda rows: [*rows, rows[0] | {"GEOGRAPHY_CODE": "E06000001"}],
    "ages in other words": lambda rows: [
        r | {"C_AGE_NAME": r["C_AGE_NAME"].replace("Age", "Aged")} for r in rows
    ],
}


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_what_does_not_matter_changes_nothing(change: Change) -> None:
    assert people(read(change(population_rows()))) == people(read(population_rows()))


REFUSED: dict[str, tuple[Change, str]] = {
    "an age missing": (lambda rows: rows[1:], f"not all five ages came for {CITY} in 2016"),
    "an authority missing": (
        lambda rows: [row for row in rows if row["GEOGRAPHY_CODE"] != BARNET],
        f"not all five ages came for {BARNET} in 2016",
    ),
    "a year in part": (
        lambda rows: [row for row in rows if row["DATE_NAME"] != "2025" or row["GEOGRAPHY_CODE"] == CITY],
        "not all five ages came for E09000002 in 2025",
    ),
    "no London": (
        lambda rows: [row | {"GEOGRAPHY_CODE": "E06000001"} for row in rows[:5]],
        "not all five ages came for any authority",
    ),
    "a contradiction": (
        lambda rows: [rows[0] | {"OBS_VALUE": "1"}, *rows],
        f"“{CITY}” came, with two figures for one year and age",
    ),
    "an unknown authority": (
        change_first(GEOGRAPHY_CODE="E09000099"),
        "“E09000099” came, which is no London",
    ),
    "an unknown age": (
        change_first(C_AGE_NAME="All Ages"),
        "“All Ages” came, which is not an age from 0 to 4",
    ),
    "an unknown date": (change_first(DATE_NAME="June"), "“June” came, which is not a year"),
    "the future": (change_first(DATE_NAME="2027"), "“2027” came, which is in the future"),
    "no number": (change_first(OBS_VALUE=""), "“” came, which is not a number of people"),
    "less than nobody": (change_first(OBS_VALUE="-3"), "“-3” came, which is not a number of people"),
    "a renamed column": (
        lambda rows: [{k.replace("OBS_VALUE", "VALUE"): v for k, v in row.items()} for row in rows],
        "there is no column “OBS_VALUE”",
    ),
}


@pytest.mark.parametrize(("change", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_the_population_is_refused(change: Change, said: str) -> None:
    with pytest.raises(PublisherError) as failed:
        read(change(population_rows()))
    assert said in str(failed.value)
    assert "Nomis (population.csv): expected the population of each London authority" in str(failed.value)


@given(st.randoms(use_true_random=False))
def test_order_never_matters(random: Random) -> None:
    rows = population_rows([2024])
    assert people(read(random.sample(rows, len(rows)))) == people(read(rows))


@given(st.binary(max_size=300))
def test_whatever_comes_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(PublisherError):
        parse([Download(content, "population.csv")], KNOWN)


def test_all_authorities_are_asked_for_at_once(publishers: Publishers) -> None:
    publishers.serve_population(as_csv(population_rows()))
    fetch(publishers.session(), load_known(open_library().entries, TODAY))
    ((request, _),) = publishers.server.log
    assert request.args["areas"].split(",") == CODES
