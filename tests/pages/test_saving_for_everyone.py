"""Who may save answers for everyone, and what others then see: the maturity page, run in this process.

That a provider's sign-in comes so far, and what a person sees and presses of it, is tried in a browser.
"""

import csv
import io
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data_loaders import settings
from data_loaders.survey.archive import Archive
from data_loaders.survey.saved import Saved
from tests.builders import ROOT, SAVED_FIRST
from tests.whole_app import button, control, follow, navigated, said, visit

APP = ROOT / "app.py"
ADDRESS = "/maturity?instrument=hallmarks"
EDITOR = {"email": "Editor@example.org", "email_verified": True}
SECRET = "Minutes of a private meeting"
FOR_EVERYONE = "Save for everyone"
SECOND = [("Barnet", "No", "named"), *SAVED_FIRST[1:], ("Hackney", "Yes", "named")]
ONE_MORE = [*SAVED_FIRST, ("Hackney", "No", "london")]


@pytest.fixture(autouse=True)
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server with an editor, where nothing is saved yet."""
    monkeypatch.setenv(settings.SURVEY, str(tmp_path / "survey.sqlite"))
    monkeypatch.setenv(settings.EDITORS, "editor@example.org")
    with navigated():
        yield


def visitor(claims: dict | None = None, address: str = ADDRESS) -> AppTest:
    """Somebody where people can sign in, who has when there are claims of a provider about them."""
    found = AppTest.from_file(str(APP), default_timeout=60)
    found.secrets["auth"] = {"cookie_secret": "made up"}
    found.user = {"is_logged_in": claims is not None} | (claims or {}) | {"sub": "1", "iat": time.time()}
    return follow(found, address)


def labels(page: AppTest) -> list[str]:
    return [each.label for each in page.button]


def add(page: AppTest, rows: list[tuple[str, str, str]], wave: str = "2026") -> None:
    """Add a file of answers to one question, and look at them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    columns = ["borough_name", "response", "publish_level", "evidence_note", "wave", "instrument", "item_id"]
    writer.writerows([columns, *([*row, SECRET, wave, "hallmarks", "shared_vision"] for row in rows)])
    (uploader,) = (each for each in page.file_uploader if each.label.startswith("A file of answers"))
    uploader.set_value((f"{len(rows)}.csv", text.getvalue().encode(), "text/csv"))
    page.run()
    assert f"{len(rows)} answers of {len(rows)} boroughs" in said(page)
    button(page, "Look at these answers").click().run()
    assert not page.exception
    assert "Only you see these answers" in said(page)


def ask(page: AppTest, wave: str = "2026") -> None:
    """Ask to save what was added; what it means stands on the page then."""
    button(page, f"Save “Hallmarks of integration”, {wave}, for everyone").click().run()
    assert not page.exception


def save(page: AppTest, wave: str = "2026") -> None:
    ask(page, wave)
    button(page, FOR_EVERYONE).click().run()
    assert f"of the wave {wave} is saved" in said(page)


def answers_of(page: AppTest) -> dict[str, str]:
    """What the table of all questions shows of each borough for the first question."""
    (unfolding,) = (each for each in page.expander if "Every answer that may be shown" in each.label)
    (table,) = unfolding.table
    return dict(zip(table.value.iloc[:, 0], table.value.iloc[:, 1], strict=True))


def versions() -> list[Saved]:
    if not settings.has_archive():
        return []
    with Archive.open() as archive:
        return archive.versions()


def test_without_sign_in_saving_is_off() -> None:
    page = visit(ADDRESS)
    assert "Saving answers for everyone is off" in said(page)
    assert "Sign in" not in labels(page)
    add(page, SAVED_FIRST)
    assert not [label for label in labels(page) if "for everyone" in label]


@pytest.mark.parametrize(
    ("claims", "refusal"),
    [
        (None, "Those on the editors' list can save answers"),
        (
            {"email": "somebody@example.org", "email_verified": True},
            "somebody@example.org, but may not save answers for everyone: this address is not on",
        ),
        (EDITOR | {"email_verified": False}, "does not say that this address was verified"),
    ],
)
def test_who_is_no_editor_keeps_answers_to_themselves(claims: dict | None, refusal: str) -> None:
    page = visitor(claims)
    assert refusal in said(page)
    add(page, SAVED_FIRST)
    assert not [label for label in labels(page) if "for everyone" in label]
    assert "There are no answers to look at" in said(visitor())
    assert versions() == []


