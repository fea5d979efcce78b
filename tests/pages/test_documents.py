"""A pack of picked pieces as a paper for Word: what its first page and its headings say."""

import io

import docx
from docx.document import Document

from pages.components.packs import contents, registry
from pages.exports.document import as_docx
from tests.builders import OF_COUNCIL, PLAIN
from tests.word_schema import problems

SCHOOL = "?indicator=gld_2022_on&period=2025&vintage=2026"
ADDRESS = "https://example.org/pack?a=1&b=2"
NOTE = "† London: worked out here from the boroughs' published percentages and 95% limits."


def paper(*picked: tuple[str, str, str], news: tuple[str, ...] = ()) -> Document:
    """Of pieces by their key, the link of their view, and a heading or none."""
    found = []
    for key, link, heading in picked:
        view, wrong = registry.view_of(link)
        assert wrong == []
        exhibit = registry.exhibit_of(view, key)
        assert exhibit is not None
        found.append((exhibit, heading))
    content = as_docx(contents.of_exhibits(found, "For the board", ADDRESS, news), OF_COUNCIL)
    assert problems(content) == []
    return docx.Document(io.BytesIO(content))


def texts(document: Document, style: str) -> list[str]:
    return [each.text for each in document.paragraphs if each.style and each.style.name == style]


def before_contents(document: Document) -> list[str]:
    said = [each.text for each in document.paragraphs]
    return said[: said.index("Contents")]


def test_findings_are_the_titles_that_are_sentences_and_their_marks_are_explained() -> None:
    document = paper(("map", SCHOOL, ""), ("lottery_by_ics", SCHOOL, ""), ("spine", "?borough=Hackney", ""))
    first, second = texts(document, "List Bullet")
    assert first.startswith("In Richmond upon Thames, 77.0% of children had")
    assert "70.7%†" in first
    assert second == "From 65.7% in Tower Hamlets to 77.0% in Richmond upon Thames."
    summary = before_contents(document)
    assert len([text for text in summary if text.startswith(NOTE)]) == 1
    assert any(text.startswith("Figure 1: Map. Good level of development") for text in summary)


def test_a_mark_in_the_title_of_a_later_piece_is_explained_below_the_findings() -> None:
    document = paper(("spine", "?borough=Bexley", ""), ("map", SCHOOL, ""))
    (finding,) = texts(document, "List Bullet")
    assert "70.7%†" in finding
    said = before_contents(document)
    assert said[said.index(finding) + 1] == NOTE


def test_pieces_of_one_title_are_told_apart_by_what_they_are() -> None:
    document = paper(("map", SCHOOL, ""), ("ranking", SCHOOL, ""), ("numbers", SCHOOL, ""))
    headings = texts(document, "Heading 1")
    assert [text.partition(": ")[0] for text in headings] == ["Summary", "Ranking", "Numbers", "Sources"]
    assert texts(document, "toc 1") == [f"{n}\t{text}" for n, text in enumerate(headings, start=1)]
    # which are one finding
    assert len(texts(document, "List Bullet")) == 1


def test_only_tables_to_look_up_leave_their_turn_and_what_somebody_chose_does_not() -> None:
    pack = contents.KINDS["ics"].build(registry.view_of("?ics=NWL")[0])
    opened = docx.Document(io.BytesIO(as_docx(pack, OF_COUNCIL)))
    headings = texts(opened, "Heading 1")
    # but for the picture of the summary
    told = [each.heading for each in pack.chapters if not each.to_look_up]
    assert [text for text in headings if text in told] == [text for text in told if text in headings]
    last_picture = next(n for n, text in enumerate(headings) if "largest difference between" in text)
    assert headings.index("Its own lottery: how far apart its boroughs are") < last_picture
    picked = paper(("spine", "?borough=Hackney", ""), ("map", SCHOOL, "One"), ("borders_map", SCHOOL, "Two"))
    assert texts(picked, "Heading 1")[1:3] == ["One", "Two"]


def test_a_heading_that_somebody_wrote_stands_above_its_picture() -> None:
    document = paper(("map", SCHOOL, "What our board asked for"), ("ranking", SCHOOL, "How we rank"))
    assert texts(document, "Heading 2")[0] == "What our board asked for"
    assert texts(document, "Heading 1") == ["Summary", "How we rank", "Sources"]
    assert "What our board asked for" in before_contents(document)


def test_made_up_answers_are_said_to_be_below_the_title_and_on_every_page() -> None:
    document = paper(("maturity_map", "?demo=yes&instrument=enablers", ""))
    assert texts(document, "Paper Loud") == ["ILLUSTRATIVE: made-up answers"]
    for section in document.sections:
        assert section.footer.paragraphs[0].text.startswith("ILLUSTRATIVE: made-up answers")


def test_what_has_changed_is_its_last_section_but_the_sources() -> None:
    document = paper(("map", SCHOOL, ""), news=("The map shows summer 2025 in place of summer 2024.",))
    assert texts(document, "Heading 1") == ["Summary", "What has changed in this pack", "Sources"]
    assert "The map shows summer 2025 in place of summer 2024." in texts(document, "List Bullet")


def test_how_it_was_made_leads_back_to_the_pack() -> None:
    document = paper(("map", SCHOOL, ""))
    relations = document.part.rels.values()
    assert [each.target_ref for each in relations if each.is_external] == [ADDRESS]


def test_what_a_mark_means_is_no_finding_and_no_full_stop_stands_alone() -> None:
    view, _ = registry.view_of(f"{SCHOOL}&ics=all")
    opened = docx.Document(io.BytesIO(as_docx(contents.KINDS[""].build(view), PLAIN)))
    assert not [text for text in texts(opened, "List Bullet") if text.startswith("†")]
    assert NOTE in before_contents(opened)
    said = [each.text for each in opened.paragraphs]
    assert "Note: comparable from 2022 on only. See Figure 3." in said
    assert not [text for text in said if ". ." in text or text.startswith(".")]
