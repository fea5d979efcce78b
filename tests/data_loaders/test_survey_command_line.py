"""The commands on saved answers print only what may be shown, and keep or put back everything."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from data_loaders.settings import SURVEY, survey_file
from data_loaders.survey.answers import ANSWER_COLUMNS
from data_loaders.survey.archive import Archive
from pages.command_line.main import main
from tests.builders import ROOT

NORTH_CENTRAL = {
    "E09000003": "Barnet",
    "E09000007": "Camden",
    "E09000010": "Enfield",
    "E09000014": "Haringey",
    "E09000019": "Islington",
}
SECRET = "Minutes of a private meeting"


def wave(responses: list[str], levels: list[str], name: str = "2026") -> pd.DataFrame:
    """Answers of North Central London to one question."""
    return pd.DataFrame(
        {
            "area_code": code,
            "wave": name,
            "instrument": "hallmarks",
            "item_id": "shared_vision",
            "response": response,
            "respondent_role": "Head of secrets",
            "evidence_note": SECRET,
            "publish_level": level,
            "collected_on": None,
        }
        for code, response, level in zip(NORTH_CENTRAL, responses, levels, strict=False)
    )[ANSWER_COLUMNS]


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place with one wave saved in two versions, and an earlier wave."""
    monkeypatch.setenv(SURVEY, str(tmp_path / "survey.sqlite"))
    levels = ["named", "ics", "ics", "london"]
    with Archive.open(make=True) as archive:
        archive.save(wave(["yes"] * 3, ["named"] * 3, "2025"), "a@example.org", 0)
        archive.save(wave(["yes", "yes"], ["named"] * 2), "a@example.org", 0)
        archive.save(wave(["yes", "no", "starting", "yes"], levels), "b@example.org", 1)
    return tmp_path


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, str]]:
    assert main(["survey", *arguments]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_the_list_has_every_version(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = printed(capsys, "list")
    assert [(row["wave"], row["version"], row["saved_by"], row["boroughs"]) for row in rows] == [
        ("2026", "2", "b@example.org", "4"),
        ("2026", "1", "a@example.org", "2"),
        ("2025", "1", "a@example.org", "3"),
    ]


def test_the_table_shows_the_latest_version_as_far_as_it_may(
    saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [row for row in printed(capsys, "table", "hallmarks") if row["item_id"] == "shared_vision"]
    by_borough = {row["area_name"]: row["response"] for row in rows if not row["count"]}
    assert len(by_borough) == 33
    assert {name: by_borough[name] for name in NORTH_CENTRAL.values()} == {
        "Barnet": "Yes",
        "Camden": "Replied, not shown by borough",
        "Enfield": "Replied, not shown by borough",
        "Haringey": "Replied, not shown by borough",
        "Islington": "No reply",
    }
    # beside the ICS's three answers, London's four would tell the fourth: only London's are shown
    counts = {(row["area_name"], row["response"]): row["count"] for row in rows if row["count"]}
    assert counts == {
        ("London", "Yes"): "2",
        ("London", "No"): "1",
        ("London", "Starting to put in place"): "1",
    }
    assert {row["version"] for row in rows} == {"2"}


def withdraw(*arguments: str) -> int:
    return main(["survey", "withdraw", "hallmarks", *arguments, "--by", "c@example.org", "--reason", "Asked"])


def test_what_is_withdrawn_is_in_no_figure_and_no_figure_tells_it(
    saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert withdraw("--wave", "2026", "--borough", "Camden") == 0
    assert "Version 3 of hallmarks, 2026, is without them: 3 answers are left." in capsys.readouterr().out
    rows = [row for row in printed(capsys, "table", "hallmarks") if row["item_id"] == "shared_vision"]
    by_borough = {row["area_name"]: row["response"] for row in rows if not row["count"]}
    assert by_borough["Camden"] == "No reply"
    # London had two yes, a no and a beginning; without Camden's it would tell Camden's by subtraction
    assert [row for row in rows if row["count"]] == []
    listed = printed(capsys, "list")[0]
    assert [listed[name] for name in ("version", "withdraws", "saved_by", "reason")] == [
        "3",
        "E09000007",
        "c@example.org",
        "Asked",
    ]


def test_what_was_known_by_name_takes_no_figure_with_it(
    saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert withdraw("--wave", "2026", "--borough", "Barnet") == 0
    capsys.readouterr()
    rows = [row for row in printed(capsys, "table", "hallmarks") if row["item_id"] == "shared_vision"]
    counts = {row["response"]: row["count"] for row in rows if row["count"] and row["area_name"] == "London"}
    assert counts == {"Yes": "1", "No": "1", "Starting to put in place": "1"}


def test_a_withdrawn_wave_is_shown_to_nobody(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert withdraw("--wave", "2026", "--whole-wave") == 0
    capsys.readouterr()
    assert {row["wave"] for row in printed(capsys, "table", "hallmarks")} == {"2025"}
    assert withdraw("--wave", "2025", "--borough", "Hackney") == 1
    assert "This wave has no answers of this authority." in capsys.readouterr().err


def test_neither_notes_nor_roles_nor_people_are_printed(
    saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for form in ("csv", "json"):
        for name in ("2025", "2026"):
            assert main(["survey", "table", "hallmarks", "--wave", name, "--format", form]) == 0
            said = capsys.readouterr().out
            assert "Camden" in said
            for hidden in (SECRET, "Head of secrets", "example.org"):
                assert hidden not in said


def test_an_earlier_wave_and_one_ics_can_be_asked_for(
    saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main(
            [
                "survey",
                "table",
                "hallmarks",
                "--wave",
                "2025",
                "--ics",
                "ncl",
                "--vintage",
                "2022",
                "--format",
                "json",
            ]
        )
        == 0
    )
    rows = json.loads(capsys.readouterr().out)
    own = [row for row in rows if row["item_id"] == "shared_vision"]
    assert [row["area_name"] for row in own] == [*NORTH_CENTRAL.values(), "North Central London"]
    assert (own[-1]["response"], own[-1]["count"], own[-1]["ics_vintage"]) == ("Yes", 3, "2022")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["table", "enablers"], "No answers to “Self-evaluation of the twelve enablers” were saved yet."),
        (["restore", "nowhere.zip"], "nowhere.zip cannot be used: No such file or directory."),
        (["export", "nowhere/kept.zip"], "nowhere/.kept.zip.new cannot be used: No such file or directory."),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    arguments: list[str], said: str, saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["survey", *arguments]) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.strip() == said


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["table", "hallmark"], "hallmarks"),
        (["table", "hallmarks", "--wave", "2055"], "2025"),
        (["table", "hallmarks", "--ics", "NELL"], "NEL"),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest(
    arguments: list[str], meant: str, saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["survey", *arguments])
    assert left.value.code == 2
    assert capsys.readouterr().err.rstrip().endswith(f"the nearest is {meant}.")


def test_everything_moves_to_another_machine(
    saved: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = printed(capsys, "list")
    assert main(["survey", "export", str(saved / "kept.zip")]) == 0
    assert "answers that must not be shown" in capsys.readouterr().out
    monkeypatch.setenv(SURVEY, str(saved / "other" / "survey.sqlite"))
    assert main(["survey", "restore", str(saved / "kept.zip")]) == 0
    assert capsys.readouterr().out.startswith("Restored 3 versions")
    assert printed(capsys, "list") == before
    # a second time only when told to
    assert main(["survey", "restore", str(saved / "kept.zip")]) == 1
    assert "--replace" in capsys.readouterr().err
    assert main(["survey", "restore", "--replace", str(saved / "kept.zip")]) == 0


def test_a_damaged_export_makes_no_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(SURVEY, str(tmp_path / "new" / "survey.sqlite"))
    (tmp_path / "kept.zip").write_bytes(b"no export")
    assert main(["survey", "restore", str(tmp_path / "kept.zip")]) == 1
    assert "damaged" in capsys.readouterr().err
    assert not survey_file().parent.exists()


def test_reading_where_nothing_was_saved_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(SURVEY, str(tmp_path / "new" / "survey.sqlite"))
    assert printed(capsys, "list") == []
    for command in (["table", "hallmarks"], ["export", str(tmp_path / "kept.zip")]):
        assert main(["survey", *command]) == 1
        assert capsys.readouterr().err.strip() == "No answers were saved yet."
    assert list(tmp_path.iterdir()) == []


def test_other_commands_do_not_wait_for_the_database() -> None:
    asked = (
        "import sys; from pages.command_line.main import main; main(['indicators']); "
        "print('sqlalchemy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"
