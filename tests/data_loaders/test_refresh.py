"""The whole way of a download: fetched, read, checked, held against the last copy, and only then shown."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from data_loaders import checks, versions
from data_loaders.library import open_library
from data_loaders.observations import load_observations
from data_loaders.publisher import Download
from data_loaders.refresh import PUBLISHERS, Outcome, refresh, take_files
from data_loaders.settings import REFRESH_HOURS
from data_loaders.sites import load_register, placed
from data_loaders.status import source_status, unanswered
from geo.access import history
from geo.tables.london import ics_table, load_london, place_table
from geo.tables.origins import sources_of
from tests.served import (
    BARNET,
    CAMDEN,
    CITY,
    CODES,
    ENFIELD,
    HACKNEY,
    MANAGER,
    REGISTER_DAY,
    REVIEWS,
    Publishers,
    Rows,
    as_csv,
    boundary_features,
    lookup_features,
    population_rows,
    recorded,
    register_rows,
    review_rows,
)

pytestmark = pytest.mark.thorough


def bring(publishers: Publishers, source_id: str, **options: bool) -> Outcome:
    return refresh(source_id, publishers.order(**options), publishers.session())


def contents(folder: Path) -> dict[str, bytes]:
    """All files below a folder, but for the notes of the last try and the lock."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in files
        if path.name not in (versions.LAST_TRY, ".lock")
    }


def value(indicator: str, period: str, area: str) -> float:
    table = place_table(load_london(), indicator, period, "2022").set_index("area_code")
    return float(table.at[area, "value"])


def test_every_source_is_taken_in_and_keeps_every_contract(publishers: Publishers) -> None:
    publishers.serve_all()
    for source_id in PUBLISHERS:
        outcome = bring(publishers, source_id)
        assert outcome.kind == "replaced", outcome.message
    assert set(open_library().versions) == set(PUBLISHERS)
    assert [result for result in checks.check_all() if not result.passed] == []
    assert MANAGER.encode() not in b"".join(contents(publishers.live).values())


@pytest.mark.parametrize("source_id", PUBLISHERS)
def test_a_second_time_brings_nothing_new(source_id: str, publishers: Publishers) -> None:
    publishers.serve_all()
    bring(publishers, source_id)
    before = contents(publishers.live)
    assert bring(publishers, source_id).kind == "unchanged"
    assert contents(publishers.live) == before


@pytest.mark.parametrize("source_id", PUBLISHERS)
def test_a_dry_run_changes_nothing(source_id: str, publishers: Publishers) -> None:
    publishers.serve_all()
    outcome = bring(publishers, source_id, dry_run=True)
    assert outcome.kind == "would_replace"
    assert contents(publishers.live) == {}
    assert open_library().versions == {}
    assert len(outcome.report) > 0 or source_id in (
        "ons_geography",
        "dfe_family_hubs",
        "ons_small_area_population",
    )


def test_the_register_adds_a_dated_count_for_every_borough(publishers: Publishers) -> None:
    before = load_london().periods["designated_centres"]
    without_one = [row for row in register_rows() if row["LA (code)"] != "202"]
    of_camden = [row for row in register_rows() if row["LA (code)"] == "202"]
    publishers.serve_register(as_csv(without_one + of_camden[1:]))
    outcome = bring(publishers, "dfe_register")
    assert load_london().periods["designated_centres"] == [REGISTER_DAY.isoformat(), *before]
    assert value("designated_centres", "2026-11-22", CAMDEN) == 4
    assert value("designated_centres", "2026-08-19", CAMDEN) == 5  # as embedded
    (moved,) = outcome.report[outcome.report["kind"] == "moved"].to_dict("records")
    assert (moved["indicator_id"], moved["area_code"]) == ("designated_centres", CAMDEN)
    assert (moved["before"], moved["after"]) == (5, 4)


