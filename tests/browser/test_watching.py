"""What a server tells whoever watches it, and what it tells nobody."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
from playwright.sync_api import Page, expect

from data_loaders.settings import DATABASE, LOG, METRICS, REFRESH_HOURS
from tests.test_deploy import copied

from .conftest import ROOT, free_port, serve, wait_until_up
from .screen import settle

TYPED = "E6 1AA"


def samples(text: str) -> dict[str, float]:
    """Every number, by its name and labels."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def alarms() -> set[str]:
    """What docs/running.md would have Prometheus look at."""
    running = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    rules = re.findall(r"^\| `([^`/]+[<>=][^`]+)` ", running, re.MULTILINE)
    names = {name for rule in rules for name in re.findall(r"[a-z_]{5,}", rule)}
    return names - {"histogram_quantile", "increase", "queue", "packs", "level", "error"}


def test_a_server_says_that_it_runs_and_that_it_is_ready(server: str) -> None:
    for path in ("healthz", "readyz", "health"):
        answer = requests.get(f"{server}/{path}")
        assert (answer.status_code, answer.text) == (200, "ok"), path


def test_a_server_that_is_not_ready_says_what_is_missing_and_nothing_else(page: Page) -> None:
    with serve({DATABASE: f"postgresql://app:hush@localhost:{free_port()}/answers"}) as app:
        answer = requests.get(f"{app}/readyz")
        assert (answer.status_code, answer.text) == (503, "The saved answers cannot be read.")
        assert requests.get(f"{app}/healthz").status_code == 200
        # figures need no database
        page.goto(app)
        settle(page)
        page.close()
    with serve({REFRESH_HOURS: "soon"}) as app:
        answer = requests.get(f"{app}/readyz")
        assert (answer.status_code, answer.text) == (503, "A setting has no meaning.")


def test_what_is_counted_is_told_to_nobody_who_has_not_asked_by_a_setting(server: str) -> None:
    for path in ("metrics", "_stcore/metrics"):
        assert requests.get(f"{server}/{path}").status_code == 404


def test_runs_sessions_and_queues_are_counted(page: Page) -> None:
    with serve({METRICS: "on"}) as app:
        page.goto(f"{app}/borders")
        settle(page)
        found = samples(requests.get(f"{app}/metrics").text)
        runs = found['beyond_boundaries_run_seconds_count{page="borders"}']
        assert runs >= 1
        assert found['beyond_boundaries_run_seconds_bucket{page="borders",le="+Inf"}'] == runs
        assert found['beyond_boundaries_run_seconds_sum{page="borders"}'] > 0
        assert found["beyond_boundaries_sessions"] == 1
        assert found["beyond_boundaries_ready"] == 1
        assert found["beyond_boundaries_failed_runs_total"] == 0
        queues = [name for name in found if "_waiting{" in name]
        assert len(queues) == 5
        assert {found[name] for name in queues} == {0}
        assert requests.get(f"{app}/_stcore/metrics").status_code == 200
        assert {
            name for name in alarms() if not any(f"beyond_boundaries_{name}" in one for one in found)
        } == {
            # no source was ever downloaded here
            "figures_age_seconds"
        }
        page.close()


@contextmanager
def logging_app(log: Path, where: Path = ROOT) -> Iterator[str]:
    """A server that writes lines of JSON to a file, of the project that lies there."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = os.environ | {LOG: "json", METRICS: "on", "PYTHONPATH": str(where)}
    with (
        log.open("w") as written,
        subprocess.Popen(command, cwd=where, env=environment, stdout=written, stderr=written) as app,
    ):
        try:
            wait_until_up(f"http://localhost:{port}/readyz", app)
            yield f"http://localhost:{port}"
        finally:
            app.terminate()


def entries_of(log: Path) -> list[dict[str, str]]:
    """What a log has, but for the greeting of Streamlit."""
    lines = log.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]


def test_a_log_of_lines_has_a_number_for_each_run_and_nothing_that_was_entered(
    page: Page, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with logging_app(log) as app:
        page.goto(f"{app}/near_me?ics=NEL")
        settle(page)
        page.get_by_role("textbox", name="Postcode").focus()
        page.keyboard.type(TYPED)
        page.keyboard.press("Enter")
        expect(page.get_by_text("It lies in Newham")).to_be_visible(timeout=30_000)
        page.goto(f"{app}/self_evaluation?borough=Newham")
        settle(page)
        page.close()
    entries = entries_of(log)
    runs = [entry for entry in entries if re.fullmatch(r"Page \w+ took [\d.]+ s\.", entry["said"])]
    assert {"near_me", "self_evaluation"} <= {entry["said"].split()[1] for entry in runs}
    assert len({entry["run"] for entry in runs}) == len(runs)
    for entered in (TYPED, TYPED.replace(" ", ""), "NEL", "Newham"):
        assert entered not in log.read_text(encoding="utf-8")


def test_a_page_that_fails_is_counted_and_logged_with_its_place_but_not_with_what_it_says(
    page: Page, tmp_path: Path
) -> None:
    where, log = copied(tmp_path / "app"), tmp_path / "log"
    about = where / "pages" / "about.py"
    about.write_text(
        about.read_text(encoding="utf-8").replace('st.title("About"', f'int("{TYPED}")\nst.title("About"'),
        encoding="utf-8",
    )
    with logging_app(log, where) as app:
        page.goto(f"{app}/about")
        page.get_by_test_id("stException").wait_for()
        found = samples(requests.get(f"{app}/metrics").text)
        page.close()
    assert found["beyond_boundaries_failed_runs_total"] >= 1
    assert found['beyond_boundaries_log_entries_total{level="error"}'] >= 2
    entries = entries_of(log)
    assert [entry for entry in entries if entry["said"].startswith("Page about failed") and entry["run"]]
    failures = [entry for entry in entries if "exception" in entry]
    assert {entry["exception"] for entry in failures} == {"ValueError"}
    assert f"{about}:" in failures[0]["where"]
    assert TYPED not in log.read_text(encoding="utf-8")
