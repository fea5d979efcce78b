"""What is said before answers are saved, and the maturity page with and without saved answers."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from data_loaders.settings import SURVEY
from data_loaders.survey.answers import ANSWER_COLUMNS
from data_loaders.survey.saved import Saved
from geo.survey.maturity import WHOLE
from pages.components.answers.save_text import (
    Difference,
    consequences,
    difference,
    exposes,
    refusal,
    replacement,
    say_difference,
    withholding,
)
from pages.components.text import markdown
from tests.builders import ROOT

NAMES = {"E09000003": "Barnet", "E09000007": "Camden", "E09000010": "Enfield"}
BARNET, CAMDEN, ENFIELD = NAMES
SECRET = "Minutes of a private meeting"


def answers(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Answers as (borough, question, response, level)."""
    return pd.DataFrame(
        [
            {
                "area_code": code,
                "wave": "2026",
                "instrument": "hallmarks",
                "item_id": item,
                "response": response,
                "respondent_role": "",
                "evidence_note": SECRET,
                "publish_level": level,
                "collected_on": None,
            }
            for code, item, response, level in rows
        ],
        columns=ANSWER_COLUMNS,
    )


def test_what_becomes_public_is_counted_and_named() -> None:
    given = answers(
        (BARNET, "a", "yes", "named"),
        (BARNET, "b", "no", "ics"),
        (CAMDEN, "a", "yes", "named"),
        (ENFIELD, "a", "no", "london"),
        (ENFIELD, "b", "no", "london"),
    )
    assert consequences(given, NAMES) == [
        "**2 answers** will be shown **by the borough's name**: Barnet and Camden.",
        "**1 answer** counts only within the figures of their ICS and of London; that this borough replied "
        "is shown: Barnet.",
        "**2 answers** count only within London's figures; that this borough replied is shown: Enfield.",
        "Notes on evidence and roles are kept, and never shown.",
    ]


def test_it_is_said_when_nothing_is_shown_by_name() -> None:
    first, *_ = consequences(answers((BARNET, "a", "yes", "ics")), NAMES)
    assert first == "**No answer** will be shown by the borough's name."


def test_what_is_replaced_is_named() -> None:
    before = Saved("hallmarks", "2026", 3, dt.datetime(2026, 3, 31, 9, tzinfo=dt.UTC), "a@example.org", 2, 5)
    assert replacement(before)[0].startswith("For everyone, it replaces version 3, saved on 31 March 2026")
    assert "a@example.org" not in " ".join(replacement(before))
    assert replacement(None)[0] == "This becomes version 1 of this wave."


def test_the_difference_between_versions() -> None:
    before = answers((BARNET, "a", "yes", "named"), (BARNET, "b", "no", "named"), (CAMDEN, "a", "no", "ics"))
    now = answers((BARNET, "a", "yes", "ics"), (CAMDEN, "a", "no", "ics"), (ENFIELD, "a", "no", "ics"))
    # Enfield is new, Barnet's first answer is now shown otherwise, its second is gone
    assert difference(before, now) == Difference(new=1, other=1, gone=1)
    assert not any(difference(now, now))
    assert say_difference(Difference(1, 2, 3)) == (
        "Of the answers, 1 are new, 2 are other than before, and 3 are gone."
    )


def test_answers_that_would_be_given_away_are_named() -> None:
    labels = {item: item.upper() for item in "abcdef"}
    assert "not to be shown by name: Camden's to “B”. Save" in refusal({"b": {CAMDEN}}, NAMES, labels)
    many = refusal({item: {BARNET} for item in labels} | {"a": {BARNET, CAMDEN}}, NAMES, labels)
    assert "Barnet's to “E” and 2 more. Save" in many
    assert "would tell the answers of others: Camden's to “B”. Save" in exposes(
        {(CAMDEN, "b")}, NAMES, labels
    )


def test_a_figure_that_goes_for_its_answers_sake_is_named_and_nobody_is() -> None:
    labels = {item: item.upper() for item in "abcdef"}
    said = refusal({"b": set(), "c": set()}, NAMES, labels)
    assert "too much alike: those to “B” and “C”." in said
    assert not any(name in said for name in NAMES.values())


def test_no_advice_leads_to_a_wave_that_gives_answers_away() -> None:
    assert "or as a new wave" not in refusal({"b": {CAMDEN}}, NAMES, {"b": "B"})
    assert "or as a new wave" not in (ROOT / "docs" / "survey.md").read_text(encoding="utf-8")


def test_what_is_withheld_is_counted() -> None:
    labels = {item: item.upper() for item in "abcdef"}
    ics = ("2026", "NEL")
    for keys, whose in (
        ((WHOLE,), "of London"),
        ((WHOLE, ics), "of London and of ICSs"),
        ((ics,), "of ICSs"),
    ):
        said = withholding({"a": keys, "b": keys[:1]}, labels)
        assert said.startswith(f"**Figures {whose} are withheld for 2 of 6 questions.**")


# a page run by itself in a new process: other tests import the database
RUN_PAGE = """
import sys
from streamlit.testing.v1 import AppTest

page = AppTest.from_file("app.py", default_timeout=60).run()
page.switch_page("pages/maturity.py").run()
assert not page.exception, page.exception
assert [header.value for header in page.header][-1] == "Saved for everyone"
print("sqlalchemy" in sys.modules)
print(*(element.value for element in [*page.markdown, *page.warning]), sep="\\n")
"""


def run_page(tmp_path: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", RUN_PAGE], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_where_nothing_was_saved_the_page_does_not_wait_for_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SURVEY, str(tmp_path / "nowhere" / "survey.sqlite"))
    imported, *said = run_page(tmp_path)
    assert imported == "False"
    assert "No answers were saved yet." in said
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_cannot_be_read_leaves_the_rest_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SURVEY, str(tmp_path / "survey.sqlite"))
    (tmp_path / "survey.sqlite").write_bytes(b"no database at all" * 100)
    imported, *said = run_page(tmp_path)
    assert imported == "True"
    assert markdown.unescaped(said[-1]).startswith(
        "The saved answers cannot be used: their database is damaged"
    )
