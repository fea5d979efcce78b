"""Answers are saved for everyone by editors who have signed in, and by nobody else."""

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page, expect

from data_loaders import settings
from data_loaders.survey.archive import Archive
from data_loaders.survey.saved import Saved
from tests.builders import SAVED_FIRST

from .conftest import free_port, serve, wait_until_up
from .screen import choose, follow, settle, unfold
from .test_accessibility import violations

EDITOR = "an-editor"
PEOPLE = {EDITOR: {"email": "Editor@example.org", "email_verified": True}}
SECRET = "Minutes of a private meeting"
SAVE = "Save “Hallmarks of integration”, 2026, for everyone"
ADDRESS = "/maturity?instrument=hallmarks"
ELSEWHERE = re.compile(r"^https?://(?!localhost[:/])")


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of an OpenID Connect provider that knows PEOPLE, on this machine."""
    port = free_port()
    people = [json.dumps({"sub": name} | claims) for name, claims in PEOPLE.items()]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    command += [part for person in people for part in ("--user-claims", person)]
    address = f"http://localhost:{port}"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        wait_until_up(f"{address}/.well-known/openid-configuration", process)
        yield address
        process.terminate()


@contextmanager
def app_with_sign_in(provider: str, folder: Path) -> Iterator[str]:
    """An app in which people can sign in, and which saves in the folder, where nothing is yet."""
    secrets = folder / "secrets.toml"
    secrets.write_text(
        f"""[auth]
