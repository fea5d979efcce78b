"""What is too long for the foot of a slide: a slide of its own where that fills one, else below the slide."""

import datetime as dt
import io

import pandas as pd
import pptx
import pytest
from pptx.slide import Slide

from pages.exports.pack import Chapter, Pack
from pages.exports.slides import NOTES_BELOW, NOTES_FOLLOW, as_pptx
from tests.builders import PLAIN

LONG = pd.DataFrame([[f"Figure {n}", "12.3", "45.6"] for n in range(30)], columns=["Figure", "Here", "There"])
WORDS = "of what the publisher says about these figures and how they were gathered"
FEW = ("What is odd stands on the page only.",)
MANY = tuple(f"Note {n} is one of many {WORDS}, in this year and in the years before it." for n in range(8))
MARKS = tuple(f"† Figure {n}: worked out here from what is published {WORDS}." for n in range(4))


def slides(*subtitle: str) -> list[Slide]:
    """Of a pack whose table goes on over several slides, with these sentences below it."""
    chapter = Chapter("All figures", table=LONG, subtitle=" ".join(subtitle), source="Source: a publisher.")
    pack = Pack(
        "Ours", "All of it", (chapter,), ("A publisher.",), "", "App 1", dt.date(2026, 11, 27), "ours"
    )
    return list(pptx.Presentation(io.BytesIO(as_pptx(pack, PLAIN))).slides)


def words_on(slide: Slide) -> str:
    return " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)  # type: ignore[attr-defined]


@pytest.mark.parametrize("marks", [(), MARKS[:2], MARKS], ids=["no marks", "some", "many"])
def test_a_line_of_notes_has_no_slide_of_its_own(marks: tuple[str, ...]) -> None:
    deck = slides(*MANY[:2], *FEW, *marks)
    said = [words_on(slide) for slide in deck]
    assert not [text for text in said if "Notes to" in text and len(text) < 400]
    tables = [slide for slide in deck if any(shape.has_table for shape in slide.shapes)]
    assert len(tables) > 1
    for slide in tables:
        # it stands on the slide, or below it, and the slide says which
        on_it, below = words_on(slide), slide.notes_slide.notes_text_frame
        assert below
        if FEW[0] not in on_it:
            assert NOTES_FOLLOW in on_it or (NOTES_BELOW in on_it and FEW[0] in below.text)


def test_many_notes_have_a_slide_behind() -> None:
    said = [words_on(slide) for slide in slides(*MANY)]
    behind = [text for text in said if text.startswith("Notes to: All figures")]
    assert MANY[-1] in behind[-1]
    assert any(NOTES_FOLLOW in text for text in said)