def test_a_register_without_places_is_refused_and_one_with_a_few_unknown_is_not(
    publishers: Publishers,
) -> None:
    """London would be without centres on every map, and the counts would hide it."""
    nowhere = [row | {"Postcode": ""} for row in register_rows()]
    publishers.serve_register(as_csv(nowhere))
    outcome = bring(publishers, "dfe_register")
    assert outcome.kind == "failed"
    assert "without a known postcode: Centre 20000 (City of London, none); " in outcome.message
    assert open_library().versions == {}
    new = [row | {"Postcode": "ZZ1 1ZZ"} if row["URN"] == "20000" else row for row in register_rows()]
    file = Download(as_csv(new), "edubaseallchildrencentre20261122.csv")
    assert take_files("dfe_register", [file], publishers.order()).kind == "replaced"
    register = load_register(open_library())
    now = history.listed_on(register, REGISTER_DAY.isoformat())
    assert history.counts(now).loc[CITY, "designated_centres"] == value(
        "designated_centres", REGISTER_DAY.isoformat(), CITY
    )
    assert set(register.sites["urn"]) - set(placed(register.sites)["urn"]) == {"20000"}


def test_each_refresh_of_the_register_adds_to_the_series(publishers: Publishers) -> None:
    first = Download(as_csv(register_rows()), "edubaseallchildrencentre20261001.csv")
    second = Download(as_csv(register_rows()), "edubaseallchildrencentre20261101.csv")
    take_files("dfe_register", [first], publishers.order())
    outcome = take_files("dfe_register", [second], publishers.order())
    assert outcome.kind == "replaced"
    assert load_london().periods["linked_sites"][:3] == ["2026-11-01", "2026-10-01", "2026-08-19"]


def test_the_report_names_entries_that_came_and_went(publishers: Publishers) -> None:
    first = Download(as_csv(register_rows()), "edubaseallchildrencentre20261001.csv")
    rows = register_rows()
    rows[0] = rows[0] | {"URN": "31000", "EstablishmentName": "The New House"}
    second = Download(as_csv(rows), "edubaseallchildrencentre20261101.csv")
    take_files("dfe_register", [first], publishers.order())
    assert take_files("dfe_register", [second], publishers.order()).remarks == (
        "No longer listed: Centre 20000 (City of London).",
        "Newly listed: The New House (City of London).",
    )


def test_an_older_register_adds_its_date_and_leaves_the_newer_entries(publishers: Publishers) -> None:
    newer = Download(as_csv(register_rows()), "edubaseallchildrencentre20261101.csv")
    older = Download(as_csv(register_rows()[:-5]), "edubaseallchildrencentre20261001.csv")
    take_files("dfe_register", [newer], publishers.order())
    sites = open_library().entries["sites.csv"].sha256
    assert take_files("dfe_register", [older], publishers.order()).kind == "replaced"
    assert "2026-10-01" in load_london().periods["designated_centres"]
    assert open_library().entries["sites.csv"].sha256 == sites
    assert open_library().versions["dfe_register"].published == "2026-11-01"


def test_reviews_are_shown_by_borough_with_ics_values_from_counts(publishers: Publishers) -> None:
    publishers.serve_reviews(as_csv(review_rows()))
    bring(publishers, "ohid_fingertips")
    london = load_london()
    table = place_table(london, "new_birth_visit_14_days", "2024/25", "2022").set_index("area_name")
    assert table.at["Barnet", "value"] == 80.2
    assert table.at["Barnet", "note"] == "Concern about data quality"
    assert table.at["Enfield", "status"] == "not_published"
    assert table.at["City of London", "status"] == "combined"
    assert [origin.source_id for origin in table.at["Barnet", "origins"]] == ["ohid_fingertips"]
    north_central = ics_table(london, "new_birth_visit_14_days", "2024/25", "2022").set_index("ics_code")
    # Barnet 802, Camden 806, Haringey 813, Islington 818 of 1,000 each; Enfield has no figure
    assert north_central.at["NCL", "value"] == pytest.approx((802 + 806 + 813 + 818) / 40)
    assert north_central.at["NCL", "left_out"] == ("Enfield",)
    # the City's children are counted with Hackney's: nobody is left out
    assert north_central.at["NEL", "left_out"] == ()


