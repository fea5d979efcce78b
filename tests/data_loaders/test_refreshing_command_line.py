"""The commands that bring in, show and take back downloads."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from data_loaders import settings
from data_loaders.http import Limits
from data_loaders.library import open_library
from data_loaders.refresh import PUBLISHERS
from geo.tables.london import load_london
from pages.command_line.main import main
from pages.command_line.refreshing import PRINTED
from tests.builders import ROOT
from tests.served import (
    REVIEWS,
    Publishers,
    as_csv,
    population_rows,
    recorded,
    register_rows,
    review_rows,
)

pytestmark = pytest.mark.thorough

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def quick(publishers: Publishers, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up soon, because a test should not wait for what will not come."""
    monkeypatch.setattr("data_loaders.http.Limits", lambda: Limits(tries=1, read=1))


def status(capsys: Capture) -> dict[str, dict[str, str]]:
    capsys.readouterr()
    assert main(["status", "--format", "csv"]) == 0
    rows = csv.DictReader(io.StringIO(capsys.readouterr().out))
    return {row["source_id"]: row for row in rows}


def test_all_sources_are_refreshed_and_each_says_how_it_went(publishers: Publishers, capsys: Capture) -> None:
    publishers.serve_population(as_csv(population_rows()))
    publishers.serve_reviews(as_csv(review_rows()))
    assert main(["refresh", "ons_population", "ohid_fingertips"]) == 0
    printed = capsys.readouterr()
    assert "ons_population: Taken in: figures to 30 June 2025." in printed.out
    assert "ohid_fingertips: Taken in: figures to 30 June 2025." in printed.out
    assert "  revised: new_birth_visit_14_days 2024/25, England: 85.2 to 80\n" in printed.out
    assert "Population aged 0 to 4" in printed.err  # the bar
    assert status(capsys)["ohid_fingertips"]["from"] == "live"


def test_a_source_that_fails_does_not_stop_the_others(publishers: Publishers, capsys: Capture) -> None:
    publishers.serve_population(as_csv(population_rows()))
    assert main(["refresh"]) == 1
    printed = capsys.readouterr().out
    assert "ohid_fingertips: Office for Health Improvement and Disparities, Fingertips (http" in printed
    assert "ons_population: Taken in" in printed
    said = status(capsys)
    assert said["ohid_fingertips"]["last_error"].endswith("but the answer was 404 NOT FOUND.")
    assert said["ons_population"]["last_error"] == ""


def test_a_dry_run_says_what_would_change(publishers: Publishers, capsys: Capture) -> None:
    publishers.serve_population(as_csv(population_rows()))
    assert main(["refresh", "ons_population", "--dry-run"]) == 0
    assert "Would be taken in" in capsys.readouterr().out
    assert not publishers.live.exists()
    assert status(capsys)["ons_population"]["from"] == "none"


def test_all_changes_are_printed_where_they_are_kept_nowhere(publishers: Publishers, capsys: Capture) -> None:
    publishers.serve_population(as_csv(population_rows()))
    main(["refresh", "ons_population"])
    tenfold = [row | {"OBS_VALUE": row["OBS_VALUE"] + "0"} for row in population_rows()]
    path = publishers.live.parent / "population.csv"
    path.write_bytes(as_csv(tenfold))
    capsys.readouterr()
    main(["import", "ons_population", str(path), "--dry-run"])
    looked = capsys.readouterr().out.splitlines()
    main(["import", "ons_population", str(path)])
    taken = capsys.readouterr().out.splitlines()
    # 33 authorities at four mid-years
    assert sum(line.startswith("  revised: population_0_4 mid-2024, ") for line in looked) == 33
    assert len(looked) == 2 + 33 * 4  # and a line each for the outcome and the counts
    assert taken[-1] == f"  and {33 * 4 - PRINTED} more, on the data page"


