"""The command line prints the joined table, and says which name was meant."""

import csv
import io
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from data_loaders import checks
from pages.command_line.main import main
from tests.builders import ROOT


def test_the_table_of_an_ics_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["table", "designated_centres", "--period", "2019-12-06", "--ics", "ncl", "--vintage", "2022"])
        == 0
    )
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    boroughs = ["Barnet", "Camden", "Enfield", "Haringey", "Islington"]
    assert [row["area_name"] for row in rows] == [*boroughs, "North Central London", "London", "England"]
    assert {row["icb_code"] for row in rows[:6]} == {"E54000028"}
    assert {row["area_name"]: row["value"] for row in rows}["Camden"] == "5"


def test_without_a_period_the_latest_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["table", "asq3_at_2_to_2_5_years", "--format", "json"]) == 0
    rows = {row["area_name"]: row for row in json.loads(capsys.readouterr().out)}
    assert len(rows) == 33 + 4 + 2
    assert rows["London"]["period"] == "2023/24"
    assert rows["London"]["value"] == pytest.approx(88.1, abs=0.05)
    assert rows["City of London"]["value"] is None


def test_the_catalogue_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["indicators"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert "centres_per_10k_0_4" in {row["indicator_id"] for row in rows}


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["table", "linked_site"], "linked_sites"),
        (["table", "linked_sites", "--period", "2019-12-05"], "2019-12-06"),
        (["table", "linked_sites", "--ics", "NELL"], "NEL"),
        (["table", "linked_sites", "--vintage", "2026", "--ics", "NNL"], "WNL"),
        (["table", "linked_sites", "--format", "jsn"], "json"),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest(
    arguments: list[str], meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.rstrip().endswith(f"the nearest is {meant}.")


def test_the_contracts_are_run_one_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 + len(checks.CHECKS)
    assert all(line.startswith("ok ") for line in lines)


def test_the_console_command_works_in_any_folder(tmp_path: Path) -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    module, function = declared["beyond-boundaries"].split(":")
    script = tmp_path / "beyond-boundaries"
    # as pip writes it
    script.write_text(
        f"import sys\nfrom {module} import {function}\nsys.exit({function}())\n", encoding="utf-8"
    )
    asked = ["table", "designated_centres", "--period", "2019-12-06", "--vintage", "2022"]
    inside = [sys.executable, "-m", "data_loaders", *asked]
    printed = subprocess.run(inside, cwd=ROOT, capture_output=True, check=True).stdout
    outside = [sys.executable, str(script), *asked]
    found = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(outside, cwd=tmp_path, env=found, capture_output=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, printed, b"")
    assert b"Camden" in printed


@pytest.mark.parametrize("called", ["data_loaders", "pages"])
def test_each_entry_leaves_with_the_status_of_its_command(called: str) -> None:
    arguments = {"data_loaders": ["table", "no such"], "pages": ["/", "--piece", "no such"]}[called]
    command = [sys.executable, "-m", called, *arguments]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert "the nearest is" in ran.stderr


def test_whoever_reads_may_stop_reading() -> None:
    command = [sys.executable, "-m", "data_loaders", "indicators"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stderr is not None
        writer.stdout.close()
        assert writer.stderr.read() == b""
        assert writer.wait(60) == 0