def test_a_period_that_is_downloaded_takes_the_place_of_the_embedded_one(publishers: Publishers) -> None:
    assert value("new_birth_visit_14_days", "2024/25", "E92000001") == 85.2
    publishers.serve_reviews(as_csv(review_rows()))
    bring(publishers, "ohid_fingertips")
    assert value("new_birth_visit_14_days", "2024/25", "E92000001") == 80.0
    assert value("new_birth_visit_14_days", "2017/18 Q1", "E92000001") == 86.4  # as embedded


def test_centres_per_child_become_a_series(publishers: Publishers) -> None:
    publishers.serve_population(as_csv(population_rows()))
    bring(publishers, "ons_population")
    london = load_london()
    assert {"2016-08-04", "2019-12-06", "2026-08-19"} <= set(london.periods["centres_per_10k_0_4"])
    # the made-up population is 9,642 in every year, and Camden has five centres throughout
    for period in ("2016-08-04", "2026-08-19"):
        table = place_table(london, "centres_per_10k_0_4", period, "2022").set_index("area_code")
        assert table.at[CAMDEN, "value"] == pytest.approx(5 / 9_642 * 10_000)
        behind = [origin.source_id for origin in table.at[CAMDEN, "origins"]]
        assert behind == ["dfe_register", "ons_population"]


def test_a_source_that_was_downloaded_bears_its_dates(publishers: Publishers) -> None:
    publishers.serve_population(as_csv(population_rows()))
    bring(publishers, "ons_population")
    london, version = load_london(), open_library().versions["ons_population"]
    newest = place_table(london, "population_0_4", "mid-2025", "2022")
    (source,) = sources_of(london.catalogue, newest)
    assert source.figures_date == "2025-06-30"
    assert source.retrieved == (version.retrieved_on.isoformat(),)
    assert version.address.startswith(publishers.server.url_for("/nomis/data"))


def half(rows: Rows) -> Rows:
    """Without the second half of the boroughs."""
    return [row for row in rows if row["Area Code"] not in CODES[17:]]


@pytest.mark.parametrize(
    ("change", "doubt"),
    [
        (half, "New birth visit within 14 days: 48 of 93 figures are gone."),
        (half, "Waltham Forest, Wandsworth and Westminster are not in the file."),
        (
            lambda rows: [row | {"Value": "30", "Count": "300", "Lower CI 95.0 limit": "20"} for row in rows],
            "New birth visit within 14 days: the mean is 30; it was",
        ),
    ],
)
def test_a_collapse_is_held_back_until_somebody_accepts_it(
    change: Callable[[Rows], Rows], doubt: str, publishers: Publishers
) -> None:
    first = Download(as_csv(review_rows()), "reviews.csv")
    take_files("ohid_fingertips", [first], publishers.order())
    before = contents(publishers.live)
    collapsed = Download(as_csv(change(review_rows())), "reviews.csv")
    outcome = take_files("ohid_fingertips", [collapsed], publishers.order())
    assert outcome.kind == "held"
    assert doubt in outcome.message
    assert contents(publishers.live) == before
    assert take_files("ohid_fingertips", [collapsed], publishers.order(accept=True)).kind == "replaced"


def test_one_figure_that_is_withdrawn_is_no_collapse_but_is_reported(publishers: Publishers) -> None:
    take_files("ohid_fingertips", [Download(as_csv(review_rows()), "reviews.csv")], publishers.order())
    empty = dict.fromkeys(["Value", "Count", "Denominator", "Lower CI 95.0 limit", "Upper CI 95.0 limit"], "")
    rows = review_rows()
    rows[5] = rows[5] | empty
    outcome = take_files("ohid_fingertips", [Download(as_csv(rows), "reviews.csv")], publishers.order())
    assert outcome.kind == "replaced"
    (gone,) = outcome.report.to_dict("records")
    assert (gone["kind"], gone["area_code"], gone["before"]) == ("gone", CAMDEN, 80.6)
    assert pd.isna(gone["after"])


def test_the_report_is_kept_with_the_download(publishers: Publishers) -> None:
    publishers.serve_reviews(as_csv(review_rows()))
    outcome = bring(publishers, "ohid_fingertips")
    entries = open_library().entries
    kept = pd.read_csv(entries["changes/ohid_fingertips.csv"].path)
    assert len(kept) == len(outcome.report) > 0
    assert set(kept["kind"]) == {"new", "revised", "moved"}


