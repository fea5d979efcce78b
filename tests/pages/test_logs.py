"""An entry of the log says what the app did, and nothing that somebody has typed, chosen or added."""

import json
import logging

from pages.components.frame import logs, runs
from pages.watching.metrics import Family, Sample, as_text


def line(logger: str, message: str, *args: object, failure: Exception | None = None) -> dict[str, str]:
    """What is written of an entry."""
    given = (type(failure), failure, failure.__traceback__) if failure else None
    record = logging.LogRecord(logger, logging.ERROR, __file__, 1, message, args, given)
    text = logs.Lines().format(record)
    assert "\n" not in text
    return dict(json.loads(text))


def test_the_apps_own_words_are_whole_and_of_others_there_is_the_pattern() -> None:
    assert line("data_loaders.refresh", "Refresh of %s", "nomis")["said"] == "Refresh of nomis"
    assert line("uvicorn.error", "Invalid request: %s", "/near_me?postcode=E6 1AA")["said"].endswith("%s")


def test_of_an_exception_there_is_its_kind_and_place_without_what_it_says() -> None:
    try:
        int("E6 1AA")
    except ValueError as error:
        written = line("streamlit.error_util", "Uncaught app execution", failure=error)
    assert written["exception"] == "ValueError"
    assert "test_logs.py:" in written["where"]
    assert "E6 1AA" not in json.dumps(written)


def test_all_that_one_run_says_has_its_number_and_nothing_else_has() -> None:
    assert "run" not in line("pages", "Before")
    with runs.counted():
        numbers = {line("pages", "Within")["run"], line("data_loaders", "Also")["run"]}
    assert len(numbers) == 1
    assert "run" not in line("pages", "After")


def test_runs_are_counted_by_how_long_they_took() -> None:
    counted = runs.Counted()
    for seconds, has_failed in ((0.01, False), (0.05, False), (0.3, True), (60.0, False)):
        counted.add("map", seconds, has_failed)
    (tally,) = counted.tallies().values()
    assert dict(zip(runs.BOUNDS, tally.within, strict=True)) == {
        0.05: 2,
        0.1: 2,
        0.25: 2,
        0.5: 3,
        1.0: 3,
        2.5: 3,
        5.0: 3,
        10.0: 3,
    }
    assert (tally.runs, round(tally.seconds, 2), counted.failures) == (4, 60.36, 1)


def test_numbers_are_written_as_prometheus_reads_them() -> None:
    family = Family("waiting", "gauge", "How many wait.", [Sample(3, {"queue": "packs"}), Sample(0.5)])
    assert as_text([family]).splitlines() == [
        "# HELP beyond_boundaries_waiting How many wait.",
        "# TYPE beyond_boundaries_waiting gauge",
        'beyond_boundaries_waiting{queue="packs"} 3',
        "beyond_boundaries_waiting 0.5",
    ]
