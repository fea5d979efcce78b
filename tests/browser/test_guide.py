"""The pictures of the README and of the guide show the app as it is.

With TAKE_PICTURES=1 they are taken anew; else what can be read on each is held against what the app shows.
"""

import io
import json
import os
import re
from typing import NamedTuple

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from .conftest import ROOT
from .screen import follow, idle, settle

DOCS = ROOT / "docs"
READ = DOCS / "pictures.json"
# slides, which are no page
DRAWN = {"pack.png"}


class Picture(NamedTuple):
    """What a picture shows, and how high it is; all are as wide as a laptop."""

    address: str
    height: int


PICTURES = {
    "map.png": Picture("/?vintage=2026", 800),
    "meeting.png": Picture("/?meeting=1&vintage=2026", 720),
    "ics.png": Picture("/ics?ics=NEL&vintage=2026", 820),
    "borough.png": Picture("/borough?borough=Hackney&indicator=gld_2022_on&period=2025&vintage=2026", 1080),
    "what_if.png": Picture("/what_if?opened=SE12 8LT&vintage=2026", 1150),
    "maturity.png": Picture("/maturity?demo=yes&instrument=enablers&vintage=2026", 1050),
    "borders.png": Picture("/borders?indicator=gld_2022_on&period=2025&vintage=2026", 900),
}
# headings, and what can be chosen and pressed, as far down as the picture reaches
WORDS = """height => [...document.querySelectorAll('h1, h2, h3, label, button')]
    .filter(each => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .filter(each => each.getBoundingClientRect().top < height && each.getBoundingClientRect().width > 1)
    .map(each => each.innerText.replace(/\\s+/g, ' ').trim())
    .filter(Boolean)"""


def named(document: str) -> set[str]:
    """The pictures that a document shows."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return set(re.findall(r"\((?:docs/)?(\w+\.png)\)", text))


def test_every_picture_is_shown_somewhere_and_taken_here() -> None:
    on_disk = {path.name for path in DOCS.glob("*.png")}
    assert on_disk == PICTURES.keys() | DRAWN
    assert named("README.md") | named("docs/guide.md") == on_disk


@pytest.fixture
def page(reader: Page) -> Page:
    """Nothing is entered here: one view is looked at after another."""
    return reader


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_shows_what_the_app_does(page: Page, name: str) -> None:
    address, height = PICTURES[name]
    page.set_viewport_size({"width": 1280, "height": height})
    follow(page, address)
    if "meeting" in address:
        page.locator(".st-key-meeting_stage svg path[aria-label]").first.wait_for()
        idle(page)
    else:
        settle(page)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    words = page.evaluate(WORDS, height)
    read = json.loads(READ.read_text(encoding="utf-8")) if READ.is_file() else {}
    if os.environ.get("TAKE_PICTURES"):
        # no photograph: so many colours are enough, and take a third of the room
        with Image.open(io.BytesIO(page.screenshot())) as picture:
            picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(DOCS / name, optimize=True)
        kept = dict(sorted((read | {name: words}).items()))
        READ.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    else:
        assert words == read[name], f"TAKE_PICTURES=1 pytest {os.path.relpath(__file__, ROOT)}"