def test_boundaries_of_another_year_can_be_asked_for(publishers: Publishers) -> None:
    publishers.serve_all()
    outcome = refresh("ons_geography", publishers.order(year=2019), publishers.session())
    assert outcome.kind == "failed"
    assert "expected boundaries of local authority districts of 2019, but there are some of 2025, 2026" in (
        outcome.message
    )


def test_a_new_lookup_brings_a_new_set_of_ics_boundaries(publishers: Publishers) -> None:
    south = ("E54000099", "NHS South London Integrated Care Board")
    merged = {"E54000030": south, "E54000031": south}  # South East and South West London
    publishers.serve_geography(boundary_features(), lookup_features(merged, year=27))
    outcome = refresh("ons_geography", publishers.order(), publishers.session())
    assert outcome.kind == "replaced", outcome.message
    assert "Croydon: from South West London to South London." in outcome.remarks
    london = load_london()
    assert list(london.vintages) == ["2022", "2026", "2027"]
    assert london.ics_names["2027"] == {
        "NEL": "North East London",
        "SL": "South London",
        "WNL": "West and North London",
    }
    south_london = ics_table(london, "designated_centres", "2026-08-19", "2027").set_index("ics_code")
    apart = ics_table(london, "designated_centres", "2026-08-19", "2026").set_index("ics_code")["value"]
    assert south_london.at["SL", "value"] == apart["SEL"] + apart["SWL"]


def test_the_status_says_how_fresh_each_source_is(publishers: Publishers) -> None:
    publishers.serve_population(as_csv(population_rows()))
    bring(publishers, "ons_population")
    bring(publishers, "ohid_fingertips")
    status = source_status(open_library(), publishers.live).set_index("source_id")
    assert tuple(status.loc["ons_population", ["figures_to", "from", "last_error"]]) == (
        "2025-06-30",
        "live",
        "",
    )
    assert tuple(status.loc["dfe_eyfsp", ["figures_to", "from", "last_error"]]) == (
        "2025-06-30",
        "snapshot",
        "",
    )
    assert status.at["ohid_fingertips", "from"] == "none"
    assert "404" in status.at["ohid_fingertips", "last_error"]


def test_figures_are_late_when_nothing_usable_has_come_for_a_week(
    publishers: Publishers, monkeypatch: pytest.MonkeyPatch
) -> None:
    publishers.serve_population(as_csv(population_rows()))
    bring(publishers, "ons_population")
    # of this one there is nothing that could be late
    bring(publishers, "ohid_fingertips")
    answered = versions.last_answer("ons_population", publishers.live)
    assert answered is not None

    def late(days: float) -> dict[str, dt.date]:
        return unanswered(open_library(), publishers.live, answered + dt.timedelta(days=days))

    assert late(6.9) == {}
    assert late(7.1) == {"ons_population": answered.date()}
    # tries that fail put nothing off, and one that finds the same figures does
    publishers.server.clear()
    bring(publishers, "ons_population")
    assert late(7.1) == {"ons_population": answered.date()}
    publishers.serve_population(as_csv(population_rows()))
    with monkeypatch.context() as later:
        later.setattr(versions, "now", lambda: answered + dt.timedelta(days=7))
        bring(publishers, "ons_population")
    assert late(7.1) == {}
    monkeypatch.setenv(REFRESH_HOURS, str(24 * 30))
    assert late(60) == {}
    assert late(70) == {"ons_population": (answered + dt.timedelta(days=7)).date()}


def test_what_the_disk_does_not_take_is_said(publishers: Publishers) -> None:
    publishers.live.write_text("a file where the folder should be", encoding="utf-8")
    publishers.serve_population(as_csv(population_rows()))
    outcome = bring(publishers, "ons_population")
    assert outcome.kind == "failed"
    assert outcome.message.startswith("The download could not be kept in the folder of downloads: ")
    assert value("population_0_4", "mid-2024", CAMDEN) == 9_642


