"""A self-evaluation in words, as a picture and on paper."""

import datetime as dt
import io
import re
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from data_loaders.survey.instruments import Instrument
from data_loaders.survey.self_evaluation import SelfEvaluation
from geo.tables.london import London
from pages.components.charts import palette
from pages.components.self_evaluation import (
    charts as self_evaluation_charts,
    levels as self_evaluation_levels,
    paper as self_evaluation_paper,
    text as self_evaluation_text,
)
from pages.components.self_evaluation.sections import file_name
from pages.exports import pictures
from tests import vega_lite
from tests.builders import OF_COUNCIL
from tests.word_schema import problems

DAY = dt.date(2026, 11, 25)
NOTE = (
    "The joint steering group meets every six weeks, with health, schools and the voluntary sector; the "
    "early years team keeps its minutes and a log of actions. Reviewed in March."
)


@pytest.fixture
def enablers(london: London) -> Instrument:
    return london.instruments["enablers"]


def answered(enablers: Instrument, *responses: str, note: str = "") -> SelfEvaluation:
    """Hackney's answers to the first enablers, each with the note."""
    evaluation = SelfEvaluation("Hackney", "2026")
    for item, response in zip(enablers.items, responses, strict=False):
        evaluation = evaluation.answer(item.item_id, response).note(item.item_id, note)
    return evaluation


@pytest.mark.parametrize(
    ("responses", "said"),
    [
        ((), "None of 12 answered yet."),
        (("basic",), "1 of 12 answered; most often: basic (1)."),
        (("early", "mature", "early"), "3 of 12 answered; most often: early progress (2)."),
        (("mature", "basic"), "2 of 12 answered; most often: basic and mature (1 each)."),
    ],
)
def test_the_summary_counts_and_names_what_is_most_often_said(
    responses: tuple[str, ...], said: str, enablers: Instrument
) -> None:
    assert self_evaluation_text.summary(answered(enablers, *responses), enablers) == said


def test_every_level_of_every_enabler_is_described_in_one_short_sentence(enablers: Instrument) -> None:
    described = self_evaluation_levels.described()
    assert list(described) == [item.item_id for item in enablers.items]
    for sentences in described.values():
        assert set(sentences) == {option.response for option in enablers.options}
        assert len(set(sentences.values())) == 4
        for sentence in sentences.values():
            assert re.fullmatch(r"[A-Z].{20,125}\.", sentence)


def test_only_what_is_basic_or_early_leads_to_case_studies_of_others(
    enablers: Instrument, london: London
) -> None:
    evaluation = (
        SelfEvaluation("Lewisham", "2026")
        .answer("shared_goals", "early")
        .answer("families_as_partners", "basic")
        .answer("single_service", "substantial")
    )
    found = self_evaluation_text.to_learn_from(evaluation, enablers, london)
    assert found.to_dict("split")["data"] == [
        [
            "Families and the community as partners (basic)",
            "L. Working with partners and parents to integrate services (Sutton)",
        ],
        [
            "Shared goals and open dialogue with delivery partners (early progress)",
            "A. Collective problem analysis and an integrated pathway (Kensington and Chelsea as well as "
            "Westminster); J. Providers as partners: commissioning community health (Ealing); K. Working "
            "with the childcare sector as partners (Havering)",
        ],
    ]


def test_without_a_weak_enabler_there_is_nobody_to_learn_from(enablers: Instrument, london: London) -> None:
    assert self_evaluation_text.to_learn_from(answered(enablers, "mature"), enablers, london).empty


@pytest.mark.parametrize("theme", palette.THEMES)
def test_the_profile_is_valid_vega_lite(theme: str, enablers: Instrument) -> None:
    drawn, data = self_evaluation_charts.profile(answered(enablers, "early"), enablers, theme)
    vega_lite.validate(drawn | {"datasets": {name: table.to_pylist() for name, table in data.items()}})


def svg_of(evaluation: SelfEvaluation, enablers: Instrument) -> str:
    drawn, data = self_evaluation_charts.profile(evaluation, enablers, "light")
    return pictures.drawn_svg(drawn, data, 400).decode()


def test_the_profile_has_four_steps_for_each_enabler_in_the_report_s_order(enablers: Instrument) -> None:
    svg = svg_of(answered(enablers, "early", "mature"), enablers)
    assert len(re.findall(r'<path[^>]*transform="translate', svg)) == 12 * 4
    spoken = re.findall(r'aria-label="([^"]*)" role="graphics-symbol" aria-roledescription="point"', svg)
    assert spoken == [
        "Sustained, long-term senior leadership commitment, Early progress",
        "A common agenda, collective analysis and shared approach, Mature",
    ]
    words = re.findall(r"<text[^>]*>(?:<tspan[^>]*>)?([^<]+)<", svg)
    themes = [word for word in words if word in {item.theme for item in enablers.items}]
    assert themes == ["Purpose and priorities", "People and place", "Partnership and process"]


def test_an_answer_is_told_by_its_letter_and_not_by_colour_alone(enablers: Instrument) -> None:
    letters = re.findall(r">([BESM])<", svg_of(answered(enablers, *levels(enablers)), enablers))
    assert sorted(letters) == ["B", "E", "M", "S"]