def test_where_nothing_came_nothing_is_said_of_changes(publishers: Publishers, capsys: Capture) -> None:
    assert main(["refresh", "ons_population"]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("ons_population: Office for National Statistics, Nomis (http")


def test_where_a_file_lay_is_not_told(publishers: Publishers) -> None:
    path = publishers.live.parent / "edubaseallchildrencentre20261101.csv"
    path.write_bytes(as_csv(register_rows()))
    main(["import", "dfe_register", str(path)])
    assert open_library().versions["dfe_register"].address == path.name


def test_what_is_held_back_is_taken_in_when_it_is_accepted(publishers: Publishers, capsys: Capture) -> None:
    rows = [row for row in register_rows() if row["LA (code)"] != "202"]
    publishers.server.expect_request("/register/edubaseallchildrencentre20261122.csv")
    path = publishers.live.parent / "edubaseallchildrencentre20261101.csv"
    path.write_bytes(as_csv(rows))
    assert main(["import", "dfe_register", str(path)]) == 1
    assert (
        "Camden has no open entry. If it is right, the command line takes it in with --accept."
        in capsys.readouterr().out
    )
    assert main(["import", "dfe_register", str(path), "--accept"]) == 0
    assert status(capsys)["dfe_register"]["figures_to"] == "2026-11-01"


def test_a_file_is_imported_with_the_date_that_is_given(publishers: Publishers, capsys: Capture) -> None:
    path = publishers.live.parent / "mine.csv"
    path.write_bytes(as_csv(register_rows()))
    assert main(["import", "dfe_register", str(path)]) == 1
    assert "give --date" in capsys.readouterr().out
    assert main(["import", "dfe_register", str(path), "--date", "2026-10-02"]) == 0
    assert status(capsys)["dfe_register"]["figures_to"] == "2026-10-02"


def test_a_file_that_is_not_there_is_said(capsys: Capture) -> None:
    assert main(["import", "dfe_register", "nowhere.csv"]) == 1
    assert capsys.readouterr().err == "nowhere.csv cannot be read: No such file or directory.\n"


def test_going_back_is_one_command(publishers: Publishers, capsys: Capture) -> None:
    publishers.serve_population(as_csv(population_rows()))
    main(["refresh", "ons_population"])
    capsys.readouterr()
    assert main(["rollback", "ons_population"]) == 0
    assert capsys.readouterr().out == "ons_population now shows the embedded figures.\n"
    assert main(["rollback", "ons_population"]) == 1
    assert "there is nothing before them" in capsys.readouterr().err


def test_going_back_on_a_disk_that_takes_nothing_is_said(publishers: Publishers, capsys: Capture) -> None:
    publishers.serve_population(as_csv(population_rows()))
    main(["refresh", "ons_population"])
    (publishers.live / "ons_population" / "current.new").mkdir()
    assert main(["rollback", "ons_population"]) == 1
    assert capsys.readouterr().err.endswith(f"Nothing was changed in {publishers.live}: Is a directory.\n")
    assert status(capsys)["ons_population"]["from"] == "live"


@pytest.mark.parametrize("command", [["refresh"], ["import"], ["rollback"]])
def test_a_wrong_name_is_answered_with_the_nearest(command: list[str], capsys: Capture) -> None:
    files = ["file.csv"] if command == ["import"] else []
    with pytest.raises(SystemExit) as left:
        main([*command, "dfe_registre", *files])
    assert left.value.code == 2
    assert capsys.readouterr().err.rstrip().endswith("the nearest is dfe_register.")


def test_the_status_is_printed_in_columns(capsys: Capture) -> None:
    assert main(["status"]) == 0
    header, *lines = capsys.readouterr().out.splitlines()
    start = header.index("figures_to")
    register = next(line for line in lines if line.startswith("dfe_register "))
    assert register[start : start + 10] == "2026-08-19"
    assert main(["status", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["source_id"] == "hansard_2010"


def save(publishers: Publishers, name: str, content: bytes) -> str:
    """Where a file was written that somebody has downloaded by hand."""
    path = publishers.live.parent / name
    path.write_bytes(content)
    return str(path)


def test_several_registers_are_imported_each_with_its_date(publishers: Publishers, capsys: Capture) -> None:
    names = [f"edubaseallchildrencentre202611{day}.csv" for day in ("01", "02")]
    assert (
        main(["import", "dfe_register", *(save(publishers, n, as_csv(register_rows())) for n in names)]) == 0
    )
    printed = capsys.readouterr().out
    assert "Taken in: figures to 1 November 2026." in printed
    assert "Taken in: figures to 2 November 2026." in printed
    assert main(["table", "designated_centres", "--period", "2026-11-01"]) == 0


def test_several_files_of_reviews_are_imported_as_one(publishers: Publishers, capsys: Capture) -> None:
    first, second = list(REVIEWS.values())[:2]
    paths = [
        save(
            publishers,
            f"{number}.csv",
            as_csv([row for row in review_rows() if row["Indicator Name"] == name]),
        )
        for number, name in enumerate((first, second))
    ]
    assert main(["import", "ohid_fingertips", *paths]) == 0
    printed = capsys.readouterr().out
    assert f"New birth visits within 14 days: taken from “{first}” (indicator 90002)." in printed
    assert f"6 to 8 week reviews: taken from “{second}” (indicator 90003)." in printed
    for indicator in list(REVIEWS)[:2]:
        assert main(["table", indicator, "--period", "2024/25"]) == 0
        rows = csv.DictReader(io.StringIO(capsys.readouterr().out))
        # Barnet is third in the list: 802 of 1,000
        assert next(float(row["value"]) for row in rows if row["area_name"] == "Barnet") == 80.2


def test_of_several_files_one_that_cannot_be_read_does_not_stop_the_others(
    publishers: Publishers, capsys: Capture
) -> None:
    wrong = save(publishers, "edubaseallchildrencentre20261102.csv", b"<html>")
    right = save(publishers, "edubaseallchildrencentre20261103.csv", as_csv(register_rows()))
    assert main(["import", "dfe_register", wrong, right]) == 1
    printed = capsys.readouterr().out
    assert "(edubaseallchildrencentre20261102.csv)" in printed
    assert "a web page came" in printed
    assert "Taken in: figures to 3 November 2026." in printed


def test_one_date_is_not_given_to_several_files(publishers: Publishers, capsys: Capture) -> None:
    paths = [save(publishers, name, as_csv(register_rows())) for name in ("a.csv", "b.csv")]
    assert main(["import", "dfe_register", *paths, "--date", "2026-11-01"]) == 1
    assert capsys.readouterr().err == "One date cannot be that of several files: import them one by one.\n"


def test_help_says_which_file_is_meant_for_each_source(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as left:
        main(["import", "ohid_fingertips", "--help"])
    assert left.value.code == 0
    printed = " ".join(capsys.readouterr().out.split())
    for source, publisher in PUBLISHERS.items():
        assert f"{source}: {publisher.file_hint}" in printed
    assert "without opening it in a spreadsheet program" in printed


def test_a_file_on_something_else_is_refused_by_what_it_is_and_what_is_meant(
    publishers: Publishers, capsys: Capture
) -> None:
    content = (ROOT / "tests" / "data_loaders" / "recorded" / "fingertips_2020.csv").read_bytes()
    assert main(["import", "ohid_fingertips", save(publishers, "indicators.csv", content)]) == 1
    outcome, meant, remedy = capsys.readouterr().out.splitlines()
    assert outcome.endswith(
        "but a file of Fingertips came that is not about health visiting: its only indicator is "
        "“Campylobacter incidence rate/100,000”."
    )
    assert (
        meant == f"The file that is meant for ohid_fingertips is {PUBLISHERS['ohid_fingertips'].file_hint}."
    )
    assert remedy.startswith("Import it as it was downloaded")
    assert "ohid_fingertips" not in open_library().versions


def as_percentages(content: bytes) -> bytes:
    """A served file of a rate per 100,000 as one of percentages: the same counts, another multiplier."""
    header, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
    places = [place for place, name in enumerate(header) if name == "Value" or "limit" in name]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    for row in rows:
        for place in places:
            row[place] = str(float(row[place]) / 1000) if row[place] else ""
        writer.writerow(row)
    return text.getvalue().encode()


def test_a_served_file_under_the_name_of_a_review_comes_into_use(
    publishers: Publishers, capsys: Capture
) -> None:
    content = (ROOT / "tests" / "data_loaders" / "recorded" / "fingertips_2020.csv").read_bytes()
    content = content.replace(
        b"Campylobacter incidence rate/100,000\n", b"6 to 8-week reviews\ncompleted (%)"
    )
    # as it is, it breaks the contract that a percentage is its numerator over its denominator
    assert main(["import", "ohid_fingertips", save(publishers, "rate.csv", content)]) == 1
    assert "values agree with their counts" in capsys.readouterr().out
    path = save(publishers, "percentages.csv", as_percentages(content))
    assert main(["import", "ohid_fingertips", path]) == 0
    capsys.readouterr()
    rows = load_london().observations
    rows = rows[(rows["indicator_id"] == "review_6_8_weeks") & (rows["period"] == "2017")].set_index(
        "area_code"
    )
    # 70 of 282,927, as the file has it
    assert rows.at["E09000012", "value"] == pytest.approx(0.0247, abs=0.0001)
    assert rows.at["E09000012", "note"] == "Value for Hackney and City of London combined"
    assert rows.at["E09000001", "status"] == "combined"


def test_visits_after_14_days_stay_out_and_the_other_reviews_come_in(
    publishers: Publishers, capsys: Capture
) -> None:
    path = recorded("tried/ft_all_six_but_after_for_within.csv")
    assert main(["import", "ohid_fingertips", str(path)]) == 0
    assert "New birth visits within 14 days: nothing was taken, because" in capsys.readouterr().out
    rows = load_london().observations
    theirs = [any(origin.source_id == "ohid_fingertips" for origin in cell) for cell in rows["origins"]]
    assert set(rows[theirs]["indicator_id"]) == set(REVIEWS) - {"new_birth_visit_14_days"}


def test_the_recorded_files_are_imported(publishers: Publishers, capsys: Capture) -> None:
    for day in ("20160804", "20191206", "20260819"):
        assert main(["import", "dfe_register", str(recorded(f"gias/edubaseallchildrencentre{day}.csv"))]) == 0
    assert (
        main(["import", "dfe_register", str(recorded("gias/links_edubaseallchildrencentre20191206.csv"))])
        == 1
    )
    capsys.readouterr()
    main(["table", "centres_and_linked_sites", "--period", "2019-12-06"])
    rows = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert next(float(row["value"]) for row in rows if row["area_name"] == "London") == 464


def test_every_setting_is_explained() -> None:
    pages = sorted((ROOT / "docs").glob("*.md"))
    explained = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    names = [value for value in vars(settings).values() if str(value).startswith("BEYOND_BOUNDARIES_")]
    assert len(names) == 15
    assert [name for name in names if f"| `{name}` |" not in explained] == []


@pytest.mark.parametrize(
    ("name", "read", "said"),
    [
        (settings.METRICS, settings.has_metrics, "off or on"),
        (settings.LOG, settings.has_log_of_lines, "text or json"),
        (settings.DATA_ADDRESSES, settings.has_data_addresses, "on or off"),
        (settings.BEFOREHAND, settings.makes_beforehand, "on or off"),
    ],
)
def test_a_setting_of_two_words_takes_no_third(
    name: str, read: Callable[[], bool], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    default, _, other = said.partition(" or ")
    found = []
    for given in ("", default, other, other.upper()):
        monkeypatch.setenv(name, given)
        found.append(read())
    assert found[0] is found[1]
    assert found[2] is found[3] is not found[0]
    monkeypatch.setenv(name, "perhaps")
    with pytest.raises(settings.SettingError, match=f"{name} must be {said}, not 'perhaps'"):
        settings.check()


@pytest.mark.parametrize("given", ["soon", "0", "-3", "nan"])
def test_a_senseless_setting_is_said(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(settings.REFRESH_HOURS, given)
    with pytest.raises(settings.SettingError, match="must be a number of hours above 0"):
        settings.refresh_hours()


def test_without_a_setting_nothing_is_fetched_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(settings.REFRESH_HOURS, raising=False)
    assert settings.refresh_hours() is None
    monkeypatch.setenv(settings.REFRESH_HOURS, "1.5")
    assert settings.refresh_hours() == 1.5


def test_a_table_of_addresses_that_is_not_there_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Capture
) -> None:
    monkeypatch.setenv(settings.ENDPOINTS, str(tmp_path / "nowhere.csv"))
    assert main(["refresh", "ons_population"]) == 1
    assert "The table of addresses" in capsys.readouterr().out
