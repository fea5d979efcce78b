"""Whether people can be sent to a server: one sentence on what is missing, and why for the log alone."""

import os
from pathlib import Path

import pytest

from data_loaders import settings, store
from data_loaders.library import open_library
from data_loaders.survey import database
from pages.components.answers import saved
from pages.components.data import figures
from pages.watching import health


@pytest.fixture(autouse=True)
def read_anew() -> None:
    """What was read of saved answers by the test before is not remembered."""
    saved._kept.clear()


def test_a_server_with_all_it_needs_is_ready() -> None:
    assert health.why_not_ready() == (health.OK, "")


def test_a_setting_without_a_meaning_is_named_in_the_log_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(settings.METRICS, "perhaps")
    reason, why = health.why_not_ready()
    assert reason == health.SETTING
    assert why == f"{settings.METRICS} must be off or on, not 'perhaps'."
    assert settings.METRICS not in reason


def test_figures_that_cannot_be_trusted_make_it_unready(
    snapshot_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (snapshot_copy / store.MANIFEST).write_text("{", encoding="utf-8")
    monkeypatch.setattr(figures, "open_library", lambda: open_library(snapshot_copy))
    monkeypatch.setattr(figures, "fingerprint", lambda: "another edition")
    reason, why = health.why_not_ready()
    assert reason == health.FIGURES
    assert store.MANIFEST in why


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anywhere")
def test_downloads_that_cannot_be_read_make_it_unready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(settings.LIVE, str(tmp_path))
    tmp_path.chmod(0)
    reason, _ = health.why_not_ready()
    tmp_path.chmod(0o700)
    assert reason == health.DOWNLOADS


def test_saved_answers_that_cannot_be_read_make_it_unready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "survey.sqlite"
    file.write_bytes(b"no database" * 100)
    monkeypatch.setenv(settings.SURVEY, str(file))
    assert health.why_not_ready() == (health.ANSWERS, database.UNUSABLE)