def test_the_recorded_registers_come_by_hand_and_over_the_network(publishers: Publishers) -> None:
    for day in ("20160804", "20191206"):
        path = recorded(f"gias/edubaseallchildrencentre{day}.csv")
        outcome = take_files("dfe_register", [Download(path.read_bytes(), str(path))], publishers.order())
        assert outcome.kind == "replaced", outcome.message
        boroughs = outcome.report[outcome.report["area_code"] != "E92000001"]
        assert boroughs.empty, "the embedded counts are the same"
    newest = recorded("gias/edubaseallchildrencentre20260819.csv")
    publishers.serve_register(newest.read_bytes())
    assert bring(publishers, "dfe_register").kind == "replaced"
    london = load_london()
    for period, centres, linked in (
        ("2016-08-04", 332, 138),
        ("2019-12-06", 323, 141),
        ("2026-11-22", 315, 139),
    ):
        assert value("designated_centres", period, "E12000007") == centres
        assert value("linked_sites", period, "E12000007") == linked
        assert value("centres_and_linked_sites", period, "E12000007") == centres + linked
    assert len(london.periods["designated_centres"]) == 13


def test_recorded_boundaries_are_drawn(publishers: Publishers) -> None:
    path = recorded("ons/local_authority_districts_may_2024_bsc_london.geojson")
    outcome = take_files("ons_geography", [Download(path.read_bytes(), str(path))], publishers.order())
    assert outcome.kind == "replaced", outcome.message
    library = open_library()
    assert library.versions["ons_geography"].published == "2024-05-01"
    drawn = json.loads(library.entries["boroughs_screen.geojson"].path.read_bytes())["features"]
    assert [feature["properties"]["area_code"] for feature in drawn] == CODES
    assert ENFIELD in CODES
    assert {HACKNEY, BARNET} <= set(CODES)


def reviews_file(*names: str) -> Download:
    """A file of these reviews only."""
    return Download(as_csv([row for row in review_rows() if row["Indicator Name"] in names]), "reviews.csv")


def test_a_second_file_adds_its_indicator_and_deletes_none(publishers: Publishers) -> None:
    first, second, *_ = REVIEWS.values()
    assert take_files("ohid_fingertips", [reviews_file(first)], publishers.order()).kind == "replaced"
    assert take_files("ohid_fingertips", [reviews_file(second)], publishers.order()).kind == "replaced"
    shown = load_observations(open_library().entries)
    downloaded = shown[shown["source_id"] == "ohid_fingertips"]
    assert set(downloaded["indicator_id"]) == set(list(REVIEWS)[:2])


def test_a_register_of_which_a_part_is_missing_is_held_back(publishers: Publishers) -> None:
    cut = Download(as_csv(register_rows()[: int(0.8 * 454)]), "edubaseallchildrencentre20261101.csv")
    outcome = take_files("dfe_register", [cut], publishers.order())
    assert outcome.kind == "held"
    assert "London has 363 open entries; the register of 2026-08-19 had 454." in outcome.message


def test_a_centre_that_became_a_linked_site_is_reported_as_such(publishers: Publishers) -> None:
    first = Download(as_csv(register_rows()), "edubaseallchildrencentre20261001.csv")
    rows = register_rows()
    at = next(n for n, row in enumerate(rows) if row["TypeOfEstablishment (code)"] == "47")
    rows[at] = rows[at] | {"TypeOfEstablishment (code)": "48"}
    take_files("dfe_register", [first], publishers.order())
    second = Download(as_csv(rows), "edubaseallchildrencentre20261101.csv")
    (said,) = take_files("dfe_register", [second], publishers.order()).remarks
    assert said.startswith(f"Listed as a linked site from now on: Centre {rows[at]['URN']} (")


def test_each_try_is_in_the_log(publishers: Publishers, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "data_loaders")
    refresh("ons_population", publishers.order(), publishers.session())
    publishers.serve_all()
    refresh("ons_population", publishers.order(), publishers.session())
    said = [one.getMessage() for one in caplog.records if one.name == "data_loaders.refresh"]
    assert [text.partition(". ")[0] for text in said] == [
        "Refresh of ons_population: failed",
        "Refresh of ons_population: replaced",
    ]