def test_an_own_wave_stands_in_the_place_of_the_saved_one_for_its_visitor_alone() -> None:
    editor = visitor(EDITOR)
    add(editor, SAVED_FIRST)
    save(editor)
    # the same again: there is nothing to save
    button(editor, "Look at these answers").click().run()
    ask(editor)
    assert "there is nothing to save" in said(editor)
    other = visitor()
    assert answers_of(other)["Barnet"] == "Y"
    add(other, SECOND)
    assert answers_of(other)["Barnet"] == "N"
    assert control(other, "Wave").value == "2026"
    assert "Everyone else sees those that were saved." in said(other)
    assert answers_of(follow(editor, ADDRESS))["Barnet"] == "Y"
    button(other, "Forget all answers that I have added").click().run()
    assert "Everyone sees these answers: version 1" in said(other)
    assert answers_of(other)["Barnet"] == "Y"


def test_a_second_version_takes_the_place_of_the_first_for_everyone() -> None:
    editor = visitor(EDITOR)
    add(editor, SAVED_FIRST)
    save(editor)
    other = visitor()
    assert answers_of(other)["Barnet"] == "Y"
    assert SECRET not in said(other)
    add(editor, SECOND)
    ask(editor)
    assert "it replaces version 1" in said(editor)
    assert "1 are new, 1 are other than before, and 0 are gone" in said(editor)
    button(editor, FOR_EVERYONE).click().run()
    assert "Version 2 of the wave 2026 is saved" in said(editor)
    assert [version.version for version in versions()] == [2, 1]
    # who saved it is for editors only
    assert said(editor).count("|Editor@") == 2
    follow(other, ADDRESS)
    assert "Everyone sees these answers: version 2" in said(other)
    assert answers_of(other)["Barnet"] == "N"
    assert said(other).count("\nHallmarks of integration|2026|") == 2
    assert "Editor@" not in said(other)


def test_a_version_that_would_give_an_answer_away_is_not_saved() -> None:
    editor = visitor(EDITOR)
    add(editor, SAVED_FIRST)
    save(editor)
    add(editor, ONE_MORE)
    ask(editor)
    assert "not to be shown by name: Hackney's to “Clear shared vision”" in said(editor)
    assert FOR_EVERYONE not in labels(editor)
    assert [version.version for version in versions()] == [1]


def test_a_wave_of_almost_the_same_authorities_shows_no_figure_that_gives_one_away() -> None:
    editor = visitor(EDITOR)
    add(editor, SAVED_FIRST)
    save(editor)
    add(editor, ONE_MORE, "2027")
    ask(editor, "2027")
    assert "Figures of London are withheld for 1 of" in said(editor)
    save(editor, "2027")
    other = visitor()
    assert control(other, "Wave").value == "2027"
    assert "Six authorities answered. London's figure is withheld." in said(other)
    assert "authorities that tell each other their answers" in said(other)
    assert "of 5 answered" in said(follow(other, f"{ADDRESS}&wave=2026"))
    assert [(version.wave, version.version) for version in versions()] == [("2027", 1), ("2026", 1)]


def test_made_up_answers_cannot_be_saved() -> None:
    editor = visitor(EDITOR, f"{ADDRESS}&demo=yes")
    assert "ILLUSTRATIVE: the answers on this page are made up" in said(editor)
    assert "There are no answers to look at" not in said(editor)
    assert "may save answers for everyone" in said(editor)
    assert not [label for label in labels(editor) if "for everyone" in label]


def test_an_editor_takes_an_authoritys_answers_back() -> None:
    editor = visitor(EDITOR)
    add(editor, SAVED_FIRST)
    save(editor)
    choice = control(editor, "Whose answers")
    choice.set_value(next(option for option in choice.options if option == "Camden"))
    (reason,) = (each for each in editor.text_input if each.label == "Why, for the record")
    reason.set_value("[x](https://example.org)").run()
    button(editor, "Take back").click().run()
    assert "The answers of Camden will no longer be shown, by name or within any figure." in said(editor)
    assert len(versions()) == 1
    button(editor, "Take them back").click().run()
    assert "Taken back from the wave 2026: Camden." in said(editor)
    assert [(one.version, one.withdraws) for one in versions()] == [(2, "E09000007"), (1, "")]
    # who did it, and why, is for editors only, and their words are no link
    (reason_shown,) = (table.value["Reason"].iloc[0] for table in editor.table if "Reason" in table.value)
    assert reason_shown.startswith("\\[x\\]")
    other = visitor()
    assert answers_of(other)["Camden"] != answers_of(other)["Enfield"]
    assert "|Camden\n" in said(other)
    assert "[x" not in said(other)
    assert "Editor@" not in said(other)