def levels(enablers: Instrument) -> list[str]:
    return [option.response for option in enablers.options]


def read(evaluation: SelfEvaluation, enablers: Instrument, london: London) -> PdfReader:
    return PdfReader(io.BytesIO(self_evaluation_paper.as_pdf(evaluation, enablers, london, DAY)))


def text_of(page: Any) -> str:
    return " ".join(page.extract_text().split())


@pytest.mark.parametrize("response", ["basic", "mature"])
def test_a_paper_with_twelve_notes_has_two_pages(response: str, enablers: Instrument, london: London) -> None:
    reader = read(answered(enablers, *[response] * 12, note=NOTE[:120]), enablers, london)
    assert len(reader.pages) == 2
    first, second = map(text_of, reader.pages)
    for words in ("Hackney", "Self-evaluation by the partnership; not published; draft", "25 November 2026"):
        assert words in first
        assert words in second
    assert "12 of 12 answered" in first
    assert "may be shown only within London's figures" in first
    assert second.count(NOTE[:40]) == 12
    assert "Who took part" in first
    assert ("B. Integrated leadership" in second) == (response == "basic")


def test_the_paper_names_every_enabler_with_its_level_in_table_and_alternative_text(
    enablers: Instrument, london: London
) -> None:
    reader = read(answered(enablers, "mature"), enablers, london)
    first = text_of(reader.pages[0])
    for item in enablers.items:
        assert item.label in first
    assert first.count("not answered yet") == 11
    document = self_evaluation_paper.document(answered(enablers, "mature"), enablers, london, DAY)
    alt_text = document.sections[0].parts[1].alt  # type: ignore[union-attr]
    assert "Sustained, long-term senior leadership commitment: Mature" in alt_text
    assert alt_text.count("not answered yet") == 11


def test_the_paper_is_tagged_and_has_an_outline(enablers: Instrument, london: London) -> None:
    reader = read(answered(enablers, "early", note=NOTE), enablers, london)
    assert reader.root_object["/MarkInfo"]["/Marked"].value is True  # type: ignore[index]
    assert reader.root_object["/Lang"] == "en-GB"
    assert reader.metadata is not None
    assert reader.metadata.title == "Hackney: self-evaluation of the twelve enablers"
    assert [mark.title for mark in reader.outline] == [  # type: ignore[union-attr]
        "Profile",
        "From here",
        "Evidence",
        "Whom to learn from",
    ]


def test_the_longest_notes_only_add_pages(enablers: Instrument, london: London) -> None:
    reader = read(answered(enablers, *["basic"] * 12, note="evidence " * 222), enablers, london)
    said = " ".join(map(text_of, reader.pages))
    assert said.count("evidence ") >= 12 * 221
    assert "Working with partners and parents" in text_of(reader.pages[-1])


def in_word(evaluation: SelfEvaluation, enablers: Instrument, london: London) -> Any:
    content = self_evaluation_paper.as_docx(evaluation, enablers, london, DAY, OF_COUNCIL)
    assert problems(content) == []
    return docx.Document(io.BytesIO(content))


def test_in_word_there_is_a_table_of_actions_for_what_is_basic_or_early(
    enablers: Instrument, london: London
) -> None:
    document = in_word(answered(enablers, "early", "basic", "mature"), enablers, london)
    rows = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    first, second, *_ = enablers.items
    assert rows[:3] == [
        ["For which enabler", "What we do", "Who", "By when"],
        [second.label, "", "", ""],
        [first.label, "", "", ""],
    ]
    assert rows[3:] == [[""] * 4] * 6
    assert all(row.height.cm > 1 for row in document.tables[1].rows[1:])


def test_however_many_enablers_are_weak_there_is_room_for_another_action(
    enablers: Instrument, london: London
) -> None:
    document = in_word(answered(enablers, *["basic"] * 12), enablers, london)
    assert [row.cells[0].text for row in document.tables[1].rows][1:] == [
        *(item.label for item in enablers.items),
        "",
    ]


def test_in_word_every_answer_and_note_is_there_and_it_is_said_to_be_a_draft(
    enablers: Instrument, london: London
) -> None:
    document = in_word(answered(enablers, *["mature"] * 12, note=NOTE), enablers, london)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert cells.count(NOTE) == 12
    assert cells.count("Mature") == 12
    (head,) = document.sections[0].header.paragraphs
    assert head.text == "Self-evaluation by the partnership; not published; draft · Hackney, 25 November 2026"
    (profile,) = document.inline_shapes
    for item in enablers.items:
        assert f"{item.label}: Mature" in profile._inline.docPr.get("descr")
    assert document.core_properties.author == "A council"


def test_in_word_the_longest_notes_and_strange_letters_break_nothing(
    enablers: Instrument, london: London
) -> None:
    note = "evidence\x0b <b> & 👶🏽 " * 80
    document = in_word(answered(enablers, *["basic"] * 12, note=note), enablers, london)
    assert len(document.tables) == 5


def test_a_file_is_named_after_borough_and_day() -> None:
    assert file_name("Hackney", DAY) == "self_evaluation_hackney_2026-11-25"
    assert file_name("Kensington and Chelsea", DAY) == "self_evaluation_kensington_and_chelsea_2026-11-25"