redirect_uri = "http://localhost:{{port}}/oauth2callback"
cookie_secret = "{"0123456789abcdef" * 4}"
client_id = "beyond-boundaries"
client_secret = "made up"
server_metadata_url = "{provider}/.well-known/openid-configuration"
""",
        encoding="utf-8",
    )
    environment = {
        "STREAMLIT_SECRETS_FILES": str(secrets),
        settings.SURVEY: str(folder / "survey.sqlite"),
        settings.EDITORS: "editor@example.org",
    }
    with serve(environment) as address:
        yield address


@contextmanager
def visitors_of(browser: Browser, app: str) -> Iterator[Callable[[], Page]]:
    """Visitors of the maturity page; what the provider's own page asks of other hosts is answered here."""
    contexts = []

    def new_visitor() -> Page:
        context = browser.new_context(base_url=app, viewport={"width": 1280, "height": 900})
        contexts.append(context)
        context.route(ELSEWHERE, lambda route: route.fulfill(body=""))
        page = context.new_page()
        open_maturity(page)
        return page

    yield new_visitor
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the app of these tests saves."""
    return tmp_path_factory.mktemp("saved")


@pytest.fixture(scope="module")
def app(provider: str, folder: Path) -> Iterator[str]:
    """The address of an app of these tests."""
    with app_with_sign_in(provider, folder) as address:
        yield address


@pytest.fixture
def visitor(browser: Browser, app: str) -> Iterator[Callable[[], Page]]:
    """Visitors of the app."""
    with visitors_of(browser, app) as new_visitor:
        yield new_visitor


def open_maturity(page: Page) -> None:
    follow(page, ADDRESS)
    settle(page)


def sign_in(page: Page, name: str) -> None:
    """Sign in as one of PEOPLE, and come back to the maturity page."""
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=name, exact=True).click()
    # the provider sends them to the first page
    page.wait_for_url(lambda url: urlparse(url).path in ("", "/"))
    settle(page)
    open_maturity(page)


def add(page: Page, rows: list[tuple[str, str, str]], wave: str = "2026") -> None:
    """Add a file of answers to one question, and look at them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    columns = ["borough_name", "response", "publish_level", "evidence_note", "wave", "instrument", "item_id"]
    writer.writerows([columns, *([*row, SECRET, wave, "hallmarks", "shared_vision"] for row in rows)])
    file = {"name": f"{len(rows)}.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode()}
    page.get_by_test_id("stMain").locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    expect(page.get_by_text(f"{len(rows)} answers of {len(rows)} boroughs")).to_be_visible()
    page.get_by_role("button", name="Look at these answers").click()
    expect(page.get_by_text("Only you see these answers")).to_be_visible()
    settle(page)


def answers_of(page: Page) -> dict[str, str]:
    """What the table of all questions shows of each borough for the first question."""
    unfolding = page.get_by_test_id("stExpander").filter(has_text="Every answer that may be shown")
    table = unfolding.get_by_role("table")
    unfold(page, "Every answer that may be shown")
    table.wait_for()
    rows = table.get_by_role("row").all()[1:]
    return {
        row.get_by_role("cell").nth(0).inner_text(): row.get_by_role("cell").nth(1).inner_text()
        for row in rows
    }


def saved(folder: Path) -> list[Saved]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(settings.SURVEY, str(folder / "survey.sqlite"))
        if not settings.has_archive():
            return []
        with Archive.open() as archive:
            return archive.versions()


def test_who_signs_out_can_no_longer_save_anywhere(visitor: Callable[[], Page], folder: Path) -> None:
    editor = visitor()
    sign_in(editor, EDITOR)
    expect(editor.get_by_text("may save answers for everyone")).to_be_visible()
    # a second page is open with answers, and the question is asked; and somebody has copied the cookie
    open_page = editor.context.new_page()
    open_maturity(open_page)
    add(open_page, SAVED_FIRST)
    open_page.get_by_role("button", name=SAVE).click()
    open_page.get_by_role("dialog").get_by_role("button", name="Save for everyone").wait_for()
    copied = editor.context.cookies()
    editor.get_by_role("button", name="Sign out").click()
    editor.wait_for_url("**/end_session*")
    editor.goto(ADDRESS)
    settle(editor)
    expect(editor.get_by_role("button", name="Sign in")).to_be_visible()
    open_page.get_by_role("dialog").get_by_role("button", name="Save for everyone").click()
    expect(open_page.get_by_text("Your sign-in has ended, here and everywhere.")).to_be_visible()
    assert saved(folder) == []
    thief = visitor()
    thief.context.add_cookies(copied)  # type: ignore[arg-type]
    thief.goto(ADDRESS)
    settle(thief)
    expect(thief.get_by_role("button", name="Sign in")).to_be_visible()
    # and who signs in anew is let in
    sign_in(editor, EDITOR)
    expect(editor.get_by_text("may save answers for everyone")).to_be_visible()


def test_what_an_editor_saves_everyone_sees_as_far_as_it_may_be_shown(
    visitor: Callable[[], Page], folder: Path
) -> None:
    editor = visitor()
    sign_in(editor, EDITOR)
    add(editor, SAVED_FIRST)
    editor.get_by_role("button", name=SAVE).click()
    dialog = editor.get_by_role("dialog")
    expect(dialog.get_by_role("listitem")).to_have_text(
        [
            "2 answers will be shown by the borough's name: Barnet and Islington.",
            "2 answers count only within the figures of their ICS and of London; that these boroughs replied "
            "is shown: Camden and Enfield.",
            "1 answer counts only within London's figures; that this borough replied is shown: Haringey.",
            "Notes on evidence and roles are kept, and never shown.",
            "This becomes version 1 of this wave.",
            "It can be corrected or taken back later, but whoever has seen it in the meantime may have kept "
            "it.",
        ]
    )
    assert violations(editor) == []
    # nothing is saved before it was confirmed
    assert saved(folder) == []
    dialog.get_by_role("button", name="Save for everyone").dblclick()
    expect(editor.get_by_text("Version 1 of the wave 2026 is saved")).to_be_visible()
    expect(dialog).to_have_count(0)
    (first,) = saved(folder)
    assert (first.version, first.saved_by, first.boroughs) == (1, "Editor@example.org", 5)

    other = visitor()
    expect(other.get_by_text("Everyone sees these answers: version 1")).to_be_visible()
    shown = answers_of(other)
    assert {name: shown[name] for name, *_ in SAVED_FIRST} == {
        "Barnet": "Y",
        "Camden": "–",
        "Enfield": "–",
        "Haringey": "–",
        "Islington": "Y",
    }
    said = other.content()
    assert SECRET not in said
    assert "Editor@" not in said

    # and an authority's answers are taken back
    unfold(editor, "Take answers back")
    choose(editor, "Whose answers", "Camden")
    settle(editor)
    editor.get_by_label("Why, for the record").fill("[x](https://example.org)")
    editor.get_by_label("Why, for the record").press("Enter")
    settle(editor)
    editor.get_by_role("button", name="Take back").click()
    expect(dialog.get_by_role("listitem").first).to_have_text(
        "The answers of Camden will no longer be shown, by name or within any figure."
    )
    assert violations(editor) == []
    dialog.get_by_role("button", name="Take them back").click()
    expect(editor.get_by_text("Taken back from the wave 2026: Camden.")).to_be_visible()
    expect(editor.get_by_role("cell", name="[x]")).to_be_visible()
    assert editor.get_by_role("link", name="x", exact=True).count() == 0
    newest, *_ = saved(folder)
    assert (newest.version, newest.withdraws) == (2, "E09000007")
