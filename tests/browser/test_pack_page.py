"""My pack: collected while browsing, kept in the link and in a small file, and taken away whole."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pptx
import pytest
from playwright.sync_api import Page, expect

from .screen import (
    add_to_pack,
    download,
    follow,
    go_to,
    idle,
    open_view,
    settle,
)

VIEW = "indicator~gld_2013_2019~period~2019~vintage~2026"


@pytest.fixture
def page(reader: Page) -> Page:
    """A link to a pack takes the place of what was collected before."""
    return reader


def open_pack_of_two(page: Page) -> None:
    follow(page, f"/pack?show=map~{VIEW}&show=ranking~{VIEW}")
    page.get_by_role("heading", name="2. Ranking").wait_for()
    settle(page)


def collect_two(page: Page) -> None:
    open_view(page, "/?indicator=gld_2013_2019&period=2019")
    add_to_pack(page, "Map")
    add_to_pack(page, "Ranking")
    go_to(page, "My pack")
    page.get_by_role("heading", name="What is in it").wait_for()
    settle(page)


def headings(page: Page) -> list[str]:
    return page.get_by_role("heading", level=3).all_inner_texts()


def taken(page: Page, button: str, path: Path) -> Path:
    idle(page)
    with page.expect_download(timeout=60_000) as waiting:
        page.get_by_role("button", name=button, exact=True).click()
    waiting.value.save_as(path)
    return path


def test_a_pack_can_be_reordered_renamed_and_brought_back_by_its_link(
    page: Page, visit: Callable[..., Page], tmp_path: Path
) -> None:
    collect_two(page)
    assert headings(page) == ["1. Map", "2. Ranking"]
    page.get_by_role("button", name="Move 2 up").click()
    expect(page.get_by_role("heading", name="1. Ranking")).to_be_visible()
    idle(page)
    page.get_by_role("textbox", name="Title of the pack").fill("For the board")
    page.get_by_role("textbox", name="Title of the pack").press("Enter")
    page.wait_for_url(lambda url: "For+the+board" in url)
    settle(page)
    page.get_by_role("textbox", name="Heading of piece 1").fill("Who stands where")
    page.get_by_role("textbox", name="Heading of piece 1").press("Enter")
    page.wait_for_url(lambda url: "Who+stands+where" in url)
    other = visit()
    other.goto(page.url)
    other.get_by_role("heading", name="What is in it").wait_for()
    settle(other)
    assert headings(other) == ["1. Ranking", "2. Map"]
    slides = pptx.Presentation(str(taken(other, "Slides (PPTX)", tmp_path / "board.pptx"))).slides
    titles = [slide.shapes.title.text_frame.text for slide in slides if slide.shapes.title is not None]
    assert titles[0] == "For the board"
    assert titles[1] == "Who stands where"
    assert titles[2].startswith("In summer 2019, in Richmond upon Thames, 80.6% of children")
    with zipfile.ZipFile(taken(other, "Pictures and numbers (ZIP)", tmp_path / "board.zip")) as archive:
        assert len(archive.namelist()) == 2 * 3 + 1


def test_a_pack_survives_in_a_file_and_what_is_wrong_there_is_said_by_line(
    page: Page, visit: Callable[..., Page], tmp_path: Path
) -> None:
    open_pack_of_two(page)
    path = tmp_path / "pack.txt"
    download(page, "Save this pack as a file").save_as(path)
    path.write_text(path.read_text(encoding="utf-8") + "no such line\n", encoding="utf-8")
    other = visit()
    other.goto("/pack")
    expect(other.get_by_text("add to my pack").first).to_be_visible()
    settle(other)
    other.get_by_test_id("stMain").locator('input[type="file"]').set_input_files(path)
    expect(other.get_by_role("heading", name="2. Ranking")).to_be_visible()
    expect(other.get_by_test_id("stAlert").filter(has_text="Line")).to_be_visible()


def test_exhibits_can_be_taken_out_again(page: Page) -> None:
    open_pack_of_two(page)
    page.get_by_role("button", name="Remove 1").click()
    expect(page.get_by_role("heading", name="1. Ranking")).to_be_visible()
    page.get_by_role("button", name="Remove 1").click()
    expect(page.get_by_role("heading", name="What is in it")).to_have_count(0)


def test_a_saved_pack_is_brought_up_to_date_and_says_what_that_has_changed(
    page: Page, tmp_path: Path
) -> None:
    piece = "map~indicator~gld_2022_on~period~2024~vintage~2026~seen~newest-00000000"
    follow(page, f"/pack?title=For+the+board&show={piece}")
    page.get_by_text("There are newer or corrected figures for 1 of 1 piece.").wait_for()
    settle(page)
    page.get_by_role("button", name="Bring my pack up to date").click()
    said = page.get_by_role("listitem").filter(has_text="shows summer 2025 in place of summer 2024.")
    expect(said).to_be_visible()
    page.wait_for_url(lambda url: "period~2025" in url)
    expect(page.get_by_role("button", name="Bring my pack up to date")).to_have_count(0)
    paper = docx.Document(str(taken(page, "Paper (DOCX)", tmp_path / "board.docx")))
    assert "What has changed in this pack" in [each.text for each in paper.paragraphs]
    assert said.inner_text() in [each.text for each in paper.paragraphs]


def test_slides_are_made_in_an_organisations_own_template(page: Page, tmp_path: Path) -> None:
    open_pack_of_two(page)
    page.get_by_text("Slides in your organisation's template").click()
    place = page.get_by_label("A template, PPTX or POTX, at most 5 MB").locator("input[type=file]")
    place.set_input_files({"name": "notes.pptx", "mimeType": "", "buffer": b"Dear all"})
    refused = "Slides are made without the template. The file is no PowerPoint file."
    expect(page.get_by_text(refused)).to_be_visible()
    idle(page)
    place.set_input_files(Path(pptx.__file__).parent / "templates" / "default.pptx")
    expect(page.get_by_text("Slides are now made in default.pptx.")).to_be_visible()
    # what is said of it: its tables are white on a pale blue
    expect(page.get_by_text("the contrast of heads of tables")).to_be_visible()
    made = pptx.Presentation(str(taken(page, "Slides (PPTX)", tmp_path / "board.pptx")))
    assert made.slide_width == 9_144_000
    assert made.slides[0].slide_layout.name == "Title Slide"
    idle(page)
    page.get_by_role("button", name="Make slides without a template").click()
    expect(page.get_by_text("Slides are now made in")).to_have_count(0)
    idle(page)
    made = pptx.Presentation(str(taken(page, "Slides (PPTX)", tmp_path / "plain.pptx")))
    assert made.slides[0].slide_layout.name == "Cover"
